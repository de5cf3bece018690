"""Silent is not lost: where nobody signs off, a customer may always come back.

A shop without a contract never sees a departure. It sees a first purchase and, perhaps,
a second. Whoever calls a customer lost after so many silent days can count, later, how
many of the lost returned.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.intervals import share
from cxlab.onboarding.pieces import Rates, piecewise_rates
from cxlab.results import Estimate, tidy


def first_returns(
    purchases: pd.DataFrame, *, end: pd.Timestamp | None = None
) -> pd.DataFrame:
    """Return, for each customer, the days to the second day with a purchase.

    Parameters
    ----------
    purchases
        A row for each purchase: ``customer`` and ``date``. Purchases on one day count
        once: a second basket on the first day is no return.
    end
        Last day of the watch; None: the last purchase of anybody.

    Returns
    -------
    DataFrame
        customer, days (to the return, or to the end), returned (True or False).

    Examples
    --------
    >>> dates = pd.to_datetime(["1997-01-01", "1997-01-01", "1997-01-11"])
    >>> first_returns(pd.DataFrame({"customer": [1, 1, 1], "date": dates}))[
    ...     ["days", "returned"]].to_numpy().tolist()
    [[10, True]]
    """
    days = purchases[["customer", "date"]].drop_duplicates()
    days = days.sort_values(["customer", "date"])
    last = purchases["date"].max() if end is None else end
    place = days.groupby("customer").cumcount()
    first = days[place == 0].set_index("customer")["date"]
    second = days[place == 1].set_index("customer")["date"].reindex(first.index)
    spent = (second.fillna(last) - first).dt.days
    return pd.DataFrame(
        {
            "customer": first.index,
            "days": spent.to_numpy(),
            "returned": second.notna().to_numpy(),
        }
    )


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Who was silent for so many days, and who of them came back."""

    day: float
    silent: Estimate  # of all customers
    back: Estimate  # of the silent
    never: Estimate  # of all customers
    rates: Rates  # of a first return, by days since the first purchase

    def summary(self) -> pd.DataFrame:
        """Return the three shares as the tidy table."""
        return tidy([self.silent, self.back, self.never])

    def __str__(self) -> str:
        """Say how many were silent, and came back."""
        return (
            f"Of 100 customers, {100 * self.silent.estimate:.0f} are silent for "
            f"{self.day:g} days; of 100 of these, {100 * self.back.estimate:.0f} come "
            "back while we watch."
        )

    def describe(self) -> str:
        """Say what a picture of it shows."""
        return f"How fast customers return, by days since the first purchase. {self}"


def silence(
    returns: pd.DataFrame,
    *,
    day: float = 100,
    edges: Sequence[float] = (0, 100, np.inf),
) -> Silence:
    """Count who was silent up to a day, and who of them came back later.

    Parameters
    ----------
    returns
        As from `first_returns`.
    day
        Days of silence after which somebody calls a customer lost.
    edges
        Days between which the rate of a first return is given.

    Raises
    ------
    ValueError
        If a customer was not watched for that long.
    """
    days, back = returns["days"], returns["returned"]
    short = int((~back & (days < day)).sum())
    if short:
        raise ValueError(
            f"{short} customers were watched for less than {day:g} days, so nobody "
            "knows whether they were silent. Leave them out, or ask for fewer days."
        )
    quiet = ~back | (days > day)
    return Silence(
        day=day,
        silent=share(int(quiet.sum()), len(returns), quantity="silent"),
        back=share(int((quiet & back).sum()), int(quiet.sum()), quantity="back later"),
        never=share(int((~back).sum()), len(returns), quantity="never back"),
        rates=piecewise_rates(days, back, edges=edges),
    )
