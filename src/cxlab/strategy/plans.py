"""Plans: one budget, five strategies, and every way to part it in equal slices.

A strategy never competes with "nothing" alone: it competes with what the same money
does elsewhere. So all plans of a grid spend the whole budget, and differ only in where.
"""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

STRATEGIES = ("ease", "delight", "onboarding", "people", "recovery")
NOTHING = "nothing"  # the plan that keeps the money


def split_budget(budget: float, shares: Mapping[str, float]) -> dict[str, float]:
    """Return the money of each strategy, from weights that need not sum to 100.

    Parameters
    ----------
    budget
        Money per month, 0 or more.
    shares
        Weight of each strategy, 0 or more; a strategy that is not named gets nothing.
        All weights 0: the money is kept.

    Raises
    ------
    ValueError
        If a strategy is unknown, or the budget or a weight is below 0.

    Examples
    --------
    >>> split_budget(1000, {"ease": 3, "people": 1})["ease"]
    750.0

    Weights are not money, nor need they be percent: 30 and 10 say the same.

    >>> split_budget(1000, {"ease": 30, "people": 10})["ease"]
    750.0
    """
    unknown = sorted(set(shares) - set(STRATEGIES))
    if unknown:
        raise ValueError(
            f"There is no strategy {unknown[0]!r}. Choose from {', '.join(STRATEGIES)}."
        )
    if budget < 0 or any(weight < 0 for weight in shares.values()):
        raise ValueError(
            f"budget={budget}, shares={dict(shares)}: nobody spends less than nothing. "
            "Give numbers from 0 upwards."
        )
    total = sum(shares.values())
    return {
        name: budget * shares.get(name, 0) / total if total else 0.0
        for name in STRATEGIES
    }


def name_plan(shares: Mapping[str, float]) -> str:
    """Name a plan by what it spends on, the largest share first, in percent.

    Examples
    --------
    >>> name_plan({"ease": 0.25, "people": 0.75})
    'people 75, ease 25'
    >>> name_plan({"recovery": 1.0}), name_plan({})
    ('recovery', 'nothing')
    """
    total = sum(shares.values())
    spent = [(name, shares[name]) for name in STRATEGIES if shares.get(name, 0) > 0]
    if len(spent) < 2:
        return spent[0][0] if spent else NOTHING
    ordered = sorted(spent, key=lambda pair: -pair[1])  # stable: ties as listed
    return ", ".join(f"{name} {100 * share / total:.0f}" for name, share in ordered)


def share_grid(slices: int = 4) -> pd.DataFrame:
    """Return every way to part a budget in equal slices over the five strategies.

    Parameters
    ----------
    slices
        How many slices there are, at least 1; 4 gives steps of a quarter.

    Returns
    -------
    DataFrame
        One row per plan, named; a column of shares (0-1) per strategy. Rows sum to 1.

    Notes
    -----
    ``s`` slices over five strategies can be laid in C(s + 4, 4) ways: put four dividers
    between them.

    Examples
    --------
    >>> len(share_grid(1)), len(share_grid(2)), len(share_grid(4))
    (5, 15, 70)
    """
    if slices < 1:
        raise ValueError(
            f"slices={slices}: a budget has at least one slice. Give 1 for the five "
            "pure strategies, 4 for steps of a quarter."
        )
    bars = len(STRATEGIES) - 1
    rows = []
    for places in combinations(range(slices + bars), bars):
        ends = np.array([-1, *places, slices + bars])
        rows.append((np.diff(ends) - 1) / slices)
    grid = pd.DataFrame(rows[::-1], columns=list(STRATEGIES))
    names = [name_plan(dict(zip(STRATEGIES, row, strict=True))) for row in rows[::-1]]
    return grid.set_axis(names).rename_axis("plan")


def pure_plans() -> pd.DataFrame:
    """Return the five plans that put the whole budget on one strategy."""
    return share_grid(1)
