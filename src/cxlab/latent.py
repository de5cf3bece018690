"""How strong must a link be to draw two bars? Two bell curves and one correlation.

A slide that says "96% here, 9% there" does not say how closely two things go
together. To compare such slides we lay each of the two things, say effort and
disloyalty, on a bell curve, and ask which correlation between the curves would draw
the slide. That number is called the latent correlation.

We chose the bell curve because it needs two numbers, the correlation and the share
that is disloyal over all, and a slide with two bars gives two. It is a yardstick and
not a finding: customers need not be normal. Everything here is exact (Owen's T
function); nothing is simulated.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri, owens_t

from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

_FAR = 40.0  # standard deviations: beyond them no customer is left
_TINY = 1e-300  # stands for 0 where Owen's T divides by it
_TIGHT = 1e-13  # how closely the root finding must hit, in share


def share_below_both(
    first: ArrayLike, second: ArrayLike, *, correlation: ArrayLike
) -> Floats:
    """Return the share of customers below two marks on two bell curves.

    Parameters
    ----------
    first, second : array_like
        The marks, in standard deviations from the middle.
    correlation : array_like
        Between the two curves, strictly between -1 and 1.

    Returns
    -------
    ndarray
        Shares, 0-1, broadcast over the arguments.

    Notes
    -----
    Owen's formula: half the two single shares, less two areas T, less one half when
    the marks lie on opposite sides of the middle.

    Examples
    --------
    Without a link, half of the half; with a link of .5, exactly a third.

    >>> float(share_below_both(0, 0, correlation=0))
    0.25
    >>> round(float(share_below_both(0, 0, correlation=0.5)), 12)
    0.333333333333
    """
    h, k = (np.clip(np.asarray(m, dtype=float), -_FAR, _FAR) for m in (first, second))
    h, k = np.where(h == 0, _TINY, h), np.where(k == 0, _TINY, k)
    r = np.asarray(correlation, dtype=float)
    across = np.sqrt((1 - r) * (1 + r))
    areas = owens_t(h, (k / h - r) / across) + owens_t(k, (h / k - r) / across)
    opposite = np.where((h > 0) == (k > 0), 0.0, 0.5)
    shares: Floats = (ndtr(h) + ndtr(k)) / 2 - areas - opposite
    return np.clip(shares, 0.0, 1.0)


def shares_by_rank(
    edges: ArrayLike, *, correlation: ArrayLike, base: ArrayLike
) -> Floats:
    """Return how many are disloyal in each group of customers ranked by effort.

    Parameters
    ----------
    edges : array_like, shape (n_groups + 1,)
        Where the groups begin and end, in shares of all customers ranked from the
        easiest contact (0) to the hardest (1).
    correlation : array_like
        Latent correlation of effort and disloyalty, strictly between -1 and 1.
    base : array_like
        Share disloyal among all customers, 0-1.

    Returns
    -------
    ndarray, shape (n_groups,)
        Share disloyal in each group, 0-1.

    Examples
    --------
    No link: every group is like all customers.

    >>> shares_by_rank([0, 0.2, 0.8, 1], correlation=0.0, base=0.3).round(12)
    array([0.3, 0.3, 0.3])

    A link of .6, groups of a fifth: an ordinary attitude survey draws this slide.

    >>> shares_by_rank([0, 0.2, 0.8, 1], correlation=0.6, base=0.5).round(2)
    array([0.16, 0.5 , 0.84])
    """
    cuts = np.asarray(edges, dtype=float)
    loyal_below = share_below_both(
        ndtri(cuts), ndtri(1 - np.asarray(base)), correlation=correlation
    )
    shares: Floats = 1 - np.diff(loyal_below) / np.diff(cuts)
    return np.clip(shares, 0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Link:
    """How closely two things go together, and the slide that this link draws."""

    correlation: float  # latent, between the two bell curves
    base: float  # share disloyal among all customers, 0-1
    share_extreme: float  # share of customers in each of the two extreme groups

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not -1 < self.correlation < 1:
            raise ValueError(
                f"correlation={self.correlation}: a latent correlation lies strictly "
                "between -1 and 1. For a link without exceptions give .999."
            )
        if not 0 < self.base < 1:
            raise ValueError(
                f"base={self.base}: the share disloyal among all customers lies "
                "strictly between 0 and 1. Give 55% as 0.55."
            )
        _check_extreme(self.share_extreme)

    @property
    def edges(self) -> Floats:
        """Where the five groups begin and end, in shares of ranked customers."""
        s = self.share_extreme
        return np.concatenate([[0.0], np.linspace(s, 1 - s, 4), [1.0]])

    @property
    def shares(self) -> Floats:
        """Share disloyal in the five groups, easiest contacts first."""
        return shares_by_rank(self.edges, correlation=self.correlation, base=self.base)

    @property
    def low(self) -> float:
        """Share disloyal in the group with the easiest contacts."""
        return float(self.shares[0])

    @property
    def high(self) -> float:
        """Share disloyal in the group with the hardest contacts."""
        return float(self.shares[-1])

    @property
    def explained(self) -> float:
        """Share of the differences that the two have in common (r squared)."""
        return self.correlation**2

    def __str__(self) -> str:
        """Say the link in one sentence."""
        return (
            f"A latent correlation of {self.correlation:.3f} with {self.base:.1%} "
            f"disloyal over all draws {self.low:.0%} against {self.high:.0%} when each "
            f"extreme group holds {self.share_extreme:.0%} of the customers."
        )

    def summary(self) -> pd.DataFrame:
        """Return the link as the tidy table of the course."""
        r = Estimate(quantity="latent correlation", estimate=self.correlation)
        base = Estimate(quantity="disloyal over all", estimate=self.base, unit="share")
        names = ("easiest", "middle 1", "middle 2", "middle 3", "hardest")
        groups = [
            Estimate(quantity=f"disloyal, {name}", estimate=float(share), unit="share")
            for name, share in zip(names, self.shares, strict=True)
        ]
        return tidy([r, base, *groups])


def implied_link(low: float, high: float, *, share_extreme: float) -> Link:
    """Find the link that a slide with two bars needs.

    Two unknowns, the correlation and the share disloyal over all; two targets, the
    bars. There is always exactly one answer.

    Parameters
    ----------
    low, high : float
        Share disloyal after the easiest and after the hardest contacts, 0-1.
    share_extreme : float
        Share of all customers in each of the two groups, above 0 and below .5.

    Returns
    -------
    Link

    Raises
    ------
    ValueError
        If the shares are not between 0 and 1, or stand the wrong way round.

    Examples
    --------
    Fifths need a strong link. The same bars drawn from tenths need less.

    >>> fifths = implied_link(0.09, 0.96, share_extreme=0.2)
    >>> round(fifths.correlation, 3), round(fifths.base, 3)
    (0.779, 0.555)
    >>> fifths.shares.round(2)
    array([0.09, 0.33, 0.59, 0.81, 0.96])
    >>> round(implied_link(0.09, 0.96, share_extreme=0.1).correlation, 2)
    0.68
    """
    _check_bars(low, high)
    _check_extreme(share_extreme)
    ends = np.array([0.0, share_extreme, 1 - share_extreme, 1.0])

    def base_for(r: float) -> float:
        """Given the link, the hard bar alone settles the base."""
        mark = brentq(
            lambda m: shares_by_rank(ends, correlation=r, base=ndtr(m))[-1] - high,
            -_FAR / 4,
            _FAR / 4,
            xtol=_TIGHT,
        )
        return float(ndtr(mark))

    def too_high(r: float) -> float:
        """Return by how much the easy bar overshoots at this link."""
        shares = shares_by_rank(ends, correlation=r, base=base_for(r))
        return float(shares[0] - low)

    r = float(brentq(too_high, 0.0, 1 - 1e-9, xtol=_TIGHT))
    return Link(correlation=r, base=base_for(r), share_extreme=share_extreme)


def tetrachoric(table: ArrayLike) -> float:
    """Find the latent correlation behind a table of two by two.

    Parameters
    ----------
    table : array_like, shape (2, 2)
        Counts or shares of customers, all above 0.

    Returns
    -------
    float
        The correlation of two bell curves, each cut once, that fill the table.

    References
    ----------
    Pearson (1900), Philosophical Transactions A 195.

    Examples
    --------
    Cut both curves in the middle: the closed form is the sine of a quarter turn times
    the excess on the diagonal.

    >>> round(tetrachoric([[30, 20], [20, 30]]), 6), round(np.sin(np.pi * 0.1), 6)
    (0.309017, np.float64(0.309017))
    """
    cells = np.asarray(table, dtype=float)
    if cells.shape != (2, 2) or not np.all(cells > 0):
        raise ValueError(
            f"a table of shape {cells.shape} with smallest cell "
            f"{cells.min() if cells.size else 'none'} was given; needed are two rows "
            "and two columns with customers in every cell. With an empty cell any "
            "stronger link fits as well: report the four counts instead."
        )
    cells = cells / cells.sum()
    marks = ndtri(cells.sum(axis=1)[0]), ndtri(cells.sum(axis=0)[0])
    limit = 1 - 1e-12

    def excess(r: float) -> float:
        """Return how many more than observed fall into the first cell."""
        return float(share_below_both(*marks, correlation=r) - cells[0, 0])

    return float(brentq(excess, -limit, limit, xtol=_TIGHT))


def _check_bars(low: float, high: float) -> None:
    for name, share in (("low", low), ("high", high)):
        if not 0 < share < 1:
            raise ValueError(
                f"{name}={share}: a share lies strictly between 0 and 1. Give 96% as "
                "0.96; at 0 or 1 no single link can be found."
            )
    if not low < high:
        raise ValueError(
            f"low={low} is not below high={high}: the hard contacts must be the more "
            "disloyal ones. Look at the direction of your effort scale (here: 1 easy "
            "to 7 hard); CES 2.0 runs the other way."
        )


def _check_extreme(share: float) -> None:
    if not 0 < share < 0.5:
        raise ValueError(
            f"share_extreme={share}: each extreme group holds more than 0 and less "
            "than half of the customers. Give fifths as 0.2."
        )
