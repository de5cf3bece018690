"""Expectations learn from experience, so what delights today is expected tomorrow.

Customers move what they expect a part of the way towards what they have just got. Being
satisfied is getting more than that. Two closed forms follow: a service that stays as it
is leaves nobody delighted, and one that gets better by the same step each month keeps
the same distance ahead, never a growing one. The model is ours; that expectations are
updated at all is what studies report, the pace is not.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def _pace(eta: float) -> float:
    """Return the pace of learning, if it is one."""
    if not 0 < eta <= 1:
        raise ValueError(
            f"eta={eta}: customers learn a part of each surprise, above 0 and up to 1. "
            "At 0 they would never learn, and no steady gap exists."
        )
    return eta


@dataclass(frozen=True, kw_only=True)
class Chase:
    """An experience, month by month, and the expectation that follows it."""

    experience: Floats  # shape (n,), points, high is good
    expectation: Floats  # shape (n,), points, what was expected of that month
    eta: float  # part of each surprise that is learnt

    @property
    def gap(self) -> Floats:
        """Experience above expectation, points; what we call satisfaction."""
        ahead: Floats = self.experience - self.expectation
        return ahead

    @property
    def months(self) -> NDArray[np.int64]:
        """Month 0, 1, 2 and so on."""
        return np.arange(len(self.experience))

    def summary(self) -> pd.DataFrame:
        """Return the first and the last gap as the tidy table."""
        return tidy(
            Estimate(quantity=f"gap in month {k}", estimate=float(x), unit="points")
            for k, x in ((0, self.gap[0]), (len(self.gap) - 1, self.gap[-1]))
        )

    def __str__(self) -> str:
        """Say what became of the gap."""
        return (
            f"Experience is {self.gap[0]:.2f} points above expectation at first and "
            f"{self.gap[-1]:.2f} after {len(self.gap) - 1} months."
        )

    def describe(self) -> str:
        """Say what a picture of the chase shows."""
        return (
            f"Experience goes from {self.experience[0]:.2f} to "
            f"{self.experience[-1]:.2f} points, and what is expected follows it from "
            f"{self.expectation[0]:.2f} to {self.expectation[-1]:.2f}. {self}"
        )


def follow(experience: ArrayLike, *, eta: float, start: float) -> Chase:
    """Let expectations follow what customers get.

    Parameters
    ----------
    experience : array_like, shape (n,)
        Points, high is good, month by month.
    eta
        Part of each surprise that is learnt, above 0 and up to 1.
    start
        What is expected of the first month, points.

    Notes
    -----
    E(t+1) = E(t) + eta (x(t) - E(t)).

    Examples
    --------
    A service that was a 6 becomes a 7 and stays one; customers learn half of it:

    >>> chase = follow([7, 7, 7, 7], eta=0.5, start=6)
    >>> chase.expectation.tolist()
    [6.0, 6.5, 6.75, 6.875]
    >>> chase.gap.tolist()
    [1.0, 0.5, 0.25, 0.125]
    """
    got = np.asarray(experience, dtype=float)
    if got.ndim != 1 or not len(got) or not np.isfinite(got).all():
        raise ValueError(
            f"an experience of shape {got.shape} was given: give one finite number per "
            "month, for at least one month."
        )
    expected = np.empty_like(got)
    now, pace = float(start), _pace(eta)
    for month, x in enumerate(got):
        expected[month] = now
        now += pace * (x - now)
    return Chase(experience=got, expectation=expected, eta=pace)


def steady_gap(growth: float, *, eta: float) -> float:
    """Return how far ahead of expectation a steadily better service stays.

    Parameters
    ----------
    growth
        Points a month; or, if the service grows by a share of itself, that share: the
        gap is then a share of what is expected.
    eta
        Part of each surprise that is learnt.

    Notes
    -----
    Expectations rise by eta times the gap; the gap is steady when that is the growth.

    Examples
    --------
    >>> [round(steady_gap(0.01, eta=eta), 2) for eta in (0.1, 0.2, 0.05)]
    [0.1, 0.05, 0.2]
    """
    return growth / _pace(eta)


def half_life(eta: float) -> float:
    """Return after how many months half of a delight has become expected.

    Examples
    --------
    >>> round(half_life(0.5), 6), round(half_life(0.1), 1)
    (1.0, 6.6)
    """
    pace = _pace(eta)
    return 0.0 if pace == 1 else math.log(2) / -math.log1p(-pace)
