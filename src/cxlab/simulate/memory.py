"""Two worlds of memory, asked twice: by episodes as they come, and by designed ones.

In one world people keep the worst moment and the end; in the other, the mean of it all.
As they come, episodes are good or bad throughout, so worst, end and mean go together;
and what an analyst has of each moment is a rating with an error, which a mean averages
out and a single moment does not. Designed episodes are given, so nothing is misread.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.memory import FEATURES, design, features, from_padded

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Rememberer:
    """How people make a memory out of an episode: the truth that we plant."""

    peak: float = 0.5  # points of memory per point of the worst moment
    end: float = 0.5
    mean: float = 0.0
    duration: float = 0.0  # points of memory per moment
    noise: float = 0.8  # points, standard deviation of what nobody can explain

    def __post_init__(self) -> None:
        """Refuse a noise that is none."""
        if not self.noise > 0:
            raise ValueError(
                f"noise={self.noise}: memories scatter; give a standard deviation "
                "above 0."
            )

    def remember(self, felt: pd.DataFrame, *, rng: np.random.Generator) -> Floats:
        """Return a memory of each episode, points."""
        made: Floats = felt[list(FEATURES)].to_numpy() @ [
            getattr(self, part) for part in FEATURES
        ]
        return made + rng.normal(0, self.noise, len(felt))


@dataclass(frozen=True, kw_only=True)
class Days:
    """How episodes come."""

    shortest: int = 6  # moments
    longest: int = 18
    level: float = 5.0  # points, annoyance of the usual moment
    between: float = 1.5  # points, how much episodes differ from each other
    within: float = 1.0  # points, how much a moment moves on from the last
    keeps: float = 0.6  # part of a departure that lasts into the next moment
    misread: float = 2.0  # points, error of the rating of one moment


def as_they_come(
    people: Rememberer,
    *,
    n: int,
    rng: np.random.Generator,
    days: Days | None = None,
) -> tuple[pd.DataFrame, Rememberer]:
    """Draw episodes as they come, rated moment by moment, and what is remembered.

    Returns
    -------
    episodes : DataFrame, n rows
        peak, end, mean, duration and peak_end as rated; memory.
    truth : Rememberer
        As given.
    """
    if n < 10:
        raise ValueError(f"n={n}: draw at least 10 episodes.")
    days = days or Days()
    length = rng.integers(days.shortest, days.longest + 1, n)
    level = rng.normal(days.level, days.between, n)
    moments, away = np.empty((n, days.longest)), np.zeros(n)
    for k in range(days.longest):
        away = days.keeps * away + rng.normal(0, days.within, n)
        moments[:, k] = level + away
    felt = np.clip(moments, 0, 10)
    rated = np.clip(felt + rng.normal(0, days.misread, felt.shape), 0, 10)
    after = np.arange(days.longest) >= length[:, None]
    felt[after] = rated[after] = np.nan
    memory = people.remember(from_padded(felt), rng=rng)
    return from_padded(rated).assign(memory=memory), people


def as_designed(
    people: Rememberer, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, Rememberer]:
    """Give people the sixteen designed episodes in turn, and ask what they remember.

    Returns
    -------
    episodes : DataFrame, n rows
        peak, end, mean, duration and peak_end as given; memory.
    truth : Rememberer
        As given.
    """
    if n < 16:
        raise ValueError(f"n={n}: sixteen episodes are given; ask 16 people or more.")
    given = features(design())
    rows = given.iloc[np.arange(n) % len(given)].reset_index(drop=True)
    return rows.assign(memory=people.remember(rows, rng=rng)), people
