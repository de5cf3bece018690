"""Givers who are asked once a year: a chance to give, and a chance to be gone.

Between contract and till lies the occasion that comes round: the yearly letter. Each
giver has her own chance to answer and her own chance to have gone before the next
letter: the BG/BB model.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, digamma, gammaln, logsumexp

from cxlab.lifetime.fitting import Fitted, climb

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Donors:
    """Chances to give, and to be gone, that differ between givers.

    Notes
    -----
    The chance to give when asked is Beta(alpha, beta); the chance to be gone before an
    occasion is Beta(gamma, delta). A giver is known by ``gifts``, the ``last`` occasion
    with a gift (0 if none) and the ``occasions`` until today, the first gift apart.

    References
    ----------
    Fader, Hardie & Shang (2010), Marketing Science 29, 1086-1108.
    """

    alpha: float
    beta: float
    gamma: float
    delta: float

    def __post_init__(self) -> None:
        """Refuse parameters that are no spread of chances."""
        if min(self.alpha, self.beta, self.gamma, self.delta) <= 0:
            raise ValueError(f"{self}: all four parameters must be above 0.")

    @property
    def _values(self) -> Floats:
        return np.array([self.alpha, self.beta, self.gamma, self.delta])

    def alive(self, gifts: ArrayLike, last: ArrayLike, occasions: ArrayLike) -> Floats:
        """Return the chance of being there when the next letter goes out."""
        x, tx, n = np.broadcast_arrays(gifts, last, occasions)
        terms = _Terms.of(x.ravel(), tx.ravel(), n.ravel())
        total = logsumexp(terms.logs(self._values), axis=1).reshape(x.shape)
        alpha, beta, gamma, delta = self._values
        here = betaln(alpha + x, beta + n - x) - betaln(alpha, beta)
        there = betaln(gamma, delta + n + 1) - betaln(gamma, delta)
        return np.asarray(np.exp(here + there - total))

    def expected(self, occasions: ArrayLike) -> Floats:
        """Return the gifts of a new giver at the next so many occasions."""
        n = np.asarray(occasions, dtype=float)
        alpha, beta, gamma, delta = self._values
        more = gammaln(gamma + delta) - gammaln(gamma + delta + n)
        more = more + gammaln(1 + delta + n) - gammaln(1 + delta)
        share = alpha / (alpha + beta) * delta / (gamma - 1)
        return np.asarray(share * (1 - np.exp(more)))

    def to_come(
        self, ahead: int, gifts: ArrayLike, last: ArrayLike, occasions: ArrayLike
    ) -> Floats:
        """Return the gifts to come at the next occasions from givers with a history."""
        x, _, n = np.broadcast_arrays(gifts, last, occasions)
        alpha, beta, gamma, delta = self._values
        give = (alpha + x) / (alpha + beta + n)
        stay = np.ones(np.shape(x))
        total = np.zeros(np.shape(x))
        for k in range(ahead):
            total = total + stay
            # of those who are there after n + k + 1 occasions, who stays one more
            stay = stay * (delta + n + k + 1) / (gamma + delta + n + k + 1)
        return np.asarray(self.alive(gifts, last, occasions) * give * total)


def fit_donors(givers: pd.DataFrame) -> Fitted[Donors]:
    """Return the chances that make a table of givers likeliest.

    Parameters
    ----------
    givers : DataFrame
        Columns ``gifts``, ``last``, ``occasions`` and ``givers`` (how many share it).
    """
    columns = ["gifts", "last", "occasions", "givers"]
    x, tx, n, people = (givers[name].to_numpy(float) for name in columns)
    if np.any((x > tx) | (tx > n) | ((x == 0) != (tx == 0))):
        raise ValueError(
            "A row cannot be: gifts are at most the last occasion with a gift, which "
            "is at most the occasions, and 0 exactly where there are no gifts."
        )
    terms = _Terms.of(x, tx, n)

    def score(values: Floats) -> tuple[float, Floats]:
        logs = terms.logs(values)
        total = logsumexp(logs, axis=1)
        weights = np.exp(logs - total[:, None]) * people[:, None]
        slope = [float((weights * part).sum()) for part in terms.slopes(values)]
        return float(people @ total), np.array(slope)

    start = {"alpha": 1.0, "beta": 1.0, "gamma": 1.0, "delta": 2.0}
    return climb(score, Donors, start=start, n=round(float(people.sum())))


@dataclass(frozen=True)
class _Terms:
    """All the ways in which a history can have come about: gone when, or still there.

    Column k: gone after ``tx + k`` occasions; the last column that counts is "still
    there", in which leaving does not occur.
    """

    gifts: Floats
    misses: Floats  # letters that were read and not answered
    kept: Floats  # times that she did not go
    gone: Floats  # 1 if she went
    possible: NDArray[np.bool_]

    @classmethod
    def of(cls, gifts: ArrayLike, last: ArrayLike, occasions: ArrayLike) -> "_Terms":
        x, tx, n = (
            np.asarray(v, dtype=float)[:, None] for v in (gifts, last, occasions)
        )
        k = np.arange(int((n - tx).max()) + 1)[None, :]
        return cls(x, tx - x + k, tx + k, np.where(k < n - tx, 1.0, 0.0), k <= n - tx)

    def logs(self, values: Floats) -> Floats:
        a, b, g, d = values
        one = betaln(a + self.gifts, b + self.misses) - betaln(a, b)
        other = betaln(g + self.gone, d + self.kept) - betaln(g, d)
        return np.where(self.possible, one + other, -np.inf)

    def slopes(self, values: Floats) -> tuple[Floats, ...]:
        a, b, g, d = values
        ask = digamma(a + b) - digamma(a + b + self.gifts + self.misses)
        stay = digamma(g + d) - digamma(g + d + self.gone + self.kept)
        return (
            ask + digamma(a + self.gifts) - digamma(a),
            ask + digamma(b + self.misses) - digamma(b),
            stay + digamma(g + self.gone) - digamma(g),
            stay + digamma(d + self.kept) - digamma(d),
        )
