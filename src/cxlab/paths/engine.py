"""PLS path modelling on whole stacks of covariance matrices at once.

The strict core: arrays in, arrays out. Everything PLS mode A needs stands in the
covariance matrix of the items, so a bootstrap draw is one small matrix, and thousands
of draws are iterated side by side by the same lines that fit one table.

Shapes: B matrices, p items (block after block), k constructs.

References
----------
Wold, H. (1982). Soft modeling: the basic design and some extensions.
Tenenhaus, M., Vinzi, V. E., Chatelin, Y.-M. & Lauro, C. (2005). PLS path modeling.
Computational Statistics & Data Analysis 48, 159-205.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from cxlab.paths.model import Flags, Floats, PathModel

TOLERANCE = 1e-10  # largest change of a standardised weight at which a fit has settled
SWEEPS = 300  # ECSI settles in about ten; a fit that needs 300 does not settle


@dataclass(frozen=True, kw_only=True)
class Solution:
    """Settled weights of B fits, and what follows from them by multiplication."""

    covariances: Floats  # (B, p, p) of the items
    weights: Floats  # (B, p); every score has variance 1
    cross: Floats  # (B, p, k) covariance of each item with each score
    correlations: Floats  # (B, k, k) of the scores
    sweeps: np.ndarray  # (B,) rounds until settled; 0 where it never did

    @property
    def loadings(self) -> Floats:
        """Correlation of each item with each score, shape (B, p, k)."""
        spread = np.sqrt(np.diagonal(self.covariances, axis1=1, axis2=2))
        return self.cross / spread[:, :, None]


def standardise(covariances: Floats) -> Floats:
    """Turn a stack of covariance matrices into correlations; NaN where constant."""
    spread = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    with np.errstate(divide="ignore", invalid="ignore"):
        table: Floats = covariances / (spread[:, :, None] * spread[:, None, :])
    return table


def solve(covariances: Floats, model: PathModel, *, scheme: str) -> Solution:
    """Iterate the weights of every matrix until they settle, then orient the scores.

    A score's sign is arbitrary: it is set so that the loadings of its own items sum
    to more than zero. Matrices with missing entries never settle (sweeps 0).
    """
    inner = SCHEMES[scheme]
    weights = np.full((len(covariances), len(model.items)), np.nan)
    sweeps = np.zeros(len(covariances), dtype=np.int64)
    active = np.flatnonzero(np.isfinite(covariances).all(axis=(1, 2)))
    tables = covariances[active]
    now = _start(tables, model)
    for sweep in range(1, SWEEPS + 1):
        new = _normed(_outer(now, model, inner), tables, model)
        spread = np.sqrt(np.diagonal(tables, axis1=1, axis2=2))
        settled = (np.abs(new[0] - now[0]) * spread).max(axis=1) < TOLERANCE
        fresh = settled & (sweeps[active] == 0)
        weights[active[fresh]], sweeps[active[fresh]] = new[0][fresh], sweep
        go_on = ~settled & np.isfinite(new[0]).all(axis=1)
        if not go_on.any():
            break
        now = new
        if go_on.sum() < len(go_on) / 2:  # copying costs: only when it pays
            active, tables = active[go_on], tables[go_on]
            now = (new[0][go_on], new[1][go_on], new[2][go_on])
    return _oriented(covariances, weights, sweeps, model)


def aligned(solution: Solution, reference: Floats, model: PathModel) -> Solution:
    """Turn each score of each fit to the side on which the reference fit has it.

    The construct-level sign change of the bootstrap: a score is turned when its
    loadings point away from those of the reference, shape (p, k).
    """
    own = solution.loadings * model.membership
    agree = (own * reference).sum(axis=1)
    return _turned(solution, np.where(agree < 0, -1.0, 1.0), model)


def regress(correlations: Floats, arrows: Flags) -> Floats:
    """Regress every construct on those that point to it: (B, k, k), [from, to]."""
    paths = np.zeros_like(correlations)
    for end in np.flatnonzero(arrows.any(axis=0)):
        start = np.flatnonzero(arrows[:, end])
        among = correlations[:, start[:, None], start]
        paths[:, start, end] = _solve(among, correlations[:, start, end])
    return paths


def explained(correlations: Floats, paths: Floats) -> Floats:
    """R2 of every construct: shape (B, k), 0 where nothing points to it."""
    shares: Floats = (paths * correlations).sum(axis=1)
    return shares


def total_effects(paths: Floats) -> Floats:
    """Add up the effects along all routes: (B, k, k), [from, to]."""
    one = np.eye(paths.shape[1])
    return np.linalg.inv(one - paths) - one


def _centroid(correlations: Floats, model: PathModel) -> Floats:
    return np.sign(correlations) * (model.arrows | model.arrows.T)


def _factorial(correlations: Floats, model: PathModel) -> Floats:
    return correlations * (model.arrows | model.arrows.T)


def _path(correlations: Floats, model: PathModel) -> Floats:
    # What points here counts by its regression weight, what this points to by r.
    return regress(correlations, model.arrows) + correlations * model.arrows.T


Inner = Callable[[Floats, PathModel], Floats]
SCHEMES: Mapping[str, Inner] = MappingProxyType(
    {"centroid": _centroid, "factorial": _factorial, "path": _path}
)


State = tuple[Floats, Floats, Floats]  # weights, cross, correlations


def _start(tables: Floats, model: PathModel) -> State:
    # Covariances with the block's first item: turning an item round then turns its
    # weight round at every later sweep, which a start of ones would not do.
    first = model.membership.argmax(axis=0)[model.membership.argmax(axis=1)]
    return _normed(tables[:, np.arange(len(first)), first], tables, model)


def _outer(now: State, model: PathModel, inner: Inner) -> Floats:
    """One sweep: neighbours stand in for each construct; its items follow them."""
    _, cross, correlations = now
    home = model.membership.argmax(axis=1)
    neighbours = inner(correlations, model).swapaxes(1, 2)[:, home]
    weights: Floats = np.einsum("bik,bik->bi", cross, neighbours)
    return weights


def _normed(weights: Floats, tables: Floats, model: PathModel) -> State:
    """Scale weights so that every score has variance 1."""
    cross = tables @ (weights[:, :, None] * model.membership)
    products = model.membership.T @ (weights[:, :, None] * cross)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = 1 / np.sqrt(np.diagonal(products, axis1=1, axis2=2))
        return (
            weights * (size @ model.membership.T),
            cross * size[:, None, :],
            products * (size[:, :, None] * size[:, None, :]),
        )


def _oriented(
    covariances: Floats, weights: Floats, sweeps: np.ndarray, model: PathModel
) -> Solution:
    scaled, cross, correlations = _normed(weights, covariances, model)
    found = Solution(
        covariances=covariances,
        weights=scaled,
        cross=cross,
        correlations=correlations,
        sweeps=sweeps,
    )
    total = (found.loadings * model.membership).sum(axis=1)
    return _turned(found, np.where(total < 0, -1.0, 1.0), model)


def _turned(solution: Solution, signs: Floats, model: PathModel) -> Solution:
    both = signs[:, :, None] * signs[:, None, :]
    return Solution(
        covariances=solution.covariances,
        weights=solution.weights * (signs @ model.membership.T),
        cross=solution.cross * signs[:, None, :],
        correlations=solution.correlations * both,
        sweeps=solution.sweeps,
    )


def _solve(tables: Floats, sides: Floats) -> Floats:
    """Solve many small systems; NaN for those that have no single answer."""
    answers = np.full_like(sides, np.nan)
    try:
        answers[:] = np.linalg.solve(tables, sides[:, :, None])[:, :, 0]
    except np.linalg.LinAlgError:
        fine = np.abs(np.linalg.det(tables)) > 0
        answers[fine] = np.linalg.solve(tables[fine], sides[fine][:, :, None])[:, :, 0]
    return answers
