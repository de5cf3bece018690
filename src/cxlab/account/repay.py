"""How many good days repay a bad one? Arithmetic on the rules of the account.

At the same moment it takes as many deposits as the weight says. Later it takes fewer,
for the withdrawal has faded meanwhile: waiting repays too, and asks nothing of anybody.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.account.rules import Rules
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

_MONTHS = 120


def deposits_to_break_even(*, rules: Rules, months: float = 0.0) -> float:
    """Return how many deposits, all booked so many months later, repay one withdrawal.

    Parameters
    ----------
    rules
        Without buffer; sizes are 1.
    months
        Between the withdrawal and the deposits.

    Examples
    --------
    >>> rules = Rules(loss_weight=2.25, decay_withdrawal=0.15)
    >>> deposits_to_break_even(rules=rules)
    2.25
    >>> round(deposits_to_break_even(rules=rules, months=3), 2)
    1.43
    """
    if not (math.isfinite(months) and months >= 0):
        raise ValueError(
            f"months={months}: deposits that repay come at once (0) or later."
        )
    return float(rules.loss_weight * rules.kept(months)[1])


@dataclass(frozen=True, kw_only=True)
class Repayment:
    """One withdrawal, and what it leaves with good days and without."""

    rules: Rules
    per_month: float  # deposits a month, after the withdrawal
    balance: Floats  # change it leaves at the end of months 0, 1, 2 .., points
    alone: Floats  # the same without any deposit

    @property
    def months(self) -> int | None:
        """Months until the balance is no lower than without it all; None: never."""
        repaid = np.flatnonzero(self.balance >= 0)
        return int(repaid[0]) if len(repaid) else None

    @property
    def deposits(self) -> float | None:
        """Deposits that it took; None: it is never repaid."""
        return None if self.months is None else self.months * self.per_month

    def summary(self) -> pd.DataFrame:
        """Return months and deposits as the tidy table; NaN: never."""
        months = math.nan if self.months is None else float(self.months)
        return tidy(
            [
                Estimate(quantity="months to repay", estimate=months, unit="months"),
                Estimate(
                    quantity="deposits to repay",
                    estimate=months * self.per_month,
                    unit="deposits",
                ),
            ]
        )

    def __str__(self) -> str:
        """Say when the withdrawal is repaid."""
        if self.months is None:
            return (
                f"With {self.per_month:g} good days a month, a bad day is not repaid "
                f"within {len(self.balance) - 1} months."
            )
        return (
            f"With {self.per_month:g} good days a month, a bad day is repaid after "
            f"{self.months} months."
        )

    def describe(self) -> str:
        """Say what a picture of the repayment shows."""
        return (
            f"What one bad day leaves of the balance: {self.balance[0]:.2f} points at "
            f"first, and {self.alone[min(12, len(self.alone) - 1)]:.2f} a year later "
            f"if nothing is done. {self}"
        )


def repay(*, rules: Rules, per_month: float = 1.0, months: int = _MONTHS) -> Repayment:
    """Follow one withdrawal of size 1, with deposits of size 1 in every month after.

    Parameters
    ----------
    rules
        Without buffer.
    per_month
        Deposits at the end of each month after the withdrawal.
    months
        How long to follow it.
    """
    if rules.buffer or per_month < 0 or months < 1:
        raise ValueError(
            f"buffer={rules.buffer}, per_month={per_month}, months={months}: follow a "
            "withdrawal without buffer, with at least 0 deposits, for a month or more."
        )
    kept = rules.kept(np.arange(months + 1))
    good = per_month * np.append(0.0, np.cumsum(kept[:-1, 0]))
    alone = rules.balance(np.stack([np.zeros(months + 1), kept[:, 1]], axis=-1))
    return Repayment(
        rules=rules, per_month=per_month, balance=good + alone, alone=alone
    )
