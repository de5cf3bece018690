"""Links multiply: what is left of a push after several arrows.

If each arrow hands on a part of what it gets, a chain hands on the product of the
parts. Strong links make a weak chain, and the longer it is the weaker.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def carried(links: ArrayLike) -> float:
    """Return what a chain carries from its first box to its last, SD per SD.

    Parameters
    ----------
    links : array_like
        What each arrow carries, SD per SD.

    Examples
    --------
    >>> carried([0.5, 0.5])
    0.25
    """
    return float(np.prod(_links(links)))


def equal_link(total: float, arrows: int) -> float:
    """Return how strong equal arrows must be to carry so much together.

    Parameters
    ----------
    total : float
        What arrives at the last box, SD per SD, above 0 and at most 1.
    arrows : int
        How many arrows, at least 1.

    Examples
    --------
    >>> equal_link(0.25, 2)
    0.5
    """
    if not 0 < total <= 1 or arrows < 1:
        raise ValueError(
            f"total={total}, arrows={arrows}: what arrives lies above 0 and at most "
            "at 1, over at least one arrow."
        )
    return float(total ** (1 / arrows))


def pilot_size(effect: float, *, power: float = 0.8, level: float = 0.95) -> int:
    """Return how many branches a pilot needs to see an effect of this size.

    Parameters
    ----------
    effect : float
        How far the pushed half moves, in SD between branches; not 0.
    power : float
        Share of such pilots that see it, 0.5 .. 1.
    level : float
        Confidence level of the interval that must leave zero, 0-1.

    Returns
    -------
    int
        Branches, half of them pushed.

    Notes
    -----
    4 ((z of the level) + (z of the power))^2 / effect^2, for two halves of equal
    scatter.

    Examples
    --------
    >>> pilot_size(0.5)
    126
    """
    if effect == 0 or not 0.5 <= power < 1:
        raise ValueError(
            f"effect={effect}, power={power}: no pilot sees an effect of 0, and its "
            "power lies from 0.5 to below 1."
        )
    z = z_value(level) + (z_value(2 * power - 1) if power > 0.5 else 0.0)
    return int(np.ceil(4 * (z / effect) ** 2))


@dataclass(frozen=True, kw_only=True)
class Fading:
    """What is left after one arrow, two arrows and so on, all equally strong.

    Examples
    --------
    >>> Fading(link=0.5, arrows=3).left
    (0.5, 0.25, 0.125)
    """

    link: float  # SD per SD, -1 .. 1
    arrows: int  # at least 1

    def __post_init__(self) -> None:
        """Refuse links that cannot be."""
        _links([self.link])
        if self.arrows < 1:
            raise ValueError(f"arrows={self.arrows}: a chain has at least one arrow.")

    @property
    def left(self) -> tuple[float, ...]:
        """SD per SD, after each arrow."""
        return tuple(self.link ** (k + 1) for k in range(self.arrows))

    def __str__(self) -> str:
        """Say what arrives."""
        return (
            f"Of one SD, {self.arrows} arrows of {self.link:g} leave "
            f"{self.left[-1]:.2g} SD."
        )

    def summary(self) -> pd.DataFrame:
        """Return what is left after each arrow as the tidy table."""
        return tidy(
            Estimate(
                quantity=f"left after {k + 1} arrow{'s' if k else ''}",
                estimate=left,
                unit="SD per SD",
            )
            for k, left in enumerate(self.left)
        )

    @staticmethod
    def describe(several: Sequence["Fading"]) -> str:
        """Say what a picture of several chains shows."""
        return "What is left after each arrow. " + " ".join(str(one) for one in several)


def _links(links: ArrayLike) -> Floats:
    given = np.atleast_1d(np.asarray(links, dtype=float))
    if given.ndim != 1 or not given.size or not np.all(np.abs(given) <= 1):
        raise ValueError(
            f"links={given.tolist()}: one number from -1 to 1 for each arrow, in SD "
            "per SD."
        )
    return given
