"""Customer-months: who could leave in each month, who did, and what came before.

Every reading of the capstone is one comparison of two groups of customer-months. What
happened to a customer in one month is set against leaving in the *next*: a contact in
which somebody cancels must not count as the cause of the cancelling. And the watch
begins with the first departure: a table lists those who joined years ago only if they
were still there when it was begun, and years in which nobody could be seen to leave
would make every customer look loyal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, kw_only=True)
class CustomerMonths:
    """A row for each customer and a column for each calendar month.

    Examples
    --------
    Two customers. One joins in January and leaves in March; the other joins in February
    and stays. They are watched from March, for nobody left before, to April:

    >>> customers = pd.DataFrame({"customer_id": ["a", "b"],
    ...     "joined": pd.to_datetime(["2024-01-10", "2024-02-01"]),
    ...     "left": pd.to_datetime(["2024-03-20", None])})
    >>> watched = customer_months(customers, until=pd.Timestamp("2024-04-30"))
    >>> watched.here.astype(int).tolist()
    [[1, 0], [1, 1]]
    >>> watched.left.astype(int).tolist()
    [[1, 0], [0, 0]]
    """

    first: int  # the first month, in months since 1970
    ids: pd.Index  # customers, one per row
    joined: Ints  # day on which each joined, in days since 1970
    here: Bools  # a customer when the month opens
    left: Bools  # left within the month

    @property
    def shape(self) -> tuple[int, int]:
        """Customers, and months."""
        rows, columns = self.here.shape
        return rows, columns

    def column(self, times: pd.Series) -> Ints:
        """Return the column of the month of each moment; it may lie outside."""
        return _month_numbers(times) - self.first

    def after(
        self, customers: pd.Series, times: pd.Series, *, months: int = 1
    ) -> Bools:
        """Mark the months that follow a month in which a customer met something.

        Only months that a customer began as one are marked.
        """
        marked = np.zeros(self.shape, dtype=bool)
        rows = self.ids.get_indexer(pd.Index(customers))
        first = self.column(times)
        for later in range(1, months + 1):
            columns = first + later
            inside = (rows >= 0) & (columns >= 0) & (columns < self.shape[1])
            marked[rows[inside], columns[inside]] = True
        return marked & self.here

    def younger(self, days: int) -> Bools:
        """Mark the months that open before a customer has been one for some days."""
        opens = (
            (self.first + np.arange(self.shape[1]))
            .astype("datetime64[M]")
            .astype("datetime64[D]")
            .astype(np.int64)
        )
        young: Bools = opens[None, :] - self.joined[:, None] < days
        return young & self.here

    def count(self, marked: Bools) -> tuple[int, int]:
        """Return how many left in the marked months, and how many months they are."""
        return int((self.left & marked).sum()), int((self.here & marked).sum())

    def people(self, marked: Bools) -> int:
        """Return how many customers have a marked month."""
        return int((self.here & marked).any(axis=1).sum())


def _month_numbers(times: pd.Series) -> Ints:
    moments = pd.to_datetime(times).to_numpy(dtype="datetime64[ns]")
    numbers = moments.astype("datetime64[M]").astype(np.int64)
    return np.where(np.isnat(moments), _NEVER, numbers)


def customer_months(customers: pd.DataFrame, *, until: pd.Timestamp) -> CustomerMonths:
    """Lay out who could leave in each whole month, and who did.

    Parameters
    ----------
    customers
        A row each: ``customer_id``, ``joined``, ``left`` (missing: still a customer).
    until
        The last day that was watched; a month that was not watched to its end, as
        those after it, is left out.

    Raises
    ------
    ValueError
        If a column is missing, an id comes twice, or no whole month was watched.
    """
    missing = {"customer_id", "joined"} - set(customers.columns)
    if missing or customers["customer_id"].duplicated().any():
        lacks = ", ".join(sorted(missing)) or "unique ids"
        raise ValueError(
            f"The table of customers lacks {lacks}. "
            "Give a row for each customer: customer_id, joined and left (empty: still "
            "a customer)."
        )
    gone = customers.get("left", pd.Series(pd.NaT, index=customers.index))
    joined, left = _month_numbers(customers["joined"]), _month_numbers(gone)
    first = int(joined.min()) if len(joined) else 0
    if (left < _NEVER).any():  # before the first departure, nobody was watched
        first = max(first, int(left.min()))
    last = _last_whole_month(until)
    months = np.arange(first, last + 1)
    here = (joined[:, None] < months) & (left[:, None] >= months)
    if not here.any():
        raise ValueError(
            f"{len(customers)} customers watched until {until:%Y-%m-%d}: no month was "
            "watched from its first day to its last. Give a longer table."
        )
    days = pd.to_datetime(customers["joined"]).to_numpy(dtype="datetime64[D]")
    return CustomerMonths(
        first=first,
        ids=pd.Index(customers["customer_id"]),
        joined=days.astype(np.int64),
        here=here,
        left=here & (left[:, None] == months),
    )


def _last_whole_month(until: pd.Timestamp) -> int:
    day = np.datetime64(until.normalize(), "D")
    month = day.astype("datetime64[M]")
    ends = (day + 1).astype("datetime64[M]") > month
    return int(month.astype(np.int64)) - (0 if ends else 1)


def last_seen(tables: Mapping[str, pd.DataFrame]) -> pd.Timestamp:
    """Return the latest moment in any of the tables: until then all were watched.

    Examples
    --------
    >>> customers = pd.DataFrame({"joined": ["2024-01-10"], "left": [None]})
    >>> contacts = pd.DataFrame({"time": ["2024-05-31 17:00"]})
    >>> last_seen({"customers": customers, "contacts": contacts})
    Timestamp('2024-05-31 17:00:00')
    """
    named = {"joined", "left", "time", "date"}
    moments = [
        pd.to_datetime(table[column]).max()
        for table in tables.values()
        for column in table.columns
        if column in named and table[column].notna().any()
    ]
    if not moments:
        raise ValueError(
            "No table holds a date. Give customers, with the day on which each joined."
        )
    return max(moments)
