"""How many units: customers of one branch are cousins, and count for less.

What happens to a branch happens to all its customers at once. So the hundredth customer
of a branch tells little that is new, and a pilot is as large as the number of its
*branches*. The design effect says how much less a customer counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import nctdtr, stdtrit

from cxlab.intervals import z_value

_AT_MOST = 100_000  # units on a side; beyond, an effect is called out of reach


def design_effect(customers: float, icc: float) -> float:
    """Return how many times more customers are needed than if each came alone.

    Parameters
    ----------
    customers
        Asked in each unit, at least 1.
    icc
        Share of the scatter of customers that lies between units, 0-1: ICC(1).

    References
    ----------
    Donner and Klar (2000), Design and Analysis of Cluster Randomization Trials, ch. 1.

    Examples
    --------
    Fifty customers of each branch, of whose scatter 4% lie between branches:

    >>> round(design_effect(50, 0.04), 2)
    2.96

    One customer of each branch: nobody has a cousin.

    >>> design_effect(1, 0.04)
    1.0
    """
    if customers < 1:
        raise ValueError(f"customers={customers}: ask at least one in each unit.")
    if not 0 <= icc <= 1:
        raise ValueError(
            f"icc={icc}: a share from 0 to 1. Give 4% of the scatter as 0.04."
        )
    return float(1 + (customers - 1) * icc)


def counts_as(units: float, customers: float, icc: float) -> float:
    """Return how many customers, each from a place of her own, would tell as much.

    Examples
    --------
    >>> round(counts_as(20, 50, 0.04))
    338

    However many are asked in 20 branches, they never count for more than 20 / icc:

    >>> round(counts_as(20, 1_000_000, 0.04))
    500
    """
    return units * customers / design_effect(customers, icc)


@dataclass(frozen=True, kw_only=True)
class UnitPlan:
    """How many units each side of a pilot needs, before anybody begins.

    Examples
    --------
    No cousins, half a standard deviation, four chances of five: 64 on each side, as in
    the tables of Cohen (1988).

    >>> UnitPlan(effect=0.5, sd=1.0, icc=0.0, customers=1).each
    64

    The same effect where 4% of the scatter lie between branches, 50 customers each:

    >>> UnitPlan(effect=0.5, sd=1.0, icc=0.04, customers=50).each
    5
    """

    effect: float  # the smallest effect worth having, in the unit of the answers
    sd: float  # scatter of customers' answers, all branches together
    icc: float = 0.05  # share of that scatter which lies between branches
    customers: int = 50  # asked in each branch
    power: float = 0.8  # how often a true effect of that size is to be seen
    alpha: float = 0.05  # two-sided

    def __post_init__(self) -> None:
        """Refuse a plan without an effect, and shares that are none."""
        if self.effect <= 0 or self.sd <= 0:
            raise ValueError(
                f"effect={self.effect}, sd={self.sd}: both are above 0. No pilot shows "
                "an effect of nothing; say which one would be worth the trouble."
            )
        if not self.alpha < self.power < 1 or not 0 < self.alpha < 1:
            raise ValueError(
                f"power={self.power}, alpha={self.alpha}: shares between 0 and 1, and "
                "the power above alpha."
            )
        design_effect(self.customers, self.icc)

    @property
    def unit_sd(self) -> float:
        """Scatter of the units' means."""
        return float(
            self.sd * np.sqrt(design_effect(self.customers, self.icc) / self.customers)
        )

    def sees(self, each: int, *, effect: float | None = None) -> float:
        """Return how often so many units on each side see the effect, 0-1.

        Notes
        -----
        Student's test of the units' means, by the noncentral t curve.
        """
        if each < 2:
            raise ValueError(
                f"each={each}: with one unit on a side nobody knows how much units "
                "differ by themselves. Take at least two."
            )
        df = 2 * each - 2
        size = self.effect if effect is None else effect
        move = size / self.unit_sd * np.sqrt(each / 2)
        line = stdtrit(df, 1 - self.alpha / 2)
        # the far tail adds nothing that can be seen once the near one is likely
        near = 1 - nctdtr(df, move, line)
        return float(near + nctdtr(df, move, -line))

    @property
    def each(self) -> int:
        """Fewest units on each side that see the effect often enough."""
        few, many = 1, 2
        while self.sees(many) < self.power:
            few, many = many, 2 * many
            if many > _AT_MOST:
                raise ValueError(
                    f"an effect of {self.effect:g} beside a scatter of "
                    f"{self.unit_sd:.3g} between units needs more than {_AT_MOST:,} "
                    "units on each side. Ask for a larger effect or a steadier number."
                )
        while many - few > 1:
            middle = (few + many) // 2
            few, many = (
                (few, middle) if self.sees(middle) >= self.power else (middle, many)
            )
        return many

    @property
    def floor(self) -> float:
        """Units on each side below which no number of customers helps (bell curve)."""
        both = z_value(1 - self.alpha) + z_value(2 * self.power - 1)
        return 2 * (both * self.sd / self.effect) ** 2 * self.icc

    def by_customers(self, customers: Sequence[int]) -> pd.DataFrame:
        """Return the plan for several numbers of customers asked in each branch."""
        plans = [self.asking(m) for m in customers]
        return pd.DataFrame(
            {
                "customers asked in each": list(customers),
                "design effect": [design_effect(m, self.icc) for m in customers],
                "branches on each side": [plan.each for plan in plans],
                "customers in all": [2 * p.each * p.customers for p in plans],
            }
        )

    def asking(self, customers: int) -> "UnitPlan":
        """Return the same plan with so many customers asked in each branch."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return UnitPlan(**{**fields, "customers": customers})

    def __str__(self) -> str:
        """Say the plan in one sentence."""
        return (
            f"To see an effect of {self.effect:g} in {100 * self.power:.0f} of 100 "
            f"pilots takes {self.each} branches on each side, {self.customers} "
            "customers asked in each."
        )

    def describe(self) -> str:
        """Say what a picture of the plan shows."""
        return (
            "Branches needed on each side, by customers asked in each. More customers "
            f"help little and then not at all. {self}"
        )
