"""Parts 1 and 2: scores, effort, what made it hard, and the first contact."""

import numpy as np
import pandas as pd

from cxlab.drivers import adjusted_ratios
from cxlab.intervals import odds_ratio, share
from cxlab.readings.reading import CannotRead, Reading, need
from cxlab.resolution import first_contacts
from cxlab.results import Estimate
from cxlab.surveys import net_promoter

EASY, HARD = 2, 6  # answers up to the one, and from the other, of 1 easy .. 7 hard
DISLOYAL = 3  # answers up to here, of 1 .. 7 how surely they mean to stay
_BY_EFFORT = "Disloyal customers by the effort of their contact"
_TROUBLES = {
    "transferred": "transfers",
    "told it all again": "repeated_information",
    "not resolved": "resolved",
}


def scores(surveys: pd.DataFrame) -> Reading:
    """Read three scores from a survey, each with its interval.

    Parameters
    ----------
    surveys : DataFrame
        Answers with recommend (0-10) and satisfaction (1-7), and, if it is there,
        effort (1 easy .. 7 hard).
    """
    asked = need(surveys, ["recommend", "satisfaction"], table="surveys")
    found = [
        net_promoter(asked["recommend"], scale="nps").interval(),
        _share(asked["satisfaction"] >= HARD, "satisfied (6 or 7 of 7)"),
    ]
    if "effort" in surveys and surveys["effort"].notna().any():
        effort = surveys["effort"].dropna()
        found.append(_share(effort <= EASY, "found it easy (1 or 2 of 7)"))
    first = found[0]
    return Reading(
        about="Scores of your customers",
        estimates=tuple(found),
        sentence=f"The net promoter score of {first.n:,} customers is {first:.0f}. "
        "A later score inside this interval has not moved.",
    )


def effort_groups(surveys: pd.DataFrame) -> Reading:
    """Read how many are disloyal after easy, middling and hard contacts.

    Parameters
    ----------
    surveys : DataFrame
        Answers with effort (1 easy .. 7 hard) and stay (1-7, high is sure to stay).
    """
    asked = need(surveys, ["effort", "stay"], table="surveys")
    disloyal = asked["stay"] <= DISLOYAL
    easy, hard = asked["effort"] <= EASY, asked["effort"] >= HARD
    names = {"easy (1-2)": easy, "between (3-5)": ~easy & ~hard, "hard (6-7)": hard}
    groups = tuple(
        _share(disloyal[who], f"disloyal after a contact that was {name}")
        for name, who in names.items()
        if who.any()
    )
    middle = float((~easy & ~hard).mean())
    left_out = (
        f"A slide of the two ends would leave out {middle:.0%} of the customers: those "
        "between."
    )
    counts = [
        [int((disloyal & who).sum()), int((~disloyal & who).sum())]
        for who in (hard, easy)
    ]
    if not all(min(row) for row in counts):
        return Reading(
            about=_BY_EFFORT,
            estimates=groups,
            sentence="At one end nobody is disloyal, or everybody: the odds of so few "
            f"cannot be compared. {left_out}",
        )
    ratio = odds_ratio(counts, quantity="odds of disloyalty, hard against easy")
    return Reading(
        about=_BY_EFFORT,
        estimates=(ratio, *groups),
        sentence=f"The odds of disloyalty after a hard contact are {ratio:.1f} times "
        f"those after an easy one. {left_out}",
    )


def driver_ratios(contacts: pd.DataFrame) -> Reading:
    """Read how many times likelier a contact is hard with each trouble, like with like.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with effort (1 easy .. 7 hard) and at least two of transfers,
        repeated_information and resolved.
    """
    has = [c for c in _TROUBLES.values() if c in contacts and contacts[c].notna().any()]
    if len(has) < 2:
        raise CannotRead(
            "This reading needs effort and two troubles in the table contacts: "
            f"{', '.join(_TROUBLES.values())}; it has {', '.join(has) or 'none'}. "
            "Add what is missing, or leave the path empty for the example."
        )
    asked = need(contacts, ["effort", *has], table="contacts")
    met = pd.DataFrame({"hard": (asked["effort"] > HARD - 2).astype(int)})
    for name, column in _TROUBLES.items():
        if column in has:
            trouble = ~asked[column].astype(bool) if column == "resolved" else (
                asked[column].astype(float) > 0
            )  # fmt: skip
            met[name] = trouble.astype(int)
    drivers = [name for name in met.columns[1:] if met[name].nunique() == 2]
    ratios = adjusted_ratios(met, outcome="hard", drivers=drivers).ratios
    first = max(ratios, key=lambda one: one.estimate)
    numbered = [
        Estimate(
            quantity=f"hard, if {one.quantity}",
            estimate=one.estimate,
            low=one.low,
            high=one.high,
            level=one.level,
            n=int(met[one.quantity].sum()),
            unit="times as likely",
        )
        for one in sorted(ratios, key=lambda one: -one.estimate)
    ]
    return Reading(
        about="How much likelier a contact is hard (5 to 7 of 7) with each trouble",
        estimates=tuple(numbered),
        sentence=f"Like with like, a contact is {first:.1f} times as likely to be hard "
        f"if the customer was {first.quantity}." if first.quantity != "not resolved"
        else f"Like with like, a contact is {first:.1f} times as likely to be hard if "
        "the issue was not resolved.",
    )  # fmt: skip


def first_contact(contacts: pd.DataFrame) -> Reading:
    """Read two honest answers to one question from a contact log.

    Parameters
    ----------
    contacts : DataFrame
        Contacts with customer_id, issue, time and channel.
    """
    columns = ["customer_id", "issue", "time", "channel"]
    log = need(contacts, columns, table="contacts").rename(
        columns={"customer_id": "customer", "time": "day"}
    )
    cases = first_contacts(
        log[["customer", "issue", "day", "channel"]].assign(done=np.nan)
    )
    watched = cases[cases["seen_days"] >= 30]
    if len(watched) < 5:
        raise CannotRead(
            "Fewer than five issues began 30 days or more before the log ends, so that "
            "nobody knows how they ended. Bring a longer table of contacts."
        )
    narrow = _share(watched["next_same_days"] > 7,
                    "no callback in 7 days, same channel")  # fmt: skip
    wide = _share(watched["next_days"] > 30, "no contact in 30 days, any channel")
    gap = 100 * (narrow.estimate - wide.estimate)
    return Reading(
        about="Issues with one contact only, counted by two rules",
        estimates=(narrow, wide),
        sentence=f"By the narrow rule {narrow:.0%} of {narrow.n:,} issues took one "
        f"contact; by the wide rule {wide.estimate:.0%}. Of 100 issues, {gap:.0f} left "
        "by the first two doors. Who gave up is in neither count.",
    )


def _share(hits: "pd.Series[bool]", quantity: str) -> Estimate:
    return share(int(hits.sum()), len(hits), quantity=quantity)
