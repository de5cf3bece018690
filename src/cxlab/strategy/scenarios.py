"""Scenarios: one strategy may be best in one company, and another in the next.

"Always delight", "always make it easy": each is right in some company. A table of
regrets shows in which, and what it costs to say "always" in the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.results import Estimate, tidy
from cxlab.strategy.luck import luck_and_skill
from cxlab.strategy.plans import NOTHING, STRATEGIES
from cxlab.strategy.regret import Played

PURE = (NOTHING, *STRATEGIES)


@dataclass(frozen=True, kw_only=True)
class Scenarios:
    """The same plans, played in several companies whose truths differ.

    Examples
    --------
    Two companies and two plans, each best in one:

    >>> here = pd.DataFrame([[10, 12], [6, 8]], index=["ease", "people"])
    >>> there = pd.DataFrame([[3, 5], [4, 6]], index=["ease", "people"])
    >>> both = Scenarios(played={"shop": Played(profits=here),
    ...                          "bank": Played(profits=there)})
    >>> both.best, both.always
    ({'shop': 'ease', 'bank': 'people'}, None)
    >>> both.safest, both.worst_regret("ease")
    ('ease', 1.0)
    """

    played: Mapping[str, Played]  # by name of the scenario

    def __post_init__(self) -> None:
        """Refuse scenarios in which different plans were played."""
        plans = [set(one.profits.index) for one in self.played.values()]
        if len(plans) < 2 or any(one != plans[0] for one in plans):
            raise ValueError(
                f"{len(plans)} scenario(s) were given, or their plans differ. Play the "
                "same plans in at least two scenarios."
            )

    @property
    def best(self) -> dict[str, str]:
        """The best plan of each scenario."""
        return {name: one.best for name, one in self.played.items()}

    @property
    def always(self) -> str | None:
        """The plan that is best in every scenario; None if there is none."""
        winners = set(self.best.values())
        return winners.pop() if len(winners) == 1 else None

    def regrets(self) -> pd.DataFrame:
        """Return the regret of every plan (rows) in every scenario (columns), money."""
        table = {name: one.regrets() for name, one in self.played.items()}
        first = next(iter(self.played.values())).profits.index
        return pd.DataFrame(table).loc[first]

    def pure(self) -> pd.DataFrame:
        """Return the regrets of keeping the money, and of each strategy alone."""
        table = self.regrets()
        return table.loc[[name for name in PURE if name in table.index]]

    @property
    def pure_best(self) -> dict[str, str]:
        """The best of the pure strategies in each scenario, or keeping the money."""
        return {str(k): str(v) for k, v in self.pure().idxmin().items()}

    @property
    def best_always(self) -> tuple[str, float]:
        """The single plan that leaves least over all scenarios, and its mean regret."""
        means = self.pure().mean(axis=1)
        return str(means.idxmin()), float(means.min())

    def mean_regret(self, chosen: Mapping[str, str]) -> float:
        """Return the mean regret of somebody who chooses by scenario, money.

        Parameters
        ----------
        chosen
            The plan chosen in each scenario.
        """
        table = self.regrets()
        return float(sum(table[k][plan] for k, plan in chosen.items()) / len(chosen))

    def luck(self, *, rng: np.random.Generator) -> dict[str, Estimate]:
        """Return the share of luck in each scenario, the smallest first, 0-1."""
        found = {
            name: luck_and_skill(one.profits, rng=rng).apart
            for name, one in self.played.items()
        }
        return dict(sorted(found.items(), key=lambda pair: pair[1].estimate))

    @property
    def safest(self) -> str:
        """The plan whose worst regret over the scenarios is smallest."""
        return str(self.regrets().max(axis=1).idxmin())

    def worst_regret(self, plan: str) -> float:
        """Return the largest regret of a plan over the scenarios, money."""
        return float(self.regrets().max(axis=1)[plan])

    def summary(self) -> pd.DataFrame:
        """Return the regret of each pure strategy in each scenario, tidy."""
        return tidy(
            Estimate(
                quantity=f"{plan} in {name}",
                estimate=float(value),
                n=self.played[str(name)].profits.shape[1],
                unit="money",
            )
            for name, column in self.pure().items()
            for plan, value in column.items()
        )

    def __str__(self) -> str:
        """Say how many plans are best somewhere, and whether one always is."""
        if self.always is not None:
            return f"{self.always} is best in all {len(self.played)} scenarios."
        winners = sorted(set(self.pure_best.values()), key=PURE.index)
        return (
            f"In {len(self.played)} scenarios {len(winners)} plans come first "
            f"somewhere ({', '.join(winners)}); none always does."
        )

    def describe(self) -> str:
        """Say what a picture of the regrets shows."""
        rows = "; ".join(f"{name}: {plan}" for name, plan in self.pure_best.items())
        return (
            "Regret of each pure strategy in each scenario, money. "
            f"Best single strategy by scenario: {rows}."
        )
