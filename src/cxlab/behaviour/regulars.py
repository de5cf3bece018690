"""What regular customers of a shop do later: stay, spend, and need no discount.

Who is regular is decided in the first part of the year, and what they do is counted in
the second. Whoever does both in the same weeks finds that those who came often came
often.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.results import Estimate, tidy

BEHAVIOURS = ("stayed", "spent", "a_trip", "discount")
_UNITS = {
    "stayed": "share",
    "spent": "dollars a week",
    "a_trip": "dollars a trip",
    "discount": "share of the shelf price",
}
_LAST_WEEKS = 4
_Z = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Regulars:
    """Households by how regular they were, and what they did afterwards."""

    table: (
        pd.DataFrame
    )  # behaviour, group (1 least .. groups most), estimate, low, high, n
    differences: tuple[Estimate, ...]  # most regular less least regular
    households: pd.DataFrame  # one row a household

    def means(self, behaviour: str) -> pd.DataFrame:
        """Return one behaviour, a row for each group.

        Raises
        ------
        ValueError
            If no such behaviour was counted.
        """
        rows = self.table.loc[self.table["behaviour"] == behaviour]
        if rows.empty:
            raise ValueError(
                f"behaviour={behaviour!r} is not counted here. Choose one of "
                f"{', '.join(BEHAVIOURS)}."
            )
        return rows.reset_index(drop=True)

    def difference(self, behaviour: str) -> Estimate:
        """Return the most regular group less the least regular one."""
        self.means(behaviour)
        return self.differences[BEHAVIOURS.index(behaviour)]

    def summary(self) -> pd.DataFrame:
        """Return the four differences as a tidy table."""
        return tidy(self.differences)

    def __str__(self) -> str:
        """Say what the ends do differently."""
        stayed, spent = self.means("stayed"), self.means("spent")
        return (
            f"Of the least regular {stayed['estimate'].iloc[0]:.0%} are there at the "
            f"end, of the most regular {stayed['estimate'].iloc[-1]:.0%}; they spend "
            f"{spent['estimate'].iloc[0]:.0f} and {spent['estimate'].iloc[-1]:.0f} "
            "dollars a week."
        )

    def describe(self) -> str:
        """Say what the picture of the groups shows."""
        said = []
        for behaviour in BEHAVIOURS:
            means = self.means(behaviour)["estimate"]
            spec = ".0%" if "share" in _UNITS[behaviour] else ".0f"
            said.append(
                f"{behaviour.replace('_', ' ')} from {means.iloc[0]:{spec}} to "
                f"{means.iloc[-1]:{spec}} ({_UNITS[behaviour]})"
            )
        return "From the least to the most regular households: " + "; ".join(said) + "."


def trips_of(lines: pd.DataFrame) -> pd.DataFrame:
    """Add up the lines of receipts into trips.

    Parameters
    ----------
    lines : DataFrame
        ``household``, ``basket``, ``week``, ``dollars`` (what the shop received) and
        ``card_discount`` (what the loyalty card took off).

    Returns
    -------
    DataFrame
        One row a trip: ``household``, ``week``, ``dollars``, ``card_discount``.

    Raises
    ------
    ValueError
        If a column is missing.
    """
    needed = ["household", "basket", "week", "dollars", "card_discount"]
    missing = [name for name in needed if name not in lines]
    if missing:
        raise ValueError(
            f"The lines have no column {', '.join(missing)}. Give {', '.join(needed)}."
        )
    baskets = lines.groupby("basket", sort=True)
    return baskets.agg(
        household=("household", "first"),
        week=("week", "first"),
        dollars=("dollars", "sum"),
        card_discount=("card_discount", "sum"),
    ).reset_index(drop=True)


def by_regularity(
    trips: pd.DataFrame, *, watch: int = 26, until: int = 52, groups: int = 5
) -> Regulars:
    """Group households by weeks with a visit, and count what they do afterwards.

    Parameters
    ----------
    trips
        From `trips_of`.
    watch
        Regularity is the number of weeks up to this one with a visit.
    until
        Behaviour is counted from the week after ``watch`` to this week.
    groups
        Number of groups of equal size; ties are kept in the order of households.

    Returns
    -------
    Regulars
        Means over households with 95% intervals. A household that never returns has
        spent nothing, and has no trip and no discount to count.

    Raises
    ------
    ValueError
        If the weeks leave nothing to count, or there are too few households.
    """
    if not 1 <= watch <= until - _LAST_WEEKS:
        raise ValueError(
            f"watch={watch}, until={until}: leave at least {_LAST_WEEKS} weeks after "
            "the watching, or nobody can be seen to stay."
        )
    early = trips.loc[trips["week"] <= watch]
    late = trips.loc[trips["week"].between(watch + 1, until)]
    regular = early.groupby("household")["week"].nunique()
    if groups < 2 or len(regular) < 10 * groups:
        raise ValueError(
            f"{len(regular)} households for {groups} groups: give at least two groups, "
            "and ten households to each."
        )
    seen = late.groupby("household").agg(
        trips=("week", "size"),
        last=("week", "max"),
        dollars=("dollars", "sum"),
        discount=("card_discount", "sum"),
    )
    people = regular.rename("weeks").to_frame().join(seen)
    rank = people["weeks"].rank(method="first")
    people["group"] = np.ceil(groups * rank / len(people)).astype(int)
    people["stayed"] = (people["last"] > until - _LAST_WEEKS).astype(float)
    people["spent"] = people["dollars"].fillna(0.0) / (until - watch)
    people["a_trip"] = people["dollars"] / people["trips"]
    shelf = (people["dollars"] + people["discount"]).replace(0.0, np.nan)
    people["discount"] = people["discount"] / shelf
    return _counted(people)


def _counted(people: pd.DataFrame) -> Regulars:
    rows, differences = [], []
    for behaviour in BEHAVIOURS:
        of = people.groupby("group")[behaviour]
        n, mean = of.count(), of.mean()
        error: pd.Series = of.std() / np.sqrt(n)
        for g in mean.index:
            low, high = mean[g] - _Z * error[g], mean[g] + _Z * error[g]
            rows.append([behaviour, int(g), mean[g], low, high, int(n[g])])
        first, last = mean.index.min(), mean.index.max()
        difference = float(mean[last] - mean[first])
        reach = _Z * float(np.hypot(error[first], error[last]))
        differences.append(
            Estimate(
                quantity=f"{behaviour}, most less least regular",
                estimate=difference,
                low=difference - reach,
                high=difference + reach,
                level=0.95,
                n=int(n[first] + n[last]),
                unit=_UNITS[behaviour],
            )
        )
    columns = ["behaviour", "group", "estimate", "low", "high", "n"]
    return Regulars(
        table=pd.DataFrame(rows, columns=columns),
        differences=tuple(differences),
        households=people,
    )
