"""Markets that fill up: by the curve with noise, or by a price that falls.

In the first the truth is a curve, and the question is how early it can be known. In the
second nobody talks to anybody: each household buys in the year in which the price has
fallen to what it can pay. The curve looks the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from cxlab.wordofmouth import BassCurve, fit_markets

Floats = NDArray[np.float64]

AVERAGE_MARKET = BassCurve(m=10_000, p=0.03, q=0.38)


def noisy_sales(
    market: BassCurve,
    *,
    years: int,
    markets: int,
    noise: float,
    rng: np.random.Generator,
) -> Floats:
    """Draw yearly sales of several markets with one truth, each year off by chance.

    Parameters
    ----------
    noise
        Standard deviation of a year's sales, as a share of them; below 0.25.

    Returns
    -------
    ndarray, shape (markets, years)
    """
    if not 0 <= noise < 0.25:
        raise ValueError(
            f"noise={noise}: give a share from 0 to below 0.25, or sales turn negative."
        )
    pace = market.pace(np.arange(1.0, years + 1))
    off = 1 + noise * rng.standard_normal((markets, years))
    return np.asarray(pace * np.maximum(off, 0.01))


@dataclass(frozen=True, kw_only=True)
class SizesFound:
    """What many markets of one truth are thought to hold, by the years observed."""

    market: BassCurve
    found: Mapping[int, Floats]  # buyers in the end, by years observed

    def quartiles(self, years: int) -> tuple[float, float, float]:
        """Return the lower quartile, the median and the upper quartile."""
        low, middle, high = np.quantile(self.found[years], [0.25, 0.5, 0.75])
        return float(low), float(middle), float(high)

    def spread(self, years: int) -> float:
        """Return the width of the middle half, as a share of the truth."""
        low, _, high = self.quartiles(years)
        return (high - low) / self.market.m

    def __str__(self) -> str:
        """Say the first and the last in one sentence."""
        first, last = min(self.found), max(self.found)
        one, other = self.quartiles(first), self.quartiles(last)
        return (
            f"After {first} years the middle half of the markets is thought to hold "
            f"{one[0]:,.0f} to {one[2]:,.0f} buyers; after {last} years, "
            f"{other[0]:,.0f} to {other[2]:,.0f}. The truth is {self.market.m:,.0f}."
        )

    def describe(self) -> str:
        """Say what a picture of the sizes found shows."""
        return f"Buyers in the end as estimated, by years observed. {self}"


def sizes_found(
    market: BassCurve,
    *,
    years: Sequence[int] = (5, 6, 7, 8, 9, 10, 12),
    markets: int,
    noise: float = 0.08,
    rng: np.random.Generator,
) -> SizesFound:
    """Estimate the size of many markets again and again, as the years go by."""
    sales = noisy_sales(market, years=max(years), markets=markets, noise=noise, rng=rng)
    found = {k: fit_markets(sales[:, :k])[:, 0] for k in years}
    return SizesFound(market=market, found=found)


@dataclass(frozen=True, kw_only=True)
class FallingPrice:
    """Households that buy when the price has fallen to what they can pay.

    What they can pay is spread like incomes, log-normal; the price falls by the same
    percentage every year. Nobody talks.
    """

    households: float = 10_000
    half_after: float = 8.0  # years until half of them can pay
    spread: float = 2.5  # years in which the price falls by one SD of log income

    def share(self, years: Floats) -> Floats:
        """Return the share of households that have bought, after so many years."""
        return np.asarray(ndtr((years - self.half_after) / self.spread))

    def yearly(self, years: int) -> Floats:
        """Return sales of each of the first years."""
        ends = np.arange(0.0, years + 1)
        return np.asarray(self.households * np.diff(self.share(ends)))
