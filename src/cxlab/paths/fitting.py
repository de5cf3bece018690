"""Fit a path model to a survey: from answers to the table of arrows.

A score is a weighted sum of a box's questions; an arrow is a regression weight between
scores. PLS chooses the weights so that each box leans on the questions that move with
its neighbours. Mode A throughout (every box "reflects" its items).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from cxlab.paths import engine
from cxlab.paths.model import ARROW, Floats, PathModel, unknown
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class PathFit:
    """One fitted path model: its weights, and all that follows from them."""

    model: PathModel
    scheme: str  # how neighbours count: centroid, factorial or path
    scaled: bool  # True: items brought to variance 1 first
    n: int | None  # people behind it; None if only a covariance matrix was given
    covariances: pd.DataFrame  # of the items; correlations if scaled
    weights: pd.Series  # per item; every score has variance 1
    sweeps: int  # rounds until the weights settled

    @cached_property
    def solution(self) -> engine.Solution:
        """The arrays behind the tables: a stack of one, for `engine`."""
        table = self.covariances.to_numpy()[None]
        weights = self.weights.to_numpy()
        cross = table @ (weights[:, None] * self.model.membership)
        correlations = self.model.membership.T @ (weights[:, None] * cross)
        return engine.Solution(
            covariances=table,
            weights=weights[None],
            cross=cross,
            correlations=correlations,
            sweeps=np.array([self.sweeps]),
        )

    @cached_property
    def correlations(self) -> pd.DataFrame:
        """Correlations of the scores, construct by construct."""
        names = list(self.model.constructs)
        return pd.DataFrame(self.solution.correlations[0], names, names)

    @cached_property
    def loadings(self) -> pd.Series:
        """Correlation of each item with the score of its own construct."""
        own = (self.solution.loadings[0] * self.model.membership).sum(axis=1)
        return pd.Series(own, list(self.model.items), name="loading")

    @cached_property
    def paths(self) -> pd.Series:
        """The arrows: standard deviations of change per standard deviation."""
        table = engine.regress(self.solution.correlations, self.model.arrows)
        return _by_pair(table[0], self.model, self.model.paths, "path")

    @cached_property
    def r2(self) -> pd.Series:
        """Share of each endogenous score's variance that its arrows explain (0-1)."""
        table = engine.regress(self.solution.correlations, self.model.arrows)
        shares = engine.explained(self.solution.correlations, table)[0]
        all_of_them = pd.Series(shares, list(self.model.constructs), name="R2")
        return all_of_them.loc[list(self.model.endogenous)]

    @cached_property
    def adjusted_r2(self) -> pd.Series:
        """R2 less what that many arrows would explain of pure noise."""
        if self.n is None:
            raise ValueError(
                "This fit has no n, so R2 cannot be adjusted. Give n= to fit_matrix."
            )
        ends = [end for _, end in self.model.paths]
        arrows = np.array([ends.count(name) for name in self.r2.index])
        adjusted = 1 - (1 - self.r2.to_numpy()) * (self.n - 1) / (self.n - arrows - 1)
        return pd.Series(adjusted, self.r2.index, name="adjusted R2")

    @cached_property
    def total_effects(self) -> pd.Series:
        """Effects along all routes together, for every pair that arrows connect."""
        table = engine.regress(self.solution.correlations, self.model.arrows)
        total = engine.total_effects(table)[0]
        return _by_pair(total, self.model, self.model.routes, "total effect")

    @cached_property
    def indirect_effects(self) -> pd.Series:
        """Total effects less the direct arrow: what travels through other boxes."""
        direct = self.paths.reindex(self.total_effects.index, fill_value=0.0)
        return (self.total_effects - direct).rename("indirect effect")

    def summary(self) -> pd.DataFrame:
        """Return the arrows as the tidy table (no intervals: see `bootstrap`)."""
        return tidy(
            Estimate(quantity=str(name), estimate=float(size), n=self.n, unit="SD")
            for name, size in self.paths.items()
        )

    def describe(self) -> str:
        """Say what a picture of the arrows shows."""
        listed = ", ".join(f"{name} {size:.2f}" for name, size in self.paths.items())
        name = str(self.paths.abs().idxmax())
        return (
            f"The strongest of {len(self.paths)} arrows, {name}, carries "
            f"{self.paths[name]:.2f} SD per SD. All of them: {listed}."
        )

    def __str__(self) -> str:
        """Say the largest arrow in one line."""
        name = str(self.paths.abs().idxmax())
        return f"{self.model}; the largest is {name}: {self.paths[name]:.2f} SD"


