"""What was never printed: small studies that should be there, and are not.

By chance alone small studies scatter widely to both sides of the average. Where dull
results stay in the drawer, the small ones that are printed lie to one side.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from cxlab.meta.moderators import moderate
from cxlab.meta.pooling import FIXED, Pooled, pool
from cxlab.meta.spread import weighted
from cxlab.meta.studies import Studies


@dataclass(frozen=True, kw_only=True)
class Asymmetry:
    """Whether small studies find more than large ones (Egger's question)."""

    slope: float  # effect gained for each unit of standard error
    z: float
    p: float  # two-sided
    at_no_error: float  # effect of a study without any chance in it, by the line


def asymmetry(given: Studies, *, method: str = "REML") -> Asymmetry:
    """Ask whether the effect grows with the standard error.

    Notes
    -----
    A line of the effects on their standard errors, weighted as the pooled studies are,
    with the spread of the truths left in. Egger, Davey Smith, Schneider & Minder
    (1997), British Medical Journal 315, 629-634, ask the same without that spread.
    """
    line = moderate(given, given.errors, method=method)
    return Asymmetry(
        slope=line.slope.estimate,
        z=line.z,
        p=float(2 * ndtr(-abs(line.z))),
        at_no_error=line.intercept.estimate,
    )


@dataclass(frozen=True, kw_only=True)
class Filled:
    """The studies with mirror images put where some seem to be missing."""

    missing: int
    side: str  # "left" or "right": where they seem to be missing
    pooled: Pooled  # with the filled ones; they are the last


def trim_and_fill(given: Studies, *, method: str = "REML") -> Filled:
    """Guess how many studies are missing, and fill in their mirror images.

    Notes
    -----
    Duval & Tweedie (2000), Journal of the American Statistical Association 95, 89-98,
    with their estimator L0. Take away the outermost studies of the full side until the
    rest looks even; the average of the rest is the axis of the mirror. A thought
    experiment, not a repair: it takes every lopsidedness for a drawer.
    """
    side = "right" if asymmetry(given, method=method).slope < 0 else "left"
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * given.effects, kind="stable")
    y, v = sign * given.effects[order], given.variances[order]
    missing, axis = _count_missing(y, v, method)
    k = len(given)
    mirrored = sign * (2 * axis - y[k - missing :])
    filled = Studies(
        effects=np.concatenate([given.effects, mirrored]),
        variances=np.concatenate([given.variances, v[k - missing :]]),
        names=given.names + tuple(f"filled {i + 1}" for i in range(missing)),
        unit=given.unit,
    )
    return Filled(missing=missing, side=side, pooled=pool(filled, method=method))


def _count_missing(
    y: NDArray[np.float64], v: NDArray[np.float64], method: str
) -> tuple[int, float]:
    """Return how many are missing on the left of sorted effects, and the axis."""
    k, missing, seen = len(y), 0, set[int]()
    while True:
        seen.add(missing)
        axis = _average(y[: k - missing], v[: k - missing], method)
        centred = y - axis
        ranks = np.empty(k)
        ranks[np.argsort(np.abs(centred), kind="stable")] = np.arange(1, k + 1)
        above = ranks[centred > 0].sum()
        guess = max(0, round((4 * above - k * (k + 1)) / (2 * k - 1)))
        guess = min(guess, k - 2)  # at least two must be left to average
        if guess in seen:
            return guess, axis
        missing = guess


def _average(y: NDArray[np.float64], v: NDArray[np.float64], method: str) -> float:
    some = Studies(effects=y, variances=v, names=("",) * len(y), unit="")
    if method == FIXED:
        return float(weighted(y, v, np.ones((len(y), 1)), 0.0)[0][0])
    return pool(some, method=method).average.estimate
