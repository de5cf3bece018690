"""Luck and skill apart: the same plans, replayed with other chances.

Two managers show two results. How much of the gap is the plan, and how much is what
happened to them? Nobody can replay a real company. A made-up one can be replayed, and
then the spread of results falls into three parts:

- **plan**: what the choice is worth, the same in every replay (skill);
- **year**: what a replay does to every plan alike (luck that all share);
- **rest**: what it does to this plan only (luck of one's own).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.results import Estimate, tidy
from cxlab.strategy.regret import check_profits

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class LuckAndSkill:
    """Three variances of results: of plans, of years, of what is left."""

    plan: float  # money squared; 0 or more, as the two others
    year: float
    rest: float
    plans: int
    replays: int
    apart: Estimate  # share of luck between two managers, each with a company alone
    together: Estimate  # the same for two who live through the same year

    @property
    def typical_luck(self) -> float:
        """Standard deviation of one plan's result from replay to replay, money."""
        return float(np.sqrt(self.year + self.rest))

    @property
    def typical_skill(self) -> float:
        """Standard deviation of the plans' true results, money."""
        return float(np.sqrt(self.plan))

    def replays_needed(self, gap: float, *, power: float = 0.8) -> int:
        """Return how many results a side it takes to see a gap between two plans.

        Parameters
        ----------
        gap
            True difference between the plans, money, not 0.
        power
            How often the gap is to be seen, 0-1, with a two-sided test at 5 of 100.
        """
        from scipy.special import ndtri

        if gap == 0:
            raise ValueError("gap=0: no number of results can show what is not there.")
        reach = float(ndtri(0.975) + ndtri(power))
        return int(np.ceil(2 * (reach * self.typical_luck / gap) ** 2))

    def summary(self) -> pd.DataFrame:
        """Return both shares of luck and both spreads as the tidy table."""
        luck, skill = self.typical_luck, self.typical_skill
        spreads = {"typical luck": luck, "typical skill": skill}
        return tidy(
            [
                self.apart,
                self.together,
                *(
                    Estimate(quantity=k, estimate=v, n=self.replays, unit="money")
                    for k, v in spreads.items()
                ),
            ]
        )

    def __str__(self) -> str:
        """Say the share of luck in one sentence."""
        return (
            f"Of the spread between two managers, {self.apart.estimate:.0%} is luck if "
            f"each has a company alone, and {self.together.estimate:.0%} if both live "
            "through the same year."
        )

    def describe(self) -> str:
        """Say what a picture of luck and skill shows."""
        return f"The spread of results by plan and by replay. {self}"


def luck_and_skill(
    profits: pd.DataFrame,
    *,
    n_boot: int = 500,
    rng: np.random.Generator,
    level: float = 0.95,
) -> LuckAndSkill:
    """Part the spread of results into plan, year and rest.

    Parameters
    ----------
    profits
        Money; a row per plan, a column per replay with the same chances for all plans.
    n_boot
        How often the replays are drawn anew for the intervals, at least 100.
    rng
        Where the randomness comes from.
    level
        Confidence level of the intervals, 0-1.

    Notes
    -----
    The moments of a table with two ways in and one result a cell: with mean squares
    of plans, years and rest, the variance of plans is (MS_plan - MS_rest) / replays,
    that of years (MS_year - MS_rest) / plans, and what comes out below 0 is 0.
    The spread between two managers who chose at random is twice the sum of the parts,
    so the share of luck is (year + rest) / (plan + year + rest); in the same year the
    year falls out of both sides.

    Examples
    --------
    Two plans 4 apart, two years 20 apart, and nothing else: by hand the variance of the
    plans is 8, that of the years 200, and luck is 200 of 208.

    >>> table = pd.DataFrame([[10, 30], [14, 34]], index=["ease", "people"])
    >>> found = luck_and_skill(table, rng=np.random.default_rng(1))
    >>> found.plan, found.year, round(found.apart.estimate, 4)
    (8.0, 200.0, 0.9615)

    Compared within one year, no luck is left:

    >>> found.together.estimate
    0.0
    """
    check_profits(profits)
    if n_boot < 100:
        raise ValueError(
            f"n_boot={n_boot}: an interval from fewer than 100 draws is noise. Give at "
            "least 100; 500 is usual here."
        )
    values = profits.to_numpy(float)
    plan, year, rest = _parts(values)
    draws = rng.integers(values.shape[1], size=(n_boot, values.shape[1]))
    shares = np.array([_shares(*_parts(values[:, drawn])) for drawn in draws])
    apart, together = _shares(plan, year, rest)
    names = ("luck, a company each", "luck, the same year")
    estimates = [
        _with_interval(name, value, shares[:, k], n=values.shape[1], level=level)
        for k, (name, value) in enumerate(zip(names, (apart, together), strict=True))
    ]
    return LuckAndSkill(
        plan=plan,
        year=year,
        rest=rest,
        plans=values.shape[0],
        replays=values.shape[1],
        apart=estimates[0],
        together=estimates[1],
    )


