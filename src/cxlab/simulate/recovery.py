"""Customers with a bond, failures by chance, and three ways of being put right.

The true gap between a failure put right and none is known in closed form. Who complains
and who leaves both depend on the bond, and that alone can turn its sign in a survey.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.special import ndtr, ndtri

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

DEALS = ("complaints", "lot", "invitation")


@dataclass(frozen=True, kw_only=True)
class RecoveryWorld:
    """A world of failures and recoveries; everything is measured in SD of the bond.

    Examples
    --------
    A recovery that gives back half of what the failure cost: fewer are loyal.

    >>> RecoveryWorld(recovery_credit=0.25).paradox, RecoveryWorld().gap < 0
    (False, True)
    >>> round(RecoveryWorld(recovery_credit=0.5, share_leaving=0).gap, 3)
    0.0
    """

    share_failed: float = 0.4  # share of customers with a failure, by chance
    hurt: float = 0.5  # what a failure takes from the bond, SD
    recovery_credit: float = 0.25  # what a good recovery gives back, SD
    buffer: float = 0.0  # how much less it hurts for each SD of bond; below 0: more
    complain_rate: float = 0.3  # share of those with a failure who complain
    share_leaving: float = 0.5  # share of those with a failure not put right who leave
    reach: float = 0.6  # share of the invited who let themselves be put right
    voice: float = 0.6  # correlation of speaking up with the bond
    reliability: float = 0.7  # share of an answer's scatter that is the bond

    def __post_init__(self) -> None:
        """Refuse what is no share, and a bond that turns round."""
        for name in ("share_failed", "complain_rate", "reach", "reliability"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(
                    f"{name}={getattr(self, name)}: a share above 0 and below 1 is "
                    "needed."
                )
        if not 0 <= self.share_leaving < 1:
            raise ValueError(
                f"share_leaving={self.share_leaving}: from 0 to below 1. If all left, "
                "nobody would answer."
            )
        if not -1 < self.buffer < 1 or not -1 < self.voice < 1:
            raise ValueError(
                f"buffer={self.buffer}, voice={self.voice}: both lie between -1 and 1."
            )

    @property
    def noise(self) -> float:
        """Scatter of an answer around the bond, SD of the bond."""
        return float(np.sqrt(1 / self.reliability - 1))

    @property
    def cut(self) -> float:
        """A bond below which a customer with a failure leaves."""
        return float(-self.hurt + (1 + self.buffer) * ndtri(self.share_leaving))

    @property
    def paradox(self) -> bool:
        """Whether a failure put right leaves more customers loyal than none."""
        return self.gap > 0

    @property
    def gap(self) -> float:
        """Share loyal after a failure put right less that without one, all counted."""
        return self.loyal_after(recovered=True) - 0.5

    def loyal_after(self, *, recovered: bool) -> float:
        """Return the share still there and loyal after a failure, 0-1."""
        middle = -self.hurt + self.recovery_credit * recovered
        scatter = 1 + self.buffer

        def stays_and_says_yes(bond: float) -> float:
            place = (bond - middle) / scatter
            height = np.exp(-(place**2) / 2) / np.sqrt(2 * np.pi) / scatter
            return float(height * ndtr(bond / self.noise))

        low = max(self.cut, middle - 9 * scatter)
        return float(quad(stays_and_says_yes, low, middle + 9 * scatter)[0])


def customers(
    world: RecoveryWorld, *, n: int, rng: np.random.Generator, deal: str = "complaints"
) -> tuple[pd.DataFrame, RecoveryWorld]:
    """Draw customers with two answers, and what happened in between.

    Parameters
    ----------
    deal : str
        Who is put right: whoever complains, half of those with a failure by ``lot``, or
        whoever complains or accepts an ``invitation`` dealt by lot.

    Returns
    -------
    table : DataFrame
        ``failed``, ``complained``, ``invited``, ``recovered``, ``left``, ``loyal``,
        true or false; ``before`` and ``after``, answers in SD of the bond; ``after`` is
        missing for those who left.
    truth : RecoveryWorld
        The world itself.
    """
    if deal not in DEALS:
        raise ValueError(f"deal={deal!r}: choose one of {', '.join(map(repr, DEALS))}.")
    bond, will, first, second = rng.standard_normal((4, n))
    failed, chosen = rng.random(n) < world.share_failed, rng.random(n) < 0.5
    speaks = world.voice * bond + np.sqrt(1 - world.voice**2) * will
    complained = failed & (speaks > ndtri(1 - world.complain_rate))
    accepts = speaks > ndtri(1 - max(world.reach, world.complain_rate))
    invited = failed & chosen if deal == "invitation" else np.zeros(n, dtype=bool)
    recovered = failed & chosen if deal == "lot" else complained | (invited & accepts)
    later = np.where(failed, _after_failure(world, bond, recovered), bond)
    left = failed & (later < world.cut)
    answer = later + world.noise * second
    table = pd.DataFrame(
        {
            "failed": failed,
            "complained": complained,
            "invited": invited,
            "recovered": recovered,
            "left": left,
            "before": bond + world.noise * first,
            "after": np.where(left, np.nan, answer),
            "loyal": ~left & (answer > 0),
        }
    )
    return table, world


def both_deals(
    world: RecoveryWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw the same world twice: put right are those who complain, or half by lot."""
    complaints, _ = customers(world, n=n, rng=rng, deal="complaints")
    lot, _ = customers(world, n=n, rng=rng, deal="lot")
    return complaints, lot


def _after_failure(world: RecoveryWorld, bond: Floats, recovered: Bools) -> Floats:
    """Return the bond after a failure, put right or not."""
    hit = world.hurt - world.buffer * bond
    return np.asarray(bond - hit + world.recovery_credit * recovered)


def three_bonds(
    world: RecoveryWorld, *, strength: float
) -> Mapping[str, RecoveryWorld]:
    """Return three worlds where nobody leaves: a bond softens, sharpens, or neither.

    Parameters
    ----------
    world
        Everything but the bond's part is taken from here.
    strength
        How much less, or more, a failure hurts for each SD of bond, 0-1.
    """
    kinds = {"softens": strength, "does nothing": 0.0, "sharpens": -strength}
    fields = {name: getattr(world, name) for name in world.__dataclass_fields__}
    return {
        name: RecoveryWorld(**{**fields, "share_leaving": 0.0, "buffer": buffer})
        for name, buffer in kinds.items()
    }
