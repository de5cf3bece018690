"""How much more than chance calls scatter, and what that costs in agents."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.queueing.erlang import Promise, agents_needed, kept_when_uncertain
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

CHANCE = "the rate of every slot"


@dataclass(frozen=True, kw_only=True)
class CallScatter:
    """How much more than chance the calls of five minutes scatter, by what is known."""

    known: tuple[str, ...]  # what the plan knows, least first
    ratios: tuple[float, ...]  # variance over mean, median over the groups of slots
    calls: float  # mean number of calls in five minutes
    n: int  # slots of five minutes counted

    def summary(self) -> pd.DataFrame:
        """Return one row per state of knowledge in the course's tidy table."""
        return tidy(
            Estimate(quantity=name, estimate=ratio, n=self.n, unit="variance / mean")
            for name, ratio in zip(self.known, self.ratios, strict=True)
        )


def call_scatter(calls: pd.DataFrame) -> CallScatter:
    """Compare the scatter of calls with chance, for plans that know more and more.

    Parameters
    ----------
    calls : DataFrame
        ``DateTime``, start of five minutes, and ``Calls``, their number; every day with
        the same slots.

    Raises
    ------
    ValueError
        If days have different slots, or there are fewer than three days.

    Notes
    -----
    Variance over mean, 1 under chance alone: within each slot of the day; within each
    slot of each weekday; and within each slot after the day's own level has been taken
    out (slot mean times day mean over grand mean). The median over the groups is given.
    The day's level is known only in hindsight: the third is what the best morning
    forecast could reach.
    """
    table = calls.assign(
        day=calls["DateTime"].dt.date, slot=calls["DateTime"].dt.time
    ).pivot_table(index="day", columns="slot", values="Calls", aggfunc="sum")
    if table.isna().any(axis=None) or len(table) < 3:
        raise ValueError(
            f"{len(table)} days, {int(table.isna().sum().sum())} slots without a "
            "count: every day needs the same slots, and three days or more. Fill or "
            "drop the odd days."
        )
    counts = table.to_numpy(dtype=float)
    weekday = pd.to_datetime(pd.Index(table.index)).day_of_week.to_numpy()
    groups = [counts[weekday == d] for d in np.unique(weekday)]
    rows, columns = counts.mean(axis=1), counts.mean(axis=0)
    left = counts - np.outer(rows, columns) / counts.mean()
    # The day's level is taken from the day's own slots, which uses up one of them.
    left *= np.sqrt(columns.size / (columns.size - 1))
    return CallScatter(
        known=(
            "the time of day",
            "time and weekday",
            "time and the day's level",
        ),
        ratios=(
            _median_ratio([counts]),
            _median_ratio([group for group in groups if len(group) > 1]),
            _median_ratio([left], means=columns),
        ),
        calls=float(counts.mean()),
        n=counts.size,
    )


def _median_ratio(groups: Sequence[Floats], *, means: ArrayLike | None = None) -> float:
    """Return the median, over groups and slots, of variance over mean."""
    ratios = [
        group.var(axis=0, ddof=1) / (group.mean(axis=0) if means is None else means)
        for group in groups
    ]
    return float(np.median(np.concatenate(ratios)))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a promise costs, for a plan that knows so much."""

    known: str  # what the plan knows
    variance_ratio: float  # scatter that is left: variance over mean, 1 chance alone
    agents: int  # with whom the promise is kept on average
    kept: float  # share answered in time with the agents that chance alone needs


@dataclass(frozen=True, kw_only=True)
class Plans:
    """The same promise at the same mean, for plans that know more and more."""

    plans: tuple[Plan, ...]  # the last knows the rate: chance alone is left
    calls: float  # mean number of calls in five minutes
    promise: Promise

    @property
    def least(self) -> int:
        """Agents that chance alone needs."""
        return self.plans[-1].agents

    def table(self) -> pd.DataFrame:
        """Return one row per plan: what it knows, agents, agents on top, share kept."""
        return pd.DataFrame(
            {
                "the plan knows": [p.known for p in self.plans],
                "variance / mean": [p.variance_ratio for p in self.plans],
                "agents": [p.agents for p in self.plans],
                "on top": [p.agents - self.least for p in self.plans],
            }
        )

    def describe(self) -> str:
        """Say what a picture of the plans shows."""
        each = "; ".join(
            f"{p.known}: {p.agents - self.least} on top, and without them "
            f"{100 * p.kept:.0f} of 100 calls in time"
            for p in self.plans[:-1]
        )
        return (
            f"Agents needed beyond the {self.least} that chance alone asks for at "
            f"{self.calls:.0f} calls in five minutes, by what the plan knows. {each}."
        )


def plans(scatter: CallScatter, *, promise: Promise, calls: float) -> Plans:
    """Compute what a promise costs in agents, by how much the plan knows.

    Parameters
    ----------
    scatter : CallScatter
        From `call_scatter`.
    promise : Promise
        What is promised, and how long a call keeps an agent busy.
    calls : float
        Mean number of calls in five minutes, for example at the peak.
    """
    least = agents_needed(calls, promise=promise)
    known = [*zip(scatter.known, scatter.ratios, strict=True), (CHANCE, 1.0)]
    return Plans(
        plans=tuple(
            Plan(
                known=name,
                variance_ratio=ratio,
                agents=agents_needed(calls, promise=promise, variance_ratio=ratio),
                kept=kept_when_uncertain(
                    calls, least, promise=promise, variance_ratio=ratio
                ),
            )
            for name, ratio in known
        ),
        calls=calls,
        promise=promise,
    )
