"""How the credit for what is explained is split among drivers that come together.

A driver explains much if it is counted first and little if it is counted last, when the
others have taken what they share with it. Every fixed order is unjust to somebody, so
the split here is the average over all orders: exact Shapley values of R2, also known as
LMG. The shares add up to R2, whatever the drivers have in common.

It is chosen over standardised coefficients, which do not add up, and over an importance
by dropping, which gives shared credit to nobody. What it does not give is an effect: a
driver that does nothing, but keeps company with one that does, receives a share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.drivers.ratios import named
from cxlab.drivers.subsets import (
    NOTHING_LEFT,
    boot_moments,
    correlations,
    r2_of_subsets,
    shapley_weights,
)
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
Drivers = Sequence[str] | Mapping[str, Sequence[str]]

MOST_DRIVERS = 10


@dataclass(frozen=True, kw_only=True)
class DriverShares:
    """How R2 is split among drivers, or among blocks of drivers."""

    contributions: tuple[Estimate, ...]  # one per driver; they add up to R2
    relative: tuple[Estimate, ...]  # the same as parts of R2; they add up to 1
    r2: Estimate  # explained by all drivers together, 0-1
    alone: tuple[float, ...]  # R2 of each driver by itself: counted first
    last: tuple[float, ...]  # what each adds when all the others are in
    first: tuple[float, ...]  # part of the draws in which each has the largest share
    outcome: str  # name of the outcome's column

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the drivers or blocks, in the order given."""
        return tuple(share.quantity for share in self.contributions)

    def of(self, driver: str) -> Estimate:
        """Return one driver's part of R2, 0-1.

        Raises
        ------
        ValueError
            If no such driver was looked at.
        """
        return named(driver, self.relative)

    def summary(self) -> pd.DataFrame:
        """Return one row per driver, then R2, in the course's tidy table."""
        return tidy([*self.contributions, self.r2])

    def describe(self) -> str:
        """Say what a picture of the split shows."""
        parts = ", ".join(f"{r.quantity} {100 * r.estimate:.0f}" for r in self.relative)
        return (
            f"Of 100 parts that the drivers explain of {self.outcome}, each receives, "
            f"averaged over all orders of counting: {parts}. Together they explain "
            f"{100 * self.r2.estimate:.0f} of 100 parts of its variance; counted each "
            f"alone, they would seem to explain {100 * sum(self.alone):.0f}."
        )

    def __str__(self) -> str:
        """Say the split in one sentence."""
        parts = ", ".join(f"{r.quantity} {r.estimate:.0%}" for r in self.relative)
        return f"of the R2 of {self.r2.estimate:.3f} for {self.outcome}: {parts}"


def shapley_shares(
    data: pd.DataFrame,
    *,
    outcome: str,
    drivers: Drivers,
    n_boot: int = 1000,
    rng: np.random.Generator,
    level: float = 0.95,
) -> DriverShares:
    """Split the credit for an outcome among its drivers, fairly to every order.

    Parameters
    ----------
    data : DataFrame
        One row per customer; numbers, none missing.
    outcome : str
        Name of the outcome's column.
    drivers : sequence of str, or mapping of str to sequence of str
        Names of columns; or blocks of them by name, each of which enters as a whole. At
        most ten drivers or blocks.
    n_boot : int
        How many times customers are drawn anew for the intervals, at least 100.
    rng : Generator
        Where the randomness comes from.
    level : float
        Level of the percentile intervals, 0-1.

    Raises
    ------
    ValueError
        If a column is missing, constant or not numeric, if a driver repeats others, or
        if there are more than ten.

    Notes
    -----
    The value of driver j is the mean, over all orders of the p drivers, of the rise in
    R2 as j enters: the sum over sets S without j of
    |S|! (p - |S| - 1)! / p! times (R2(S with j) - R2(S)).

    References
    ----------
    Lindeman, Merenda & Gold (1980), Introduction to Bivariate and Multivariate
    Analysis; Gromping (2007), The American Statistician 61, 139-147.

    Examples
    --------
    Two drivers that have nothing in common: each gets its own R2, 0.8 and 0.2.

    >>> table = pd.DataFrame({"a": [0, 0, 1, 1] * 3, "b": [0, 1, 0, 1] * 3})
    >>> table["y"] = 2 * table["a"] + table["b"]
    >>> split = shapley_shares(table, outcome="y", drivers=["a", "b"],
    ...                        rng=np.random.default_rng(1))
    >>> [round(part.estimate, 3) for part in split.contributions]
    [0.8, 0.2]
    """
    blocks = _blocks(drivers)
    table, groups = _standard(data, outcome, blocks)
    draws = boot_moments(table, n_boot=n_boot, rng=rng)
    r2 = r2_of_subsets(correlations(table)[:, :, None], groups)[:, 0]
    again = np.concatenate(
        [r2_of_subsets(moments, groups) for moments in draws], axis=-1
    )
    weights = shapley_weights(len(blocks))
    whole, many = weights @ r2, weights @ again
    parts, many_parts = whole / r2[-1], many / np.where(again[-1] > 0, again[-1], 1)
    ends = _Ends(level=level, n=len(data))
    top = np.bincount(many.argmax(axis=0), minlength=len(blocks)) / many.shape[1]
    singles = 2 ** np.arange(len(blocks))
    return DriverShares(
        contributions=ends.each(blocks, whole, many, unit="of the variance"),
        relative=ends.each(blocks, parts, many_parts, unit="of what is explained"),
        r2=ends.one("R2", r2[-1], again[-1], unit="of the variance"),
        alone=tuple(r2[singles].tolist()),
        last=tuple((r2[-1] - r2[singles[::-1].sum() - singles]).tolist()),
        first=tuple(top.tolist()),
        outcome=outcome,
    )


