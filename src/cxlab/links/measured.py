"""A chain as companies measure it: neighbours correlated, one arrow at a time.

Such arrows say that neighbouring boxes move together, and no more. Two looks tell more:
whether the ends of the chain move together as the product of its links says they
should, and what is left of each arrow among branches that are alike in something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
_PER_BATCH = 200  # resamples held in memory at once


@dataclass(frozen=True, kw_only=True)
class MeasuredChain:
    """The arrows of a chain, each a correlation of neighbours, and its two ends."""

    arrows: tuple[Estimate, ...]  # quantities such as "Value > Profit", SD per SD
    ends: Estimate  # correlation of the first box with the last
    product: Estimate  # of the arrows: what a pure chain would show at its ends
    held: tuple[str, ...]  # columns in which the branches were made alike

    @property
    def clear(self) -> int:
        """How many arrows have an interval above zero."""
        return sum(one.low is not None and one.low > 0 for one in self.arrows)

    @property
    def mean(self) -> float:
        """Mean of the arrows."""
        return float(np.mean([one.estimate for one in self.arrows]))

    def __str__(self) -> str:
        """Say the arrows, their product and the ends in one sentence."""
        return (
            f"{self.clear} of {len(self.arrows)} arrows are clear of zero, on average "
            f"{self.mean:.2f}; their product is {self.product.estimate:.3f}, and the "
            f"ends correlate {self.ends.estimate:.2f}."
        )

    def describe(self) -> str:
        """Say what a picture of the chain shows."""
        arrows = "; ".join(f"{one.quantity} {one.estimate:.2f}" for one in self.arrows)
        alike = f" Branches are alike in {', '.join(self.held)}." if self.held else ""
        return f"Boxes in a row, a number on each arrow: {arrows}.{alike} {self}"

    def summary(self) -> pd.DataFrame:
        """Return arrows, ends and product as the tidy table."""
        return tidy([*self.arrows, self.ends, self.product])


def measure_chain(
    table: pd.DataFrame,
    boxes: Sequence[str],
    *,
    rng: np.random.Generator,
    held: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
) -> MeasuredChain:
    """Correlate the neighbours of a chain, as slides do, and its two ends.

    Parameters
    ----------
    table : DataFrame
        One row for each branch.
    boxes
        Columns from the first box to the last, at least three.
    rng
        Source of the resampling behind the interval of the product.
    held
        Columns in which the branches are made alike: each box is taken as it differs
        from what these columns predict.
    n_boot
        Resamples of branches.
    level
        Confidence level, 0-1.

    Notes
    -----
    Intervals of correlations by Fisher's z, atanh(r) with standard error
    1 / sqrt(n - 3 - k) for k columns held; that of the product by resampling branches.
    """
    missing = [name for name in (*boxes, *held) if name not in table]
    if missing or len(boxes) < 3:
        raise ValueError(
            f"boxes={list(boxes)}, held={list(held)}: give at least three boxes, all "
            f"of them columns of the table. It has {list(map(str, table.columns))}."
        )
    scores = _alike(table, boxes, held)
    n, lost = len(scores), len(held)
    found: Floats = np.asarray(np.corrcoef(scores, rowvar=False), dtype=float)

    def estimate(start: int, end: int) -> Estimate:
        r = float(found[start, end])
        half = z_value(level) / np.sqrt(n - 3 - lost)
        low, high = np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)
        return Estimate(
            quantity=f"{boxes[start]} > {boxes[end]}",
            estimate=r,
            low=float(low),
            high=float(high),
            level=level,
            n=n,
            unit="SD per SD",
        )

    last = len(boxes) - 1
    arrows = tuple(estimate(a, b) for a, b in pairwise(range(last + 1)))
    draws = _products(scores, n_boot=n_boot, rng=rng)
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    product = Estimate(
        quantity="product of the arrows",
        estimate=float(np.prod([one.estimate for one in arrows])),
        low=float(low),
        high=float(high),
        level=level,
        n=n,
        unit="SD per SD",
    )
    ends = estimate(0, last)
    return MeasuredChain(arrows=arrows, ends=ends, product=product, held=tuple(held))


def pushed_effect(
    outcome: ArrayLike,
    pushed: ArrayLike,
    *,
    quantity: str,
    lift: float = 1.0,
    level: float = 0.95,
) -> Estimate:
    """Return how far an outcome moved where its neighbour was pushed at random.

    Parameters
    ----------
    outcome : array_like, shape (n,)
        The outcome of each branch, in SD.
    pushed : array_like of bool, shape (n,)
        True for the branches that were pushed.
    quantity : str
        Name of the arrow.
    lift : float
        How far the pushed branches were lifted, SD; the effect is per SD.
    level : float
        Confidence level, 0-1.

    Examples
    --------
    >>> found = pushed_effect([1.0, 3.0, 0.0, 2.0], [True, True, False, False],
    ...                       quantity="A > B")
    >>> found.estimate
    1.0
    """
    y, mark = np.asarray(outcome, dtype=float), np.asarray(pushed, dtype=bool)
    if y.ndim != 1 or y.shape != mark.shape or min(mark.sum(), (~mark).sum()) < 2:
        raise ValueError(
            f"outcome of shape {y.shape}, {int(mark.sum())} of {mark.size} pushed: "
            "give one of each per branch, two branches or more pushed, and two not."
        )
    one, other = y[mark], y[~mark]
    effect = float(one.mean() - other.mean()) / lift
    error = np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size)
    half = z_value(level) * float(error) / abs(lift)
    return Estimate(
        quantity=quantity,
        estimate=effect,
        low=effect - half,
        high=effect + half,
        level=level,
        n=y.size,
        unit="SD per SD",
    )


def _alike(table: pd.DataFrame, boxes: Sequence[str], held: Sequence[str]) -> Floats:
    """Return the boxes, each less what the columns held predict."""
    scores = table[list(boxes)].to_numpy(dtype=float)
    n = len(scores)
    if n < 5 + len(held) or not np.isfinite(scores).all():
        raise ValueError(
            f"{n} branches: give at least {5 + len(held)}, each with a number in every "
            "box."
        )
    design = np.column_stack([np.ones(n), table[list(held)].to_numpy(dtype=float)])
    fitted, *_ = np.linalg.lstsq(design, scores, rcond=None)
    left: Floats = scores - design @ fitted
    if (left.std(axis=0) < 1e-12 * (1 + np.abs(scores).max())).any():
        raise ValueError(
            "A box does not differ between branches once they are alike in "
            f"{list(held) or 'nothing'}; leave it out of the chain."
        )
    return left


def _products(scores: Floats, *, n_boot: int, rng: np.random.Generator) -> Floats:
    """Product of neighbours' correlations, over resamples of branches."""
    n = len(scores)
    done = []
    for start in range(0, n_boot, _PER_BATCH):
        size = min(_PER_BATCH, n_boot - start)
        drawn = scores[rng.integers(n, size=(size, n))]
        drawn = drawn - drawn.mean(axis=1, keepdims=True)
        drawn = drawn / np.sqrt((drawn**2).sum(axis=1, keepdims=True))
        links = np.einsum("bnk,bnk->bk", drawn[:, :, :-1], drawn[:, :, 1:])
        done.append(links.prod(axis=1))
    return np.concatenate(done)
