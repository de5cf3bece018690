"""Firms with a score and growth in several years, and which of them comes first.

Three worlds show the same slope and the same correlation in the year before the survey,
because they are made to. In one the score raises growth a year later; in one growth
raises the score; in one something lasting is behind both. They part in other years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

KINDS = ("score first", "growth first", "something behind both")
_LASTING = {"score first": 0.8, "growth first": 0.3, "something behind both": 1.0}


@dataclass(frozen=True, kw_only=True)
class GrowthWorld:
    """A world of firms, calibrated on the year before the survey.

    Examples
    --------
    All three agree on that year; on the year after, they do not.

    >>> worlds = [GrowthWorld(kind=kind) for kind in KINDS]
    >>> [round(w.slope_at(0), 3) for w in worlds]
    [0.147, 0.147, 0.147]
    >>> [round(w.slope_at(1), 3) for w in worlds]
    [0.184, 0.044, 0.147]
    """

    kind: str
    slope: float = 0.147  # % of growth for each point, in the year before the survey
    correlation: float = 0.484  # of score and growth in that year
    score_sd: float = 20.0  # points; ours

    def __post_init__(self) -> None:
        """Refuse a kind that is not in the list, and impossible numbers."""
        if self.kind not in KINDS:
            raise ValueError(
                f"kind={self.kind!r}: choose one of {', '.join(map(repr, KINDS))}."
            )
        if not 0 < self.correlation < _LASTING["score first"]:
            raise ValueError(
                f"correlation={self.correlation}: these worlds can be made for a "
                f"correlation above 0 and below {_LASTING['score first']}."
            )

    @property
    def lasting(self) -> float:
        """How much of what drives growth is still there a year later, 0-1."""
        return _LASTING[self.kind]

    @property
    def growth_sd(self) -> float:
        """Scatter of growth between firms, percent."""
        return self.slope * self.score_sd / self.correlation

    def slope_at(self, window: int) -> float:
        """Return the true slope of growth on the score, for one year.

        Parameters
        ----------
        window
            Years after the survey at which the year ends: 0 is the year before it.
        """
        turn = 1 if self.kind == "score first" else 0
        start = self.slope / self.lasting**turn
        return float(start * self.lasting ** abs(window - turn))


def hidden_worlds(*, rng: np.random.Generator) -> Mapping[str, GrowthWorld]:
    """Return the three worlds behind the letters A, B and C, in an order by chance."""
    order = rng.permutation(len(KINDS))
    return {
        letter: GrowthWorld(kind=KINDS[k])
        for letter, k in zip("ABC", order, strict=True)
    }


def firms(
    world: GrowthWorld,
    *,
    n: int,
    rng: np.random.Generator,
    windows: Sequence[int] = (-1, 0, 1, 2),
) -> tuple[pd.DataFrame, GrowthWorld]:
    """Draw firms with one survey and their growth in several years.

    Returns
    -------
    table : DataFrame
        ``score``, points around 0, and one column of growth for each window, percent
        around the mean.
    truth : GrowthWorld
        The world itself.
    """
    first, last = min(windows), max(windows)
    years = {w: k for k, w in enumerate(range(first - 1, last + 1))}
    if world.kind == "score first":
        path = world.score_sd * _path(len(years), n, world.lasting, rng)
        score = path[years[0]]
        before = {w: path[years[w - 1]] for w in windows}
        growth = {w: world.slope_at(1) * before[w] for w in windows}
    elif world.kind == "growth first":
        path = world.growth_sd * _path(len(years), n, world.lasting, rng)
        growth = {w: path[years[w]] for w in windows}
        link = world.correlation * world.score_sd / world.growth_sd
        rest = world.score_sd * np.sqrt(1 - world.correlation**2)
        score = link * path[years[0]] + rest * rng.standard_normal(n)
    else:
        behind, own = rng.standard_normal((2, n))
        part = np.sqrt(world.correlation)
        score = world.score_sd * (part * behind + np.sqrt(1 - part**2) * own)
        growth = dict.fromkeys(windows, world.growth_sd * part * behind)
    table = pd.DataFrame({"score": score})
    for w in windows:
        table[w] = growth[w] + _noise(world, n, rng)
    return table, world


def _path(years: int, n: int, lasting: float, rng: np.random.Generator) -> Floats:
    """Draw a steady series of unit scatter for each firm, shape (years, n)."""
    path = rng.standard_normal((years, n))
    for k in range(1, years):
        path[k] = lasting * path[k - 1] + np.sqrt(1 - lasting**2) * path[k]
    return path


def _noise(world: GrowthWorld, n: int, rng: np.random.Generator) -> Floats:
    """Fill growth up to its scatter, with chance that is new in every year."""
    shares = {
        "score first": world.slope_at(1) * world.score_sd / world.growth_sd,
        "growth first": 1.0,
        "something behind both": np.sqrt(world.correlation),
    }
    left = world.growth_sd * np.sqrt(1 - shares[world.kind] ** 2)
    return np.asarray(left * rng.standard_normal(n))
