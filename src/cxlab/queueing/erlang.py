"""Erlang's formulas, and what they promise when the rate of calls is not known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

Floats = NDArray[np.float64]

SLOT_MINUTES = 5.0
_NODES = (np.arange(400) + 0.5) / 400  # equal shares of possible rates


@dataclass(frozen=True, kw_only=True)
class Promise:
    """A share of calls that is to be answered within some seconds."""

    share: float = 0.8  # of calls, 0-1
    seconds: float = 20.0
    handling_minutes: float = 4.0  # mean time an agent is busy with one call

    def __post_init__(self) -> None:
        """Refuse promises that nobody could keep or break."""
        if not (0 < self.share < 1 and self.seconds >= 0 and self.handling_minutes > 0):
            raise ValueError(
                f"share={self.share}, seconds={self.seconds}, handling_minutes="
                f"{self.handling_minutes}: the share lies between 0 and 1, seconds are "
                "0 or more, handling takes some time. Give 80% as 0.8."
            )

    def load(self, calls: float) -> float:
        """Return the load of so many calls in five minutes, erlangs."""
        return calls * self.handling_minutes / SLOT_MINUTES

    @property
    def patience(self) -> float:
        """The seconds, in mean handling times."""
        return self.seconds / (60 * self.handling_minutes)


def erlang_b(load: float, agents: int) -> float:
    """Return the share of calls that find all agents busy and are lost.

    Notes
    -----
    The recursion B(0) = 1, 1 / B(k) = 1 + k / (load B(k - 1)); no factorial overflows.

    Examples
    --------
    One agent, one erlang: every second call is lost.

    >>> erlang_b(1.0, 1)
    0.5
    """
    _check_load(load, agents)
    return float(_lost(np.array([load]), agents)[0])


def erlang_c(load: float, agents: int) -> float:
    """Return the share of calls that have to wait, where nobody hangs up.

    Parameters
    ----------
    load : float
        Erlangs, above 0.
    agents : int
        Agents, at least 1. With no more agents than erlangs everybody waits.

    Notes
    -----
    B / (1 - (load / agents) (1 - B)), with B from `erlang_b`.

    Examples
    --------
    One agent who is busy 80% of the time: 80% wait.

    >>> round(erlang_c(0.8, 1), 10)
    0.8
    """
    _check_load(load, agents)
    return float(_waiting(np.array([load]), agents)[0])


def answered_in_time(load: float, agents: int, *, promise: Promise) -> float:
    """Return the share of calls answered within the promised seconds.

    Notes
    -----
    1 - C exp(-(agents - load) t), with t the seconds in mean handling times. With no
    more agents than erlangs the queue grows for ever, and the share is 0.
    """
    _check_load(load, agents)
    return float(_in_time(np.array([load]), agents, promise)[0])


def kept_when_uncertain(
    calls: float, agents: int, *, promise: Promise, variance_ratio: float = 1.0
) -> float:
    """Return the share of calls answered in time when the rate is not known beforehand.

    Parameters
    ----------
    calls : float
        Mean number of calls in five minutes, above 0.
    agents : int
        Agents at work.
    promise : Promise
        What is promised.
    variance_ratio : float
        Variance of the calls of five minutes over their mean; 1 is chance alone.

    Notes
    -----
    The rate is taken as gamma distributed, with the variance that chance leaves over:
    (variance_ratio - 1) times the mean; each rate lasts long enough for the queue to
    settle. Of many calls more come when the rate is high, and they count more.
    """
    rates = possible_rates(calls, variance_ratio)
    _check_load(promise.load(float(rates[0])), agents)
    kept = _in_time(rates * promise.load(1.0), agents, promise)
    return float(np.average(kept, weights=rates))


def possible_rates(calls: float, variance_ratio: float) -> Floats:
    """Return the rates, calls in five minutes, that stand behind a mean; equal shares.

    Examples
    --------
    >>> possible_rates(100, 1.0).tolist()
    [100.0]
    >>> rates = possible_rates(100, 3.0)
    >>> round(float(rates.mean())), round(float(rates.var()), -1)
    (100, 200.0)
    """
    if variance_ratio < 1 or calls <= 0:
        raise ValueError(
            f"calls={calls}, variance_ratio={variance_ratio}: there must be calls, and "
            "chance alone gives a ratio of 1. Below 1 arrivals are scheduled: staff "
            "the schedule."
        )
    if variance_ratio == 1:
        return np.array([float(calls)])
    shape = calls / (variance_ratio - 1)
    return np.asarray(gammaincinv(shape, _NODES) * calls / shape)


def agents_needed(
    calls: float, *, promise: Promise, variance_ratio: float = 1.0
) -> int:
    """Return the fewest agents with whom the promise is kept on average.

    Parameters
    ----------
    calls : float
        Mean number of calls in five minutes, above 0.
    promise : Promise
        What is promised.
    variance_ratio : float
        Variance of the calls of five minutes over their mean; 1 is chance alone.

    Examples
    --------
    The same mean, known exactly and known badly.

    >>> [agents_needed(190, promise=Promise(), variance_ratio=r) for r in (1, 3)]
    [161, 173]
    """

    def kept(agents: int) -> bool:
        share = kept_when_uncertain(
            calls, agents, promise=promise, variance_ratio=variance_ratio
        )
        return share >= promise.share

    enough = max(1, int(promise.load(calls)))
    while not kept(enough):
        enough *= 2
    low = 0
    while enough - low > 1:
        middle = (low + enough) // 2
        low, enough = (low, middle) if kept(middle) else (middle, enough)
    return enough


def _lost(loads: Floats, agents: int) -> Floats:
    """Share of calls that find all agents busy, for several loads at once."""
    inverse = np.ones_like(loads)
    with np.errstate(over="ignore"):  # a load of next to nothing loses nothing
        for k in range(1, agents + 1):
            inverse = 1 + inverse * k / loads
    return np.asarray(1 / inverse)


def _waiting(loads: Floats, agents: int) -> Floats:
    """Share of calls that have to wait, for several loads at once."""
    lost = _lost(loads, agents)
    spare = 1 - np.minimum(loads / agents, 1) * (1 - lost)
    return np.where(loads >= agents, 1.0, lost / spare)


def _in_time(loads: Floats, agents: int, promise: Promise) -> Floats:
    """Share of calls answered in time, for several loads at once."""
    slack = np.maximum(agents - loads, 0) * promise.patience
    kept = 1 - _waiting(loads, agents) * np.exp(-slack)
    return np.where(loads >= agents, 0.0, kept)


def _check_load(load: float, agents: int) -> None:
    if load <= 0 or agents < 1:
        raise ValueError(
            f"load={load}, agents={agents}: a load is above 0 erlangs, and there is at "
            "least one agent. Give calls per handling time, and whole agents."
        )
