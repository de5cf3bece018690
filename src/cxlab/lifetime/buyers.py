"""Customers without a contract: they buy, they stay away, and nobody says goodbye.

Each buys at her own pace. After every purchase she may have gone for good, each with
her own chance. Silence therefore means little in one who buys rarely, and much in one
who bought every week: the BG/NBD model.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma, expit, gammaln, hyp2f1

from cxlab.lifetime.fitting import Fitted, climb

Floats = NDArray[np.float64]
HISTORY = ("repeats", "last", "age")
_NEAR_ONE = 1e-5  # a formula with a hole at a = 1 is taken on both sides of it


@dataclass(frozen=True, kw_only=True)
class Buyers:
    """Paces and chances to go that differ between customers.

    Notes
    -----
    The pace, purchases per week, is Gamma(r, alpha); the chance to have gone after a
    purchase is Beta(a, b). Both are a customer's own and do not change. A customer is
    known by three numbers: ``repeats``, purchases after the first; ``last``, weeks from
    the first to the last; ``age``, weeks from the first until today.

    References
    ----------
    Fader, Hardie & Lee (2005), Marketing Science 24, 275-284.
    """

    r: float
    alpha: float  # weeks
    a: float
    b: float

    def __post_init__(self) -> None:
        """Refuse parameters that are no spread of anything."""
        if min(self.r, self.alpha, self.a, self.b) <= 0:
            raise ValueError(f"{self}: all four parameters must be above 0.")

    def alive(self, repeats: ArrayLike, last: ArrayLike, age: ArrayLike) -> Floats:
        """Return the chance that a customer has not gone for good.

        One who never came back is always called alive: in this model customers go
        after a repeat purchase only.

        Examples
        --------
        Two purchases, the last of them long ago; then twenty, as long ago.

        >>> some = Buyers(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> some.alive([2, 20], [10, 10], [39, 39]).round(2).tolist()
        [0.27, 0.0]
        """
        x, tx, t = _three(repeats, last, age)
        odds = np.log(self.a) - np.log(self.b + np.maximum(x, 1) - 1)
        odds = odds + (self.r + x) * np.log((self.alpha + t) / (self.alpha + tx))
        return np.where(x > 0, expit(-odds), 1.0)

    def expected(self, weeks: ArrayLike) -> Floats:
        """Return the repeat purchases of a new customer within so many weeks."""
        return self._to_come(weeks, np.zeros(1), np.zeros(1))

    def to_come(
        self, weeks: ArrayLike, repeats: ArrayLike, last: ArrayLike, age: ArrayLike
    ) -> Floats:
        """Return the purchases to come in the next weeks from customers with a history.

        Examples
        --------
        >>> cdnow = Buyers(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> cdnow.to_come(39, 2, 30.43, 38.86).round(3).item()
        1.226
        """
        x, _, t = _three(repeats, last, age)
        return self.alive(repeats, last, age) * self._to_come(weeks, x, t)

    def _to_come(self, weeks: ArrayLike, x: Floats, age: Floats) -> Floats:
        """Return what one who is still there will buy.

        The printed formula holds a power that overflows for many purchases; Euler's
        transformation takes it out.
        """
        if abs(self.a - 1) < _NEAR_ONE:
            sides = [1 - 2 * _NEAR_ONE, 1 + 2 * _NEAR_ONE]
            both = [_replace_a(self, a)._to_come(weeks, x, age) for a in sides]  # noqa: SLF001
            return np.asarray((both[0] + both[1]) / 2)
        t = np.asarray(weeks, dtype=float)
        c = self.a + self.b + x - 1
        kept = (self.alpha + age) / (self.alpha + age + t)
        series = hyp2f1(self.a + self.b - 1 - self.r, self.a - 1, c, 1 - kept)
        return np.asarray(c / (self.a - 1) * (1 - kept ** (self.a - 1) * series))


def fit_buyers(histories: pd.DataFrame) -> Fitted[Buyers]:
    """Return the paces and chances that make these histories likeliest.

    Parameters
    ----------
    histories : DataFrame
        Columns ``repeats``, ``last`` and ``age`` (weeks), a row per customer; or, with
        a column ``customers``, a row per history that so many customers share.

    Raises
    ------
    NotPinnedDown
        If the histories fit many sets of parameters equally well.
    """
    counted = count_alike(histories)
    x, tx, age = (counted[name].to_numpy(float) for name in HISTORY)
    people = counted["customers"].to_numpy(float)
    kinds, place = np.unique(x, return_inverse=True)
    by_kind = np.bincount(place, people).astype(float)
    again, n = x > 0, float(people.sum())

    def score(values: Floats) -> tuple[float, Floats]:
        r, alpha, a, b = values
        height, slope = _by_number(values, kinds, by_kind, n)
        old, young = np.log(alpha + age), np.log(alpha + tx)
        odds = np.log(a / (b + np.maximum(x, 1) - 1)) + (r + x) * (old - young)
        gone = np.where(again, expit(odds), 0.0)
        terms = np.where(again, np.logaddexp(0.0, odds), 0.0) - (r + x) * old
        here = people * gone
        pace = people * (1 - gone) / (alpha + age) + here / (alpha + tx)
        slope += [
            here @ (old - young) - people @ old,
            -(pace @ (r + x)),
            here.sum() / a,
            -(here @ (1 / (b + np.maximum(x, 1) - 1))),
        ]
        return height + float(people @ terms), slope

    weeks = float(np.average(age, weights=people))
    start = {"r": 1.0, "alpha": max(weeks, 1e-3), "a": 1.0, "b": 2.0}
    return climb(score, Buyers, start=start, n=round(n))


def count_alike(histories: pd.DataFrame) -> pd.DataFrame:
    """Return one row per history, and how many customers share it.

    Raises
    ------
    ValueError
        If a history cannot be: the first rows that are wrong are named.
    """
    _refuse_impossible(histories)
    if "customers" in histories:
        return histories
    alike = histories.groupby(list(HISTORY), sort=False).size()
    return alike.rename("customers").reset_index()


def _by_number(
    values: Floats, kinds: Floats, people: Floats, n: float
) -> tuple[float, Floats]:
    """Return the part of the likelihood that knows only how often customers bought."""
    r, alpha, a, b = values
    height = people @ (
        gammaln(r + kinds)
        - gammaln(r)
        + gammaln(b + kinds)
        - gammaln(b)
        - gammaln(a + b + kinds)
        + gammaln(a + b)
    )
    both = people @ (digamma(a + b) - digamma(a + b + kinds))
    slope = np.array(
        [
            people @ (digamma(r + kinds) - digamma(r)) + n * np.log(alpha),
            n * r / alpha,
            both,
            both + people @ (digamma(b + kinds) - digamma(b)),
        ]
    )
    return float(height + n * r * np.log(alpha)), slope


def _replace_a(model: Buyers, a: float) -> Buyers:
    return Buyers(r=model.r, alpha=model.alpha, a=a, b=model.b)


def _three(*columns: ArrayLike) -> tuple[Floats, Floats, Floats]:
    x, tx, age = (np.asarray(column, dtype=float) for column in columns)
    return x, tx, age


def _refuse_impossible(histories: pd.DataFrame) -> None:
    missing = [name for name in HISTORY if name not in histories]
    if missing or histories.empty:
        raise ValueError(
            f"The histories have columns {list(histories.columns)} and "
            f"{len(histories)} rows. Needed are repeats, last and age (weeks), and at "
            "least one row; count_histories makes them from a log of purchases."
        )
    x, tx, age = (histories[name].to_numpy(float) for name in HISTORY)
    fine = (x >= 0) & (x == np.round(x)) & (tx >= 0) & (tx <= age)
    fine &= (x > 0) == (tx > 0)
    if not fine.all():
        raise ValueError(
            f"{(~fine).sum()} histories cannot be, the first in row "
            f"{int(np.argmin(fine))}. Repeats are whole numbers, last is at most age, "
            "and last is 0 exactly where there are no repeats."
        )
