"""Looking early: every look is another chance to be fooled, unless it was paid for.

A pilot that does nothing crosses the line of one in twenty once in twenty times, if one
looks once. Who looks five times and stops at the first success is fooled far more.
The cure is a higher line, fixed before the first look. What a line costs can be worked
out exactly: between looks the sum of evidence takes an independent step, and the steps
are integrated one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from cxlab.intervals import z_value

Floats = NDArray[np.float64]
Spending = Callable[[float, float], float]

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(240)


@dataclass(frozen=True, kw_only=True)
class Looks:
    """When one looks, and the line at each look.

    Examples
    --------
    One look: five of a hundred, as printed on the packet. Five looks at the same line:
    14 of a hundred (Armitage, McPherson and Rowe 1969).

    >>> round(naive_looks(1).error, 3), round(naive_looks(5).error, 3)
    (0.05, 0.142)
    """

    times: tuple[float, ...]  # share of all the data seen at each look, rising to 1
    lines: tuple[float, ...]  # stop if the difference is so many standard errors

    def __post_init__(self) -> None:
        """Refuse looks that do not go forward, and lines that are none."""
        t, c = np.asarray(self.times, dtype=float), np.asarray(self.lines, dtype=float)
        if t.ndim != 1 or t.shape != c.shape or t.size == 0:
            raise ValueError(
                f"{t.size} looks and {c.size} lines: give one line for each look."
            )
        if not (np.all(np.diff(t) > 0) and t[0] > 0 and abs(t[-1] - 1) < 1e-9):
            raise ValueError(
                f"times={self.times}: shares of the data that rise from above 0 to 1; "
                "the last look sees all of it."
            )
        if not np.all(c > 0):
            raise ValueError(f"lines={self.lines}: each lies above 0.")

    @property
    def n(self) -> int:
        """How many looks."""
        return len(self.times)

    @cached_property
    def error(self) -> float:
        """How often a pilot that does nothing is called a difference at some look."""
        return float(self.stops(0.0).sum())

    def stops(self, drift: float) -> Floats:
        """Return how often one stops at each look, 0-1.

        Parameters
        ----------
        drift
            The true effect in standard errors of the whole pilot: 0 for none, 2.8 for
            one that a single look would see in four of five pilots.
        """
        high, low, _ = self._walk(drift)
        return np.asarray(high + low)

    def power(self, drift: float) -> float:
        """Return how often a true effect is found in its own direction."""
        high, _, _ = self._walk(drift)
        return float(high.sum())

    def exaggeration(self, drift: float) -> float:
        """Return how many times too large the effect looks to those who stop for it.

        The mean of what is measured at the moment of stopping above the line, over the
        true effect.
        """
        if drift <= 0:
            raise ValueError(f"drift={drift}: give a true effect above 0.")
        high, _, seen = self._walk(drift)
        return float(seen.sum() / high.sum() / drift)

    def drift_for(self, power: float) -> float:
        """Return the true effect, in standard errors, that is found so often."""
        if not 0.5 <= power < 1:
            raise ValueError(f"power={power}: a share from 0.5 to below 1.")
        return float(brentq(lambda d: self.power(d) - power, 0.1, 20, xtol=1e-10))

    def _walk(self, drift: float) -> tuple[Floats, Floats, Floats]:
        """Chances of leaving above and below at each look, and what is then seen.

        B(t) = Z(t) sqrt(t) walks in independent steps. Kept is its density among those
        that have not stopped, on the nodes of Gauss and Legendre.
        """
        high, low, seen = (np.zeros(self.n) for _ in range(3))
        place, mass, before = np.zeros(1), np.ones(1), 0.0
        for k, (t, line) in enumerate(zip(self.times, self.lines, strict=True)):
            step, edge = np.sqrt(t - before), line * np.sqrt(t)
            middle = place + drift * (t - before)
            above = (edge - middle) / step
            out = ndtr(-above)
            high[k] = mass @ out
            low[k] = mass @ ndtr((-edge - middle) / step)
            # the mean of B beyond the edge, for those who leave above
            seen[k] = mass @ (middle * out + step * _bell(above)) / t
            nodes = edge * _NODES
            density = _bell((nodes[:, None] - middle) / step) / step @ mass
            place, mass, before = nodes, density * edge * _WEIGHTS, t
        return high, low, seen

    def __str__(self) -> str:
        """Say the looks and their error in one sentence."""
        word = "look" if self.n == 1 else "looks"
        return (
            f"With {self.n} {word}, {100 * self.error:.1f} of 100 pilots that do "
            "nothing are called a difference."
        )


def _bell(x: Floats) -> Floats:
    return np.asarray(np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi))


def evenly(looks: int) -> tuple[float, ...]:
    """Return so many looks after equal parts of the data.

    Examples
    --------
    >>> evenly(4)
    (0.25, 0.5, 0.75, 1.0)
    """
    if not 1 <= looks <= 200:
        raise ValueError(f"looks={looks}: from 1 to 200.")
    return tuple((k + 1) / looks for k in range(looks))


def naive_looks(looks: int, *, alpha: float = 0.05) -> Looks:
    """Return looks at the line of a single look: the usual mistake."""
    return Looks(times=evenly(looks), lines=(z_value(1 - alpha),) * looks)


def flat_looks(looks: int, *, alpha: float = 0.05) -> Looks:
    """Return looks at one higher line that keeps the promise over all of them.

    References
    ----------
    Pocock (1977), Biometrika 64, 191-199.

    Examples
    --------
    >>> round(flat_looks(5).lines[0], 3), round(flat_looks(5).error, 6)
    (2.413, 0.05)
    """
    return _scaled(evenly(looks), np.ones(looks), alpha)


def falling_looks(looks: int, *, alpha: float = 0.05) -> Looks:
    """Return looks at a line that is very high at first and falls to nearly the usual.

    References
    ----------
    O'Brien and Fleming (1979), Biometrics 35, 549-556.

    Examples
    --------
    >>> [round(line, 2) for line in falling_looks(5).lines]
    [4.56, 3.23, 2.63, 2.28, 2.04]
    """
    times = evenly(looks)
    return _scaled(times, 1 / np.sqrt(times), alpha)


def _scaled(times: tuple[float, ...], shape: Floats, alpha: float) -> Looks:
    """Raise a line of a given shape until the error is alpha."""

    def with_lines(height: float) -> Looks:
        return Looks(times=times, lines=tuple(map(float, height * shape)))

    z = z_value(1 - alpha)  # one look: nothing to raise
    if len(times) == 1:
        return with_lines(z)

    def gap(height: float) -> float:
        return with_lines(height).error - alpha

    return with_lines(float(brentq(gap, 0.9 * z, z + 4, xtol=1e-12)))


def spend_late(t: float, alpha: float) -> float:
    """Return the error allowed by time t: hardly any early, nearly all late.

    References
    ----------
    Lan and DeMets (1983), Biometrika 70, 659-663, in the manner of O'Brien-Fleming.
    """
    # each side spends half of alpha, and each half as a two-sided curve
    return float(4 * ndtr(ndtri(alpha / 4) / np.sqrt(t)))


def spend_evenly(t: float, alpha: float) -> float:
    """Return the error allowed by time t: about the same at each look.

    References
    ----------
    Lan and DeMets (1983), Biometrika 70, 659-663, in the manner of Pocock.
    """
    return float(alpha * np.log1p((np.e - 1) * t))


def spending_looks(
    times: Sequence[float], *, spend: Spending = spend_late, alpha: float = 0.05
) -> Looks:
    """Return the line at each look for looks that were not evenly planned.

    The error allowed is an account: by each look so much of alpha may have been spent,
    and the line is put where exactly that much is.

    Parameters
    ----------
    times
        Share of the data seen at each look; it need not be even, and how often one
        looks need not be known before.
    spend
        ``spend_late`` or ``spend_evenly``: error that may be spent by time t.

    Examples
    --------
    Five even looks, as printed by Lan and DeMets' programs:

    >>> late = spending_looks([0.2, 0.4, 0.6, 0.8, 1.0])
    >>> [round(line, 3) for line in late.lines]
    [4.877, 3.357, 2.68, 2.29, 2.031]
    """
    lines: list[float] = []
    seen = tuple(map(float, times))
    for k, t in enumerate(seen):
        allowed = spend(t, alpha) - (spend(seen[k - 1], alpha) if k else 0.0)
        lines.append(_line_that_spends(seen[: k + 1], lines, allowed))
    return Looks(times=seen, lines=tuple(lines))


def _line_that_spends(
    seen: tuple[float, ...], lines: list[float], allowed: float
) -> float:
    # times are stretched so that the last is 1: without drift the walk is the same
    so_far = tuple(t / seen[-1] for t in seen)

    def spent(line: float) -> float:
        looks = Looks(times=so_far, lines=(*lines, line))
        return float(looks.stops(0.0)[-1]) - allowed

    return float(brentq(spent, 1e-6, 12, xtol=1e-12))
