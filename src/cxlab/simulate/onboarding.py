"""Worlds of new customers: why they leave, who is called, how they move on.

The bank's world mixes two kinds of customers. Some find the first days hard, and leave
at two rates; others differ from the start, and sort themselves. Both kinds lose as many
by the early and by the late day, so no mixture changes what the bank would print; but
mending the first days helps the first kind only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.linalg import expm

from cxlab.onboarding import BOUGHT, LEFT, PHASES, STATES, TwoStories, ever_arrive

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class OnboardingWorld:
    """A world with two reasons to leave early, in any mixture."""

    stories: TwoStories
    mixing: float = 0.5  # share of customers whose losses are sorting, 0-1

    def __post_init__(self) -> None:
        """Refuse shares that cannot be."""
        if not 0 <= self.mixing <= 1:
            raise ValueError(
                f"mixing={self.mixing}: a share lies between 0, only the first days, "
                "and 1, only sorting."
            )

    def survival(self, days: float | Floats, *, mended: bool = False) -> Floats:
        """Return the true share still here, 0-1, with or without mended first days."""
        first = self.stories.mended if mended else self.stories.onboarding.survival
        sorting = self.stories.sorting.survival(days)
        return np.asarray((1 - self.mixing) * first(days) + self.mixing * sorting)

    def gain(self, day: float) -> float:
        """Return how many more of 100 are here if the first days are mended."""
        both = self.survival(day, mended=True) - self.survival(day)
        return float(100 * both)


def new_customers(
    world: OnboardingWorld, *, n: int, days: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, OnboardingWorld]:
    """Draw new customers, a random half of them with mended first days.

    Returns
    -------
    customers : DataFrame
        ``days`` seen, ``left`` (True or False: still here at the end), ``mended``
        (True for the half chosen by lot), ``sorts`` (True: differs from the start).
    world : OnboardingWorld
        The truth.
    """
    sorts = rng.random(n) < world.mixing
    mended = rng.permutation(n) < n // 2
    spent = rng.exponential(size=n)  # danger that each customer survives, in all
    rates, sorting = world.stories.onboarding, world.stories.sorting
    early = np.where(mended, rates.late, rates.early)
    used = early * rates.until
    first_days = np.where(
        spent <= used, spent / early, rates.until + (spent - used) / rates.late
    )
    own = rng.gamma(sorting.r, size=n) / sorting.a
    # a rate so small that it rounds to 0 is a customer who stays for ever
    with np.errstate(divide="ignore"):
        gone = np.where(sorts, spent / own, first_days)
    left = gone <= days
    customers = pd.DataFrame(
        {"days": np.where(left, gone, days), "left": left, "mended": mended}
    )
    return customers.assign(sorts=sorts), world


@dataclass(frozen=True, kw_only=True)
class CallWorld:
    """A world in which new customers are rung up, and some leave, week by week."""

    effect: float = 1.0  # a call multiplies the danger of leaving by so much
    leave: float = 0.04  # danger of leaving per week, uncalled
    call: float = 0.08  # chance per week of the first call

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        if min(self.effect, self.leave) <= 0 or not 0 < self.call < 1:
            raise ValueError(
                f"effect={self.effect}, leave={self.leave}, call={self.call}: effect "
                "and danger are above 0, the chance of a call lies between 0 and 1."
            )


def called_customers(
    world: CallWorld, *, n: int, weeks: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, CallWorld]:
    """Draw customers who are rung up while they are still here.

    Returns
    -------
    customers : DataFrame
        ``weeks`` seen, ``left``, and ``called``: the week before which the first call
        came, 0 if none came while the customer was here.
    world : CallWorld
        The truth.
    """
    call = rng.geometric(world.call, size=n)
    week = np.arange(1, weeks + 1)
    after = week >= call[:, None]
    danger = world.leave * np.where(after, world.effect, 1.0)
    leaves = rng.random((n, weeks)) < -np.expm1(-danger)
    left = leaves.any(axis=1)
    seen = np.where(left, leaves.argmax(axis=1) + 1, weeks)
    called = np.where(call <= seen, call, 0)
    return pd.DataFrame({"weeks": seen, "left": left, "called": called}), world


# rates per day, from the sale on; ours, for illustration
ADVANCE = MappingProxyType(
    {
        "Admit": 0.5,
        "Affirm": 0.25,
        "Activate": 0.1,
        "Acclimate": 0.05,
        "Accomplish": 0.03,
        "Adopt": 0.01,
    }
)
LEAVE = MappingProxyType(
    {
        "Admit": 0.002,
        "Affirm": 0.02,
        "Activate": 0.01,
        "Acclimate": 0.012,
        "Accomplish": 0.004,
        "Adopt": 0.001,
    }
)


@dataclass(frozen=True, kw_only=True)
class PhaseWorld:
    """A world in which customers move through the phases at constant rates."""

    advance: Mapping[str, float] = field(default_factory=lambda: ADVANCE)
    leave: Mapping[str, float] = field(default_factory=lambda: LEAVE)

    def __post_init__(self) -> None:
        """Refuse other phases than those between the sale and the last."""
        way = PHASES[PHASES.index(BOUGHT) : -1]
        for rates in (self.advance, self.leave):
            if tuple(rates) != way or min(rates.values()) <= 0:
                raise ValueError(
                    f"Rates were given for {', '.join(rates)}. Give one above 0 for "
                    f"each of {', '.join(way)}, in this order."
                )

    @property
    def generator(self) -> Floats:
        """Rates per day from each state to each, rows summing to 0."""
        rates = np.zeros((len(STATES), len(STATES)))
        for phase in self.advance:
            here = STATES.index(phase)
            rates[here, here + 1] = self.advance[phase]
            rates[here, -1] = self.leave[phase]
        return rates - np.diag(rates.sum(axis=1))

    def shares(self, day: float) -> Floats:
        """Return the true share in each state on a day."""
        return np.asarray(expm(day * self.generator)[STATES.index(BOUGHT)])

    @property
    def arrive(self) -> float:
        """True share that ever reaches the last phase."""
        return ever_arrive(list(self.advance.values()), list(self.leave.values()))


def stays_in_phases(
    world: PhaseWorld, *, n: int, rng: np.random.Generator, days: float = 100
) -> tuple[pd.DataFrame, PhaseWorld]:
    """Draw customers who move through the phases, from the sale to a last day.

    Customers join at random over the time before, so that they are watched for
    different times, half of ``days`` at least.

    Returns
    -------
    stays : DataFrame
        ``customer``, ``phase``, ``entered``, ``until`` (days since the sale), ``then``
        (next phase, 'left', or '' if still there when last seen).
    world : PhaseWorld
        The truth.
    """
    end = rng.uniform(days / 2, days, size=n)
    clock, here = np.zeros(n), np.arange(n)
    parts = []
    for phase, on in world.advance.items():
        away = world.leave[phase]
        until = clock[here] + rng.exponential(1 / (on + away), size=len(here))
        leaves = rng.random(len(here)) < away / (on + away)
        cut = until > end[here]
        following = PHASES[PHASES.index(phase) + 1]
        then = np.where(cut, "", np.where(leaves, LEFT, following))
        stop = np.minimum(until, end[here])
        parts.append(
            pd.DataFrame(
                {
                    "customer": here,
                    "phase": phase,
                    "entered": clock[here],
                    "until": stop,
                    "then": then,
                }
            )
        )
        clock[here] = until
        here = here[~cut & ~leaves]
    stays = pd.concat(parts, ignore_index=True)
    return stays.sort_values(["customer", "entered"], ignore_index=True), world
