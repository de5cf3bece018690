"""Two yes-or-no questions make four cells; one number seldom says what is in them.

The same four cells can be summed up by a difference in points, a ratio of shares, an
odds ratio, the share explained (phi squared) or a latent correlation, and these can
sound as if they spoke of different tables. The odds ratio alone does not move when one
asks the opposite question, or draws more customers of one kind.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.latent import tetrachoric
from cxlab.results import Estimate, tidy


def odds(share: ArrayLike) -> NDArray[np.float64]:
    """Return how many say yes for each who says no.

    Parameters
    ----------
    share : array_like
        Share that says yes, 0-1, below 1.

    Examples
    --------
    20 of 100 say yes and 80 no: a quarter for each.

    >>> float(odds(0.2))
    0.25
    """
    p = np.asarray(share, dtype=float)
    if not np.all((p >= 0) & (p < 1)):
        raise ValueError(
            f"share={share!r}: odds need shares from 0 to below 1. Give 96% as 0.96; "
            "where everybody says yes, odds have no bound."
        )
    per_no: NDArray[np.float64] = p / (1 - p)
    return per_no


def odds_ratio(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """Return how many times higher the odds are in one group than in the other.

    Parameters
    ----------
    one, other : array_like
        Shares that say yes in the two groups, 0-1.

    Examples
    --------
    96 of 100 against 9 of 100. The ratio of the shares is only 10.7.

    >>> round(float(odds_ratio(0.96, 0.09)), 2)
    242.67

    Asking who stays instead of who leaves turns it over and does not change it.

    >>> round(1 / float(odds_ratio(0.04, 0.91)), 2)
    242.67
    """
    below = odds(other)
    if np.any(below == 0):
        raise ValueError(
            f"other={other!r}: where nobody says yes the odds are 0, and a ratio to "
            "them has no bound. Report the two shares instead."
        )
    return odds(one) / below


@dataclass(frozen=True, kw_only=True)
class TwoBars:
    """What a slide with two bars prints: one share in each of two groups."""

    low: float  # share in the group with the lower bar, 0-1
    high: float  # share in the group with the higher bar, 0-1

    def __post_init__(self) -> None:
        """Refuse bars that stand the wrong way round."""
        if not 0 < self.low < self.high < 1:
            raise ValueError(
                f"low={self.low} and high={self.high}: both are shares strictly "
                "between 0 and 1, the lower one first. Give 96% as 0.96."
            )

    @property
    def points(self) -> float:
        """Difference between the bars, percentage points."""
        return 100 * (self.high - self.low)

    @property
    def times(self) -> float:
        """How many times higher the higher bar is."""
        return self.high / self.low

    @property
    def odds_ratio(self) -> float:
        """How many times higher the odds are."""
        return float(odds_ratio(self.high, self.low))

    def __str__(self) -> str:
        """Say the bars in one sentence."""
        return (
            f"{self.high:.0%} against {self.low:.0%}: {self.points:.0f} points apart, "
            f"{self.times:.1f} times as many, odds {self.odds_ratio:.0f} times as high."
        )

    def describe(self) -> str:
        """Say what a picture of the two bars shows."""
        return (
            "Bar chart with two bars, share of customers who say they became more "
            f"disloyal: {self.low:.0%} after the easiest contacts, {self.high:.0%} "
            "after the hardest. Nothing stands between them."
        )

    def summary(self) -> pd.DataFrame:
        """Return the three ways to compare the bars as the tidy table."""
        return tidy(
            [
                Estimate(quantity="difference", estimate=self.points, unit="points"),
                Estimate(quantity="ratio of shares", estimate=self.times),
                Estimate(quantity="odds ratio", estimate=self.odds_ratio),
            ]
        )


@dataclass(frozen=True, kw_only=True)
class SatisfiedOrNot:
    """Customers by satisfied or not, and by meaning to stay or to leave."""

    share_satisfied: float  # share of all customers, 0-1
    leave_if_satisfied: float  # share of the satisfied who mean to leave, 0-1
    stay_if_dissatisfied: float  # share of the dissatisfied who mean to stay, 0-1

    def __post_init__(self) -> None:
        """Refuse shares that are none."""
        for name, share in vars(self).items():
            if not 0 < share < 1:
                raise ValueError(
                    f"{name}={share}: a share lies strictly between 0 and 1. Give 20% "
                    "as 0.2."
                )

    @property
    def cells(self) -> NDArray[np.float64]:
        """Shares of all customers; rows satisfied, dissatisfied; columns stay, leave.

        Examples
        --------
        >>> SatisfiedOrNot(
        ...     share_satisfied=0.5, leave_if_satisfied=0.2, stay_if_dissatisfied=0.28
        ... ).cells.round(2)
        array([[0.4 , 0.1 ],
               [0.14, 0.36]])
        """
        p, leave, stay = (float(x) for x in vars(self).values())
        return np.array(
            [[p * (1 - leave), p * leave], [(1 - p) * stay, (1 - p) * (1 - stay)]]
        )

    @property
    def odds_ratio(self) -> float:
        """How many times higher the odds of staying are among the satisfied."""
        return float(odds_ratio(1 - self.leave_if_satisfied, self.stay_if_dissatisfied))

    @property
    def phi_squared(self) -> float:
        """Share of variance explained: the R squared of one yes-or-no on the other."""
        (a, b), (c, d) = self.cells
        margins = (a + b) * (c + d) * (a + c) * (b + d)
        return float((a * d - b * c) ** 2 / margins)

    @property
    def latent_correlation(self) -> float:
        """The tetrachoric correlation: two bell curves, each cut once."""
        return tetrachoric(self.cells)

    def __str__(self) -> str:
        """Say the table in one sentence."""
        return (
            f"With {self.share_satisfied:.0%} satisfied the odds of staying are "
            f"{self.odds_ratio:.1f} times as high among the satisfied; the share "
            f"explained is {self.phi_squared:.3f}, the latent correlation "
            f"{self.latent_correlation:.3f}."
        )

    def summary(self) -> pd.DataFrame:
        """Return three ways to sum up the same four cells as the tidy table."""
        return tidy(
            [
                Estimate(quantity="odds ratio", estimate=self.odds_ratio),
                Estimate(quantity="phi squared", estimate=self.phi_squared),
                Estimate(
                    quantity="latent correlation", estimate=self.latent_correlation
                ),
            ]
        )


@dataclass(frozen=True, kw_only=True)
class BaseRateCurve:
    """One pair of printed shares, seen at many shares of satisfied customers."""

    tables: tuple[SatisfiedOrNot, ...]

    @property
    def share_satisfied(self) -> NDArray[np.float64]:
        """Share satisfied, one a table."""
        return np.array([t.share_satisfied for t in self.tables])

    @property
    def phi_squared(self) -> NDArray[np.float64]:
        """Share of variance explained, one a table."""
        return np.array([t.phi_squared for t in self.tables])

    @property
    def latent_correlation(self) -> NDArray[np.float64]:
        """Latent correlation, one a table."""
        return np.array([t.latent_correlation for t in self.tables])

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        phi, r = self.phi_squared, self.latent_correlation
        return (
            "Line chart over the share of satisfied customers. The share of variance "
            f"explained moves between {phi.min():.2f} and {phi.max():.2f}, the latent "
            f"correlation between {r.min():.2f} and {r.max():.2f}; the odds ratio is "
            f"{self.tables[0].odds_ratio:.1f} everywhere."
        )

    def summary(self) -> pd.DataFrame:
        """Return the three sums of every table, under its share satisfied."""
        return pd.concat(
            [table.summary() for table in self.tables],
            keys=[f"{share:.0%} satisfied" for share in self.share_satisfied],
        )


def by_base_rate(
    *, leave_if_satisfied: float, stay_if_dissatisfied: float, points: int = 49
) -> BaseRateCurve:
    """Return what the same two shares come to, from 2% to 98% satisfied customers."""
    return BaseRateCurve(
        tables=tuple(
            SatisfiedOrNot(
                share_satisfied=float(share),
                leave_if_satisfied=leave_if_satisfied,
                stay_if_dissatisfied=stay_if_dissatisfied,
            )
            for share in np.linspace(0.02, 0.98, points)
        )
    )
