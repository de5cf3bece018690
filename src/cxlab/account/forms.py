"""Four forms for one history of touches, and which of them explains who left.

A plain account fits many worlds tolerably, also worlds that keep none. So it is not
enough that it fits: it must fit better than its rivals, with a charge for each number
that is fitted (BIC).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from cxlab.account.fit import AccountFit, fit_account
from cxlab.account.months import Months
from cxlab.account.overdraft import below
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

FORMS = ("account", "overdraft", "betrayal", "last touch")
_TURNS = 2


@dataclass(frozen=True, kw_only=True)
class Forms:
    """How well each form explains who left; lower is better."""

    bic: Mapping[str, float]  # by form
    account: AccountFit  # the plain account
    n: int

    @property
    def best(self) -> str:
        """Name of the form with the lowest BIC."""
        return min(self.bic, key=lambda name: self.bic[name])

    @property
    def behind(self) -> float:
        """By how much the plain account is behind the best, BIC; 0 if it is best."""
        return self.bic["account"] - self.bic[self.best]

    @property
    def gaps(self) -> "pd.Series[float]":
        """How far each form is behind the best, BIC."""
        return pd.Series(dict(self.bic)) - self.bic[self.best]

    def summary(self) -> pd.DataFrame:
        """Return how far each form is behind the best as the tidy table."""
        return tidy(
            Estimate(quantity=str(name), estimate=float(x), n=self.n, unit="BIC")
            for name, x in self.gaps.items()
        )

    def __str__(self) -> str:
        """Say which form fits best."""
        lead = sorted(self.bic.values())[1] - self.bic[self.best]
        return (
            f"The form that fits best is '{self.best}', ahead of the next by "
            f"{lead:.0f} (BIC; n = {self.n:,})."
        )

    def describe(self) -> str:
        """Say what a picture of the forms shows."""
        return f"How far each form is behind the best. {self}"


def compare_forms(
    months: Months, *, betrayals: ArrayLike, plain: AccountFit | None = None
) -> Forms:
    """Fit four forms to the same customers.

    Parameters
    ----------
    months
        As from ``customer_months``.
    betrayals : array_like of bool
        Which touches may never be forgiven, in the order of the touches given.
    plain
        The plain account; None: it is fitted.

    Notes
    -----
    - account: the hazard falls smoothly with the balance (5 numbers);
    - overdraft: with a jump where the balance falls below zero (6);
    - betrayal: with a jump for ever after the first betrayal (6); left out if there is
      none;
    - last touch: only the last month with a touch counts (3).
    """
    plain = fit_account(months) if plain is None else plain
    debit = plain
    for _ in range(_TURNS):
        debit = fit_account(months, jump=below(months, debit, 0.0))
    heights = {
        "account": (plain.log_likelihood, plain.sought),
        "overdraft": (debit.log_likelihood, debit.sought),
        "last touch": (_logistic(months, months.last_touch(plain.rules)), 3),
    }
    after = months.ever(betrayals)
    if after.any():
        broken = fit_account(months, jump=after)
        heights["betrayal"] = (broken.log_likelihood, broken.sought)
    charge = np.log(months.n)
    bic = {
        name: charge * heights[name][1] - 2 * heights[name][0]
        for name in FORMS
        if name in heights
    }
    return Forms(bic=bic, account=plain, n=months.n)


def _logistic(months: Months, columns: Floats) -> float:
    """Return the log likelihood of a plain logistic regression."""
    x = np.column_stack([np.ones(len(columns)), columns])
    values = np.zeros(x.shape[1])
    for _ in range(12):
        chance = expit(x @ values)
        inner = (x * (chance * (1 - chance))[:, None]).T @ x
        values = (
            values + np.linalg.lstsq(inner, x.T @ (months.left - chance), rcond=None)[0]
        )
    odds = x @ values
    return float(odds[months.left].sum() - np.logaddexp(0.0, odds).sum())
