"""Whose is the difference? Components of variance when raters and rated are crossed.

A mark depends on who gives it, on who gets it, and on the branch. Raters mark several
people and people are marked by several raters, so neither sits inside the other, and
the multilevel programs of Python, made for one nest of groups, are too slow for it.
With one term per kind of group the likelihood is short, so we maximise it ourselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from cxlab.levels.sweep import Table
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

REST = "rest"  # what no group accounts for
_WIDEST = 6000  # levels beside the largest factor: a wider table fills the memory
_BOUNDS = (np.log(1e-5), np.log(1e3))  # of a standard deviation, in units of the rest's


@dataclass(frozen=True, kw_only=True)
class Components:
    """How much of the differences between marks belongs to whom."""

    variances: pd.Series  # by factor, and `rest`, in squared units of the mark
    fixed: pd.Series  # intercept, and what each column of `fixed` adds
    errors: pd.Series  # standard errors of `fixed`
    effects: Mapping[str, pd.Series]  # by factor: each level against the mean, shrunken
    deviance: float  # minus twice the log-likelihood (restricted, if so asked)
    n: int  # marks

    @property
    def shares(self) -> pd.Series:
        """Share of the variance that belongs to each factor, 0-1."""
        return self.variances / self.variances.sum()

    def summary(self) -> pd.DataFrame:
        """Return the shares as the tidy table."""
        return tidy(
            Estimate(quantity=str(name), estimate=share, n=self.n, unit="share")
            for name, share in self.shares.items()
        )

    def __str__(self) -> str:
        """Say it as parts of 100."""
        parts = [f"{name} {100 * share:.1f}" for name, share in self.shares.items()]
        return f"Of 100 parts of the differences: {', '.join(parts)}."

    def describe(self) -> str:
        """Say what the picture of the components shows."""
        return f"Bars: how the differences between {self.n} marks divide. {self}"


def components(
    marks: ArrayLike,
    factors: pd.DataFrame,
    *,
    fixed: pd.DataFrame | None = None,
    restricted: bool = False,
) -> Components:
    """Divide the differences between marks among those who could have made them.

    Parameters
    ----------
    marks : array_like, shape (n,)
        One number per mark.
    factors : DataFrame, n rows
        One column per kind of group, such as rater, employee, branch.
    fixed : DataFrame, n rows, optional
        Columns whose effect is the same for everybody, such as 0 or 1 for a kind of
        service.
    restricted : bool
        True for restricted maximum likelihood, which allows for the fixed effects that
        had to be estimated; False for maximum likelihood.

    Raises
    ------
    ValueError
        If a factor has one level, or as many as there are marks; if a number is
        missing; if there are more levels than the memory bears.

    Notes
    -----
    y = X b + sum_k Z_k u_k + e with u_k ~ N(0, s2_k), e ~ N(0, s2), all independent.
    The likelihood is profiled over b and s2 and searched over log(s_k / s).

    References
    ----------
    Bates, Maechler, Bolker & Walker (2015), Fitting linear mixed-effects models using
    lme4, Journal of Statistical Software 67(1).

    Examples
    --------
    Two raters mark two employees. Rater b is a point milder, employee y two better.

    >>> table = pd.DataFrame({"rater": list("aabb"), "employee": list("xyxy")})
    >>> found = components([1.0, 3.1, 2.1, 4.0], table)
    >>> found.effects["employee"].round(1).to_dict()
    {'x': -1.0, 'y': 1.0}
    """
    y = np.asarray(marks, dtype=float)
    extra = pd.DataFrame(index=factors.index) if fixed is None else fixed
    _check(y, extra, factors)
    design = np.column_stack([np.ones(len(y)), extra.to_numpy(dtype=float)])
    table = Table(y, design, factors)

    def height(at: Floats) -> tuple[float, Floats]:
        swept = table.swept(at, restricted=restricted)
        return swept.deviance, swept.slopes

    found = minimize(
        height,
        np.log([_first_guess(y, factors[name]) for name in table.names]),
        jac=True,
        method="L-BFGS-B",
        bounds=[_BOUNDS] * len(table.names),
        options={"ftol": 1e-14, "gtol": 1e-4},
    )
    swept = table.swept(found.x, restricted=restricted)
    variances = pd.Series(swept.variances, index=[*table.names, REST])
    names = ["intercept", *map(str, extra.columns)]
    return Components(
        variances=variances[[*factors.columns, REST]],
        fixed=pd.Series(swept.fixed, index=names),
        errors=pd.Series(swept.errors, index=names),
        effects=dict(zip(map(str, table.names), swept.effects, strict=True)),
        deviance=swept.deviance,
        n=len(y),
    )


def _first_guess(y: Floats, factor: pd.Series) -> float:
    """Return the factor's standard deviation over the rest's, as if it were alone."""
    by = pd.Series(y).groupby(factor.to_numpy())
    inside = (len(y) - 1) * y.var(ddof=1) - (
        by.size() * (by.mean() - y.mean()) ** 2
    ).sum()
    inside /= len(y) - by.ngroups
    means = by.mean().var() - inside * (1 / by.size()).mean()
    return float(np.sqrt(np.clip(means / inside, 0.01, 9))) if inside > 0 else 0.3


def _check(y: Floats, fixed: pd.DataFrame, factors: pd.DataFrame) -> None:
    if y.ndim != 1 or not len(y) == len(fixed) == len(factors):
        raise ValueError(
            f"{y.shape} marks, {len(factors)} rows of factors and {len(fixed)} of "
            "fixed columns: give one row of each per mark."
        )
    tables = (fixed, factors)
    if np.isnan(y).any() or any(one.isna().to_numpy().any() for one in tables):
        raise ValueError(
            "A mark, a group or a fixed column is missing. Drop those rows first, and "
            "say how many they were."
        )
    sizes = factors.nunique()
    for name, size in sizes.items():
        if not 2 <= size < len(y):
            raise ValueError(
                f"{name!r} has {size} level(s) in {len(y)} marks. A component needs at "
                "least two levels, and at least one with two marks; leave it out."
            )
    if (wide := int(sizes.sum() - sizes.max())) > _WIDEST:
        raise ValueError(
            f"{wide} levels beside the largest factor; at most {_WIDEST} fit into "
            "memory. Take a sample of the groups."
        )
