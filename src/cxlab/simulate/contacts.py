"""A contact log whose true first-contact resolution we set, and calls in a queue."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.resolution.doors import Doors, expected_doors

Floats = NDArray[np.float64]

ISSUES: Mapping[str, float] = MappingProxyType(
    {
        "new contract": 0.2,
        "first bill": 0.15,
        "fault": 0.3,
        "address": 0.2,
        "other": 0.15,
    }
)
CHANNELS: Mapping[str, float] = MappingProxyType(
    {"phone": 0.6, "chat": 0.25, "mail": 0.15}
)
_SETTLED_DAYS = 60.0  # the log runs on after the last first contact


@dataclass(frozen=True, kw_only=True)
class ContactWorld:
    """A world of contacts in which we know whose whole issue was done at once.

    A second contact, where there is one, ends the issue. Some customers with a first
    issue of one kind have a second of another kind some weeks later.
    """

    true_share: float = 0.4  # of first contacts after which the whole issue is done
    callback_share: float = 0.75  # of the others: come back at all
    same_channel: float = 0.65  # of these: through the same channel
    mean_delay_days: float = 5.0  # until they come back, exponential
    days: float = 120.0  # over which first contacts are spread
    followed: str = "new contract"  # an issue that calls for another ...
    follow_on: str = "first bill"  # ... which is this one ...
    follow_share: float = 0.3  # ... in this share of its cases, 0-1 ...
    follow_days: float = 20.0  # ... so many days later, give or take a quarter
    other_share: float = 0.15  # of the rest: have some issue more, on any day
    issues: Mapping[str, float] = field(default_factory=lambda: ISSUES)
    channels: Mapping[str, float] = field(default_factory=lambda: CHANNELS)

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        self.doors(window_days=0)  # looks at the shares and the delay
        mixes = [self.issues, self.channels]
        whole = all(abs(sum(mix.values()) - 1) < 1e-9 for mix in mixes)
        shares = (self.follow_share, self.other_share)
        if not whole or len(self.channels) < 2 or not all(0 <= s <= 1 for s in shares):
            raise ValueError(
                f"issues={dict(self.issues)}, channels={dict(self.channels)}, "
                f"follow_share, other_share = {shares}: the shares of issues and of "
                "channels each add up to 1, there are two channels or more, and "
                "shares lie between 0 and 1."
            )
        if not {self.followed, self.follow_on} <= set(self.issues):
            raise ValueError(
                f"followed={self.followed!r}, follow_on={self.follow_on!r}: both must "
                f"be issues of this world: {', '.join(self.issues)}."
            )

    def doors(self, *, window_days: float) -> Doors:
        """Return, exactly, where the first contacts of this world go."""
        return expected_doors(
            true_share=self.true_share,
            callback_share=self.callback_share,
            same_channel=self.same_channel,
            window_days=window_days,
            mean_delay_days=self.mean_delay_days,
        )


def contact_log(
    truth: ContactWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, ContactWorld]:
    """Draw a contact log as a company exports it: every contact a row, in no order.

    Parameters
    ----------
    truth : ContactWorld
        The world to draw from.
    n : int
        Customers, at least 1; some have two issues, many two contacts.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    log : DataFrame
        ``customer``, ``issue``, ``day``, ``channel`` and ``done``, what the customer
        says after this contact: is the whole issue done?
    truth : ContactWorld
        As given; its exact shares can be laid beside what is counted.
    """
    if n < 1:
        raise ValueError(f"n={n}: draw at least one customer.")
    kinds = list(truth.issues)
    customer, issue, day = _cases(truth, kinds, n=n, rng=rng)
    channel = rng.choice(
        len(truth.channels), size=day.size, p=list(truth.channels.values())
    )
    done = rng.random(day.size) < truth.true_share
    again = ~done & (rng.random(day.size) < truth.callback_share)
    moves = rng.random(day.size) >= truth.same_channel
    step = rng.integers(1, len(truth.channels), size=day.size)
    delay = rng.exponential(truth.mean_delay_days, size=day.size)
    log = pd.DataFrame(
        {
            "customer": np.append(customer, customer[again]),
            "issue": pd.Categorical.from_codes(
                np.append(issue, issue[again]), categories=pd.Index(kinds)
            ),
            "day": np.append(day, (day + delay)[again]),
            "channel": pd.Categorical.from_codes(
                np.append(
                    channel, ((channel + moves * step) % len(truth.channels))[again]
                ),
                categories=pd.Index(list(truth.channels)),
            ),
            "done": np.append(done, np.ones(int(again.sum()), dtype=bool)),
        }
    )
    log = log[log["day"] <= truth.days + _SETTLED_DAYS]
    return log.iloc[rng.permutation(len(log))].reset_index(drop=True), truth


def _cases(
    truth: ContactWorld, kinds: list[str], *, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Draw who has which issue when: a first one, and for some another one."""
    issue = rng.choice(len(kinds), size=n, p=list(truth.issues.values()))
    day = rng.uniform(0, truth.days, size=n)
    led = (issue == kinds.index(truth.followed)) & (rng.random(n) < truth.follow_share)
    shift = truth.follow_days * rng.uniform(0.75, 1.25, size=n)
    # The same issue again would be a callback, and the followed one would lead on.
    another = rng.integers(len(kinds), size=n)
    other = ~led & (rng.random(n) < truth.other_share) & (another != issue)
    other &= another != kinds.index(truth.followed)
    some_day = rng.uniform(0, truth.days, size=n)
    return (
        np.concatenate([np.arange(n), np.flatnonzero(led), np.flatnonzero(other)]),
        np.concatenate(
            [
                issue,
                np.full(int(led.sum()), kinds.index(truth.follow_on)),
                another[other],
            ]
        ),
        np.concatenate([day, (day + shift)[led], some_day[other]]),
    )


def queue_waits(
    *, load: float, agents: int, n: int, rng: np.random.Generator
) -> Floats:
    """Let calls queue for agents, one by one, and note how long each waits.

    Parameters
    ----------
    load : float
        Calls that arrive while one is handled, on average (erlangs), above 0.
    agents : int
        Agents, more than the load.
    n : int
        Calls, at least 1; the first tenth, while the queue builds up, is not returned.
    rng : Generator
        Where the randomness comes from: gaps and handling times are exponential.

    Returns
    -------
    ndarray
        Waiting time of each call in the order of arrival, in mean handling times.
    """
    if not 0 < load < agents or n < 1:
        raise ValueError(
            f"load={load}, agents={agents}, n={n}: with as many calls as agents can "
            "handle, or more, the queue grows for ever. Give more agents than erlangs."
        )
    arrivals = np.cumsum(rng.exponential(1 / load, size=n))
    handling = rng.exponential(size=n)
    free_at = [0.0] * agents
    waits = np.empty(n)
    for i, (arrival, time) in enumerate(
        zip(arrivals.tolist(), handling.tolist(), strict=True)
    ):
        start = max(arrival, free_at[0])
        heapq.heapreplace(free_at, start + time)
        waits[i] = start - arrival
    return waits[n // 10 :]
