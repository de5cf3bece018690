"""Three groups of customers: expectations not met, met, exceeded."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from cxlab.results import Estimate, tidy

GROUPS = ("below", "met", "exceeded")


@dataclass(frozen=True, kw_only=True)
class ThreeGroups:
    """Mean loyalty of customers whose expectations were not met, met, or exceeded."""

    sizes: tuple[int, int, int]  # customers: below, met, exceeded
    means: tuple[float, float, float]  # loyalty, points
    sds: tuple[float, float, float]  # scatter of loyalty within each group, points
    level: float = 0.95  # of the intervals

    @property
    def n(self) -> int:
        """All customers."""
        return sum(self.sizes)

    @property
    def shares(self) -> tuple[float, ...]:
        """Share of customers in each group."""
        return tuple(size / self.n for size in self.sizes)

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Mean of each group with its interval (Student's t)."""
        return tuple(self._mean(which) for which in range(3))

    @property
    def drop(self) -> Estimate:
        """How much higher loyalty is where expectations were met than below."""
        return self._step(0, 1, self.level)

    @property
    def lift(self) -> Estimate:
        """How much higher loyalty is where they were exceeded than where met."""
        return self.lift_at(self.level)

    def lift_at(self, level: float) -> Estimate:
        """Return the lift with an interval of another confidence level."""
        return self._step(1, 2, level)

    @property
    def lift_error(self) -> float:
        """Standard error of the lift, points."""
        return self._error(1, 2)[0]

    @property
    def lift_df(self) -> float:
        """Degrees of freedom of the lift (Welch)."""
        return self._error(1, 2)[1]

    def _mean(self, which: int) -> Estimate:
        return _mean(
            self.means[which],
            sd=self.sds[which],
            n=self.sizes[which],
            quantity=f"loyalty, {GROUPS[which]}",
            level=self.level,
        )

    def _error(self, one: int, other: int) -> tuple[float, float]:
        """Return standard error and degrees of freedom of a difference (Welch)."""
        parts = [self.sds[k] ** 2 / self.sizes[k] for k in (one, other)]
        weights = [
            p**2 / (self.sizes[k] - 1) for p, k in zip(parts, (one, other), strict=True)
        ]
        return float(np.sqrt(sum(parts))), float(sum(parts) ** 2 / sum(weights))

    def _step(self, one: int, other: int, level: float) -> Estimate:
        error, df = self._error(one, other)
        step = self.means[other] - self.means[one]
        half = float(stdtrit(df, (1 + level) / 2)) * error
        return Estimate(
            quantity=f"{GROUPS[other]} less {GROUPS[one]}",
            estimate=step,
            low=step - half,
            high=step + half,
            level=level,
            n=self.sizes[one] + self.sizes[other],
            unit="points",
        )

    def __str__(self) -> str:
        """Say the three means in one sentence."""
        below, met, exceeded = self.means
        return (
            f"Loyalty is {below:.1f} points below expectations, {met:.1f} where they "
            f"were met and {exceeded:.1f} where they were exceeded (n = {self.n:,})."
        )

    def describe(self) -> str:
        """Say what a picture of the three means shows."""
        parts = ", ".join(
            f"{name} {mean:.1f} points ({share:.0%} of customers)"
            for name, mean, share in zip(GROUPS, self.means, self.shares, strict=True)
        )
        return f"Mean loyalty of three groups of customers with intervals: {parts}."

    def summary(self) -> pd.DataFrame:
        """Return the means and both steps as the tidy table."""
        return tidy([*self.estimates, self.drop, self.lift])


