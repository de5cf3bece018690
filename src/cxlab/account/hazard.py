"""Who left, of those who still could: the hazard, by month and by balance.

A share that left "by now" mixes old and new customers. The hazard asks month by month:
of those who were still here when the month began, how many left in it?
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.account.months import Months, check_customers
from cxlab.account.rules import Rules
from cxlab.intervals import share, wilson_limits
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def hazard_table(customers: pd.DataFrame) -> pd.DataFrame:
    """Count month by month who left, of those who could have.

    Parameters
    ----------
    customers : DataFrame
        One row a customer: ``months`` that the customer was seen, at least 1, and
        ``left`` (True: in the last of them; False: still here when we stopped looking).

    Returns
    -------
    DataFrame
        month, could leave, left, hazard (share), still here (share of the first).

    Examples
    --------
    Three customers: one left in month 1, one in month 2, one is still here.

    >>> three = pd.DataFrame({"months": [1, 2, 2], "left": [True, True, False]})
    >>> hazard_table(three)["hazard"].tolist()
    [0.3333333333333333, 0.5]
    """
    check_customers(customers)
    months = customers["months"].to_numpy(dtype=np.int64)
    gone = np.bincount(months[customers["left"]], minlength=months.max() + 1)[1:]
    seen = np.bincount(months, minlength=months.max() + 1)[1:]
    could = seen[::-1].cumsum()[::-1]
    hazard = gone / could
    return pd.DataFrame(
        {
            "month": np.arange(1, len(gone) + 1),
            "could leave": could,
            "left": gone,
            "hazard": hazard,
            "still here": np.cumprod(1 - hazard),
        }
    )


@dataclass(frozen=True, kw_only=True)
class ByBalance:
    """Who left in a month, by the balance at its opening."""

    balance: Floats  # mean of each group, points
    could: Ints  # customer-months in each
    left: Ints
    level: float = 0.95

    @property
    def shares(self) -> Floats:
        """Share that left, 0-1."""
        found: Floats = self.left / self.could
        return found

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Interval of each share."""
        return wilson_limits(self.left, self.could, level=self.level)

    def side(self, *, debit: bool) -> Estimate:
        """Return the share that left of all months that open in debit, or in credit."""
        here = self.balance < 0 if debit else self.balance >= 0
        name = "leave in a month that opens " + ("in debit" if debit else "in credit")
        return share(
            int(self.left[here].sum()),
            int(self.could[here].sum()),
            quantity=name,
            level=self.level,
        )

    def summary(self) -> pd.DataFrame:
        """Return the share that left, in debit and in credit, as the tidy table."""
        return tidy([self.side(debit=True), self.side(debit=False)])

    def __str__(self) -> str:
        """Say how many left, in debit and in credit."""
        debit, credit = (100 * self.side(debit=d).estimate for d in (True, False))
        return (
            f"Of 100 customers, {debit:.0f} leave in a month that opens in debit, and "
            f"{credit:.0f} in one that opens in credit."
        )

    def describe(self) -> str:
        """Say what a picture of the shares shows."""
        return (
            f"Who leaves in a month, by the balance at its opening, from "
            f"{self.balance[0]:.1f} to {self.balance[-1]:.1f} points. {self}"
        )


def leave_by_balance(months: Months, *, rules: Rules, groups: int = 10) -> ByBalance:
    """Sort customer-months by their opening balance, and count who left in each group.

    Parameters
    ----------
    months
        Customer-months.
    rules
        How touches become a balance.
    groups
        Groups in all, at least a third of them in debit; none spans zero.
    """
    balance = months.opening(rules)
    debit = balance < 0
    below = max(groups // 3, round(groups * debit.mean())) if debit.any() else 0
    group = np.empty(len(balance), dtype=np.int64)
    for side, first, count in ((debit, 0, below), (~debit, below, groups - below)):
        ranks = np.argsort(np.argsort(balance[side], kind="stable"), kind="stable")
        group[side] = first + (ranks * count) // max(1, side.sum())
    could = np.bincount(group, minlength=groups)
    kept = could > 0
    return ByBalance(
        balance=(np.bincount(group, balance, groups)[kept] / could[kept]),
        could=could[kept],
        left=np.bincount(group, months.left, groups)[kept].astype(np.int64),
    )
