"""Difference in differences: what changed here, less what changed elsewhere anyway.

Before and after alone books the season as a success. After alone books what was better
all along. Taking both away leaves the effect, if those who got it would otherwise have
changed like the others. A lot makes that true on average; nothing else does.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cxlab.pilot.again import DealtAgain, deal_again
from cxlab.results import Estimate, tidy

_PER_UNIT = ("pilot", "before", "after")


@dataclass(frozen=True, kw_only=True)
class FourMeans:
    """Two groups, twice: the whole of a difference in differences.

    Examples
    --------
    The pilot went from 70 to 77, the others from 66 to 70.

    >>> four = FourMeans(pilot=(70, 77), others=(66, 70))
    >>> four.pilot_change, four.others_change, four.difference
    (7, 4, 3)
    """

    pilot: tuple[float, float]  # before and after
    others: tuple[float, float]

    @property
    def pilot_change(self) -> float:
        """After less before, where it was tried."""
        return self.pilot[1] - self.pilot[0]

    @property
    def others_change(self) -> float:
        """After less before, where it was not."""
        return self.others[1] - self.others[0]

    @property
    def after_only(self) -> float:
        """Pilot less others, afterwards."""
        return self.pilot[1] - self.others[1]

    @property
    def difference(self) -> float:
        """The change of the pilot less the change of the others."""
        return self.pilot_change - self.others_change


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What three ways of counting say of one pilot, each unit counted once."""

    means: FourMeans
    units: pd.DataFrame  # one row a unit: pilot, before, after, change
    again: DealtAgain  # the changes, dealt again
    after: DealtAgain  # only the numbers afterwards, dealt again
    unit: str = ""

    @property
    def difference(self) -> Estimate:
        """Difference in differences, with the interval of dealing again."""
        return _named(self.again.difference, "difference in differences")

    @property
    def after_only(self) -> Estimate:
        """Pilot less others afterwards, with the interval of dealing again."""
        return _named(self.after.difference, "pilot less others, after")

    @property
    def before_after(self) -> Estimate:
        """Mean change of the pilot units alone, with Student's interval."""
        change = self.units.loc[self.units["pilot"], "change"].to_numpy()
        n, level = len(change), self.again.level
        error = float(change.std(ddof=1) / np.sqrt(n)) if n > 1 else np.inf
        reach = float(stdtrit(n - 1, (1 + level) / 2)) * error if n > 1 else np.inf
        middle = float(change.mean())
        return Estimate(
            quantity="pilot, after less before",
            estimate=middle,
            low=middle - reach,
            high=middle + reach,
            level=level,
            n=n,
            unit=self.unit,
        )

    def __str__(self) -> str:
        """Say the four means and their difference in one sentence."""
        (a, b), (c, d) = self.means.pilot, self.means.others
        return (
            f"With it from {a:.1f} to {b:.1f}, without it from {c:.1f} to {d:.1f}: "
            f"the difference in differences is {self.means.difference:.1f}, and "
            f"{self.again.of_many} dealings are so odd."
        )

    def describe(self) -> str:
        """Say what a picture of both groups shows."""
        return f"Both groups before and after, one mark for each unit. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the three ways of counting as the tidy table."""
        return tidy([self.before_after, self.after_only, self.difference])


def _named(found: Estimate, quantity: str) -> Estimate:
    fields = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return Estimate(**{**fields, "quantity": quantity})


def by_unit(
    rows: pd.DataFrame, *, unit: str, pilot: str, after: str, value: str
) -> pd.DataFrame:
    """Reduce rows to one for each unit: what was dealt, and its two means.

    Parameters
    ----------
    rows
        One row for each unit and week, or each unit and customer.
    unit, pilot, after, value
        Names of the columns: the unit; whether it got the pilot (bool, the same in all
        its rows); whether the row is from after the start (bool); the number.

    Returns
    -------
    DataFrame
        By unit: ``pilot``, ``before``, ``after`` and ``change``.
    """
    _check_rows(rows, (unit, pilot, after, value))
    sides = rows.groupby(unit)[pilot]
    mixed = sides.max() != sides.min()
    if mixed.any():
        raise ValueError(
            f"{unit} {_first(mixed)!r} is both in and out of the pilot. A unit is "
            "dealt as a whole; whoever changed sides is counted where the lot put it."
        )
    means = rows.pivot_table(index=unit, columns=after, values=value, aggfunc="mean")
    means = means.reindex(columns=[False, True])
    lacking = means.isna().any(axis=1)
    if lacking.any():
        raise ValueError(
            f"{unit} {_first(lacking)!r} has no row before, or none after: without "
            "both it has no change. Count from a week in which all units were seen."
        )
    table = pd.DataFrame(
        {
            "pilot": sides.max().astype(bool),
            "before": means[False],
            "after": means[True],
        }
    )
    return table.assign(change=table["after"] - table["before"])


def _first(flags: "pd.Series[bool]") -> object:
    return flags.index[flags.to_numpy()].tolist()[0]


def _check_rows(rows: pd.DataFrame, names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in rows.columns]
    if missing:
        raise ValueError(
            f"no column {missing[0]!r} among {', '.join(map(str, rows.columns))}. Name "
            "the columns of your table: unit=, pilot=, after=, value=."
        )
    for name in names[1:3]:
        if rows[name].dtype != bool:
            raise ValueError(
                f"column {name!r} holds {rows[name].dtype}: give True and False, as in "
                f"rows[{name!r}] == 'test'."
            )


def difference_in_differences(
    units: pd.DataFrame,
    *,
    rng: np.random.Generator | None = None,
    draws: int = 5_000,
    level: float = 0.95,
    unit: str = "",
) -> Changes:
    """Take from the change of the pilot units the change of the others.

    Parameters
    ----------
    units
        One row for each unit that was dealt, as from `by_unit`: ``pilot`` (bool),
        ``before`` and ``after``.
    rng
        Needed with many units; see `deal_again`.
    unit
        Unit of the numbers, such as points.

    Examples
    --------
    >>> four = pd.DataFrame({"pilot": [True, True, False, False],
    ...                      "before": [70, 72, 66, 68], "after": [77, 79, 70, 72]})
    >>> found = difference_in_differences(four)
    >>> found.means.difference, found.again.ways
    (3.0, 6)
    """
    missing = [name for name in _PER_UNIT if name not in units.columns]
    if missing:
        raise ValueError(
            f"no column {missing[0]!r}: give one row for each unit with pilot, before "
            "and after. `by_unit` makes it from rows of weeks or customers."
        )
    change = units["after"] - units["before"]
    got = units["pilot"].to_numpy()
    means = units.groupby("pilot")[["before", "after"]].mean()

    def again(numbers: pd.Series) -> DealtAgain:
        return deal_again(numbers, got, rng=rng, draws=draws, level=level, unit=unit)

    pair = {
        g: (float(means["before"][g]), float(means["after"][g])) for g in means.index
    }
    return Changes(
        means=FourMeans(pilot=pair[True], others=pair[False]),
        units=units.assign(change=change),
        again=again(change),
        after=again(units["after"]),
        unit=unit,
    )
