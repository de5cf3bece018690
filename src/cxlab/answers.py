"""How a trainee's answer is judged: right, a likely mistake, another one, or none yet.

A judgement never raises, whatever was typed, and never tells the answer.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Value = float | int | str | bool


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What a check makes of one answer."""

    outcome: str  # "right", "not yet" or "not answered"
    hint: str = ""
    near_miss: str | None = None  # the likely mistake it is, if it is one


def judge_answer(
    answer: object,
    *,
    expect: Value,
    hint: str,
    near_misses: Mapping[Any, str],
    tol: float | None = None,
) -> Judgement:
    """Judge one answer; a right answer wins over a near miss.

    Examples
    --------
    >>> judge_answer(20, expect=20, hint="Count again.", near_misses={}).outcome
    'right'
    >>> judge_answer(10, expect=20, hint="Count again.",
    ...              near_misses={10: "That is half of them."}).hint
    'That is half of them.'
    """
    if answer is None or answer is ...:
        return Judgement(outcome="not answered")
    same = _comparison(expect, tol)
    if same(answer, expect):
        return Judgement(outcome="right")
    for miss, own_hint in near_misses.items():
        if same(answer, miss):
            return Judgement(outcome="not yet", hint=own_hint, near_miss=str(miss))
    if isinstance(expect, int | float) and _number(answer) is None:
        return Judgement(
            outcome="not yet",
            hint="Give one number, with a point for decimals and no unit, like 12.5.",
        )
    return Judgement(outcome="not yet", hint=hint)


def _comparison(expect: Value, tol: float | None) -> Callable[[object, object], bool]:
    if isinstance(expect, str | bool):
        return lambda one, other: _word(one) == _word(other)
    room = abs(float(expect)) * 0.005 if tol is None else tol

    def close(one: object, other: object) -> bool:
        first, second = _number(one), _number(other)
        if first is None or second is None:
            return False
        # A hair more than tol, so that 0.1 off is within a tol of 0.1 in floats too.
        return abs(first - second) <= room * (1 + 1e-9)

    return close


def _word(value: object) -> str:
    return str(value).strip().strip(".").casefold()


def _number(value: object) -> float | None:
    """Read a number as a trainee may type it; None if it is none."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
