"""Worlds of customers who never change: subscribers, and people who buy and go.

Everything here is our invention. It shows what methods find where the truth is known;
it says nothing about how long real customers stay.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.lifetime import Buyers, Contract

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Subscribers:
    """Customers under contract: each one's own chance to stay, and when she left."""

    stay: Floats  # chance to stay at every renewal, the same all her life
    renewals: NDArray[np.int64]  # renewals before she left; years if still there
    years: int
    truth: Contract

    @property
    def survivors(self) -> NDArray[np.int64]:
        """Customers still there after 0, 1, .. renewals."""
        left = np.bincount(self.renewals, minlength=self.years + 1)
        gone = np.concatenate([[0], np.cumsum(left)[: self.years]])
        return np.asarray(len(self.stay) - gone)

    def there(self, renewals: int) -> Floats:
        """Return the chances to stay of those who are there after so many renewals."""
        return np.asarray(self.stay[self.renewals >= renewals])

    def describe(self) -> str:
        """Say the picture of the coins in a sentence."""
        first, last = self.there(0).mean(), self.there(self.years).mean()
        return (
            f"How the chances to stay are spread among the customers who are left. On "
            f"average {100 * first:.0f} of 100 at the start, {100 * last:.0f} of 100 "
            f"after {self.years} years; no customer has changed."
        )


def subscribers(
    truth: Contract, *, n: int, years: int, rng: np.random.Generator
) -> Subscribers:
    """Draw customers with a coin each, and let them renew for some years.

    Parameters
    ----------
    truth
        How the chances are spread.
    n, years
        Customers, and renewals, both at least 1.
    """
    if n < 1 or years < 1:
        raise ValueError(f"n={n}, years={years}: give at least one of each.")
    stay = 1 - rng.beta(truth.alpha, truth.beta, size=n)
    kept = rng.random((n, years)) < stay[:, None]
    renewals = np.cumprod(kept, axis=1).sum(axis=1)
    return Subscribers(stay=stay, renewals=renewals, years=years, truth=truth)


def buyers(
    truth: Buyers, *, n: int, weeks: float, rng: np.random.Generator
) -> tuple[pd.DataFrame, Buyers]:
    """Draw customers who buy at their own pace and go without a word.

    All of them buy first at some time in the first quarter of the weeks.

    Returns
    -------
    histories : DataFrame
        ``repeats``, ``last`` and ``age`` (weeks), and ``gone`` (True if she has).
    truth : Buyers
        The parameters.
    """
    if n < 1 or not weeks > 0:
        raise ValueError(f"n={n}, weeks={weeks}: give customers, and time to buy in.")
    age = weeks * rng.uniform(0.75, 1.0, size=n)
    pace = np.maximum(rng.gamma(truth.r, 1 / truth.alpha, size=n), 1e-300)
    go = rng.beta(truth.a, truth.b, size=n)
    repeats, last = np.zeros(n, dtype=np.int64), np.zeros(n)
    time, on = np.zeros(n), np.arange(n)
    gone = np.zeros(n, dtype=bool)
    while len(on):
        time = time + rng.exponential(size=len(on)) / pace[on]
        inside = time < age[on]
        on, time = on[inside], time[inside]
        repeats[on] += 1
        last[on] = time
        gone[on] = rng.random(len(on)) < go[on]
        on, time = on[~gone[on]], time[~gone[on]]
    table = {"repeats": repeats, "last": last, "age": age, "gone": gone}
    return pd.DataFrame(table), truth
