"""Lines that differ from branch to branch, and a search that says how far it got.

statsmodels fits random intercepts and slopes, and its search may stop far from the top
and still call itself converged. So the same table is searched by several methods, once
as it is and once with x centred and scaled. A height can be compared: the best one is
kept, and whoever reads the result is told how far the others fell short.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.levels.icc import _grouped
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

SEARCHES = ("bfgs", "lbfgs", "powell")
_KNOWN = ("bfgs", "lbfgs", "cg", "powell", "nm")
_SHORT = 0.5  # of log-likelihood: less than this is the end of a search, not a trap


@dataclass(frozen=True, kw_only=True)
class RandomLines:
    """Lines of y on x, one a group, scattered around a common one."""

    intercept: Estimate  # where x is 0
    slope: Estimate  # of the common line
    intercept_variance: float  # between groups, where x is 0
    slope_variance: float | None  # between groups; None: one slope for all
    correlation: float | None  # of the groups' intercepts and slopes
    rest_variance: float
    log_likelihood: float  # restricted, of the table as it is
    searches: pd.DataFrame  # by search: x, says it converged, log-likelihood, short by

    @property
    def trapped(self) -> pd.DataFrame:
        """Searches that said "converged" and stopped short of the best."""
        short = self.searches["short by"] > _SHORT
        return self.searches[short & self.searches["says converged"]]

    def summary(self) -> pd.DataFrame:
        """Return the common line as the tidy table."""
        return tidy([self.intercept, self.slope])

    def __str__(self) -> str:
        """Say the common slope, and how the searches fared."""
        count = len(self.searches)
        short = self.searches[self.searches["short by"] > _SHORT]
        if short.empty:
            fared = f"All {count} searches agree."
        else:
            fared = (
                f"{len(short)} of {count} searches stopped short of the best, by up to "
                f"{short['short by'].max():.0f} of log-likelihood; {len(self.trapped)} "
                "of them said that they had converged."
            )
        return f"{self.slope}. {fared}"


def random_lines(
    x: ArrayLike,
    y: ArrayLike,
    groups: ArrayLike,
    *,
    slopes_differ: bool = True,
    searches: tuple[str, ...] = SEARCHES,
    level: float = 0.95,
) -> RandomLines:
    """Fit a line whose height, and slope if so asked, differs from group to group.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Two numbers per customer.
    groups : array_like, shape (n,)
        The branch of each.
    slopes_differ : bool
        True lets the slope differ between groups as well as the height.
    searches : tuple of str
        Methods of search, as statsmodels names them. Each is run on the table as it is
        and with x centred and scaled; the best height wins.
    level : float
        Of the intervals.

    Returns
    -------
    RandomLines
        In units of x and y as they were given.

    Raises
    ------
    ValueError
        If a search is unknown, or no search comes to an end.

    Notes
    -----
    Restricted maximum likelihood. Scaling x by s adds log(s) to the restricted
    log-likelihood; that is taken off before heights are compared.
    """
    if not searches or not set(searches) <= set(_KNOWN):
        raise ValueError(f"searches={searches}: choose from {', '.join(_KNOWN)}.")
    up, codes, _ = _grouped(y, groups)
    across, _, _ = _grouped(x, groups)
    scales = {"as it is": (0.0, 1.0), "centred": (across.mean(), across.std())}
    rows, fits = [], []
    for name, (centre, spread) in scales.items():
        scaled = (across - centre) / spread
        for search in searches:
            fit = _search(up, scaled, codes, search, both=slopes_differ)
            height = -np.inf if fit is None else float(fit.llf) - np.log(spread)
            rows.append((search, name, fit is not None and fit.converged, height))
            fits.append((fit, centre, spread))
    table = pd.DataFrame(
        rows, columns=["search", "x", "says converged", "log-likelihood"]
    )
    heights = table["log-likelihood"]
    if not np.isfinite(heights).any():
        raise ValueError(
            "No search came to an end. Are there groups with more than two customers, "
            "and does x differ inside them?"
        )
    table["short by"] = heights.max() - heights
    fit, centre, spread = fits[int(heights.argmax())]
    turn = np.array([[1, -centre / spread], [0, 1 / spread]])
    return _read(fit, turn, table, n=len(up), level=level)


def _search(
    up: Floats, x: Floats, codes: NDArray[np.int64], search: str, *, both: bool
) -> Any:
    """Search once; None if the search breaks down."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    design = np.column_stack([np.ones(len(x)), x])
    differs = design if both else design[:, :1]
    with warnings.catch_warnings():
        # statsmodels doubts itself in words; the heights say it in numbers
        warnings.simplefilter("ignore")
        try:
            return MixedLM(up, design, groups=codes, exog_re=differs).fit(
                reml=True, method=[search]
            )
        except (ValueError, np.linalg.LinAlgError):
            return None


def _read(
    fit: Any, turn: Floats, table: pd.DataFrame, *, n: int, level: float
) -> RandomLines:
    """Read a fit in the units of the table as it was given."""
    fixed = turn @ np.asarray(fit.fe_params)
    errors = np.sqrt(np.diag(turn @ np.asarray(fit.cov_params())[:2, :2] @ turn.T))
    spread = np.asarray(fit.cov_re, dtype=float)
    slope_variance = correlation = None
    if len(spread) == 2:
        spread = turn @ spread @ turn.T
        slope_variance = float(spread[1, 1])
        product = np.sqrt(spread[0, 0] * spread[1, 1])
        correlation = float(spread[0, 1] / product) if product > 0 else None
    lines = [
        Estimate(
            quantity=name,
            estimate=float(at),
            low=float(at - z_value(level) * error),
            high=float(at + z_value(level) * error),
            level=level,
            n=n,
        )
        for name, at, error in zip(("intercept", "slope"), fixed, errors, strict=True)
    ]
    return RandomLines(
        intercept=lines[0],
        slope=lines[1],
        intercept_variance=float(spread[0, 0]),
        slope_variance=slope_variance,
        correlation=correlation,
        rest_variance=float(fit.scale),
        log_likelihood=float(table["log-likelihood"].max()),
        searches=table,
    )
