"""The few words a lesson speaks: predict, record, claim, check, show, say.

Each puts what it has to say into the output of its cell, for the reader, and beside it
a record for the tests. None of them raises because of what a trainee typed.
"""

import base64
import html
import math
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar, runtime_checkable

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxlab import palette, register
from cxlab.answers import Judgement, Value, judge_answer
from cxlab.datasets import source_line
from cxlab.htmltable import table_html
from cxlab.plots import style
from cxlab.records import FIGURE_MIME, MIME

T = TypeVar("T", bound=Value)


@runtime_checkable
class Sourced(Protocol):
    """What says itself where it is from: a reader's own table."""

    @property
    def label(self) -> str:
        """One of ``cxlab.datasets.LABELS``."""

    @property
    def source(self) -> str:
        """Where it is from, in one sentence that names no folder."""


_MIN_ALT = 30  # characters: fewer cannot say what a picture shows
_SLIDE_INCHES = (6.4, 3.05)  # drawn at 11 pt and shown 1180 px wide: about 21 pt
_guesses: dict[str, Value | None] = {}


def _emit(
    data: dict[str, Any], kind: str, more: Mapping[str, Any] | None = None
) -> None:
    """Put one output into the cell; outside a notebook, print its plain text."""
    from IPython.core.getipython import get_ipython

    if get_ipython() is None:
        if "text/plain" in data:
            sys.stdout.write(f"{data['text/plain']}\n")
        return
    from IPython.display import publish_display_data

    metadata = {**(more or {}), "cxlab": {"kind": kind, **_tags(more)}}
    publish_display_data(data, metadata)  # type: ignore[no-untyped-call]


