"""The experiment that tells two stories apart: mend the first days of half, by lot.

If the first days are to blame, mending them keeps customers for good. If customers sort
themselves, the same ones leave as before. Waiting a second year would tell as well, and
it would cost a year.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.intervals import z_value
from cxlab.onboarding.stories import TwoStories
from cxlab.onboarding.survival import Survival, kaplan_meier
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Who is still here in each half, and what that says of the stories."""

    mended: Survival  # the half with mended first days
    others: Survival
    stories: TwoStories
    day: float  # on which the halves are compared

    @property
    def gap(self) -> Estimate:
        """More still here in the mended half on the day, points of 100."""
        one, other = (float(h.curve(self.day)) for h in (self.mended, self.others))
        level = self.mended.level
        mine, theirs = (
            _greenwood(self.mended, self.day),
            _greenwood(self.others, self.day),
        )
        spread = np.sqrt(mine**2 + theirs**2)
        reach, middle = z_value(level) * float(spread), one - other
        return Estimate(
            quantity=f"more still here on day {self.day:g}",
            estimate=100 * middle,
            low=100 * (middle - reach),
            high=100 * (middle + reach),
            level=level,
            n=self.mended.n + self.others.n,
            unit="points",
        )

    @property
    def first_days(self) -> Estimate:
        """What the gap is of the gap that the first days alone would make, 0-1."""
        whole = 100 * self.stories.gain(self.day)
        gap = self.gap
        low, high = (None if x is None else x / whole for x in (gap.low, gap.high))
        return Estimate(
            quantity="share of the story that is the first days",
            estimate=gap.estimate / whole,
            low=low,
            high=high,
            level=gap.level,
            n=gap.n,
            unit="share",
        )

    @property
    def says(self) -> str:
        """Which story is ruled out: the end of the interval decides."""
        share = self.first_days
        if share.low is None or share.high is None:
            return "cannot tell"
        nothing, everything = share.low <= 0 <= share.high, share.low <= 1 <= share.high
        if nothing and everything:
            return "cannot tell"
        if nothing:
            return "sorting"
        return "first days" if everything else "both"

    def summary(self) -> pd.DataFrame:
        """Return the gap and the share as the tidy table."""
        return tidy([self.gap, self.first_days])

    def __str__(self) -> str:
        """Say how many more are here."""
        gap = self.gap
        return (
            f"On day {self.day:g}, {gap.estimate:.1f} more of 100 are still here in "
            f"the mended half ({gap.low:.1f} to {gap.high:.1f})."
        )

    def describe(self) -> str:
        """Say what a picture of the halves shows."""
        return f"Two halves by lot, one with mended first days. {self}"


def _greenwood(half: Survival, day: float) -> float:
    passed = half.times <= day
    left, could = half.events[passed], half.at_risk[passed]
    terms = left / (could * np.maximum(could - left, 1))
    return float(half.curve(day) * np.sqrt(terms.sum()))


def read_trial(
    customers: pd.DataFrame, *, stories: TwoStories, day: float | None = None
) -> Trial:
    """Compare the mended half with the others.

    Parameters
    ----------
    customers
        One row a customer: ``days`` seen, ``left``, ``mended`` (True for the half
        that the lot chose).
    stories
        The printed figures, as two stories.
    day
        On which the halves are compared; None: the later printed day.

    Raises
    ------
    ValueError
        If one half is empty.
    """
    mended = customers["mended"].to_numpy(dtype=bool)
    if not 0 < mended.sum() < len(mended):
        raise ValueError(
            "One half is empty: mended is the same for everybody. Choose by lot whose "
            "first days are mended."
        )
    halves = [
        kaplan_meier(customers["days"][side], customers["left"][side])
        for side in (mended, ~mended)
    ]
    return Trial(
        mended=halves[0],
        others=halves[1],
        stories=stories,
        day=stories.late_day if day is None else day,
    )
