"""The capstone's game: six companies behind letters, plans played, 24 months unfolded.

The company itself is `cxlab.company`; here is only what is done with it: hide which one
it is, play many plans through the same chances, let three of them unfold month by
month, and choose in every company by its tables alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.company import SCENARIOS, Company, Plan, Truth, company, outlook
from cxlab.strategy import NOTHING, Played, Readings, read_tables, split_budget
from cxlab.tables import own_table

LETTERS = "ABCDEF"
BEFORE = 12  # months whose tables are read before anything is decided


def hidden_companies(rng: np.random.Generator) -> dict[str, str]:
    """Deal the named companies to letters.

    Examples
    --------
    >>> hidden = hidden_companies(np.random.default_rng(1))
    >>> list(hidden) == list("ABCDEF"), sorted(hidden.values()) == sorted(SCENARIOS)
    (True, True)
    """
    names = rng.permutation(list(SCENARIOS)).tolist()
    return dict(zip(LETTERS, names, strict=True))


def money_plans(
    shares: pd.DataFrame, *, budget: float, **mine: Mapping[str, float]
) -> dict[str, Plan]:
    """Turn shares into money: one plan a row, keeping the money, and your own.

    Parameters
    ----------
    shares
        From ``strategy.share_grid``: a row a plan, a column a strategy.
    budget
        Money per month.
    **mine
        Further plans by name, as weights of the five strategies.
    """
    names = [str(name) for name in shares.columns]
    weights: dict[str, Mapping[str, float]] = {NOTHING: {}}
    for plan, row in zip(shares.index, shares.to_numpy(float), strict=True):
        weights[str(plan)] = dict(zip(names, row.tolist(), strict=True))
    return {
        name: Plan(**split_budget(budget, one))
        for name, one in {**weights, **mine}.items()
    }


def play(
    truth: Truth,
    plans: Mapping[str, Plan],
    *,
    n_customers: int,
    months: int,
    replays: int,
    rng: np.random.Generator,
) -> Played:
    """Play every plan through the same replays of a company.

    Parameters
    ----------
    truth
        How the company works.
    plans
        By name.
    n_customers
        At the opening.
    months
        How long the plans have.
    replays
        How many other chances the company gets, at least 2.
    rng
        Where the seeds of the replays come from.
    """
    seeds: Sequence[int] = rng.integers(2**31, size=replays).tolist()
    profits = outlook(truth, plans, n_customers=n_customers, months=months, seeds=seeds)
    return Played(profits=profits.T)


def unfold(
    truth: Truth,
    plans: Mapping[str, Plan],
    *,
    n_customers: int,
    months: int,
    seed: int,
) -> dict[str, pd.Series]:
    """Let months pass in one company, once for each plan, after the year that was read.

    Parameters
    ----------
    truth
        How the company works.
    plans
        By name; the year before is the same under each.
    n_customers
        At the opening of the year that was read.
    months
        How long the plans have.
    seed
        Of the company that was read.

    Returns
    -------
    dict
        By plan: profit of each month beyond that of keeping the money, money.
    """
    profit = {
        name: company(
            n_customers,
            months=BEFORE + months,
            truth=truth,
            plan=plan,
            plan_from=BEFORE + 1,
            seed=seed,
        ).profit.iloc[BEFORE:]
        for name, plan in {NOTHING: Plan(), **plans}.items()
    }
    idle = profit.pop(NOTHING)
    return {name: money - idle for name, money in profit.items()}


def read_all(*, n_customers: int, seed: int) -> dict[str, Readings]:
    """Read a year of every company's tables, and nothing of its truth."""
    return {
        name: read_tables(
            company(n_customers, months=BEFORE, truth=truth, seed=seed).tables
        )
        for name, truth in SCENARIOS.items()
    }


@dataclass(frozen=True, kw_only=True)
class Given:
    """The tables that are read, with their label and where they come from."""

    tables: Mapping[str, pd.DataFrame]
    label: str  # GENERATED: the company of the lesson; REAL: files of the reader
    source: str

    @property
    def real(self) -> bool:
        """Whether they are the reader's own."""
        return self.label == "REAL"


def tables_to_read(firm: Company, *, seed: int, **paths: str) -> Given:
    """Return the reader's own tables if any file is given, else those of a company.

    Parameters
    ----------
    firm
        The company that stands in.
    seed
        Of the company, for the line under its pictures.
    **paths
        A file by name of the table, such as ``customers="ours.csv"``; empty: none.

    Raises
    ------
    BadTable
        If a file breaks a rule of its table.
    """
    own = {name: own_table(name, path) for name, path in paths.items() if path}
    if not own:
        source = f"A company made by this course, one year of it (seed {seed})."
        return Given(tables=firm.tables, label="GENERATED", source=source)
    return Given(
        tables={name: one.frame for name, one in own.items()},
        label="REAL",
        source=" ".join(one.source for one in own.values()),
    )
