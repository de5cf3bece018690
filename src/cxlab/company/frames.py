"""The company's tables, written down month by month and bound at the end.

Moments are kept as seconds, amounts as cents and points as hundredths until then, so
that a million customers fit into memory. Ids are strings, foreign ids and words are
categories of strings.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cxlab.company.calendar import DAY, FIRST, dates, days
from cxlab.company.contacts import CHANNELS, KINDS
from cxlab.company.draws import uniform
from cxlab.company.engine import Engine, Month

Numbers = NDArray[np.integer]
Columns = dict[str, NDArray[Any]]

TABLES = (
    "branches",
    "employees",
    "customers",
    "touches",
    "contacts",
    "surveys",
    "purchases",
    "months",
)
REGIONS = ("north", "east", "south", "west")
TOUCHES = ("service", "gesture", "failure", "recovery", "contact")
_YEARS = 12  # before the first day in which branches opened


class Book:
    """Everything that happened in one company, month by month."""

    def __init__(self, engine: Engine) -> None:
        """Open the book with the customers and the employees of the first day."""
        self.engine = engine
        people = engine.people
        self.pages: dict[str, list[Columns]] = {name: [] for name in TABLES}
        self.left = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        start = FIRST.astype("datetime64[M]") + people.since
        back = (start.astype("datetime64[D]") - FIRST.astype("datetime64[D]")).astype(
            np.int64
        )
        back = back + np.floor(28 * uniform(people.key, "joins when")).astype(np.int64)
        adverts = uniform(people.key, "friends") < 0.7
        self._add(
            "customers",
            branch=people.branch.astype(np.int32),
            joined=back * DAY,
            friend=~adverts,
        )

    def write(self, month: Month) -> None:
        """Write a month down."""
        row = month.people.row.astype(np.int32)
        home = month.people.branch.astype(np.int16)
        self.left[0].append(month.left)
        self.left[1].append(month.left_at)
        self._add(
            "customers",
            branch=month.joined.branch.astype(np.int32),
            joined=month.joined.at,
            friend=month.joined.friend,
        )
        self._sorted(
            "touches",
            [
                {
                    "row": row[one.who],
                    "at": one.at.astype(np.int32),
                    "kind": np.full(len(one.who), TOUCHES.index(one.kind), np.int8),
                    "size": _hundred(one.size),
                    "expects": _hundred(one.expects),
                }
                for one in month.touches
            ],
        )
        seats = self.engine.staff.seats
        self._sorted(
            "contacts",
            [
                {
                    "row": row[one.who],
                    "at": one.at.astype(np.int32),
                    "channel": one.channel.astype(np.int8),
                    "issue": one.issue.astype(np.int8),
                    "effort": np.where(one.answered, one.effort, 0).astype(np.int8),
                    "marked": one.marked,
                    "transfers": one.transfers.astype(np.int8),
                    "repeats": one.repeats,
                    "minutes": np.rint(10 * one.minutes).astype(np.int32),
                    "employee": np.where(
                        one.seat < 0, -1, seats[home[one.who], one.seat]
                    ).astype(np.int32),
                }
                for one in month.contacts
            ],
        )
        self._sorted(
            "purchases",
            [
                {
                    "row": one.row.astype(np.int32),
                    "at": one.at.astype(np.int32),
                    "cents": one.cents.astype(np.int32),
                }
                for one in month.purchases
            ],
        )
        self._ask(month, row, home)
        self._sum(month)

    def _ask(self, month: Month, row: Numbers, home: Numbers) -> None:
        one = month.surveys
        if one is None:
            raise ValueError("an engine that does not ask has no table of surveys.")
        words = ("met", "quality", "value", "satisfaction", "recommend", "stay")
        given = {word: getattr(one, word).astype(np.int8) for word in words}
        page = {"row": row[one.who], "branch": home[one.who], "at": one.at, **given}
        self._sorted("surveys", [page])

    def _sum(self, month: Month) -> None:
        size = self.engine.branches
        survey = self.pages["surveys"][-1]
        asked = np.bincount(survey["branch"], minlength=size)
        sums = np.bincount(survey["branch"], survey["satisfaction"], minlength=size)
        with np.errstate(invalid="ignore"):
            satisfied = sums / asked
            loyalty = 1 - month.leavers / month.customers
        calls = [month.people.branch[one.who] for one in month.contacts]
        issues = np.concatenate([one.issue for one in month.contacts])
        home = np.concatenate(calls)
        complaint = KINDS.index("complaint")
        self._add(
            "months",
            number=np.full(size, month.number),
            branch=np.arange(size),
            customers=month.customers,
            joined=np.bincount(month.joined.branch, minlength=size),
            left=month.leavers,
            contacts=np.bincount(home, minlength=size),
            complaints=np.bincount(home[issues == complaint], minlength=size),
            quality=month.staff.quality,
            employee_satisfaction=month.staff.satisfaction,
            customer_satisfaction=satisfied,
            loyalty=loyalty,
            revenue=month.revenue,
            cost=month.cost,
        )

    def _add(self, table: str, **columns: NDArray[Any]) -> None:
        self.pages[table].append(columns)

    def _sorted(self, table: str, parts: Sequence[Columns]) -> None:
        """Bind the parts of a month in the order of time."""
        bound = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
        order = np.argsort(bound["at"], kind="stable")
        self._add(table, **{name: values[order] for name, values in bound.items()})

    def _bound(self, table: str) -> Columns:
        pages = self.pages.pop(table)
        return {n: np.concatenate([page[n] for page in pages]) for n in pages[0]}

    def frames(self) -> dict[str, pd.DataFrame]:
        """Bind the book: one DataFrame a table."""
        branch = _ids("B", self.engine.branches, digits=3)
        customers, names = self._customers(branch)
        employees, staff = self._employees(branch)
        found = {
            "branches": self._branches(branch),
            "employees": employees,
            "customers": customers,
        }
        at = self._bound("touches")
        found["touches"] = pd.DataFrame(
            {
                "touch_id": _ids("T", len(at["row"])),
                "customer_id": _of(names, at["row"]),
                "time": dates(at["at"]),
                "kind": _of(pd.Index(TOUCHES), at["kind"]),
                "size": at["size"] / 100,
                "expectation": at["expects"] / 100,
            }
        )
        found["contacts"] = self._contacts(names, staff)
        at = self._bound("surveys")
        answers = ("met", "satisfaction", "recommend", "stay", "quality", "value")
        found["surveys"] = pd.DataFrame(
            {
                "survey_id": _ids("S", len(at["row"])),
                "customer_id": _of(names, at["row"]),
                "branch_id": _of(branch, at["branch"]),
                "time": dates(at["at"]),
                **{word: at[word].astype(np.int64) for word in answers},
            }
        )
        at = self._bound("purchases")
        found["purchases"] = pd.DataFrame(
            {
                "purchase_id": _ids("P", len(at["row"])),
                "customer_id": _of(names, at["row"]),
                "date": days(at["at"]),
                "amount": at["cents"] / 100,
            }
        )
        found["months"] = self._months(branch)
        return {name: found[name] for name in TABLES}

    def _branches(self, branch: pd.Index) -> pd.DataFrame:
        key = self.engine.branch_key
        back = -np.floor(uniform(key, "opened") * _YEARS * 365) * DAY
        region = np.floor(uniform(key, "region") * len(REGIONS)).astype(np.int64)
        return pd.DataFrame(
            {
                "branch_id": branch.array,
                "opened": days(back.astype(np.int64) - 11 * 365 * DAY),
                "region": _of(pd.Index(REGIONS), region),
            }
        )

    def _customers(self, branch: pd.Index) -> tuple[pd.DataFrame, pd.Index]:
        at = self._bound("customers")
        names = _ids("C", len(at["branch"]))
        left = np.full(len(names), np.datetime64("NaT", "s"))
        left[np.concatenate(self.left[0])] = days(np.concatenate(self.left[1]))
        frame = pd.DataFrame(
            {
                "customer_id": names.array,
                "branch_id": _of(branch, at["branch"]),
                "joined": days(at["joined"]),
                "left": left,
                "acquired_by": _of(
                    pd.Index(["adverts", "a friend"]), at["friend"].astype(np.int8)
                ),
            }
        )
        return frame, names

    def _employees(self, branch: pd.Index) -> tuple[pd.DataFrame, pd.Index]:
        staff = self.engine.staff
        felt = np.empty(staff.rows)
        felt[staff.row.ravel()] = staff.satisfaction.ravel()
        left = np.full(staff.rows, np.datetime64("NaT", "s"))
        for one in staff.left:
            felt[one.row] = one.felt
            left[one.row] = days(one.at)
        names = _ids("E", staff.rows)
        frame = pd.DataFrame(
            {
                "employee_id": names.array,
                "branch_id": _of(branch, np.concatenate(staff.home)),
                "joined": days(np.concatenate(staff.joined)),
                "left": left,
                "satisfaction": felt,
            }
        )
        return frame, names

    def _contacts(self, names: pd.Index, staff: pd.Index) -> pd.DataFrame:
        at = self._bound("contacts")
        web = at["employee"] < 0
        effort = at["effort"].astype(float)
        effort[at["effort"] == 0] = np.nan
        minutes = at["minutes"] / 10
        minutes[web] = np.nan
        return pd.DataFrame(
            {
                "contact_id": _ids("K", len(web)),
                "customer_id": _of(names, at["row"]),
                "time": dates(at["at"]),
                "channel": _of(pd.Index(list(CHANNELS)), at["channel"]),
                "issue": _of(pd.Index(KINDS), at["issue"]),
                "effort": effort,
                "resolved": at["marked"],
                "transfers": at["transfers"].astype(np.int64),
                "repeated_information": at["repeats"],
                "minutes": minutes,
                "employee_id": _of(staff, at["employee"]),
            }
        )

    def _months(self, branch: pd.Index) -> pd.DataFrame:
        at = self._bound("months")
        first = FIRST.astype("datetime64[M]") + at.pop("number")
        home = at.pop("branch")
        frame = pd.DataFrame(
            {
                "month": first.astype("datetime64[s]"),
                "branch_id": _of(branch, home),
                **at,
            }
        )
        return frame.assign(profit=(frame["revenue"] - frame["cost"]).round(2))


def _hundred(points: NDArray[np.float64]) -> NDArray[np.int16]:
    return np.asarray(np.rint(100 * points).astype(np.int16))


def _ids(letter: str, count: int, *, digits: int = 8) -> pd.Index:
    """Return so many ids, as C00000001, without a Python string for each."""
    text = np.empty((count, digits + 1), dtype=np.uint8)
    text[:, 0] = ord(letter)
    left = np.arange(1, count + 1)
    for place in range(digits, 0, -1):
        left, digit = np.divmod(left, 10)
        text[:, place] = digit + ord("0")
    ends = np.arange(count + 1, dtype=np.int64) * (digits + 1)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(text)]
    words = pa.Array.from_buffers(pa.large_string(), count, buffers)
    names: pd.Index = pd.Index(pd.array(words, dtype="str"))
    return names


def _of(names: pd.Index, codes: Numbers) -> pd.Categorical:
    """Return names by their places; -1 is missing."""
    return pd.Categorical.from_codes(codes, categories=names)
