"""Eight phases and one door: who reaches the end, when many leave on the way.

A customer moves from phase to phase, or goes away. Aalen and Johansen multiply what
happened on each day, phase by phase, and so give the share in every phase at any time,
customers still under watch included. Taking those who left for "not there yet" instead,
as one minus Kaplan-Meier does, promises more arrivals than can ever come.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.onboarding.survival import kaplan_meier
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# names: Coleman (2018); what happens in each is told in the lesson in our words
PHASES = (
    "Assess",
    "Admit",
    "Affirm",
    "Activate",
    "Acclimate",
    "Accomplish",
    "Adopt",
    "Advocate",
)
TOOLS = ("in person", "email", "mail", "phone", "video", "presents")
BOUGHT = "Admit"  # the sale: before it nobody is a customer
LEFT = "left"
STATES = (*PHASES, LEFT)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The share of customers in each phase, day by day."""

    times: Floats  # days, from 0
    shares: Floats  # a row for each day, a column for each state; rows sum to 1
    states: tuple[str, ...]
    n: int

    def at(self, days: ArrayLike) -> Floats:
        """Return the share in each state at these days, 0-1."""
        row = np.searchsorted(self.times, np.asarray(days, float), side="right") - 1
        return np.asarray(self.shares[row])

    def share(self, state: str, day: float) -> Estimate:
        """Return the share in one state on a day."""
        return Estimate(
            quantity=f"{state} on day {day:g}",
            estimate=float(self.at(day)[self.states.index(state)]),
            n=self.n,
            unit="share",
        )

    def summary(self) -> pd.DataFrame:
        """Return the shares on the last day, as the tidy table."""
        return tidy(self.share(state, float(self.times[-1])) for state in self.states)

    def __str__(self) -> str:
        """Say who has arrived and who has left on the last day."""
        last = self.shares[-1]
        return (
            f"Of 100 customers, {100 * last[-2]:.0f} are in {self.states[-2]} on day "
            f"{self.times[-1]:g}, {100 * last[-1]:.0f} have {self.states[-1]}, and "
            f"{100 * last[:-2].sum():.0f} are on the way."
        )

    def describe(self) -> str:
        """Say what a picture of the flow shows."""
        return f"Bands: the share of customers in each phase, by day. {self}"


def check_stays(stays: pd.DataFrame, states: Sequence[str]) -> None:
    """Refuse tables that are no stays in phases."""
    missing = {"customer", "phase", "entered", "until", "then"} - set(stays.columns)
    if missing:
        raise ValueError(
            f"The table of stays lacks {', '.join(sorted(missing))}. Give a row for "
            "each stay: customer, phase, entered, until (days) and then (the next "
            "state, or '' if still there when last seen)."
        )
    named = set(stays["phase"]) | set(stays["then"])
    unknown = sorted(named - {*states, ""})
    if unknown:
        raise ValueError(
            f"Unknown phases {unknown}: known are {', '.join(states)}. Correct the "
            "names, or pass the states that you use."
        )
    if not (stays["until"] > stays["entered"]).all():
        raise ValueError(
            "A stay ends before it begins, or on the same moment. Each stay needs "
            "until after entered."
        )


