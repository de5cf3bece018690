"""Loyalty before and after a contact, on a seven-point scale with a top."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr

Floats = NDArray[np.float64]

SCALE = np.arange(1, 8)  # points of the loyalty scale, 1 disloyal .. 7 loyal


@dataclass(frozen=True, kw_only=True)
class LoyaltyShift:
    """A world in which a contact moves loyalty on a seven-point scale.

    Loyalty before is a bell curve around ``start``, rounded and kept within 1 to 7;
    loyalty after is that score plus a shock and a shift, again rounded and kept within
    1 to 7. Its shares are exact.
    """

    start: float = 5.6  # points, middle of the curve before rounding
    spread: float = 1.2  # points, standard deviation before rounding
    shock: float = 0.6  # points, standard deviation of what happens to each customer
    shift: float = 0.0  # points, what happens to all of them

    def __post_init__(self) -> None:
        """Refuse curves without width."""
        if not (self.spread > 0 and self.shock > 0):
            raise ValueError(
                f"spread={self.spread}, shock={self.shock}: both are standard "
                "deviations above 0. Give points, such as 1.2 and 0.6."
            )

    @property
    def before(self) -> Floats:
        """Share of customers at each point of the scale before the contact."""
        return _points((_edges() - self.start) / self.spread)

    @property
    def after_given_before(self) -> Floats:
        """Share at each point after (columns), for each point before (rows)."""
        steps = (_edges()[None, :] - SCALE[:, None] - self.shift) / self.shock
        return _points(steps)

    @property
    def share_down(self) -> float:
        """Share of customers who become less loyal."""
        return float(self.before @ np.tril(self.after_given_before, -1).sum(axis=1))

    @property
    def share_up(self) -> float:
        """Share of customers who become more loyal."""
        return float(self.before @ np.triu(self.after_given_before, 1).sum(axis=1))

    @property
    def ratio(self) -> float:
        """How many become less loyal for each who becomes more loyal."""
        return self.share_down / self.share_up

    @property
    def mean_change(self) -> float:
        """Mean change on the scale, points, after minus before."""
        return float(self.before @ (self.after_given_before @ SCALE - SCALE))


def before_and_after(
    truth: LoyaltyShift, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, LoyaltyShift]:
    """Draw the loyalty of customers before and after one contact.

    Returns
    -------
    customers : DataFrame, n rows
        ``before`` and ``after``, points, 1 disloyal .. 7 loyal.
    truth : LoyaltyShift
        As given; its exact shares can be laid beside what was drawn.
    """
    if n < 1:
        raise ValueError(f"n={n}: draw at least one customer.")
    first, second = rng.standard_normal((2, n))
    before = np.clip(np.rint(truth.start + truth.spread * first), 1, 7)
    after = np.clip(np.rint(before + truth.shock * second + truth.shift), 1, 7)
    table = pd.DataFrame({"before": before, "after": after}).astype("int64")
    return table, truth


def shift_for_ratio(ratio: float, *, start: float = 5.6) -> LoyaltyShift:
    """Find the shift that makes ``ratio`` customers less loyal for each more loyal.

    Examples
    --------
    Near the top of the scale, a quarter of a point is enough for "four times".

    >>> round(shift_for_ratio(4).shift, 2)
    -0.24
    """
    if not ratio > 0:
        raise ValueError(f"ratio={ratio}: give how many for each one, above 0.")
    truth = LoyaltyShift(start=start)

    def excess(shift: float) -> float:
        return float(np.log(replace(truth, shift=shift).ratio / ratio))

    return replace(truth, shift=float(brentq(excess, -3.0, 3.0, xtol=1e-13)))


@dataclass(frozen=True, kw_only=True)
class RatioByShift:
    """Less to more loyal by shift, for customers who start at different points."""

    worlds: tuple[tuple[LoyaltyShift, ...], ...]  # one row per start

    @property
    def starts(self) -> tuple[float, ...]:
        """Where the customers start, points."""
        return tuple(row[0].start for row in self.worlds)

    @property
    def shifts(self) -> Floats:
        """Shift, points."""
        return np.array([world.shift for world in self.worlds[0]])

    @property
    def ratios(self) -> Floats:
        """Ratio, shape (starts, shifts)."""
        return np.array([[world.ratio for world in row] for row in self.worlds])

    def describe(self) -> str:
        """Say what a picture of the ratios shows."""
        left, right = self.shifts.min(), self.shifts.max()
        lines = "; ".join(
            f"starting at {start:g} points: from {row[-1]:.1f} to {row[0]:.1f}"
            for start, row in zip(
                self.starts, self.ratios[:, np.argsort(self.shifts)], strict=True
            )
        )
        return (
            "Line chart of how many customers become less loyal for each who becomes "
            f"more loyal, as the mean shift goes from {right:g} to {left:g} points, "
            f"{lines}. A level line marks the book's four."
        )


def ratio_by_shift(
    *, starts: Sequence[float] = (5.6, 4.0), shifts: Sequence[float] | None = None
) -> RatioByShift:
    """Return the exact ratio for each start and each shift."""
    grid = np.linspace(-0.4, 0.1, 51) if shifts is None else np.asarray(shifts)
    return RatioByShift(
        worlds=tuple(
            tuple(LoyaltyShift(start=s, shift=round(float(m), 12)) for m in grid)
            for s in starts
        )
    )


def _edges() -> Floats:
    """Where one point of the scale ends and the next begins; the ends are open."""
    return np.concatenate([[-np.inf], SCALE[:-1] + 0.5, [np.inf]])


def _points(edges: Floats) -> Floats:
    """Return the share of a bell curve between neighbouring edges."""
    shares: Floats = np.diff(ndtr(edges), axis=-1)
    return shares
