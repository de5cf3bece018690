"""What is carried to a yes or a no: counted in people of 100.

With a yes-or-no outcome a product of slopes has no unit that anybody can read. So the
question is asked of everybody in the table twice: how likely is a yes if the mediator
stands where treatment puts it, and how likely where it stands without? The difference,
averaged over the people and over both treatments, is the average causal mediation
effect: shares, and causal only if nothing hidden moves mediator and outcome together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import log_ndtr, ndtr

from cxlab.intervals import z_value
from cxlab.mediation.draws import check_draws
from cxlab.mediation.engine import Columns, Floats
from cxlab.mediation.fitting import columns_of
from cxlab.results import Estimate, tidy

CHUNK = 50  # draws side by side
_ROUNDS = 25
_STILL = 1e-9  # a step of Newton's method that moves nothing any more


@dataclass(frozen=True, kw_only=True)
class YesNoMediation:
    """Average effects on the share of yes, with their percentile intervals."""

    carried: Estimate  # through the mediator
    direct: Estimate  # past it
    total: Estimate

    def summary(self) -> pd.DataFrame:
        """Return the three effects as the tidy table."""
        return tidy([self.carried, self.direct, self.total])


def yes_no(
    data: pd.DataFrame,
    *,
    x: str,
    m: str,
    y: str,
    rng: np.random.Generator,
    covariates: Sequence[str] = (),
    n_boot: int = 1000,
    level: float = 0.95,
) -> YesNoMediation:
    """Tell how many of 100 say yes because treatment moved the mediator.

    Parameters
    ----------
    data
        One row per person.
    x, y
        Treatment and outcome, both 0 or 1.
    m, covariates
        Mediator, and what is held equal.
    rng
        Source of the resampling.
    n_boot
        Draws, at least 100.
    level
        Confidence level, 0-1.

    Notes
    -----
    Mediator: least squares. Outcome: probit. The noise of the mediator is averaged out
    in closed form: E Phi(u + b e) = Phi(u / sqrt(1 + b^2 s^2)) for e of spread s.

    References
    ----------
    Imai, Keele & Tingley (2010), Psychological Methods 15, 309-334.
    """
    check_draws(n_boot)
    z_value(level)  # refuses a level that is none
    columns = columns_of(x=x, m=m, y=y, covariates=covariates)
    columns.values(data)  # refuses gaps, words and columns that never change
    for name in (x, y):
        _check_yes_no(data, name)
    table = data[list(columns.order)].to_numpy(dtype=float)
    n = len(table)
    own = _effects(table, np.ones((1, n)), columns)[0]
    draws = []
    for start in range(0, n_boot, CHUNK):
        size = min(CHUNK, n_boot - start)
        who = rng.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
        counts = np.bincount(who.ravel(), minlength=size * n).reshape(size, n)
        draws.append(_effects(table, counts.astype(float), columns))
    ends = np.nanquantile(
        np.concatenate(draws), [(1 - level) / 2, (1 + level) / 2], axis=0
    )
    found = {
        name: Estimate(
            quantity=name,
            estimate=float(own[k]),
            low=float(ends[0, k]),
            high=float(ends[1, k]),
            level=level,
            n=n,
            unit="share",
        )
        for k, name in enumerate(("carried", "direct", "total"))
    }
    return YesNoMediation(**found)


def _check_yes_no(data: pd.DataFrame, name: str) -> None:
    strange = set(data[name].unique()) - {0, 1}
    if strange:
        raise ValueError(
            f"The column {name!r} holds {min(map(float, strange)):g}. Treatment "
            "and outcome must be 0 or 1 here; for other outcomes use fit."
        )


def _effects(table: Floats, weights: Floats, columns: Columns) -> Floats:
    """Return carried, direct and total, (draws, 3); NaN where probit has no answer."""
    n, draws = len(table), len(weights)
    early = np.column_stack([np.ones(n), table[:, : columns.before]])
    mediator, outcome = table[:, -2], table[:, -1]
    slopes = _least_squares(early, mediator, weights)
    left = mediator - slopes @ early.T
    free = n - early.shape[1]
    spread2 = (weights * left**2).sum(axis=1) / free
    late = np.column_stack([early, mediator])
    betas = _probit(late, outcome, weights)
    b = betas[:, -1]
    shrink = np.sqrt(1 + b**2 * spread2)[:, None]
    base = betas[:, :-1] @ early.T - betas[:, [1]] * early[:, 1]
    middle = slopes @ early.T - slopes[:, [1]] * early[:, 1]
    yes = np.empty((2, 2, draws))
    for treated in (0, 1):
        for moved in (0, 1):
            mean = middle + slopes[:, [1]] * moved
            reach = base + betas[:, [1]] * treated + b[:, None] * mean
            yes[treated, moved] = (weights * ndtr(reach / shrink)).sum(axis=1) / n
    carried = (yes[:, 1] - yes[:, 0]).mean(axis=0)
    direct = (yes[1] - yes[0]).mean(axis=0)
    return np.column_stack([carried, direct, yes[1, 1] - yes[0, 0]])


def _least_squares(x: Floats, y: Floats, weights: Floats) -> Floats:
    """Return weighted least squares of every draw, (draws, columns)."""
    return _solve(_products(x, weights), (weights * y) @ x)


def _probit(x: Floats, y: Floats, weights: Floats) -> Floats:
    """Return the probit slopes of every draw, by Newton's method."""
    sign = 2 * y - 1
    betas = np.zeros((len(weights), x.shape[1]))
    for _ in range(_ROUNDS):
        reach = sign * (betas @ x.T)
        mills = np.exp(-(reach**2) / 2 - log_ndtr(reach)) / np.sqrt(2 * np.pi)
        bend = mills * (mills + reach)
        step = _solve(_products(x, weights * bend), (weights * mills * sign) @ x)
        betas = betas + step
        if np.nanmax(np.abs(step)) < _STILL:
            return betas
    betas[np.abs(step).max(axis=1) >= _STILL] = np.nan
    return betas


def _products(x: Floats, weights: Floats) -> Floats:
    """Return the weighted sums of products, (draws, columns, columns)."""
    size = x.shape[1]
    each = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    return np.asarray((weights @ each).reshape(-1, size, size))


def _solve(left: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(left, right[:, :, None])[:, :, 0])
