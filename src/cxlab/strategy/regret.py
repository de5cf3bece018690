"""Regret: what a plan leaves on the table, against the best of all that were possible.

A profit alone says little: it may come from a good year. Regret compares plans that
lived through the *same* chances (the same seeds), so that the year cancels out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cxlab.results import Estimate, tidy


def check_profits(profits: pd.DataFrame, *, replays: int = 2) -> None:
    """Refuse what is no table of plans by replays."""
    if profits.shape[0] < 2 or profits.shape[1] < replays:
        raise ValueError(
            f"profits of {profits.shape[0]} plans in {profits.shape[1]} replays: give "
            f"at least two plans (rows) and {replays} replays (columns)."
        )
    if not profits.index.is_unique or not np.isfinite(profits.to_numpy(float)).all():
        raise ValueError(
            "Two plans have one name, or a profit is missing. Give each plan one row, "
            "with its profit in every replay."
        )


@dataclass(frozen=True, kw_only=True)
class Played:
    """What every plan brought in every replay of one company.

    Examples
    --------
    Three plans, and two replays: a lean year and a fat one.

    >>> table = pd.DataFrame({"lean": [10, 14, 8], "fat": [30, 32, 31]},
    ...                      index=["ease", "people", "delight"])
    >>> played = Played(profits=table)
    >>> played.best, played.regret("ease").estimate
    ('people', 3.0)

    The trap: ease in the fat year beats people in the lean one by 16. That is the year.
    """

    profits: pd.DataFrame  # money over all months; a row per plan, a column per replay
    level: float = 0.95  # of the intervals

    def __post_init__(self) -> None:
        """Refuse what is no table of plans by replays."""
        check_profits(self.profits)

    @cached_property
    def expected(self) -> pd.Series:
        """Mean profit of each plan over the replays, the best first."""
        return self.profits.mean(axis=1).sort_values(ascending=False, kind="stable")

    @property
    def best(self) -> str:
        """The plan with the highest mean profit."""
        return str(self.expected.index[0])

    def regret(self, plan: str) -> Estimate:
        """Return how much less a plan brings than the best, replay by replay."""
        self._known(plan)
        gaps = (self.profits.loc[self.best] - self.profits.loc[plan]).to_numpy(float)
        mean, n = float(gaps.mean()), len(gaps)
        half = float(stdtrit(n - 1, (1 + self.level) / 2) * gaps.std(ddof=1) / n**0.5)
        return Estimate(
            quantity=f"regret of {plan}",
            estimate=mean,
            low=mean - half,
            high=mean + half,
            level=self.level,
            n=n,
            unit="money",
        )

    def regrets(self) -> pd.Series:
        """Return the mean regret of every plan, the smallest first."""
        gaps: pd.Series = self.expected.iloc[0] - self.expected
        return gaps

    def rank(self, plan: str) -> int:
        """Return the place of a plan among all, 1 being the best."""
        self._known(plan)
        return int((self.expected > self.expected[plan]).sum()) + 1

    def as_good(self) -> list[str]:
        """Return the plans whose regret cannot be told from none, the best first."""
        gaps = {plan: self.regret(str(plan)).low for plan in self.expected.index}
        return [str(plan) for plan, low in gaps.items() if low is None or low <= 0]

    def table(self, *, best: int, also: Sequence[str] = ()) -> pd.DataFrame:
        """Return the regret of the best plans, and of some others, with intervals.

        Parameters
        ----------
        best
            How many of the best plans stand at the top.
        also
            Plans that are shown wherever they came in.
        """
        names = dict.fromkeys([*map(str, self.expected.index[:best]), *also])
        rows = {name: f"{self.regret(name):,.0f}" for name in names}
        places = [self.rank(name) for name in rows]
        table = pd.DataFrame({"place": places, "regret, money": rows.values()})
        return table.set_index(pd.Index(rows, name="plan"))

    def firsts(self) -> pd.Series:
        """Return in which share of the replays each plan came out first, 0-1."""
        winners = self.profits.idxmax(axis=0).value_counts(normalize=True)
        return winners.reindex(self.expected.index, fill_value=0.0)

    def _known(self, plan: str) -> None:
        if plan not in self.profits.index:
            raise ValueError(
                f"There is no plan {plan!r} among the {len(self.profits)} played. "
                f"The best three are: {'; '.join(map(str, self.expected.index[:3]))}."
            )

    def summary(self) -> pd.DataFrame:
        """Return the regret of every plan as the tidy table, the smallest first."""
        return tidy(self.regret(str(plan)) for plan in self.expected.index)

    def __str__(self) -> str:
        """Say the best plan and the worst in one sentence."""
        worst, gap = self.expected.index[-1], float(self.regrets().iloc[-1])
        return (
            f"Of {len(self.profits)} plans in {self.profits.shape[1]} replays, "
            f"{self.best} is best; {worst} leaves {gap:,.0f} on the table."
        )

    def describe(self) -> str:
        """Say what a picture of the plans shows."""
        return f"The mean profit of every plan, and how it varies by replay. {self}"
