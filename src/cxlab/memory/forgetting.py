"""How forgetting runs in time: fast and then slow, which no single pace can be.

Four curves are fitted by least squares to what is left after some hours. An exponential
loses the same share in every hour; a power of time loses the same share whenever time
doubles. Seven points of one man who learnt syllables, Ebbinghaus, tell them apart. They
are no customers; what is borrowed is the shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares

from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def _power(hours: Floats, a: float, b: float) -> Floats:
    left: Floats = a * hours**-b
    return left


def _log_form(hours: Floats, k: float, c: float) -> Floats:
    left: Floats = k / (np.log10(60 * hours) ** c + k)
    return left


def _exponential(hours: Floats, a: float, rate: float) -> Floats:
    left: Floats = a * np.exp(-rate * hours)
    return left


def _floor(hours: Floats, a: float, rate: float, floor: float) -> Floats:
    left: Floats = floor + _exponential(hours, a, rate)
    return left


# name: the curve, and where its search begins
CURVES: MappingProxyType[str, tuple[Callable[..., Floats], tuple[float, ...]]] = (
    MappingProxyType(
        {
            "power": (_power, (0.5, 0.1)),
            "log form": (_log_form, (1.8, 1.2)),
            "exponential with a floor": (_floor, (0.3, 0.05, 0.2)),
            "exponential": (_exponential, (0.4, 0.001)),
        }
    )
)


@dataclass(frozen=True, kw_only=True)
class Forgetting:
    """One curve through what was left."""

    name: str
    values: tuple[float, ...]  # its numbers, in the order of `CURVES`
    explained: float  # share of variance explained (R squared), 1 is all
    n: int

    def at(self, hours: ArrayLike) -> Floats:
        """Return the share that the curve says is left, 0-1."""
        curve, _ = CURVES[self.name]
        return curve(np.asarray(hours, dtype=float), *self.values)

    def summary(self) -> pd.DataFrame:
        """Return the numbers of the curve and what it explains as the tidy table."""
        numbers = [
            Estimate(quantity=f"number {i}", estimate=x, n=self.n)
            for i, x in enumerate(self.values, start=1)
        ]
        explained = Estimate(quantity="explained", estimate=self.explained, n=self.n)
        return tidy([*numbers, explained])

    def __str__(self) -> str:
        """Say how much it explains."""
        return f"The curve '{self.name}' explains {self.explained:.3f}."

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        return f"A curve through {self.n} points. {self}"


def fit_forgetting(hours: ArrayLike, left: ArrayLike, *, name: str) -> Forgetting:
    """Fit one forgetting curve by least squares on the shares.

    Parameters
    ----------
    hours : array_like, shape (n,)
        Since learning, above one minute.
    left : array_like, shape (n,)
        Share that is left, 0-1.
    name
        One of `CURVES`.

    Notes
    -----
    power: a t^-b. log form, of Ebbinghaus: k / (log10(minutes)^c + k). exponential:
    a exp(-r t). With a floor: f + a exp(-r t).

    Examples
    --------
    >>> hours = np.array([1, 10, 100, 1000])
    >>> found = fit_forgetting(hours, 0.5 * hours**-0.1, name="power")
    >>> [round(value, 3) for value in found.values]
    [0.5, 0.1]
    """
    if name not in CURVES:
        raise ValueError(f"name={name!r}: choose one of {', '.join(CURVES)}.")
    curve, start = CURVES[name]
    when, what = np.asarray(hours, dtype=float), np.asarray(left, dtype=float)
    if when.shape != what.shape or when.ndim != 1 or len(when) <= len(start):
        raise ValueError(
            f"hours of shape {when.shape}, left of shape {what.shape}: give as many of "
            f"both, and more than the {len(start)} numbers of this curve."
        )
    if not np.all(when > 1 / 60) or not np.all((what >= 0) & (what <= 1)):
        raise ValueError(
            "Give hours above one minute (1/60), and shares from 0 to 1 that are left; "
            "divide percent by 100."
        )

    def missed(numbers: Floats) -> Floats:
        apart: Floats = curve(when, *numbers) - what
        return apart

    found = least_squares(missed, start, x_scale=np.abs(start))
    total = float(((what - what.mean()) ** 2).sum())
    return Forgetting(
        name=name,
        values=tuple(map(float, found.x)),
        explained=1 - 2 * float(found.cost) / total,
        n=len(when),
    )
