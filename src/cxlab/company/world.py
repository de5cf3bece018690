"""One company, whole: its tables, and the truth behind them.

Branches, employees, customers, touches, contacts, surveys, purchases and months of
profit that fit each other, made of the pieces that the lessons teach.
"""

from dataclasses import dataclass

import pandas as pd

from cxlab.company.book import Book
from cxlab.company.engine import Engine
from cxlab.company.frames import TABLES, frames
from cxlab.company.plan import Plan
from cxlab.company.truth import Truth


@dataclass(frozen=True, kw_only=True, eq=False)
class Company:
    """A company's tables and its truth. All scales: high is more of the named thing."""

    branches: pd.DataFrame
    employees: pd.DataFrame
    customers: pd.DataFrame
    touches: pd.DataFrame
    contacts: pd.DataFrame
    surveys: pd.DataFrame
    purchases: pd.DataFrame
    months: pd.DataFrame
    truth: Truth
    plan: Plan
    seed: int

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        return {name: getattr(self, name) for name in TABLES}

    @property
    def profit(self) -> "pd.Series[float]":
        """Profit of the whole company, month by month, money."""
        return self.months.groupby("month", sort=True)["profit"].sum()


def company(
    n_customers: int = 2000,
    *,
    months: int = 24,
    n_branches: int = 20,
    truth: Truth | None = None,
    plan: Plan | None = None,
    plan_from: int = 1,
    seed: int = 1,
) -> Company:
    """Make a company and let months pass.

    Parameters
    ----------
    n_customers : int
        At the opening of the first month; others join.
    months : int
        How long we look, at least 1.
    n_branches : int
        At least 1, with ten customers each or more.
    truth : Truth
        Every coefficient; by default ``Truth()``.
    plan : Plan
        Money per month; by default nothing is spent.
    plan_from : int
        First month in which it is spent, 1 is the company's first. What happened before
        is the same whatever the plan.
    seed : int
        At least 0. The same seed gives the same tables, on every Python.

    Examples
    --------
    >>> small = company(200, months=2, n_branches=2, seed=1)
    >>> list(small.tables)[:4], len(small.profit)
    (['branches', 'employees', 'customers', 'touches'], 2)
    """
    check_size(n_customers, months=months, n_branches=n_branches, plan_from=plan_from)
    truth, plan = truth or Truth(), plan or Plan()
    engine = Engine(
        truth,
        plans=[plan],
        seeds=[check_seed(seed)],
        n_customers=n_customers,
        n_branches=n_branches,
        plan_from=plan_from,
    )
    book = Book(engine)
    engine.months(months, tell=book.write)
    return Company(**frames(book), truth=truth, plan=plan, seed=seed)


def check_size(
    n_customers: int, *, months: int, n_branches: int, plan_from: int
) -> None:
    """Refuse a company that cannot be."""
    if plan_from < 1:
        raise ValueError(
            f"plan_from={plan_from}: 1 is the first month; give it, or a later one."
        )
    if n_branches < 1 or months < 1 or n_customers < 10 * n_branches:
        raise ValueError(
            f"n_customers={n_customers}, months={months}, n_branches={n_branches}: "
            "give at least one month, one branch, and ten customers for each branch."
        )


def check_seed(seed: int) -> int:
    """Return the seed, if it is one."""
    if seed < 0 or seed != int(seed):
        raise ValueError(f"seed={seed}: give a whole number of at least 0.")
    return int(seed)
