"""How a company's own tables are read: two groups of customer-months for a strategy.

Branches are read otherwise than customers: who works in a branch is shared by all its
customers, so the branch is the unit.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from cxlab.intervals import share
from cxlab.recovery.shares import difference_of_shares
from cxlab.results import Estimate
from cxlab.strategy.months import Bools, CustomerMonths, customer_months, last_seen
from cxlab.strategy.plans import STRATEGIES
from cxlab.strategy.readings import STATES, Reading, Readings

Floats = NDArray[np.float64]

HARD = 5  # effort from which a contact counts as hard, 1 easy .. 7 hard
BEYOND = 1.0  # points beyond what was expected from which a touch delights
FAILED = 1.5  # points below it from which a touch is a failure
NEW_DAYS = 100  # days for which a customer counts as new
LEAST = 5  # customers, or branches, in a group that is shown
_YEAR = 12 * 1000  # months of a year, for 1,000 customers


def read_tables(tables: Mapping[str, pd.DataFrame], *, level: float = 0.95) -> Readings:
    """Read where a company loses customers, in one currency for all strategies.

    Parameters
    ----------
    tables
        By name, with the columns of ``cxlab.tables``: ``customers``, and as many of
        ``contacts``, ``touches`` and ``months`` as there are. A strategy whose table is
        not there, or holds too little, is named in ``missing``.
    level
        Confidence level of the intervals, 0-1.

    Raises
    ------
    ValueError
        If there are no customers, or no whole month was watched.
    """
    if "customers" not in tables:
        raise ValueError(
            f"The tables are {', '.join(tables) or 'none'}. Give at least customers: "
            "without them nobody can be seen to leave."
        )
    watched = customer_months(tables["customers"], until=last_seen(tables))
    found: dict[str, Reading] = {}
    missing: dict[str, str] = {}
    for strategy in STRATEGIES:
        lacking = [name for name in STATES[strategy][2] if name not in tables]
        if lacking:
            missing[strategy] = f"no table of {lacking[0]} was given"
            continue
        try:
            _need_columns(strategy, tables)
            found[strategy] = _read(strategy, watched, tables, level)
        except _TooFew as few:
            missing[strategy] = str(few)
    everybody = watched.count(watched.here)
    return Readings(
        readings=found, missing=missing, leaving=_yearly(everybody, level=level)
    )


class _TooFew(Exception):
    """A group is too small to be shown."""


_COLUMNS = {
    "ease": ("contacts", ("customer_id", "time", "effort")),
    "delight": ("touches", ("customer_id", "time", "size", "expectation")),
    "recovery": ("touches", ("customer_id", "time", "size", "expectation")),
    "people": ("months", ("branch_id", "left", "customers", "employee_satisfaction")),
}


def _need_columns(strategy: str, tables: Mapping[str, pd.DataFrame]) -> None:
    table, columns = _COLUMNS.get(strategy, ("customers", ()))
    for column in columns:
        if column not in tables[table].columns or tables[table][column].isna().all():
            raise _TooFew(f"the table of {table} says nothing on {column}")


def _read(
    strategy: str,
    watched: CustomerMonths,
    tables: Mapping[str, pd.DataFrame],
    level: float,
) -> Reading:
    if strategy == "people":
        return _read_branches(tables["months"], level)
    worse, better = _GROUPS[strategy](watched, tables)
    asked = _answered(tables["contacts"]) if strategy == "ease" else 1.0
    return _compare(strategy, watched, worse, better, level, asked=asked)


def _compare(
    strategy: str,
    watched: CustomerMonths,
    worse: Bools,
    better: Bools,
    level: float,
    *,
    asked: float,
) -> Reading:
    """Set two groups of customer-months side by side.

    Where a share of contacts was ``asked``, the others are taken to be like those.
    """
    people = [watched.people(group) for group in (worse, better)]
    if min(people) < LEAST:
        raise _TooFew(f"one of the groups holds fewer than {LEAST} customers")
    one, other = watched.count(worse), watched.count(better)
    extra = difference_of_shares(one, other, level=level)
    weight = _YEAR * one[1] / int(watched.here.sum()) / asked
    return _reading(strategy, [one, other], extra, weight=weight)


def _reading(
    strategy: str,
    counts: list[tuple[int, int]],
    extra: Estimate,
    *,
    weight: float,
) -> Reading:
    names = STATES[strategy][:2]
    worse, better = (
        share(*count, quantity=f"leave {name}", level=extra.level or 0.95)
        for count, name in zip(counts, names, strict=True)
    )
    low, high = (
        None if end is None else weight * end for end in (extra.low, extra.high)
    )
    ceiling = Estimate(
        quantity=f"ceiling of {strategy}",
        estimate=weight * extra.estimate,
        low=low,
        high=high,
        level=extra.level,
        n=extra.n,
        unit="of 1,000 customers a year",
    )
    return Reading(
        strategy=strategy, worse=worse, better=better, extra=extra, ceiling=ceiling
    )


def _yearly(count: tuple[int, int], *, level: float) -> Estimate:
    monthly = share(*count, level=level)
    year = [
        1000 * (1 - (1 - rate) ** 12)
        for rate in (monthly.estimate, monthly.low or 0.0, monthly.high or 0.0)
    ]
    return Estimate(
        quantity="leave in a year",
        estimate=year[0],
        low=year[1],
        high=year[2],
        level=level,
        n=count[1],
        unit="of 1,000 customers",
    )


def _ease(
    watched: CustomerMonths, tables: Mapping[str, pd.DataFrame]
) -> tuple[Bools, Bools]:
    rated = tables["contacts"].dropna(subset=["effort"])
    return _either(watched, rated, rated["effort"] >= HARD)


def _answered(contacts: pd.DataFrame) -> float:
    """Return in which share of the contacts effort was answered."""
    return float(contacts["effort"].notna().mean())


def _delight(
    watched: CustomerMonths, tables: Mapping[str, pd.DataFrame]
) -> tuple[Bools, Bools]:
    touches, beyond = _beyond(tables["touches"])
    near = beyond > -FAILED
    met, more = beyond[near] < BEYOND, touches[near]
    return _either(watched, more, met, first=False)


def _recovery(
    watched: CustomerMonths, tables: Mapping[str, pd.DataFrame]
) -> tuple[Bools, Bools]:
    touches, beyond = _beyond(tables["touches"])
    failures, good = touches[beyond <= -FAILED], touches[beyond >= BEYOND / 2]
    good = good[["customer_id", "time"]].assign(good=True)
    followed = pd.merge_asof(
        failures.sort_values("time"),
        good.sort_values("time"),
        on="time",
        by="customer_id",
        direction="forward",
        tolerance=pd.Timedelta(days=30),
    )
    return _either(watched, followed, followed["good"].isna())


def _beyond(touches: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return the touches, and by how much each went beyond what was expected.

    Contacts are left to their own table: their effort says more than their size.
    """
    known = touches.dropna(subset=["size", "expectation"])
    known = known[known["kind"] != "contact"] if "kind" in known else known
    return known, known["size"] - known["expectation"]


