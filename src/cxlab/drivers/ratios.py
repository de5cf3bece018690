"""How many times likelier an outcome is with a driver: raw, and like with like.

The ratio is one of shares, not of odds, since that is how "2.5 times" is heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

RAW, ADJUSTED = "raw", "adjusted"
_MAX_STEPS = 50  # Newton settles in under ten where the data allow an answer at all
_WIDEST = 15.0  # log-odds; beyond, a share differs from 0 or 1 by less than 1e-6


def named(driver: str, estimates: Sequence[Estimate]) -> Estimate:
    """Return the estimate of one driver; the others are named if there is none."""
    names = [estimate.quantity for estimate in estimates]
    if driver not in names:
        raise ValueError(
            f"There is no driver {driver!r}. Choose one of: {', '.join(names)}."
        )
    return estimates[names.index(driver)]


@dataclass(frozen=True, kw_only=True)
class DriverRatios:
    """How many times likelier the outcome is for those who met each driver."""

    ratios: tuple[Estimate, ...]  # one per driver, quantity = its name, unit times
    method: str  # "raw": all against all; "adjusted": like with like
    outcome: str  # name of the outcome's column
    base: float  # share of all customers with the outcome, 0-1

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the drivers, in the order given."""
        return tuple(ratio.quantity for ratio in self.ratios)

    def of(self, driver: str) -> Estimate:
        """Return one driver's ratio.

        Raises
        ------
        ValueError
            If no such driver was looked at.
        """
        return named(driver, self.ratios)

    def describe(self, beside: "DriverRatios") -> str:
        """Say what a picture of these ratios beside those of another kind shows."""
        each = "; ".join(
            f"{r.quantity.replace('_', ' ')} {r.estimate:.1f} {self.method} and "
            f"{beside.of(r.quantity).estimate:.1f} {beside.method}"
            for r in self.ratios
        )
        return (
            f"For each driver two points with intervals: how many times likelier its "
            f"customers are {self.outcome}. {each}."
        )

    def summary(self) -> pd.DataFrame:
        """Return one row per driver in the course's tidy table."""
        return tidy(self.ratios)

    def __str__(self) -> str:
        """Say all ratios in one sentence."""
        said = ", ".join(f"{r.quantity} {r.estimate:.2f}" for r in self.ratios)
        return f"{self.method} ratios of the share {self.outcome}: {said}"


def raw_ratios(
    data: pd.DataFrame, *, outcome: str, drivers: Sequence[str], level: float = 0.95
) -> DriverRatios:
    """Compare all who met a driver with all who did not, as a slide does.

    Parameters
    ----------
    data : DataFrame
        One row per customer; outcome and drivers are 0 or 1 (or False or True).
    outcome, drivers
        Names of columns.
    level : float
        Level of the intervals, 0-1.

    Raises
    ------
    ValueError
        If a column holds anything but 0 and 1, or if a group has nobody in it, or
        nobody with the outcome.

    Notes
    -----
    The interval is symmetric on the log scale (Katz).

    Examples
    --------
    Six of eight against two of eight.

    >>> table = pd.DataFrame({"moved": [1] * 8 + [0] * 8,
    ...                       "left": [1] * 6 + [0] * 2 + [1] * 2 + [0] * 6})
    >>> print(raw_ratios(table, outcome="left", drivers=["moved"]).ratios[0])
    moved: 3 times (95% interval 0.8466 to 10.63, n = 16)
    """
    x, y = _zero_one(data, outcome, drivers)
    met = np.stack([x.sum(axis=0), (1 - x).sum(axis=0)])
    hits = np.stack([y @ x, y @ (1 - x)])
    for name, groups, cases in zip(drivers, met.T, hits.T, strict=True):
        if min(groups) < 1 or min(cases) < 1:
            raise ValueError(
                f"{name!r}: {cases[0]:.0f} of the {groups[0]:.0f} who met it and "
                f"{cases[1]:.0f} of the {groups[1]:.0f} who did not have the outcome. "
                "A ratio needs some on both sides; report the counts."
            )
    shares = hits / met
    errors = np.sqrt((1 / hits - 1 / met).sum(axis=0))
    return _ratios(
        np.log(shares[0] / shares[1]),
        errors,
        names=drivers,
        method=RAW,
        outcome=outcome,
        base=float(y.mean()),
        n=len(y),
        level=level,
    )


