"""How far an estimate can be trusted: the four intervals the course needs.

Each is the plainest one that keeps its promise. Shares get Wilson's interval, because
the textbook one (share plus and minus two standard errors) leaves the range 0-1 and
misses too often when shares are near the ends, where the slides like to be. Ratios
get intervals on the log scale, where they are symmetric. For anything else there is
the bootstrap.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from cxlab.results import Estimate

Floats = NDArray[np.float64]


def z_value(level: float) -> float:
    """Return how many standard errors reach to each side, for a level such as .95.

    Examples
    --------
    >>> round(z_value(0.95), 3)
    1.96
    """
    if not 0 < level < 1:
        raise ValueError(
            f"level={level}: a confidence level lies between 0 and 1. Give 95% as 0.95."
        )
    return float(ndtri((1 + level) / 2))


def wilson_limits(
    hits: ArrayLike, n: ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return both ends of Wilson's interval for one share or for many.

    Parameters
    ----------
    hits : array_like
        Customers who said yes, 0 .. n.
    n : array_like
        Customers asked, at least 1.
    level : float
        Confidence level, 0-1.

    Returns
    -------
    low, high : ndarray
        Shares, always within 0-1.

    References
    ----------
    Wilson (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    Nobody of ten is disloyal: that does not show that nobody is.

    >>> low, high = wilson_limits(0, 10)
    >>> float(low), round(float(high), 3)
    (0.0, 0.278)
    """
    x, size = np.asarray(hits, dtype=float), np.asarray(n, dtype=float)
    if not np.all(size >= 1):
        raise ValueError(
            f"n={n!r}: a share needs at least one customer. Leave empty groups out."
        )
    if not np.all((x >= 0) & (x <= size)):
        raise ValueError(
            f"hits={hits!r} of n={n!r}: hits are counts from 0 to n. Give counts, not "
            "shares."
        )
    z2 = z_value(level) ** 2
    middle = (x + z2 / 2) / (size + z2)
    half = np.sqrt(z2) * np.sqrt(x * (size - x) / size + z2 / 4) / (size + z2)
    # rounding may leave 1e-17 where nobody, or everybody, said yes
    low = np.where(x == 0, 0.0, np.clip(middle - half, 0.0, 1.0))
    high = np.where(x == size, 1.0, np.clip(middle + half, 0.0, 1.0))
    return low, high


def share(
    hits: int, n: int, *, quantity: str = "share", level: float = 0.95
) -> Estimate:
    """Return a share of customers with Wilson's interval.

    Examples
    --------
    >>> print(share(20, 100, quantity="satisfied who mean to leave"))
    satisfied who mean to leave: 0.2 share (95% interval 0.1334 to 0.2888, n = 100)
    """
    low, high = wilson_limits(hits, n, level=level)
    return Estimate(
        quantity=quantity,
        estimate=hits / n,
        low=float(low),
        high=float(high),
        level=level,
        n=n,
        unit="share",
    )


def odds_ratio(
    table: ArrayLike, *, quantity: str = "odds ratio", level: float = 0.95
) -> Estimate:
    """Return how many times higher the odds are in the first row than in the second.

    Parameters
    ----------
    table : array_like, shape (2, 2)
        Counts of customers: rows are the two groups, columns are yes and no. All
        above 0.

    Notes
    -----
    The variance of the log odds ratio is the sum of one over each count (Woolf).

    Examples
    --------
    96 of 100 against 9 of 100.

    >>> print(odds_ratio([[96, 4], [9, 91]]))
    odds ratio: 242.7 (95% interval 72.2 to 815.6, n = 200)
    """
    cells = np.asarray(table, dtype=float)
    if cells.shape != (2, 2):
        raise ValueError(
            f"a table of shape {cells.shape} was given; an odds ratio needs two rows "
            "(groups) and two columns (yes, no)."
        )
    if not np.all(cells > 0):
        raise ValueError(
            f"an empty cell in {cells.tolist()}: the odds ratio would be 0 or without "
            "bound. Report the four counts, or the two shares with their intervals."
        )
    (a, b), (c, d) = cells
    return _ratio(
        a * d / (b * c),
        variance=float((1 / cells).sum()),
        quantity=quantity,
        level=level,
        n=round(cells.sum()),
    )


