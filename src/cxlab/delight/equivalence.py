"""When a difference is small enough to be called none, and how many must be asked.

"We found no difference" can mean two things: we looked closely and it is small, or we
hardly looked. Only a margin that was fixed first tells them apart: the difference is
small enough if its whole interval lies within the margin. With a 90% interval this is
the test of equivalence by two one-sided tests, each at 5%.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, stdtr

from cxlab.delight.groups import ThreeGroups
from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

SMALL, LARGE, UNKNOWN = "small enough", "too large to ignore", "cannot tell"


@dataclass(frozen=True, kw_only=True)
class Equivalence:
    """A lift in loyalty, held against a margin that was fixed first."""

    lift: Estimate  # with the interval of level 1 - 2 alpha
    error: float  # standard error of the lift, points
    df: float  # degrees of freedom
    margin: float  # points; a lift within it is not worth a budget
    alpha: float = 0.05  # of each of the two one-sided tests

    @property
    def answer(self) -> str:
        """Small enough, too large to ignore, or cannot tell."""
        low, high = self.ends
        if -self.margin < low and high < self.margin:
            return SMALL
        if low > self.margin or high < -self.margin:
            return LARGE
        return UNKNOWN

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of the interval."""
        assert self.lift.low is not None
        assert self.lift.high is not None
        return self.lift.low, self.lift.high

    @property
    def p_value(self) -> float:
        """The larger p of the two one-sided tests; below alpha: small enough."""
        above = (self.lift.estimate - self.margin) / self.error
        below = (self.lift.estimate + self.margin) / self.error
        return float(max(stdtr(self.df, above), 1 - stdtr(self.df, below)))

    @property
    def p_zero(self) -> float:
        """The usual two-sided p, of no lift at all."""
        z = abs(self.lift.estimate) / self.error
        return float(2 * stdtr(self.df, -z))

    def __str__(self) -> str:
        """Say the answer in one sentence."""
        low, high = self.ends
        return (
            f"The lift is {self.lift.estimate:.1f} points, between {low:.1f} and "
            f"{high:.1f}; held against a margin of {self.margin:g}: {self.answer}."
        )

    def describe(self) -> str:
        """Say what a picture of the lift and the margin shows."""
        return f"A lift with its interval beside the margin. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the lift as one row of the tidy table."""
        return tidy([self.lift])


def judge_lift(
    groups: ThreeGroups, *, margin: float, alpha: float = 0.05
) -> Equivalence:
    """Say whether loyalty above "met" is small enough, too large, or unknown.

    Parameters
    ----------
    groups
        Customers below, met and exceeded.
    margin
        Points of loyalty; fixed before anybody looks at the data.

    Notes
    -----
    Schuirmann's two one-sided tests: both p below alpha, or, what is the same, the
    interval of level 1 - 2 alpha inside the margin.

    References
    ----------
    Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680.

    Examples
    --------
    Two points of lift among few customers: nobody knows.

    >>> few = ThreeGroups(sizes=(24, 60, 16), means=(50, 60, 62), sds=(25, 25, 25))
    >>> judge_lift(few, margin=3).answer
    'cannot tell'
    >>> many = ThreeGroups(
    ...     sizes=(24000, 60000, 16000), means=(50, 60, 62), sds=(25, 25, 25)
    ... )
    >>> judge_lift(many, margin=3).answer
    'small enough'

    It differs from nought beyond doubt, and it is small enough. Both can be true.

    >>> judge_lift(many, margin=3).p_zero < 0.001
    True
    """
    if margin <= 0:
        raise ValueError(
            f"margin={margin}: no survey can show a difference of exactly 0. Say which "
            "lift, in points, would be too small to pay for, and give that."
        )
    return Equivalence(
        lift=groups.lift_at(1 - 2 * alpha),
        error=groups.lift_error,
        df=groups.lift_df,
        margin=margin,
        alpha=alpha,
    )


@dataclass(frozen=True, kw_only=True)
class SurveyPlan:
    """What a survey of a given size can see, before it is sent out.

    Examples
    --------
    A true lift of 3 points, among 500 customers and among 10,000:

    >>> plan = SurveyPlan()
    >>> round(plan.error(500), 2), round(plan.sees(3, 500), 2)
    (3.15, 0.16)
    >>> round(plan.error(10_000), 2), round(plan.sees(3, 10_000), 2)
    (0.7, 0.99)
    """

    sd: float = 25.0  # scatter of loyalty within a group, points of 100
    share_exceeded: float = 0.16  # the book's share of customers
    share_met: float = 0.60  # ours; the book prints none

    def __post_init__(self) -> None:
        """Refuse groups that cannot be."""
        both = self.share_exceeded + self.share_met
        if self.sd <= 0 or min(self.share_exceeded, self.share_met) <= 0 or both > 1:
            raise ValueError(
                f"sd={self.sd}, share_exceeded={self.share_exceeded}, "
                f"share_met={self.share_met}: the scatter is above 0, and both shares "
                "are above 0 and together at most 1."
            )

    def error(self, n: float) -> float:
        """Return the standard error of the lift among n customers asked."""
        parts = 1 / (n * self.share_exceeded) + 1 / (n * self.share_met)
        return float(self.sd * np.sqrt(parts))

    def sees(self, lift: float, n: float, *, alpha: float = 0.05) -> float:
        """Return the power: how often a true lift comes out significant, 0-1.

        Two-sided, normal approximation: the difference is called significant if it is
        more than z standard errors from 0.
        """
        z, move = z_value(1 - alpha), lift / self.error(n)
        return float(ndtr(move - z) + ndtr(-move - z))

    def rules_out(self, margin: float, n: float, *, alpha: float = 0.05) -> float:
        """Return how often a lift of truly 0 is shown to be within the margin, 0-1."""
        room = margin / self.error(n) - z_value(1 - 2 * alpha)
        return max(float(2 * ndtr(room) - 1), 0.0)

    def smallest(self, n: float, *, power: float = 0.8) -> float:
        """Return the smallest lift that is seen with the given power, in points.

        Above a power of one half; the far tail is left out.
        """
        return (z_value(0.95) + z_value(2 * power - 1)) * self.error(n)


def on_hundred(answers: ArrayLike, *, low: float, high: float) -> Floats:
    """Put answers on a scale from 0 to 100, so that one margin fits every survey.

    Examples
    --------
    >>> on_hundred([1, 5.5, 10], low=1, high=10).tolist()
    [0.0, 50.0, 100.0]
    """
    x = np.asarray(answers, dtype=float)
    if not np.all((x >= low) & (x <= high)):
        raise ValueError(
            f"answers from {x.min():g} to {x.max():g} on a scale from {low:g} to "
            f"{high:g}: give the ends of the scale as it was printed in the survey."
        )
    return np.asarray(100 * (x - low) / (high - low))
