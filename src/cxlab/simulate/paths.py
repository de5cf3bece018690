"""A world of boxes and arrows: we know what is in each box and what each arrow carries.

Each person has a true standing on every box. Each question shows that standing, and
noise of its own. What a survey of endless length would find can be computed exactly;
what a survey of 250 people finds can be drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.paths import PathModel, bootstrap, path_model
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class BoxWorld:
    """A path model with its true arrows. Boxes that nothing points to are unrelated.

    Examples
    --------
    >>> twins = alike_boxes(0.95)
    >>> float(twins.between.loc["Quality", "Satisfaction"])
    0.95
    """

    model: PathModel
    paths: tuple[float, ...]  # SD per SD, in the order of model.paths
    loading: float = 0.75  # correlation of each question with its box, 0-1

    def __post_init__(self) -> None:
        """Refuse a world that cannot be."""
        if len(self.paths) != len(self.model.paths):
            raise ValueError(
                f"{len(self.paths)} sizes were given for {len(self.model.paths)} "
                f"arrows. Give one for each of {', '.join(self.model.path_names)}."
            )
        if not 0 < self.loading <= 1:
            raise ValueError(
                f"loading={self.loading}: a question's correlation with its box lies "
                "above 0 and at most at 1. Give 0.75 for ordinary questions."
            )
        if (self.unexplained <= 0).any():
            full = self.unexplained.idxmin()
            raise ValueError(
                f"The arrows into {full} would explain more than all of it. Make them "
                "smaller, or the boxes before it less alike."
            )

    @property
    def truth(self) -> pd.Series:
        """The arrows by name."""
        return pd.Series(self.paths, list(self.model.path_names), name="truth")

    @cached_property
    def _boxes(self) -> tuple[Floats, Floats]:
        """Correlations of the boxes, and the unexplained share of each."""
        size = len(self.model.constructs)
        place = {name: k for k, name in enumerate(self.model.constructs)}
        arrows = np.zeros((size, size))
        for (start, end), value in zip(self.model.paths, self.paths, strict=True):
            arrows[place[start], place[end]] = value
        table, left = np.eye(size), np.ones(size)
        for box in self._from_left_to_right():
            before = arrows[:, box]
            reach = before @ table
            left[box] = 1 - before @ table @ before
            table[box], table[:, box] = reach, reach
            table[box, box] = 1.0
        return table, left

    def _from_left_to_right(self) -> list[int]:
        # Along an arrow the number of boxes that lead somewhere always grows.
        ends = [end for _, end in self.model.routes]
        names = self.model.constructs
        return sorted(range(len(names)), key=lambda k: ends.count(names[k]))

    @property
    def between(self) -> pd.DataFrame:
        """Exact correlations of the boxes."""
        names = list(self.model.constructs)
        return pd.DataFrame(self._boxes[0], names, names)

    @property
    def unexplained(self) -> pd.Series:
        """Share of each box that no arrow explains, 0-1."""
        return pd.Series(self._boxes[1], list(self.model.constructs))

    @property
    def items(self) -> pd.DataFrame:
        """Exact correlations of the questions: what endless data would show."""
        shown = self.loading * self.model.membership
        table = shown @ self._boxes[0] @ shown.T
        np.fill_diagonal(table, 1.0)
        names = list(self.model.items)
        return pd.DataFrame(table, names, names)


def survey(
    truth: BoxWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, BoxWorld]:
    """Ask people of a world every question once.

    Returns
    -------
    answers : DataFrame, n rows
        One column per question; mean 0 and standard deviation 1 in the world.
    truth : BoxWorld
        As given.
    """
    if n < 3:
        raise ValueError(f"n={n}: ask at least 3 people.")
    names = list(truth.model.items)
    root = np.linalg.cholesky(truth.items.to_numpy())
    drawn = rng.standard_normal((n, len(names))) @ root.T
    return pd.DataFrame(drawn, columns=names), truth


def alike_boxes(alike: float, *, loading: float = 0.75) -> BoxWorld:
    """Build a world in which quality and satisfaction are more or less one thing.

    Parameters
    ----------
    alike
        Correlation of the two boxes themselves, 0-1.
    loading
        Correlation of each of nine questions with its box.

    Returns
    -------
    BoxWorld
        Satisfaction carries .5 to loyalty, quality .2 beside it, whatever `alike` is.
    """
    if not -1 < alike < 1:
        raise ValueError(
            f"alike={alike}: two boxes correlate between -1 and 1. At 1 they are one "
            "box; give at most 0.99."
        )
    model = path_model(
        {"Quality": "Q1 Q2 Q3", "Satisfaction": "S1 S2 S3", "Loyalty": "L1 L2 L3"},
        ["Quality > Satisfaction", "Quality > Loyalty", "Satisfaction > Loyalty"],
    )
    return BoxWorld(model=model, paths=(alike, 0.2, 0.5), loading=loading)


@dataclass(frozen=True, kw_only=True)
class PlantedArrow:
    """One planted arrow, as a survey finds it in several worlds and two ways."""

    arrow: str
    truth: float  # SD per SD, the same in every world
    plain: Mapping[str, Estimate]  # by name of the world; as tables print it
    mended: Mapping[str, Estimate]  # with the noise divided out

    def summary(self) -> pd.DataFrame:
        """Return all of them as the tidy table, plain first."""
        return tidy([*self.plain.values(), *self.mended.values()])

    def describe(self) -> str:
        """Say what a picture of them shows."""
        worlds = "; ".join(
            f"{name}, as printed {_interval(self.plain[name])}, with the noise divided "
            f"out {_interval(self.mended[name])}"
            for name in self.plain
        )
        return f"The planted arrow is {self.truth:.2f}. Found: {worlds}."


def find_planted(
    worlds: Mapping[str, BoxWorld],
    arrow: str,
    *,
    n: int,
    n_boot: int,
    rng: np.random.Generator,
) -> PlantedArrow:
    """Survey several worlds, and look for the arrow that was planted in all of them.

    Parameters
    ----------
    worlds
        By name.
    arrow
        Such as ``"Satisfaction > Loyalty"``.
    n
        People asked in each world.
    n_boot
        Resamples behind each interval.
    rng
        Source of the people and of the resampling.
    """
    truths = {float(world.truth[arrow]) for world in worlds.values()}
    if len(truths) != 1:
        raise ValueError(
            f"{arrow} is {sorted(truths)} in these worlds. Plant the same arrow in all "
            "of them, or the surveys cannot be compared."
        )
    plain: dict[str, Estimate] = {}
    mended: dict[str, Estimate] = {}
    for name, world in worlds.items():
        people, _ = survey(world, n=n, rng=rng)
        for of, found in (("paths", plain), ("corrected paths", mended)):
            draws = bootstrap(people, world.model, rng=rng, of=of, n_boot=n_boot)
            found[name] = draws.one(arrow)
    return PlantedArrow(arrow=arrow, truth=truths.pop(), plain=plain, mended=mended)


def _interval(found: Estimate) -> str:
    return f"{found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"
