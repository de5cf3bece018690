"""Before any ceiling: count who stands in the two corners that ought to be empty."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import share
from cxlab.necessity.ceiling import _pairs
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Corners:
    """Customers with a bad and with a good experience, and the exceptions among them.

    An exception to "necessary" had a bad experience and is loyal all the same; one to
    "sufficient" had a good experience and is not loyal.
    """

    loyal_though_bad: NDArray[np.int64]  # rows of the exceptions to "necessary"
    disloyal_though_good: NDArray[np.int64]  # rows of the exceptions to "sufficient"
    bad: int  # customers with a bad experience
    good: int
    n: int

    @property
    def against_necessary(self) -> Estimate:
        """Share of those with a bad experience who are loyal all the same."""
        name = "loyal after a bad experience"
        return share(len(self.loyal_though_bad), self.bad, quantity=name)

    @property
    def against_sufficient(self) -> Estimate:
        """Share of those with a good experience who are not loyal."""
        name = "disloyal after a good experience"
        return share(len(self.disloyal_though_good), self.good, quantity=name)

    def summary(self) -> pd.DataFrame:
        """Return both shares of exceptions, as the tidy table."""
        return tidy([self.against_necessary, self.against_sufficient])

    def __str__(self) -> str:
        """Say both counts."""
        return (
            f"Loyal after a bad experience: {len(self.loyal_though_bad)} of "
            f"{self.bad}; disloyal after a good one: "
            f"{len(self.disloyal_though_good)} of {self.good}."
        )


def corners(
    x: ArrayLike,
    y: ArrayLike,
    *,
    bad: float,
    good: float,
    disloyal: float,
    loyal: float,
) -> Corners:
    """Count the exceptions to "necessary" and to "sufficient".

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Experience and loyalty of each customer, both rising from bad to good.
    bad, good : float
        An experience is bad up to the one, and good from the other.
    disloyal, loyal : float
        A customer is disloyal up to the one, and loyal from the other.

    Examples
    --------
    >>> print(corners([2, 3, 8, 9], [9, 1, 9, 2], bad=5, good=8, disloyal=5, loyal=9))
    Loyal after a bad experience: 1 of 2; disloyal after a good one: 1 of 2.
    """
    across, up = _pairs(x, y)
    if not (bad < good and disloyal < loyal):
        raise ValueError(
            f"bad={bad}, good={good}, disloyal={disloyal}, loyal={loyal}: bad must end "
            "below where good begins, and disloyal below where loyal begins."
        )
    if not ((across <= bad).any() and (across >= good).any()):
        raise ValueError(
            f"Nobody has an experience up to {bad}, or nobody one from {good}: there "
            "are no exceptions to look for. Move the two marks."
        )
    return Corners(
        loyal_though_bad=np.flatnonzero((across <= bad) & (up >= loyal)),
        disloyal_though_good=np.flatnonzero((across >= good) & (up <= disloyal)),
        bad=int((across <= bad).sum()),
        good=int((across >= good).sum()),
        n=len(across),
    )
