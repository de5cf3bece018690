"""The four arrows between two waves, found in three ways.

All three regress the scores of one wave on both scores of the wave before, so each is
three matrices that act on a branch's waves: one makes what is explained, one makes what
explains it, and one makes the handles by which the explaining part is moved (for least
squares they are that part itself). The same matrices act on endlessly many branches, so
what a model finds in the limit is exact.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.panel.waves import waves_of
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

# as the scores stand; each branch's own mean removed; changes, moved by earlier levels
MODELS = ("levels", "centred", "changes")
_FEWEST = {"levels": 2, "centred": 3, "changes": 3}  # waves
_UNIT = "points per point"


@dataclass(frozen=True, kw_only=True)
class CrossLag:
    """The arrows from one wave to the next, and which of them clear zero."""

    model: str  # one of MODELS
    names: tuple[str, str]  # first and second score
    forward: Estimate  # first before > second now, points per point
    reverse: Estimate  # second before > first now
    stays: tuple[Estimate, Estimate]  # each score before > the same score now
    waves: int

    @property
    def seen(self) -> tuple[str, ...]:
        """Which of "forward" and "reverse" have an interval that leaves zero out."""
        arrows = {"forward": self.forward, "reverse": self.reverse}
        return tuple(
            name
            for name, arrow in arrows.items()
            if (arrow.low or 0.0) > 0 or (arrow.high or 0.0) < 0
        )

    @property
    def reading(self) -> str:
        """What a reader of the slide would say."""
        first, second = (name.lower() for name in self.names)
        return {
            ("forward",): f"{first} move {second}",
            ("reverse",): f"{second} move {first}",
            ("forward", "reverse"): "both ways",
            (): "neither way",
        }[self.seen]

    def __str__(self) -> str:
        """Say both arrows in one sentence."""
        first, second = (name.lower() for name in self.names)
        return (
            f"From {first} to {second} {self.forward:.2f}, and back {self.reverse:.2f}"
            f" ({self.forward.n:,} branches, {self.waves} waves)."
        )

    def describe(self) -> str:
        """Say what a picture of the arrows shows."""
        own = " and ".join(f"{stay.estimate:.2f}" for stay in self.stays)
        return (
            f"Four arrows from one wave to the next. {self} On itself each acts {own}."
        )

    def summary(self) -> pd.DataFrame:
        """Return the four arrows as the tidy table."""
        first, second = self.stays
        return tidy([first, self.forward, self.reverse, second])


def cross_lag(
    panel: pd.DataFrame | ArrayLike,
    *,
    model: str = "levels",
    names: tuple[str, str] = ("Staff", "Customers"),
    level: float = 0.95,
) -> CrossLag:
    """Find how far each of two scores moves the other from one wave to the next.

    Parameters
    ----------
    panel : DataFrame or array_like of shape (branches, waves, 2)
        A table is laid out by :func:`waves_of`, with its customary column names.
    model : str
        ``levels``: scores as they stand (the cross-lagged panel). ``centred``: each
        branch's own mean removed first. ``changes``: changes on changes, the latter
        moved by the level before them (Anderson and Hsiao).
    names : tuple of str
        What the two scores are called.

    Raises
    ------
    ValueError
        If the model has another name, or there are too few waves or branches.

    Notes
    -----
    The mean of each wave over the branches is removed first. Standard errors let the
    waves of a branch be alike: V = A^-1 (sum of s s') A^-T with s the product of
    handles and residuals of one branch.

    References
    ----------
    Anderson and Hsiao (1982), Journal of Econometrics 18, 47-82, for the handles.
    Nickell (1981), Econometrica 49, 1417-1426, for what centring does in few waves.

    Examples
    --------
    Two kinds of branches, good and bad, in which nothing ever moves anything.

    >>> rng = np.random.default_rng(1)
    >>> good = rng.normal(size=(500, 1, 1))
    >>> scores = good + rng.normal(size=(500, 6, 2))
    >>> found = {model: cross_lag(scores, model=model) for model in MODELS}
    >>> [f"{abs(one.forward.estimate):.1f}" for one in found.values()]
    ['0.3', '0.0', '0.0']
    >>> found["levels"].reading, found["changes"].reading
    ('both ways', 'neither way')
    """
    waves = _checked(panel)
    n, n_waves, _ = waves.shape
    made = _matrices(model, n_waves)
    if n < 6:
        raise ValueError(
            f"{n} branches: arrows with intervals need at least 6, and to say anything "
            "they need hundreds."
        )
    centred = waves - waves.mean(axis=0)
    after, before, handles = (np.einsum("kt,ntv->nkv", m, centred) for m in made)
    arrows, errors = _solve(after, before, handles)
    half = z_value(level) * errors

    def estimate(start: int, end: int) -> Estimate:
        size, reach = float(arrows[start, end]), float(half[start, end])
        return Estimate(
            quantity=f"{names[start]} before > {names[end]} now",
            estimate=size,
            low=size - reach,
            high=size + reach,
            level=level,
            n=n,
            unit=_UNIT,
        )

    return CrossLag(
        model=model,
        names=names,
        forward=estimate(0, 1),
        reverse=estimate(1, 0),
        stays=(estimate(0, 0), estimate(1, 1)),
        waves=n_waves,
    )


def from_moments(moments: ArrayLike, *, model: str) -> Floats:
    """Return the arrows that a model finds among endlessly many branches.

    Parameters
    ----------
    moments : array_like, shape (waves, 2, waves, 2)
        Covariance of each score in each wave with each score in each wave.
    model : str
        One of :data:`MODELS`.

    Returns
    -------
    ndarray, shape (2, 2)
        From the first (row) or second score before, to the first (column) or second
        score now.
    """
    given = np.asarray(moments, dtype=float)
    if given.ndim != 4 or given.shape[:2] != given.shape[2:] or given.shape[1] != 2:
        raise ValueError(
            f"moments of shape {given.shape}: give (waves, 2, waves, 2), the "
            "covariance of every score in every wave with every other."
        )
    made = _matrices(model, len(given))
    crossed = np.einsum("kt,tvsu,ks->vu", made.handles, given, made.before)
    explained = np.einsum("kt,tvsu,ks->vu", made.handles, given, made.after)
    return np.linalg.solve(crossed, explained)


class _Matrices(NamedTuple):
    after: Floats
    before: Floats
    handles: Floats


def _matrices(model: str, waves: int) -> _Matrices:
    """Return what each model makes of a branch's waves, one row a comparison."""
    if model not in MODELS:
        raise ValueError(f"model={model!r}: choose one of {', '.join(MODELS)}.")
    if waves < _FEWEST[model]:
        raise ValueError(
            f"{waves} waves: the model '{model}' needs at least {_FEWEST[model]}. Ask "
            "again next year, or choose another model."
        )
    each = np.eye(waves)
    if model == "levels":
        return _Matrices(each[1:], each[:-1], each[:-1])
    if model == "centred":
        own = np.eye(waves - 1) - 1 / (waves - 1)
        return _Matrices(own @ each[1:], own @ each[:-1], own @ each[:-1])
    change = np.diff(each, axis=0)
    return _Matrices(change[1:], change[:-1], each[:-2])


def _solve(after: Floats, before: Floats, handles: Floats) -> tuple[Floats, Floats]:
    """Return arrows and standard errors, rows before and columns now."""
    crossed = np.einsum("nkv,nku->vu", handles, before)
    arrows = np.linalg.solve(crossed, np.einsum("nkv,nku->vu", handles, after))
    left = after - before @ arrows
    scores = np.einsum("nkv,nku->nvu", handles, left)  # branch, handle, equation
    inverse = np.linalg.inv(crossed)
    spread = np.einsum("nvu,nwu->uvw", scores, scores)
    variances = np.einsum("av,uvw,aw->au", inverse, spread, inverse)
    n = len(after)
    return arrows, np.sqrt(variances * n / (n - 1))


def _checked(panel: pd.DataFrame | ArrayLike) -> Floats:
    if isinstance(panel, pd.DataFrame):
        return waves_of(panel)
    waves = np.asarray(panel, dtype=float)
    if waves.ndim != 3 or waves.shape[2] != 2:
        raise ValueError(
            f"a panel of shape {waves.shape} was given; it must be (branches, waves, "
            "2), or a table with one row per branch and wave."
        )
    return waves
