"""A mailing goes to customers who were good before it: its effect is not their level.

Those who get a mailing spend far more than those who do not. They did so before it was
sent. What can be compared is the change, and even the change needs a shop that deals
its mailings by lot.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.results import Estimate, tidy

_Z = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """Spending before and during a mailing, with it and without it."""

    means: pd.DataFrame  # group (mailed | others), before, during: dollars a week; n
    level: Estimate  # mailed less others, during
    change: Estimate  # change of the mailed less change of the others
    fifths: pd.DataFrame  # group, n, mailed (share), answered (share of the mailed)

    def mean(self, group: str, when: str) -> float:
        """Return dollars a week of "mailed" or "others", "before" or "during"."""
        return float(self.means.set_index("group")[when][group])

    def summary(self) -> pd.DataFrame:
        """Return the two comparisons as a tidy table."""
        return tidy([self.level, self.change])

    def __str__(self) -> str:
        """Say both comparisons."""
        return (
            f"Those with the mailing spend {self.level.estimate:.0f} dollars a week "
            f"more; their change differs by {self.change.estimate:+.1f}."
        )

    def describe(self) -> str:
        """Say what the picture shows."""
        said = ", ".join(
            f"{row.group} {row.before:.1f} before and {row.during:.1f} during"
            for row in self.means.itertuples()
        )
        return f"Dollars a week of a household around the mailing: {said}."


def judge_mailing(
    trips: pd.DataFrame,
    *,
    mailed: Collection[int],
    answered: Collection[int],
    first: int,
    last: int,
    groups: int = 5,
) -> Mailing:
    """Compare those who got a mailing with those who did not, in two ways.

    Parameters
    ----------
    trips
        From `trips_of`.
    mailed, answered
        Households that got the mailing, and those that used it.
    first, last
        Its weeks. As many weeks before them are the comparison.
    groups
        Fifths, or other groups, by weeks with a visit before the mailing.

    Raises
    ------
    ValueError
        If there are not as many weeks before, or one of the groups is empty.
    """
    length = last - first + 1
    if length < 1 or first - length < 1:
        raise ValueError(
            f"first={first}, last={last}: as many weeks must lie before the mailing as "
            "in it. Take a later or a shorter one."
        )
    people = pd.DataFrame(index=pd.Index(np.unique(trips["household"])))
    spans = {"before": (first - length, first - 1), "during": (first, last)}
    for name, (start, end) in spans.items():
        spent = trips.loc[trips["week"].between(start, end)]
        sums = spent.groupby("household")["dollars"].sum() / length
        people[name] = sums.reindex(people.index, fill_value=0.0)
    people["mailed"] = people.index.isin(list(mailed))
    people["answered"] = people.index.isin(list(answered))
    counts = people["mailed"].value_counts()
    if len(counts) < 2 or counts.min() < 2:
        raise ValueError(
            f"{int(people['mailed'].sum())} of {len(people)} households got the "
            "mailing: two at least must have got it, and two must not."
        )
    early = trips.loc[trips["week"] < first].groupby("household")["week"].nunique()
    weeks = early.reindex(people.index, fill_value=0).rank(method="first")
    people["group"] = np.ceil(groups * weeks / len(people)).astype(int)
    people["change"] = people["during"] - people["before"]
    named = people.assign(group=np.where(people["mailed"], "mailed", "others"))
    means = named.groupby("group").agg(
        before=("before", "mean"), during=("during", "mean"), n=("before", "size")
    )
    return Mailing(
        means=means.reset_index(),
        level=_gap(people, "during", "mailed less others"),
        change=_gap(people, "change", "change of the mailed less that of the others"),
        fifths=_fifths(people),
    )


def _gap(people: pd.DataFrame, column: str, quantity: str) -> Estimate:
    of = people.groupby("mailed")[column]
    gap = float(of.mean()[True] - of.mean()[False])
    reach = _Z * float(np.sqrt((of.var() / of.size()).sum()))
    return Estimate(
        quantity=quantity,
        estimate=gap,
        low=gap - reach,
        high=gap + reach,
        level=0.95,
        n=len(people),
        unit="dollars a week",
    )


def _fifths(people: pd.DataFrame) -> pd.DataFrame:
    table: pd.DataFrame = people.groupby("group").agg(
        n=("mailed", "size"), mailed=("mailed", "mean")
    )
    used = people.loc[people["mailed"]].groupby("group")["answered"].mean()
    return table.assign(answered=used).reset_index()
