"""How far the truths differ from study to study: tau squared, five ways.

Studies differ by chance, and their truths may differ as well. Tau squared is the
variance of the truths. Each way below asks for the value at which what is seen is as
scattered as it should be; they differ in what they call "as scattered".
"""

from collections.abc import Callable
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import chi2

from cxlab.meta.studies import Studies

Floats = NDArray[np.float64]
_STEPS = 1000


def weighted(y: Floats, v: Floats, x: Floats, tau2: float) -> tuple[Floats, Floats]:
    """Return coefficients and their covariance, each study weighted by 1/(v + tau2)."""
    w = 1 / (v + tau2)
    covariance = np.asarray(np.linalg.inv((x.T * w) @ x), dtype=np.float64)
    beta: Floats = covariance @ ((x.T * w) @ y)
    return beta, covariance


def scatter(y: Floats, v: Floats, x: Floats, tau2: float) -> float:
    """Return the weighted squares left over; at the true tau2 about k - p."""
    beta, _ = weighted(y, v, x, tau2)
    return float(((y - x @ beta) ** 2 / (v + tau2)).sum())


def projection(v: Floats, x: Floats, tau2: float) -> Floats:
    """Return the matrix that takes what the moderators explain out of the effects."""
    w = 1 / (v + tau2)
    wx = w[:, None] * x
    matrix: Floats = np.diag(w) - wx @ np.linalg.inv(x.T @ wx) @ wx.T
    return matrix


def _der_simonian_laird(y: Floats, v: Floats, x: Floats) -> float:
    p = projection(v, x, 0.0)
    return float((y @ p @ y - (len(y) - x.shape[1])) / np.trace(p))


def _hedges(y: Floats, v: Floats, x: Floats) -> float:
    ones = np.ones_like(v)
    p = projection(ones, x, 0.0)  # every study the same weight
    return float((y @ p @ y - np.trace(p @ np.diag(v))) / (len(y) - x.shape[1]))


def _paule_mandel(y: Floats, v: Floats, x: Floats) -> float:
    return _where_scatter_is(len(y) - x.shape[1], y, v, x)


def _maximum_likelihood(y: Floats, v: Floats, x: Floats) -> float:
    def step(tau2: float) -> float:
        w, p = 1 / (v + tau2), projection(v, x, tau2)
        return float((y @ p @ p @ y - w.sum()) / (w**2).sum())

    return _scored(step, _start(y, v, x))


def _reml(y: Floats, v: Floats, x: Floats) -> float:
    def step(tau2: float) -> float:
        p = projection(v, x, tau2)
        return float((y @ p @ p @ y - np.trace(p)) / (p * p.T).sum())

    return _scored(step, _start(y, v, x))


SPREADS = MappingProxyType(
    {
        "DL": _der_simonian_laird,  # DerSimonian and Laird: moments, in one step
        "HE": _hedges,  # Hedges: moments, every study the same weight
        "PM": _paule_mandel,  # Paule and Mandel: scatter just as large as it should be
        "ML": _maximum_likelihood,
        "REML": _reml,  # restricted: pays for having estimated the mean
    }
)


def spread(
    given: Studies, *, method: str = "REML", moderators: Floats | None = None
) -> float:
    """Return tau squared, the variance of the truths between studies.

    Parameters
    ----------
    given : Studies
    method : str
        "REML", "DL", "PM", "ML" or "HE".
    moderators : ndarray, shape (k, p), optional
        Columns that explain differences, the first of them ones; None: ones alone.

    Returns
    -------
    float
        0 or more, squared units of the effects.

    Examples
    --------
    Two studies that differ by far more than chance.

    >>> from cxlab.meta import studies
    >>> two = studies([0.0, 1.0], [0.01, 0.01])
    >>> round(spread(two, method="DL"), 2), round(spread(two), 2)
    (0.49, 0.49)
    """
    if method not in SPREADS:
        raise ValueError(
            f"method={method!r}: there is no such way. Choose one of: "
            f"{', '.join(SPREADS)}."
        )
    x = np.ones((len(given), 1)) if moderators is None else moderators
    rule: Callable[[Floats, Floats, Floats], float] = SPREADS[method]
    return max(0.0, rule(given.effects, given.variances, x))


def spread_limits(given: Studies, *, level: float = 0.95) -> tuple[float, float]:
    """Return an interval for tau squared: the values that the scatter does not refute.

    Notes
    -----
    The Q-profile interval of Viechtbauer (2007), Statistics in Medicine 26, 37-52: at
    the true tau squared the scatter follows chi-square with k - 1 degrees of freedom.
    """
    y, v = given.effects, given.variances
    x = np.ones((len(given), 1))
    df, tail = len(given) - 1, (1 - level) / 2
    low = _where_scatter_is(float(chi2.ppf(1 - tail, df)), y, v, x)
    high = _where_scatter_is(float(chi2.ppf(tail, df)), y, v, x)
    return max(0.0, low), max(0.0, high)


def typical_variance(v: Floats) -> float:
    """Return the chance variance of a typical study, as I squared counts it."""
    w = 1 / v
    return float((len(v) - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))


def _start(y: Floats, v: Floats, x: Floats) -> float:
    return max(0.0, _hedges(y, v, x))


def _scored(step: Callable[[float], float], start: float) -> float:
    """Climb by Fisher scoring; a step that would lead below 0 is halved."""
    tau2 = start
    for _ in range(_STEPS):
        move = step(tau2)
        while tau2 + move < 0:
            move /= 2
            if abs(move) < 1e-14:
                return 0.0
        tau2 += move
        if abs(move) < 1e-12:
            return tau2
    raise ValueError(
        "tau squared did not settle. Look at the variances: a study that is thousands "
        "of times as exact as the others leaves nothing to pool."
    )


def _where_scatter_is(target: float, y: Floats, v: Floats, x: Floats) -> float:
    if scatter(y, v, x, 0.0) <= target:
        return 0.0
    high = float(np.var(y)) + float(v.max())
    while scatter(y, v, x, high) > target:
        high *= 2
    return float(brentq(lambda t: scatter(y, v, x, t) - target, 0.0, high, xtol=1e-14))
