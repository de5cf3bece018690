"""A straight link seen through a five-point scale: the ceiling bends it.

One aspect of a service and satisfaction over all are two correlated bell curves, and
the link between them is straight. Customers can answer only 1 to 5. Where most of them
are satisfied, the top mark has no room above it.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from cxlab.delight.ceiling import Asymmetry

Floats = NDArray[np.float64]

_CUTS = np.array([1.5, 2.5, 3.5, 4.5])  # between the marks 1 .. 5
_STEPS = 4001


@dataclass(frozen=True, kw_only=True)
class FivePoints:
    """A world of marks and satisfaction, each clip(round(mean + normal), 1, 5)."""

    satisfied: float = 3.8  # mean of satisfaction before it is rounded, points
    marked: float = 3.8  # mean of the marks before they are rounded, points
    correlation: float = 0.5  # of the two bell curves

    def __post_init__(self) -> None:
        """Refuse a link that is none."""
        if not -1 < self.correlation < 1:
            raise ValueError(
                f"correlation={self.correlation}: give a number between -1 and 1."
            )

    @cached_property
    def truth(self) -> Asymmetry:
        """What a low and the top mark would show with endless customers."""
        edges = np.array([-8.0, _CUTS[1] - self.marked, _CUTS[3] - self.marked, 8.0])
        low, middle, top = (self._mean_between(a, b) for a, b in pairwise(edges))
        return Asymmetry(means=(low, middle, top))

    def _mean_between(self, low: float, high: float) -> float:
        """Return mean satisfaction of customers whose mark lies between two places."""
        a = np.linspace(low, high, _STEPS)
        weights = np.exp(-(a**2) / 2)
        return float(
            np.trapezoid(weights * self.answer_at(a), a) / np.trapezoid(weights, a)
        )

    def answer_at(self, aspect: Floats) -> Floats:
        """Return the mean answer on satisfaction at a true value of the aspect, SD."""
        scatter = np.sqrt(1 - self.correlation**2)
        place = self.satisfied + self.correlation * np.asarray(aspect)
        return np.asarray(1 + ndtr((place[..., None] - _CUTS) / scatter).sum(axis=-1))


def marks_and_satisfaction(
    world: FivePoints, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, FivePoints]:
    """Draw customers who mark one aspect and their satisfaction, 1 to 5.

    Returns
    -------
    table : DataFrame
        ``mark`` and ``satisfaction``, points, 1 low .. 5 high.
    truth : FivePoints
        The world itself.
    """
    aspect, other = rng.standard_normal((2, n))
    link = world.correlation
    over_all = link * aspect + np.sqrt(1 - link**2) * other
    table = {
        "mark": np.clip(np.round(world.marked + aspect), 1, 5),
        "satisfaction": np.clip(np.round(world.satisfied + over_all), 1, 5),
    }
    return pd.DataFrame(table), world
