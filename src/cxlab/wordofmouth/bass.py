"""The curve that is often read as word of mouth: slow, fast, slow again.

In each year some buy by themselves, and some because others have bought. Its formula is
silent on who talked to whom: falling prices and unequal incomes draw the same curve.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class BassCurve:
    """Adoption in a market of m buyers.

    Notes
    -----
    Of those who have not bought yet, p + q F buy in a year when F is the share who
    have. F(t) = (1 - e) / (1 + e q / p) with e = exp(-(p + q) t).

    References
    ----------
    Bass (1969), Management Science 15, 215-227.

    Examples
    --------
    With average values, sales peak after some six years, before half have bought.

    >>> curve = BassCurve(m=1, p=0.03, q=0.38)
    >>> round(curve.peak, 2), round(curve.share_at_peak, 3)
    (6.19, 0.461)
    """

    m: float  # buyers in the end
    p: float  # share of those left who buy by themselves, per year
    q: float  # how strongly those who have bought pull the others, per year

    def __post_init__(self) -> None:
        """Refuse a market in which nobody would ever begin."""
        if not (self.m > 0 and self.p > 0 and self.q >= 0):
            raise ValueError(
                f"m={self.m}, p={self.p}, q={self.q}: m and p must be above 0 and q "
                "at least 0; with p = 0 nobody ever buys first."
            )

    def share(self, years: ArrayLike) -> Floats:
        """Return the share of buyers who have bought, after so many years."""
        fading = np.exp(-(self.p + self.q) * np.asarray(years, dtype=float))
        return np.asarray((1 - fading) / (1 + fading * self.q / self.p))

    def pace(self, years: ArrayLike) -> Floats:
        """Return sales per year at an instant."""
        done = self.share(years)
        return np.asarray(self.m * (self.p + self.q * done) * (1 - done))

    def yearly(self, years: ArrayLike) -> Floats:
        """Return sales of the whole year that ends after so many years."""
        t = np.asarray(years, dtype=float)
        return np.asarray(self.m * (self.share(t) - self.share(t - 1)))

    @property
    def peak(self) -> float:
        """Years until sales are fastest; 0 if they only fall."""
        if self.q <= self.p:
            return 0.0
        return float(np.log(self.q / self.p) / (self.p + self.q))

    @property
    def share_at_peak(self) -> float:
        """Share of buyers who have bought when sales are fastest."""
        return float(self.share(self.peak))
