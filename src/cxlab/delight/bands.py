"""Where "met" begins and ends: the same customers under every defensible band."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.delight.equivalence import Equivalence, judge_lift
from cxlab.delight.groups import ThreeGroups, three_groups
from cxlab.results import tidy

Band = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class ShareSweep:
    """Share of customers whose expectations were exceeded, by where "met" ends."""

    ends: tuple[int, ...]  # highest answer that still means "met"
    shares: tuple[float, ...]  # share of customers above it, 0-1


@dataclass(frozen=True, kw_only=True)
class BandSweep:
    """The lift above "met" under every band that leaves enough customers outside."""

    bands: tuple[Band, ...]  # lowest and highest answer that means "met"
    groups: tuple[ThreeGroups, ...]
    judged: tuple[Equivalence, ...]
    fixed: Band  # the band that was chosen before anybody looked

    @property
    def chosen(self) -> Equivalence:
        """The lift under the band that was fixed first."""
        return self.judged[self.bands.index(self.fixed)]

    @property
    def chosen_groups(self) -> ThreeGroups:
        """The three groups under the band that was fixed first."""
        return self.groups[self.bands.index(self.fixed)]

    @property
    def answers(self) -> tuple[str, ...]:
        """What each band answers, in the order of the bands."""
        return tuple(one.answer for one in self.judged)

    @property
    def shares(self) -> ShareSweep:
        """Share exceeded, by the answer at which "met" ends."""
        found = {
            band[1]: groups.shares[2]
            for band, groups in zip(self.bands, self.groups, strict=True)
        }
        ends = sorted(found)
        return ShareSweep(ends=tuple(ends), shares=tuple(found[end] for end in ends))

    def count(self, answer: str) -> int:
        """Return how many bands give an answer."""
        return self.answers.count(answer)

    def __str__(self) -> str:
        """Say the spread of the lift in one sentence."""
        lifts = [one.lift.estimate for one in self.judged]
        counts = ", ".join(
            f"'{answer}' {self.count(answer)} times"
            for answer in dict.fromkeys(self.answers)
        )
        return (
            f"Under {len(self.bands)} bands the lift lies between {min(lifts):.1f} and "
            f"{max(lifts):.1f} points; the answer is {counts}."
        )

    def describe(self) -> str:
        """Say what a picture of the lifts shows."""
        return (
            "Rows of lifts with intervals, one for each band that may be called met, "
            f"beside the margin of {self.chosen.margin:g} points. {self}"
        )

    def summary(self) -> pd.DataFrame:
        """Return the lift under each band as the tidy table."""
        table = tidy(one.lift for one in self.judged)
        table["quantity"] = [f"lift, met {low} to {high}" for low, high in self.bands]
        return table


def vary_met_band(
    answers: ArrayLike,
    loyalty: ArrayLike,
    *,
    fixed: Band,
    margin: float,
    lows: Sequence[int],
    highs: Sequence[int],
    least: int = 25,
) -> BandSweep:
    """Judge the lift under every band that might be called "met".

    Parameters
    ----------
    answers : array_like, shape (n,)
        Whole numbers, high is better than expected.
    loyalty : array_like, shape (n,)
        Points.
    fixed
        The band chosen before looking. It is always kept.
    margin
        Points, fixed before looking.
    lows, highs
        Lowest and highest answers to be tried.
    least
        A band is tried only if "met" and "exceeded" each hold so many customers.

    Raises
    ------
    ValueError
        If a group under the fixed band holds fewer than two customers.
    """
    x: NDArray[np.int64] = np.asarray(answers)
    tried = {(low, high) for low in lows for high in highs if low <= high} | {fixed}
    kept = sorted(
        (band for band in tried if band == fixed or _enough(x, band, least)),
        key=lambda band: (band[1], band[0]),
    )
    groups = [three_groups(x, loyalty, met=band) for band in kept]
    return BandSweep(
        bands=tuple(kept),
        groups=tuple(groups),
        judged=tuple(judge_lift(one, margin=margin) for one in groups),
        fixed=fixed,
    )


def _enough(x: NDArray[np.int64], band: Band, least: int) -> bool:
    low, high = band
    met, above, below = np.sum((x >= low) & (x <= high)), np.sum(x > high), x < low
    return bool(min(met, above) >= least and below.sum() >= 2)