def flow(
    stays: pd.DataFrame, *, states: Sequence[str] = STATES, start: str = BOUGHT
) -> Flow:
    """Estimate the share in each phase, by the method of Aalen and Johansen.

    Parameters
    ----------
    stays
        A row for each stay: ``customer``, ``phase``, ``entered`` and ``until`` (days
        since the sale), ``then`` (the next state; '' if still there when last seen).
    states
        All states; the last but one is the goal, the last one is having left.
    start
        State of everybody on day 0.

    Raises
    ------
    ValueError
        If a column is missing, a name is unknown, or a stay has no length.

    References
    ----------
    Aalen & Johansen (1978), Scandinavian Journal of Statistics 5, 141-150.

    Examples
    --------
    Four customers: one arrives on day 1, one leaves on day 2, one arrives on day 3,
    one is still on the way on day 4. A quarter, and half of a half, arrive:

    >>> four = pd.DataFrame({"customer": [1, 2, 3, 4], "phase": "new", "entered": 0,
    ...     "until": [1, 2, 3, 4], "then": ["there", "left", "there", ""]})
    >>> found = flow(four, states=["new", "there", "left"], start="new")
    >>> found.shares[-1].tolist()
    [0.25, 0.5, 0.25]
    """
    check_stays(stays, states)
    code = {name: k for k, name in enumerate(states)}
    phase: Ints = np.array([code[name] for name in stays["phase"]], dtype=np.int64)
    entered, until = (stays[c].to_numpy(dtype=float) for c in ("entered", "until"))
    moved = (stays["then"] != "").to_numpy()
    times, when = np.unique(until[moved], return_inverse=True)
    could = _could(phase, entered, until, times, len(states))
    step = np.zeros((len(times), len(states), len(states)))
    then = stays.loc[moved, "then"].map(code).to_numpy()
    np.add.at(step, (when, phase[moved], then), 1.0)
    step /= np.maximum(could, 1)[:, :, None]
    each = np.arange(len(states))
    step[:, each, each] = 1 - step.sum(axis=2)
    shares = np.zeros((len(times) + 1, len(states)))
    shares[0, code[start]] = 1
    for k, matrix in enumerate(step):
        shares[k + 1] = shares[k] @ matrix
    return Flow(
        times=np.concatenate([[0.0], times]),
        shares=shares,
        states=tuple(states),
        n=int(stays["customer"].nunique()),
    )


def _could(
    phase: Ints, entered: Floats, until: Floats, times: Floats, n: int
) -> Floats:
    # who was in each phase just before each moment: came in before, not yet gone
    counts = np.zeros((len(times), n))
    for k in range(n):
        here = phase == k
        came = np.searchsorted(np.sort(entered[here]), times, side="left")
        gone = np.searchsorted(np.sort(until[here]), times, side="left")
        counts[:, k] = came - gone
    return counts


def naive_arrivals(stays: pd.DataFrame, *, goal: str = PHASES[-1], day: float) -> float:
    """Return one minus Kaplan-Meier of arriving: those who left count as cut short.

    It answers how many would arrive if nobody could leave and all else stayed as it
    is. As a share of customers it is too high, whenever anybody leaves.

    Examples
    --------
    The four customers of `flow`: half arrive, and this says five eighths.

    >>> four = pd.DataFrame({"customer": [1, 2, 3, 4], "until": [1, 2, 3, 4],
    ...     "then": ["there", "left", "there", ""]})
    >>> naive_arrivals(four, goal="there", day=4)
    0.625
    """
    arrived = stays["then"] == goal
    last = stays["until"].groupby(stays["customer"]).max()
    got_there = arrived.groupby(stays["customer"]).any()
    came = stays.loc[arrived].set_index("customer")["until"]
    time = last.mask(got_there, came)
    return 1 - float(kaplan_meier(time, got_there).curve(day))


def ever_arrive(advance: ArrayLike, leave: ArrayLike) -> float:
    """Return who reaches the last phase in the end: in each, advance or leave first.

    Parameters
    ----------
    advance, leave
        Rates per day of going on and of going away, one for each phase on the way.

    Examples
    --------
    In both phases, three go on for each one that leaves:

    >>> round(ever_arrive([0.3, 0.03], [0.1, 0.01]), 4)
    0.5625
    """
    on, away = np.asarray(advance, dtype=float), np.asarray(leave, dtype=float)
    return float(np.prod(on / (on + away)))


def leaving_rates(
    stays: pd.DataFrame, *, states: Sequence[str] = STATES
) -> pd.DataFrame:
    """Count phase by phase who left, over the days that customers spent in it.

    Returns
    -------
    DataFrame
        phase, customer-days, went on, left, left per 1,000 days; phases in which
        nobody was seen are left out.
    """
    check_stays(stays, states)
    days = (stays["until"] - stays["entered"]).groupby(stays["phase"]).sum()
    gone = (stays["then"] == states[-1]).groupby(stays["phase"]).sum()
    on = (~stays["then"].isin([states[-1], ""])).groupby(stays["phase"]).sum()
    order = [state for state in states if state in days.index]
    table = pd.DataFrame({"customer-days": days, "went on": on, "left": gone})
    table["left per 1,000 days"] = 1000 * table["left"] / table["customer-days"]
    return table.loc[order].rename_axis("phase").reset_index()
