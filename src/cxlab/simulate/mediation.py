"""A world with a hidden cause: we know what satisfaction carries, and what it does not.

Quality moves satisfaction; satisfaction may move loyalty, or not at all. A third thing,
goodwill, was not asked: customers who like the firm anyway score both higher. In this
world a survey of endless length can be computed exactly, and one of a thousand drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.mediation import bootstrap
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

QUALITY, SATISFACTION, LOYALTY = "Quality", "Satisfaction", "Loyalty"
GOODWILL = "Goodwill"


@dataclass(frozen=True, kw_only=True)
class CarriedWorld:
    """A world of three boxes and a hidden cause, all in standard deviations.

    Satisfaction is a times quality, and loyalty b times satisfaction plus direct times
    quality; each has an error of variance 1, of which goodwill makes confounding
    squared.

    Examples
    --------
    Nothing is carried; a survey without goodwill finds .18 all the same.

    >>> world = CarriedWorld(a=0.5, b=0.0, confounding=0.6)
    >>> world.carried, round(world.found, 3)
    (0.0, 0.18)
    """

    a: float = 0.5  # quality to satisfaction
    b: float = 0.0  # satisfaction to loyalty
    direct: float = 0.3  # quality to loyalty past satisfaction
    confounding: float = 0.6  # correlation of goodwill with both errors, 0-1

    def __post_init__(self) -> None:
        """Refuse a hidden cause that is all there is."""
        if not 0 <= self.confounding < 1:
            raise ValueError(
                f"confounding={self.confounding}: goodwill correlates with what else "
                "moves satisfaction and loyalty, from 0 to below 1."
            )

    @property
    def carried(self) -> float:
        """What satisfaction carries in truth: a times b."""
        return self.a * self.b

    @property
    def found(self) -> float:
        """What a survey of endless length finds if nobody asks for goodwill.

        Both errors share confounding squared, and regression hands that to b.
        """
        return self.a * (self.b + self.confounding**2)


def survey(
    world: CarriedWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, CarriedWorld]:
    """Ask customers of this world, and give its truth back.

    Returns
    -------
    DataFrame
        Columns ``Quality``, ``Satisfaction``, ``Loyalty`` and ``Goodwill``, standard
        deviations; the last is what nobody asks in practice.
    CarriedWorld
        The truth.
    """
    if n < 10:
        raise ValueError(f"n={n}: ask at least 10 customers.")
    quality, goodwill, first, second = rng.standard_normal((4, n))
    k = world.confounding
    alone = np.sqrt(1 - k**2)
    satisfaction = world.a * quality + k * goodwill + alone * first
    loyalty = world.direct * quality + world.b * satisfaction
    loyalty = loyalty + k * goodwill + alone * second
    answers = {
        QUALITY: quality,
        SATISFACTION: satisfaction,
        LOYALTY: loyalty,
        GOODWILL: goodwill,
    }
    return pd.DataFrame(answers), world


@dataclass(frozen=True, kw_only=True)
class FoundByStrength:
    """What surveys find in worlds that differ in the hidden cause alone."""

    worlds: tuple[CarriedWorld, ...]  # in the order of their hidden cause
    without: tuple[Estimate, ...]  # nobody asked for goodwill
    held: tuple[Estimate, ...]  # goodwill asked, and held equal

    @property
    def strengths(self) -> Floats:
        """Strength of the hidden cause in each world."""
        return np.array([world.confounding for world in self.worlds])

    def summary(self) -> pd.DataFrame:
        """Return all estimates as the tidy table, without goodwill first."""
        return tidy([*self.without, *self.held])

    def describe(self) -> str:
        """Say what a picture of them shows."""
        listed = "; ".join(
            f"strength {world.confounding:.1f}, found {one.estimate:.2f} "
            f"({one.low:.2f} to {one.high:.2f}), with goodwill held equal "
            f"{two.estimate:.2f} ({two.low:.2f} to {two.high:.2f})"
            for world, one, two in zip(
                self.worlds, self.without, self.held, strict=True
            )
        )
        return f"Carried in truth: {self.worlds[0].carried:.2f}. Found: {listed}."


def found_by_strength(
    strengths: Sequence[float],
    *,
    n: int,
    n_boot: int,
    rng: np.random.Generator,
    a: float = 0.5,
    b: float = 0.0,
) -> FoundByStrength:
    """Survey worlds with a hidden cause of growing strength, with it and without it.

    Parameters
    ----------
    strengths
        Of the hidden cause, one world each, from 0 to below 1.
    n
        Customers asked in each world.
    n_boot
        Resamples behind each interval.
    rng
        Source of the customers and of the resampling.
    a, b
        The two arrows through satisfaction, the same in every world.
    """
    worlds = tuple(CarriedWorld(a=a, b=b, confounding=k) for k in strengths)
    without: list[Estimate] = []
    held: list[Estimate] = []
    names = {"x": QUALITY, "m": SATISFACTION, "y": LOYALTY}
    for world in worlds:
        people, _ = survey(world, n=n, rng=rng)
        for covariates, found in (([], without), ([GOODWILL], held)):
            drawn = bootstrap(
                people, **names, covariates=covariates, n_boot=n_boot, rng=rng
            )
            found.append(drawn.percentile())
    return FoundByStrength(worlds=worlds, without=tuple(without), held=tuple(held))