def _tags(more: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict((more or {}).get("cxlab", {}))


def _plain_value(value: object, name: str) -> Value:
    """Turn a numpy scalar into a plain one; refuse what cannot be held to a number."""
    plain = value.item() if hasattr(value, "item") else value
    if not isinstance(plain, bool | int | float | str):
        raise TypeError(
            f"{name!r} is a {type(value).__name__}. Record a number, a text or a bool; "
            "for a table, record the numbers that matter one by one."
        )
    if isinstance(plain, float) and not math.isfinite(plain):
        raise ValueError(
            f"{name!r} is {plain}, which no test can hold. Find out why it is not "
            "finite, or record something that is."
        )
    return plain


def predict(prediction_id: str, value: Value | None) -> None:
    """Keep the reader's guess, to be compared later with what came out.

    Parameters
    ----------
    prediction_id
        Name of the guess within the lesson.
    value
        The guess; None means that the reader has not guessed yet.
    """
    guess = None if value is None else _plain_value(value, prediction_id)
    _guesses[prediction_id] = guess
    payload = {"kind": "prediction", "id": prediction_id, "value": guess}
    said = (
        "No guess yet. Put one in place of None: a guess is never wrong, and what "
        "comes out will stick better."
        if guess is None
        else f"Your guess: {guess}. It is kept; read on to see what comes out."
    )
    page = f'<p class="cx-guess">{html.escape(said)}</p>'
    _emit({MIME: payload, "text/html": page, "text/plain": said}, "prediction")


def predicted(
    prediction_id: str, came_out: Value | None = None, *, within: float = 10.0
) -> Value | None:
    """Return the reader's guess; None if there is none.

    Parameters
    ----------
    prediction_id
        Name of the guess within the lesson.
    came_out
        What it was a guess of, in the unit that the guess was asked in: kept beside the
        guess, so that a reader can see how near his guesses come.
    within
        How far off a guess may be and still count as near; the usual one is 10 of 100.
    """
    if came_out is not None:
        value = _plain_value(came_out, prediction_id)
        payload = {"kind": "outcome", "id": prediction_id, "value": value}
        _emit({MIME: {**payload, "within": float(within)}}, "outcome")
    return _guesses.get(prediction_id)


def record(name: str, value: T, unit: str = "") -> T:
    """Put a named result where the tests find it, and give it back.

    Parameters
    ----------
    name
        Name of the result, unique in the lesson; the tests hold it by this name.
    value
        A finite number, a text or a bool.
    unit
        Unit of the number, such as ``"share"`` or ``"points"``.

    Raises
    ------
    TypeError, ValueError
        If the value is nothing that a test can hold.
    """
    plain = _plain_value(value, name)
    _emit(
        {MIME: {"kind": "result", "name": name, "value": plain, "unit": unit}}, "result"
    )
    return value


def say(template: str, **values: object) -> None:
    """Write a sentence whose numbers are computed: they stay true at every knob.

    Parameters
    ----------
    template
        Markdown with format fields, such as ``"{share:.0%} would leave [E08]."``
    **values
        What the fields stand for.
    """
    text = template.format(**values)
    _emit({"text/markdown": text, "text/plain": text}, "say")


def show(
    what: Axes | Figure | pd.DataFrame,
    *,
    alt: str,
    data: str | Sequence[str] | Sourced,
    formats: Mapping[str, str] | None = None,
) -> None:
    """Show a figure or a table once, with its label and source underneath.

    Parameters
    ----------
    what
        Axes or a figure (closed afterwards), or a table.
    alt
        What it shows, in a sentence: read to those who do not see it. It is the
        caption of a table.
    data
        Name of the table it is made from, or several, as in datasets/registry.toml; or
        a reader's own table, as ``cxlab.tables.own_table`` gives it.
    formats
        For a table: format of a column's numbers, such as ``{"share": "{:.0%}"}``.

    Raises
    ------
    ValueError
        If ``alt`` is too short to say anything, or a name is not in the registry.
    """
    if len(alt.strip()) < _MIN_ALT:
        raise ValueError(
            f"alt={alt!r} does not say what is shown. Write the sentence you would say "
            "to a colleague on the telephone."
        )
    source = _source(data)
    if isinstance(what, pd.DataFrame):
        page = table_html(what, caption=alt, formats=formats)
        _emit(
            {"text/html": page, "text/plain": what.to_string()},
            "table",
            {"cxlab": {"source": source}},
        )
    else:
        figure = style.figure_of(what) if isinstance(what, Axes) else what
        _emit_figure(figure, alt=alt, source=source)
    _emit({"text/markdown": f"*{source}*", "text/plain": source}, "source")


class Paper(Protocol):
    """What is handed in: one page, as the capstone's board paper."""

    def markdown(self) -> str:
        """Return the page: its title and each heading in bold."""


def hand_in(paper: Paper, *, data: str | Sequence[str] | Sourced) -> None:
    """Show a paper of one page; ``cxlab paper`` prints it from the saved notebook.

    Parameters
    ----------
    paper
        What is handed in.
    data
        As for ``show``.
    """
    text = f"{paper.markdown()}\n\n*{_source(data)}*"
    _emit({"text/markdown": text, "text/plain": text}, "paper")


def _source(data: str | Sequence[str] | Sourced) -> str:
    if isinstance(data, Sourced):
        return f"{data.label}. {data.source}"
    return source_line([data] if isinstance(data, str) else data)


def _emit_figure(figure: Figure, *, alt: str, source: str) -> None:
    """Draw a figure for the page, a phone and a slide, and emit all three at once."""
    width, height = palette.FIGURE_INCHES, float(figure.get_size_inches()[1])
    sizes = {
        "narrow": (palette.NARROW_INCHES, height, True),
        "slide": (*_SLIDE_INCHES, False),
    }
    others: dict[str, Any] = {
        name: {"png": _base64(style.png(figure, width=w, height=h, message=message))}
        | {"width": round(96 * w), "height": round(96 * h)}
        for name, (w, h, message) in sizes.items()
    }
    page = _base64(style.png(figure, width=width, height=height))
    size = {"width": round(96 * width), "height": round(96 * height)}
    message = style.message_of(figure)
    figure.clear()
    _emit(
        {
            "image/png": page,
            FIGURE_MIME: {**others, "message": message},
            "text/plain": f"[figure] {message or alt}",
        },
        "figure",
        {"image/png": {"alt": alt, **size}, "cxlab": {"source": source}},
    )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def claim(
    claim_id: str,
    *,
    verdict: str,
    found: str,
    because: str,
    evidence: str | Sequence[str],
) -> None:
    """Record and show the verdict on a claim of the register.

    Parameters
    ----------
    claim_id
        Id in course/claims.toml.
    verdict
        One of ``cxlab.register.VERDICTS``, computed by a rule that the lesson shows.
    found
        What came out, with its interval; its numbers computed.
    because
        The one sentence that leads from what came out to the verdict.
    evidence
        One or more kinds of ``cxlab.register.EVIDENCE``.

    Raises
    ------
    ValueError
        If the claim, the verdict or the evidence is not in its closed list, if an
        illustration alone is to carry a verdict, or if what was found in real data
        neither gives an interval nor says why there is none.
    """
    row = register.claim_named(claim_id)
    kinds = (evidence,) if isinstance(evidence, str) else tuple(evidence)
    register.check_verdict(verdict, kinds)
    note = register.interval_note(found, kinds)
    payload = {
        "kind": "claim",
        "id": claim_id,
        "verdict": verdict,
        "found": found,
        "because": because,
        "evidence": list(kinds),
        "interval": note,
    }
    figure = f" Printed: {row.figure}." if row.figure else ""
    lines = {
        "What is printed": row.says + figure,
        "We looked with": "; ".join(register.EVIDENCE[kind] for kind in kinds),
        "What came out": f"{found} {note}".strip(),
        "Verdict": f"{verdict[0].upper()}{verdict[1:]}. {because}",
        "The author would answer": row.answer,
    }
    items = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>"
        for name, text in lines.items()
    )
    page = (
        f'<div class="cx-verdict" data-claim="{html.escape(claim_id)}" '
        f'data-verdict="{html.escape(verdict)}">'
        f'<p class="cx-label">Claim {html.escape(claim_id)}</p><dl>{items}</dl></div>'
    )
    plain = "\n".join(f"{name}: {text}" for name, text in lines.items())
    _emit({MIME: payload, "text/html": page, "text/plain": plain}, "claim")


