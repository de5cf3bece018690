"""The return on all gestures, not on the one that was told.

A story is told because it is the best of thousands. And of customers who got a gesture
and stayed, most would have stayed anyway. Both make a gesture look like gold; only the
difference to customers who got none, over everybody, says what it brought.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class GestureReturn:
    """What comes back for each unit of money spent, counted in three ways."""

    told: float  # the best single gesture
    everything: float  # all that those with a gesture brought
    all: Estimate  # what they brought beyond those without, with its interval

    def __str__(self) -> str:
        """Say the three returns in one sentence."""
        return (
            f"For each unit spent the best gesture brings {self.told:.0f}; counting "
            f"everybody who stayed, {self.everything:.0f}; all gestures, beyond guests "
            f"without one, {self.all:.2f}."
        )

    def describe(self) -> str:
        """Say what a picture of the three returns shows."""
        return f"Three bars on a scale of powers of ten. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the three returns as the tidy table."""
        return tidy(
            [
                Estimate(quantity="the one that was told", estimate=self.told, n=1),
                Estimate(
                    quantity="everybody who stayed",
                    estimate=self.everything,
                    n=self.all.n,
                ),
                self.all,
            ]
        )


def return_on_gestures(
    brought: ArrayLike, without: ArrayLike, *, cost: float, level: float = 0.95
) -> GestureReturn:
    """Return what gestures bring for each unit of money, in three ways.

    Parameters
    ----------
    brought : array_like, shape (n,)
        Money that each customer with a gesture brought, stories included.
    without : array_like, shape (m,)
        Money that each customer without one brought. Who got a gesture must have been
        decided by chance.
    cost
        Money for one gesture.

    Notes
    -----
    The interval is that of a difference of two means with unequal scatter, by the
    normal curve. It needs many customers, the more so the wilder the stories.

    Examples
    --------
    Ten gestures at 30; nine of ten stay with one, eight of ten without, worth 600 each.

    >>> found = return_on_gestures([600] * 9 + [0], [600] * 8 + [0] * 2, cost=30)
    >>> found.told, found.everything, round(found.all.estimate, 6)
    (20.0, 18.0, 2.0)
    """
    one, other = np.asarray(brought, dtype=float), np.asarray(without, dtype=float)
    if cost <= 0:
        raise ValueError(
            f"cost={cost}: a return is counted per unit of money spent. For a gesture "
            "that costs nothing, report what it brings."
        )
    if min(one.size, other.size) < 2:
        raise ValueError(
            f"{one.size} customers with and {other.size} without a gesture: both "
            "sides need at least two, or there is nothing to compare with."
        )
    beyond = float(one.mean() - other.mean())
    error = float(np.sqrt(one.var(ddof=1) / one.size + other.var(ddof=1) / other.size))
    reach = z_value(level) * error
    return GestureReturn(
        told=float(one.max() / cost),
        everything=float(one.mean() / cost),
        all=Estimate(
            quantity="all gestures, beyond those without",
            estimate=beyond / cost,
            low=(beyond - reach) / cost,
            high=(beyond + reach) / cost,
            level=level,
            n=one.size,
        ),
    )
