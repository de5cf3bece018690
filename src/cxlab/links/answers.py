"""Customers with the top answer against those one step below, by who comes back.

The same two shares give a ratio of shares and a ratio of odds, and these can lie far
apart. Say which of the two is meant, and print both shares beside it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab import intervals
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class TopAgainstNext:
    """Two groups of customers, the share of each that returns, and both ratios."""

    top: Estimate  # share of those with the top answer who return
    below: Estimate  # share of those with the answer one step below
    ratio: Estimate  # of the two shares
    odds: Estimate  # ratio of the two odds

    def __str__(self) -> str:
        """Say both shares and both ratios in one sentence."""
        return (
            f"{self.top.estimate:.0%} against {self.below.estimate:.0%}: "
            f"{self.ratio.estimate:.1f} times the share, {self.odds.estimate:.1f} "
            "times the odds."
        )

    def describe(self) -> str:
        """Say what a picture of the two shares shows."""
        return f"Customers with the top answer against those one step below. {self}"

    def summary(self) -> pd.DataFrame:
        """Return shares and ratios as the tidy table."""
        return tidy([self.top, self.below, self.ratio, self.odds])


def top_against_next(
    answers: ArrayLike,
    returns: ArrayLike,
    *,
    top: tuple[float, float],
    below: tuple[float, float],
    level: float = 0.95,
) -> TopAgainstNext:
    """Compare the share that returns at the top of a scale with one step below.

    Parameters
    ----------
    answers : array_like, shape (n,)
        Satisfaction, high is good.
    returns : array_like, shape (n,)
        True for customers who return, or say that they will.
    top, below : tuple
        Lowest and highest answer of each group; the rest is left out.
    level : float
        Confidence level, 0-1.

    Notes
    -----
    The variance of the log ratio of two shares is 1/a - 1/m + 1/b - 1/k, where a of m
    and b of k customers return (Katz).

    Examples
    --------
    Of four fives three return, of four fours two: 1.5 times the share, 3 times the
    odds.

    >>> print(top_against_next([5] * 4 + [4] * 4, [1, 1, 1, 0, 1, 1, 0, 0],
    ...                        top=(5, 5), below=(4, 4)))
    75% against 50%: 1.5 times the share, 3.0 times the odds.
    """
    x, back = np.asarray(answers, dtype=float), np.asarray(returns, dtype=bool)
    if x.ndim != 1 or x.shape != back.shape:
        raise ValueError(
            f"answers of shape {x.shape} and returns of shape {back.shape}: give one "
            "of each per customer."
        )
    if below[1] >= top[0]:
        raise ValueError(
            f"top={top} and below={below}: the lower group must end before the top "
            "one begins, such as (9, 10) and (7, 8)."
        )
    groups = [back[(x >= a) & (x <= b)] for a, b in (top, below)]
    (a, m), (b, k) = ((int(g.sum()), g.size) for g in groups)
    if min(a, b, m - a, k - b) < 1:
        raise ValueError(
            f"{a} of {m} and {b} of {k} customers return. Both groups need at least "
            "one who does and one who does not; report the four counts instead."
        )
    spread = intervals.z_value(level) * np.sqrt(1 / a - 1 / m + 1 / b - 1 / k)
    ratio = (a / m) / (b / k)
    return TopAgainstNext(
        top=intervals.share(a, m, quantity="top answer: return", level=level),
        below=intervals.share(b, k, quantity="one step below: return", level=level),
        ratio=Estimate(
            quantity="ratio of shares",
            estimate=ratio,
            low=float(ratio * np.exp(-spread)),
            high=float(ratio * np.exp(spread)),
            level=level,
            n=m + k,
        ),
        odds=intervals.odds_ratio([[a, m - a], [b, k - b]], level=level),
    )
