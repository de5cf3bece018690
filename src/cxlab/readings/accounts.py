"""Parts 3 and 4: delight, the loyalty account, first days, what a customer is worth."""

from datetime import timedelta

import numpy as np
import pandas as pd

from cxlab.account import Rules, customer_months, leave_by_balance
from cxlab.delight import judge_lift, on_hundred, three_groups
from cxlab.lifetime import NotPinnedDown, count_histories, fit_buyers
from cxlab.onboarding import piecewise_rates
from cxlab.readings.reading import CannotRead, Reading, need
from cxlab.results import Estimate

DAYS_A_MONTH = 365.25 / 12
MARGIN = 5.0  # points of 100: less lift than this would change no decision
_ANSWERS = {
    "small enough": "That is less than the margin of 5 points, for all we can tell.",
    "too large to ignore": "That is above the margin of 5: delight goes with loyalty.",
    "cannot tell": "Whether that is more than the margin of 5, so few cannot tell.",
}


def delight(surveys: pd.DataFrame) -> Reading:
    """Read how much more loyal they are whose expectations were exceeded than met.

    Parameters
    ----------
    surveys : DataFrame
        Answers with met (-3 far below .. 3 far above what was expected) and stay (1-7).
    """
    asked = need(surveys, ["met", "stay"], table="surveys")
    points = on_hundred(asked["stay"].astype(float), low=1, high=7)
    groups = three_groups(asked["met"].astype(float), points, met=(0, 0))
    judged = judge_lift(groups, margin=MARGIN)
    lift, drop = groups.lift, groups.drop
    return Reading(
        about="Loyalty above and below what was expected, points of 100",
        estimates=(lift, drop, *groups.estimates),
        sentence=f'From "met" to above it loyalty moves by {lift:+.1f} points of 100. '
        f"{_ANSWERS[judged.answer]}",
    )


def account(customers: pd.DataFrame, touches: pd.DataFrame) -> Reading:
    """Read who leaves in a month that opens in debit, and in credit.

    The accounts are kept by the default rules of ``cxlab.account``; fit your own
    weights before a decision hangs on them.

    Parameters
    ----------
    customers : DataFrame
        customer_id, joined and left.
    touches : DataFrame
        customer_id, time, kind, size and expectation (1-7, high is good).
    """
    who = need(customers, ["customer_id", "joined"], table="customers")
    columns = ["customer_id", "time", "kind", "size", "expectation"]
    log = need(touches, columns, table="touches")
    seen = _seen(who, last=max(_last(who), log["time"].max()))
    booked = log.merge(seen, on="customer_id")
    booked["month"] = (booked["time"] - booked["joined"]).dt.days / DAYS_A_MONTH
    inside = booked["month"].between(0, booked["months"], inclusive="left")
    renamed = booked[inside].rename(columns={"customer_id": "customer"})
    numbers = {"size": "float64", "expectation": "float64"}
    months = customer_months(
        renamed[["customer", "month", "kind", "size", "expectation"]].astype(numbers),
        seen.rename(columns={"customer_id": "customer"})[
            ["customer", "months", "left"]
        ],
    )
    found = leave_by_balance(months, rules=Rules(), groups=6)
    debit, credit = found.side(debit=True), found.side(debit=False)
    return Reading(
        about="Who leaves in a month, by the account at its opening",
        estimates=(debit, credit),
        sentence=str(found),
    )


def _last(customers: pd.DataFrame) -> pd.Timestamp:
    days = [customers[one].dropna().max() for one in ("joined", "left")]
    return max(pd.Timestamp(day) for day in days if not pd.isna(day))


def _seen(customers: pd.DataFrame, *, last: pd.Timestamp) -> pd.DataFrame:
    """Return customer_id, joined, months seen (1 or more) and whether she left."""
    left = customers["left"].notna()
    days = (customers["left"].fillna(last) - customers["joined"]).dt.days
    months = np.maximum(np.ceil(days / DAYS_A_MONTH), 1).astype(int)
    return customers[["customer_id", "joined"]].assign(months=months, left=left)


