"""Ask the table of arrows how sure it is: thousands of refits at the price of one.

A bootstrap draw changes a survey only through how often each person is counted, and
the fit only needs the covariances. So one matrix product turns all counts into all
covariance matrices, and the engine settles them side by side.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from cxlab.paths import engine
from cxlab.paths.fitting import PathFit, answers, fit
from cxlab.paths.model import Floats, PathModel, unknown
from cxlab.paths.statistics import statistic
from cxlab.results import Estimate, tidy

CHUNK = 250  # draws side by side: their 24 x 24 tables then stay in a core's cache


@dataclass(frozen=True, kw_only=True)
class PathDraws:
    """Refits of one path model to resampled people."""

    of: str  # what was drawn, as in `bootstrap`
    quantities: tuple[str, ...]  # e.g. "Image > Loyalty"
    estimate: Floats  # (quantities,) from all people
    draws: Floats  # (draws, quantities); a row of NaN where a refit failed
    n: int  # people
    unit: str

    @property
    def failed(self) -> int:
        """Draws that gave no answer, and are left out of every interval."""
        return int((~np.isfinite(self.draws).all(axis=1)).sum())

    @property
    def usable(self) -> Floats:
        """The draws that gave an answer."""
        return self.draws[np.isfinite(self.draws).all(axis=1)]

    @property
    def standard_errors(self) -> pd.Series:
        """Standard deviation of the draws, per quantity."""
        spread = self.usable.std(axis=0, ddof=1)
        return pd.Series(spread, list(self.quantities), name="standard error")

    def of_one(self, quantity: str) -> Floats:
        """Return the usable draws of one quantity."""
        if quantity not in self.quantities:
            raise ValueError(unknown("quantity", quantity, self.quantities))
        return self.usable[:, self.quantities.index(quantity)]

    def one(self, quantity: str, *, level: float = 0.95) -> Estimate:
        """Return one quantity with its percentile interval."""
        _check_level(level)
        low, high = np.quantile(
            self.of_one(quantity), [(1 - level) / 2, (1 + level) / 2]
        )
        return Estimate(
            quantity=quantity,
            estimate=float(self.estimate[self.quantities.index(quantity)]),
            low=float(low),
            high=float(high),
            level=level,
            n=self.n,
            unit=self.unit,
        )

    def describe(
        self,
        left_out: "PathDraws | None" = None,
        *,
        level: float = 0.95,
        border: float = 0.0,
    ) -> str:
        """Say what a picture of the estimates with their intervals shows.

        Parameters
        ----------
        left_out
            From `jackknife`, where the picture shows `bca` intervals.
        level
            Confidence level, 0-1.
        border
            The value that an interval had better not hold: 0 for an arrow, 1 for a
            correlation of two boxes.
        """
        table = (
            self.summary(level=level)
            if left_out is None
            else self.bca(left_out, level=level)
        )
        held = int(((table["low"] <= border) & (table["high"] >= border)).sum())
        listed = "; ".join(
            f"{row.quantity} {row.estimate:.2f} ({row.low:.2f} to {row.high:.2f})"
            for row in table.itertuples()
        )
        return (
            f"Of {len(table)} {self.of}, {held} have a {level:.0%} interval that "
            f"holds {border:g}. All of them: {listed}."
        )

    def summary(self, *, level: float = 0.95) -> pd.DataFrame:
        """Return estimates with percentile intervals as the tidy table."""
        _check_level(level)
        ends = np.quantile(self.usable, [(1 - level) / 2, (1 + level) / 2], axis=0)
        return self._tidy(ends, level)

    def bca(self, left_out: "PathDraws", *, level: float = 0.95) -> pd.DataFrame:
        """Return bias-corrected and accelerated intervals as the tidy table.

        Parameters
        ----------
        left_out : PathDraws
            From `jackknife` on the same data, model and settings.
        level : float
            Confidence level, 0-1.

        References
        ----------
        Efron, B. (1987). Better bootstrap confidence intervals. JASA 82, 171-185.
        """
        _check_level(level)
        half = 0.5 / len(self.usable)  # keeps an estimate beyond all draws finite
        below = (self.usable < self.estimate).mean(axis=0)
        bias = ndtri(np.clip(below, half, 1 - half))
        apart = left_out.usable.mean(axis=0) - left_out.usable
        bend = (apart**3).sum(axis=0) / (6 * (apart**2).sum(axis=0) ** 1.5)
        tails = ndtri(np.array([[(1 - level) / 2], [(1 + level) / 2]]))
        at = ndtr(bias + (bias + tails) / (1 - bend * (bias + tails)))
        ends = [
            np.quantile(draws, shares)
            for draws, shares in zip(self.usable.T, at.T, strict=True)
        ]
        return self._tidy(np.array(ends).T, level)

    def _tidy(self, ends: Floats, level: float) -> pd.DataFrame:
        rows = zip(self.quantities, self.estimate, *ends, strict=True)
        return tidy(
            Estimate(
                quantity=quantity,
                estimate=float(estimate),
                low=float(low),
                high=float(high),
                level=level,
                n=self.n,
                unit=self.unit,
            )
            for quantity, estimate, low, high in rows
        )

    def __str__(self) -> str:
        """Say what was drawn, how often, and how often that failed."""
        failed = f", {self.failed} without an answer" if self.failed else ""
        return (
            f"{len(self.draws)} draws of {len(self.quantities)} {self.of} "
            f"from {self.n} people{failed}"
        )


def bootstrap(
    data: pd.DataFrame,
    model: PathModel,
    *,
    rng: np.random.Generator,
    of: str = "paths",
    n_boot: int = 5000,
    scheme: str = "centroid",
    scaled: bool = True,
) -> PathDraws:
    """Tell how far each number would move had other customers answered.

    Parameters
    ----------
    data, model, scheme, scaled
        As in `fit`.
    rng : Generator
        Source of the resampling. The same generator state gives the same people,
        whatever is drawn, so "paths" and "corrected paths" can be compared draw by
        draw.
    of : str
        "paths", "total effects", "R2", "loadings", "corrected paths",
        "corrected correlations" or "HTMT".
    n_boot : int
        Draws.

    Notes
    -----
    A score may come out the other way round in a draw. It is turned back when its
    loadings point away from those of the full data (the construct-level sign change);
    single loadings are not touched.
    """
    if n_boot < 2:
        raise ValueError(f"{n_boot} draws were asked for. Ask for at least 2.")
    whole = fit(data, model, scheme=scheme, scaled=scaled)
    return _drawn(whole, of, _resampled(answers(data, model), n_boot, rng))


def jackknife(
    data: pd.DataFrame,
    model: PathModel,
    *,
    of: str = "paths",
    scheme: str = "centroid",
    scaled: bool = True,
) -> PathDraws:
    """Tell how far each number moves when one customer is left out, each in turn."""
    whole = fit(data, model, scheme=scheme, scaled=scaled)
    return _drawn(whole, of, _left_out(answers(data, model)))


def _drawn(whole: PathFit, of: str, stacks: Iterator[Floats]) -> PathDraws:
    what = statistic(of)
    model = whole.model
    own_loadings = whole.solution.loadings[0] * model.membership
    rows = []
    for raw in stacks:
        tables = engine.standardise(raw) if whole.scaled else raw
        solved = engine.solve(tables, model, scheme=whole.scheme)
        rows.append(what.compute(engine.aligned(solved, own_loadings, model), model))
    return PathDraws(
        of=of,
        quantities=what.names(model),
        estimate=what.compute(whole.solution, model)[0],
        draws=np.concatenate(rows),
        n=int(whole.n or 0),
        unit=what.unit,
    )


def _resampled(
    table: Floats, n_boot: int, rng: np.random.Generator
) -> Iterator[Floats]:
    """Covariance matrices of people drawn with replacement, a chunk at a time."""
    n = len(table)
    centred = table - table.mean(axis=0)
    products = (centred[:, :, None] * centred[:, None, :]).reshape(n, -1)
    for start in range(0, n_boot, CHUNK):
        size = min(CHUNK, n_boot - start)
        who = rng.integers(0, n, size=(size, n)) + n * np.arange(size)[:, None]
        counts = np.bincount(who.ravel(), minlength=size * n).reshape(size, n) / n
        yield _second_moments(counts @ products, counts @ centred)


def _left_out(table: Floats) -> Iterator[Floats]:
    """Covariance matrices without each person in turn, a chunk at a time."""
    n = len(table)
    centred = table - table.mean(axis=0)
    whole = centred.T @ centred
    for start in range(0, n, CHUNK):
        gone = centred[start : start + CHUNK]
        own = gone[:, :, None] * gone[:, None, :]
        moments = (whole - own).reshape(len(gone), -1) / (n - 1)
        yield _second_moments(moments, -gone / (n - 1))


def _second_moments(raw: Floats, means: Floats) -> Floats:
    size = means.shape[1]
    raw = raw.reshape(-1, size, size)
    return raw - means[:, :, None] * means[:, None, :]


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level={level} is not between 0 and 1. Use 0.95 for 95%.")
