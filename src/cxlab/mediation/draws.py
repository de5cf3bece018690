"""How sure is what is carried? A product leans, so its interval has to lean as well.

The bootstrap draws people anew and lets the product fall where it falls; *percentile*
takes the middle of the draws, *BCa* also corrects for their leaning. The *Monte Carlo*
interval draws the two arrows instead of the people, each from its own bell curve: it
needs no data, only two slopes and their errors, as a paper prints them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from cxlab.intervals import z_value
from cxlab.mediation import engine
from cxlab.mediation.engine import Arrows, Columns, Floats
from cxlab.mediation.fitting import MediationFit, columns_of
from cxlab.results import Estimate, tidy

CARRIED = "carried"
_FEWEST = 100  # draws: an interval from fewer is noise


@dataclass(frozen=True, kw_only=True)
class CarriedDraws:
    """Draws of the arrows, of what each mediator carries, and of the sum."""

    quantities: tuple[str, ...]
    estimate: Floats  # (quantities,) from all people
    draws: Floats  # (draws, quantities); a row of NaN where a draw has no answer
    left_out: Floats  # (people, quantities): without each person; empty if not drawn
    n: int

    @property
    def failed(self) -> int:
        """Draws without an answer; they are left out of every interval."""
        return int((~np.isfinite(self.draws).all(axis=1)).sum())

    def of_one(self, quantity: str = CARRIED) -> Floats:
        """Return the usable draws of one quantity."""
        found = self.draws[:, self._place(quantity)]
        return np.asarray(found[np.isfinite(found)])

    def percentile(self, quantity: str = CARRIED, *, level: float = 0.95) -> Estimate:
        """Return one quantity with the middle of its draws."""
        z_value(level)  # refuses a level that is none
        return self._estimate(quantity, [(1 - level) / 2, (1 + level) / 2], level)

    def bca(self, quantity: str = CARRIED, *, level: float = 0.95) -> Estimate:
        """Return one quantity with the interval corrected for leaning.

        References
        ----------
        Efron, B. (1987). Better bootstrap confidence intervals. JASA 82, 171-185.
        """
        if not len(self.left_out):
            raise ValueError(
                "These draws have no left-out estimates: they come from slopes, not "
                "from people. Use percentile."
            )
        place, draws = self._place(quantity), self.of_one(quantity)
        half = 0.5 / len(draws)  # keeps an estimate beyond all draws finite
        below = np.clip((draws < self.estimate[place]).mean(), half, 1 - half)
        apart = self.left_out[:, place].mean() - self.left_out[:, place]
        bend = float((apart**3).sum() / (6 * (apart**2).sum() ** 1.5))
        bias, reach = float(ndtri(below)), z_value(level)
        moved = [bias + end for end in (-reach, reach)]
        shares = [float(ndtr(bias + z / (1 - bend * z))) for z in moved]
        return self._estimate(quantity, shares, level)

    def p_value(self, quantity: str = CARRIED) -> float:
        """Twice the share of draws on the far side of nought; never 0."""
        draws = self.of_one(quantity)
        less = min((draws <= 0).sum(), (draws >= 0).sum())
        return float(min(1.0, 2 * (less + 1) / (len(draws) + 1)))

    def summary(self, *, level: float = 0.95) -> pd.DataFrame:
        """Return every quantity with its percentile interval as the tidy table."""
        return tidy(self.percentile(name, level=level) for name in self.quantities)

    def _place(self, quantity: str) -> int:
        if quantity not in self.quantities:
            raise ValueError(
                f"There is no quantity {quantity!r}. Choose one of: "
                f"{', '.join(self.quantities)}."
            )
        return self.quantities.index(quantity)

    def _estimate(
        self, quantity: str, shares: Sequence[float], level: float
    ) -> Estimate:
        low, high = np.quantile(self.of_one(quantity), shares)
        return Estimate(
            quantity=quantity,
            estimate=float(self.estimate[self._place(quantity)]),
            low=float(low),
            high=float(high),
            level=level,
            n=self.n,
        )

    def __str__(self) -> str:
        """Say how often was drawn from how many, and how often that failed."""
        failed = f", {self.failed} without an answer" if self.failed else ""
        return f"{len(self.draws)} draws from {self.n} people{failed}"


def bootstrap(
    data: pd.DataFrame,
    *,
    x: str,
    m: str | Sequence[str],
    y: str,
    rng: np.random.Generator,
    covariates: Sequence[str] = (),
    n_boot: int = 5000,
) -> CarriedDraws:
    """Tell how far what is carried would move had other people answered.

    Parameters
    ----------
    data, x, m, y, covariates
        As in `fit`.
    rng
        Source of the resampling.
    n_boot
        Draws, at least 100.

    Returns
    -------
    CarriedDraws
        Quantities: ``"carried"`` (all mediators together), ``"direct"``, ``"total"``;
        each arrow to and from a mediator, such as ``"Quality > Satisfaction"``; and
        ``"through Satisfaction"`` for each mediator.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> q = rng.normal(size=60)
    >>> s = q + rng.normal(size=60)
    >>> people = pd.DataFrame({"q": q, "s": s, "l": s + rng.normal(size=60)})
    >>> drawn = bootstrap(people, x="q", m="s", y="l", rng=rng, n_boot=500)
    >>> drawn.percentile().low > 0.5
    True
    """
    check_draws(n_boot)
    columns = columns_of(x=x, m=m, y=y, covariates=covariates)
    centred = columns.values(data)
    chunks = [
        quantities(engine.solve(moments, columns))
        for moments in engine.resampled(centred, n_boot, rng)
    ]
    own, out = engine.whole(centred), engine.left_out(centred)
    return CarriedDraws(
        quantities=names_of(columns),
        estimate=quantities(engine.solve(own, columns))[0],
        draws=np.concatenate(chunks),
        left_out=quantities(engine.solve(out, columns)),
        n=len(centred),
    )


def monte_carlo(
    found: MediationFit, *, rng: np.random.Generator, n_draws: int = 5000
) -> CarriedDraws:
    """Tell how far what is carried would move, from the slopes and their errors alone.

    Parameters
    ----------
    found
        The arrows with their errors.
    rng
        Source of the draws.
    n_draws
        Draws, at least 100.

    References
    ----------
    MacKinnon, Lockwood & Williams (2004), Multivariate Behavioral Research 39, 99-128.
    """
    check_draws(n_draws)
    a = rng.multivariate_normal(found.a, found.a_covariance, size=n_draws)
    centre = np.append(found.b.to_numpy(), found.direct)
    late = rng.multivariate_normal(centre, found.b_covariance, size=n_draws)
    b, direct = late[:, :-1], late[:, -1]
    each = a * b
    carried = each.sum(axis=1)
    columns = (carried, direct, carried + direct, *a.T, *b.T, *each.T)
    own = found.indirect.to_numpy()
    estimate = (found.carried, found.direct, found.total, *found.a, *found.b, *own)
    return CarriedDraws(
        quantities=names_of(found.columns),
        estimate=np.array(estimate),
        draws=np.column_stack(columns),
        left_out=np.empty((0, len(columns))),
        n=found.n,
    )


def names_of(columns: Columns) -> tuple[str, ...]:
    """Return the names of all quantities, in the order of `quantities`."""
    before = [f"{columns.x} > {m}" for m in columns.mediators]
    after = [f"{m} > {columns.y}" for m in columns.mediators]
    each = [f"through {m}" for m in columns.mediators]
    return (CARRIED, "direct", "total", *before, *after, *each)


def quantities(arrows: Arrows) -> Floats:
    """Return (tables, quantities) in the order of `names_of`."""
    each = arrows.indirect
    one = (each.sum(axis=0), arrows.direct, arrows.total)
    return np.vstack([*one, arrows.a, arrows.b, each]).T


def check_draws(n_draws: int) -> None:
    """Refuse an interval from a handful of draws."""
    if n_draws < _FEWEST:
        raise ValueError(
            f"{n_draws} draws: an interval from fewer than {_FEWEST} is noise. Give at "
            f"least {_FEWEST}; 5000 is usual."
        )
