"""Dealing again: how odd the difference is, had the lot alone made it.

Suppose the pilot did nothing. Then each unit's number would be what it is wherever the
lot had sent it, and chance alone made the difference. So deal the same units again, in
every way there is, and count how often the difference is as large. The same counting
turned round gives the interval: every effect that would not make the real dealing odd.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from math import comb

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.results import Estimate

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

EVERY_WAY_UP_TO = 100_000  # ways; beyond, dealings are drawn
DRAWN = 5_000


@dataclass(frozen=True, kw_only=True)
class DealtAgain:
    """The difference that was found, among those that other dealings would give."""

    found: float  # mean of the treated less mean of the others
    differences: Floats  # of every way of dealing, or of those drawn; found is one
    kept: Floats  # of the treated, the share also treated in that dealing, less ...
    n_treated: int
    n_other: int
    every: bool  # every way was counted; False: ways were drawn
    level: float = 0.95  # of the interval
    unit: str = ""

    @property
    def ways(self) -> int:
        """How many dealings were counted, the real one among them."""
        return len(self.differences)

    @cached_property
    def as_odd(self) -> Bools:
        """Which dealings give a difference as large as the one found, or larger."""
        room = 1e-9 * max(float(np.abs(self.differences).max()), 1e-300)
        odd: Bools = np.abs(self.differences) >= abs(self.found) - room
        return odd

    @property
    def p_value(self) -> float:
        """How often a dealing gives a difference as large, on either side."""
        return float(self.as_odd.mean())

    @property
    def smallest_p(self) -> float:
        """The smallest p that so few units can give, however large the effect."""
        # with sides of one size each dealing has a mirror that is as odd
        mirrored = 2 if self.n_treated == self.n_other else 1
        return mirrored / comb(self.n_treated + self.n_other, self.n_treated)

    @property
    def of_many(self) -> str:
        """Say the p-value as a count of dealings."""
        return f"{int(self.as_odd.sum()):,} of {self.ways:,}"

    @cached_property
    def difference(self) -> Estimate:
        """The difference with its interval: effects that leave the dealing not odd.

        Notes
        -----
        An effect d is ruled out if, with d taken from the treated again, at most
        (1 - level) / 2 of all dealings give a difference as far out on that side as
        the real one. No bell curve is assumed; each unit is moved by the same d. With
        too few units nothing can be ruled out, and the interval has no ends.
        """
        other = self.kept < 1 - 1e-9
        # the effect at which that dealing's difference ties with the real one's
        ties = np.sort((self.found - self.differences[other]) / (1 - self.kept[other]))
        same = self.ways - len(ties)
        k = int(np.floor(self.ways * (1 - self.level) / 2 + 1e-9)) + 1 - same
        low, high = (-np.inf, np.inf) if k < 1 else (ties[k - 1], ties[-k])
        return Estimate(
            quantity="treated less others",
            estimate=self.found,
            low=min(float(low), self.found),
            high=max(float(high), self.found),
            level=self.level,
            n=self.n_treated + self.n_other,
            unit=self.unit,
        )

    def __str__(self) -> str:
        """Say the difference and how odd it is in one sentence."""
        how = "all" if self.every else "drawn"
        return (
            f"{self.n_treated} units with and {self.n_other} without differ by "
            f"{self.found:.1f}; so large a difference comes in {self.of_many} "
            f"dealings ({how})."
        )

    def describe(self) -> str:
        """Say what a picture of all dealings shows."""
        low, high = self.differences.min(), self.differences.max()
        return (
            "How often each difference comes if the same units are dealt again and "
            f"nothing was done, from {low:.1f} to {high:.1f}. {self}"
        )

    def summary(self) -> pd.DataFrame:
        """Return the difference as one row of the tidy table."""
        return self.difference.summary()


def deal_again(
    numbers: ArrayLike,
    treated: ArrayLike,
    *,
    rng: np.random.Generator | None = None,
    draws: int = DRAWN,
    level: float = 0.95,
    unit: str = "",
) -> DealtAgain:
    """Compare treated units with the others, by dealing the units again.

    Parameters
    ----------
    numbers : array_like, shape (n_units,)
        One number for each unit that was dealt: its change, say. Not one for each week
        or customer: those were not dealt.
    treated : array_like of bool, shape (n_units,)
        Who got it. The lot must have decided.
    rng : Generator or None
        Needed where there are more than 100,000 ways to deal; then ``draws`` of them
        are drawn, and the real one is added.

    Notes
    -----
    Fisher's permutation test for the difference of two means, two-sided. Where ways are
    drawn, p = (hits + 1) / (draws + 1), which is never 0.

    References
    ----------
    Fisher (1935), The Design of Experiments, ch. 2 and 3; Phipson and Smyth (2010),
    Statistical Applications in Genetics and Molecular Biology 9(1), for the 1.

    Examples
    --------
    Five branches, two of them drawn. There are ten ways, and none gives more.

    >>> found = deal_again([6, 8, 1, 2, 3], [True, True, False, False, False])
    >>> found.found, found.ways, found.p_value
    (5.0, 10, 0.1)

    So with five branches no pilot can get below one in ten, however well it goes.
    """
    x, drawn = np.asarray(numbers, dtype=float), np.asarray(treated)
    _check(x, drawn, level)
    n, k = len(x), int(drawn.sum())
    every = comb(n, k) <= EVERY_WAY_UP_TO
    if not every and rng is None:
        raise ValueError(
            f"{n} units can be dealt in {comb(n, k):,} ways, too many to go through. "
            "Give rng=np.random.default_rng(seed): then some of them are drawn."
        )
    rows = _all_ways(n, k) if every or rng is None else _drawn_ways(n, k, draws, rng)
    if not every:
        rows = np.vstack([np.flatnonzero(drawn), rows])
    sums, mine = x[rows].sum(axis=1), drawn[rows].sum(axis=1)
    return DealtAgain(
        found=float(x[drawn].mean() - x[~drawn].mean()),
        differences=sums / k - (x.sum() - sums) / (n - k),
        kept=mine / k - (k - mine) / (n - k),
        n_treated=k,
        n_other=n - k,
        every=every,
        level=level,
        unit=unit,
    )


def _check(x: Floats, drawn: NDArray[np.generic], level: float) -> None:
    if drawn.dtype != bool or drawn.shape != x.shape or x.ndim != 1:
        raise ValueError(
            f"{x.shape} numbers and treated of {drawn.shape}, {drawn.dtype}: give one "
            "number for each unit, and True or False for each."
        )
    if not np.isfinite(x).all():
        raise ValueError(
            f"{int((~np.isfinite(x)).sum())} unit(s) without a number. A unit that was "
            "dealt stays in the count: find its number, or say how you replaced it."
        )
    if not 0 < int(drawn.sum()) < len(x):
        raise ValueError(
            f"{int(drawn.sum())} of {len(x)} units were treated: at least one on each "
            "side, or there is nothing to compare with."
        )
    if not 0 < level < 1:
        raise ValueError(f"level={level}: a share between 0 and 1. Give 95% as 0.95.")


def _all_ways(n: int, k: int) -> NDArray[np.intp]:
    flat = chain.from_iterable(combinations(range(n), k))
    return np.fromiter(flat, dtype=np.intp, count=k * comb(n, k)).reshape(-1, k)


def _drawn_ways(
    n: int, k: int, draws: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    if draws < 100:
        raise ValueError(f"draws={draws}: fewer than 100 dealings tell nothing.")
    return rng.random((draws, n)).argpartition(k, axis=1)[:, :k]
