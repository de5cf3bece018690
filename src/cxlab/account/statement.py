"""A customer's statement, line by line, as from a bank.

Each line says what was paid in or taken out, what has faded since the line before, and
what is left. The lines add up; anybody can check them with a pencil.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.account.ledger import balances, check_touches
from cxlab.account.rules import Rules
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What happened to one account."""

    customer: Hashable
    rules: Rules
    lines: pd.DataFrame  # month, kind, faded, paid in, taken out, balance

    @property
    def closing(self) -> float:
        """Balance after the last line, points."""
        return float(self.lines["balance"].iloc[-1])

    @property
    def lowest(self) -> float:
        """Lowest balance of any line, points."""
        return float(self.lines["balance"].min())

    @property
    def in_debit(self) -> int:
        """Lines after which the account is overdrawn."""
        return int((self.lines["balance"] < 0).sum())

    def path(self, months: ArrayLike) -> Floats:
        """Return the balance at any months, between the lines as well.

        Parameters
        ----------
        months : array_like
            At a month with a touch: when it has been booked.
        """
        when = np.asarray(months, dtype=float)[:, None]
        waited = when - self.lines["month"].to_numpy(dtype=float)
        kept = self.rules.kept(np.maximum(waited, 0.0)) * (waited >= 0)[..., None]
        moved = self.lines[["paid in", "taken out"]].to_numpy(dtype=float)
        left: Floats = (kept * moved * [1, -1]).sum(axis=(1, 2))
        return left

    def summary(self) -> pd.DataFrame:
        """Return what the lines add up to as the tidy table."""
        sums = self.lines[["paid in", "taken out", "faded"]].sum()
        return tidy(
            Estimate(
                quantity=str(name), estimate=float(x), n=len(self.lines), unit="points"
            )
            for name, x in (*sums.items(), ("closing balance", self.closing))
        )

    def __str__(self) -> str:
        """Say how the account stands."""
        return (
            f"{self.customer}: {len(self.lines)} touches, "
            f"{self.lines['paid in'].sum():.1f} points paid in and "
            f"{self.lines['taken out'].sum():.1f} taken out; the balance is "
            f"{self.closing:+.1f}, at its lowest {self.lowest:+.1f}."
        )

    def describe(self) -> str:
        """Say what a picture of the statement shows."""
        return f"The balance of one customer, touch by touch. {self}"


def statement(touches: pd.DataFrame, customer: Hashable, *, rules: Rules) -> Statement:
    """Write one customer's statement from a log of touches.

    Parameters
    ----------
    touches : DataFrame
        As for ``balances``; those of other customers are left aside.
    customer
        Whose account.
    rules
        How touches become a balance, without a buffer.

    Raises
    ------
    ValueError
        If the customer has no touch, or the rules have a buffer: then a withdrawal has
        no amount of its own that could be printed.

    Examples
    --------
    >>> log = pd.DataFrame({"customer": "Ann", "month": [1, 2], "kind": "call",
    ...                     "size": [6, 4], "expectation": 5})
    >>> found = statement(log, "Ann", rules=Rules(decay_deposit=0))
    >>> found.lines["balance"].tolist()
    [1.0, -1.25]
    """
    check_touches(touches)
    own = touches[touches["customer"] == customer]
    if own.empty:
        raise ValueError(
            f"there is no touch of customer {customer!r} among {len(touches)}. Give "
            "the name as it stands in the column customer."
        )
    if rules.buffer:
        raise ValueError(
            f"buffer={rules.buffer}: what a withdrawal takes out depends on the "
            "balance, so a line has no amount of its own. Give rules without a buffer."
        )
    own = own.sort_values("month", kind="stable").reset_index(drop=True)
    worth = rules.worth(own["size"] - own["expectation"])
    paid, taken = worth[:, 0], rules.loss_weight * worth[:, 1]
    # within an instant the lines are booked one after the other
    ends = balances(own, rules=rules)
    moved = pd.Series(paid - taken)
    after_it = moved[::-1].groupby(own["month"][::-1]).cumsum()[::-1] - moved
    left = ends - after_it
    lines = pd.DataFrame(
        {
            "month": own["month"],
            "kind": own["kind"],
            "faded": left - left.shift(fill_value=0.0) - moved,
            "paid in": paid,
            "taken out": taken,
            "balance": left,
        }
    )
    return Statement(customer=customer, rules=rules, lines=lines)
