"""Whoever is chosen for a low answer answers higher next time, with nothing done."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Extremes:
    """Where customers stand on two answers who were chosen by the first of them."""

    first: float  # their mean on the answer they were chosen by, SD from all
    second: Estimate  # their mean on the other answer, SD from all
    correlation: float  # of the two answers among all customers
    n: int  # customers chosen

    @property
    def expected(self) -> float:
        """Where they would stand if a straight line through all customers held."""
        return expected_second(self.first, correlation=self.correlation)

    @property
    def rise(self) -> float:
        """How much nearer to the average they stand on the second answer, SD."""
        return self.second.estimate - self.first

    def __str__(self) -> str:
        """Say both places in one sentence."""
        return (
            f"{self.n} customers chosen for a low answer stand at {self.first:.2f} SD "
            f"on it, and at {self.second.estimate:.2f} on the other."
        )

    def describe(self) -> str:
        """Say what a picture of the two places shows."""
        return f"Two places joined by a line, the second nearer to the average. {self}"

    def summary(self) -> pd.DataFrame:
        """Return both places as the tidy table."""
        first = Estimate(
            quantity="mean of the first answer", estimate=self.first, n=self.n
        )
        return tidy([first, self.second])


def expected_second(first: float, *, correlation: float) -> float:
    """Return where a second answer stands on average, if nothing has happened.

    Parameters
    ----------
    first : float
        The first answer, SD from the average of all.
    correlation : float
        Of the two answers among all customers, -1 .. 1.

    Examples
    --------
    >>> expected_second(-2.0, correlation=0.5)
    -1.0
    """
    if not -1 <= correlation <= 1:
        raise ValueError(
            f"correlation={correlation}: a correlation lies between -1 and 1."
        )
    return first * correlation


def look_twice(
    first: ArrayLike, second: ArrayLike, *, share: float = 0.2, level: float = 0.95
) -> Extremes:
    """Choose the customers with the lowest first answers; see where the second stands.

    Parameters
    ----------
    first, second : array_like, shape (n,)
        Two answers of the same customers, points, high is good.
    share : float
        Share chosen, at most a half; whoever ties with the last is chosen as well.
    level : float
        Confidence level of the interval of the second place.

    Examples
    --------
    >>> found = look_twice([1, 2, 3, 4, 5], [2, 1, 3, 5, 4], share=0.4)
    >>> found.n, round(found.first, 2), round(found.second.estimate, 2)
    (2, -0.95, -0.95)
    """
    x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if x.shape != y.shape or x.ndim != 1:
        raise ValueError(
            f"answers of shapes {x.shape} and {y.shape}: give two answers of each "
            "customer, in the same order."
        )
    if not 0 < share <= 0.5:
        raise ValueError(
            f"share={share}: choose a share above 0 and at most a half, such as 0.2."
        )
    if min(np.ptp(x), np.ptp(y)) == 0:
        raise ValueError("All customers gave one answer: nobody stands out by it.")
    a, b = (x - x.mean()) / x.std(ddof=1), (y - y.mean()) / y.std(ddof=1)
    chosen = x <= np.quantile(x, share)
    return Extremes(
        first=float(a[chosen].mean()),
        second=_mean(b[chosen], level=level),
        correlation=float(np.corrcoef(x, y)[0, 1]),
        n=int(chosen.sum()),
    )


def _mean(values: np.ndarray, *, level: float) -> Estimate:
    """Return a mean with the usual interval."""
    n = len(values)
    if n < 2:
        raise ValueError(f"{n} customer chosen: a mean with an interval needs two.")
    reach = stdtrit(n - 1, (1 + level) / 2) * values.std(ddof=1) / np.sqrt(n)
    middle = float(values.mean())
    return Estimate(
        quantity="mean of the second answer",
        estimate=middle,
        low=float(middle - reach),
        high=float(middle + reach),
        level=level,
        n=n,
        unit="SD",
    )
