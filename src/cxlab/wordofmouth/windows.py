"""A score and growth go together, and it matters in which window of time.

Growth in the year before a survey cannot have been caused by the answers to it. The
same firms, the same score, and growth measured one year later or earlier: how the slope
changes from window to window says more than any one slope.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class WindowSlopes:
    """Growth for each point of a score, window by window."""

    slopes: Mapping[int, Estimate]  # by window: 0 ends at the survey, 1 a year later

    @property
    def windows(self) -> tuple[int, ...]:
        """The windows, in years after the survey at which they end."""
        return tuple(self.slopes)

    @property
    def rise(self) -> float:
        """How much steeper it is in the year after the survey than the year before."""
        return self.slopes[1].estimate - self.slopes[0].estimate

    def __str__(self) -> str:
        """Say the slope before and after the survey in one sentence."""
        return (
            f"Growth for each point: {self.slopes[0].estimate:.3f} in the year before "
            f"the survey, {self.slopes[1].estimate:.3f} in the year after."
        )

    def describe(self) -> str:
        """Say what a picture of the slopes shows."""
        return f"Growth for each point of the score, year by year. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the slopes as rows of the tidy table."""
        return tidy(self.slopes.values())


def slope_by_window(
    table: pd.DataFrame, *, windows: Sequence[int] = (-1, 0, 1, 2)
) -> WindowSlopes:
    """Return the slope of growth on a score, for growth in each of several years.

    Parameters
    ----------
    table : DataFrame
        One row per firm: ``score``, points, and one column per year, named by the years
        after the survey at which it ends: ``0`` is the year before the survey, ``1``
        the year after; percent.

    Examples
    --------
    Three firms whose score follows their growth:

    >>> firms = pd.DataFrame({"score": [0, 7, 14], 0: [1, 2, 3], 1: [2, 5, 2]})
    >>> found = slope_by_window(firms, windows=(0, 1))
    >>> round(found.slopes[0].estimate, 3), round(found.slopes[1].estimate, 3)
    (0.143, 0.0)
    """
    missing = [w for w in windows if w not in table]
    if missing or "score" not in table:
        raise ValueError(
            f"The table lacks 'score' or growth for the windows {missing}. Give one "
            "column of growth for each window, named by its number, and 'score'."
        )
    if len(table) < 3:
        raise ValueError(f"{len(table)} firms: a slope with an interval needs three.")
    x = table["score"].to_numpy(dtype=float)
    return WindowSlopes(
        slopes={w: _slope(x, table[w].to_numpy(dtype=float), window=w) for w in windows}
    )


def _slope(x: np.ndarray, y: np.ndarray, *, window: int) -> Estimate:
    """Fit a straight line; the interval is the usual one of least squares."""
    deviation, df = x - x.mean(), len(x) - 2
    square = float(deviation @ deviation)
    if square == 0:
        raise ValueError("All firms have the same score: there is no slope.")
    slope = float(deviation @ y) / square
    rest = y - y.mean() - slope * deviation
    half = stdtrit(df, 0.975) * np.sqrt(rest @ rest / df / square)
    return Estimate(
        quantity=f"slope, window {window}",
        estimate=slope,
        low=float(slope - half),
        high=float(slope + half),
        level=0.95,
        n=len(x),
        unit="% growth per point",
    )
