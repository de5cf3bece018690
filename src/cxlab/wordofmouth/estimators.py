"""One series of sales, three ways to fit the same curve.

By the curve: sales are read as the pace at the end of each year. By years: as what was
sold between its two ends. By regression: sales on what has been sold before, and on its
square. They agree on how many will buy, and differ threefold on how many buy by
themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy
from cxlab.wordofmouth.bass import BassCurve

Floats = NDArray[np.float64]

_STEP = 1e-5  # of the logs, for the slopes of the curve
_ROUNDS = 200
_NAMES = ("buyers in the end, m", "by themselves, p", "by others, q")


@dataclass(frozen=True, kw_only=True)
class BassFit:
    """A curve fitted to a series of sales."""

    curve: BassCurve
    method: str
    years: int
    scatter: float  # residual standard error, units of sales
    r_squared: float
    fitted: tuple[float, ...]  # sales of each year, as the method has them
    errors: tuple[float, float, float] | None = None  # standard errors of m, p, q

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """The buyers in the end, p and q; with intervals where errors are known."""
        values = (self.curve.m, self.curve.p, self.curve.q)
        reach = z_value(0.95)
        found = []
        for k, (name, value) in enumerate(zip(_NAMES, values, strict=True)):
            one = Estimate(quantity=name, estimate=value, n=self.years)
            if self.errors is not None:
                half = reach * self.errors[k]
                one = replace(one, low=value - half, high=value + half, level=0.95)
            found.append(one)
        return tuple(found)

    def __str__(self) -> str:
        """Say the three numbers in one sentence."""
        c = self.curve
        return (
            f"Fitted by {self.method}: {c.m:,.0f} buyers, p = {c.p:.4f}, q = {c.q:.3f}."
        )

    def summary(self) -> pd.DataFrame:
        """Return the three numbers as rows of the tidy table."""
        return tidy(self.estimates)


def _pace(logs: Floats, years: Floats) -> Floats:
    """Return sales as pace; logs of m, p, q: shape (markets, 3)."""
    m, p, q = np.exp(logs).T[:, :, None]
    fading = np.exp(-(p + q) * years)
    return np.asarray(m * (p + q) ** 2 / p * fading / (1 + fading * q / p) ** 2)


def _yearly(logs: Floats, years: Floats) -> Floats:
    """Return sales between two ends of a year."""
    m, p, q = np.exp(logs).T[:, :, None]

    def share(t: Floats) -> Floats:
        fading = np.exp(-(p + q) * t)
        return np.asarray((1 - fading) / (1 + fading * q / p))

    return np.asarray(m * (share(years) - share(years - 1)))


def _slopes(
    model: Callable[[Floats, Floats], Floats], logs: Floats, t: Floats
) -> Floats:
    """Return how sales change with each log, shape (markets, years, 3)."""
    columns = []
    for k in range(3):
        step = np.zeros(3)
        step[k] = _STEP
        columns.append((model(logs + step, t) - model(logs - step, t)) / (2 * _STEP))
    return np.stack(columns, axis=-1)


def _fit(model: Callable[[Floats, Floats], Floats], sales: Floats) -> Floats:
    """Fit every market at once, by damped least squares on the logs of m, p, q.

    Buyers in the end stay between what was sold and 30 times that; p and q between one
    in a million and 5 a year. A short series would run away otherwise.
    """
    t = np.arange(1.0, sales.shape[1] + 1)
    total = sales.sum(axis=1)
    low = np.stack([np.log(total)] + [np.full(len(total), np.log(1e-6))] * 2, axis=-1)
    high = np.stack(
        [np.log(30 * total)] + [np.full(len(total), np.log(5.0))] * 2, axis=-1
    )
    logs = np.stack(
        [np.log(1.5 * total), *np.log([[0.02], [0.4]]) * np.ones(len(total))], axis=-1
    )
    damping = np.full(len(total), 1e-2)
    rest = sales - model(logs, t)
    cost = (rest**2).sum(axis=1)
    for _ in range(_ROUNDS):
        j = _slopes(model, logs, t)
        square = np.einsum("mti,mtj->mij", j, j)
        ridge = np.einsum("mii->mi", square) * damping[:, None] + 1e-12 * cost[:, None]
        square = square + ridge[:, :, None] * np.eye(3)
        step = np.linalg.solve(square, np.einsum("mti,mt->mi", j, rest)[..., None])
        tried = np.clip(logs + step[..., 0], low, high)
        new_rest = sales - model(tried, t)
        new_cost = (new_rest**2).sum(axis=1)
        better = new_cost <= cost
        moved = np.abs(tried - logs).max()
        logs[better], rest[better] = tried[better], new_rest[better]
        cost = np.where(better, new_cost, cost)
        damping = np.clip(np.where(better, damping / 5, damping * 7), 1e-12, 1e8)
        if moved < 1e-11:
            break
    return logs


def _series(sales: ArrayLike) -> Floats:
    y = np.asarray(sales, dtype=float)
    if y.ndim != 1 or len(y) < 4 or not np.all(y > 0):
        raise ValueError(
            f"sales of shape {y.shape}: three numbers are fitted, so give a series of "
            "at least four years, all above 0."
        )
    return y


def _fit_one(
    sales: ArrayLike, model: Callable[[Floats, Floats], Floats], method: str
) -> BassFit:
    y = _series(sales)
    t = np.arange(1.0, len(y) + 1)
    logs = _fit(model, y[None, :])
    m, p, q = np.exp(logs[0])
    rest = y - model(logs, t)[0]
    variance = float(rest @ rest) / (len(y) - 3)
    j = _slopes(model, logs, t)[0] / np.exp(logs[0])  # by m, p, q themselves
    errors = np.sqrt(np.diag(np.linalg.pinv(j.T @ j)) * variance)
    return BassFit(
        curve=BassCurve(m=float(m), p=float(p), q=float(q)),
        method=method,
        years=len(y),
        scatter=float(np.sqrt(variance)),
        r_squared=float(1 - rest @ rest / ((y - y.mean()) ** 2).sum()),
        fitted=tuple((y - rest).tolist()),
        errors=(float(errors[0]), float(errors[1]), float(errors[2])),
    )


def fit_by_curve(sales: ArrayLike) -> BassFit:
    """Fit the pace at the end of each year, by least squares.

    Parameters
    ----------
    sales : shape (years,)
        Sales of the first year, the second, and so on; at least four, all above 0.

    References
    ----------
    Cowpertwait & Metcalfe (2009), Introductory Time Series with R, section 3.3.
    """
    return _fit_one(sales, _pace, "the curve")


def fit_by_years(sales: ArrayLike) -> BassFit:
    """Fit what is sold between both ends of each year, by least squares.

    References
    ----------
    Srinivasan & Mason (1986), Marketing Science 5, 169-178.
    """
    return _fit_one(sales, _yearly, "years")


def fit_by_regression(sales: ArrayLike) -> BassFit:
    """Regress sales on what was sold before and on its square.

    Notes
    -----
    Sales are a + b N + c N^2 with N sold before; m is the larger root, p = a / m and
    q = -c m.

    References
    ----------
    Bass (1969), Management Science 15, 215-227.
    """
    y = _series(sales)
    before = np.concatenate([[0.0], np.cumsum(y)[:-1]])
    unit = y.sum()  # keeps the three columns of one size
    x = np.stack([np.ones(len(y)), before / unit, (before / unit) ** 2], axis=1)
    (a, b, c), *_ = np.linalg.lstsq(x, y)
    root = b**2 - 4 * a * c
    if c >= 0 or a <= 0 or root < 0:
        raise ValueError(
            "Sales still rise ever faster, or began from nothing: the regression finds "
            "no market of finite size. Wait for more years."
        )
    m = unit * float(-b - np.sqrt(root)) / (2 * c)
    rest = y - x @ np.array([a, b, c])
    return BassFit(
        curve=BassCurve(m=float(m), p=float(a / m), q=float(-c * m / unit**2)),
        method="regression",
        years=len(y),
        scatter=float(np.sqrt(rest @ rest / (len(y) - 3))),
        r_squared=float(1 - rest @ rest / ((y - y.mean()) ** 2).sum()),
        fitted=tuple((y - rest).tolist()),
    )


def fit_markets(sales: ArrayLike) -> Floats:
    """Fit many markets at once, by the curve; return m, p and q of each.

    Parameters
    ----------
    sales : shape (markets, years)
        Sales of each market, at least four years, all above 0.

    Returns
    -------
    ndarray, shape (markets, 3)
        m is held between what was sold and 30 times that.
    """
    y = np.asarray(sales, dtype=float)
    if y.ndim != 2 or y.shape[1] < 4 or not np.all(y > 0):
        raise ValueError(
            f"sales of shape {y.shape}: give one row per market and at least four "
            "years, all above 0."
        )
    return np.exp(_fit(_pace, y))