def adjusted_ratios(
    data: pd.DataFrame, *, outcome: str, drivers: Sequence[str], level: float = 0.95
) -> DriverRatios:
    """Compare like with like: the same customers, with and without each driver.

    A logistic regression on all drivers at once says how likely the outcome is for
    every pattern. Each customer is then looked at twice, once with the driver and once
    without, all else as it was; the ratio is that of the two averages.

    Parameters
    ----------
    data : DataFrame
        One row per customer; outcome and drivers are 0 or 1 (or False or True).
    outcome, drivers
        Names of columns.
    level : float
        Level of the intervals, 0-1.

    Raises
    ------
    ValueError
        If a column holds anything but 0 and 1, or if the drivers determine the outcome
        or each other, so that no regression can tell them apart.

    Notes
    -----
    Standardisation over the customers observed, with the delta method on the log of the
    ratio. The drivers are taken to act on the log-odds without reinforcing each other.

    Examples
    --------
    Moved customers also waited. Among those who waited, and among those who did not,
    moving changes nothing; the raw ratio says it more than doubles the leaving.

    >>> rows = [(1, 1, 8, 6), (0, 1, 2, 1.5), (1, 0, 2, 0.5), (0, 0, 8, 2)]
    >>> table = pd.DataFrame(
    ...     [(m, w, int(i < 4 * k)) for m, w, n, k in rows for i in range(4 * n)],
    ...     columns=["moved", "waited", "left"])
    >>> both = {"outcome": "left", "drivers": ["moved", "waited"]}
    >>> round(raw_ratios(table, **both).of("moved").estimate, 2)
    1.86
    >>> round(adjusted_ratios(table, **both).of("moved").estimate, 2)
    1.0
    """
    x, y = _zero_one(data, outcome, drivers)
    # Customers with the same pattern are one row with a weight: at most 2 ** drivers.
    patterns, which = np.unique(x, axis=0, return_inverse=True)
    size = np.bincount(which.ravel()).astype(np.float64)
    hits = np.bincount(which.ravel(), weights=y).astype(np.float64)
    design = np.column_stack([np.ones(len(patterns)), patterns])
    beta, cov = _logit(design, hits, size)
    logs, errors = [], []
    for j in range(1, design.shape[1]):
        (one, slope_one), (none, slope_none) = (
            _standardised(design, size, beta, column=j, value=v) for v in (1.0, 0.0)
        )
        slope = slope_one / one - slope_none / none
        logs.append(np.log(one / none))
        errors.append(np.sqrt(slope @ cov @ slope))
    return _ratios(
        np.array(logs),
        np.array(errors),
        names=drivers,
        method=ADJUSTED,
        outcome=outcome,
        base=float(y.mean()),
        n=len(y),
        level=level,
    )


def _standardised(
    design: Floats, size: Floats, beta: Floats, *, column: int, value: float
) -> tuple[float, Floats]:
    """Return the mean share if all had this value, and its slope in ``beta``."""
    changed = design.copy()
    changed[:, column] = value
    share = expit(changed @ beta)
    weight = size / size.sum()
    return float(weight @ share), (weight * share * (1 - share)) @ changed


def _logit(design: Floats, hits: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Fit a logistic regression to grouped counts by Newton's method."""
    beta: Floats = np.zeros(design.shape[1])
    for _ in range(_MAX_STEPS):
        share = expit(design @ beta)
        info = design.T @ (design * (size * share * (1 - share))[:, None])
        if np.linalg.cond(info) > 1e12:
            break
        step = np.linalg.solve(info, design.T @ (hits - size * share))
        beta = beta + step
        if np.abs(step).max() < 1e-10 and np.abs(beta).max() < _WIDEST:
            return beta, np.asarray(np.linalg.inv(info))
    raise ValueError(
        "No regression can tell these drivers apart: one of them, or several together, "
        "determine the outcome or each other in these data. Leave one out, or bring "
        "more customers."
    )


def _ratios(
    logs: Floats,
    errors: Floats,
    *,
    names: Sequence[str],
    method: str,
    outcome: str,
    base: float,
    n: int,
    level: float,
) -> DriverRatios:
    reach = z_value(level) * errors
    ends = zip(
        names, np.exp(logs), np.exp(logs - reach), np.exp(logs + reach), strict=True
    )
    return DriverRatios(
        ratios=tuple(
            Estimate(
                quantity=name,
                estimate=float(ratio),
                low=float(low),
                high=float(high),
                level=level,
                n=n,
                unit="times",
            )
            for name, ratio, low, high in ends
        ),
        method=method,
        outcome=outcome,
        base=base,
    )


def _zero_one(
    data: pd.DataFrame, outcome: str, drivers: Sequence[str]
) -> tuple[Floats, Floats]:
    """Return drivers and outcome as 0 and 1; refuse anything else."""
    columns = [*drivers, outcome]
    missing = [name for name in columns if name not in data]
    if missing or not drivers:
        raise ValueError(
            f"{missing or 'no driver'} given; the table has the columns "
            f"{', '.join(map(str, data.columns))}. Name at least one driver among them."
        )
    for name in columns:
        if not data[name].isin([0, 1]).all():
            odd = data.loc[~data[name].isin([0, 1]), name].iloc[0]
            raise ValueError(
                f"{name!r} holds {odd!r}; a driver was met or not, so only 0 and 1 (or "
                "False and True) are allowed. Recode it, and leave out customers "
                "without an answer."
            )
    table = data[columns].to_numpy(dtype=float)
    return table[:, :-1], table[:, -1]
