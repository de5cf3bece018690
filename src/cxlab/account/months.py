"""The months in which customers could leave, laid out with what was booked before.

One row is one customer in one month. Laid out so, any account can be held against who
left: each row has the balance at the opening of its month, and nothing later.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.account.ledger import check_touches
from cxlab.account.rules import Rules

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Months:
    """One row for every month that a customer could leave in, with its touches.

    Rows run through the customers, month by month.
    """

    customers: pd.Index  # names, in the order of the accounts
    row_customer: Ints  # account of each row
    row_month: Ints  # 1 is the first
    left: Bools  # whether the customer left in this month
    touch_customer: Ints  # account of each touch
    touch_month: Floats
    touch_gap: Floats  # size less expectation

    @property
    def n(self) -> int:
        """How many customers."""
        return len(self.customers)

    @cached_property
    def span(self) -> int:
        """The longest that anybody was seen, months."""
        return int(self.row_month.max())

    @cached_property
    def bins(self) -> tuple[Ints, Floats]:
        """Place of each touch in a table (month, customer), and its wait till then.

        Touches later than the opening of the last month are never used, and stand in a
        column that is not read.
        """
        end = np.clip(np.ceil(self.touch_month), 0, self.span)
        place = end.astype(np.int64) * self.n + self.touch_customer
        return place, np.maximum(end - self.touch_month, 0.0)

    def opening(self, rules: Rules) -> Floats:
        """Return the balance at the opening of every row's month."""
        return rules.balance(self.opening_sums(rules)[0])

    def opening_sums(self, rules: Rules) -> tuple[Floats, Floats]:
        """Return what is left of both signs at every row, and its slope in the decay.

        Returns
        -------
        sums, slopes : ndarray, shape (rows, 2)
            ``slopes`` is the derivative by the sign's own decay.
        """
        if rules.buffer or rules.forgetting != "exponential":
            raise ValueError(
                f"buffer={rules.buffer}, forgetting={rules.forgetting!r}: months are "
                "laid out for plain exponential accounts. For others, ask "
                "opening_balances."
            )
        came, lost = self._monthly(rules)
        sums = np.empty((2, self.span, self.n))
        slopes = np.empty_like(sums)
        for sign, step in enumerate(rules.kept(1).tolist()):
            total, slope = np.zeros(self.n), np.zeros(self.n)
            for month in range(self.span):
                slope = step * (slope - total)
                if lost is not None:
                    slope -= lost[sign][month]
                total = step * total + came[sign][month]
                sums[sign, month], slopes[sign, month] = total, slope
        rows = (self.row_month - 1) * self.n + self.row_customer
        return sums.reshape(2, -1)[:, rows].T, slopes.reshape(2, -1)[:, rows].T

    def _monthly(self, rules: Rules) -> tuple[list[Floats], list[Floats] | None]:
        """Return what is left of a month's touches at its end, and its slope, by sign.

        There is no slope where every touch is booked at the end of its month.
        """
        place, wait = self.bins
        if rules.curvature == 1 and not wait.any():
            return self._booked, None
        now = rules.worth(self.touch_gap) * rules.kept(wait)
        late = now * wait[:, None]
        came, lost = ([self._table(place, v) for v in x.T] for x in (now, late))
        return came, lost

    @cached_property
    def _booked(self) -> list[Floats]:
        worth = Rules().worth(self.touch_gap)
        return [self._table(self.bins[0], values) for values in worth.T]

    def _table(self, place: Ints, values: Floats) -> Floats:
        """Add values up by month and customer, shape (span + 1, n)."""
        table = np.bincount(place, weights=values, minlength=(self.span + 1) * self.n)
        return np.asarray(table, dtype=np.float64).reshape(-1, self.n)

    def last_touch(self, rules: Rules) -> Floats:
        """Return at every row what the last month with a touch was worth, unfaded.

        Returns
        -------
        ndarray, shape (rows, 2)
            Deposits and withdrawals of that month; 0 before the first touch.
        """
        place, _ = self.bins
        worth = rules.worth(self.touch_gap)
        touched = self._table(place, np.ones(len(place))) > 0
        when = np.where(touched, np.arange(self.span + 1)[:, None], 0)
        last = np.maximum.accumulate(when, axis=0)
        tables = [self._table(place, worth[:, sign]) for sign in (0, 1)]
        both = np.stack([np.take_along_axis(t, last, axis=0) for t in tables], axis=-1)
        return both[self.row_month - 1, self.row_customer]

    def ever(self, touches: ArrayLike) -> Floats:
        """Return 1 at rows whose customer has had one of these touches before, else 0.

        Parameters
        ----------
        touches : array_like of bool
            Which of the touches count, in the order in which they were given.
        """
        place, _ = self.bins
        hit = self._table(place, np.asarray(touches, dtype=float)) > 0
        so_far = np.logical_or.accumulate(hit, axis=0)
        seen: Floats = so_far[self.row_month - 1, self.row_customer].astype(float)
        return seen


def customer_months(touches: pd.DataFrame, customers: pd.DataFrame) -> Months:
    """Lay touches and customers out by the months in which each could leave.

    Parameters
    ----------
    touches : DataFrame
        As for ``balances``.
    customers : DataFrame
        One row a customer: customer, months, left, as for ``hazard_table``.

    Raises
    ------
    ValueError
        If a touch belongs to nobody, or comes after its customer has left.
    """
    check_touches(touches)
    check_customers(customers)
    names = pd.Index(customers["customer"])
    if not names.is_unique:
        raise ValueError("a customer stands twice among the customers: one row each.")
    who = names.get_indexer(pd.Index(touches["customer"]))
    if (who < 0).any():
        row = int(np.argmax(who < 0))
        raise ValueError(
            f"the touch in row {row} is of {touches['customer'].iloc[row]!r}, who is "
            "not among the customers. Give both tables for the same customers."
        )
    months = customers["months"].to_numpy(dtype=np.int64)
    left = customers["left"].to_numpy()
    when = touches["month"].to_numpy(dtype=float)
    late = left[who] & (when > months[who])
    if late.any() or (when < 0).any():
        row = int(np.argmax(late | (when < 0)))
        raise ValueError(
            f"the touch in row {row} is of month {when[row]:g}: touches lie between 0 "
            "and the month in which their customer left. Has a name been used twice?"
        )
    rows = np.repeat(np.arange(len(names)), months)
    month = np.arange(len(rows)) - np.repeat(months.cumsum() - months, months) + 1
    return Months(
        customers=names,
        row_customer=rows,
        row_month=month,
        left=left[rows] & (month == months[rows]),
        touch_customer=who.astype(np.int64),
        touch_month=when,
        touch_gap=(touches["size"] - touches["expectation"]).to_numpy(dtype=float),
    )


def check_customers(customers: pd.DataFrame) -> None:
    """Refuse customers whose months cannot be counted.

    Raises
    ------
    ValueError
        If a column is missing, or months or departures are not counted.
    """
    for name in ("months", "left"):
        if name not in customers:
            raise ValueError(
                f"the customers lack the column {name}. Give one row a customer, with "
                "months (seen, whole) and left (True or False)."
            )
    months = customers["months"]
    if not len(customers) or customers["left"].dtype != bool:
        raise ValueError(
            f"{len(customers)} customers, left is {customers['left'].dtype}: give at "
            "least one, and True or False in the column left."
        )
    if (months < 1).any() or (months % 1 != 0).any():
        raise ValueError(
            f"months from {months.min()} to {months.max()}: count whole months, and at "
            "least 1; a customer who was never seen belongs in no row."
        )
