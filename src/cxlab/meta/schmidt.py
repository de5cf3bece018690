"""Correlations pooled bare bones, as work psychologists do it (Hunter and Schmidt).

Every correlation is weighted by its people. From the variance of what is seen, the
variance that chance would give is taken away; what is left is the spread of truths.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class BareBones:
    """Mean correlation, and how much of the scatter chance explains."""

    mean: Estimate  # r, weighted by people; from low to high: 80% of the truths
    by_chance: float  # share of the variance that chance explains, 0-1
    sd_truth: float  # standard deviation of the true correlations
    people: int

    def summary(self) -> pd.DataFrame:
        """Return the mean as a tidy table."""
        return tidy([self.mean])


def bare_bones(
    r: ArrayLike, people: ArrayLike, *, noise: tuple[float, float] = (1.0, 1.0)
) -> BareBones:
    """Pool correlations by people.

    Parameters
    ----------
    r : array_like, shape (k,)
        Correlations.
    people : array_like, shape (k,)
        People behind each, 2 or more.
    noise : tuple of float
        Reliabilities of the two measures, 0-1; (1, 1) corrects nothing. Mean and
        spread are divided by the root of their product.

    Notes
    -----
    The variance by chance is (1 - mean^2)^2 / (mean of people - 1). The interval of the
    mean is the 80% credibility interval of that school: it holds the middle 80% of the
    truths if they follow a bell curve, and is no confidence interval.

    Examples
    --------
    Two studies with one result: chance explains more than all.

    >>> same = bare_bones([0.2, 0.2], [50, 150])
    >>> round(same.mean.estimate, 2), same.by_chance, same.sd_truth
    (0.2, 1.0, 0.0)
    """
    values, n = np.asarray(r, dtype=float), np.asarray(people, dtype=float)
    if values.shape != n.shape or values.size < 2 or (n < 2).any():
        raise ValueError(
            f"{values.size} correlations and {n.size} numbers of people: give both for "
            "each of at least two studies, with 2 people or more."
        )
    if not all(0 < one <= 1 for one in noise):
        raise ValueError(
            f"noise={noise}: a reliability lies above 0 and goes up to 1. Give two "
            "shares, such as (0.8, 0.9)."
        )
    mean = float((n * values).sum() / n.sum())
    seen = float((n * (values - mean) ** 2).sum() / n.sum())
    chance = float((1 - mean**2) ** 2 / (n.mean() - 1))
    root = float(np.sqrt(noise[0] * noise[1]))
    sd = float(np.sqrt(max(0.0, seen - chance))) / root
    half = 1.2815515655446004 * sd
    middle = Estimate(
        quantity="mean correlation",
        estimate=mean / root,
        low=mean / root - half,
        high=mean / root + half,
        level=0.8,
        n=len(values),
        unit="r",
    )
    by_chance = 1.0 if seen <= chance else chance / seen
    return BareBones(
        mean=middle, by_chance=float(by_chance), sd_truth=sd, people=round(n.sum())
    )
