"""How much of an answer is the group's: ICC(1) of one answer, ICC(2) of a mean.

Two questions that sound alike. How much does it tell about one customer that she went
to this branch? ICC(1), usually small. How far can the branch's mean be trusted to be
the branch's own? ICC(2), which grows with every customer asked. A branch mean may be
very sure although hardly anything about a customer is the branch's.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import f as f_distribution

from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Icc:
    """What is the group's in one answer, and in the mean of a group."""

    one: Estimate  # ICC(1), share
    mean: Estimate  # ICC(2), share
    between: float  # variance of the groups' own means, squared units of the answer
    within: float  # variance inside a group
    typical: float  # answers per group (their mean, less what their spread takes away)
    n_groups: int
    n: int  # answers

    def of_mean(self, answers: float) -> float:
        """Return how far a mean of so many answers can be trusted, 0-1.

        Examples
        --------
        >>> found = icc([1, 2, 3, 4, 5, 6], list("aaabbb"))
        >>> round(found.of_mean(1), 3), round(found.of_mean(3), 3)
        (0.806, 0.926)
        """
        if not answers > 0:
            raise ValueError(f"answers={answers}: a mean needs at least one answer.")
        share = self.one.estimate
        return float(answers * share / (1 + (answers - 1) * share))

    def answers_for(self, trust: float) -> float:
        """Return how many answers a mean needs to be trusted so far.

        Parameters
        ----------
        trust : float
            Share of the differences between means that is the groups' own, 0-1.
        """
        if not 0 < trust < 1:
            raise ValueError(f"trust={trust}: give a share between 0 and 1, as 0.9.")
        if self.between <= 0:
            raise ValueError("The groups do not differ: no number of answers will do.")
        return trust / (1 - trust) * self.within / self.between

    def summary(self) -> pd.DataFrame:
        """Return both as the tidy table."""
        return tidy([self.one, self.mean])

    def __str__(self) -> str:
        """Say both in one sentence."""
        return (
            f"Of one answer {self.one.estimate:.1%} is the group's; of a mean of "
            f"{self.typical:.0f} answers, {self.mean.estimate:.0%}."
        )


def icc(answers: ArrayLike, groups: ArrayLike, *, level: float = 0.95) -> Icc:
    """Return how much of an answer, and of a group's mean, is the group's.

    Parameters
    ----------
    answers : array_like, shape (n,)
        One number per customer.
    groups : array_like, shape (n,)
        The group of each customer.
    level : float
        Confidence level of the intervals.

    Raises
    ------
    ValueError
        If there are fewer than two groups, or none with two customers.

    Notes
    -----
    From the mean squares between (B) and within (W) groups, with k customers a group:
    ICC(1) = (B - W) / (B + (k - 1) W), ICC(2) = (B - W) / B. Groups of unequal size
    have k = (n - sum n_j^2 / n) / (groups - 1). The intervals turn B / W by the F
    distribution: exact for equal groups, near for others. Below 0 means that the groups
    are more alike than chance makes them.

    References
    ----------
    Shrout & Fleiss (1979), Psychological Bulletin 86, 420-428.

    Examples
    --------
    >>> print(icc([1, 2, 3, 4, 5, 6], list("aaabbb")))
    Of one answer 80.6% is the group's; of a mean of 3 answers, 93%.
    """
    y, codes, sizes = _grouped(answers, groups)
    n, n_groups = len(y), len(sizes)
    means = np.bincount(codes, weights=y) / sizes
    between = float((sizes * (means - y.mean()) ** 2).sum() / (n_groups - 1))
    within = float(((y - means[codes]) ** 2).sum() / (n - n_groups))
    if within == 0 or between == 0:
        raise ValueError(
            "Inside every group all answers are the same, or all groups have exactly "
            "the same mean, so there is nothing to compare with. Is the group named by "
            "its answer?"
        )
    k = float((n - (sizes**2).sum() / n) / (n_groups - 1))
    ratio, tail = between / within, (1 - level) / 2
    freedom = n_groups - 1, n - n_groups
    low, high = (
        ratio / float(f_distribution.ppf(p, *freedom)) for p in (1 - tail, tail)
    )

    def share(name: str, of: Callable[[float], float]) -> Estimate:
        return Estimate(
            quantity=name,
            estimate=of(ratio),
            low=of(low),
            high=of(high),
            level=level,
            n=n_groups,
            unit="share",
        )

    return Icc(
        one=share("ICC(1), of one answer", lambda f: (f - 1) / (f + k - 1)),
        mean=share("ICC(2), of a mean", lambda f: 1 - 1 / f),
        between=(between - within) / k,
        within=within,
        typical=k,
        n_groups=n_groups,
        n=n,
    )


def _grouped(
    answers: ArrayLike, groups: ArrayLike
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Return answers, the number of each one's group, and the sizes of the groups."""
    y, codes = np.asarray(answers, dtype=float), pd.factorize(np.asarray(groups))[0]
    if y.shape != codes.shape or y.ndim != 1:
        raise ValueError(
            f"{y.shape} answers and {codes.shape} groups: give one group per answer."
        )
    if np.isnan(y).any() or (codes < 0).any():
        raise ValueError("An answer or a group is missing. Drop those rows first.")
    sizes = np.bincount(codes)
    if not 2 <= len(sizes) < len(y):
        raise ValueError(
            f"{len(sizes)} group(s) of {len(y)} customers: levels can be told apart "
            "only with at least two groups, and at least one with two customers."
        )
    return y, codes, sizes
