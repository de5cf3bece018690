"""How long a chart waits before it cries: run lengths, exactly and by drawing.

A chart with rules on runs remembers the last few points, so its waiting time is that of
a Markov chain: the states are what it may still remember, and a signal ends the walk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from cxlab.control.constants import D2
from cxlab.control.rules import Rule
from cxlab.intervals import z_value
from cxlab.results import Estimate

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SIGNAL = -1
_LONGEST = 1_000_000  # points: no picture and no wait of the course is longer

# one mask a rule and side: bit 0 is the last point, set if it lay beyond the line
Memory = tuple[int, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class RunLength:
    """How many points until the first signal, for points that are truly shifted."""

    rules: tuple[Rule, ...]
    shift: float  # how far the truth lies from the centre, in sigmas
    moves: Floats  # shape (n_states, n_states): chance of each move without a signal

    @property
    def mean(self) -> float:
        """The average run length, in points."""
        here = np.eye(len(self.moves)) - self.moves
        return float(np.linalg.solve(here, np.ones(len(self.moves)))[0])

    def silent(self, points: int) -> Floats:
        """Return the chance of no signal in the first 0, 1, .. ``points`` points."""
        at = np.zeros(len(self.moves))
        at[0] = 1.0
        chances = [1.0]
        for _ in range(points):
            at = at @ self.moves
            chances.append(float(at.sum()))
        return np.array(chances)

    def first_of(self, charts: int) -> float:
        """Return the average wait for the first signal of several unrelated charts.

        Parameters
        ----------
        charts
            How many figures are watched; they are taken to move independently.

        Notes
        -----
        The chance that all are silent so long, summed over all points. The walk
        settles: after some points the chance of one more silent point no longer
        changes, and the rest is a geometric series.
        """
        total, points = 0.0, 64
        while points < _LONGEST:
            silent = self.silent(points)
            keep = silent[-1] / silent[-2]
            if abs(keep - silent[-2] / silent[-3]) < 1e-12:
                settled = silent[-1] ** charts / (1 - keep**charts)
                return float((silent[:-1] ** charts).sum() + settled)
            points *= 2
        return total

    def __str__(self) -> str:
        """Say the average run length in one sentence."""
        moved = "nothing has changed" if self.shift == 0 else "the truth has moved"
        by = "" if self.shift == 0 else f" by {self.shift:g} sigmas"
        return (
            f"With {len(self.rules)} rule(s) a signal comes after {self.mean:.1f} "
            f"points on average where {moved}{by}."
        )


def _still_matters(mask: int, rule: Rule) -> int:
    """Forget points that can no longer help to meet the rule.

    If all of the next t points were hits, the rule would see them and the newest
    ``of - t`` of those remembered. A point counts if for some t it would be among them
    and the rule would be met.
    """
    kept = 0
    for t in range(1, rule.of):
        seen = mask & ((1 << (rule.of - t)) - 1)
        if t + seen.bit_count() >= rule.hits:
            kept |= seen
    return kept


@cache
def _walk(rules: tuple[Rule, ...]) -> tuple[Floats, Ints]:
    """Return the lines between zones, and where each zone leads from each state.

    States are found by walking from the empty memory; `_SIGNAL` ends the walk.
    """
    lines = sorted({side * rule.beyond for rule in rules for side in (1, -1)})
    ends = np.array([-np.inf, *lines, np.inf])
    middles = [
        (lines[0] - 1),
        *[(a + b) / 2 for a, b in pairwise(lines)],
        (lines[-1] + 1),
    ]
    empty: Memory = (0,) * (2 * len(rules))
    number: dict[Memory, int] = {empty: 0}
    leads: list[list[int]] = []
    states = [empty]
    for state in states:  # grows while it is walked through
        row = []
        for z in middles:
            after = _remember(state, z, rules)
            if after is None:
                row.append(_SIGNAL)
                continue
            if after not in number:
                number[after] = len(states)
                states.append(after)
            row.append(number[after])
        leads.append(row)
    return ends, np.array(leads)


def _remember(state: Memory, z: float, rules: tuple[Rule, ...]) -> Memory | None:
    """Return what is remembered after one more point; None if it is a signal."""
    after = []
    for k, mask in enumerate(state):
        rule, point = rules[k // 2], -z if k % 2 else z
        hit = point > rule.beyond
        window = ((mask << 1) | hit) & ((1 << rule.of) - 1)
        if hit and window.bit_count() >= rule.hits:
            return None
        after.append(_still_matters(window & ((1 << (rule.of - 1)) - 1), rule))
    return tuple(after)


def run_length(rules: Sequence[Rule], *, shift: float = 0.0) -> RunLength:
    """Compute exactly how long a chart with known limits waits before its first signal.

    Parameters
    ----------
    rules
        What counts as a signal.
    shift
        How far the truth lies from the centre, in sigmas; 0: nothing has changed, and
        every signal is a false alarm.

    References
    ----------
    Champ & Woodall (1987), Exact results for Shewhart control charts with supplementary
    runs rules, Technometrics 29, 393-399.

    Examples
    --------
    One point in 370 lies beyond three sigmas by chance; four rules cry four times as
    often.

    >>> from cxlab.control import FOUR_RULES, ONE_RULE
    >>> round(run_length(ONE_RULE).mean, 1), round(run_length(FOUR_RULES).mean, 2)
    (370.4, 91.75)
    """
    if not rules:
        raise ValueError("no rules were given: a chart without a rule never signals.")
    ends, leads = _walk(tuple(rules))
    chances = np.diff(ndtr(ends - shift))
    moves = np.zeros((len(leads), len(leads)))
    for state, row in enumerate(leads):
        on = row != _SIGNAL
        np.add.at(moves[state], row[on], chances[on])
    return RunLength(rules=tuple(rules), shift=shift, moves=moves)


def run_lengths(rules: Sequence[Rule], shifts: Sequence[float]) -> Floats:
    """Return the average run length for each of several shifts."""
    return np.array([run_length(rules, shift=shift).mean for shift in shifts])


def drawn_run_length(
    rules: Sequence[Rule],
    *,
    shift: float = 0.0,
    n: int = 2000,
    rng: np.random.Generator,
) -> Estimate:
    """Draw charts point by point until each has signalled, and average their waits.

    Parameters
    ----------
    n
        How many charts are drawn.
    rng
        Where the randomness comes from.
    """
    windows = np.zeros((2 * len(rules), n), dtype=np.uint32)
    waited = np.zeros(n, dtype=int)
    alive = np.arange(n)
    while alive.size:
        waited[alive] += 1
        z = rng.standard_normal(alive.size) + shift
        signal = np.zeros(alive.size, dtype=bool)
        for k in range(2 * len(rules)):
            rule, side = rules[k // 2], -z if k % 2 else z
            hit = side > rule.beyond
            mask = np.uint32((1 << rule.of) - 1)
            windows[k, alive] = ((windows[k, alive] << 1) | hit) & mask
            signal |= hit & (np.bitwise_count(windows[k, alive]) >= rule.hits)
        alive = alive[~signal]
    half = z_value(0.95) * float(waited.std(ddof=1) / np.sqrt(n))
    mean = float(waited.mean())
    return Estimate(
        quantity="average run length, drawn",
        estimate=mean,
        low=mean - half,
        high=mean + half,
        level=0.95,
        n=n,
        unit="points",
    )


def alarm_in_time(
    baseline: int, *, points: int = 52, n: int = 2000, rng: np.random.Generator
) -> float:
    """Return how often a chart cries falsely in time, if its limits had to be learned.

    Parameters
    ----------
    baseline
        Weeks from which the limits are learned.
    points
        Weeks that follow; nothing changes in them. One rule: a point outside.
    n
        How many baselines are drawn.

    Returns
    -------
    float
        Share of charts with a false alarm, 0-1.
    """
    weeks = rng.standard_normal((n, baseline))
    centre = weeks.mean(axis=1)
    reach = 3 * np.abs(np.diff(weeks, axis=1)).mean(axis=1) / D2
    inside = ndtr(centre + reach) - ndtr(centre - reach)
    return float(1 - (inside**points).mean())
