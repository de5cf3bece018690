"""A month of touches, booked: what was felt less what was expected, into the account.

Within a month everybody's expectation stands still; at its end it moves by a part of
what the month's touches were above or below it. What is booked fades from the hour of
the touch, by the rules of ``cxlab.account``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxlab.company.people import People, hundredths
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Touches:
    """Touches of one kind in a month, at most one for each customer."""

    kind: str
    who: Ints  # place among the people of the month
    at: Ints  # seconds
    size: Floats  # points, two decimals
    expects: Floats  # points, two decimals

    @property
    def gap(self) -> Floats:
        """Size less expectation, points."""
        return self.size - self.expects


class Booking:
    """The touches of one month, and what they do at its end."""

    def __init__(self, truth: Truth, people: People, *, first: int, last: int) -> None:
        """Open the month's page."""
        self.truth, self.people = truth, people
        self.first, self.last = first, last
        self.touches: list[Touches] = []
        self.came = np.zeros((2, len(people)))
        self.felt = np.zeros(len(people))
        self.times = np.zeros(len(people), dtype=np.int8)

    def book(self, kind: str, who: Ints, at: Ints, size: Floats) -> Touches:
        """Book touches of one kind, at most one for each customer.

        Parameters
        ----------
        who
            Places among the people of the month.
        size
            Points as felt; they are put on the scale of 1-7, with two decimals.
        """
        felt = hundredths(np.clip(size, 1, 7))
        one = Touches(
            kind=kind, who=who, at=at, size=felt, expects=self.people.expects[who]
        )
        self.touches.append(one)
        rules = self.truth.rules
        wait = (self.last - at) / (self.last - self.first)
        worth = rules.worth(one.gap) * rules.kept(wait)
        self.came[0, who] += worth[:, 0]
        self.came[1, who] += worth[:, 1]
        self.felt[who] += felt
        self.times[who] += 1
        return one

    def close(self) -> None:
        """Let a month fade, add what came, and let everybody learn what to expect."""
        people, truth = self.people, self.truth
        keep, fade = truth.rules.kept(1.0).tolist()
        people.deposits *= keep
        people.deposits += self.came[0]
        people.withdrawals *= fade
        people.withdrawals += self.came[1]
        met = np.flatnonzero(self.times)
        before = people.expects[met]
        surprise = self.felt[met] / self.times[met] - before
        people.expects[met] = hundredths(before + truth.learns * surprise)

    def told(self, branches: int) -> tuple[Ints, Ints]:
        """Count by branch the touches so good, and so bad, that they are told."""
        good, bad = (np.zeros(branches, dtype=np.int64) for _ in range(2))
        for one in self.touches:
            home, gap = self.people.branch[one.who], one.gap
            line = self.truth.told_gap - 1e-9  # two decimals, and a line on them
            good += np.bincount(home[gap >= line], minlength=branches)
            bad += np.bincount(home[gap <= -line], minlength=branches)
        return good, bad