def three_groups(
    answers: ArrayLike,
    loyalty: ArrayLike,
    *,
    met: tuple[float, float],
    level: float = 0.95,
) -> ThreeGroups:
    """Sort customers into below, met and exceeded, and compare their loyalty.

    Parameters
    ----------
    answers : array_like, shape (n,)
        How experience compared with expectation, high is better than expected.
    loyalty : array_like, shape (n,)
        Points, high is loyal.
    met : tuple of float
        Lowest and highest answer that still means "met".

    Raises
    ------
    ValueError
        If answers are missing, the band is upside down, or a group holds fewer than
        two customers.

    Examples
    --------
    Six customers who answered -1, 0 or 1; two in each group.

    >>> found = three_groups([-1, -1, 0, 0, 1, 1], [20, 40, 50, 70, 60, 80], met=(0, 0))
    >>> found.means, found.lift.estimate
    ((30.0, 60.0, 70.0), 10.0)
    """
    x, y = np.asarray(answers, dtype=float), np.asarray(loyalty, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or not np.all(np.isfinite(x + y)):
        raise ValueError(
            f"answers of shape {x.shape} and loyalty of shape {y.shape}: give one "
            "answer and one score per customer, and leave out those who skipped one."
        )
    low, high = met
    if low > high:
        raise ValueError(f"met=({low}, {high}): give the lower answer first.")
    parts = [y[x < low], y[(x >= low) & (x <= high)], y[x > high]]
    sizes = [part.size for part in parts]
    if min(sizes) < 2:
        raise ValueError(
            f"with met from {low} to {high} the groups below, met and exceeded hold "
            f"{', '.join(map(str, sizes))} customers; each needs at least two. Move "
            "the band."
        )
    below, middle, above = parts
    return ThreeGroups(
        sizes=(below.size, middle.size, above.size),
        means=(float(below.mean()), float(middle.mean()), float(above.mean())),
        sds=(
            float(below.std(ddof=1)),
            float(middle.std(ddof=1)),
            float(above.std(ddof=1)),
        ),
        level=level,
    )


@dataclass(frozen=True, kw_only=True)
class AnswerMeans:
    """Mean loyalty of customers who gave the same answer."""

    answers: tuple[int, ...]  # answers that enough customers gave
    means: tuple[Estimate, ...]  # loyalty, points
    left_out: int  # customers whose answer too few others gave

    def __str__(self) -> str:
        """Say the means in one sentence."""
        said = ", ".join(
            f"{mean.estimate:.0f} at {answer}"
            for answer, mean in zip(self.answers, self.means, strict=True)
        )
        return f"Mean loyalty by answer: {said}."

    def describe(self) -> str:
        """Say what a picture of the means shows."""
        return (
            f"Mean loyalty with intervals, by the answer customers gave. {self} "
            f"{self.left_out} customers with rarer answers are not drawn."
        )

    def summary(self) -> pd.DataFrame:
        """Return the means as the tidy table."""
        return tidy(self.means)


def means_by_answer(
    answers: ArrayLike, loyalty: ArrayLike, *, least: int = 9, level: float = 0.95
) -> AnswerMeans:
    """Return mean loyalty for each answer that enough customers gave.

    Parameters
    ----------
    answers : array_like of int, shape (n,)
        Whole numbers, high is better than expected.
    loyalty : array_like, shape (n,)
        Points, high is loyal.
    least : int
        Answers given by fewer customers are left out, and counted.

    Examples
    --------
    >>> print(means_by_answer([1, 1, 2, 2, 3], [10, 20, 30, 50, 90], least=2))
    Mean loyalty by answer: 15 at 1, 40 at 2.
    """
    x, y = np.asarray(answers), np.asarray(loyalty, dtype=float)
    if x.ndim != 1 or x.shape != y.shape or least < 2:
        raise ValueError(
            f"answers of shape {x.shape}, loyalty of shape {y.shape}, least={least}: "
            "give one of each per customer, and ask for at least two a mean."
        )
    values, counts = np.unique(x, return_counts=True)
    kept = [int(v) for v, c in zip(values, counts, strict=True) if c >= least]
    groups = {value: y[x == value] for value in kept}
    means = tuple(
        _mean(
            float(group.mean()),
            sd=float(group.std(ddof=1)),
            n=group.size,
            quantity=f"loyalty, answer {value}",
            level=level,
        )
        for value, group in groups.items()
    )
    left_out = x.size - sum(group.size for group in groups.values())
    return AnswerMeans(answers=tuple(kept), means=means, left_out=left_out)


def _mean(mean: float, *, sd: float, n: int, quantity: str, level: float) -> Estimate:
    """Put Student's interval around a mean."""
    half = float(stdtrit(n - 1, (1 + level) / 2)) * sd / np.sqrt(n)
    return Estimate(
        quantity=quantity,
        estimate=mean,
        low=float(mean - half),
        high=float(mean + half),
        level=level,
        n=n,
        unit="points",
    )
