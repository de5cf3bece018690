"""Worlds of branches: staff move customers, customers move staff, or nothing moves.

Every branch has a stable level of its own, a good site or a good manager, which lifts
staff and customers together and never changes. Around it both scores swing from wave to
wave: part of a swing stays, part of it crosses over if the world has such an arrow, and
a new shock arrives.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import solve_discrete_lyapunov

from cxlab.intervals import z_value
from cxlab.panel import MODELS, from_moments

Floats = NDArray[np.float64]

WORLDS = ("forward", "reverse", "trait")
_ARROW = 0.2  # of the arrow that a world has; ours
_MEAN, _SHOCK = 70.0, 4.0  # points of 100
FOOLED = 0.02  # an arrow smaller than this, in the limit, is called none


@dataclass(frozen=True, kw_only=True)
class BranchWorld:
    """A world of branches. What each model finds in it, in the limit, is exact."""

    forward: float = 0.2  # staff before > customers now, points per point
    reverse: float = 0.0  # customers before > staff now
    stays: float = 0.3  # part of a swing that is still there a wave later
    trait_variance: float = 1.0  # of the stable level, in variances of a wave's shock
    trait_link: float = 0.6  # correlation of the stable levels of staff and customers
    noise: float = 0.0  # of a survey that asks few people, in variances of the shock
    weather: float = 0.0  # variance of a common cause that changes slowly, the same
    weather_stays: float = 0.8  # part of the weather that is still there a wave later

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be, or that run away."""
        fine = self.trait_variance >= 0 and abs(self.trait_link) <= 1
        if not fine or min(self.noise, self.weather) < 0:
            raise ValueError(
                f"trait_variance={self.trait_variance}, trait_link={self.trait_link}, "
                f"noise={self.noise}, weather={self.weather}: variances are 0 or more, "
                "and a correlation lies between -1 and 1."
            )
        if max(abs(np.linalg.eigvals(self.carries))) >= 1:
            raise ValueError(
                f"forward={self.forward}, reverse={self.reverse}, stays={self.stays}: "
                "swings would grow without end. Make the arrows smaller."
            )

    @property
    def carries(self) -> Floats:
        """What a wave hands to the next: rows before, columns now."""
        return np.array([[self.stays, self.forward], [self.reverse, self.stays]])

    @property
    def trait(self) -> Floats:
        """Covariance of the stable levels, in variances of a shock."""
        link = self.trait_link
        return self.trait_variance * np.array([[1.0, link], [link, 1.0]])

    @property
    def swing(self) -> Floats:
        """Covariance of the swings within one wave, in variances of a shock."""
        spread = solve_discrete_lyapunov(self.carries.T, np.eye(2))
        return np.asarray((spread + spread.T) / 2)

    def moments(self, waves: int) -> Floats:
        """Return the exact covariance of every score with every other.

        Returns
        -------
        ndarray, shape (waves, 2, waves, 2)
            In variances of a wave's shock.
        """
        found = np.empty((waves, 2, waves, 2))
        later = self.swing
        for gap in range(waves):
            both = later + self.trait + self.weather * self.weather_stays**gap
            for first in range(waves - gap):
                found[first, :, first + gap] = both
                found[first + gap, :, first] = both.T
            later = later @ self.carries
        for wave in range(waves):
            found[wave, :, wave] += self.noise * np.eye(2)
        return found

    def limit(self, model: str, *, waves: int) -> tuple[float, float]:
        """Return both arrows as a model finds them among endlessly many branches."""
        arrows = from_moments(self.moments(waves), model=model)
        return float(arrows[0, 1]), float(arrows[1, 0])

    def fools(self, model: str, *, waves: int) -> tuple[bool, bool]:
        """Say for both arrows whether the model is fooled, however many branches.

        It is if it shows an arrow where there is none, or none, or one that points the
        other way, where there is one. An arrow that is only too short does not count.
        """
        there = (self.forward, self.reverse)
        pairs = zip(there, self.limit(model, waves=waves), strict=True)
        forward, reverse = (
            abs(found) > FOOLED if true == 0 else found * true <= 0
            for true, found in pairs
        )
        return forward, reverse


def branch_world(name: str, *, trait_variance: float = 1.0) -> BranchWorld:
    """Return one of the three worlds.

    Parameters
    ----------
    name : str
        ``forward``: staff move customers. ``reverse``: customers move staff.
        ``trait``: nothing moves anything; good branches are good at both.
    """
    if name not in WORLDS:
        raise ValueError(f"world={name!r}: choose one of {', '.join(WORLDS)}.")
    return BranchWorld(
        forward=_ARROW if name == "forward" else 0.0,
        reverse=_ARROW if name == "reverse" else 0.0,
        trait_variance=trait_variance,
    )


