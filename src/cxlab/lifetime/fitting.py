"""How a lifetime model is fitted: climb to the likeliest parameters, and look around.

All parameters of these models are above 0, so the climb is made in their logarithms:
no step can leave the range, and an interval cannot hold a negative number. How fast the
likelihood falls around the top says how far each parameter can be trusted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
M = TypeVar("M")
Score = Callable[[Floats], tuple[float, Floats]]

_FAR = 14.0  # logarithms beyond which a parameter is called unbounded
_STEP = 1e-4  # of a logarithm, for the curvature
_CLIMBS = 30


class NotPinnedDown(ValueError):
    """The data fit many sets of parameters equally well: there is no one answer."""


@dataclass(frozen=True, kw_only=True)
class Fitted(Generic[M]):
    """A model with its likeliest parameters, and how far they can be trusted."""

    model: M
    names: tuple[str, ...]
    values: tuple[float, ...]
    covariance: Floats  # of the logarithms of the parameters
    log_likelihood: float
    n: int  # customers
    build: Callable[..., M]

    @property
    def errors(self) -> dict[str, float]:
        """Standard error of each parameter."""
        spread = np.sqrt(np.diag(self.covariance))
        each = zip(self.names, self.values, spread, strict=True)
        return {name: float(value * s) for name, value, s in each}

    def estimates(self, *, level: float = 0.95) -> tuple[Estimate, ...]:
        """Return each parameter with its interval, which never reaches 0."""
        reach = np.exp(z_value(level) * np.sqrt(np.diag(self.covariance)))
        return tuple(
            Estimate(
                quantity=name,
                estimate=value,
                low=float(value / r),
                high=float(value * r),
                level=level,
                n=self.n,
            )
            for name, value, r in zip(self.names, self.values, reach, strict=True)
        )

    def summary(self) -> pd.DataFrame:
        """Return the tidy table of the parameters."""
        return tidy(self.estimates())

    def draw(self, rng: np.random.Generator) -> M:
        """Return the model with parameters as likely as what we have seen allows."""
        logs = rng.multivariate_normal(np.log(self.values), self.covariance)
        return self.build(**dict(zip(self.names, np.exp(logs).tolist(), strict=True)))

    def __str__(self) -> str:
        """Say the parameters in one sentence."""
        each = zip(self.names, self.values, strict=True)
        said = ", ".join(f"{name} {value:.3f}" for name, value in each)
        return f"{said}; log likelihood {self.log_likelihood:.2f}, n = {self.n:,}."


def climb(
    score: Score, build: Callable[..., M], *, start: dict[str, float], n: int
) -> Fitted[M]:
    """Return the likeliest parameters of a model.

    Parameters
    ----------
    score
        Takes the parameters; returns the log likelihood and its slope in each of them.
    build
        Makes the model from the parameters, by name.
    start
        Where to begin: the names of the parameters, and values above 0.
    n
        Customers.

    Raises
    ------
    NotPinnedDown
        If the likelihood has no top, or a ridge instead of one.
    """

    def downhill(logs: Floats) -> tuple[float, Floats]:
        values = np.exp(logs)
        height, slope = score(values)
        return -height / n, -slope * values / n

    begin = np.log(list(start.values()))
    bounds = [(-_FAR, _FAR)] * len(begin)
    found = minimize(
        downhill,
        begin,
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-8},
    )
    top, curvature = _last_steps(downhill, np.asarray(found.x))
    values = np.exp(top)
    names = tuple(start)
    by_name = dict(zip(names, values.tolist(), strict=True))
    return Fitted(
        model=build(**by_name),
        names=names,
        values=tuple(by_name.values()),
        covariance=np.linalg.inv(curvature) / n,
        log_likelihood=float(score(values)[0]),
        n=n,
        build=build,
    )


def _last_steps(
    downhill: Callable[[Floats], tuple[float, Floats]], logs: Floats
) -> tuple[Floats, Floats]:
    """Go the last steps to the top with the curvature, which is returned with it."""
    for _ in range(_CLIMBS):
        curvature = _curvature(downhill, logs)
        _refuse_a_ridge(logs, curvature)
        step = np.linalg.solve(curvature, downhill(logs)[1])
        if np.abs(step).max() < 1e-9:
            break
        logs = logs - step / max(1.0, float(np.abs(step).max()))
    return logs, curvature


def _curvature(
    downhill: Callable[[Floats], tuple[float, Floats]], logs: Floats
) -> Floats:
    steps = _STEP * np.eye(len(logs))
    rows = [downhill(logs + s)[1] - downhill(logs - s)[1] for s in steps]
    square = np.array(rows) / (2 * _STEP)
    return np.asarray((square + square.T) / 2)


def _refuse_a_ridge(logs: Floats, curvature: Floats) -> None:
    if np.abs(logs).max() >= _FAR - 0.01 or np.linalg.eigvalsh(curvature)[0] < 1e-9:
        raise NotPinnedDown(
            f"The likelihood has no single top near {np.exp(logs).round(4).tolist()}: "
            "many customers of one kind look the same as few of many kinds. Give a "
            "longer history or more customers, or take a simpler model."
        )
