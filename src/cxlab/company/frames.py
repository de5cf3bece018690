"""The company's tables: pages of small numbers, bound to frames that people can read.

Ids are strings; the ids of other tables and words are categories of strings.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cxlab.company.book import TOUCHES, Book
from cxlab.company.calendar import DAY, dates, days
from cxlab.company.contacts import CHANNELS, KINDS
from cxlab.company.draws import uniform
from cxlab.company.surveys import QUESTIONS

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
SOURCES = ("adverts", "a friend")
_OLDEST, _YOUNGEST = 24, 11  # years before the first day in which branches opened


def frames(book: Book) -> dict[str, pd.DataFrame]:
    """Bind the book: one DataFrame a table, in the order of ``TABLES``."""
    branch = ids("B", book.engine.branches, digits=3)
    made = {
        "branches": _branches(book, branch),
        "employees": _employees(book, branch),
        "customers": _customers(book, branch),
    }
    customer = pd.Index(made["customers"]["customer_id"].array)
    employee = pd.Index(made["employees"]["employee_id"].array)
    made["touches"] = _touches(book, customer)
    made["contacts"] = _contacts(book, customer, employee)
    made["surveys"] = _surveys(book, customer, branch)
    made["purchases"] = _purchases(book, customer)
    made["months"] = _months(book, branch)
    return made


def ids(letter: str, count: int, *, digits: int = 8) -> pd.Index:
    """Return so many ids, made at once: a Python string for each would take minutes.

    Examples
    --------
    >>> list(ids("C", 2, digits=3))
    ['C001', 'C002']
    """
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


def _of(names: pd.Index, places: NDArray[np.integer]) -> pd.Categorical:
    """Return names by their places; -1 is missing."""
    return pd.Categorical.from_codes(places, categories=names)


def _branches(book: Book, branch: pd.Index) -> pd.DataFrame:
    key = book.engine.branch_key
    years = _YOUNGEST + (_OLDEST - _YOUNGEST) * uniform(key, "opened")
    region = np.floor(uniform(key, "region") * len(REGIONS)).astype(np.int64)
    return pd.DataFrame(
        {
            "branch_id": branch.array,
            "opened": days(-np.floor(years * 365).astype(np.int64) * DAY),
            "region": _of(pd.Index(REGIONS), region),
        }
    )


def _employees(book: Book, branch: pd.Index) -> pd.DataFrame:
    staff = book.engine.staff
    felt, left = np.empty(staff.rows), _never(staff.rows)
    felt[staff.row.ravel()] = staff.satisfaction.ravel()
    for one in staff.left:
        felt[one.row], left[one.row] = one.felt, days(one.at)
    return pd.DataFrame(
        {
            "employee_id": ids("E", staff.rows).array,
            "branch_id": _of(branch, np.concatenate(staff.home)),
            "joined": days(np.concatenate(staff.joined)),
            "left": left,
            "satisfaction": felt,
        }
    )


def _customers(book: Book, branch: pd.Index) -> pd.DataFrame:
    at, gone = book.bound("customers"), book.bound("left")
    left = _never(len(at["branch"]))
    left[gone["row"]] = days(gone["at"])
    return pd.DataFrame(
        {
            "customer_id": ids("C", len(left)).array,
            "branch_id": _of(branch, at["branch"]),
            "joined": days(at["joined"]),
            "left": left,
            "acquired_by": _of(pd.Index(SOURCES), at["friend"].astype(np.int8)),
        }
    )


def _touches(book: Book, customer: pd.Index) -> pd.DataFrame:
    at = book.bound("touches")
    return pd.DataFrame(
        {
            "touch_id": ids("T", len(at["row"])).array,
            "customer_id": _of(customer, at["row"]),
            "time": dates(at["at"]),
            "kind": _of(pd.Index(TOUCHES), at["kind"]),
            "size": at["size"] / 100,
            "expectation": at["expects"] / 100,
        }
    )


def _contacts(book: Book, customer: pd.Index, employee: pd.Index) -> pd.DataFrame:
    at = book.bound("contacts")
    asked, met = at["effort"] > 0, at["employee"] >= 0
    return pd.DataFrame(
        {
            "contact_id": ids("K", len(asked)).array,
            "customer_id": _of(customer, at["row"]),
            "time": dates(at["at"]),
            "channel": _of(pd.Index(list(CHANNELS)), at["channel"]),
            "issue": _of(pd.Index(KINDS), at["issue"]),
            "effort": np.where(asked, at["effort"].astype(float), np.nan),
            "resolved": at["marked"],
            "transfers": at["transfers"].astype(np.int64),
            "repeated_information": at["repeats"],
            "minutes": np.where(met, at["tenths"] / 10, np.nan),
            "employee_id": _of(employee, at["employee"]),
        }
    )


def _surveys(book: Book, customer: pd.Index, branch: pd.Index) -> pd.DataFrame:
    at = book.bound("surveys")
    table = pd.DataFrame(
        {
            "survey_id": ids("S", len(at["row"])).array,
            "customer_id": _of(customer, at["row"]),
            "branch_id": _of(branch, at["branch"]),
            "time": dates(at["at"]),
            **{name: at[name].astype(np.int64) for name in QUESTIONS},
        }
    )
    effort = np.where(at["effort"] > 0, at["effort"].astype(float), np.nan)
    table.insert(list(table.columns).index("recommend"), "effort", effort)
    return table


def _purchases(book: Book, customer: pd.Index) -> pd.DataFrame:
    at = book.bound("purchases")
    return pd.DataFrame(
        {
            "purchase_id": ids("P", len(at["row"])).array,
            "customer_id": _of(customer, at["row"]),
            "date": days(at["at"]),
            "amount": at["cents"] / 100,
        }
    )


def _months(book: Book, branch: pd.Index) -> pd.DataFrame:
    at = book.bound("months")
    start, home = dates(at.pop("start")), _of(branch, at.pop("branch"))
    # six decimals: computers that add in another order still agree
    numbers = {name: np.round(values, 6) for name, values in at.items()}
    table = pd.DataFrame({"month": start, "branch_id": home, **numbers})
    return table.assign(profit=(table["revenue"] - table["cost"]).round(2))


def _never(count: int) -> NDArray[Any]:
    """Return so many moments that have not come."""
    return np.full(count, np.datetime64("NaT", "s"))
