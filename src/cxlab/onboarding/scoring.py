"""Two regressions by one routine: Poisson for rates, complementary log-log for weeks.

Both are fitted by Fisher scoring, a weighted least squares repeated until nothing
moves. A rate per day and a hazard per week are then two readings of the same thing:
what a customer's moment multiplies the danger of leaving by.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Link = Callable[[Floats], tuple[Floats, Floats, Floats]]
_ROUNDS = 50
_STILL = 1e-10


@dataclass(frozen=True, kw_only=True)
class Fit:
    """Coefficients of a regression, with their covariance."""

    coefficients: Floats
    covariance: Floats

    @property
    def errors(self) -> Floats:
        """Standard errors."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))


def poisson(x: Floats, y: Floats, *, offset: Floats) -> Fit:
    """Fit counts whose mean is exp(x b + offset)."""
    start = np.log(y.sum() / np.exp(offset).sum())
    return _score(x, y, offset, float(start), _counts)


def weekly_events(x: Floats, y: Floats, *, size: Floats) -> Fit:
    """Fit how many of each size say yes, whose chance is 1 - exp(-exp(x b))."""

    def link(eta: Floats) -> tuple[Floats, Floats, Floats]:
        danger = np.exp(eta)
        stay = np.exp(-danger)
        chance = -np.expm1(-danger)
        return size * chance, size * danger * stay, size * chance * stay

    start = np.log(-np.log1p(-y.sum() / size.sum()))
    return _score(x, y, np.zeros(len(y)), float(start), link)


def _counts(eta: Floats) -> tuple[Floats, Floats, Floats]:
    mean = np.exp(eta)
    return mean, mean, mean


def _score(x: Floats, y: Floats, offset: Floats, start: float, link: Link) -> Fit:
    b = np.linalg.lstsq(x, np.full(len(y), start), rcond=None)[0]
    for _ in range(_ROUNDS):
        mean, slope, variance = link(x @ b + offset)
        weighted = x * (slope**2 / variance)[:, None]
        information = weighted.T @ x
        step = np.linalg.solve(
            information, (x * (slope / variance)[:, None]).T @ (y - mean)
        )
        b = b + np.clip(step, -2, 2)
        if np.abs(step).max() < _STILL:
            covariance = np.asarray(np.linalg.inv(information), dtype=float)
            return Fit(coefficients=b, covariance=covariance)
    raise ValueError(
        f"The search did not settle in {_ROUNDS} rounds. Look for a group in which "
        "nobody left, or everybody, and join it to its neighbour."
    )
