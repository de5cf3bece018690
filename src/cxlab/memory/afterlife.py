"""What the shape of forgetting does to a loyalty account: it says how old a balance is.

Two accounts forget half of a touch in the same time. One then goes on at the same pace,
the other ever more slowly. They agree on last month and disagree on last year.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import curve_fit

from cxlab.account import Rules
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def as_power(rules: Rules) -> Rules:
    """Return rules that forget by a power of time, with the same half-lives.

    Examples
    --------
    >>> slow = as_power(Rules(decay_deposit=0.15))
    >>> month = Rules(decay_deposit=0.15).half_life_deposit
    >>> round(float(slow.kept(month)[0]), 6)
    0.5
    """
    if rules.forgetting != "exponential" or not rules.decays.all():
        raise ValueError(
            f"{rules}: give rules that forget exponentially, with decays above 0; "
            "without a half-life there is nothing to keep alike."
        )
    waits = (rules.half_life_deposit, rules.half_life_withdrawal)
    deposit, withdrawal = (math.log(2) / math.log1p(wait) for wait in waits)
    return replace(
        rules, forgetting="power", decay_deposit=deposit, decay_withdrawal=withdrawal
    )


@dataclass(frozen=True, kw_only=True)
class Afterlife:
    """What is left of one touch, month by month, under two shapes of forgetting."""

    exponential: Floats  # share left after 0, 1, 2 .. months
    power: Floats

    @property
    def months(self) -> NDArray[np.int64]:
        """Month 0, 1, 2 and so on."""
        return np.arange(len(self.power))

    def older_than(self, months: int) -> dict[str, float]:
        """Return the share of a balance that stems from touches at least so old.

        The customer has had one touch of the same size in every month.
        """
        if not 0 < months < len(self.power):
            raise ValueError(
                f"months={months}: give a number from 1 to {len(self.power) - 1}, the "
                "months that were followed."
            )
        return {
            name: float(left[months:].sum() / left.sum())
            for name, left in (
                ("exponential", self.exponential),
                ("power", self.power),
            )
        }

    def summary(self) -> pd.DataFrame:
        """Return what is left at the end as the tidy table."""
        return tidy(
            Estimate(quantity=name, estimate=float(left[-1]), unit="share")
            for name, left in (
                ("exponential", self.exponential),
                ("power", self.power),
            )
        )

    def __str__(self) -> str:
        """Say what is left at the end."""
        return (
            f"After {len(self.power) - 1} months {self.exponential[-1]:.1%} of a touch "
            f"is left if forgetting keeps its pace, and {self.power[-1]:.1%} if it "
            "slows down."
        )

    def describe(self) -> str:
        """Say what a picture of the two shows."""
        return f"Two falling lines that meet where half is left. {self}"


def afterlife(rules: Rules, *, months: int = 60) -> Afterlife:
    """Follow one deposit under these rules, and under slowing ones of equal half-life.

    Parameters
    ----------
    rules
        Forgetting exponentially.
    months
        How long to follow it.
    """
    if months < 1:
        raise ValueError(f"months={months}: follow a touch for a month or more.")
    waited = np.arange(months + 1)
    return Afterlife(
        exponential=rules.kept(waited)[:, 0], power=as_power(rules).kept(waited)[:, 0]
    )


def half_life_by_window(rules: Rules, *, windows: Sequence[int]) -> dict[int, float]:
    """Return the half-life that an exponential finds where forgetting slows down.

    Parameters
    ----------
    rules
        Forgetting by a power of time.
    windows
        How many months somebody watches, at least 2 each.

    Returns
    -------
    dict
        Months until half is left, by window.
    """
    if rules.forgetting != "power" or min(windows) < 2:
        raise ValueError(
            f"{rules}, windows={list(windows)}: give rules that forget by a power of "
            "time (see as_power), and windows of at least 2 months."
        )
    found = {}
    for window in windows:
        waited = np.arange(window + 1)
        left = rules.kept(waited)[:, 0]
        decay, _ = curve_fit(_exponential, waited, left, p0=[0.1])
        found[int(window)] = math.log(2) / float(decay[0])
    return found


def _exponential(waited: Floats, decay: float) -> Floats:
    left: Floats = np.exp(-decay * waited)
    return left
