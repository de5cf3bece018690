"""What printed shares and ratios say by arithmetic alone, whoever holds the data."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def mean_number(shares: ArrayLike) -> float:
    """Return how many of the drivers a customer meets on average.

    Parameters
    ----------
    shares : array_like
        Share of customers who met each driver, 0-1.

    Examples
    --------
    >>> mean_number([0.5, 0.5, 0.5, 0.5])
    2.0
    """
    return float(_shares(shares).sum())


def forced_overlap(shares: ArrayLike) -> float:
    """Return the least share of customers who must have met two drivers or more.

    Nobody needs to have seen the data: beyond one driver a customer there is no room
    left. The least is reached when those who met several have met all of them.

    Notes
    -----
    With k drivers and s their shares' sum, at least (s - 1) / (k - 1), and never less
    than 0. The bound is reached whenever no single share is below it.

    Examples
    --------
    Two drivers, each met by 60 of 100: at least 20 of them met both.

    >>> round(forced_overlap([0.6, 0.6]), 3)
    0.2
    >>> forced_overlap([0.3, 0.3])
    0.0
    """
    given = _shares(shares)
    if given.size < 2:
        raise ValueError(
            f"{given.size} share(s) given: an overlap needs at least two drivers."
        )
    return max(0.0, (float(given.sum()) - 1) / (given.size - 1))


def attributable_share(share: float, ratio: float) -> float:
    """Return what part of an outcome would vanish with a driver, were it the cause.

    Parameters
    ----------
    share : float
        Share of customers who met the driver, 0-1.
    ratio : float
        How many times likelier the outcome is for them, above 0. A raw ratio answers
        for everything that travels with the driver, too.

    Notes
    -----
    share (ratio - 1) / (1 + share (ratio - 1)), Levin's formula. It is exact where
    nothing travels with the driver; with an adjusted ratio it is an approximation.

    Examples
    --------
    Half of the customers, twice the risk: a third of all cases.

    >>> round(attributable_share(0.5, 2.0), 3)
    0.333
    """
    if not 0 <= share <= 1 or ratio <= 0:
        raise ValueError(
            f"share={share}, ratio={ratio}: the share lies between 0 and 1 and the "
            "ratio above 0. Give 62% as 0.62."
        )
    extra = share * (ratio - 1)
    return extra / (1 + extra)


def _shares(shares: ArrayLike) -> Floats:
    given = np.atleast_1d(np.asarray(shares, dtype=float))
    if not np.all((given >= 0) & (given <= 1)):
        raise ValueError(
            f"shares={given.tolist()}: a share lies between 0 and 1. Give 62% as 0.62."
        )
    return given
