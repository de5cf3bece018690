"""The room's own gap: managers answer as a firm, then as customers.

"Does your company deliver a superior experience?" Then: "Think of the last company
that you were a customer of. Did it?" Each manager gives two letters, and the room has a
delivery gap of its own, with the interval that so few people allow.
"""

import re
from dataclasses import dataclass
from math import sqrt

import pandas as pd

from cxlab.intervals import share, z_value
from cxlab.results import Estimate, tidy

_ANSWERS = {"y": True, "n": False}


def read_room(text: str) -> pd.DataFrame:
    """Read the room's answers: two letters per manager, as firm and as customer.

    Parameters
    ----------
    text : str
        Such as ``"YN YY NN"``: Y or N for the own company, then Y or N for the
        company one was a customer of. Spaces, commas or new lines between managers.

    Returns
    -------
    DataFrame
        One row per manager: ``as_firm`` and ``as_customer``, True or False.

    Raises
    ------
    ValueError
        If a manager's answer is not two letters Y or N; he is named by his place.

    Examples
    --------
    >>> read_room("YN, yy NN")["as_firm"].tolist()
    [True, True, False]
    """
    answers = [a for a in re.split(r"[\s,;]+", text.strip()) if a]
    if not answers:
        raise ValueError(
            "the room is empty. Type two letters per manager, as a firm and as a "
            "customer, with spaces between managers: 'YN YY NN'."
        )
    rows = []
    for place, answer in enumerate(answers, start=1):
        letters = answer.casefold()
        if len(letters) != 2 or not set(letters) <= set(_ANSWERS):
            raise ValueError(
                f"manager {place} answered {answer!r}. Type two letters, Y or N: first "
                "as a firm, then as a customer, such as 'YN'."
            )
        rows.append([_ANSWERS[letter] for letter in letters])
    index = pd.RangeIndex(1, len(rows) + 1, name="manager")
    return pd.DataFrame(rows, columns=["as_firm", "as_customer"], index=index)


@dataclass(frozen=True, kw_only=True)
class RoomGap:
    """What the room believes as firms, what it gets as customers, and the gap."""

    as_firm: Estimate  # share of managers who say yes of their own company
    as_customer: Estimate  # share who say yes as customers
    gap: Estimate  # the one less the other, same managers, share
    only_as_firm: int  # said yes as a firm and no as a customer
    only_as_customer: int

    def summary(self) -> pd.DataFrame:
        """Return both shares and the gap as the tidy table."""
        return tidy([self.as_firm, self.as_customer, self.gap])

    def __str__(self) -> str:
        """Say the gap in points with its interval."""
        n = self.gap.n or 0
        low, high = 100 * (self.gap.low or 0), 100 * (self.gap.high or 0)
        return (
            f"{n * self.as_firm.estimate:.0f} of {n} managers say yes as a firm, "
            f"{n * self.as_customer.estimate:.0f} as customers: a gap of "
            f"{100 * self.gap.estimate:.0f} points ({low:.0f} to {high:.0f})."
        )

    def describe(self) -> str:
        """Say what a picture of the room shows."""
        return (
            f"Two shares of the same {self.gap.n} managers with their intervals. {self}"
        )


def room_gap(room: pd.DataFrame, *, level: float = 0.95) -> RoomGap:
    """Return the room's delivery gap with its interval; each manager is a pair.

    Parameters
    ----------
    room : DataFrame
        One row per manager: ``as_firm`` and ``as_customer``, True or False.

    Notes
    -----
    Only managers who answered differently move the gap. For the interval half an
    imaginary manager is counted into each of the four kinds of answer, so that a room
    of one opinion is not reported without a margin.

    References
    ----------
    Agresti & Min (2005), Statistics in Medicine 24, 729-740.

    Examples
    --------
    Eight managers, six of whom see the gap.

    >>> found = room_gap(read_room("YN YN YN YN YN YN YY NN"))
    >>> print(found)
    7 of 8 managers say yes as a firm, 1 as customers: a gap of 75 points (24 to 96).
    """
    n = len(room)
    firm, customer = room["as_firm"].sum(), room["as_customer"].sum()
    only_firm = int((room["as_firm"] & ~room["as_customer"]).sum())
    only_customer = int((~room["as_firm"] & room["as_customer"]).sum())
    difference = only_firm - only_customer
    middle = difference / (n + 2)
    variance = (only_firm + only_customer + 1 - difference**2 / (n + 2)) / (n + 2) ** 2
    reach = z_value(level) * sqrt(variance)
    return RoomGap(
        as_firm=share(int(firm), n, quantity="yes as a firm", level=level),
        as_customer=share(int(customer), n, quantity="yes as a customer", level=level),
        gap=Estimate(
            quantity="gap of the room",
            estimate=difference / n,
            low=max(middle - reach, -1.0),
            high=min(middle + reach, 1.0),
            level=level,
            n=n,
            unit="share",
        ),
        only_as_firm=only_firm,
        only_as_customer=only_customer,
    )
