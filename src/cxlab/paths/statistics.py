"""What can be computed from many fits at once: the statistics that may be drawn.

Each takes a stack of fits and gives one row of numbers per fit, so that resampling and
dealing at random are written once and work for all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from cxlab.paths import engine, trust
from cxlab.paths.model import ARROW, Floats, PathModel, unknown


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """One kind of number that every fit of a path model gives."""

    names: Callable[[PathModel], tuple[str, ...]]  # of its quantities
    compute: Callable[[engine.Solution, PathModel], Floats]  # (fits, quantities)
    unit: str


def statistic(of: str) -> Statistic:
    """Return a statistic by its name.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if of not in STATISTICS:
        raise ValueError(unknown("statistic", of, STATISTICS))
    return STATISTICS[of]


def _paths(solved: engine.Solution, model: PathModel) -> Floats:
    return _pick(engine.regress(solved.correlations, model.arrows), model, model.paths)


def _total(solved: engine.Solution, model: PathModel) -> Floats:
    paths = engine.regress(solved.correlations, model.arrows)
    return _pick(engine.total_effects(paths), model, model.routes)


def _r2(solved: engine.Solution, model: PathModel) -> Floats:
    paths = engine.regress(solved.correlations, model.arrows)
    shares = engine.explained(solved.correlations, paths)
    return shares[:, [model.constructs.index(c) for c in model.endogenous]]


def _loadings(solved: engine.Solution, model: PathModel) -> Floats:
    own: Floats = (solved.loadings * model.membership).sum(axis=2)
    return own


def _corrected(solved: engine.Solution, model: PathModel) -> Floats:
    table = trust.disattenuated(solved, model)
    return _pick(engine.regress(table, model.arrows), model, model.paths)


def _corrected_correlations(solved: engine.Solution, model: PathModel) -> Floats:
    first, second = np.triu_indices(len(model.constructs), k=1)
    return trust.disattenuated(solved, model)[:, first, second]


def _htmt(solved: engine.Solution, model: PathModel) -> Floats:
    return trust.ratios(engine.standardise(solved.covariances), model)


def _pick(
    table: Floats, model: PathModel, pairs: tuple[tuple[str, str], ...]
) -> Floats:
    place = {name: k for k, name in enumerate(model.constructs)}
    return table[:, [place[a] for a, _ in pairs], [place[b] for _, b in pairs]]


def _route_names(model: PathModel) -> tuple[str, ...]:
    return tuple(ARROW.join(pair) for pair in model.routes)


STATISTICS: Mapping[str, Statistic] = MappingProxyType(
    {
        "paths": Statistic(names=lambda m: m.path_names, compute=_paths, unit="SD"),
        "total effects": Statistic(names=_route_names, compute=_total, unit="SD"),
        "R2": Statistic(names=lambda m: m.endogenous, compute=_r2, unit="share"),
        "loadings": Statistic(names=lambda m: m.items, compute=_loadings, unit="r"),
        "corrected paths": Statistic(
            names=lambda m: m.path_names, compute=_corrected, unit="SD"
        ),
        "corrected correlations": Statistic(
            names=trust.pair_names, compute=_corrected_correlations, unit="r"
        ),
        "HTMT": Statistic(names=trust.pair_names, compute=_htmt, unit="ratio"),
    }
)
