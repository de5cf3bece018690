"""Why studies differ: a line through their effects, by something known of each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.intervals import z_value
from cxlab.meta.spread import spread, weighted
from cxlab.meta.studies import Studies
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Moderated:
    """A line through effects, and how much of their spread it explains."""

    intercept: Estimate
    slope: Estimate
    tau2: float  # what is left of the variance of the truths
    explained: float  # share of that variance that the line explains, 0-1

    @property
    def z(self) -> float:
        """How many standard errors the slope is from zero."""
        assert self.slope.high is not None
        assert self.slope.level is not None
        half = self.slope.high - self.slope.estimate
        return self.slope.estimate / (half / z_value(self.slope.level))

    def summary(self) -> pd.DataFrame:
        """Return both coefficients as a tidy table."""
        return tidy([self.intercept, self.slope])


def moderate(
    given: Studies, by: ArrayLike, *, method: str = "REML", level: float = 0.95
) -> Moderated:
    """Fit a line through the effects of studies.

    Parameters
    ----------
    given : Studies
        At least three.
    by : array_like, shape (k,)
        Something known of each study, such as its year; not the same for all.
    method : str
        How the spread that is left is found; see `spread`.
    level : float
        Confidence level, 0-1.
    """
    column = np.asarray(by, dtype=float)
    if column.shape != (len(given),) or len(given) < 3 or np.ptp(column) == 0:
        raise ValueError(
            f"a moderator of shape {column.shape} for {len(given)} studies: give one "
            "number for each of at least three studies, and not the same for all."
        )
    x = np.column_stack([np.ones(len(given)), column])
    left = spread(given, method=method, moderators=x)
    beta, covariance = weighted(given.effects, given.variances, x, left)
    halves = z_value(level) * np.sqrt(np.diag(covariance))
    both = [
        Estimate(
            quantity=name,
            estimate=float(b),
            low=float(b - half),
            high=float(b + half),
            level=level,
            n=len(given),
            unit=given.unit,
        )
        for name, b, half in zip(("intercept", "slope"), beta, halves, strict=True)
    ]
    all_of_it = spread(given, method=method)
    explained = max(0.0, 1 - left / all_of_it) if all_of_it > 0 else 0.0
    return Moderated(
        intercept=both[0], slope=both[1], tau2=left, explained=float(explained)
    )
