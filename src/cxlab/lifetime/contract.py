"""Customers under contract: retention rises with the years, and nobody changes.

Each customer throws her own coin at every renewal, the same coin all her life. The
coins differ from customer to customer. Those with bad coins leave first, so those who
are left stay ever more often: the shifted-beta-geometric model.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, digamma, hyp2f1

from cxlab.lifetime.fitting import Fitted, climb

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Contract:
    """Chances to leave at a renewal that differ between customers, and never change.

    Notes
    -----
    The chance to leave is Beta(alpha, beta). The share still there after t renewals is
    B(alpha, beta + t) / B(alpha, beta), and of those who were there a year before
    (beta + t - 1) / (alpha + beta + t - 1) stay.

    References
    ----------
    Fader & Hardie (2007), Journal of Interactive Marketing 21(1), 76-90.

    Examples
    --------
    All chances from 0 to 1 alike: one half stay, then two thirds, then three quarters.

    >>> Contract(alpha=1, beta=1).retention([1, 2, 3]).round(3).tolist()
    [0.5, 0.667, 0.75]
    """

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        """Refuse parameters that are no spread of chances."""
        if not (self.alpha > 0 and self.beta > 0):
            raise ValueError(
                f"alpha={self.alpha}, beta={self.beta}: both must be above 0."
            )

    def survival(self, renewals: ArrayLike) -> Floats:
        """Return the share of customers still there after so many renewals."""
        t = np.asarray(renewals, dtype=float)
        logs = betaln(self.alpha, self.beta + t) - betaln(self.alpha, self.beta)
        return np.asarray(np.exp(logs))

    def retention(self, renewals: ArrayLike) -> Floats:
        """Return the share who stay at the t-th renewal, of those asked then."""
        t = np.asarray(renewals, dtype=float)
        return np.asarray((self.beta + t - 1) / (self.alpha + self.beta + t - 1))

    def residual(self, renewals: ArrayLike, *, discount: float = 0.1) -> Floats:
        """Return the yearly margins to come from one who has renewed so many times.

        The next renewal is due now: if it comes, its margin is not discounted (DERL).

        References
        ----------
        Fader & Hardie (2010), Marketing Science 29(1), 85-93.

        Examples
        --------
        >>> high = Contract(alpha=0.668, beta=3.806)
        >>> high.residual([0, 4]).round(2).tolist()
        [5.41, 6.9]
        """
        if not discount > 0:
            raise ValueError(
                f"discount={discount}: without one the sum may have no end. Give a "
                "yearly rate above 0, such as 0.1."
            )
        t = np.asarray(renewals, dtype=float)
        both = self.alpha + self.beta + t
        series = hyp2f1(1.0, self.beta + t + 1, both + 1, 1 / (1 + discount))
        return np.asarray((self.beta + t) / both * series)


def fit_contract(survivors: ArrayLike) -> Fitted[Contract]:
    """Return the spread of chances that makes a survival table likeliest.

    Parameters
    ----------
    survivors : array_like, shape (n_renewals + 1,)
        Customers still there, the first number at the start; counts that never rise.

    Raises
    ------
    NotPinnedDown
        If the customers may as well be all alike: retention does not rise.
    """
    left = np.asarray(survivors, dtype=float)
    falls = -np.diff(left)
    if left.ndim != 1 or len(left) < 3 or np.any(falls < 0) or np.any(left < 0):
        raise ValueError(
            f"survivors={left.tolist()}: give at least three counts of customers still "
            "there, the first at the start, none above the one before it."
        )
    lost, t = falls, np.arange(1, len(left))
    rest, last = left[-1], len(left) - 1

    def score(values: Floats) -> tuple[float, Floats]:
        a, b = values
        now = betaln(a + 1, b + t - 1) - betaln(a, b)
        after = betaln(a, b + last) - betaln(a, b)
        both = digamma(a + b)
        in_a = digamma(a + 1) - digamma(a + b + t) - digamma(a) + both
        in_b = digamma(b + t - 1) - digamma(a + b + t) - digamma(b) + both
        end_a = -digamma(a + b + last) + both
        end_b = digamma(b + last) - digamma(a + b + last) - digamma(b) + both
        slope = np.array([lost @ in_a + rest * end_a, lost @ in_b + rest * end_b])
        return float(lost @ now + rest * after), slope

    start = {"alpha": 1.0, "beta": 1.0}
    return climb(score, Contract, start=start, n=round(float(left[0])))
