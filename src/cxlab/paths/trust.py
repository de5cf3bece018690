"""Ask whether the boxes deserve their arrows: reliability, distinctness, correction.

An arrow between two noisy scores is too small, because noise moves with nothing.
Consistent PLS (PLSc) divides that noise out. The division has a price: where two boxes
are close to being one, it divides by almost nothing.

References
----------
Dijkstra, T. K. & Henseler, J. (2015). Consistent partial least squares path modeling.
MIS Quarterly 39, 297-316.
Henseler, J., Ringle, C. M. & Sarstedt, M. (2015). A new criterion for assessing
discriminant validity. J. Academy of Marketing Science 43, 115-135.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.paths import engine
from cxlab.paths.fitting import PathFit
from cxlab.paths.model import Floats, PathModel
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class CorrectedFit:
    """The same table of arrows with the noise of the answers divided out (PLSc)."""

    fit: PathFit  # what was corrected
    rho_a: pd.Series  # reliability of each score, 0-1; 1 taken for a single item
    correlations: pd.DataFrame  # of the boxes themselves; may pass 1
    paths: pd.Series  # NaN if a reliability is not positive
    r2: pd.Series

    @property
    def smallest_eigenvalue(self) -> float:
        """Below zero, no boxes at all could have these correlations."""
        table = self.correlations.to_numpy()
        if not np.isfinite(table).all():
            return float("nan")
        return float(np.linalg.eigvalsh(table)[0])

    @property
    def admissible(self) -> bool:
        """Whether some set of boxes could have these correlations."""
        return self.smallest_eigenvalue > 0

    def summary(self) -> pd.DataFrame:
        """Return the corrected arrows as the tidy table."""
        return tidy(
            Estimate(quantity=str(name), estimate=float(size), n=self.fit.n, unit="SD")
            for name, size in self.paths.items()
        )

    def __str__(self) -> str:
        """Say the largest change in one line."""
        change = str((self.paths - self.fit.paths).abs().idxmax())
        before, after = self.fit.paths[change], self.paths[change]
        return (
            f"with the noise divided out, {change} goes from {before:.2f} "
            f"to {after:.2f} SD"
        )


def corrected(fitted: PathFit) -> CorrectedFit:
    r"""Tell what the arrows would be if every question were answered without noise.

    Notes
    -----
    Each correlation of two scores is divided by :math:`\sqrt{\rho_A \rho_A'}`, and
    the arrows are the regressions that follow. A box with a single item is taken as
    free of noise, for want of a second item to tell. This assumes that within a box
    items share one thing only, and that no noise is shared between boxes.
    """
    names = list(fitted.model.constructs)
    solved = fitted.solution
    rho = reliabilities(solved, fitted.model)
    table = disattenuated(solved, fitted.model)
    paths = engine.regress(table, fitted.model.arrows)
    shares = pd.Series(engine.explained(table, paths)[0], names, name="R2")
    place = {name: k for k, name in enumerate(names)}
    arrows = [paths[0, place[a], place[b]] for a, b in fitted.model.paths]
    return CorrectedFit(
        fit=fitted,
        rho_a=pd.Series(rho[0], names, name="rho_a"),
        correlations=pd.DataFrame(table[0], names, names),
        paths=pd.Series(arrows, list(fitted.model.path_names), name="path"),
        r2=shares[list(fitted.model.endogenous)],
    )


def reliability(fitted: PathFit) -> pd.DataFrame:
    """Tell how much of each score is the box, and how much is noise.

    Returns
    -------
    DataFrame
        Index construct; columns items (count), alpha (standardised Cronbach), rho_a,
        rho_c and ave (shares, 0-1). NaN for a construct with a single item: one
        question alone says nothing about its own noise.
    """
    model = fitted.model
    rho = pd.Series(reliabilities(fitted.solution, model)[0], list(model.constructs))
    rows = {}
    for name in model.constructs:
        own = list(model.items_of(name))
        loadings = fitted.loadings[own].to_numpy()
        table = engine.standardise(fitted.covariances.loc[own, own].to_numpy()[None])[0]
        several = len(own) > 1
        rows[name] = {
            "items": len(own),
            "alpha": _alpha(table) if several else np.nan,
            "rho_a": rho[name] if several else np.nan,
            "rho_c": _rho_c(loadings) if several else np.nan,
            "ave": float((loadings**2).mean()) if several else np.nan,
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype({"items": int})


def htmt(fitted: PathFit) -> pd.Series:
    """Tell how close each pair of boxes is to being one box with two names.

    The mean correlation between the items of two boxes, divided by what items of the
    same box have in common; 1 means that the data see no border between the two.

    Returns
    -------
    Series
        One value per pair of constructs, named ``"Image ~ Value"``.

    Notes
    -----
    Absolute correlations are averaged, so that an item asked the other way round does
    not count against its own box. A single item counts 1 for its own box.
    """
    table = engine.standardise(fitted.covariances.to_numpy()[None])
    values = ratios(table, fitted.model)[0]
    return pd.Series(values, list(pair_names(fitted.model)), name="HTMT")


def pair_names(model: PathModel) -> tuple[str, ...]:
    """Name every pair of constructs, in the order in which statistics give them."""
    names = model.constructs
    first, second = np.triu_indices(len(names), k=1)
    return tuple(f"{names[a]} ~ {names[b]}" for a, b in zip(first, second, strict=True))


def reliabilities(solved: engine.Solution, model: PathModel) -> Floats:
    """Dijkstra and Henseler's rho_A of every score: shape (B, k)."""
    member = model.membership
    variances = np.diagonal(solved.covariances, axis1=1, axis2=2)
    squares = solved.weights**2
    length = squares @ member
    # w'(S - diag S)w and w'(ww' - diag ww')w, for scores of variance 1
    between = 1 - (squares * variances) @ member
    apart = length**2 - (squares**2) @ member
    with np.errstate(divide="ignore", invalid="ignore"):
        rho: Floats = length**2 * between / apart
    rho[:, member.sum(axis=0) == 1] = 1.0
    return rho


def disattenuated(solved: engine.Solution, model: PathModel) -> Floats:
    """Correlations of the boxes with the noise divided out: shape (B, k, k)."""
    rho = reliabilities(solved, model)
    root = np.sqrt(np.where(rho > 0, rho, np.nan))
    table: Floats = solved.correlations / (root[:, :, None] * root[:, None, :])
    each = np.arange(table.shape[1])
    table[:, each, each] = 1.0
    return table


def ratios(correlations: Floats, model: PathModel) -> Floats:
    """HTMT of every pair: shape (B, pairs), from item correlations."""
    member = model.membership
    count = member.sum(axis=0)
    sums = member.T @ (np.abs(correlations) @ member)
    inside = np.diagonal(sums, axis1=1, axis2=2)
    pairs = np.where(count == 1, 1.0, count * (count - 1))
    own = np.where(count == 1, 1.0, (inside - count) / pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = sums / np.outer(count, count)
        table /= np.sqrt(own[:, :, None] * own[:, None, :])
    first, second = np.triu_indices(len(count), k=1)
    values: Floats = table[:, first, second]
    return values


def _alpha(correlations: Floats) -> float:
    k = len(correlations)
    mean = (correlations.sum() - k) / (k * (k - 1))
    return float(k * mean / (1 + (k - 1) * mean))


def _rho_c(loadings: Floats) -> float:
    shared = loadings.sum() ** 2
    return float(shared / (shared + (1 - loadings**2).sum()))
