"""Break-even: how many more customers must stay for a gesture to pay for itself.

A gesture is given to every customer, and keeps a few. So the few must pay for all: the
cost per customer breaks even where it equals the drop in leaving times what a kept
customer is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd


def cost_allowed(drop: float, value: float) -> float:
    """Return what a gesture may cost per customer.

    Parameters
    ----------
    drop
        How much it lowers the share of customers that leaves, 0-1.
    value
        What one kept customer is worth, money, after all other costs.

    Examples
    --------
    Of 100 customers two more stay, and each is worth 600: 1,200 for 100 gestures.

    >>> cost_allowed(0.02, 600)
    12.0
    """
    _check_share(drop, "drop")
    if value <= 0:
        raise ValueError(
            f"value={value}: a kept customer who is worth nothing pays for nothing. "
            "Give the money that is left of what a kept customer pays, above 0."
        )
    return drop * value


def drop_needed(cost: float, value: float) -> float:
    """Return how much less leaving a gesture must bring, as a share of all customers.

    Parameters
    ----------
    cost
        What the gesture costs per customer, money.
    value
        What one kept customer is worth, money, after all other costs.

    Examples
    --------
    >>> drop_needed(12, 600)
    0.02
    """
    if cost < 0 or value <= 0 or cost > value:
        raise ValueError(
            f"cost={cost}, value={value}: the cost is 0 or more and the value above "
            "it, for a gesture that costs more than a customer is worth never pays, "
            "even if it kept everybody."
        )
    return cost / value


def _check_share(share: float, name: str) -> None:
    if not 0 <= share <= 1:
        raise ValueError(
            f"{name}={share}: a share lies between 0 and 1. Give two of 100 as 0.02."
        )


@dataclass(frozen=True, kw_only=True)
class BreakEven:
    """How much less leaving an added cost needs, for customers of a given worth.

    Examples
    --------
    A fifth more on 100 a year, for customers who are worth 600 when kept:

    >>> BreakEven(base_cost=100, value=600).drop(0.20)
    0.03333333333333333
    """

    base_cost: float  # what serving a customer costs without the delight, money
    value: float  # what one kept customer is worth, money
    leaving: float = 0.2  # share of customers that leaves without the delight

    def drop(self, added: float) -> float:
        """Return the drop in leaving that an added share of cost needs, 0-1."""
        return drop_needed(added * self.base_cost, self.value)

    def of_leavers(self, added: float) -> float:
        """Return which share of those who would leave must be kept, 0-1 and above."""
        _check_share(self.leaving, "leaving")
        return self.drop(added) / self.leaving

    def __str__(self) -> str:
        """Say the need of the two printed shares in one sentence."""
        low, high = 100 * self.drop(0.10), 100 * self.drop(0.20)
        return (
            f"To add 10 to 20% to a cost of {self.base_cost:g} pays if {low:.1f} to "
            f"{high:.1f} more of 100 customers stay, each worth {self.value:g}."
        )

    def describe(self) -> str:
        """Say what a table of this need shows."""
        return f"Added cost, and how many more of 100 customers must stay. {self}"

    def table(self, shares: Sequence[float]) -> pd.DataFrame:
        """Return the sheet to take home: one row per added share of cost."""
        return pd.DataFrame(
            {
                "added cost": list(shares),
                "money per customer": [share * self.base_cost for share in shares],
                "must stay, of 100": [100 * self.drop(share) for share in shares],
                "of those who would leave": [self.of_leavers(s) for s in shares],
            }
        )