def check(
    check_id: str,
    answer: object,
    *,
    expect: Value,
    hint: str,
    near_misses: Mapping[Any, str] | None = None,
    tol: float | None = None,
    right: str = "That is it.",
) -> None:
    """Answer a trainee: right, not yet (with a hint), or not answered. Never raises.

    Parameters
    ----------
    check_id
        Name of the exercise within the lesson.
    answer
        What the trainee typed; None means not answered.
    expect
        The right answer, computed from the lesson's own data. Never shown.
    hint
        For every mistake that is not among the near misses.
    near_misses
        A likely wrong answer, and the hint for that very mistake.
    tol
        How far a number may be off; None allows half a percent of ``expect``.
    right
        The one sentence after a right answer; it opens the next question.
    """
    near_misses = near_misses or {}

    def judge(given: object) -> Judgement:
        return judge_answer(
            given, expect=expect, hint=hint, near_misses=near_misses, tol=tol
        )

    judgement = judge(answer)
    # True if every near miss is told its own hint: the tests hold it at every profile.
    faithful = all(judge(miss).hint == own for miss, own in near_misses.items())
    said = {
        "right": f"Right. {right}",
        "not yet": f"Not yet. {judgement.hint}",
        "not answered": "Not answered yet. Put your answer in the cell above in place "
        "of None, run it, then run this cell again.",
    }[judgement.outcome]
    payload = {
        "kind": "check",
        "id": check_id,
        "outcome": judgement.outcome,
        "near_miss": judgement.near_miss,
        "near_misses": len(near_misses),
        "faithful": faithful,
    }
    page = (
        f'<p class="cx-check" data-outcome="{judgement.outcome}" '
        f'data-check="{html.escape(check_id)}">{html.escape(said)}</p>'
    )
    _emit({MIME: payload, "text/html": page, "text/plain": said}, "check")
