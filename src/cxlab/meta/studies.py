"""Studies side by side: what each found, and how much chance is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Studies:
    """Effects of several studies, each with the variance that chance gives it."""

    effects: Floats  # shape (k,), in one unit and one direction
    variances: Floats  # shape (k,), squared standard errors, above 0
    names: tuple[str, ...]
    unit: str  # unit of the effects, such as "r" or "Fisher z"

    def __len__(self) -> int:
        """Return how many studies there are."""
        return len(self.effects)

    @property
    def errors(self) -> Floats:
        """Standard error of each effect."""
        return np.sqrt(self.variances)

    def table(self) -> pd.DataFrame:
        """Return one row per study: effect and standard error."""
        columns = {"effect": self.effects, "standard error": self.errors}
        return pd.DataFrame(columns, index=pd.Index(self.names, name="study"))


def studies(
    effects: ArrayLike,
    variances: ArrayLike,
    *,
    names: Sequence[str] | None = None,
    unit: str = "",
) -> Studies:
    """Put studies side by side, after a look at what was given.

    Parameters
    ----------
    effects : array_like, shape (k,)
        What each study found; at least two studies.
    variances : array_like, shape (k,)
        Squared standard error of each, above 0.
    names : sequence of str, optional
        Names of the studies; numbers from 1 if none are given.
    unit : str
        Unit of the effects.

    Raises
    ------
    ValueError
        If there are fewer than two, the lengths differ, or a number cannot be.
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)
    if y.ndim != 1 or y.shape != v.shape or len(y) < 2:
        raise ValueError(
            f"effects of shape {y.shape} and variances of shape {v.shape} were given; "
            "give one effect and one variance for each of at least two studies."
        )
    if not (np.isfinite(y).all() and np.isfinite(v).all() and (v > 0).all()):
        raise ValueError(
            "an effect is missing, or a variance is missing or not above 0. Leave a "
            "study without a standard error out, and say so."
        )
    said = tuple(names) if names is not None else _numbers(len(y))
    if len(said) != len(y):
        raise ValueError(f"{len(said)} names for {len(y)} studies: give one for each.")
    return Studies(effects=y, variances=v, names=said, unit=unit)


def correlations(
    r: ArrayLike, people: ArrayLike, *, names: Sequence[str] | None = None
) -> Studies:
    """Put correlations side by side; few people make much chance.

    Notes
    -----
    The variance of r is taken as (1 - r^2)^2 / n.

    Examples
    --------
    A hundred people, and no link at all: one standard error is a tenth.

    >>> [round(float(e), 3) for e in correlations([0.0, 0.5], [100, 100]).errors]
    [0.1, 0.075]
    """
    values, n = _checked(r, people)
    return studies(values, (1 - values**2) ** 2 / n, names=names, unit="r")


def fisher(
    r: ArrayLike, people: ArrayLike, *, names: Sequence[str] | None = None
) -> Studies:
    """Put correlations side by side on Fisher's scale, where chance is even.

    Notes
    -----
    z = artanh(r), with variance 1 / (n - 3); tanh leads back.
    """
    values, n = _checked(r, people)
    if (n <= 3).any():
        raise ValueError(
            "a study of three people or fewer has no variance on Fisher's scale. Leave "
            "it out, and say so."
        )
    return studies(np.arctanh(values), 1 / (n - 3), names=names, unit="Fisher z")


def log_risk_ratios(
    cases: ArrayLike,
    others: ArrayLike,
    control_cases: ArrayLike,
    control_others: ArrayLike,
    *,
    names: Sequence[str] | None = None,
) -> Studies:
    """Put trials side by side by the logarithm of their risk ratio.

    Parameters
    ----------
    cases, others : array_like, shape (k,)
        Counts of the treated with and without the outcome.
    control_cases, control_others : array_like, shape (k,)
        The same for the untreated. All counts above 0.

    Examples
    --------
    Half the risk in the first trial, the same risk in the second.

    >>> two = log_risk_ratios([5, 10], [95, 90], [10, 10], [90, 90])
    >>> [round(float(np.exp(effect)), 2) for effect in two.effects]
    [0.5, 1.0]
    """
    a, b, c, d = (
        np.asarray(x, dtype=float)
        for x in (cases, others, control_cases, control_others)
    )
    if not all((x > 0).all() for x in (a, b, c, d)):
        raise ValueError(
            "a count of 0: its logarithm has no end. Leave the trial out, or count "
            "over a longer time."
        )
    effects = np.log(a / (a + b)) - np.log(c / (c + d))
    variances = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    return studies(effects, variances, names=names, unit="log risk ratio")


def _checked(r: ArrayLike, people: ArrayLike) -> tuple[Floats, Floats]:
    values, n = np.asarray(r, dtype=float), np.asarray(people, dtype=float)
    if values.shape != n.shape or not (np.abs(values) < 1).all() or (n < 2).any():
        raise ValueError(
            "correlations lie between -1 and 1, without the ends, and each comes with "
            "its number of people, 2 or more. Give both columns in the same order."
        )
    return values, n


def _numbers(k: int) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in range(k))
