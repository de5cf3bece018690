"""What an interval promises: ask again and again, and count how often it is kept.

One survey gives one interval, and nobody can see whether it holds the truth. In a world
whose truth we set, many surveys can be drawn, and the promise of "95 of 100" becomes
something that can be counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.intervals import share
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """Many surveys of the same market, each with its interval, and the truth."""

    estimates: tuple[Estimate, ...]
    truth: float
    name: str = ""  # how the intervals were made, if there are several ways

    @property
    def values(self) -> NDArray[np.float64]:
        """Estimate, low and high of each survey, shape (n, 3)."""
        return np.array([[e.estimate, e.low, e.high] for e in self.estimates], float)

    @property
    def caught(self) -> NDArray[np.bool_]:
        """Whether each interval holds the truth."""
        _, low, high = self.values.T
        held: NDArray[np.bool_] = (low <= self.truth) & (self.truth <= high)
        return held

    @property
    def n(self) -> int:
        """How many surveys."""
        return len(self.estimates)

    @property
    def share_caught(self) -> Estimate:
        """Share of intervals that hold the truth, with an interval of its own."""
        return share(int(self.caught.sum()), self.n, quantity="intervals that hold")

    def summary(self) -> pd.DataFrame:
        """Return the share of intervals that hold the truth as the tidy table."""
        return tidy([self.share_caught])

    def __str__(self) -> str:
        """Say how many hold."""
        return f"{self.caught.sum()} of {self.n} intervals hold the truth."

    def describe(self) -> str:
        """Say what a picture of the intervals shows."""
        middle = np.median(self.values[:, 0])
        return (
            f"{self.n} surveys of the same market, one line each"
            + (f" ({self.name})" if self.name else "")
            + f": estimates around {middle:.3g}, the truth is {self.truth:.3g}. {self}"
        )


def repeated(
    estimates: Iterable[Estimate], *, truth: float, name: str = ""
) -> Repeated:
    """Lay the intervals of many surveys beside the truth they are after.

    Parameters
    ----------
    estimates : iterable of Estimate
        One per survey, each with an interval.
    truth : float
        What was planted.
    name : str
        How the intervals were made, where several ways are compared.

    Examples
    --------
    >>> asked = [share(hits, 100) for hits in (12, 20, 23, 38)]
    >>> print(repeated(asked, truth=0.25))
    2 of 4 intervals hold the truth.
    """
    kept = tuple(estimates)
    if not kept or any(e.low is None for e in kept):
        raise ValueError(
            f"{len(kept)} estimates, "
            f"{sum(e.low is None for e in kept)} of them without an interval: give at "
            "least one, each with both ends."
        )
    return Repeated(estimates=kept, truth=truth, name=name)
