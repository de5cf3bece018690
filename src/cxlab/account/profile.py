"""The whole curve behind an interval: how the likelihood falls with other weights."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.account.fit import AccountFit, fit_account
from cxlab.account.months import Months
from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class WeightProfile:
    """How much less likely what happened becomes with other weights of a loss."""

    weights: Floats  # deposits that one withdrawal undoes
    falls: Floats  # log likelihood below the best fit, 0 or above
    best: Estimate  # the weight found

    @property
    def limits(self) -> tuple[float, float]:
        """Where the curve crosses half the point of chi squared: an interval."""
        assert self.best.level is not None
        allowed = z_value(self.best.level) ** 2 / 2
        middle = int(np.argmin(self.falls))
        low = np.interp(-allowed, -self.falls[: middle + 1], self.weights[: middle + 1])
        high = np.interp(allowed, self.falls[middle:], self.weights[middle:])
        return float(low), float(high)

    def summary(self) -> pd.DataFrame:
        """Return the weight with the interval of the curve as the tidy table."""
        low, high = self.limits
        return tidy([replace(self.best, low=low, high=high)])

    def __str__(self) -> str:
        """Say the interval that the curve gives."""
        low, high = self.limits
        return f"The curve allows weights from {low:.2f} to {high:.2f}."

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        return (
            f"How far the likelihood falls for weights from {self.weights[0]:.2f} to "
            f"{self.weights[-1]:.2f}; it is best at {self.best.estimate:.2f}. {self}"
        )


def profile_weight(
    months: Months, *, fit: AccountFit, points: int = 17, reach: float = 3.0
) -> WeightProfile:
    """Follow the likelihood as the weight of a loss is moved, all else fitted anew.

    Parameters
    ----------
    months
        The customer-months of the fit.
    fit
        Where the weight was sought.
    points
        Weights to try, an odd number, so that the best is among them.
    reach
        Standard errors to each side, on the log scale.
    """
    best = fit["loss_weight"]
    if best.low is None or best.level is None or points < 5 or points % 2 == 0:
        raise ValueError(
            f"points={points}, interval from {best.low}: give a fit in which the "
            "weight of a loss was sought, and an odd number of points of at least 5."
        )
    error = np.log(best.estimate / best.low) / z_value(best.level)
    weights = best.estimate * np.exp(np.linspace(-reach, reach, points) * error)
    one_decay = "decay_withdrawal" not in fit.covariance
    heights = [
        fit_account(months, one_decay=one_decay, loss_weight=float(w)).log_likelihood
        for w in weights
    ]
    falls = np.maximum(fit.log_likelihood - np.array(heights), 0.0)
    return WeightProfile(weights=weights, falls=falls, best=best)
