"""One table, three answers: what a row with a tenure and a departure may mean.

Nearly every company keeps such a table, and nearly nobody writes on it how it was
drawn. How many new customers are lost by month three is then a question about the
table's history, and not one about customers.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import share, z_value
from cxlab.onboarding.survival import check_spans, kaplan_meier
from cxlab.results import Estimate, tidy

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class ThreeAnswers:
    """Lost by a given month, by what the rows are taken for."""

    month: int
    counted: Estimate  # of the young rows, how many are marked as gone
    followed: Estimate  # everybody watched from the start: Kaplan and Meier
    last_month: Estimate  # everybody watched for one month only

    @property
    def answers(self) -> tuple[Estimate, Estimate, Estimate]:
        """The three in the order of the lesson."""
        return self.counted, self.followed, self.last_month

    @property
    def highest_over_lowest(self) -> float:
        """How many times the lowest answer the highest is."""
        found = [one.estimate for one in self.answers]
        return max(found) / min(found)

    def summary(self) -> pd.DataFrame:
        """Return the three answers as the tidy table."""
        return tidy(self.answers)

    def __str__(self) -> str:
        """Say the three."""
        a, b, c = (100 * one.estimate for one in self.answers)
        return (
            f"Lost by month {self.month}, of 100: {a:.0f} if the young rows are "
            f"counted, {b:.0f} if everybody was followed from the start, {c:.0f} if "
            "everybody was watched for one month."
        )

    def describe(self) -> str:
        """Say what a picture of the answers shows."""
        return f"Three bars for one table. {self}"


def three_answers(
    tenure: ArrayLike, churn: ArrayLike, *, month: int = 3, level: float = 0.95
) -> ThreeAnswers:
    """Answer how many are lost by a month in three ways, from the same rows.

    Parameters
    ----------
    tenure
        Whole months with the company so far, 0 for the newest.
    churn
        True: gone. Since when is what the three answers differ about.
    month
        By which month.
    level
        Confidence level of the intervals, 0-1.

    Raises
    ------
    ValueError
        If tenures are not whole months, or a month has no row.

    Examples
    --------
    Ten rows: six of tenure 1, of whom three are gone; four of tenure 2, one gone.

    >>> ten = [1] * 6 + [2] * 4, [1, 1, 1, 0, 0, 0, 1, 0, 0, 0]
    >>> found = three_answers(*ten, month=1)
    >>> [round(one.estimate, 2) for one in found.answers]
    [0.5, 0.3, 0.5]
    """
    months, gone = check_spans(tenure, churn)
    if (months != np.round(months)).any():
        raise ValueError("tenure must be whole months. Round it down.")
    young = months <= month
    rows = np.bincount(months.astype(np.int64), minlength=month + 1)[1 : month + 1]
    left = np.bincount(months[gone].astype(np.int64), minlength=month + 1)
    left = left[1 : month + 1]
    if month < 1 or not rows.all():
        raise ValueError(
            f"month={month}: some month up to it has no row, so nobody could be seen "
            "to leave in it. Choose another month, from 1."
        )
    followed = kaplan_meier(months, gone, unit="months", level=level).at(month)
    hazards = left / rows
    stay = float(np.prod(1 - hazards))
    # each month's rows are other customers: the variances of the logarithms add
    spread = np.sqrt((left / (rows * np.maximum(rows - left, 1))).sum())
    return ThreeAnswers(
        month=month,
        counted=share(
            int(gone[young].sum()), int(young.sum()), quantity="counted", level=level
        ),
        followed=_lost(followed, "followed from the start"),
        last_month=_lost(
            _around(stay, float(spread), n=int(rows.sum()), level=level),
            "one month each",
        ),
    )


def _around(stay: float, spread: float, *, n: int, level: float) -> Estimate:
    if not 0 < stay < 1:  # nobody left, or everybody: no interval on this scale
        return Estimate(quantity="", estimate=stay, n=n, unit="share")
    reach = z_value(level) * spread / abs(np.log(stay))
    low, high = (float(stay ** np.exp(s * reach)) for s in (1, -1))
    return Estimate(
        quantity="", estimate=stay, low=low, high=high, level=level, n=n, unit="share"
    )


def _lost(here: Estimate, quantity: str) -> Estimate:
    low = None if here.high is None else 1 - here.high
    high = None if here.low is None else 1 - here.low
    return Estimate(
        quantity=quantity,
        estimate=1 - here.estimate,
        low=low,
        high=high,
        level=here.level,
        n=here.n,
        unit="share",
    )