def ratio_of_two_cells(
    first: int, second: int, *, n: int, quantity: str = "ratio", level: float = 0.95
) -> Estimate:
    """Return how many customers gave one answer for each who gave another.

    Both counts come from the same ``n`` customers, each of whom gave one answer: the
    more there are of the one, the fewer can be of the other. The interval for two
    separate groups would be wrong here.

    Parameters
    ----------
    first, second : int
        Counts of the two answers, both above 0.
    n : int
        All customers, also those who gave a third answer.

    Notes
    -----
    With p1 and p2 the two shares, the variance of the log of their ratio is
    1 / (n p1) + 1 / (n p2): the covariance within the sample adds exactly what
    separate groups would lack.

    Examples
    --------
    40 less loyal, 10 more loyal, 50 unchanged.

    >>> print(ratio_of_two_cells(40, 10, n=100))
    ratio: 4 (95% interval 2 to 7.998, n = 100)
    """
    if min(first, second) < 1 or first + second > n:
        raise ValueError(
            f"{first} and {second} of n={n}: both counts must be at least 1 and "
            "together at most n. With nobody in one cell a ratio says nothing: report "
            "the three shares."
        )
    variance = 1 / first + 1 / second
    return _ratio(
        first / second, variance=variance, quantity=quantity, level=level, n=n
    )


def percentile_bootstrap(
    data: pd.DataFrame,
    statistic: Callable[[pd.DataFrame], float],
    *,
    n_boot: int = 2000,
    rng: np.random.Generator,
    quantity: str = "statistic",
    level: float = 0.95,
    unit: str = "",
) -> Estimate:
    """Return a statistic of customers with its percentile bootstrap interval.

    Customers are drawn anew with replacement, as many as there are, ``n_boot`` times;
    the interval holds the middle share of the results.

    Parameters
    ----------
    data : DataFrame
        One row per customer.
    statistic : callable
        Takes such a table and returns one number.
    n_boot : int
        How many times customers are drawn, at least 100.
    rng : Generator
        Where the randomness comes from.

    Examples
    --------
    >>> scores = pd.DataFrame({"effort": [1.0, 2.0, 2.0, 3.0, 7.0]})
    >>> found = percentile_bootstrap(
    ...     scores, lambda d: d["effort"].mean(), rng=np.random.default_rng(1)
    ... )
    >>> found.estimate, bool(found.low < 3 < found.high)
    (3.0, True)
    """
    if n_boot < 100:
        raise ValueError(
            f"n_boot={n_boot}: an interval from fewer than 100 draws is noise. Give at "
            "least 100; 2000 is usual."
        )
    if len(data) < 2:
        raise ValueError(
            f"{len(data)} row(s): the bootstrap needs at least two customers to draw."
        )
    n = len(data)
    draws = np.array(
        [statistic(data.iloc[rng.integers(n, size=n)]) for _ in range(n_boot)]
    )
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return Estimate(
        quantity=quantity,
        estimate=float(statistic(data)),
        low=float(low),
        high=float(high),
        level=level,
        n=n,
        unit=unit,
    )


def _ratio(
    ratio: float, *, variance: float, quantity: str, level: float, n: int
) -> Estimate:
    """Put an interval around a ratio on the log scale."""
    reach = float(np.exp(z_value(level) * np.sqrt(variance)))
    return Estimate(
        quantity=quantity,
        estimate=float(ratio),
        low=float(ratio / reach),
        high=float(ratio * reach),
        level=level,
        n=n,
    )
