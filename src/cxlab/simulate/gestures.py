"""Ten thousand gestures of a hotel: a few more guests come again, and stories spread.

Whether a guest comes again is a coin; a gesture makes it a little better. What its
story brings has a long tail: nearly every story stays in the family, and one goes round
the world. The return on all gestures is planted, and known exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class GestureWorld:
    """A hotel that gives gestures to guests drawn by lot. All numbers are ours.

    Examples
    --------
    Four of 100 guests are kept, worth 600 each; a story brings 3; a gesture costs 30.

    >>> GestureWorld().per_money
    0.9
    """

    cost: float = 30.0  # money for one gesture
    value: float = 600.0  # money that a guest who comes again is worth
    again: float = 0.80  # share of guests that comes again without a gesture
    drop: float = 0.04  # how many more come again with one, share
    story: float = 3.0  # mean money that the story of a gesture brings
    spread: float = 2.8  # of the logarithm of that money; the larger, the wilder

    def __post_init__(self) -> None:
        """Refuse hotels that cannot be."""
        if not (0 <= self.again <= self.again + self.drop <= 1):
            raise ValueError(
                f"again={self.again} and drop={self.drop}: shares of guests, together "
                "at most 1."
            )
        if min(self.cost, self.value, self.story) <= 0 or self.spread < 0:
            raise ValueError(
                f"cost={self.cost}, value={self.value}, story={self.story}, spread="
                f"{self.spread}: money is above 0, and the spread 0 or more."
            )

    @property
    def per_money(self) -> float:
        """True money brought by all gestures for each unit spent."""
        return (self.drop * self.value + self.story) / self.cost

    def typical_story(self) -> float:
        """Return what the story in the middle brings, money."""
        return float(self.story * np.exp(-(self.spread**2) / 2))


@dataclass(frozen=True, kw_only=True)
class Guests:
    """What each guest brought: with a gesture, and without."""

    given: Floats  # money, stories included
    without: Floats  # money
    stories: Floats  # money that each story brought, part of `given`
    truth: GestureWorld


def draw_guests(world: GestureWorld, *, n: int, rng: np.random.Generator) -> Guests:
    """Draw guests with a gesture, and as many without.

    Parameters
    ----------
    n
        Guests on each side.
    """
    kept = rng.random(n) < world.again + world.drop
    anyway = rng.random(n) < world.again
    # the mean of a log-normal is its median times exp(spread^2 / 2)
    stories = world.typical_story() * np.exp(world.spread * rng.standard_normal(n))
    return Guests(
        given=np.where(kept, world.value, 0.0) + stories,
        without=np.where(anyway, world.value, 0.0),
        stories=stories,
        truth=world,
    )