@dataclass(frozen=True, kw_only=True)
class _Ends:
    """Puts percentile intervals around values that were drawn many times."""

    level: float
    n: int

    def one(self, name: str, value: float, draws: Floats, *, unit: str) -> Estimate:
        tail = (1 - self.level) / 2
        low, high = np.quantile(draws, [tail, 1 - tail])
        return Estimate(
            quantity=name,
            estimate=float(value),
            low=float(low),
            high=float(high),
            level=self.level,
            n=self.n,
            unit=unit,
        )

    def each(
        self, names: Mapping[str, object], values: Floats, draws: Floats, *, unit: str
    ) -> tuple[Estimate, ...]:
        rows = zip(names, values, draws, strict=True)
        return tuple(self.one(name, x, many, unit=unit) for name, x, many in rows)


def _blocks(drivers: Drivers) -> dict[str, list[str]]:
    blocks = (
        {name: list(columns) for name, columns in drivers.items()}
        if isinstance(drivers, Mapping)
        else {name: [name] for name in drivers}
    )
    if not 1 <= len(blocks) <= MOST_DRIVERS or not all(blocks.values()):
        raise ValueError(
            f"{len(blocks)} drivers given: the exact split takes 1 to {MOST_DRIVERS}, "
            "each with at least one column. Join those that belong together into "
            "blocks, or leave some out."
        )
    return blocks


def _standard(
    data: pd.DataFrame, outcome: str, blocks: Mapping[str, Sequence[str]]
) -> tuple[Floats, list[list[int]]]:
    """Return standard scores, the outcome last, and each block's columns."""
    names = [column for columns in blocks.values() for column in columns] + [outcome]
    missing = [name for name in names if name not in data]
    if missing or len(set(names)) < len(names):
        raise ValueError(
            f"{missing or names}: every driver and the outcome must be a column of the "
            f"table, named once. It has {', '.join(map(str, data.columns))}."
        )
    table = data[names].to_numpy(dtype=float)
    spread = table.std(axis=0)
    if not np.all(spread > 0):  # also true of a column with a missing value
        bad = [n for n, s in zip(names, spread, strict=True) if not s > 0]
        raise ValueError(
            f"{', '.join(bad)}: the same for everybody, or not known for somebody. "
            "Leave out the column, or the customers without an answer."
        )
    scores = (table - table.mean(axis=0)) / spread
    left = np.linalg.svd(scores[:, :-1], compute_uv=False) ** 2 / len(scores)
    if left[-1] < NOTHING_LEFT or len(scores) <= len(names):
        raise ValueError(
            "One driver can be computed from the others (or there are fewer customers "
            "than drivers), so that the credit cannot be split. Leave that driver out."
        )
    ends = np.cumsum([0] + [len(columns) for columns in blocks.values()])
    return scores, [list(range(a, b)) for a, b in pairwise(ends)]
