"""The ledger: touches are only ever added, and every balance is read off them.

As at a bank, nothing is changed or struck out; what was booked wrongly is booked back.
So a balance of the past can be read again at any time, and nothing that happens later
can change it.
"""

from collections.abc import Hashable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.account.fold import State, book
from cxlab.account.power import fold_history
from cxlab.account.rules import Rules
from cxlab.account.scan import Folded, fold

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COLUMNS = ("customer", "month", "kind", "size", "expectation")
_NUMBERS = ("month", "size", "expectation")


def balances(touches: pd.DataFrame, *, rules: Rules) -> "pd.Series[float]":
    """Return every customer's balance after each touch, from a log in any order.

    Parameters
    ----------
    touches : DataFrame
        One row a touch: customer, month (months since the start, with fractions), kind
        (in words), size and expectation (points of one scale, high is good).
    rules
        How touches become a balance.

    Returns
    -------
    Series
        One per touch, points; touches of one instant are booked together.

    Examples
    --------
    >>> log = pd.DataFrame({"customer": "Ann", "month": [2, 1], "kind": "call",
    ...                     "size": [4, 6], "expectation": 5})
    >>> balances(log, rules=Rules(decay_deposit=0, decay_withdrawal=0)).tolist()
    [-1.25, 1.0]
    """
    after = np.empty(len(touches))
    for piece in _folded(touches, rules):
        after[piece.order] = rules.balance(piece.after)
    return pd.Series(after, index=touches.index, name="balance")


def opening_balances(
    touches: pd.DataFrame, asked: pd.DataFrame, *, rules: Rules
) -> Floats:
    """Return balances at the opening of months: nothing of the month itself counts.

    Month 1 runs from 0 to 1, month 2 from 1 to 2. At the opening of month 2, all
    touches up to 1 have been booked.

    Parameters
    ----------
    touches : DataFrame
        As for ``balances``.
    asked : DataFrame
        ``customer`` and ``month`` (1 is the first), one row a question.

    Returns
    -------
    ndarray, shape (len(asked),)
        Points; 0 for a customer with no touch before.
    """
    questions = pd.DataFrame(
        {
            "customer": asked["customer"],
            "month": asked["month"].astype(float) - 1,
            "kind": "question",
            "size": 0.0,
            "expectation": 0.0,
        }
    )
    everything = pd.concat(
        [touches[list(COLUMNS)], questions], ignore_index=True, sort=False
    )
    # a question is a touch that is worth nothing
    opening = np.asarray(balances(everything, rules=rules), dtype=np.float64)
    return opening[len(touches) :]


def _folded(touches: pd.DataFrame, rules: Rules) -> Iterator[Folded]:
    """Fold a log once its columns have been looked at."""
    check_touches(touches)
    month = touches["month"].to_numpy(dtype=float)
    gap = (touches["size"] - touches["expectation"]).to_numpy(dtype=float)
    doing = fold_history if rules.forgetting == "power" else fold
    return doing(codes(touches["customer"]), month, gap, rules=rules)


def codes(customers: pd.Series) -> Ints:
    """Return a small number for each customer, whatever names them."""
    ids = customers.to_numpy()
    if ids.dtype.kind in "iu" and len(ids) and 0 <= ids.min() <= ids.max() < 2**31:
        numbers: Ints = ids.astype(np.int64, copy=False)
        return numbers
    return np.asarray(pd.factorize(ids)[0], dtype=np.int64)


def check_touches(touches: pd.DataFrame) -> None:
    """Refuse a log that cannot be booked, and say which row is at fault.

    Raises
    ------
    ValueError
        If a column is missing, or a number is.
    """
    missing = [name for name in COLUMNS if name not in touches]
    if missing:
        raise ValueError(
            f"the touches lack the column(s) {', '.join(missing)}. A ledger needs "
            f"{', '.join(COLUMNS)}; for touches without an expectation, put 0 and give "
            "sizes above and below 0."
        )
    for name in _NUMBERS:
        fit = np.isfinite(touches[name].to_numpy(dtype=float))
        if not fit.all():
            raise ValueError(
                f"row {int(np.argmin(fit))} has no finite {name}. Leave such touches "
                "out on purpose, or find the number."
            )


class Ledger:
    """Accounts that are kept day by day: touches are added, and nothing else.

    Examples
    --------
    >>> day = {"kind": "call", "size": 6, "expectation": 5}
    >>> ledger = Ledger(Rules(decay_deposit=0))
    >>> ledger.book(pd.DataFrame([{"customer": "Ann", "month": 1, **day}]))
    >>> ledger.book(pd.DataFrame([{"customer": "Ann", "month": 3, **day}]))
    >>> ledger.balance("Ann")
    2.0
    """

    def __init__(self, rules: Rules) -> None:
        """Open a ledger without accounts; the first touch of a customer opens one."""
        if rules.forgetting == "power":
            raise ValueError(
                "power forgetting has no running balance: it needs the whole history. "
                "Keep the log, and ask balances(log, rules=rules)."
            )
        self.rules = rules
        self._pages: list[pd.DataFrame] = []
        self._states: dict[Hashable, State] = {}

    @property
    def touches(self) -> pd.DataFrame:
        """All touches so far, in the order in which they were booked; a copy."""
        if not self._pages:
            return pd.DataFrame(columns=list(COLUMNS))
        return pd.concat(self._pages, ignore_index=True)

    def book(self, touches: pd.DataFrame) -> None:
        """Add touches, oldest first; all of them, or none if one is refused.

        Raises
        ------
        ValueError
            If a touch lies before one that its customer has booked already.
        """
        check_touches(touches)
        page = touches[list(COLUMNS)].sort_values("month", kind="stable")
        states = dict(self._states)
        for customer, *touch in page[["customer", *_NUMBERS]].itertuples(index=False):
            month, size, expectation = (float(x) for x in touch)
            state = states.get(customer, State(month=month))
            states[customer] = book(state, (month, size, expectation), rules=self.rules)
        self._states, self._pages = states, [*self._pages, page.copy()]

    def balance(self, customer: Hashable, *, month: float | None = None) -> float:
        """Return a customer's balance after the last touch, or at a later month.

        Raises
        ------
        ValueError
            If the customer has no account yet.
        """
        if customer not in self._states:
            raise ValueError(
                f"{customer!r} has no account: it is opened by the first touch. "
                f"{len(self._states)} customers have one."
            )
        state = self._states[customer]
        now = state if month is None else state.at(month, self.rules)
        return now.balance(self.rules)
