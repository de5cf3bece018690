"""How strong a hidden cause must be to have made up what seems to be carried.

Take out of the mediator and of the outcome what the cause explains. What is left of the
two goes together, and mediation reads that as the arrow from the one to the other. A
hidden cause that pushes both would leave the same trace. If it correlates by k with
what is left of each, it alone makes them correlate by k times k. So the root of the
leftover correlation is the strength at which nothing would be left to carry.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.mediation import engine
from cxlab.mediation.draws import check_draws
from cxlab.mediation.engine import Arrows, Floats
from cxlab.mediation.fitting import columns_of, fit
from cxlab.results import Estimate, tidy

_STRENGTHS = np.linspace(0, 0.95, 96)


@dataclass(frozen=True, kw_only=True)
class HiddenCause:
    """What would be carried in truth, for every strength of a cause nobody asked.

    Strength: correlation of the hidden cause with what is left of the mediator after
    the cause, and, as strong, of the outcome after both; 0 none, 1 nothing else.
    """

    strengths: Floats  # 0 .. .95
    carried: Floats  # by strength
    low: Floats
    high: Floats
    level: float
    leftover: Estimate  # correlation of what is left of mediator and outcome
    needed: Estimate  # strength at which nothing is carried
    n: int

    def at(self, strength: float) -> float:
        """Return what is carried in truth if the hidden cause has this strength."""
        if not 0 <= strength <= self.strengths[-1]:
            raise ValueError(
                f"strength={strength}: give a correlation from 0 to "
                f"{self.strengths[-1]:.2f}."
            )
        return float(np.interp(strength, self.strengths, self.carried))

    def summary(self) -> pd.DataFrame:
        """Return the leftover correlation and the needed strength, tidy."""
        return tidy([self.leftover, self.needed])

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        return (
            f"Without a hidden cause {self.carried[0]:.2f} is carried "
            f"({self.low[0]:.2f} to {self.high[0]:.2f}). The stronger the hidden "
            f"cause, the less; at {self.needed.estimate:.2f} "
            f"({self.needed.low:.2f} to {self.needed.high:.2f}) nothing is left."
        )


@dataclass(frozen=True, kw_only=True)
class MeasuredCause:
    """A cause that was asked, put on the scale of the hidden one."""

    name: str
    with_mediator: float  # its correlation with what is left of the mediator
    with_outcome: float  # and of the outcome, once the mediator has had its share
    carried: float  # what is carried with this cause held equal throughout

    @property
    def strength(self) -> float:
        """Strength of an evenly hidden cause that would do the same."""
        return float(np.sqrt(max(0.0, self.with_mediator * self.with_outcome)))


def hidden_cause(
    data: pd.DataFrame,
    *,
    x: str,
    m: str,
    y: str,
    rng: np.random.Generator,
    covariates: Sequence[str] = (),
    n_boot: int = 2000,
    level: float = 0.95,
) -> HiddenCause:
    """Tell what would be carried for each strength of a cause that nobody asked.

    Parameters
    ----------
    data, x, m, y, covariates
        As in `fit`, with one mediator.
    rng
        Source of the resampling.
    n_boot
        Draws behind the intervals, at least 100.
    level
        Confidence level, 0-1.

    Notes
    -----
    With r the correlation of what is left of m and of y after x, and k the strength,
    what is carried is a s_y / s_m (r - k^2 sqrt((1 - r^2) / (1 - k^4))), where s are
    the standard deviations of what is left. If r is below 0 the hidden cause must push
    the two apart. It is taken to be unrelated to x, as it is where x is dealt by lot.

    References
    ----------
    Imai, Keele & Yamamoto (2010), Statistical Science 25, 51-71.
    """
    check_draws(n_boot)
    columns = columns_of(x=x, m=m, y=y, covariates=covariates)
    centred = columns.values(data)
    own = engine.solve(engine.whole(centred), columns)
    sign = 1.0 if own.together[0, 0] >= 0 else -1.0
    curves, leftover = [], []
    for moments in engine.resampled(centred, n_boot, rng):
        one = engine.solve(moments, columns)
        curves.append(_curve(one, sign))
        leftover.append(one.together[0])
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.nanquantile(np.concatenate(curves, axis=1), ends, axis=1)
    r = np.concatenate(leftover)
    found, n = float(own.together[0, 0]), len(centred)
    return HiddenCause(
        strengths=_STRENGTHS,
        carried=_curve(own, sign)[:, 0],
        low=low,
        high=high,
        level=level,
        leftover=_estimate("leftover correlation", found, r, ends, n),
        needed=_estimate(
            "needed strength",
            float(np.sqrt(abs(found))),
            np.sqrt(np.clip(sign * r, 0, None)),
            ends,
            n,
        ),
        n=n,
    )


def measured(
    data: pd.DataFrame,
    cause: str,
    *,
    x: str,
    m: str,
    y: str,
    covariates: Sequence[str] = (),
) -> MeasuredCause:
    """Put a cause that was asked on the scale of the hidden one, to compare with.

    Parameters
    ----------
    data, x, m, y, covariates
        As in `fit`, with one mediator.
    cause
        Column of something that may move both the mediator and the outcome.
    """
    columns = columns_of(x=x, m=cause, y=m, covariates=covariates)
    before = engine.solve(engine.whole(columns.values(data)), columns)
    held = fit(data, x=x, m=m, y=y, covariates=[*covariates, cause])
    later = columns_of(x=x, m=[m, cause], y=y, covariates=covariates)
    both = engine.solve(engine.whole(later.values(data)), later)
    # what is left of y once x and m have had their share: d times the cause, and noise
    push = both.b[1, 0] * both.left_of_m[1, 0]
    noise = both.left_of_y[0] ** 2 - _explained(both)
    return MeasuredCause(
        name=cause,
        with_mediator=float(before.together[0, 0]),
        with_outcome=float(push / np.sqrt(push**2 + noise)),
        carried=held.carried,
    )


def _explained(both: Arrows) -> float:
    """Variance of what is left of y that mediator and cause explain together."""
    pull = both.together[:, 0] * both.left_of_m[:, 0] * both.left_of_y[0]
    return float(both.b[:, 0] @ pull)


def _curve(arrows: Arrows, sign: float) -> Floats:
    """Return what is carried, (strengths, tables)."""
    r = arrows.together[0]
    scale = arrows.a[0] * arrows.left_of_y / arrows.left_of_m[0]
    k2 = sign * _STRENGTHS[:, None] ** 2
    return np.asarray(scale * (r - k2 * np.sqrt((1 - r**2) / (1 - k2**2))))


def _estimate(
    name: str, value: float, draws: Floats, ends: Sequence[float], n: int
) -> Estimate:
    low, high = np.nanquantile(draws, ends)
    return Estimate(
        quantity=name,
        estimate=value,
        low=float(low),
        high=float(high),
        level=ends[1] - ends[0],
        n=n,
        unit="r",
    )
