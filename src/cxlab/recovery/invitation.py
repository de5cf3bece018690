"""An invitation dealt by lot: what it brings, and how many customers it takes.

Nobody can be made to accept a recovery. But an invitation can be dealt by lot, and then
all who were invited are counted, whether they came or not.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from cxlab.intervals import z_value
from cxlab.recovery.shares import difference_of_shares
from cxlab.results import Estimate, tidy

_NEEDS = ("failed", "invited", "recovered", "loyal")


@dataclass(frozen=True, kw_only=True)
class Invited:
    """What an invitation brought, counted over all who had a failure."""

    brought: Estimate  # share loyal among the invited less the others
    reached: Estimate  # share put right among the invited less the others

    @property
    def per_recovery(self) -> float:
        """Loyal customers for each customer whom the invitation brought in."""
        return self.brought.estimate / self.reached.estimate

    def __str__(self) -> str:
        """Say both counts in one sentence."""
        return (
            f"Of 100 invited, {100 * self.reached.estimate:.0f} more are put right and "
            f"{100 * self.brought.estimate:.1f} more are loyal."
        )

    def summary(self) -> pd.DataFrame:
        """Return both differences as the tidy table."""
        return tidy([self.reached, self.brought])


def count_invited(table: pd.DataFrame) -> Invited:
    """Compare customers with a failure who were invited by lot with those who were not.

    Parameters
    ----------
    table : DataFrame
        One row per customer, true or false: ``failed``, ``invited``, ``recovered``,
        ``loyal`` (never if left). Whoever left is in the table.

    Examples
    --------
    >>> table = pd.DataFrame({"failed": True, "invited": [True] * 4 + [False] * 4,
    ...                       "recovered": [True] * 2 + [False] * 6,
    ...                       "loyal": [True] * 3 + [False] * 3 + [True] * 2})
    >>> found = count_invited(table)
    >>> found.reached.estimate, found.brought.estimate, found.per_recovery
    (0.5, 0.25, 0.5)
    """
    missing = [name for name in _NEEDS if name not in table]
    if missing:
        raise ValueError(
            f"The table lacks {missing}. It needs {', '.join(_NEEDS)}, true or false."
        )
    had = table[table["failed"]]
    sides = [had[had["invited"]], had[~had["invited"]]]

    def gap(column: str) -> Estimate:
        one, other = ((int(x[column].sum()), len(x)) for x in sides)
        return difference_of_shares(one, other, quantity=f"{column}, invited less not")

    return Invited(brought=gap("loyal"), reached=gap("recovered"))


@dataclass(frozen=True, kw_only=True)
class InvitationPlan:
    """A test planned before it is run: whom it must reach to see what.

    Examples
    --------
    Half as many reached: four times as many customers.

    >>> full, half = (InvitationPlan(worth=0.1, reach=r) for r in (0.6, 0.3))
    >>> full.needed, half.needed
    (1065, 4231)
    """

    worth: float  # smallest gain in share loyal per recovery that would pay, 0-1
    reach: float  # share put right because they were invited, 0-1
    loyal: float = 0.4  # share loyal among those not invited, 0-1
    level: float = 0.95  # of the interval
    power: float = 0.8  # how often the test is to see the gain, 0-1

    def __post_init__(self) -> None:
        """Refuse shares that are none, and gains beyond everybody."""
        for name in ("worth", "reach", "loyal"):
            value = getattr(self, name)
            if not 0 < value < 1:
                raise ValueError(
                    f"{name}={value}: a share above 0 and below 1 is needed. Give ten "
                    "of 100 as 0.1."
                )
        if self.loyal + self.gain >= 1:
            raise ValueError(
                f"{self.loyal:.2f} loyal and {self.gain:.2f} more is everybody. Give a "
                "smaller worth."
            )

    @property
    def gain(self) -> float:
        """What all the invited gain on average: only those reached can gain."""
        return self.worth * self.reach

    @property
    def needed(self) -> int:
        """Customers in each of the two groups."""
        z = z_value(self.level) + z_value(2 * self.power - 1)
        return int(np.ceil(z**2 * self._variance / self.gain**2))

    def sees(self, n: int) -> float:
        """Return how often a test with n customers a group sees the gain, 0-1."""
        error = np.sqrt(self._variance / n)
        return float(ndtr(self.gain / error - z_value(self.level)))

    @property
    def _variance(self) -> float:
        p, q = self.loyal, self.loyal + self.gain
        return p * (1 - p) + q * (1 - q)

    def __str__(self) -> str:
        """Say how many customers it takes in one sentence."""
        return (
            f"To see {100 * self.worth:.0f} more loyal of 100 put right, with "
            f"{100 * self.reach:.0f} of 100 reached, invite {self.needed:,} customers "
            "and leave as many uninvited."
        )

    def describe(self) -> str:
        """Say what a picture of the needed customers shows."""
        return f"A line that falls steeply as more of the invited are reached. {self}"
