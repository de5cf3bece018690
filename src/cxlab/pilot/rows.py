"""Rows are not units: what happens if weeks are counted as if each had been dealt.

Twenty weeks of one branch resemble each other, because they are the same branch. To
count them as twenty cards of a lottery makes luck look like proof. The test of that
needs nothing but branches to which nothing happened.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtr

from cxlab.pilot.again import Bools, Floats, deal_again


def rows_as_units(values: Floats, treated: Bools) -> float:
    """Return the p of Student's test as if each row had been dealt by itself.

    It is here to be caught: for rows of the same unit it is wrong.

    Examples
    --------
    >>> rows_as_units(np.array([1.0, 2, 3, 4]), np.array([True, False, True, False]))
    0.5527864045000421
    """
    one, other = values[treated], values[~treated]
    df = len(values) - 2
    if min(len(one), len(other)) < 1 or df < 1:
        raise ValueError(
            f"{len(one)} and {len(other)} rows: at least one on each side, and three "
            "in all."
        )
    squares = ((one - one.mean()) ** 2).sum() + ((other - other.mean()) ** 2).sum()
    if squares == 0:
        raise ValueError("All rows of a side are equal: there is no scatter to judge.")
    error = np.sqrt(squares / df * (1 / len(one) + 1 / len(other)))
    return float(2 * stdtr(df, -abs(one.mean() - other.mean()) / error))


@dataclass(frozen=True, kw_only=True)
class FalseAlarms:
    """Every way to split units to which nothing happened, and what two tests say."""

    ways: pd.DataFrame  # split, p with rows as units, p with units
    alpha: float = 0.05

    @property
    def by_rows(self) -> int:
        """How many splits the rows call a difference, though nothing happened."""
        return int((self.ways["p, rows as units"] < self.alpha).sum())

    @property
    def by_units(self) -> int:
        """How many splits the units call a difference."""
        return int((self.ways["p, units"] < self.alpha).sum())

    def __str__(self) -> str:
        """Say both counts in one sentence."""
        return (
            f"Nothing happened; of {len(self.ways)} ways to split the units, counting "
            f"rows calls {self.by_rows} a difference, counting units {self.by_units}."
        )

    def table(self) -> pd.DataFrame:
        """Return the splits for showing: a very small p is said to be below .001."""
        said = self.ways["p, rows as units"].map(
            lambda p: "below 0.001" if p < 0.001 else f"{p:.3f}"
        )
        units = self.ways["p, units"].map("{:.3f}".format)
        return self.ways.assign(**{"p, rows as units": said, "p, units": units})

    def describe(self) -> str:
        """Say what the table of all splits shows."""
        return f"Every way to split the same units, and the p of two tests. {self}"


def false_alarms(
    rows: pd.DataFrame, *, unit: str, value: str, alpha: float = 0.05
) -> FalseAlarms:
    """Split units to which nothing happened into halves, in every way.

    Parameters
    ----------
    rows
        Rows of an even number of units, at most twelve, to which nothing was done.
    unit, value
        Names of the columns.

    Examples
    --------
    Two branches of a kind and two of another, three weeks each, and no pilot:

    >>> week = pd.DataFrame({"branch": list("AAABBBCCCDDD"),
    ...                      "late": [9, 8, 9, 9, 9, 8, 4, 5, 4, 4, 4, 5]})
    >>> print(false_alarms(week, unit="branch", value="late"))
    Nothing happened; of 3 ways to split the units, counting rows calls 1 a difference,
    counting units 0.
    """
    names = list(dict.fromkeys(rows[unit]))
    if len(names) % 2 or not 4 <= len(names) <= 12:
        raise ValueError(
            f"{len(names)} units: give an even number from 4 to 12, so that every way "
            "to halve them can be gone through."
        )
    values, groups = rows[value].to_numpy(dtype=float), rows[unit]
    means = rows.groupby(unit)[value].mean()
    ways = []
    # a split and its mirror are one: the first unit always stands on the left
    for rest in combinations(names[1:], len(names) // 2 - 1):
        side = [names[0], *rest]
        other = [name for name in names if name not in side]
        dealt = deal_again(means, means.index.isin(side))
        ways.append(
            {
                "one side": " ".join(map(str, side)),
                "the other": " ".join(map(str, other)),
                "p, rows as units": rows_as_units(values, groups.isin(side).to_numpy()),
                "p, units": dealt.p_value,
            }
        )
    return FalseAlarms(ways=pd.DataFrame(ways), alpha=alpha)
