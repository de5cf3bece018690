"""A curve can flatten without a threshold: a share of customers ends at one hundred.

"Loyalty rises until the score is 5 and then hardly at all" sounds like a threshold. But
a share cannot pass 100%, so any smooth curve that has climbed far enough must flatten
near the top. Whether it does depends on where it began, and that is seldom printed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Flattening:
    """Plain logistic curves with one lift, from many starting points."""

    starts: NDArray[np.float64]  # share loyal at the lowest answer, 0-1
    answers: NDArray[np.float64]  # answers of the scale, from the lowest
    curves: NDArray[np.float64]  # shape (starts, answers): share loyal, 0-1
    lift: float  # share gained from the lowest answer to the knee
    knee: int  # answer after which the curve is said to flatten
    ratio: float  # flat: a step after the knee gains less than this of one before

    @property
    def step_before(self) -> float:
        """Share gained by each point up to the knee."""
        return float(self.lift / (self.knee - self.answers[0]))

    @property
    def step_after(self) -> NDArray[np.float64]:
        """Share gained by each point after the knee, per starting point."""
        at_knee = self.curves[:, self.answers == self.knee][:, 0]
        steps = self.answers[-1] - self.knee
        gained: NDArray[np.float64] = (self.curves[:, -1] - at_knee) / steps
        return gained

    @property
    def flattens(self) -> NDArray[np.bool_]:
        """Whether the curve from each starting point flattens."""
        flat: NDArray[np.bool_] = self.step_after < self.ratio * self.step_before
        return flat

    @property
    def first_flat(self) -> float:
        """Lowest starting point from which the curve flattens; NaN if none does."""
        return (
            float(self.starts[self.flattens].min()) if self.flattens.any() else np.nan
        )

    def summary(self) -> pd.DataFrame:
        """Return how many flatten, and from where, as the tidy table."""
        n = len(self.starts)
        return tidy(
            [
                Estimate(
                    quantity="starting points that flatten",
                    estimate=float(self.flattens.sum()),
                    n=n,
                    unit="starting points",
                ),
                Estimate(
                    quantity="lowest of them",
                    estimate=self.first_flat,
                    unit="share",
                ),
            ]
        )

    def __str__(self) -> str:
        """Say from how many starting points the curve flattens."""
        return (
            f"A plain curve flattens after {self.knee} from {self.flattens.sum()} of "
            f"{len(self.starts)} starting points"
            + (
                f", the lowest at {100 * self.first_flat:.0f} of 100 loyal."
                if self.flattens.any()
                else "."
            )
        )

    def describe(self) -> str:
        """Say what a picture of the curves shows."""
        return (
            f"Smooth curves of loyalty over answers {self.answers[0]:.0f} to "
            f"{self.answers[-1]:.0f}, each {100 * self.lift:.0f} points higher at "
            f"{self.knee} than at {self.answers[0]:.0f}. {self}"
        )


def flattening(
    starts: ArrayLike,
    *,
    lift: float,
    knee: int = 5,
    lowest: int = 1,
    highest: int = 7,
    ratio: float = 0.5,
) -> Flattening:
    """Draw the plain logistic curve from each starting point through the same lift.

    Parameters
    ----------
    starts : array_like
        Shares loyal at the lowest answer, above 0; with the lift below 1.
    lift : float
        Share gained from the lowest answer to the knee.
    ratio : float
        Flat means: a step after the knee gains less than this part of one before.

    Notes
    -----
    logit(share) = a + b * answer, with a and b fixed by the start and the lift: a
    straight line on the logit scale, without any kink.

    Examples
    --------
    From 75 in 100 it looks like a threshold; from 40 in 100 it does not.

    >>> found = flattening([0.40, 0.75], lift=0.22)
    >>> found.flattens
    array([False,  True])
    >>> (100 * found.curves[1, [0, 4, 6]]).round()
    array([75., 97., 99.])
    """
    begins = np.atleast_1d(np.asarray(starts, dtype=float))
    if begins.min() <= 0 or lift <= 0 or begins.max() + lift >= 1:
        raise ValueError(
            f"starts {begins.min()} to {begins.max()} with a lift of {lift}: a share "
            "stays above 0 and below 1. Give starts below 1 less the lift."
        )
    if not lowest < knee < highest:
        raise ValueError(
            f"knee={knee}: it lies between the answers {lowest} and {highest}."
        )
    answers = np.arange(lowest, highest + 1, dtype=float)
    slope = (logit(begins + lift) - logit(begins)) / (knee - lowest)
    curves = expit(logit(begins)[:, None] + slope[:, None] * (answers - lowest))
    return Flattening(
        starts=begins,
        answers=answers,
        curves=curves,
        lift=lift,
        knee=knee,
        ratio=ratio,
    )
