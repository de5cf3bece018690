"""Kaplan and Meier: who is still here, when some were watched longer than others.

Each departure is set against those who could still leave at that moment. Customers who
are still here when we stop looking count as long as they were seen, and no longer;
those who joined the watch late count from the day they joined.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Survival:
    """The share still here, a step down at each departure."""

    times: Floats  # moments at which somebody left, rising
    at_risk: Ints  # who could leave at each of them
    events: Ints  # who left
    n: int  # customers watched
    unit: str = "days"
    level: float = 0.95

    @property
    def share(self) -> Floats:
        """Share still here just after each moment, 0-1."""
        return np.asarray(np.cumprod(1 - self.events / self.at_risk), dtype=float)

    def curve(self, times: ArrayLike) -> Floats:
        """Return the share still here at any moments, 0-1."""
        steps = np.concatenate([[1.0], self.share])
        return steps[np.searchsorted(self.times, np.asarray(times), side="right")]

    def at(self, time: float) -> Estimate:
        """Return the share still here, with Greenwood's interval (log-log scale).

        There is no interval before the first departure, nor once everybody has left.
        """
        here = float(self.curve(time))
        passed = self.times <= time
        left, could = self.events[passed], self.at_risk[passed]
        low = high = level = None
        if 0 < here < 1:
            spread = np.sqrt((left / (could * (could - left))).sum())
            reach = z_value(self.level) * spread / abs(np.log(here))
            low, high = (float(here ** np.exp(s * reach)) for s in (1, -1))
            level = self.level
        return Estimate(
            quantity=f"still here after {time:g} {self.unit}",
            estimate=here,
            low=low,
            high=high,
            level=level,
            n=self.n,
            unit="share",
        )

    def table(self) -> pd.DataFrame:
        """Return the sums behind the curve, a row for each moment of departure."""
        return pd.DataFrame(
            {
                self.unit: self.times,
                "could leave": self.at_risk,
                "left": self.events,
                "stay": 1 - self.events / self.at_risk,
                "still here": self.share,
            }
        )

    def summary(self) -> pd.DataFrame:
        """Return the share still here at the last departure, as the tidy table."""
        return tidy([self.at(float(self.times[-1]))])

    def __str__(self) -> str:
        """Say how many are still here at the last departure."""
        last = float(self.times[-1])
        return (
            f"Of 100 customers, {100 * self.share[-1]:.0f} are still here after "
            f"{last:g} {self.unit}."
        )

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        return f"The share of customers still here, by {self.unit}. {self}"


def check_spans(time: ArrayLike, left: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    """Return times and departures as arrays, or say what is wrong with them."""
    spans, gone = np.asarray(time, dtype=float), np.asarray(left)
    if spans.ndim != 1 or spans.shape != gone.shape or not len(spans):
        raise ValueError(
            f"time has shape {spans.shape} and left has shape {gone.shape}: give both "
            "once per customer, at least one customer."
        )
    if not np.isin(gone, (0, 1)).all():
        raise ValueError(
            "left holds something else than True and False. Code it as True (left "
            "then) or False (still here when last seen)."
        )
    if not np.isfinite(spans).all() or (spans < 0).any():
        raise ValueError(
            "time holds a negative or missing number. Give the time from the start "
            "to the departure, or to the last sight of the customer."
        )
    return spans, gone.astype(bool)


def kaplan_meier(
    time: ArrayLike,
    left: ArrayLike,
    *,
    entry: ArrayLike | None = None,
    unit: str = "days",
    level: float = 0.95,
) -> Survival:
    """Estimate the share still here from customers watched for different times.

    Parameters
    ----------
    time
        Time from the start to the departure or to the last sight of each customer.
    left
        True: left then. False: still here when last seen.
    entry
        When the watch over each customer began; None: at the start. A customer who
        came under watch late could not have been seen to leave before.
    unit
        Of time, in the plural.
    level
        Confidence level of the intervals, 0-1.

    Raises
    ------
    ValueError
        If shapes differ, a time is negative, nobody left, or a watch ends before it
        began.

    References
    ----------
    Kaplan & Meier (1958), Journal of the American Statistical Association 53, 457-481.

    Examples
    --------
    Four customers. One leaves on day 10; one is last seen on day 20, still here; one
    leaves on day 30, when two could; one is here on day 40. Of all, half of three
    quarters stay:

    >>> curve = kaplan_meier([10, 20, 30, 40], [True, False, True, False])
    >>> curve.share.tolist()
    [0.75, 0.375]

    The trap: two of four left, which is 50%. The loss is 62.5%, because one of the
    others was not watched to the end.
    """
    spans, gone = check_spans(time, left)
    start = np.full(len(spans), -np.inf) if entry is None else np.asarray(entry, float)
    if start.shape != spans.shape or (start >= spans)[gone].any():
        raise ValueError(
            "entry must be given once per customer, and a customer who left must have "
            "come under watch before that. Correct the dates of entry."
        )
    if not gone.any():
        raise ValueError(
            "Nobody left, so there is no curve to draw. Watch longer, or say that "
            "nobody has left yet."
        )
    times, events = np.unique(spans[gone], return_counts=True)
    under_watch = np.searchsorted(np.sort(start), times, side="left")
    away = np.searchsorted(np.sort(spans), times, side="left")
    return Survival(
        times=times,
        at_risk=under_watch - away,
        events=events,
        n=len(spans),
        unit=unit,
        level=level,
    )