def _onboarding(
    watched: CustomerMonths, _tables: Mapping[str, pd.DataFrame]
) -> tuple[Bools, Bools]:
    young = watched.younger(NEW_DAYS)
    return young, watched.here & ~young


_GROUPS = {
    "ease": _ease,
    "delight": _delight,
    "onboarding": _onboarding,
    "recovery": _recovery,
}


def _either(
    watched: CustomerMonths, rows: pd.DataFrame, bad: pd.Series, *, first: bool = True
) -> tuple[Bools, Bools]:
    """Mark months after something bad, and those after something else.

    A month after both counts as bad if ``first``, else as the other.
    """
    worse, rest = (
        watched.after(rows["customer_id"][k], rows["time"][k]) for k in (bad, ~bad)
    )
    return (worse, rest & ~worse) if first else (worse & ~rest, rest)


def _read_branches(months: pd.DataFrame, level: float) -> Reading:
    """Set the half of branches with less happy staff against the other half.

    The unit is the branch: customers of one branch share its staff, and a hundred of
    them are not a hundred observations of it.
    """
    sums = months.groupby("branch_id", observed=True).agg(
        left=("left", "sum"),
        customers=("customers", "sum"),
        staff=("employee_satisfaction", "mean"),
    )
    ordered = sums[sums["customers"] > 0].dropna().sort_values("staff", kind="stable")
    half = len(ordered) // 2
    if half < LEAST:
        raise _TooFew(f"half of the branches are fewer than {LEAST}")
    groups = [ordered.iloc[:half], ordered.iloc[-half:]]
    rates = [(group["left"] / group["customers"]).to_numpy(float) for group in groups]
    counts = [(int(g["left"].sum()), int(g["customers"].sum())) for g in groups]
    weight = _YEAR * counts[0][1] / int(ordered["customers"].sum())
    return _reading("people", counts, _welch(rates[0], rates[1], level), weight=weight)


def _welch(one: Floats, other: Floats, level: float) -> Estimate:
    """Return the difference of two means with Welch's interval."""
    parts = [float(rate.var(ddof=1)) / len(rate) for rate in (one, other)]
    sizes = [len(rate) - 1 for rate in (one, other)]
    error, gap = float(np.sqrt(sum(parts))), float(one.mean() - other.mean())
    shares = sum(s**2 / n for s, n in zip(parts, sizes, strict=True))
    degrees = sum(parts) ** 2 / shares if shares else float(sum(sizes))
    reach = float(stdtrit(degrees, (1 + level) / 2)) * error
    return Estimate(
        quantity="difference",
        estimate=gap,
        low=gap - reach,
        high=gap + reach,
        level=level,
        n=len(one) + len(other),
        unit="share",
    )
