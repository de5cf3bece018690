"""Two stories behind two printed figures: the first days, or the kind of customer.

A bank prints how many new customers are left after 100 days and after a year. Story
one: the first days are dangerous for everybody, and then it gets better. Story two:
customers differ, and those who were always going to leave leave first, so that the rest
look ever more loyal. Each story has two numbers to choose, and two printed figures
cannot refuse it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from cxlab.onboarding.pieces import survive

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class TwoRates:
    """Everybody leaves at one rate until a day, and at another afterwards."""

    early: float  # per day
    late: float
    until: float = 100.0  # days

    @property
    def ratio(self) -> float:
        """How many times the late rate the early one is."""
        return self.early / self.late

    def survival(self, days: ArrayLike) -> Floats:
        """Return the share still here, 0-1."""
        return survive(
            days, edges=[0, self.until, np.inf], rates=[self.early, self.late]
        )

    def rate(self, days: ArrayLike) -> Floats:
        """Return the rate at which those still here leave, per day."""
        return np.where(np.asarray(days) <= self.until, self.early, self.late)


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """Each customer has one rate for ever; the rates differ as a gamma curve does."""

    a: float  # days
    r: float  # shape: the smaller, the more customers differ

    def survival(self, days: ArrayLike) -> Floats:
        """Return the share still here, 0-1."""
        return np.asarray((1 + np.asarray(days, dtype=float) / self.a) ** -self.r)

    def rate(self, days: ArrayLike) -> Floats:
        """Return the rate at which those still here leave, per day."""
        return np.asarray(self.r / (self.a + np.asarray(days, dtype=float)))


@dataclass(frozen=True, kw_only=True)
class TwoStories:
    """Two shares still here, and the two stories that both hit exactly.

    Examples
    --------
    >>> bank = TwoStories(early_here=0.84, late_here=0.68)
    >>> round(bank.onboarding.ratio, 2), round(bank.sorting.a, 1)
    (2.19, 98.9)
    """

    early_here: float  # share still here on the early day
    late_here: float  # share still here on the late day
    early_day: float = 100.0
    late_day: float = 365.0

    def __post_init__(self) -> None:
        """Refuse shares that rise, and losses that do not slow down."""
        if not 0 < self.late_here < self.early_here < 1:
            raise ValueError(
                f"early_here={self.early_here}, late_here={self.late_here}: both lie "
                "between 0 and 1, and fewer are here later. Give shares, not percent."
            )
        if not 0 < self.early_day < self.late_day:
            raise ValueError(
                f"early_day={self.early_day}, late_day={self.late_day}: give two days "
                "after the start, the earlier first."
            )
        if self.onboarding.early <= self.onboarding.late:
            raise ValueError(
                "Customers leave no faster early than late here, and then there is "
                "nothing for either story to explain. Give a faster early loss."
            )

    @cached_property
    def onboarding(self) -> TwoRates:
        """The story of the first days, through both shares."""
        span = self.late_day - self.early_day
        return TwoRates(
            early=float(-np.log(self.early_here)) / self.early_day,
            late=float(np.log(self.early_here / self.late_here)) / span,
            until=self.early_day,
        )

    @cached_property
    def sorting(self) -> Sorting:
        """The story of differing customers, through both shares."""
        wanted = np.log(self.late_here) / np.log(self.early_here)

        def miss(log_a: float) -> float:
            grown = np.log1p(np.array([self.late_day, self.early_day]) / np.exp(log_a))
            return float(grown[0] / grown[1] - wanted)

        a = float(np.exp(brentq(miss, -40, 20, xtol=1e-14)))
        r = -np.log(self.early_here) / np.log1p(self.early_day / a)
        return Sorting(a=a, r=float(r))

    @property
    def constant(self) -> TwoRates:
        """One rate for ever, through the late share: the story with no slowing down."""
        rate = float(-np.log(self.late_here)) / self.late_day
        return TwoRates(early=rate, late=rate, until=self.early_day)

    def mended(self, days: ArrayLike) -> Floats:
        """Return who is still here if the first days become like all others."""
        return np.asarray(np.exp(-self.onboarding.late * np.asarray(days, float)))

    def gain(self, day: float) -> float:
        """Return what mending the first days adds to the share here, if they matter."""
        return float(self.mended(day) - self.onboarding.survival(day))

    def table(self, days: Mapping[str, float]) -> pd.DataFrame:
        """Return who is still here of 100 by both stories, a row for each day."""
        at = np.array(list(days.values()), dtype=float)
        return pd.DataFrame(
            {
                "day": list(days),
                "first days": 100 * self.onboarding.survival(at),
                "sorting": 100 * self.sorting.survival(at),
            }
        )

    def __str__(self) -> str:
        """Say where the stories part."""
        later = 2 * self.late_day
        one = 100 * float(self.onboarding.survival(later))
        two = 100 * float(self.sorting.survival(later))
        return (
            f"Both stories keep {100 * self.early_here:.0f} of 100 on day "
            f"{self.early_day:g} and {100 * self.late_here:.0f} on day "
            f"{self.late_day:g}; on day {later:g} it is {one:.0f} if the first days "
            f"did it, and {two:.0f} if customers sort themselves."
        )

    def describe(self) -> str:
        """Say what a picture of the stories shows."""
        return f"Two falling curves through two printed points, parting later. {self}"


def through_rates(*, early: float, late: float) -> TwoStories:
    """Return the stories that agree with two rates per day, before and after day 100.

    Raises
    ------
    ValueError
        If the early rate is not the higher one.
    """
    rates = TwoRates(early=early, late=late)
    here = rates.survival([100.0, 365.0])
    return TwoStories(early_here=float(here[0]), late_here=float(here[1]))


@dataclass(frozen=True, kw_only=True)
class Fees:
    """What a new customer pays on average in the first year, by when the fee is due."""

    continuous: float  # money, the fee accruing day by day
    advance: float  # due at the start of each month
    arrears: float  # due at the end of each month


def first_year_fees(story: TwoRates | Sorting, *, monthly: float) -> Fees:
    """Add up the fees of a year, each paid by those who are still here.

    Examples
    --------
    Nobody leaves, nearly: twelve fees of 12, whenever they are due.

    >>> stay = TwoRates(early=1e-12, late=1e-12)
    >>> round(first_year_fees(stay, monthly=12).arrears, 6)
    144.0
    """
    ends = np.linspace(0, 365, 13)
    here = story.survival(ends)
    # pieces of a day are fine enough: the curve is smooth but for one bend at an edge
    grid = np.linspace(0, 365, 365 * 4 + 1)
    whole = np.trapezoid(story.survival(grid), grid) / 365
    return Fees(
        continuous=float(12 * monthly * whole),
        advance=float(monthly * here[:-1].sum()),
        arrears=float(monthly * here[1:].sum()),
    )
