"""Four shapes for one line: flat, linear, convex, or with a zone of tolerance.

Customers are placed by the gap between experience and expectation. The line from gap to
loyalty may bend at two places, the lower and the upper edge of "met", so it has three
slopes. Each shape ties them together in its own way. The shape with the smallest
scatter wins, with a charge for each number that it fits (BIC).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

# Which of the three slopes (below, within, above the band) move together, one row a
# number to be fitted. A slope in no row is 0.
_TIES: Mapping[str, tuple[tuple[int, int, int], ...]] = MappingProxyType(
    {
        "flat": ((1, 0, 0),),
        "linear": ((1, 1, 1),),
        "convex": ((1, 1, 0), (0, 0, 1)),
        "zone": ((1, 0, 0), (0, 0, 1)),
    }
)
SHAPES = tuple(_TIES)
PARTS = ("below the band", "within the band", "above the band")


@dataclass(frozen=True, kw_only=True)
class ShapeFit:
    """The three slopes of the line, and which of four shapes fits best."""

    edges: tuple[float, float]  # lower and upper edge of "met", in units of the gap
    level: float  # loyalty at the lower edge, points
    slopes: tuple[Estimate, Estimate, Estimate]  # points per unit of the gap
    bic: Mapping[str, float]  # by shape; lower is better; not allowed: infinite
    fitted: Mapping[str, tuple[float, float, float, float]]  # level and three slopes
    n: int

    @property
    def best(self) -> str:
        """Name of the shape with the lowest BIC."""
        return min(self.bic, key=lambda name: self.bic[name])

    @property
    def lead(self) -> float:
        """By how much the best shape beats the second best, BIC."""
        first, second, *_ = sorted(self.bic.values())
        return second - first

    def line(self, gap: ArrayLike, *, shape: str = "") -> Floats:
        """Return mean loyalty at a gap; of one shape, or with all three slopes free."""
        free = (self.level, *(s.estimate for s in self.slopes))
        numbers = self.fitted[shape] if shape else free
        return bent_columns(np.asarray(gap, dtype=float), self.edges) @ numbers

    def __str__(self) -> str:
        """Say the slopes and the best shape in one sentence."""
        below, within, above = (s.estimate for s in self.slopes)
        return (
            f"Loyalty rises by {below:.1f} points per unit below the band, "
            f"{within:.1f} within and {above:.1f} above it; the shape that fits best "
            f"is '{self.best}' (n = {self.n:,})."
        )

    def describe(self) -> str:
        """Say what a picture of the line shows."""
        return f"A line with two bends through the customers. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the three slopes as the tidy table."""
        return tidy(self.slopes)


def bent_columns(gap: Floats, edges: tuple[float, float]) -> Floats:
    """Return a constant and the way walked below, within and above the band.

    Examples
    --------
    A band from 0 to 2; customers at -1, 1 and 5.

    >>> bent_columns(np.array([-1.0, 1.0, 5.0]), (0, 2)).tolist()
    [[1.0, -1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0], [1.0, 0.0, 2.0, 3.0]]
    """
    low, high = edges
    parts = [
        np.ones_like(gap),
        np.minimum(gap - low, 0.0),
        np.clip(gap, low, high) - low,
        np.maximum(gap - high, 0.0),
    ]
    return np.column_stack(parts)


def fit_shapes(
    gap: ArrayLike,
    loyalty: ArrayLike,
    *,
    edges: tuple[float, float],
    level: float = 0.95,
) -> ShapeFit:
    """Fit the line with two bends, and let four shapes compete.

    Parameters
    ----------
    gap : array_like, shape (n,)
        Experience less expectation, on a fine scale.
    loyalty : array_like, shape (n,)
        Points, high is loyal.
    edges : tuple of float
        Lower and upper edge of "met", known before the data are seen: an edge picked
        because it fits always fits too well.

    Raises
    ------
    ValueError
        If the columns do not match, or nobody stands in one of the three parts.

    Notes
    -----
    Least squares; BIC = n log(RSS / n) + k log(n) with k slopes. "Convex" is allowed
    only if the line is steeper above the band, and "zone" only if it rises there.
    """
    x, y = np.asarray(gap, dtype=float), np.asarray(loyalty, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(
            f"gap of shape {x.shape} and loyalty of shape {y.shape}: give one gap and "
            "one score per customer."
        )
    low, high = edges
    counts = [np.sum(x < low), np.sum((x > low) & (x < high)), np.sum(x > high)]
    if min(counts) < 2:
        raise ValueError(
            f"below, within and above the band from {low:.3g} to {high:.3g} stand "
            f"{', '.join(map(str, counts))} customers. A slope needs at least two in "
            "each part: move the edges."
        )
    columns = bent_columns(x, edges)
    products, targets, total = columns.T @ columns, columns.T @ y, float(y @ y)
    numbers = np.linalg.solve(products, targets)
    residual = total - float(targets @ numbers)
    errors = np.sqrt(np.diag(np.linalg.inv(products)) * residual / (x.size - 4))
    fitted, bic = {}, {}
    for name in SHAPES:
        tied, rss = _tied(products, targets, total, name)
        fitted[name] = tied
        charge = len(_TIES[name]) * np.log(x.size)
        fit = x.size * np.log(rss / x.size) + charge
        bic[name] = float(fit) if _allowed(name, tied) else np.inf
    return ShapeFit(
        edges=edges,
        level=float(numbers[0]),
        slopes=_slopes(numbers, errors, n=x.size, level=level),
        bic=bic,
        fitted=fitted,
        n=x.size,
    )


def _tied(
    products: Floats, targets: Floats, total: float, shape: str
) -> tuple[tuple[float, float, float, float], float]:
    """Fit one shape from the sums of products; return its numbers and its RSS."""
    ties = np.array([(1, 0, 0, 0), *((0, *row) for row in _TIES[shape])], dtype=float).T
    free = np.linalg.solve(ties.T @ products @ ties, ties.T @ targets)
    level, below, within, above = (float(b) for b in ties @ free)
    return (level, below, within, above), total - float(ties.T @ targets @ free)


def _allowed(shape: str, numbers: tuple[float, float, float, float]) -> bool:
    _, below, _, above = numbers
    if shape == "convex":
        return above > below
    return above > 0 if shape == "zone" else True


def _slopes(
    numbers: Floats, errors: Floats, *, n: int, level: float
) -> tuple[Estimate, Estimate, Estimate]:
    half = z_value(level) * errors
    one, two, three = (
        Estimate(
            quantity=f"slope {name}",
            estimate=float(numbers[k]),
            low=float(numbers[k] - half[k]),
            high=float(numbers[k] + half[k]),
            level=level,
            n=n,
            unit="points per unit of the gap",
        )
        for k, name in enumerate(PARTS, start=1)
    )
    return one, two, three
