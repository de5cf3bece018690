"""Whether a verdict hangs on the dice: same data, same method, other draws.

An interval from the bootstrap has an error of its own, from the draws. Where its lower
end lies near nought, one analyst reports an effect and the next one none, from the same
customers. More draws make that error smaller; they add nothing about the customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.mediation import engine
from cxlab.mediation.draws import check_draws
from cxlab.mediation.engine import Floats
from cxlab.mediation.fitting import columns_of


@dataclass(frozen=True, kw_only=True)
class Flicker:
    """Lower ends of one interval, computed again and again from the same people."""

    lows: dict[int, Floats]  # by number of draws: one lower end for each analyst
    level: float
    n: int

    @property
    def analysts(self) -> int:
        """How many times each interval was computed."""
        return len(next(iter(self.lows.values())))

    def share_with_zero(self, n_boot: int) -> float:
        """Share of the intervals that hold nought, 0-1."""
        return float((self.lows[n_boot] <= 0).mean())

    def spread(self, n_boot: int) -> float:
        """Return the standard deviation of the lower ends: the error of the draws."""
        return float(self.lows[n_boot].std(ddof=1))

    def describe(self) -> str:
        """Say what a picture of the lower ends shows."""
        listed = "; ".join(
            f"with {n_boot:,} draws {100 * self.share_with_zero(n_boot):.0f} of 100 "
            f"hold nought, the lower ends spread by {self.spread(n_boot):.3f}"
            for n_boot in self.lows
        )
        return (
            f"Lower ends of {self.analysts} intervals from the same {self.n} people, "
            f"computed with other draws: {listed}."
        )


def flicker(
    data: pd.DataFrame,
    *,
    x: str,
    m: str | Sequence[str],
    y: str,
    rng: np.random.Generator,
    covariates: Sequence[str] = (),
    sizes: Sequence[int] = (300, 1200, 5000),
    analysts: int = 100,
    level: float = 0.95,
) -> Flicker:
    """Tell how often the percentile interval of what is carried holds nought.

    Parameters
    ----------
    data, x, m, y, covariates
        As in `fit`.
    rng
        Source of all draws.
    sizes
        Numbers of draws to try, each at least 100.
    analysts
        How many times each interval is computed, with other draws each time.
    level
        Confidence level of each interval, 0-1.
    """
    for n_boot in sizes:
        check_draws(n_boot)
    if analysts < 2:
        raise ValueError(f"analysts={analysts}: ask at least two, to compare them.")
    columns = columns_of(x=x, m=m, y=y, covariates=covariates)
    centred = columns.values(data)
    lows = {}
    for n_boot in sizes:
        chunks = engine.resampled(centred, n_boot * analysts, rng)
        carried = [engine.solve(one, columns).indirect.sum(axis=0) for one in chunks]
        rows = np.concatenate(carried).reshape(analysts, n_boot)
        lows[int(n_boot)] = np.nanquantile(rows, (1 - level) / 2, axis=1)
    return Flicker(lows=lows, level=level, n=len(centred))
