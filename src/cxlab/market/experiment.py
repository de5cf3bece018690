"""An exact test of a gesture that was given at random: deal the cards again.

Suppose the gesture did nothing. Then those who said yes would have said it anyway, and
chance alone decided how many of them were given the gesture. Every way of dealing is
known, so the answer is exact, for ever so few customers.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import hypergeom

from cxlab.intervals import wilson_limits
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

_TIES = 1 + 1e-7  # ways as likely as the one found, up to rounding


@dataclass(frozen=True, kw_only=True)
class ExactTest:
    """Yes among those who got the gesture and among those who did not."""

    yes: int  # of those who got it
    n: int  # who got it
    other_yes: int  # of those who did not
    other_n: int
    level: float = 0.95  # of the intervals

    def __post_init__(self) -> None:
        """Refuse counts that cannot be."""
        if not (0 <= self.yes <= self.n and 0 <= self.other_yes <= self.other_n):
            raise ValueError(
                f"{self.yes} of {self.n} and {self.other_yes} of {self.other_n}: those "
                "who said yes are counted among those who were there."
            )
        if min(self.n, self.other_n) < 1:
            raise ValueError(
                f"{self.n} with the gesture and {self.other_n} without: a comparison "
                "needs at least one customer on each side."
            )

    @property
    def counts(self) -> NDArray[np.int64]:
        """Every count of yes that the dealing can give those with the gesture."""
        all_yes = self.yes + self.other_yes
        return np.arange(max(0, all_yes - self.other_n), min(self.n, all_yes) + 1)

    @cached_property
    def chances(self) -> Floats:
        """How likely each of these counts is if the gesture does nothing."""
        everybody, all_yes = self.n + self.other_n, self.yes + self.other_yes
        return np.asarray(hypergeom.pmf(self.counts, everybody, all_yes, self.n))

    @property
    def as_odd(self) -> NDArray[np.bool_]:
        """Which counts are as unlikely as the one found, or more so."""
        found = self.chances[self.counts == self.yes][0]
        odd: NDArray[np.bool_] = self.chances <= found * _TIES
        return odd

    @property
    def p_value(self) -> float:
        """How often dealing at random gives a result as odd as this, on either side."""
        return float(self.chances[self.as_odd].sum())

    @property
    def p_upper(self) -> float:
        """How often dealing at random gives so many yes, or more."""
        return float(self.chances[self.counts >= self.yes].sum())

    @property
    def of_many(self) -> str:
        """Say the p-value as a count: 4 of 1,000, or 46 of 1,000."""
        p = self.p_value
        per = 1000 if p >= 0.0005 else 10 ** int(np.ceil(-np.log10(p)) + 1)
        return f"{p * per:.0f} of {per:,}"

    @property
    def shares(self) -> tuple[Estimate, Estimate]:
        """Share of yes with the gesture and without it."""
        return self._share(self.yes, self.n, "with"), self._share(
            self.other_yes, self.other_n, "without"
        )

    @property
    def difference(self) -> Estimate:
        """Share of yes with the gesture less that without it.

        References
        ----------
        Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.
        """
        one, other = self.shares
        p, low, high = _ends(one)
        q, least, most = _ends(other)
        return Estimate(
            quantity="share of yes, with less without",
            estimate=p - q,
            low=p - q - float(np.hypot(p - low, most - q)),
            high=p - q + float(np.hypot(high - p, q - least)),
            level=self.level,
            n=self.n + self.other_n,
            unit="share",
        )

    def _share(self, yes: int, n: int, name: str) -> Estimate:
        low, high = wilson_limits(yes, n, level=self.level)
        return Estimate(
            quantity=f"share of yes {name} the gesture",
            estimate=yes / n,
            low=float(low),
            high=float(high),
            level=self.level,
            n=n,
            unit="share",
        )

    def __str__(self) -> str:
        """Say both shares and the p-value in one sentence."""
        return (
            f"{self.yes} of {self.n} with the gesture and {self.other_yes} of "
            f"{self.other_n} without; dealt at random, so odd a result comes in "
            f"{self.of_many} dealings."
        )

    def describe(self) -> str:
        """Say what a picture of all dealings shows."""
        return (
            "How likely each count of yes is, were the gesture dealt among the same "
            f"people again and did nothing. {self}"
        )

    def summary(self) -> pd.DataFrame:
        """Return both shares and their difference as the tidy table."""
        return tidy([*self.shares, self.difference])


def _ends(share: Estimate) -> tuple[float, float, float]:
    assert share.low is not None
    assert share.high is not None
    return share.estimate, share.low, share.high


def exact_test(gesture: pd.Series, yes: pd.Series) -> ExactTest:
    """Test whether a gesture given at random changed how many say yes.

    Parameters
    ----------
    gesture : Series of bool, shape (n,)
        Who got it. Chance must have decided, not the customer and not the waiter.
    yes : Series of bool, shape (n,)
        Who tipped, came again, stayed.

    Notes
    -----
    Fisher's exact test, two-sided: the sum over all counts that are no more likely than
    the one found, given how many said yes in all.

    Examples
    --------
    Six bills, three of them with a joke; the three with a joke are tipped. There are 20
    ways to deal three jokes to six bills, and one of them does this.

    >>> joke = pd.Series([True] * 3 + [False] * 3)
    >>> found = exact_test(joke, joke)
    >>> round(found.p_upper, 3), round(found.p_value, 3)
    (0.05, 0.1)
    """
    for name, column in {"gesture": gesture, "yes": yes}.items():
        if not column.isin([True, False]).all():
            raise ValueError(
                f"{name} holds {sorted(map(str, set(column)))}: give True and False, "
                "one per customer, nothing missing."
            )
    if len(gesture) != len(yes):
        raise ValueError(
            f"{len(gesture)} rows of gesture and {len(yes)} of yes: give one of each "
            "per customer."
        )
    with_it = gesture.astype(bool).to_numpy()
    said = yes.astype(bool).to_numpy()
    return ExactTest(
        yes=int(said[with_it].sum()),
        n=int(with_it.sum()),
        other_yes=int(said[~with_it].sum()),
        other_n=int((~with_it).sum()),
    )
