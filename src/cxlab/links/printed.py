"""What the printed figures of the exemplars say by arithmetic alone.

A ratio hides two things: the base on which it stands, and the unit in which each side
was counted. Both can be had without anybody's data.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.fourfold import odds
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def margin_ratio(*, sales: float, profit: float) -> float:
    """Return how much profit a unit of sales carries here, against there.

    Parameters
    ----------
    sales : float
        Sales here over sales there, above 0; 2 is twice the sales.
    profit : float
        Profit here over profit there; 1.55 is 55% more.

    Examples
    --------
    Twice the sales and half as much profit again: each unit of sales carries a quarter
    less.

    >>> margin_ratio(sales=2.0, profit=1.5)
    0.75
    """
    if sales <= 0:
        raise ValueError(
            f"sales={sales}: give sales here divided by sales there, such as 2 for "
            "twice the sales."
        )
    return profit / sales


@dataclass(frozen=True, kw_only=True)
class TimesAsLikely:
    """So many times as likely: read as a ratio of shares, and as one of odds.

    Examples
    --------
    >>> three = TimesAsLikely(times=3)
    >>> round(three.largest_base, 3)
    0.333
    >>> float(three.by_shares(0.25)), float(three.by_odds(0.25))
    (0.75, 0.5)
    """

    times: float  # as printed; above 1

    def __post_init__(self) -> None:
        """Refuse what is no increase."""
        if not self.times > 1:
            raise ValueError(
                f"times={self.times}: give a ratio above 1, the likelier group first."
            )

    @property
    def largest_base(self) -> float:
        """Largest share of the other group that a ratio of shares leaves possible."""
        return 1 / self.times

    def by_shares(self, base: ArrayLike) -> Floats:
        """Share of the likelier group if shares were compared; NaN: impossible."""
        share = self.times * np.asarray(base, dtype=float)
        return np.where(share <= 1, share, np.nan)

    def by_odds(self, base: ArrayLike) -> Floats:
        """Share of the likelier group if odds were compared."""
        high = self.times * odds(base)
        return np.asarray(high / (1 + high), dtype=float)

    def __str__(self) -> str:
        """Say what the ratio forces."""
        return (
            f"{self.times:g} times the share leaves the other group at most "
            f"{self.largest_base:.1%}; {self.times:g} times the odds fits any share."
        )

    def describe(self) -> str:
        """Say what a picture of both readings shows."""
        return (
            "The share of the likelier group for each share of the other. Read as "
            f"shares, a straight line ends at {self.largest_base:.0%}; read as odds, "
            f"a curve runs all the way. {self}"
        )

    def summary(self) -> pd.DataFrame:
        """Return the largest possible base as the tidy table."""
        return tidy(
            [
                Estimate(
                    quantity="largest share of the other group",
                    estimate=self.largest_base,
                    unit="share",
                )
            ]
        )


@dataclass(frozen=True, kw_only=True)
class PrintedSteps:
    """A chain printed as "so much here brings so much there", step by step.

    Examples
    --------
    Four points of mood bring two of smile, and these one euro.

    >>> steps = PrintedSteps(names=("mood", "smile", "sales"), changes=(4, 2, 1),
    ...                      units=("point", "point", "euro"))
    >>> steps.per_unit, steps.overall
    ((0.5, 0.5), 0.25)
    """

    names: Sequence[str]  # of what changes, from the first to the last
    changes: Sequence[float]  # how much of each, as printed
    units: Sequence[str]  # of each change, in the singular

    def __post_init__(self) -> None:
        """Refuse steps without a name, a size or a unit."""
        sizes = {len(self.names), len(self.changes), len(self.units)}
        if len(sizes) != 1 or len(self.names) < 2 or min(map(abs, self.changes)) == 0:
            raise ValueError(
                f"{len(self.names)} names, {len(self.changes)} changes and "
                f"{len(self.units)} units: give one of each for at least two steps, "
                "and no change of 0."
            )

    @property
    def per_unit(self) -> tuple[float, ...]:
        """What one unit of each brings of the next."""
        return tuple(after / before for before, after in pairwise(self.changes))

    @property
    def overall(self) -> float:
        """What one unit of the first brings of the last: the product of the steps."""
        return float(np.prod(self.per_unit))

    @property
    def arrows(self) -> tuple[Estimate, ...]:
        """One arrow for each step, without an interval: none is printed."""
        return tuple(
            Estimate(
                quantity=f"{self.names[k]} > {self.names[k + 1]}",
                estimate=step,
                unit=f"{self.units[k + 1]} per {self.units[k]}",
            )
            for k, step in enumerate(self.per_unit)
        )

    def __str__(self) -> str:
        """Say what one unit of the first brings of the last."""
        return (
            f"One {self.units[0]} of {self.names[0]} brings {self.overall:.2g} "
            f"{self.units[-1]} of {self.names[-1]}."
        )

    def describe(self) -> str:
        """Say what a picture of the steps shows."""
        steps = "; ".join(f"{one.quantity} {one.estimate:.3g}" for one in self.arrows)
        return f"Boxes in a row, an arrow for each step: {steps}. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the steps as the tidy table."""
        return tidy(self.arrows)
