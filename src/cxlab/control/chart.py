"""The chart: a centre, two limits, and the points that lie outside."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.control.constants import D2
from cxlab.control.rules import ONE_RULE, Rule, find_signals
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """Points in order of time, held against limits learned from the first of them."""

    kind: str  # XmR, ranges, p, u or p'
    values: Floats  # shape (n_points,), in the unit
    sigma: Floats  # shape (n_points,): one sigma at each point, in the unit
    centre: float
    baseline: int  # the limits were learned from so many points, the first
    floor: float = -np.inf  # no limit lies below: 0 for shares and counts
    ceiling: float = np.inf  # no limit lies above: 1 for shares
    quantity: str = "value"
    unit: str = ""

    @property
    def low(self) -> Floats:
        """Lower limits, shape (n_points,)."""
        return np.maximum(self.centre - 3 * self.sigma, self.floor)

    @property
    def high(self) -> Floats:
        """Upper limits, shape (n_points,)."""
        return np.minimum(self.centre + 3 * self.sigma, self.ceiling)

    @property
    def z(self) -> Floats:
        """Distance of each point from the centre, in sigmas."""
        return np.asarray((self.values - self.centre) / self.sigma)

    @property
    def outside(self) -> int:
        """Points beyond the limits."""
        return len(self.signals())

    def signals(self, rules: Sequence[Rule] = ONE_RULE) -> pd.DataFrame:
        """Return where a rule is met: ``point`` (0 is the first), ``side``, ``rule``.

        Runs begin anew where the baseline ends: old weeks cannot accuse new ones.
        """
        cut = self.baseline
        first = find_signals(self.z[:cut], rules=rules)
        if cut == self.z.size:
            return first
        later = find_signals(self.z[cut:], rules=rules)
        later["point"] += cut
        return pd.concat([first, later], ignore_index=True)

    def summary(self) -> pd.DataFrame:
        """Return centre, sigma, both limits and points outside in the tidy table.

        Sigma and limits are those of the last point, where they differ.
        """
        numbers = {
            "centre": self.centre,
            "sigma": float(self.sigma[-1]),
            "lower limit": float(self.low[-1]),
            "upper limit": float(self.high[-1]),
        }
        rows = [
            Estimate(quantity=name, estimate=x, n=self.baseline, unit=self.unit)
            for name, x in numbers.items()
        ]
        count = Estimate(
            quantity="points outside",
            estimate=self.outside,
            n=self.values.size,
            unit="points",
        )
        return tidy([*rows, count])

    def __str__(self) -> str:
        """Say the chart in one sentence."""
        return (
            f"{self.quantity}: around {self.centre:.4g}, limits {self.low[-1]:.4g} to "
            f"{self.high[-1]:.4g} from {self.baseline} points; {self.outside} of "
            f"{self.values.size} points lie outside."
        )

    def describe(self) -> str:
        """Say what a picture of the chart shows."""
        after = self.values.size - self.baseline
        frozen = f", frozen before the {after} that follow" if after else ""
        return (
            f"A control chart of {self.values.size} points in order of time. The "
            f"limits were learned from the first {self.baseline}{frozen}. {self}"
        )


def tidy_series(
    values: ArrayLike, *, baseline: int | None, least: int
) -> tuple[Floats, int]:
    """Tidy a series and the number of points from which limits are learned."""
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or not np.isfinite(x).all():
        raise ValueError(
            f"{x.shape} values, {int((~np.isfinite(x)).sum())} of them missing: a "
            "chart needs one number a week, in order of time. Drop weeks without a "
            "number, and say that you did."
        )
    k = x.size if baseline is None else baseline
    if not least <= k <= x.size:
        raise ValueError(
            f"a baseline of {k} of {x.size} points was given; limits need at least "
            f"{least} points, and no more than there are. Ten is a start, twenty "
            "better."
        )
    return x, k


def sigma_of(x: Floats) -> float:
    """Return sigma from the mean moving range; refuse a series that never moves."""
    spread = float(np.abs(np.diff(x)).mean()) / D2
    if spread == 0:
        raise ValueError(
            "all points of the baseline are alike: they do not tell how far a week may "
            "stray. Take figures with more digits, or a longer baseline."
        )
    return spread
