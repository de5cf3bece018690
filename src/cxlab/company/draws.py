"""Chance that belongs to whom it befalls: numbered draws instead of a stream.

A stream of random numbers hands the next number to whoever asks next, so that one
customer more shifts everybody's luck. Here every draw is a function of the seed, of
whose it is, of what it is for and of the month. A customer has the same luck in a large
company as in a small one, and under one plan as under another; what differs between two
plans is then what the plans did. Only whole numbers are mixed, so that every computer
and every Python draws the same.

References
----------
Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA:
the mixing function, SplitMix64.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, pdtr, pdtrik

Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]
Ints = NDArray[np.int64]

# What a draw is for. A number is never given twice, and a new one goes to the end.
PURPOSES = (
    "customer",
    "joiner",
    "branch",
    "employee",
    "home",
    "tenure",
    "bond",
    "pace",
    "basket",
    "promise",
    "leaves",
    "leaves when",
    "joins when",
    "touched",
    "touched when",
    "touch size",
    "gesture",
    "gesture when",
    "gesture size",
    "fails",
    "fails when",
    "failure size",
    "speaks",
    "noticed",
    "mended",
    "mended when",
    "recovery size",
    "issue",
    "issue when",
    "issue kind",
    "channel",
    "transfers",
    "repeats",
    "solved",
    "marked",
    "effort",
    "answers",
    "contact size",
    "minutes",
    "who",
    "calls back",
    "calls back when",
    "same channel",
    "asked",
    "asked when",
    "quality",
    "value",
    "satisfaction",
    "recommend",
    "stay",
    "met",
    "buys",
    "buys when",
    "amount",
    "adverts",
    "friends",
    "quality trait",
    "quality shock",
    "staff trait",
    "staff shock",
    "rating",
    "mood",
    "quits",
    "quits when",
    "started",
    "region",
    "opened",
)
_NUMBER = {name: k + 1 for k, name in enumerate(PURPOSES)}
_GOLDEN = 0x9E3779B97F4A7C15
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_MASK = (1 << 64) - 1
_LARGE = 30.0  # means above it are not counted up one by one
_STEPS = 400  # no count of ours comes near


def _mix(state: Keys) -> Keys:
    """Turn whole numbers into whole numbers that look like chance; in place."""
    state ^= state >> np.uint64(30)
    state *= _FIRST
    state ^= state >> np.uint64(27)
    state *= _SECOND
    state ^= state >> np.uint64(31)
    return state


@lru_cache(maxsize=4096)
def _offset(purpose: str, month: int, turn: int) -> np.uint64:
    """Return where the draws for a purpose in a month begin."""
    place = _NUMBER[purpose] + (month + 1) * 1_000 + turn * 1_000_000_000
    return np.uint64(_mix(np.array([place * _GOLDEN & _MASK], dtype=np.uint64))[0])


def keys(purpose: str, *parts: ArrayLike) -> Keys:
    """Return a key for everyone who is told apart by whole numbers of at least 0.

    Examples
    --------
    The first two customers have the same keys, however many there are:

    >>> two, three = (keys("customer", 7, np.arange(n)) for n in (2, 3))
    >>> bool((two == three[:2]).all())
    True
    """
    found = np.full(1, _offset(purpose, 0, 0), dtype=np.uint64)
    for part in parts:
        number = np.asarray(part).astype(np.uint64)
        found = _mix((found + np.uint64(_GOLDEN)) ^ (number * _SECOND))
    return found


def uniform(of: Keys, purpose: str, *, month: int = 0, turn: int = 0) -> Floats:
    """Return one number for each key, above 0 and below 1, all equally likely.

    Parameters
    ----------
    of
        Keys, as from ``keys``.
    purpose
        One of ``PURPOSES``.
    month, turn
        Which month, and which of several draws for one purpose in it, from 0.
    """
    state = _mix(of + _offset(purpose, month, turn))
    state >>= np.uint64(11)
    found = state.astype(np.float64)
    found += 0.5
    found *= 2.0**-53
    return found


def normal(of: Keys, purpose: str, *, month: int = 0, turn: int = 0) -> Floats:
    """Return one number for each key from the bell curve of mean 0 and SD 1."""
    return np.asarray(ndtri(uniform(of, purpose, month=month, turn=turn)))


@dataclass(frozen=True, kw_only=True)
class Luck:
    """What befalls some in one month: draws for any purpose."""

    of: Keys
    month: int
    turn: int = 0

    def chance(self, purpose: str) -> Floats:
        """Return one number each, above 0 and below 1, all equally likely."""
        return uniform(self.of, purpose, month=self.month, turn=self.turn)

    def scatter(self, purpose: str) -> Floats:
        """Return one number each from the bell curve of mean 0 and SD 1."""
        return normal(self.of, purpose, month=self.month, turn=self.turn)

    def some(self, who: NDArray[np.generic]) -> "Luck":
        """Return the luck of some of them, by place or by true and false."""
        return Luck(of=self.of[who], month=self.month, turn=self.turn)

    def again(self, turn: int) -> "Luck":
        """Return other luck of the same in the same month."""
        return Luck(of=self.of, month=self.month, turn=turn)


def counts(chance: Floats, mean: ArrayLike) -> Ints:
    """Turn numbers between 0 and 1 into Poisson counts of these means.

    A larger mean never gives a smaller count for the same chance.

    Examples
    --------
    >>> counts(np.array([0.3, 0.6, 0.99]), 0.5).tolist()
    [0, 0, 3]
    """
    rate = np.broadcast_to(np.asarray(mean, dtype=float), chance.shape)
    step = np.exp(-rate)
    found = np.zeros(chance.shape, dtype=np.int64)
    open_ = np.flatnonzero(chance > step)
    below, step, rate, chance = step[open_], step[open_], rate[open_], chance[open_]
    for k in range(1, _STEPS):
        if not len(open_):
            break
        found[open_] = k
        step = step * (rate / k)
        below = below + step
        more = chance > below
        open_, below, step = open_[more], below[more], step[more]
        rate, chance = rate[more], chance[more]
    return found


def many(chance: Floats, mean: ArrayLike) -> Ints:
    """Do as ``counts``, for means of any size.

    Examples
    --------
    >>> many(np.array([0.3, 0.5]), np.array([0.5, 900.0])).tolist()
    [0, 900]
    """
    rate = np.broadcast_to(np.asarray(mean, dtype=float), chance.shape)
    large = rate > _LARGE
    found = counts(chance, np.where(large, 0.0, rate))
    draw, rate = chance[large], rate[large]
    upper = np.ceil(pdtrik(draw, rate))
    # the inverse is found step by step, and may end one step too far
    upper -= (upper > 0) & (pdtr(np.maximum(upper - 1, 0), rate) >= draw)
    found[large] = upper
    return found