def draw_waves(
    world: BranchWorld, *, n: int, waves: int, rng: np.random.Generator
) -> Floats:
    """Draw branches over several waves, points of 100.

    Returns
    -------
    ndarray, shape (n, waves, 2)
        Staff and customers.
    """
    if n < 1 or waves < 2:
        raise ValueError(
            f"n={n} branches, {waves} waves: give at least one branch and two waves."
        )
    normal = rng.standard_normal((n, waves, 2))
    swing = np.empty_like(normal)
    swing[:, 0] = normal[:, 0] @ np.linalg.cholesky(world.swing).T
    for wave in range(1, waves):
        swing[:, wave] = swing[:, wave - 1] @ world.carries + normal[:, wave]
    values, vectors = np.linalg.eigh(world.trait)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    level = rng.standard_normal((n, 2)) @ root.T
    around = np.sqrt(world.noise) * rng.standard_normal(normal.shape)
    around += np.sqrt(world.weather) * _weather(world.weather_stays, n, waves, rng)
    scores: Floats = _MEAN + _SHOCK * (level[:, None] + swing + around)
    return scores


def _weather(stays: float, n: int, waves: int, rng: np.random.Generator) -> Floats:
    """Return what moves slowly and lifts both scores of a branch, of variance 1."""
    fresh = rng.standard_normal((n, waves, 1))
    fresh[:, 1:] *= np.sqrt(1 - stays**2)
    for wave in range(1, waves):
        fresh[:, wave] += stays * fresh[:, wave - 1]
    return fresh


def panel_of(
    world: BranchWorld, *, n: int, waves: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, BranchWorld]:
    """Draw the panel of a world as a table, and return the world with it.

    Returns
    -------
    table : DataFrame
        Columns branch (1 .. n), wave (1 .. waves), staff and customers (points).
    world : BranchWorld
        The truth.
    """
    scores = draw_waves(world, n=n, waves=waves, rng=rng).reshape(-1, 2)
    table = pd.DataFrame(scores, columns=["staff", "customers"])
    table.insert(0, "branch", np.repeat(np.arange(1, n + 1), waves))
    table.insert(1, "wave", np.tile(np.arange(1, waves + 1), n))
    return table, world


def nine_arrows(
    *,
    n: int,
    waves: int,
    times: int,
    rng: np.random.Generator,
    trait_variance: float = 1.0,
) -> pd.DataFrame:
    """Let every model loose on every world, again and again.

    Parameters
    ----------
    n, waves : int
        Branches and waves of each panel.
    times : int
        Panels drawn of each world, to see how far chance reaches.

    Returns
    -------
    DataFrame
        One row per world, model and arrow: columns world, model, arrow ("forward" or
        "reverse"), truth, limit (what endlessly many branches give), low and high
        (between which 95 of 100 panels fall), and fooled.
    """
    rows = []
    for name in WORLDS:
        world = branch_world(name, trait_variance=trait_variance)
        drawn = again_and_again(world, n=n, waves=waves, times=times, rng=rng)
        for model, pairs in drawn.items():
            half = z_value(0.95) * pairs.std(axis=0, ddof=1)
            limits = world.limit(model, waves=waves)
            fooled = world.fools(model, waves=waves)
            for k, truth in enumerate((world.forward, world.reverse)):
                arrow = ("forward", "reverse")[k]
                ends = limits[k] - half[k], limits[k] + half[k]
                rows.append((name, model, arrow, truth, limits[k], *ends, fooled[k]))
    columns = ["world", "model", "arrow", "truth", "limit", "low", "high", "fooled"]
    return pd.DataFrame(rows, columns=columns)


def again_and_again(
    world: BranchWorld,
    *,
    n: int,
    waves: int,
    times: int,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Draw the same world many times and find both arrows in every way each time.

    Returns
    -------
    dict of ndarray, shape (times, 2)
        By model: forward and reverse, points per point.
    """
    if times < 2:
        raise ValueError(f"times={times}: to see chance, draw at least twice.")
    found = {model: np.empty((times, 2)) for model in MODELS}
    for k in range(times):
        flat = draw_waves(world, n=n, waves=waves, rng=rng).reshape(n, -1)
        flat -= flat.mean(axis=0)
        moments = (flat.T @ flat / n).reshape(waves, 2, waves, 2)
        for model, pairs in found.items():
            arrows = from_moments(moments, model=model)
            pairs[k] = arrows[0, 1], arrows[1, 0]
    return found
