"""Chains: a customer brings one, who brings another. Mostly they end at once.

If a customer brings ``reach`` new ones on average, and each of those does the same, a
chain holds 1 / (1 - reach) customers on average, its first one included, as long as
reach is below 1. The mean is carried by a few long chains. And of all customers, the
share who were brought by somebody is the reach itself: one question at the door counts
it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from cxlab import intervals
from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def mean_size(reach: float) -> float:
    """Return how many customers a chain holds on average, its first one included.

    Parameters
    ----------
    reach
        New customers that one customer brings, on average, from 0 to below 1.

    Examples
    --------
    1 and a half and a quarter and so on:

    >>> mean_size(0.5)
    2.0
    """
    _check_reach(reach)
    return 1 / (1 - reach)


def size_share(sizes: ArrayLike, *, reach: float) -> Floats:
    """Return the share of chains that hold so many customers.

    Parameters
    ----------
    sizes : array_like
        Customers in a chain, 1 or more.
    reach
        New customers that one customer brings, on average, from 0 to below 1.

    Notes
    -----
    The number whom one customer brings is taken to be Poisson; the size is then
    Borel's: exp(-Rn) (Rn)^(n-1) / n!.

    Examples
    --------
    Two thirds of the chains end with the customer who began them.

    >>> size_share([1, 2], reach=0.4).round(3).tolist()
    [0.67, 0.18]
    """
    _check_reach(reach)
    n = np.asarray(sizes, dtype=float)
    if reach == 0:
        return np.where(n == 1, 1.0, 0.0)
    return np.asarray(np.exp(-reach * n + (n - 1) * np.log(reach * n) - gammaln(n + 1)))


def _check_reach(reach: float) -> None:
    if not 0 <= reach < 1:
        raise ValueError(
            f"reach={reach}: a chain comes to an end only if a customer brings fewer "
            "than one other on average. Give a reach from 0 to below 1."
        )


@dataclass(frozen=True, kw_only=True)
class Chains:
    """How long the chains were that began with one customer each."""

    counts: Mapping[int, int]  # how many chains of each size, customers
    level: float = 0.95

    @property
    def begun(self) -> int:
        """Chains, one for each customer who came by themselves."""
        return sum(self.counts.values())

    @property
    def customers(self) -> int:
        """Customers in all chains together."""
        return sum(size * many for size, many in self.counts.items())

    @property
    def longest(self) -> int:
        """Customers in the largest chain."""
        return max(self.counts)

    @property
    def _error(self) -> float:
        """Standard error of the mean size."""
        squares = sum(size**2 * many for size, many in self.counts.items())
        mean = self.customers / self.begun
        return float(np.sqrt(max(squares / self.begun - mean**2, 0.0) / self.begun))

    @property
    def mean(self) -> Estimate:
        """Customers in a chain, on average."""
        mean, reach = self.customers / self.begun, z_value(self.level) * self._error
        return Estimate(
            quantity="customers in a chain",
            estimate=mean,
            low=mean - reach,
            high=mean + reach,
            level=self.level,
            n=self.begun,
            unit="customers",
        )

    @property
    def brought(self) -> Estimate:
        """Share of all customers who were brought by another: it estimates the reach.

        The interval comes from the scatter of whole chains, for customers of one chain
        came together.
        """
        mean, reach = self.mean.estimate, z_value(self.level) * self._error
        share = 1 - 1 / mean
        half = reach / mean**2
        return Estimate(
            quantity="share brought by another customer",
            estimate=share,
            low=share - half,
            high=share + half,
            level=self.level,
            n=self.customers,
            unit="share",
        )

    @property
    def alone(self) -> Estimate:
        """Share of chains that ended with the customer who began them."""
        return intervals.share(
            self.counts.get(1, 0),
            self.begun,
            quantity="chains that ended at once",
            level=self.level,
        )

    def __str__(self) -> str:
        """Say the mean, the usual and the largest in one sentence."""
        return (
            f"Of {self.begun:,} chains {self.alone.estimate:.0%} ended at once; the "
            f"mean is {self.mean.estimate:.2f} customers, the largest has "
            f"{self.longest}."
        )

    def describe(self) -> str:
        """Say what a picture of the chains shows."""
        return f"Number of chains by the customers in them. {self}"

    def summary(self) -> pd.DataFrame:
        """Return mean size, share brought and share alone as rows of the tidy table."""
        return tidy([self.mean, self.brought, self.alone])


def count_chains(sizes: ArrayLike, *, level: float = 0.95) -> Chains:
    """Count chains by their size.

    Parameters
    ----------
    sizes : array_like
        Customers in each chain, its first one included, 1 or more.

    Examples
    --------
    >>> print(count_chains([1, 1, 1, 2, 5]))
    Of 5 chains 60% ended at once; the mean is 2.00 customers, the largest has 5.
    """
    n = np.asarray(sizes)
    if n.size == 0 or np.any(n < 1):
        raise ValueError(
            "Every chain holds at least the customer who began it. Give sizes of 1 or "
            "more, and at least one chain."
        )
    values, many = np.unique(n.astype(int), return_counts=True)
    counts = {int(v): int(k) for v, k in zip(values, many, strict=True)}
    return Chains(counts=counts, level=level)
