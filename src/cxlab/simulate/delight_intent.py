"""One inclination, two measures: what customers say flattens, what they do climbs.

Satisfaction moves an inclination to buy again along a straight line. A survey asks for
it on five points, near the upper end. Buying needs an inclination beyond a threshold
that few reach.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]

_CUTS = np.array([1.5, 2.5, 3.5, 4.5])


@dataclass(frozen=True, kw_only=True)
class SayAndDo:
    """A world in which saying and doing follow from the same inclination."""

    said: float = 4.2  # mean of stated intent before rounding, points 1 .. 5
    threshold: float = 1.6  # SD of the inclination beyond which a customer buys
    link: float = 0.6  # SD of the inclination per SD of satisfaction
    reach: float = 2.0  # satisfaction is looked at from -reach to +reach, SD

    def says(self, satisfaction: ArrayLike) -> Floats:
        """Return mean stated intent, points, 1 surely not .. 5 surely."""
        place = self.said + self.link * np.asarray(satisfaction, dtype=float)
        return np.asarray(1 + ndtr((place[..., None] - _CUTS) / self._scatter).sum(-1))

    def does(self, satisfaction: ArrayLike) -> Floats:
        """Return the share of customers who buy again, 0-1."""
        lead = self.link * np.asarray(satisfaction, dtype=float) - self.threshold
        return np.asarray(ndtr(lead / self._scatter))

    @property
    def _scatter(self) -> float:
        return float(np.sqrt(1 - self.link**2))

    @property
    def bend_said(self) -> float:
        """Rise in the upper half over rise in the lower half; below 1: it flattens."""
        return _bend(self.says(self._ends))

    @property
    def bend_done(self) -> float:
        """The same for buying; above 1: it climbs ever faster."""
        return _bend(self.does(self._ends))

    @property
    def _ends(self) -> Floats:
        return np.array([-self.reach, 0.0, self.reach])

    def __str__(self) -> str:
        """Say both bends in one sentence."""
        return (
            "From the middle to the top, what customers say rises "
            f"{self.bend_said:.2f} times as far as from the bottom to the middle; what "
            f"they do, {self.bend_done:.1f} times."
        )

    def describe(self) -> str:
        """Say what a picture of both curves shows."""
        return (
            "Two curves by satisfaction, each from 0 at its lowest to 100 at its "
            f"highest: stated intent bends down, buying bends up. {self}"
        )


def _bend(y: Floats) -> float:
    low, middle, high = y
    return float((high - middle) / (middle - low))
