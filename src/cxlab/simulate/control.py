"""Worlds of weeks: nothing happens, something happens, or somebody corrects too much.

All of them move by themselves from week to week. What differs is whether the level
stays, steps or creeps; whether each week is answered; and whether customers in one week
are alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.control import chased_spread

Floats = NDArray[np.float64]

STABLE, SHIFTED, DRIFTING = "stays", "steps", "creeps"


@dataclass(frozen=True, kw_only=True)
class WeeklyWorld:
    """A weekly figure whose level stays, takes a step, or creeps."""

    level: float = 70.0  # points, before anything happens
    sigma: float = 5.0  # points by which a week strays by itself
    shift: float = 0.0  # step, in sigmas; above 0: upwards
    drift: float = 0.0  # creep, in sigmas a week
    begins: int = 20  # weeks before step or creep begins

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        if self.sigma <= 0 or self.begins < 0:
            raise ValueError(
                f"sigma={self.sigma}, begins={self.begins}: sigma is above 0 points, "
                "and a change begins after 0 weeks or more."
            )

    def levels(self, n: int) -> Floats:
        """Return the true level of each of so many weeks, points."""
        since = np.maximum(np.arange(n) - self.begins + 1, 0)
        moved = self.shift * (since > 0) + self.drift * since
        return np.asarray(self.level + self.sigma * moved)


def weekly_scores(
    world: WeeklyWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, WeeklyWorld]:
    """Draw one figure a week.

    Returns
    -------
    weeks : DataFrame
        ``week`` (1 is the first), ``score``, points, and ``level``: the truth of it.
    world : WeeklyWorld
        The truth.
    """
    levels = world.levels(n)
    scores = levels + world.sigma * rng.standard_normal(n)
    weeks = {"week": np.arange(1, n + 1), "score": scores, "level": levels}
    return pd.DataFrame(weeks), world


def three_worlds(
    world: WeeklyWorld, *, shift: float, weeks: int
) -> Mapping[str, WeeklyWorld]:
    """Return the world in which nothing happens, a step, and a creep as far by the end.

    Parameters
    ----------
    shift
        Size of the step, in sigmas.
    weeks
        Weeks after the change until the creep has come twice as far as the step: on
        average over these weeks, both have moved by about as much.
    """
    return {
        STABLE: replace(world, shift=0.0, drift=0.0),
        SHIFTED: replace(world, shift=shift, drift=0.0),
        DRIFTING: replace(world, shift=0.0, drift=2 * shift / weeks),
    }


@dataclass(frozen=True, kw_only=True)
class ChasedWorld:
    """A weekly figure with a target, and somebody who answers each gap."""

    target: float = 70.0  # points
    sigma: float = 5.0  # points by which a week strays by itself
    gain: float = 1.0  # part of each gap that is pushed back the week after
    wander: float = 0.0  # sigmas by which the level moves by itself each week
    copies: bool = False  # True: aims at last week's result instead of the target

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        chased_spread(self.gain, wander=self.wander)
        if self.sigma <= 0:
            raise ValueError(f"sigma={self.sigma}: it is above 0 points.")

    @property
    def spread(self) -> float:
        """Standard deviation of a week once it has settled, points; may be infinite."""
        if self.copies:
            return float("inf")
        return self.sigma * chased_spread(self.gain, wander=self.wander)


def chased_weeks(
    world: ChasedWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, ChasedWorld]:
    """Draw weeks, each corrected by what the last one showed.

    Returns
    -------
    weeks : DataFrame
        ``week`` (1 is the first), ``score``, points, and ``level``: where the service
        truly stood.
    world : ChasedWorld
        The truth.
    """
    noise = world.sigma * rng.standard_normal(n)
    moves = world.wander * world.sigma * rng.standard_normal(n)
    level, levels = world.target, np.empty(n)
    for week in range(n):
        levels[week] = level
        score = level + noise[week]
        wanted = score if world.copies else level - world.gain * (score - world.target)
        level = wanted + moves[week]
    weeks = {"week": np.arange(1, n + 1), "score": levels + noise, "level": levels}
    return pd.DataFrame(weeks), world


@dataclass(frozen=True, kw_only=True)
class ComplaintWorld:
    """Weeks whose customers complain at a rate that is not the same every week."""

    share: float = 0.02  # customers who complain in a usual week, 0-1
    customers: int = 20_000  # customers in a usual week
    unlike: float = 0.1  # how far a week's own share strays, as a part of the share

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        if not (0 < self.share < 1 and self.customers >= 100 and self.unlike >= 0):
            raise ValueError(
                f"share={self.share}, customers={self.customers}, unlike={self.unlike}:"
                " a share lies between 0 and 1, a week has 100 customers or more, and "
                "weeks are alike (0) or unlike (above 0)."
            )

    @property
    def sigma_z(self) -> float:
        """How many times further shares stray than chance alone would have it.

        The share of a week has the variance of chance, p (1 - p) / n, plus that of the
        week's own share times 1 - 1 / n.
        """
        chance = self.share * (1 - self.share) / self.customers
        own = (self.unlike * self.share) ** 2
        return float(np.sqrt(1 + own * (1 - 1 / self.customers) / chance))


def complaint_weeks(
    world: ComplaintWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, ComplaintWorld]:
    """Draw weeks of customers, some of whom complain; nothing ever changes for good.

    Returns
    -------
    weeks : DataFrame
        ``week`` (1 is the first), ``customers`` (a tenth more or fewer each week) and
        ``complaints``.
    world : ComplaintWorld
        The truth.
    """
    came = rng.normal(world.customers, world.customers / 10, size=n)
    customers = np.clip(came.round(), world.customers / 2, None).astype(np.int64)
    p, shares = world.share, np.full(n, world.share)
    if world.unlike > 0:
        size = p * (1 - p) / (world.unlike * p) ** 2 - 1  # of the beta: a + b
        shares = rng.beta(p * size, (1 - p) * size, size=n)
    weeks = {
        "week": np.arange(1, n + 1),
        "customers": customers,
        "complaints": rng.binomial(customers, shares),
    }
    return pd.DataFrame(weeks), world
