"""The arithmetic behind the arrows, on thousands of tables side by side.

Every regression here needs the sums of squares and products of the columns and nothing
else. They stand in one order: cause, covariates, mediators, outcome. Solving from the
top, as one solves equations at school, meets all arrows on the way: after the cause and
the covariates the rows hold what leads to the middle and the whole effect; after the
mediators, what leads on from there and what goes past them.

A draw of the bootstrap changes only how often each person is counted. So one matrix
product turns all counts into all tables of sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CHUNK = 80  # draws side by side: their counts then stay in a core's cache
_TOO_THIN = 1e-10  # share of a column's spread that the columns before it leave


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns play which part."""

    x: str
    mediators: tuple[str, ...]
    y: str
    covariates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a chain without a middle, and a column that plays two parts."""
        if not self.mediators:
            raise ValueError("No mediator was given. Name at least one column for m.")
        twice = {name for name in self.order if self.order.count(name) > 1}
        if twice:
            raise ValueError(
                f"{', '.join(sorted(twice))}: one column cannot play two parts. Name "
                "four kinds of columns that differ: x, m, y and covariates."
            )

    @property
    def order(self) -> tuple[str, ...]:
        """All columns: cause, covariates, mediators, outcome."""
        return (self.x, *self.covariates, *self.mediators, self.y)

    @property
    def before(self) -> int:
        """How many columns stand before the mediators."""
        return 1 + len(self.covariates)

    def values(self, data: pd.DataFrame) -> Floats:
        """Return the columns in order, centred; refuse what cannot be computed.

        Raises
        ------
        ValueError
            If a column is not there, holds a gap or text, or never changes, or if
            there are too few people.
        """
        gone = [name for name in self.order if name not in data.columns]
        if gone:
            raise ValueError(
                f"The table has no column {gone[0]!r}. It has: "
                f"{', '.join(map(str, data.columns))}."
            )
        strange = [c for c in self.order if not pd.api.types.is_numeric_dtype(data[c])]
        if strange:
            raise ValueError(
                f"The column {strange[0]!r} holds no numbers. Turn words into 0 and 1, "
                "one column for each word but one."
            )
        table = data[list(self.order)].to_numpy(dtype=float)
        if not np.isfinite(table).all():
            raise ValueError(
                f"{int((~np.isfinite(table)).sum())} values are missing. Decide what "
                "to do with those rows first: dropping them is a decision, too."
            )
        least = len(self.order) + 2
        if len(table) < least:
            raise ValueError(
                f"{len(table)} people for {len(self.order)} columns. Give at least "
                f"{least} rows."
            )
        still = np.ptp(table, axis=0) == 0
        if still.any():
            name = self.order[int(still.argmax())]
            raise ValueError(
                f"The column {name!r} has one value only; nothing can go with it. "
                "Leave it out."
            )
        return np.asarray(table - table.mean(axis=0))


@dataclass(frozen=True, kw_only=True)
class Arrows:
    """The arrows of many tables side by side; NaN where a table has no answer."""

    a: Floats  # (mediators, tables): cause to mediator
    b: Floats  # (mediators, tables): mediator to outcome
    direct: Floats  # (tables,): cause to outcome past the mediators
    total: Floats  # (tables,): cause to outcome in all
    left_of_m: Floats  # (mediators, tables): SD of a mediator beyond what is before it
    left_of_y: Floats  # (tables,): SD of the outcome beyond cause and covariates
    together: Floats  # (mediators, tables): correlation of what is left of both

    @property
    def indirect(self) -> Floats:
        """What each mediator carries, (mediators, tables)."""
        return self.a * self.b


def solve(moments: Floats, columns: Columns) -> Arrows:
    """Return all arrows of all tables.

    Parameters
    ----------
    moments : shape (columns, columns, tables)
        Covariances in the order of `columns`; the scale of the table is free.
    """
    table = moments.copy()
    first, last = columns.before, len(columns.order) - 1
    thin = np.zeros(table.shape[2], dtype=bool)
    scale = moments[range(last + 1), range(last + 1)]
    # a table without an answer is marked and left out, so its division is harmless
    with np.errstate(divide="ignore", invalid="ignore"):
        for k in range(first):
            thin |= _clear(table, k, scale)
        middle = slice(first, last)
        a, total = table[0, middle].copy(), table[0, last].copy()
        inside = range(first, last)
        left_of_m = np.sqrt(table[inside, inside])
        left_of_y = np.sqrt(table[last, last])
        together = table[middle, last] / (left_of_m * left_of_y)
        for k in inside:
            thin |= _clear(table, k, scale)
    b, direct = table[middle, last], table[0, last]
    found = (a, b, direct, total, left_of_m, left_of_y, together)
    for numbers in found:
        numbers[..., thin] = np.nan
    names = ("a", "b", "direct", "total", "left_of_m", "left_of_y", "together")
    return Arrows(**dict(zip(names, found, strict=True)))


def _clear(table: Floats, k: int, scale: Floats) -> NDArray[np.bool_]:
    """Solve for one column and take it out of all other rows; tell what was too thin.

    Rows above hold answers, rows below what is left of the later columns.
    """
    thin = ~(table[k, k] > _TOO_THIN * scale[k])
    row = table[k] / table[k, k]
    table -= table[:, k, None] * row
    table[k] = row
    return np.asarray(thin)


def whole(centred: Floats) -> Floats:
    """Return the sums of products of one table, as a stack of one."""
    return np.asarray((centred.T @ centred)[:, :, None])


def resampled(
    centred: Floats, n_boot: int, rng: np.random.Generator
) -> Iterator[Floats]:
    """Give the sums of products of people drawn with replacement, a chunk at a time.

    Each chunk has the shape (columns, columns, draws).
    """
    n, size = centred.shape
    upper = np.triu_indices(size)
    products = np.hstack([centred[:, upper[0]] * centred[:, upper[1]], centred])
    for start in range(0, n_boot, CHUNK):
        chunk = min(CHUNK, n_boot - start)
        who = rng.integers(0, n, size=(chunk, n), dtype=np.int32)
        who += np.arange(0, chunk * n, n, dtype=np.int32)[:, None]
        counts = np.bincount(who.ravel(), minlength=chunk * n).reshape(chunk, n)
        sums = (counts.astype(float) @ products).T
        means = sums[-size:] / n
        found = np.empty((size, size, chunk))
        found[upper] = sums[:-size] - n * means[upper[0]] * means[upper[1]]
        found[upper[::-1]] = found[upper]
        yield found


def left_out(centred: Floats) -> Floats:
    """Return sums of products without each person, (columns, columns, people)."""
    n = len(centred)
    own = np.einsum("ij,ik->jki", centred, centred)
    # a mean moves when its person goes: that adds 1 / (n - 1) of the own product
    return np.asarray(whole(centred) - own * (n / (n - 1)))
