"""Next issue avoidance: which issue calls for which other one, soon after.

The company's rule starts anew with every issue code; the customer's does not. Whoever
changes his contract today calls about the first bill next month, and both contacts are
booked as resolved. What follows what can be counted in any log.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.intervals import share
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class NextIssue:
    """How often one issue follows another within some days."""

    issue: str  # the first issue
    next_issue: str  # another issue of the same customer, next in time
    after: Estimate  # share of the first issues that are followed by it
    usual: float  # the same share after all other issues
    within_days: float

    @property
    def avoidable(self) -> float:
        """Contacts that would not have come, had it followed no oftener than usual."""
        return max(0.0, (self.after.estimate - self.usual) * (self.after.n or 0))

    def __str__(self) -> str:
        """Say it in one sentence."""
        return (
            f"Within {self.within_days:g} days '{self.issue}' is followed by "
            f"'{self.next_issue}' in {self.after:.0%} of cases, against "
            f"{self.usual:.0%} after other issues."
        )


def next_issues(cases: pd.DataFrame, *, within_days: float = 30) -> list[NextIssue]:
    """Count which issue follows which, the most avoidable contacts first.

    Parameters
    ----------
    cases : DataFrame
        From `cxlab.resolution.first_contacts`.
    within_days : float
        How soon the next issue must come, days, above 0. Only cases watched for so
        long are counted.

    Raises
    ------
    ValueError
        If no case was watched for so long.

    Examples
    --------
    Of two who changed their contract one asks about the bill soon after.

    >>> cases = pd.DataFrame({"customer": [1, 1, 2, 3], "first_day": [0.0, 9, 0, 0],
    ...                       "issue": ["contract", "bill", "contract", "fault"],
    ...                       "seen_days": [60.0, 51, 60, 60]})
    >>> print(next_issues(cases)[0])
    Within 30 days 'contract' is followed by 'bill' in 50% (95% interval 9% to 91%) of
    cases, against 0% after other issues.
    """
    order = cases.sort_values(["customer", "first_day"], kind="stable")
    later = order.shift(-1)
    soon = (later["customer"] == order["customer"]) & (
        later["first_day"] - order["first_day"] <= within_days
    )
    following = later["issue"].astype("object").where(soon, "")
    watched = (order["seen_days"] >= within_days).to_numpy()
    if not watched.any() or within_days <= 0:
        raise ValueError(
            f"within_days={within_days:g}: no case was watched for so long, or it is "
            "not above 0. Choose a shorter time, or wait for a longer log."
        )
    counts = pd.crosstab(order["issue"].astype(str)[watched], following[watched])
    found = [
        _pair(counts, issue, name, within_days=within_days)
        for issue in counts.index
        for name in counts.columns
        if name and name != issue and len(counts) > 1
    ]
    return sorted(found, key=lambda pair: -pair.avoidable)


def next_issue_table(pairs: list[NextIssue]) -> pd.DataFrame:
    """Return the pairs in the course's tidy table, in the order given."""
    return tidy(pair.after for pair in pairs)


def _pair(
    counts: pd.DataFrame, issue: str, name: str, *, within_days: float
) -> NextIssue:
    sizes, hits = counts.sum(axis=1), counts[name]
    # An issue cannot follow itself here, so its own cases are no comparison.
    others = ~np.isin(counts.index, [issue, name])
    rest = int(sizes[others].sum())
    return NextIssue(
        issue=issue,
        next_issue=name,
        after=share(int(hits[issue]), int(sizes[issue]), quantity=f"{issue} > {name}"),
        usual=float(hits[others].sum()) / rest if rest else 0.0,
        within_days=within_days,
    )
