"""R2 of every subset of drivers, in thousands of draws at once.

The arithmetic behind `cxlab.drivers.shapley`: arrays in, arrays out.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NOTHING_LEFT = 1e-10  # part of a driver's variance that others leave: less is collinear
_CHUNK = 1_000_000  # resampled counts held in memory at once


def r2_of_subsets(moments: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Return R2 of every subset of the drivers, for many draws at once.

    Parameters
    ----------
    moments : shape (m, m, draws)
        Covariances or correlations; the outcome stands last.
    groups
        Positions of each driver's columns; they enter together.

    Returns
    -------
    ndarray, shape (2 ** drivers, draws)
        Subset number s holds driver j if bit j of s is set; number 0 is empty.

    Notes
    -----
    One driver after the other is either dropped, or dropped after its part has been
    swept out of all that remains; what is left of the outcome at the end is what the
    subset does not explain. No subset is fitted twice, and nothing is inverted.

    Examples
    --------
    Correlations of .6 and .8 with the outcome, 0 with each other.

    >>> table = np.array([[1, 0, 0.6], [0, 1, 0.8], [0.6, 0.8, 1]])
    >>> r2_of_subsets(table[:, :, None], [[0], [1]])[:, 0].round(2).tolist()
    [0.0, 0.36, 0.64, 1.0]
    """
    order = [column for group in groups for column in group] + [len(moments) - 1]
    scale = np.sqrt(np.einsum("iik->ik", moments))
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.nan_to_num(moments / (scale[:, None] * scale[None]))
    left = left[np.ix_(order, order)][None]
    for group in groups:
        swept = left
        for _ in group:
            swept = _sweep_first(swept)
        size = len(group)
        left = np.concatenate([left[:, size:, size:], swept])
    return np.asarray(left[0, 0, 0] - left[:, 0, 0])


def _sweep_first(left: Floats) -> Floats:
    """Take what the first variable explains out of all the others, and drop it."""
    pivot, row = left[:, 0, 0], left[:, 0, 1:]
    # In a draw where nothing of the driver is left, it explains nothing more.
    usable = pivot > NOTHING_LEFT
    slope = np.where(usable, row.swapaxes(0, 1) / np.where(usable, pivot, 1), 0)
    return np.asarray(left[:, 1:, 1:] - row[:, :, None] * slope.swapaxes(0, 1)[:, None])


@cache
def shapley_weights(n_drivers: int) -> Floats:
    """Return the matrix that turns the R2 of all subsets into Shapley values.

    Returns
    -------
    ndarray, shape (drivers, 2 ** drivers)
        Numbered as in `r2_of_subsets`. The rows add up to the full set less the empty
        one: that is why the values add up to R2.

    Examples
    --------
    Two drivers: half for coming first, half for coming second.

    >>> shapley_weights(2).tolist()
    [[-0.5, 0.5, -0.5, 0.5], [-0.5, -0.5, 0.5, 0.5]]
    """
    subsets = np.arange(2**n_drivers)
    member = (subsets >> np.arange(n_drivers)[:, None]) & 1
    size = member.sum(axis=0)  # of each subset
    others = np.where(member == 1, size - 1, size)  # who is there without the driver
    count = np.array([comb(n_drivers - 1, k) for k in range(n_drivers)] + [1])
    return np.asarray((2 * member - 1) / (n_drivers * count[others]))


def exact_split(covariance: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Return each group's part of what all explain, from exact covariances; sum 1.

    Parameters
    ----------
    covariance : shape (m, m)
        The outcome stands last.
    groups
        Positions of each driver's columns.

    Examples
    --------
    >>> table = np.array([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]])
    >>> exact_split(table, [[0], [1]]).round(2).tolist()
    [0.8, 0.2]
    """
    r2 = r2_of_subsets(covariance[:, :, None], groups)[:, 0]
    return np.asarray(shapley_weights(len(groups)) @ r2 / r2[-1])


def correlations(table: Floats) -> Floats:
    """Return the correlations of the columns of a table of standard scores."""
    return np.asarray(table.T @ table / len(table))


def boot_moments(
    table: Floats, *, n_boot: int, rng: np.random.Generator
) -> Iterator[Floats]:
    """Give covariances of tables drawn anew, as arrays of shape (m, m, draws).

    A draw is a count per customer, so all sums of a draw are one product of its counts
    with the customers' squares and cross-products.
    """
    if n_boot < 100:
        raise ValueError(
            f"n_boot={n_boot}: an interval from fewer than 100 draws is noise. Give at "
            "least 100; 1000 is usual."
        )
    n, m = table.shape
    upper = np.triu_indices(m)
    products = np.column_stack([table, table[:, upper[0]] * table[:, upper[1]]])
    chunk = max(1, min(n_boot, _CHUNK // n))
    for start in range(0, n_boot, chunk):
        draws = min(chunk, n_boot - start)
        drawn = rng.integers(n, size=(draws, n)) + n * np.arange(draws)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)
        sums = (counts.astype(float) @ products / n).T
        moments = np.empty((m, m, draws))
        moments[upper] = moments[upper[::-1]] = sums[m:]
        yield moments - sums[:m, None] * sums[None, :m]