def _parts(values: Floats) -> tuple[float, float, float]:
    """Return the variances of plans, of years and of the rest."""
    p, s = values.shape
    rows, columns = values.mean(axis=1), values.mean(axis=0)
    left = values - rows[:, None] - columns[None, :] + values.mean()
    rest = float((left**2).sum() / ((p - 1) * (s - 1)))
    plan = max(float(rows.var(ddof=1)) - rest / s, 0.0)
    year = max(float(columns.var(ddof=1)) - rest / p, 0.0)
    return plan, year, rest


def _shares(plan: float, year: float, rest: float) -> tuple[float, float]:
    """Return the share of luck between two managers: apart, and in the same year."""
    whole, same = plan + year + rest, plan + rest
    return (year + rest) / whole if whole else 0.0, rest / same if same else 0.0


def _with_interval(
    name: str, value: float, draws: Floats, *, n: int, level: float
) -> Estimate:
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(
        quantity=name,
        estimate=value,
        low=min(float(low), value),
        high=max(float(high), value),
        level=level,
        n=n,
        unit="share",
    )


@dataclass(frozen=True, kw_only=True)
class Upset:
    """How often the worse of two plans shows the better result."""

    better: str
    worse: str
    apart: float  # share of pairs of replays, a company each; 0-1
    together: float  # share of replays, both in the same; 0-1
    replays: int

    def __str__(self) -> str:
        """Say both shares in one sentence."""
        worse = f"{self.worse[:1].upper()}{self.worse[1:]}"
        return (
            f"{worse} shows more than {self.better} in {100 * self.apart:.0f} of "
            f"100 pairs of companies, and in {100 * self.together:.0f} of 100 shared "
            "years."
        )


def upset(profits: pd.DataFrame, one: str, other: str) -> Upset:
    """Count how often the plan that is worse on average shows more all the same.

    Parameters
    ----------
    profits
        Money; a row per plan, a column per replay.
    one, other
        Two plans, in any order.

    Examples
    --------
    People beats ease in each year, but ease in the fat year beats people in the lean.

    >>> table = pd.DataFrame([[10, 30], [14, 34]], index=["ease", "people"])
    >>> found = upset(table, "ease", "people")
    >>> found.better, found.apart, found.together
    ('people', 0.5, 0.0)
    """
    check_profits(profits)
    missing = [plan for plan in (one, other) if plan not in profits.index]
    if missing or one == other:
        raise ValueError(
            f"{one!r} and {other!r}: give two different plans of those played, such as "
            f"{'; '.join(map(str, profits.index[:3]))}."
        )
    first, second = (profits.loc[plan].to_numpy(float) for plan in (one, other))
    if first.mean() < second.mean():
        one, other, first, second = other, one, second, first
    # two companies of their own never share a year: the diagonal stays out
    pairs = second[None, :] > first[:, None]
    n = len(first)
    apart = (pairs.sum() - np.trace(pairs)) / (n * (n - 1))
    return Upset(
        better=one,
        worse=other,
        apart=float(apart),
        together=float(np.trace(pairs) / n),
        replays=n,
    )
