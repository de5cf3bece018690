"""Fans, counted by what they did: who promised, who told somebody, who brought one.

A promise to recommend costs nothing. A fan is a customer after whom another one came.
"""

from dataclasses import dataclass

import pandas as pd

from cxlab import intervals
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Fans:
    """How many customers promise to recommend, and how many of them did."""

    asked: int  # customers
    promised: int  # gave at least the least answer that counts as a promise
    told: int  # of those who promised: told at least one person
    brought: int  # of those who promised: at least one new customer came
    level: float = 0.95

    @property
    def estimates(self) -> tuple[Estimate, Estimate, Estimate]:
        """Promised, of all; told and brought, of those who promised."""
        rows = (
            ("promise to recommend", self.promised, self.asked),
            ("told somebody, of those who promised", self.told, self.promised),
            ("brought somebody, of those who promised", self.brought, self.promised),
        )
        one, two, three = (
            intervals.share(hits, n, quantity=name, level=self.level)
            for name, hits, n in rows
        )
        return one, two, three

    def __str__(self) -> str:
        """Say it in counts."""
        return (
            f"Of {self.asked} customers {self.promised} promise to recommend; of these "
            f"{self.told} told somebody and {self.brought} brought somebody."
        )

    def summary(self) -> pd.DataFrame:
        """Return the three shares as rows of the tidy table."""
        return tidy(self.estimates)


def count_fans(table: pd.DataFrame, *, least: int = 9, level: float = 0.95) -> Fans:
    """Count who promised to recommend, who told somebody, and who brought somebody.

    Parameters
    ----------
    table : DataFrame
        One row per customer: ``would recommend`` (points, high is surely), ``told``
        (people told since) and ``brought`` (customers who came and named this one).
    least
        The lowest answer that counts as a promise, points.

    Examples
    --------
    >>> rows = pd.DataFrame(
    ...     {"would recommend": [10, 9, 9, 4], "told": [3, 0, 1, 2],
    ...      "brought": [1, 0, 0, 0]}
    ... )
    >>> print(count_fans(rows))
    Of 4 customers 3 promise to recommend; of these 2 told somebody and 1 brought somebody.
    """  # noqa: E501 - one sentence is one line
    missing = {"would recommend", "told", "brought"} - set(table)
    if missing:
        raise ValueError(
            f"The table lacks {', '.join(sorted(missing))}. Give one row per customer "
            "with 'would recommend', 'told' and 'brought'."
        )
    promised = table[table["would recommend"] >= least]
    if promised.empty:
        raise ValueError(
            f"Nobody answered {least} or more, so there are no promises to compare "
            "with deeds. Lower `least`, or look at the scale of the question."
        )
    return Fans(
        asked=len(table),
        promised=len(promised),
        told=int((promised["told"] > 0).sum()),
        brought=int((promised["brought"] > 0).sum()),
        level=level,
    )
