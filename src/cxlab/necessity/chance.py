"""Two yardsticks for an empty corner: chance, and two things that go together.

Two questions, often taken for one. Shuffling loyalty among the customers asks whether
the corner is emptier than if experience had nothing to do with loyalty; a plain
correlation makes it so. The other question is the one that matters for "necessary": is
it emptier than a plain correlation makes it?
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from cxlab.intervals import share
from cxlab.necessity.ceiling import _HAIR, _pairs, _turned, effect_sizes
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Shuffled:
    """The empty share as it is, and after loyalty was dealt out at random."""

    size: float  # d as found
    draws: Floats  # d of each shuffle
    n: int  # customers

    @property
    def p_value(self) -> float:
        """How often chance does as much: (hits + 1) / (shuffles + 1), never 0."""
        hits = int((self.draws >= self.size - _HAIR).sum())
        return (hits + 1) / (len(self.draws) + 1)

    def __str__(self) -> str:
        """Say what the shuffles say."""
        return (
            f"d = {self.size:.2f}; of {len(self.draws)} shuffles, the share that empty "
            f"the corner as much gives p = {self.p_value:.3f}."
        )


@dataclass(frozen=True, kw_only=True)
class Plain:
    """The empty share as it is, beside what a plain correlation leaves empty."""

    name: str
    size: float  # d as found
    draws: Floats  # d under a plain correlation with the same answers
    rank_correlation: float  # of the customers, which the draws share
    level: float  # of the band
    n: int  # customers

    @property
    def band(self) -> tuple[float, float]:
        """Both ends of what a plain correlation leaves empty."""
        tail = (1 - self.level) / 2
        low, high = np.quantile(self.draws, [tail, 1 - tail])
        return float(low), float(high)

    @property
    def verdict(self) -> str:
        """Say "emptier", "as empty" or "fuller" than a plain correlation."""
        low, high = self.band
        if self.size > high:
            return "emptier"
        return "fuller" if self.size < low else "as empty"

    def summary(self) -> pd.DataFrame:
        """Return d and the middle of the draws with its band, as the tidy table."""
        low, high = self.band
        plain = Estimate(
            quantity=f"{self.name}, plain correlation",
            estimate=float(np.median(self.draws)),
            low=low,
            high=high,
            level=self.level,
            n=self.n,
        )
        return tidy([Estimate(quantity=self.name, estimate=self.size, n=self.n), plain])

    def __str__(self) -> str:
        """Say both, and which is emptier."""
        low, high = self.band
        return (
            f"{self.name}: d = {self.size:.2f}; a plain correlation leaves "
            f"{low:.2f} to {high:.2f} empty ({self.level:.0%} of draws): "
            f"{self.verdict}."
        )


def shuffle_test(
    x: ArrayLike,
    y: ArrayLike,
    *,
    kind: str = "CE-FDH",
    corner: str = "upper left",
    n_shuffles: int = 999,
    rng: np.random.Generator,
) -> Shuffled:
    """Ask whether the corner is emptier than if x and y had nothing to do with it.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        One pair per customer.
    kind, corner : str
        As in `ceiling`.
    n_shuffles : int
        How often y is dealt out anew.
    rng : Generator
        Where the randomness comes from.

    Notes
    -----
    The hypothesis that is tested is independence. A small p says "related"; it does not
    say "necessary".

    References
    ----------
    Dul, van der Laan & Kuik (2020), Organizational Research Methods 23, 385-395.
    Phipson & Smyth (2010), Statistical Applications in Genetics 9(1), for the + 1.
    """
    _check_draws(n_shuffles, "n_shuffles")
    across, up = _sorted(x, y, corner)
    shuffled = rng.permuted(np.broadcast_to(up, (n_shuffles, len(up))), axis=1)
    return Shuffled(
        size=float(effect_sizes(across, up[None, :], kind=kind)[0]),
        draws=effect_sizes(across, shuffled, kind=kind),
        n=len(up),
    )


def plain_correlation(
    x: ArrayLike,
    y: ArrayLike,
    *,
    name: str = "experience",
    kind: str = "CE-FDH",
    corner: str = "upper left",
    n_draws: int = 2000,
    level: float = 0.95,
    rng: np.random.Generator,
) -> Plain:
    """Ask how empty the corner would be if x and y merely went together.

    The very same answers are paired anew, so that their ranks follow two correlated
    bell curves (a Gaussian copula) with the rank correlation of the customers.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        One pair per customer.
    name : str
        What x is called in sentences and pictures.
    kind, corner : str
        As in `ceiling`.
    n_draws : int
        How often the answers are paired anew.
    level : float
        Of the band, 0-1.
    rng : Generator
        Where the randomness comes from.

    Notes
    -----
    A rank correlation r needs the correlation 2 sin(pi r / 6) of the bell curves.
    """
    _check_draws(n_draws, "n_draws")
    across, up = _sorted(x, y, corner)
    ranks = float(np.corrcoef(rankdata(across), rankdata(up))[0, 1])
    link = 2 * np.sin(np.pi * ranks / 6)
    shape = (n_draws, len(up))
    first = np.sort(rng.standard_normal(shape), axis=1)
    second = link * first + np.sqrt(1 - link**2) * rng.standard_normal(shape)
    places = np.argsort(np.argsort(second, axis=1), axis=1)
    return Plain(
        name=name,
        size=float(effect_sizes(across, up[None, :], kind=kind)[0]),
        draws=effect_sizes(across, np.sort(up)[places], kind=kind),
        rank_correlation=ranks,
        level=level,
        n=len(up),
    )


def small_p_values(
    draw: Callable[[np.random.Generator], tuple[ArrayLike, ArrayLike]],
    *,
    n_samples: int,
    kind: str = "CE-FDH",
    n_shuffles: int = 199,
    below: float = 0.05,
    rng: np.random.Generator,
) -> Estimate:
    """Return in what share of samples the shuffle test gives a small p.

    Parameters
    ----------
    draw : callable
        Takes a generator and returns x and y of one sample of customers.
    n_samples, n_shuffles : int
        Samples drawn, and shuffles in each.
    kind : str
        As in `ceiling`.
    below : float
        What counts as a small p.
    rng : Generator
        Where the randomness comes from.
    """
    tests = (
        shuffle_test(*draw(rng), kind=kind, n_shuffles=n_shuffles, rng=rng).p_value
        for _ in range(n_samples)
    )
    hits = sum(p < below for p in tests)
    return share(hits, n_samples, quantity=f"samples with p below {below:g}")


def _sorted(x: ArrayLike, y: ArrayLike, corner: str) -> tuple[Floats, Floats]:
    across, up = _turned(*_pairs(x, y), corner)
    order = np.lexsort((up, across))
    return across[order], up[order]


def _check_draws(n: int, name: str) -> None:
    if n < 99:
        raise ValueError(
            f"{name}={n}: the tail of fewer than 99 draws says nothing. Give at least "
            "99; 999 is usual."
        )