def first_days(customers: pd.DataFrame) -> Reading:
    """Read how many leave per thousand days, up to day 100 and after it.

    Parameters
    ----------
    customers : DataFrame
        customer_id, joined and left (empty: still a customer on the last day seen).
    """
    who = need(customers, ["customer_id", "joined"], table="customers")
    if "left" not in who or who["left"].notna().sum() < 5:
        raise CannotRead(
            "Fewer than five customers of the table customers have left: nobody can "
            "say when they leave. Bring a longer table, with the day in `left`."
        )
    last = _last(who) + timedelta(days=1)
    gone = who["left"].notna()
    days = (who["left"].fillna(last) - who["joined"]).dt.days
    found = piecewise_rates(days, gone, edges=[0, 100, np.inf])
    low, high = found.limits
    rates = [
        Estimate(
            quantity=f"leave, {name}",
            estimate=1000 * float(found.rates[piece]),
            low=1000 * float(low[piece]),
            high=1000 * float(high[piece]),
            level=found.level,
            n=int(gone.sum()),
            unit="per 1,000 customer-days",
        )
        for piece, name in enumerate(("day 0 to 100", "after day 100"))
    ]
    early, late = rates
    return Reading(
        about="How fast customers leave, early and late",
        estimates=(early, late),
        sentence=f"Up to day 100, {early:.2f} of 1,000 customers leave per day; later "
        f"it is {late.estimate:.2f}. {_when(early, late)}",
    )


def _when(early: Estimate, late: Estimate) -> str:
    """Say what two rates can tell, by whether their intervals lie apart."""
    assert early.low is not None
    assert early.high is not None
    assert late.low is not None
    assert late.high is not None
    if early.low > late.high:
        return (
            "They leave faster at first, and two stories say why: bad first days, or "
            "customers who were never alike."
        )
    if early.high < late.low:
        return "They leave later rather than sooner: look beyond the first days."
    return "The two cannot be told apart."


def worth(purchases: pd.DataFrame) -> Reading:
    """Read from a log of purchases who is still there, and what is still to come.

    Parameters
    ----------
    purchases : DataFrame
        customer_id, date and amount (money); each customer's first purchase is in it.
    """
    log = need(purchases, ["customer_id", "date", "amount"], table="purchases").rename(
        columns={"customer_id": "customer", "amount": "dollars"}
    )
    log["dollars"] = log["dollars"].astype(float)
    weeks = int(np.ceil(((log["date"].max() - log["date"].min()).days + 1) / 7))
    known = count_histories(log[["customer", "date", "dollars"]], weeks=weeks)
    try:
        model = fit_buyers(known).model
    except NotPinnedDown as error:
        raise CannotRead(
            f"The purchases of {len(known):,} customers fit many models equally well: "
            "too few came back. Bring a longer table of purchases."
        ) from error
    history = known["repeats"], known["last"], known["age"]
    alive, more = model.alive(*history), model.to_come(52, *history)
    n = len(known)
    mean = float(log["dollars"].mean())
    half = np.sort(more)[::-1][: max(n // 5, 1)].sum() / more.sum()
    numbers = {
        "still alive, on average": (float(alive.mean()), "share"),
        "purchases to come in a year, a customer": (float(more.mean()), "purchases"),
        "money a purchase": (mean, "money"),
        "of what is to come, from the best fifth": (float(half), "share"),
    }
    return Reading(
        about="What the purchases of your customers foretell",
        estimates=tuple(
            Estimate(quantity=name, estimate=value, n=n, unit=unit)
            for name, (value, unit) in numbers.items()
        ),
        sentence=f"Of {n:,} customers who have bought, {alive.mean():.0%} are still "
        f"there, and the best fifth will bring {half:.0%} of what is to come.",
    )
