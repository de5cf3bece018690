"""What plans bring: the same company replayed under each of them, seed by seed.

Under one seed every plan meets the same luck: the same customers, the same failures,
the same whims. So two plans differ by what they do, and few seeds tell them apart.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.company.engine import Engine, Month
from cxlab.company.plan import Plan
from cxlab.company.truth import Truth
from cxlab.company.world import check_seed, check_size

_AT_ONCE = 60_000  # customers of replays side by side: as many as fit a cache


def outlook(
    truth: Truth,
    plans: Mapping[str, Plan],
    *,
    n_customers: int = 2000,
    months: int = 24,
    seeds: Sequence[int],
    n_branches: int = 20,
    plan_from: int = 1,
) -> pd.DataFrame:
    """Return the profit of each plan in each replay, without writing tables.

    Parameters
    ----------
    truth
        How the company works.
    plans
        By name.
    n_customers, months, n_branches, plan_from
        As for ``company``.
    seeds
        One replay each; every plan lives through all of them.

    Returns
    -------
    DataFrame
        One row a seed, one column a plan: profit from month ``plan_from`` to the last,
        money; what ``company(...).profit`` adds up to.
    """
    check_size(n_customers, months=months, n_branches=n_branches, plan_from=plan_from)
    if plan_from > months:
        raise ValueError(
            f"plan_from={plan_from}, months={months}: the plan would begin after the "
            "last month, and there is no profit to look at. Look further ahead."
        )
    if not plans or not len(seeds):
        raise ValueError(
            f"{len(plans)} plans, {len(seeds)} seeds: give at least one of each."
        )
    asked = [(name, check_seed(seed)) for name in plans for seed in seeds]
    step = max(1, _AT_ONCE // n_customers)
    found: list[float] = []
    for start in range(0, len(asked), step):
        some = asked[start : start + step]
        engine = Engine(
            truth,
            plans=[plans[name] for name, _ in some],
            seeds=[seed for _, seed in some],
            n_customers=n_customers,
            n_branches=n_branches,
            plan_from=plan_from,
            asks=False,
        )
        total = np.zeros(engine.branches)

        def add(month: Month, *, total: NDArray[np.float64] = total) -> None:
            if month.number + 1 >= plan_from:
                total += month.revenue - month.cost

        engine.months(months, tell=add)
        found.extend(total.reshape(len(some), n_branches).sum(axis=1).tolist())
    table = np.array(found).reshape(len(plans), len(seeds)).T
    return pd.DataFrame(
        np.round(table, 2),
        index=pd.Index(seeds, name="seed"),
        columns=pd.Index(list(plans), name="plan"),
    )