def fit(
    data: pd.DataFrame,
    model: PathModel,
    *,
    scheme: str = "centroid",
    scaled: bool = True,
) -> PathFit:
    r"""Tell how strongly each box of the drawing moves with the boxes before it.

    Parameters
    ----------
    data : DataFrame
        One row per person, one column per item of the model; no gaps.
    model : PathModel
        Boxes, items and arrows.
    scheme : {"centroid", "factorial", "path"}
        How a box listens to its neighbours: to their sign, their correlation, or as
        a regression on those before it and a correlation with those after it.
    scaled : bool
        True brings every item to variance 1, so that no item counts for more because
        its answers spread more. False only centres them.

    Raises
    ------
    ValueError
        If a column is missing, has gaps or never varies, if the scheme is unknown,
        or if the weights do not settle.

    Notes
    -----
    Weights are repeated until none changes by more than 1e-10 standard deviations.
    With standardised items :math:`x`, scores are :math:`y_j = \sum_i w_{ij} x_i`, and
    :math:`w_{ij} \propto \mathrm{cov}(x_i, \sum_k e_{jk} y_k)` over the neighbours
    :math:`k` of :math:`j`. The sign of a score is set so that its loadings sum to more
    than zero.

    References
    ----------
    Monecke, A. & Leisch, F. (2012). semPLS. J. Statistical Software 48(3).

    Examples
    --------
    With one item per box nothing is left to weigh: the arrow is the correlation.

    >>> import pandas as pd
    >>> from cxlab.paths import fit, path_model
    >>> answers = pd.DataFrame({"value": [1, 2, 3, 4], "loyalty": [2, 1, 4, 3]})
    >>> chain = path_model({"V": "value", "L": "loyalty"}, ["V > L"])
    >>> fit(answers, chain).paths["V > L"].round(6)
    np.float64(0.6)
    """
    table = answers(data, model)
    covariances = pd.DataFrame(np.cov(table.T).reshape(2 * (table.shape[1],)))
    names = list(model.items)
    covariances = covariances.set_axis(names, axis=0).set_axis(names, axis=1)
    return fit_matrix(covariances, model, scheme=scheme, scaled=scaled, n=len(table))


def fit_matrix(
    covariances: pd.DataFrame,
    model: PathModel,
    *,
    scheme: str = "centroid",
    scaled: bool = True,
    n: int | None = None,
) -> PathFit:
    """Fit a path model where only the covariances or correlations are printed.

    Parameters
    ----------
    covariances : DataFrame
        Square, items by items, named on both sides; more items than needed is fine.
    model, scheme, scaled
        As in `fit`.
    n : int, optional
        People behind the table.
    """
    check_scheme(scheme)
    names = list(model.items)
    for name in names:
        if name not in covariances.columns or name not in covariances.index:
            raise ValueError(unknown("item", name, map(str, covariances.columns)))
    table = covariances.loc[names, names].to_numpy(dtype=np.float64)[None]
    table = engine.standardise(table) if scaled else table
    solved = engine.solve(table, model, scheme=scheme)
    if not solved.sweeps[0]:
        raise ValueError(
            f"The weights did not settle in {engine.SWEEPS} sweeps of the {scheme} "
            "scheme. A block whose items hardly go together is the usual reason: look "
            "at the correlations within each block, or try scheme='factorial'."
        )
    return PathFit(
        model=model,
        scheme=scheme,
        scaled=scaled,
        n=n,
        covariances=pd.DataFrame(table[0], names, names),
        weights=pd.Series(solved.weights[0], names, name="weight"),
        sweeps=int(solved.sweeps[0]),
    )


def scores(data: pd.DataFrame, fitted: PathFit) -> pd.DataFrame:
    """Give every person a score on every box: mean 0, variance 1 in the fitted data.

    Returns
    -------
    DataFrame
        Shape (people, constructs), on the index of `data`.
    """
    table = answers(data, fitted.model)
    centred = table - table.mean(axis=0)
    if fitted.scaled:
        centred = centred / table.std(axis=0, ddof=1)
    columns = list(fitted.model.constructs)
    weights = fitted.weights.to_numpy()[:, None] * fitted.model.membership
    return pd.DataFrame(centred @ weights, data.index, columns)


def answers(data: pd.DataFrame, model: PathModel) -> Floats:
    """Take the model's columns out of a survey, and refuse what cannot be fitted."""
    for name in model.items:
        if name not in data.columns:
            raise ValueError(unknown("column", name, map(str, data.columns)))
    table = data[list(model.items)]
    words = [c for c in table if not pd.api.types.is_numeric_dtype(table[c])]
    if words:
        raise TypeError(
            f"The column {words[0]} holds {table[words[0]].dtype}, not numbers. Turn "
            "its answers into numbers first."
        )
    gaps = table.isna().sum()
    if gaps.any():
        raise ValueError(
            f"{int(gaps.sum())} answers are missing ({_few(gaps[gaps > 0].index)}). "
            "Nothing is guessed here: drop those people with data.dropna(), or fill "
            "the gaps yourself and say how."
        )
    if len(table) < 3:
        raise ValueError(f"{len(table)} rows were given. Give at least 3 people.")
    values = table.to_numpy(dtype=np.float64)
    flat = table.columns[(values == values[0]).all(axis=0)]
    if len(flat):
        raise ValueError(
            f"Everybody gave the same answer to {_few(flat)}. An item that never "
            "varies cannot move with anything: leave it out of the model."
        )
    return values


def check_scheme(scheme: str) -> None:
    """Refuse a scheme that does not exist."""
    if scheme not in engine.SCHEMES:
        raise ValueError(unknown("scheme", scheme, engine.SCHEMES))


def _by_pair(
    table: Floats, model: PathModel, pairs: Sequence[tuple[str, str]], name: str
) -> pd.Series:
    place = {construct: k for k, construct in enumerate(model.constructs)}
    values = [table[place[start], place[end]] for start, end in pairs]
    return pd.Series(values, [ARROW.join(pair) for pair in pairs], name=name)


def _few(names: pd.Index) -> str:
    shown = ", ".join(str(name) for name in names[:4])
    return shown + (f" and {len(names) - 4} more" if len(names) > 4 else "")
