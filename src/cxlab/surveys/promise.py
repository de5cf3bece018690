"""How often an interval for the net promoter score keeps its promise, exactly.

Which interval is better is not a matter of taste. A sample of fifteen customers can
turn out in 136 ways; for any true shares each has its chance, and the chances of those
whose interval holds the truth can be added up. Nothing is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaln, xlogy

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy
from cxlab.surveys.promoters import Floats, centre_and_error, check_shares


def coverage(
    p: float, d: float, *, n: int, method: str = "adjusted", level: float = 0.95
) -> float:
    """Return how often the interval catches the true score, added up exactly.

    Every possible sample of ``n`` customers is listed with its chance; the chances of
    those whose interval holds the truth are added.

    Parameters
    ----------
    p, d : float
        True shares of promoters and of detractors, 0-1.
    n : int
        Customers asked, 1 to 500.
    method : str
        "adjusted" or "wald".

    Returns
    -------
    float
        Share of samples, 0-1; an honest 95% interval gives about 0.95.

    Examples
    --------
    Fifteen customers: the textbook interval misses more than twice as often as it says.

    >>> round(coverage(0.6, 0.1, n=15, method="wald"), 3)
    0.883
    >>> round(coverage(0.6, 0.1, n=15), 3)
    0.957
    """
    check_shares(p, d)
    if not 1 <= n <= 500:
        raise ValueError(f"n={n}: samples can be listed one by one for 1 to 500.")
    first, second, chance = samples(p, d, n=n)
    centre, error = centre_and_error(first, second, n, method=method)
    # a hair of room: a truth that lies exactly on an end is caught
    caught = np.abs(centre - (p - d)) <= z_value(level) * error + 1e-12
    return float(chance[caught].sum())


@dataclass(frozen=True, kw_only=True)
class CoverageCurve:
    """How often both intervals catch the true score, by number of customers."""

    n: tuple[int, ...]
    wald: NDArray[np.float64]  # share of samples, 0-1
    adjusted: NDArray[np.float64]
    level: float

    def summary(self) -> pd.DataFrame:
        """Return the coverage of each interval at each n as the tidy table."""
        return tidy(
            Estimate(quantity=f"{name}, {n} customers", estimate=float(value), n=n)
            for name, values in (("wald", self.wald), ("adjusted", self.adjusted))
            for n, value in zip(self.n, values, strict=True)
        )

    def __str__(self) -> str:
        """Say the smallest coverage of each."""
        return (
            f"From {self.n[0]} to {self.n[-1]} customers the textbook interval catches "
            f"the truth in at least {100 * self.wald.min():.0f} of 100 samples, the "
            f"adjusted one in at least {100 * self.adjusted.min():.0f}."
        )

    def describe(self) -> str:
        """Say what a picture of both curves shows."""
        return (
            f"Two lines over the number of customers, against the promise of "
            f"{100 * self.level:.0f} of 100. {self}"
        )


def coverage_by_n(
    p: float, d: float, *, sizes: Sequence[int], level: float = 0.95
) -> CoverageCurve:
    """Return how often both intervals catch the truth, for samples of several sizes.

    Parameters
    ----------
    p, d : float
        True shares of promoters and of detractors, 0-1.
    sizes : sequence of int
        Customers asked, each 1 to 500.
    """
    wald, adjusted = (
        np.array([coverage(p, d, n=n, method=m, level=level) for n in sizes])
        for m in ("wald", "adjusted")
    )
    return CoverageCurve(n=tuple(sizes), wald=wald, adjusted=adjusted, level=level)


def samples(p: float, d: float, *, n: int) -> tuple[Floats, Floats, Floats]:
    """List every sample of ``n`` customers: promoters, detractors, and its chance."""
    grid = np.arange(n + 1)
    promoters, detractors = (x.ravel() for x in np.meshgrid(grid, grid, indexing="ij"))
    possible = promoters + detractors <= n
    i, j = promoters[possible], detractors[possible]
    k = n - i - j
    ways = gammaln(n + 1) - gammaln(i + 1) - gammaln(j + 1) - gammaln(k + 1)
    chance = np.exp(ways + xlogy(i, p) + xlogy(j, d) + xlogy(k, max(1 - p - d, 0.0)))
    return i.astype(float), j.astype(float), chance


@dataclass(frozen=True, kw_only=True)
class MarketsCoverage:
    """How often both intervals keep their promise in many markets, one sample size."""

    n: int
    wald: NDArray[np.float64]  # share of samples, one a market
    adjusted: NDArray[np.float64]
    level: float

    @property
    def adjusted_closer(self) -> float:
        """Share of markets in which the adjusted interval is closer to its promise."""
        nearer = abs(self.adjusted - self.level) <= abs(self.wald - self.level)
        return float(nearer.mean())

    def summary(self) -> pd.DataFrame:
        """Return the worst market of each interval as the tidy table."""
        worst = {"wald": self.wald.min(), "adjusted": self.adjusted.min()}
        return tidy(
            Estimate(quantity=f"{name}, worst market", estimate=float(v), n=self.n)
            for name, v in worst.items()
        )

    def __str__(self) -> str:
        """Say the worst market of each interval."""
        return (
            f"With {self.n} customers, the worst of {len(self.wald)} markets keeps "
            f"{100 * self.wald.min():.0f} of 100 (textbook) or "
            f"{100 * self.adjusted.min():.0f} (adjusted)."
        )


def coverage_over_markets(*, n: int, level: float = 0.95) -> MarketsCoverage:
    """Return how often both intervals catch the truth, in every kind of market.

    A market is a pair of true shares of promoters and of detractors: every pair of
    tenths from .1 to .8 that leaves room for passives or uses it up.

    Parameters
    ----------
    n : int
        Customers asked, 1 to 500.

    Examples
    --------
    >>> print(coverage_over_markets(n=15))
    With 15 customers, the worst of 36 markets keeps 88 of 100 (textbook) or 94
    (adjusted).
    """
    markets = [(p / 10, d / 10) for p in range(1, 9) for d in range(1, 10 - p)]
    wald, adjusted = (
        np.array([coverage(p, d, n=n, method=m, level=level) for p, d in markets])
        for m in ("wald", "adjusted")
    )
    return MarketsCoverage(n=n, wald=wald, adjusted=adjusted, level=level)
