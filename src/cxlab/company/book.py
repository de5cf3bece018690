"""The book of a company: what happened, written down month by month, in small numbers.

Moments are kept as seconds, amounts as cents and points as hundredths, so that a
million customers fit into memory. `frames` binds the pages to tables.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cxlab.company.calendar import DAY, FIRST, month_starts
from cxlab.company.contacts import COMPLAINT, KINDS
from cxlab.company.draws import uniform
from cxlab.company.engine import Engine, Month
from cxlab.company.surveys import QUESTIONS

Columns = dict[str, NDArray[Any]]

TOUCHES = ("service", "gesture", "failure", "recovery", "contact")
_DAYS = 28  # of the month in which they joined


class Book:
    """Everything that happened in one company."""

    def __init__(self, engine: Engine) -> None:
        """Open the book with the customers of the first day."""
        self.engine = engine
        self.pages: dict[str, list[Columns]] = {}
        people = engine.people
        month = (FIRST.astype("datetime64[M]") + people.since).astype("datetime64[s]")
        day = np.floor(_DAYS * uniform(people.key, "joins when")).astype(np.int64)
        self._add(
            "customers",
            branch=people.branch.astype(np.int32),
            joined=(month - FIRST).astype(np.int64) + day * DAY,
            friend=uniform(people.key, "friends") < engine.truth.friends_before,
        )

    def write(self, month: Month) -> None:
        """Write a month down."""
        joined = month.joined
        self._add("left", row=month.left, at=month.left_at)
        self._add(
            "customers",
            branch=joined.branch.astype(np.int32),
            joined=joined.at,
            friend=joined.friend,
        )
        self._sorted("touches", _touches(month))
        self._sorted("contacts", _contacts(month))
        self._sorted("surveys", _surveys(month))
        self._sorted("purchases", _purchases(month))
        self._sum(month)

    def bound(self, table: str) -> Columns:
        """Return a table's pages as one, and tear them out: they are large."""
        pages = self.pages.pop(table)
        return {n: np.concatenate([page[n] for page in pages]) for n in pages[0]}

    def _sum(self, month: Month) -> None:
        """Write down what the month came to in each branch."""
        size = self.engine.branches
        survey = self.pages["surveys"][-1]
        asked = np.bincount(survey["branch"], minlength=size)
        sums = np.bincount(survey["branch"], survey["satisfaction"], minlength=size)
        calls = [month.people.branch[one.who] for one in month.contacts]
        kinds = np.concatenate([one.issue for one in month.contacts])
        home = np.concatenate(calls)
        complains = home[kinds == KINDS.index(COMPLAINT)]
        with np.errstate(invalid="ignore"):  # a branch that lost everybody
            content, loyalty = sums / asked, 1 - month.leavers / month.customers
        self._add(
            "months",
            start=np.full(size, month_starts(month.number)[-1]),
            branch=np.arange(size),
            customers=month.customers,
            joined=np.bincount(month.joined.branch, minlength=size),
            left=month.leavers,
            contacts=np.bincount(home, minlength=size),
            complaints=np.bincount(complains, minlength=size),
            quality=month.staff.quality,
            employee_satisfaction=month.staff.satisfaction,
            customer_satisfaction=content,
            loyalty=loyalty,
            revenue=month.revenue,
            cost=month.cost,
        )

    def _add(self, table: str, **columns: NDArray[Any]) -> None:
        self.pages.setdefault(table, []).append(columns)

    def _sorted(self, table: str, parts: Sequence[Columns]) -> None:
        """Write the parts of a month in the order of time."""
        page = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
        order = _by_time(page["at"])
        self._add(table, **{name: values[order] for name, values in page.items()})


def _by_time(at: NDArray[Any]) -> NDArray[np.int64]:
    """Return the order of time, and of the page within a second.

    As a stable argsort does, in a quarter of its time: moment and place are packed into
    one number, and no two of these are equal.
    """
    bits = max(1, len(at).bit_length())
    packed = (at.astype(np.int64) << bits) | np.arange(len(at))
    packed.sort()
    return np.asarray(packed & ((1 << bits) - 1))


def _touches(month: Month) -> list[Columns]:
    return [
        {
            "row": month.people.row[one.who].astype(np.int32),
            "at": one.at.astype(np.int32),
            "kind": np.full(len(one.who), TOUCHES.index(one.kind), dtype=np.int8),
            "size": np.rint(100 * one.size).astype(np.int16),
            "expects": np.rint(100 * one.expects).astype(np.int16),
        }
        for one in month.touches
    ]


def _contacts(month: Month) -> list[Columns]:
    return [
        {
            "row": month.people.row[one.who].astype(np.int32),
            "at": one.at.astype(np.int32),
            "channel": one.channel.astype(np.int8),
            "issue": one.issue.astype(np.int8),
            "effort": np.where(one.answered, one.effort, 0).astype(np.int8),
            "marked": one.marked,
            "transfers": one.transfers.astype(np.int8),
            "repeats": one.repeats,
            "tenths": np.rint(10 * one.minutes).astype(np.int32),
            "employee": one.employee.astype(np.int32),
        }
        for one in month.contacts
    ]


def _surveys(month: Month) -> list[Columns]:
    one = month.surveys
    if one is None:
        raise ValueError(
            "these months have no surveys: a book needs an engine that asks."
        )
    given = {
        name: getattr(one, name).astype(np.int8) for name in (*QUESTIONS, "effort")
    }
    row, branch = month.people.row[one.who], month.people.branch[one.who]
    return [{"row": row.astype(np.int32), "branch": branch, "at": one.at, **given}]


def _purchases(month: Month) -> list[Columns]:
    return [
        {
            "row": one.row.astype(np.int32),
            "at": one.at.astype(np.int32),
            "cents": one.cents.astype(np.int32),
        }
        for one in month.purchases
    ]
