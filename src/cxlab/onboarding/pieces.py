"""Rates of leaving that change at given days: departures over days at risk.

Within a piece everybody leaves at one rate, and its best estimate is what a child would
do: count the departures, divide by the days that customers spent in it. A Poisson
regression with the logarithm of those days as its offset gives the same rates, which is
how anybody with a regression program can do it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.onboarding.scoring import Fit, poisson
from cxlab.onboarding.survival import check_spans
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Departures and days at risk, piece by piece."""

    edges: Floats  # days; pieces run from each to the next, and the last may be open
    events: Ints
    exposure: Floats  # customer-days
    n: int
    level: float = 0.95

    @property
    def rates(self) -> Floats:
        """Departures per customer-day."""
        return np.asarray(self.events / self.exposure)

    @property
    def names(self) -> list[str]:
        """The pieces as a reader would say them."""
        lows, highs = self.edges[:-1], self.edges[1:]
        return [
            f"{a:g} to {b:g}" if np.isfinite(b) else f"from {a:g}"
            for a, b in zip(lows, highs, strict=True)
        ]

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Interval of each rate, on the scale of logarithms."""
        if not self.events.all():
            raise ValueError(
                f"Nobody left in days {self.names[int(np.argmin(self.events))]}: such "
                "a piece has no interval. Join it to its neighbour."
            )
        reach = np.exp(z_value(self.level) / np.sqrt(self.events))
        return self.rates / reach, self.rates * reach

    def survival(self, times: ArrayLike) -> Floats:
        """Return the share still here at these days, 0-1."""
        return survive(times, edges=self.edges, rates=self.rates)

    def ratio(self) -> Estimate:
        """Return the rate of the first piece over that of the second."""
        first, second = self.rates[:2]
        reach = np.exp(z_value(self.level) * np.sqrt((1 / self.events[:2]).sum()))
        return Estimate(
            quantity="rate of leaving, first piece over second",
            estimate=float(first / second),
            low=float(first / second / reach),
            high=float(first / second * reach),
            level=self.level,
            n=self.n,
            unit="times",
        )

    def table(self) -> pd.DataFrame:
        """Return the sums, a row for each piece; rates per 1,000 customer-days."""
        return pd.DataFrame(
            {
                "days": self.names,
                "left": self.events,
                "customer-days": self.exposure,
                "rate per 1,000 days": 1000 * self.rates,
            }
        )

    def summary(self) -> pd.DataFrame:
        """Return the rates as the tidy table."""
        low, high = self.limits
        return tidy(
            Estimate(
                quantity=f"rate in days {name}",
                estimate=float(rate),
                low=float(a),
                high=float(b),
                level=self.level,
                n=self.n,
                unit="per customer-day",
            )
            for name, rate, a, b in zip(self.names, self.rates, low, high, strict=True)
        )

    def __str__(self) -> str:
        """Say the first and the last rate."""
        first, last = 1000 * self.rates[[0, -1]]
        return (
            f"Of 1,000 customers on one day, {first:.2f} act in days {self.names[0]} "
            f"and {last:.2f} in days {self.names[-1]}."
        )

    def describe(self) -> str:
        """Say what a picture of the rates shows."""
        return f"Rates by piece of time, {len(self.events)} pieces. {self}"


def check_edges(edges: Sequence[float]) -> Floats:
    """Return the edges as an array, or say what is wrong with them."""
    found = np.asarray(edges, dtype=float)
    if len(found) < 2 or found[0] != 0 or (np.diff(found) <= 0).any():
        raise ValueError(
            f"edges={list(edges)}: pieces start at 0 and rise, as in [0, 100, 365]; "
            "the last edge may be infinity."
        )
    return found


def survive(
    times: ArrayLike, *, edges: Sequence[float] | Floats, rates: ArrayLike
) -> Floats:
    """Return the share still here when rates change at the edges.

    Examples
    --------
    One in a thousand a day for 100 days, then half of it:

    >>> here = survive([100, 300], edges=[0, 100, 365], rates=[0.001, 0.0005])
    >>> here.round(3).tolist()
    [0.905, 0.819]
    """
    low, high = np.asarray(edges[:-1], float), np.asarray(edges[1:], float)
    spent = np.clip(np.asarray(times, float)[..., None], low, high) - low
    return np.asarray(np.exp(-(spent @ np.asarray(rates, float))))


def piecewise_rates(
    time: ArrayLike, left: ArrayLike, *, edges: Sequence[float], level: float = 0.95
) -> Rates:
    """Count departures and days at risk between given days.

    Parameters
    ----------
    time
        Days from the start to the departure or to the last sight of each customer.
    left
        True: left then. False: still here when last seen.
    edges
        Days at which the rate may change, from 0; the last may be infinity. A
        departure on an edge belongs to the piece that it ends.
    level
        Confidence level of the intervals, 0-1.

    Raises
    ------
    ValueError
        If times or edges cannot be, or nobody was under watch in a piece.

    Examples
    --------
    Two customers leave on days 5 and 20, one stays to day 30:

    >>> found = piecewise_rates([5, 20, 30], [True, True, False], edges=[0, 10, 30])
    >>> found.exposure.tolist(), found.rates.round(4).tolist()
    ([25.0, 30.0], [0.04, 0.0333])
    """
    spans, gone = check_spans(time, left)
    cuts = check_edges(edges)
    spent = np.clip(spans[:, None], cuts[:-1], cuts[1:]) - cuts[:-1]
    inside = gone & (spans <= cuts[-1])
    piece = np.clip(np.searchsorted(cuts, spans[inside], side="left") - 1, 0, None)
    exposure = spent.sum(axis=0)
    if not exposure.all():
        raise ValueError(
            "Nobody was under watch in one of the pieces. Leave out the edges beyond "
            f"the longest watch, {spans.max():g} days."
        )
    return Rates(
        edges=cuts,
        events=np.bincount(piece, minlength=len(cuts) - 1),
        exposure=exposure,
        n=len(spans),
        level=level,
    )


def poisson_rates(time: ArrayLike, left: ArrayLike, *, edges: Sequence[float]) -> Fit:
    """Fit the same rates as a Poisson regression, a row for each customer and piece.

    The response is 1 where the customer left in the piece, else 0; the offset is the
    logarithm of the days spent in it. Coefficients are logarithms of the rates.

    Raises
    ------
    ValueError
        If times or edges cannot be, or nobody left in a piece.

    References
    ----------
    Holford (1980), Biometrics 36, 299-305. Laird & Olivier (1981), Journal of the
    American Statistical Association 76, 231-240.
    """
    spans, gone = check_spans(time, left)
    cuts = check_edges(edges)
    if not piecewise_rates(spans, gone, edges=edges).events.all():
        raise ValueError(
            "Nobody left in one of the pieces, so the logarithm of its rate is without "
            "end. Join it to its neighbour."
        )
    spent = np.clip(spans[:, None], cuts[:-1], cuts[1:]) - cuts[:-1]
    reached = spent > 0
    ended = gone[:, None] & (spans[:, None] > cuts[:-1]) & (spans[:, None] <= cuts[1:])
    customer, piece = np.nonzero(reached)
    rows = np.eye(len(cuts) - 1)[piece]
    return poisson(
        rows,
        ended[customer, piece].astype(float),
        offset=np.log(spent[customer, piece]),
    )
