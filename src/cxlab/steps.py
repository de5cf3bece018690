"""A step or a line: whether leaving rises bit by bit, or all at once.

Curves are drawn through the same shares: a line that is straight on the log-odds scale,
the line with a jump at a given value, the line with a bend just before it, and a jump
alone. AIC judges them: it rewards fit and charges two for every number fitted, so that
lower is better.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import wilson_limits
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

CURVES = ("line", "line and hinge", "line and step", "step")


@dataclass(frozen=True, kw_only=True)
class StepOrLine:
    """Share that left by number of calls, and how well three curves fit it."""

    at: int  # calls at which the step stands
    values: tuple[int, ...]  # numbers of calls that occur
    hits: tuple[int, ...]  # customers who left, by number of calls
    sizes: tuple[int, ...]  # customers, by number of calls
    aic: dict[str, float]  # one a curve, see CURVES; lower is better
    fitted: dict[str, tuple[float, ...]]  # by curve: share leaving, at each value
    level: float = 0.95

    @property
    def shares(self) -> Floats:
        """Share that left, by number of calls."""
        shares: Floats = np.array(self.hits) / np.array(self.sizes)
        return shares

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Wilson's interval of each share."""
        return wilson_limits(self.hits, self.sizes, level=self.level)

    @property
    def below(self) -> float:
        """Share that left among those with fewer calls than the step."""
        return self._pooled(np.array(self.values) < self.at)

    @property
    def above(self) -> float:
        """Share that left among those with as many calls as the step, or more."""
        return self._pooled(np.array(self.values) >= self.at)

    def _pooled(self, chosen: NDArray[np.bool_]) -> float:
        return float(
            np.array(self.hits)[chosen].sum() / np.array(self.sizes)[chosen].sum()
        )

    @property
    def best(self) -> str:
        """Name of the curve with the lowest AIC."""
        return min(self.aic, key=lambda name: self.aic[name])

    def __str__(self) -> str:
        """Say the shape in one sentence."""
        return (
            f"{self.below:.0%} left below {self.at} calls and {self.above:.0%} from "
            f"there on; of the curves '{self.best}' fits best (AIC "
            f"{self.aic[self.best]:.1f}, the line {self.aic['line']:.1f})."
        )

    def describe(self) -> str:
        """Say what a picture of the shares and the curves shows."""
        parts = ", ".join(
            f"{share:.0%} at {value}"
            for value, share, size in zip(
                self.values, self.shares, self.sizes, strict=True
            )
            if size >= 30
        )
        return (
            f"Share of customers who left, by number of service calls: {parts}. A step "
            f"at {self.at} calls and a straight line are drawn through the marks."
        )

    def summary(self) -> pd.DataFrame:
        """Return the share at each number of calls, and the AIC of each curve."""
        low, high = self.limits
        rows = zip(self.values, self.shares, low, high, self.sizes, strict=True)
        shares = [
            Estimate(
                quantity=f"left, {value} calls",
                estimate=float(share),
                low=float(lo),
                high=float(hi),
                level=self.level,
                n=size,
                unit="share",
            )
            for value, share, lo, hi, size in rows
        ]
        fits = [Estimate(quantity=f"AIC, {k}", estimate=v) for k, v in self.aic.items()]
        return tidy([*shares, *fits])


def step_or_line(calls: ArrayLike, left: ArrayLike, *, at: int) -> StepOrLine:
    """Fit a line, a bend and a jump to the share that left, and compare them.

    Parameters
    ----------
    calls : array_like of int, shape (n,)
        Service calls of each customer.
    left : array_like of bool, shape (n,)
        Whether the customer left.
    at : int
        Where the jump stands; the bend lies one call earlier. Choose it before looking:
        a jump placed where the data jump always fits too well.

    Notes
    -----
    Logistic regressions with two numbers (line, step) or three.
    """
    # statsmodels takes half a second to import; most of the course does not need it
    from statsmodels.discrete.discrete_model import Logit

    x, y = np.asarray(calls), np.asarray(left).astype(float)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(
            f"calls of shape {x.shape} and left of shape {y.shape}: give one number "
            "and one answer per customer."
        )
    if not x.min() < at <= x.max():
        raise ValueError(
            f"at={at}: the customers made {x.min()} to {x.max()} calls. Put the step "
            "above the fewest and not beyond the most."
        )
    values, index = np.unique(x, return_inverse=True)
    fits = {name: Logit(y, _columns(x, at, name)).fit(disp=False) for name in CURVES}
    return StepOrLine(
        at=at,
        values=tuple(int(v) for v in values),
        hits=tuple(int(h) for h in np.bincount(index, weights=y)),
        sizes=tuple(int(s) for s in np.bincount(index)),
        aic={name: float(fit.aic) for name, fit in fits.items()},
        fitted={
            name: tuple(float(p) for p in fit.predict(_columns(values, at, name)))
            for name, fit in fits.items()
        },
    )


def _columns(x: NDArray[np.int64], at: int, curve: str) -> Floats:
    """Return the columns of one curve: a constant, then what its name says."""
    parts = {
        "line": x,
        "hinge": np.maximum(x - (at - 1), 0),
        "step": x >= at,
    }
    chosen = [parts[part] for part in curve.split(" and ")]
    return np.column_stack([np.ones(len(x)), *chosen]).astype(float)
