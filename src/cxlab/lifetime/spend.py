"""How much a customer spends each time: her own mean, pulled towards everybody's.

One purchase of 200 says little about a customer; thirty say much. The gamma-gamma model
weighs what she spent against what all customers spend.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, gammaln

from cxlab.lifetime.fitting import Fitted, climb

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Spend:
    """Means of spending that differ between customers, whatever their pace.

    Notes
    -----
    A purchase is Gamma(p, nu), and nu is Gamma(q, v) over customers; the mean over all
    customers is p v / (q - 1).

    References
    ----------
    Fader & Hardie (2013), The gamma-gamma model of monetary value, note 025.
    """

    p: float
    q: float
    v: float  # money

    def __post_init__(self) -> None:
        """Refuse parameters that are no spread of amounts."""
        if min(self.p, self.q, self.v) <= 0:
            raise ValueError(f"{self}: all three parameters must be above 0.")

    @property
    def mean(self) -> float:
        """Mean spend per purchase of a customer about whom nothing is known."""
        if self.q <= 1:
            raise ValueError(
                f"q={self.q}: spending has such a long tail that its mean has no end."
            )
        return self.p * self.v / (self.q - 1)

    def expected(self, purchases: ArrayLike, mean_spend: ArrayLike) -> Floats:
        """Return the mean spend per purchase to come from customers with a history.

        Examples
        --------
        One purchase of 200 pulls far less than thirty of them.

        >>> cdnow = Spend(p=6.25, q=3.74, v=15.44)
        >>> cdnow.expected([0, 1, 30], [0, 200, 200]).round().tolist()
        [35.0, 150.0, 198.0]
        """
        x = np.asarray(purchases, dtype=float)
        spent = x * np.asarray(mean_spend, dtype=float)
        return np.asarray(self.p * (self.v + spent) / (self.p * x + self.q - 1))


def fit_spend(purchases: ArrayLike, mean_spend: ArrayLike) -> Fitted[Spend]:
    """Return the spread of spending that makes these customers likeliest.

    Parameters
    ----------
    purchases : array_like, shape (n,)
        Purchases of each customer, at least 1.
    mean_spend : array_like, shape (n,)
        Their mean, money, above 0.
    """
    x, z = np.asarray(purchases, dtype=float), np.asarray(mean_spend, dtype=float)
    if x.shape != z.shape or not (np.all(x >= 1) and np.all(z > 0)):
        raise ValueError(
            f"{x.shape} purchases and {z.shape} means: give one mean above 0 for each "
            "customer with at least one purchase; leave the others out."
        )
    kinds, place = np.unique(x, return_inverse=True)
    n, log_z = len(x), np.log(z)

    def score(values: Floats) -> tuple[float, Floats]:
        p, q, v = values
        one = gammaln(p * kinds + q) - gammaln(p * kinds) + p * kinds * np.log(kinds)
        rest = np.log(v + x * z)
        height = one[place] + (p * x - 1) * log_z - (p * x + q) * rest
        more = digamma(p * kinds + q)
        of_p = kinds * (more - digamma(p * kinds) + np.log(kinds))
        slope = [
            float((of_p[place] + x * (log_z - rest)).sum()),
            float((more[place] - rest).sum() + n * (np.log(v) - digamma(q))),
            float(n * q / v - ((p * x + q) / (v + x * z)).sum()),
        ]
        total = height.sum() + n * (q * np.log(v) - gammaln(q))
        return float(total), np.array(slope)

    start = {"p": 1.0, "q": 2.0, "v": float(z.mean())}
    return climb(score, Spend, start=start, n=n)
