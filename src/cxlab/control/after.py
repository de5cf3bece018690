"""A change held against frozen limits, and how long one must wait to see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.control.chart import Chart
from cxlab.control.rules import ONE_RULE, Rule
from cxlab.control.weeks import xmr
from cxlab.intervals import z_value
from cxlab.results import Estimate


@dataclass(frozen=True, kw_only=True, eq=False)
class BeforeAfter:
    """Weeks before and after a change, held against the limits of those before."""

    chart: Chart
    rules: tuple[Rule, ...]
    gap: Estimate  # mean after less mean before
    waited: int | None  # weeks after the change until the first signal; None: none yet

    def __str__(self) -> str:
        """Say when the change was seen, and how large it is."""
        seen = (
            f"no signal in {self.chart.values.size - self.chart.baseline} weeks"
            if self.waited is None
            else f"a signal in week {self.waited} after it"
        )
        return (
            f"Against the limits of {self.chart.baseline} weeks before the change: "
            f"{seen}; on average {self.gap:+.1f}."
        )

    def summary(self) -> pd.DataFrame:
        """Return the mean after less the mean before in the course's tidy table."""
        return self.gap.summary()


def before_after(
    values: ArrayLike,
    *,
    baseline: int,
    rules: Sequence[Rule] = ONE_RULE,
    quantity: str = "value",
    unit: str = "",
    level: float = 0.95,
) -> BeforeAfter:
    """Freeze the limits before a change, and hold every later week against them.

    Parameters
    ----------
    values : array_like, shape (n_weeks,)
        One figure a week, in order of time.
    baseline
        Weeks before the change; at least one week must follow.
    rules
        What counts as a signal.

    Notes
    -----
    The interval of the gap takes sigma from the moving ranges of the baseline, and
    weeks for independent of each other.
    """
    chart = xmr(values, baseline=baseline, quantity=quantity, unit=unit)
    after = chart.values[baseline:]
    if not after.size:
        raise ValueError(
            f"a baseline of {baseline} weeks leaves none after the change. Freeze the "
            "limits where the change begins."
        )
    signals = chart.signals(rules)["point"].to_numpy()
    late = signals[signals >= baseline]
    gap = float(after.mean() - chart.centre)
    half = (
        z_value(level)
        * float(chart.sigma[0])
        * float(np.sqrt(1 / baseline + 1 / after.size))
    )
    return BeforeAfter(
        chart=chart,
        rules=tuple(rules),
        gap=Estimate(
            quantity="after less before",
            estimate=gap,
            low=gap - half,
            high=gap + half,
            level=level,
            n=chart.values.size,
            unit=unit,
        ),
        waited=int(late[0]) - baseline + 1 if late.size else None,
    )


def compare_before_after(
    series: Mapping[str, ArrayLike],
    *,
    baseline: int,
    rules: Sequence[Rule] = ONE_RULE,
) -> dict[str, BeforeAfter]:
    """Hold several series, each against the frozen limits of its own baseline.

    Parameters
    ----------
    series
        By name: one figure a week, in order of time.
    baseline, rules
        As for `before_after`.
    """
    return {
        name: before_after(values, baseline=baseline, rules=rules)
        for name, values in series.items()
    }


def tell_before_after(found: Mapping[str, BeforeAfter]) -> pd.DataFrame:
    """Return one row a series: weeks until the first signal, and the gap of the means.

    Parameters
    ----------
    found
        From `compare_before_after`.
    """
    return pd.DataFrame(
        {
            "world": list(found),
            "first signal": [
                "none" if one.waited is None else f"week {one.waited}"
                for one in found.values()
            ],
            "gap": [one.gap.estimate for one in found.values()],
            "low": [one.gap.low for one in found.values()],
            "high": [one.gap.high for one in found.values()],
        }
    )


def waves_needed(sigma: float, change: float) -> float:
    """Return how many waves must be averaged before a change stands out by 3 sigmas.

    Parameters
    ----------
    sigma
        How far one wave strays by itself, in points.
    change
        The change to be seen, in points.

    Notes
    -----
    The mean of n waves strays by sigma over root n. Three of these equal the change if
    n = (3 sigma / change) squared. The level before the change is taken for known.

    Examples
    --------
    >>> waves_needed(5, 1)
    225.0
    """
    if sigma <= 0 or change == 0:
        raise ValueError(
            f"sigma={sigma}, change={change}: sigma is above 0, and the change is not "
            "0; no number of waves shows that nothing has happened."
        )
    return float((3 * sigma / change) ** 2)
