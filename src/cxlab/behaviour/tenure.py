"""Tenure: whether time makes a customer better, or the better ones stay.

A shop's older customers spend more than its newer ones. Two stories fit: spending grows
with time, or those who spend little drop out. Following the same households from their
first month tells the two apart.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.results import Estimate, tidy

_Z = 1.959963984540054
_WEEKS = 4  # in a month


@dataclass(frozen=True, kw_only=True)
class Tenure:
    """Spending and discounts by months since a household was first seen."""

    months: pd.DataFrame  # month (1 ..), group (every | some), dollars, discount, n
    gap_first: Estimate  # every less some, in the first month, dollars
    growth: Estimate  # every: last three months less the three after the first, dollars
    growth_discount: Estimate  # the same for the discount, share of the shelf price
    n_every: int  # households seen in every month
    n_some: int  # households that were not

    def of(self, group: str) -> pd.DataFrame:
        """Return the months of one group: "every" or "some"."""
        rows = self.months.loc[self.months["group"] == group]
        if rows.empty:
            raise ValueError(f"group={group!r}: choose 'every' or 'some'.")
        return rows.reset_index(drop=True)

    def summary(self) -> pd.DataFrame:
        """Return the gap and the two growths as a tidy table."""
        return tidy([self.gap_first, self.growth, self.growth_discount])

    def __str__(self) -> str:
        """Say where the gap comes from."""
        return (
            f"In their first month those who come every month spend "
            f"{self.gap_first.estimate:.0f} dollars more than the others; from then on "
            f"they change by {self.growth.estimate:+.0f} dollars."
        )

    def describe(self) -> str:
        """Say what the picture shows."""
        every, some = self.of("every")["dollars"], self.of("some")["dollars"]
        return (
            f"Dollars a month by months since first seen. {self.n_every} households "
            f"seen in every month go from {every.iloc[0]:.0f} to {every.iloc[-1]:.0f}; "
            f"{self.n_some} others, while they come, from {some.iloc[0]:.0f} to "
            f"{some.iloc[-1]:.0f}."
        )


def by_tenure(
    trips: pd.DataFrame, *, start_by: int = 8, months: int = 11, until: int = 52
) -> Tenure:
    """Follow households from the first week in which they were seen.

    Parameters
    ----------
    trips
        From `trips_of`.
    start_by
        Only households first seen by this week are followed: the others cannot have
        been seen for so long.
    months
        Months of four weeks that are followed.
    until
        Last whole week of the table.

    Returns
    -------
    Tenure
        Means over households that came in the month, with 95% intervals.

    Raises
    ------
    ValueError
        If the table is too short for so many months.
    """
    if months < 4 or start_by + _WEEKS * months - 1 > until:
        raise ValueError(
            f"start_by={start_by}, months={months}, until={until}: the last household "
            f"would be followed to week {start_by + _WEEKS * months - 1}. Follow at "
            "least four months, and no more than the table holds."
        )
    first = trips.groupby("household")["week"].min()
    month = (trips["week"] - trips["household"].map(first)) // _WEEKS + 1
    kept = trips["household"].map(first <= start_by) & (month <= months)
    rows = trips.loc[kept].assign(month=month[kept])
    sums = rows.groupby(["household", "month"])[["dollars", "card_discount"]].sum()
    shelf = sums.sum(axis=1).replace(0.0, np.nan)
    sums["discount"] = sums["card_discount"] / shelf
    seen = sums.groupby("household")["dollars"].transform("size")
    sums["group"] = np.where(seen == months, "every", "some")
    table = (
        sums.reset_index()
        .groupby(["month", "group"])
        .agg(
            dollars=("dollars", "mean"),
            discount=("discount", "mean"),
            n=("dollars", "size"),
        )
    )
    always = sums.loc[sums["group"] == "every"].reset_index()
    opening = sums.xs(1, level="month").groupby("group")["dollars"]
    error = opening.std() / np.sqrt(opening.size())
    gap = float(opening.mean()["every"] - opening.mean()["some"])
    reach = _Z * float(np.hypot(error["every"], error["some"]))
    return Tenure(
        months=table.reset_index(),
        gap_first=Estimate(
            quantity="gap in the first month",
            estimate=gap,
            low=gap - reach,
            high=gap + reach,
            level=0.95,
            n=int(opening.size().sum()),
            unit="dollars a month",
        ),
        growth=_growth(always, "dollars", "growth of spending", "dollars a month"),
        growth_discount=_growth(
            always, "discount", "growth of the discount", "share of the shelf price"
        ),
        n_every=int(opening.size()["every"]),
        n_some=int(opening.size()["some"]),
    )


def _growth(rows: pd.DataFrame, column: str, quantity: str, unit: str) -> Estimate:
    wide = rows.pivot_table(index="household", columns="month", values=column)
    # the first month begins with a visit by definition; growth starts after it
    change = (wide.iloc[:, -3:].mean(axis=1) - wide.iloc[:, 1:4].mean(axis=1)).dropna()
    mean, error = float(change.mean()), float(change.std() / np.sqrt(len(change)))
    return Estimate(
        quantity=quantity,
        estimate=mean,
        low=mean - _Z * error,
        high=mean + _Z * error,
        level=0.95,
        n=len(change),
        unit=unit,
    )
