"""Eighty per cent believe, eight per cent deliver: what the two shares alone can say.

Put firms on one bell curve of quality. Firms draw their line, customers draw theirs,
and firms may see themselves further to the right than customers see them. The two
shares fix how far all this moves the firms in total. They say nothing of how much is
self-flattery and how much is a stricter line: that is a ridge, not a point.
"""

from dataclasses import dataclass
from math import exp, pi, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from cxlab.intervals import share, z_value
from cxlab.results import Estimate, tidy


def gap_in_sd(
    believe: float, deliver: float, *, n: int | None = None, level: float = 0.95
) -> Estimate:
    """Return how far apart two equal bell curves are that give these two shares.

    Parameters
    ----------
    believe : float
        Share of firms that believe they deliver, above 0 and below 1.
    deliver : float
        Share of firms that do, as customers see it, above 0 and below 1.
    n : int, optional
        Firms behind each share; with it the result has an interval.

    Notes
    -----
    The inverse normal distribution of the one less that of the other. Its variance is
    the sum of p (1 - p) / (n f^2) over both, with f the height of the curve at p, as
    if the two shares were taken from separate firms.

    Examples
    --------
    >>> print(gap_in_sd(0.80, 0.08))
    gap: 2.247 SD of quality
    >>> gap_in_sd(0.5, 0.5).estimate
    0.0
    """
    for name, value in (("believe", believe), ("deliver", deliver)):
        if not 0 < value < 1:
            raise ValueError(
                f"{name}={value}: a share above 0 and below 1 is needed; at the ends "
                "the curves are infinitely far apart. Give 80% as 0.8."
            )
    gap = float(ndtri(believe) - ndtri(deliver))
    if n is None:
        return Estimate(quantity="gap", estimate=gap, unit="SD of quality")
    variance = sum(p * (1 - p) / (n * _height(p) ** 2) for p in (believe, deliver))
    reach = z_value(level) * sqrt(variance)
    return Estimate(
        quantity="gap",
        estimate=gap,
        low=gap - reach,
        high=gap + reach,
        level=level,
        n=n,
        unit="SD of quality",
    )


def _height(p: float) -> float:
    """Height of the bell curve where a share p lies below."""
    return exp(-(float(ndtri(p)) ** 2) / 2) / sqrt(2 * pi)


@dataclass(frozen=True, kw_only=True)
class PrintedGap:
    """Two printed counts of firms, with what sampling alone leaves open."""

    believe: Estimate  # share of firms, with Wilson's interval
    deliver: Estimate
    gap: Estimate  # SD of quality

    @property
    def points(self) -> float:
        """The gap in points of percent."""
        return 100 * (self.believe.estimate - self.deliver.estimate)

    def summary(self) -> pd.DataFrame:
        """Return both shares and the gap as the tidy table."""
        return tidy([self.believe, self.deliver, self.gap])

    def __str__(self) -> str:
        """Say the gap with its interval."""
        return str(self.gap)

    def describe(self) -> str:
        """Say what a picture of the two shares shows."""
        said = [
            f"{100 * e.estimate:.0f} of 100 firms {verb} "
            f"({100 * (e.low or 0):.0f} to {100 * (e.high or 0):.0f})"
            for e, verb in ((self.believe, "believe"), (self.deliver, "deliver"))
        ]
        return f"{', '.join(said)}; the intervals do not come near each other."


def printed_gap(
    *, believers: int, achievers: int, n: int, level: float = 0.95
) -> PrintedGap:
    """Put intervals around both shares of firms and around their distance.

    Parameters
    ----------
    believers, achievers : int
        Firms that believe they deliver, and firms that do as customers see it.
    n : int
        Firms in the survey.

    Examples
    --------
    >>> found = printed_gap(believers=290, achievers=29, n=362)
    >>> print(found.deliver)
    firms that deliver: 0.08011 share (95% interval 0.05635 to 0.1127, n = 362)
    """
    return PrintedGap(
        believe=share(believers, n, quantity="firms that believe", level=level),
        deliver=share(achievers, n, quantity="firms that deliver", level=level),
        gap=gap_in_sd(believers / n, achievers / n, n=n, level=level),
    )


@dataclass(frozen=True, kw_only=True)
class Ridge:
    """All pairs of self-flattery and stricter line that print the same two shares."""

    total: Estimate  # SD of quality: flattery and stricter line together
    flattery: NDArray[np.float64]  # SD of quality
    threshold_gap: NDArray[np.float64]  # SD of quality, same length

    def stricter_line(self, flattery: float) -> float:
        """Return how much stricter customers must be if firms flatter so much."""
        return self.total.estimate - flattery

    def summary(self) -> pd.DataFrame:
        """Return the only thing known as one row of the tidy table."""
        return tidy([self.total])

    def __str__(self) -> str:
        """Say what is known and what is not."""
        return f"Only the sum is known: {self.total}."

    def describe(self) -> str:
        """Say what a picture of the ridge shows."""
        return (
            "A falling line over self-flattery and stricter customers: every point on "
            f"it prints the same two shares, for their sum is "
            f"{self.total.estimate:.2f} standard deviations everywhere."
        )


def ridge(believe: float, deliver: float, *, n: int, points: int = 101) -> Ridge:
    """Return all stories that the two printed shares cannot tell apart.

    Parameters
    ----------
    believe, deliver : float
        Shares of firms, 0-1.
    n : int
        Firms behind each share.

    Examples
    --------
    All self-flattery, or all a stricter line: the same 80 and 8.

    >>> found = ridge(0.80, 0.08, n=362)
    >>> round(found.stricter_line(0.0), 2), round(found.stricter_line(2.247), 2)
    (2.25, -0.0)
    """
    total = gap_in_sd(believe, deliver, n=n)
    flattery = np.linspace(0.0, total.estimate, points)
    return Ridge(
        total=total, flattery=flattery, threshold_gap=total.estimate - flattery
    )
