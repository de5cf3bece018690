"""Worlds of word of mouth: experiences that are told, and customers who bring others.

Everything here is our invention. It shows what counting finds where the truth is known;
it says nothing about how much real customers talk.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.wordofmouth import heard_ratio

_MOST_CUSTOMERS = 50_000_000


@dataclass(frozen=True, kw_only=True)
class TellingWorld:
    """Good and bad experiences, each told to so many people on average."""

    share_good: float = 0.86
    tell_good: float = 5.0  # people told of a good experience
    tell_bad: float = 10.0  # people told of a bad one

    def __post_init__(self) -> None:
        """Refuse a world without one of the two."""
        heard_ratio(
            share_good=self.share_good,
            tell_good=self.tell_good,
            tell_bad=self.tell_bad,
        )

    @property
    def told(self) -> float:
        """People told of a bad experience for each one told of a good one."""
        return self.tell_bad / self.tell_good

    @property
    def heard(self) -> float:
        """Good words heard for each bad one."""
        return heard_ratio(
            share_good=self.share_good,
            tell_good=self.tell_good,
            tell_bad=self.tell_bad,
        )


def experiences(
    world: TellingWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, TellingWorld]:
    """Draw customers with one experience each, and how many people they tell.

    Parameters
    ----------
    world
        The truth.
    n
        Customers, at least 1.

    Returns
    -------
    table : DataFrame
        ``experience`` ("good" or "bad") and ``told``, people; Poisson.
    truth : TellingWorld
        The world itself.
    """
    good = rng.random(n) < world.share_good
    told = rng.poisson(np.where(good, world.tell_good, world.tell_bad))
    table = {"experience": np.where(good, "good", "bad"), "told": told}
    return pd.DataFrame(table), world


def chains(reach: float, *, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Let customers bring customers, who bring customers, until nobody comes.

    Parameters
    ----------
    reach
        New customers that one customer brings, on average, from 0 to below 1; Poisson.
    n
        Chains that begin, at least 1.

    Returns
    -------
    DataFrame
        One row per chain: ``size``, customers with the first one, and ``steps``, from
        the first customer to the last.
    """
    if not 0 <= reach < 1:
        raise ValueError(
            f"reach={reach}: with one new customer or more for each, a chain may never "
            "end. Give a reach from 0 to below 1."
        )
    if n / (1 - reach) > _MOST_CUSTOMERS:
        raise ValueError(
            f"{n} chains of {1 / (1 - reach):.0f} customers each are too many to draw. "
            "Lower n or reach."
        )
    size, steps = np.ones(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    came: NDArray[np.int64] = np.ones(n, dtype=np.int64)
    while came.any():
        came = rng.poisson(reach * came)
        size += came
        steps += came > 0
    return pd.DataFrame({"size": size, "steps": steps})
