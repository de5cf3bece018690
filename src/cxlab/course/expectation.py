"""What one result must be, and how far it may be off without holding nothing."""

import math
from dataclasses import dataclass

from cxlab.answers import Value

RELATIVE = 1e-6  # the default tolerance, under the pinned seed


class BadExpectation(ValueError):
    """An expected number holds nothing: its tolerance admits zero or the wrong sign."""


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What one result must be.

    Examples
    --------
    >>> Expectation(value=242.67, rel=1e-4, why="two decimals").admits(242.6667)
    True
    >>> Expectation(value=242.67).admits(242.6667)
    False
    """

    value: Value
    published: bool = False  # printed by somebody else: never rewritten
    source: str = ""  # where it is printed
    rel: float | None = None  # of the value's size
    abs: float | None = None  # in the value's unit
    why: str = ""  # this tolerance

    def __post_init__(self) -> None:
        """Refuse a tolerance that would let a wrong result pass."""
        _refuse_contradictions(self)
        if _is_number(self.value):
            _refuse_loose(self)

    @property
    def room(self) -> float:
        """How far a number may be off, in its unit."""
        assert not isinstance(self.value, str)
        if self.abs is not None:
            return self.abs
        return abs(self.value) * (RELATIVE if self.rel is None else self.rel)

    def admits(self, found: Value) -> bool:
        """Say whether a result is what it must be; texts and bools exactly."""
        if not _is_number(self.value) or not _is_number(found):
            return type(found) is type(self.value) and found == self.value
        assert not isinstance(self.value, str)
        assert not isinstance(found, str)
        return abs(found - self.value) <= self.room

    @property
    def tolerance(self) -> str:
        """The tolerance, as a report says it."""
        if not _is_number(self.value):
            return "exactly"
        if self.abs is not None:
            return f"within {self.abs:g}"
        return f"within {RELATIVE if self.rel is None else self.rel:g} of its size"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refuse_contradictions(one: Expectation) -> None:
    if one.rel is not None and one.abs is not None:
        raise BadExpectation("has both rel and abs. Keep the one that means something.")
    if one.published and not one.source:
        raise BadExpectation("is published, and says no source. Add where.")
    tolerance = one.rel if one.abs is None else one.abs
    if not _is_number(one.value):
        if tolerance is not None:
            raise BadExpectation("is no number, and is compared exactly: no tolerance.")
        return
    assert not isinstance(one.value, str)
    if not math.isfinite(one.value):
        raise BadExpectation(f"is {one.value}, which holds nothing.")
    if tolerance is not None and not (math.isfinite(tolerance) and tolerance > 0):
        raise BadExpectation(f"has a tolerance of {tolerance}. It must be above 0.")


def _refuse_loose(one: Expectation) -> None:
    assert not isinstance(one.value, str)
    if one.value and one.room >= abs(one.value):
        raise BadExpectation(
            f"is {one.value:g} {one.tolerance}, which admits zero. Tighten the "
            "tolerance until it cannot."
        )
    if one.room > RELATIVE * abs(one.value) and not one.why:
        raise BadExpectation(
            f"is {one.value:g} {one.tolerance}, looser than {RELATIVE:g}, and does not "
            "say why. Add why."
        )
