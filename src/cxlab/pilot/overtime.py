"""Week by week: the two groups of a pilot, and each unit behind them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class OverTime:
    """What each unit did in each week, and which of them were drawn."""

    paths: pd.DataFrame  # a row for each week, a column for each unit
    pilot: "pd.Series[bool]"  # by unit: True where it was tried
    starts: int  # first week with the pilot
    ends: int  # last week with it

    @property
    def with_it(self) -> pd.Series:
        """Mean of the units where it was tried, by week."""
        return self.paths.loc[:, self.pilot].mean(axis=1)

    @property
    def without(self) -> pd.Series:
        """Mean of the other units, by week."""
        return self.paths.loc[:, ~self.pilot].mean(axis=1)

    def mean_of(self, first: int, last: int) -> tuple[float, float]:
        """Return both means over some weeks, with it and without."""
        weeks = slice(first, last)  # of labels, both ends in
        here, there = self.with_it.loc[weeks], self.without.loc[weeks]
        return float(here.mean()), float(there.mean())

    def __str__(self) -> str:
        """Say both groups before, with it and after, in one sentence."""
        weeks, said = self.paths.index, []
        parts = ((weeks[0], self.starts - 1), (self.starts, self.ends))
        for first, last in (*parts, (self.ends + 1, weeks[-1])):
            if first <= last:
                said.append(self.mean_of(int(first), int(last)))
        drawn = " to ".join(_tenths(a) for a, _ in said)
        others = " to ".join(_tenths(b) for _, b in said)
        return f"Drawn units go from {drawn}, the others from {others}."

    def describe(self) -> str:
        """Say what a picture of the weeks shows."""
        n, k = len(self.pilot), int(self.pilot.sum())
        return (
            f"A pale line for each of {n} units, and the means of the {k} drawn and "
            f"the {n - k} others, week by week. {self}"
        )


def _tenths(x: float) -> str:
    """Round a half up, as papers do: 8.25 is printed as 8.3."""
    return f"{np.floor(10 * x + 0.5 + 1e-9) / 10:.1f}"


def over_time(
    rows: pd.DataFrame,
    *,
    unit: str,
    time: str,
    pilot: str,
    value: str,
    starts: int,
    ends: int,
) -> OverTime:
    """Put rows of units and weeks into one column for each unit.

    Parameters
    ----------
    rows
        One row for each unit and week.
    unit, time, pilot, value
        Names of the columns; ``pilot`` is True in all rows of the units drawn.
    starts, ends
        First and last week with the pilot.

    Examples
    --------
    >>> rows = pd.DataFrame({"branch": list("aabb"), "week": [1, 2, 1, 2],
    ...                      "drawn": [True] * 2 + [False] * 2, "late": [8, 16, 9, 9]})
    >>> columns = {"unit": "branch", "time": "week", "pilot": "drawn", "value": "late"}
    >>> print(over_time(rows, **columns, starts=2, ends=2))
    Drawn units go from 8.0 to 16.0, the others from 9.0 to 9.0.
    """
    if rows.duplicated([unit, time]).any():
        raise ValueError(
            f"some {unit} has two rows in one {time}: give one row for each unit and "
            "week; add them up or take their mean first."
        )
    paths = rows.pivot_table(index=time, columns=unit, values=value)
    if paths.isna().any(axis=None):
        raise ValueError(
            f"some {unit} is missing in some {time}: a line with holes misleads. Give "
            "all weeks of all units, or leave out the weeks that lack one."
        )
    drawn = rows.groupby(unit)[pilot].first().astype(bool)
    return OverTime(paths=paths, pilot=drawn, starts=starts, ends=ends)
