"""What a withdrawal weighs and how fast both signs fade, found from who left.

The hazard of a month is a logistic curve of the balance at its opening. A deposit
weighs 1, for only the ratio of the two signs can be known.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from cxlab.account.months import Months
from cxlab.account.rules import Rules
from cxlab.account.scoring import PLAIN, SOUGHT, Sought, climb
from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

_UNITS = {
    "start": "log odds",
    "slope": "log odds per point",
    "loss_weight": "deposits",
    "decay_deposit": "per month",
    "decay_withdrawal": "per month",
    "jump": "log odds",
}


@dataclass(frozen=True, kw_only=True)
class AccountFit:
    """An account found from who left: its rules, with intervals, and the hazard."""

    estimates: Mapping[str, Estimate]  # by name; those that were given have no interval
    covariance: pd.DataFrame  # of what was sought; slope, weight, decays as logs
    log_likelihood: float
    n: int  # customers
    rows: int  # customer-months

    def __getitem__(self, name: str) -> Estimate:
        """Return one estimate by its name."""
        if name not in self.estimates:
            raise KeyError(f"{name!r} is none of {', '.join(self.estimates)}.")
        return self.estimates[name]

    @property
    def rules(self) -> Rules:
        """The rules of the account that was found."""
        return Rules(
            loss_weight=self["loss_weight"].estimate,
            decay_deposit=self["decay_deposit"].estimate,
            decay_withdrawal=self["decay_withdrawal"].estimate,
        )

    @property
    def sought(self) -> int:
        """How many numbers were fitted."""
        return len(self.covariance)

    @property
    def pace(self) -> Mapping[str, float]:
        """Weight of a withdrawal, and after how many months half of each is left."""
        return {
            "weight of a bad day": self["loss_weight"].estimate,
            "good days halve in, months": self.rules.half_life_deposit,
            "bad days halve in, months": self.rules.half_life_withdrawal,
        }

    def leave(self, balance: ArrayLike, *, jumped: ArrayLike = 0.0) -> Floats:
        """Return the chance to leave in a month that opens with this balance, 0-1."""
        x = np.asarray(balance, dtype=float)
        jump = self.estimates["jump"].estimate if "jump" in self.estimates else 0.0
        odds = self["start"].estimate - self["slope"].estimate * x
        chance: Floats = expit(odds + jump * np.asarray(jumped, dtype=float))
        return chance

    def columns(self, months: Months) -> Floats:
        """Return how the log odds of every row move with each number sought.

        Raises
        ------
        ValueError
            If a jump was sought: the fit does not keep at which rows.
        """
        names = tuple(self.covariance.columns)
        if "jump" in names:
            raise ValueError(
                "this fit has a jump, and does not keep where: fit without."
            )
        values = {name: one.estimate for name, one in self.estimates.items()}
        sought = Sought(names=names, months=months, jump=np.zeros(self.rows))
        return sought.columns({"jump": 0.0, **values})[1]

    def summary(self) -> pd.DataFrame:
        """Return what was found as the tidy table."""
        return tidy(self.estimates.values())

    def __str__(self) -> str:
        """Say the weight and how fast both signs fade."""
        good, bad = self.rules.half_life_deposit, self.rules.half_life_withdrawal
        weight = self["loss_weight"]
        return (
            f"A withdrawal weighs {weight:.2f} deposits; half of a deposit is left "
            f"after {good:.1f} months, half of a withdrawal after {bad:.1f} "
            f"(n = {self.n:,} customers)."
        )

    def describe(self) -> str:
        """Say what a picture of the account shows."""
        return f"The chance to leave falls as the balance rises. {self}"


def fit_account(
    months: Months,
    *,
    one_decay: bool = False,
    loss_weight: float | None = None,
    jump: Floats | None = None,
    level: float = 0.95,
) -> AccountFit:
    """Find the rules of the account that makes what happened most likely.

    Parameters
    ----------
    months
        As from ``customer_months``.
    one_decay
        True forces deposits and withdrawals to fade alike.
    loss_weight
        Given, it is not sought.
    jump : ndarray, shape (rows,), 0 or 1
        Rows whose log odds are shifted by a further number, to be sought.
    level
        Of the intervals, 0-1.

    Raises
    ------
    ValueError
        If nobody left, or everybody's touches have one sign, or nothing was found.

    Notes
    -----
    log(h / (1 - h)) = start - slope (D - weight W) + jump s, where D and W are what is
    left of deposits and withdrawals at the opening of the month. Standard errors come
    from the expected information; given the past of a row its outcome is a coin, so
    rows of one customer add up as if they were of different ones.
    """
    _look_at(months)
    given = {
        "decay_withdrawal": one_decay,
        "loss_weight": loss_weight is not None,
        "jump": jump is None,
    }
    sought = Sought(
        names=tuple(name for name in SOUGHT if not given.get(name, False)),
        months=months,
        jump=np.zeros(len(months.left)) if jump is None else jump,
    )
    first = {name: limits[0] for name, limits in SOUGHT.items()}
    if loss_weight is not None:
        first["loss_weight"] = loss_weight
    top = climb(sought, first)
    names = list(sought.names)
    inverse = np.linalg.pinv(top.information)
    covariance = pd.DataFrame(inverse, index=names, columns=names)
    spread = dict(zip(names, np.sqrt(np.diag(inverse)).tolist(), strict=True))
    if one_decay:
        spread["decay_withdrawal"] = spread["decay_deposit"]
    return AccountFit(
        estimates={
            name: _estimate(name, value, spread.get(name, 0.0), n=months.n, level=level)
            for name, value in top.values.items()
            if not (name == "jump" and jump is None)
        },
        covariance=covariance,
        log_likelihood=top.height,
        n=months.n,
        rows=len(months.left),
    )


def _estimate(
    name: str, value: float, spread: float, *, n: int, level: float
) -> Estimate:
    """Put an interval around a number, on the scale on which it was sought.

    A number that was given, or that stands at the end of its range, has none.
    """
    reach = z_value(level) * spread
    ends = (
        (value - reach, value + reach)
        if name in PLAIN
        else (value * float(np.exp(-reach)), value * float(np.exp(reach)))
    )
    low, high = ends if spread else (None, None)
    return Estimate(
        quantity=name.replace("_", " "),
        estimate=value,
        low=low,
        high=high,
        level=level if spread else None,
        n=n,
        unit=_UNITS[name],
    )


def _look_at(months: Months) -> None:
    """Refuse data in which the weight of a loss cannot be found."""
    left, gap = int(months.left.sum()), months.touch_gap
    if not 0 < left < len(months.left):
        raise ValueError(
            f"{left} of {len(months.left)} customer-months end in leaving: a hazard "
            "needs some that do and some that do not."
        )
    if not ((gap > 0).any() and (gap < 0).any()):
        raise ValueError(
            "all touches have one sign: the weight of a loss needs deposits and "
            "withdrawals. Are sizes and expectations on the same scale?"
        )
