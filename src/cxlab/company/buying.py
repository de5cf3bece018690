"""What customers buy: each at a pace of her own, as long as she is there.

Paces differ by a gamma, counts are Poisson around them, and typical amounts differ by a
log-normal: lessons 34 and 35. How content a customer is does not move her pace; it
decides how long she is there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxlab.company.calendar import when
from cxlab.company.draws import Luck, counts
from cxlab.company.people import People
from cxlab.company.truth import Truth

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Purchases:
    """What was bought in a month, one row a purchase."""

    row: Ints  # line of the customer in the table
    branch: Ints
    at: Ints  # seconds
    cents: Ints


def purchases(
    truth: Truth, people: People, *, month: int, first: int, last: int
) -> list[Purchases]:
    """Return what is bought in a month: first purchases, second ones, and so on."""
    luck = Luck(of=people.key, month=month)
    times = counts(luck.chance("buys"), people.pace)
    found: list[Purchases] = []
    who = np.flatnonzero(times)
    while len(who):
        mine = luck.some(who).again(len(found))
        found.append(
            Purchases(
                row=people.row[who],
                branch=people.branch[who],
                at=when(mine.chance("buys when"), first, last),
                cents=_cents(truth, people, who, mine),
            )
        )
        who = who[times[who] > len(found)]
    return found


def first_purchases(truth: Truth, people: People, *, month: int, at: Ints) -> Purchases:
    """Return what new customers buy on the day on which they join."""
    everybody, luck = np.arange(len(people)), Luck(of=people.key, month=month)
    cents = _cents(truth, people, everybody, luck)
    return Purchases(row=people.row, branch=people.branch, at=at, cents=cents)


def _cents(truth: Truth, people: People, who: Ints, luck: Luck) -> Ints:
    """Return the amounts of purchases."""
    log_money = people.basket[who] + truth.basket_within * luck.scatter("amount")
    return np.asarray(np.rint(100 * np.exp(log_money)).astype(np.int64))
