"""What befalls customers in a month: service, gestures, failures, issues."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from cxlab.company import contacts as doors
from cxlab.company.booking import Booking
from cxlab.company.calendar import DAY, when
from cxlab.company.contacts import (
    AGAIN,
    COMPLAINS,
    COMPLAINT,
    FIRST,
    KINDS,
    WAITED,
    Callbacks,
    Contacts,
)
from cxlab.company.draws import Luck
from cxlab.company.people import People
from cxlab.company.staff import Staff, StaffMonth
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EARLY = 3  # months after that of joining which are a customer's first
_MEND_DAYS = 6  # before a month ends its failures are over, and put right or not


class Events:
    """One month of those who stay.

    Parameters
    ----------
    people
        Who stays, as the month opens.
    staff, brought
        Who works in the branches, and what the month brought to them.
    reach
        How far a plan's strategies reach in each branch, 0-1.
    month, first, last
        Which month, from 0, and when it starts and ends, seconds.
    """

    def __init__(
        self,
        truth: Truth,
        people: People,
        *,
        staff: Staff,
        brought: StaffMonth,
        reach: Mapping[str, Floats],
        month: int,
        first: int,
        last: int,
    ) -> None:
        """Open the month's page."""
        self.truth, self.people, self.staff, self.reach = truth, people, staff, reach
        self.month, self.first, self.last = month, first, last
        self.luck = Luck(of=people.key, month=month)
        self.booking = Booking(truth, people, first=first, last=last)
        self.service = brought.service[people.branch]
        self.contacts: list[Contacts] = []
        self.cost = np.zeros(len(brought.service))  # by branch, money

    def serve(self) -> None:
        """Draw everyday touches, and gestures that go beyond what is expected."""
        truth, luck = self.truth, self.luck
        who = np.flatnonzero(luck.chance("touched") < truth.service_share)
        mine = luck.some(who)
        size = self.service[who] + truth.service_sd * mine.scatter("touch size")
        at = when(mine.chance("touched when"), self.first, self.last)
        self.booking.book("service", who, at, size)
        share = truth.gesture_share + truth.delight_gestures * self.reach["delight"]
        who = np.flatnonzero(luck.chance("gesture") < share[self.people.branch])
        mine = luck.some(who)
        at = when(mine.chance("gesture when"), self.first, self.last)
        self._beyond("gesture", who, at, truth.gesture_gap, mine)

    def fail(self) -> None:
        """Draw failures, who complains, and what is put right."""
        truth, people = self.truth, self.people
        rate = np.exp(-truth.failure_service * (self.service - truth.service))
        who = np.flatnonzero(self.luck.chance("fails") < truth.failure_share * rate)
        luck = self.luck.some(who)
        at = when(luck.chance("fails when"), self.first, self.last - _MEND_DAYS * DAY)
        self._beyond("failure", who, at, -truth.failure_gap, luck)
        speaks = truth.voice * people.bond[who]
        speaks += np.sqrt(1 - truth.voice**2) * luck.scatter("speaks")
        complains = speaks > ndtri(1 - truth.complain_share)
        reach = self.reach["recovery"][people.branch[who]]
        noticed = luck.chance("noticed") < truth.recovery_noticed * reach
        open_ = (1 - truth.mended_share) * (1 - truth.recovery_mended * reach)
        mended = (complains | noticed) & (luck.chance("mended") >= open_)
        wait = luck.chance("mended when")
        calls = Callbacks(
            who=who,
            at=at + 1 + np.floor(wait * 2 * DAY).astype(np.int64),
            issue=np.full(len(who), KINDS.index(COMPLAINT)),
            channel=doors.channel_of(luck.again(COMPLAINS)),
        )
        self._contact(calls.keep(complains), turn=COMPLAINS, done=mended[complains])
        at = at + 2 * DAY + 2 + np.floor(wait * 3 * DAY).astype(np.int64)
        right, mine = who[mended], luck.some(mended)
        self._beyond("recovery", right, at[mended], truth.mended_gap, mine)
        self._pay(truth.mending * np.ones(len(right)), right)

    def issues(self, waiting: Callbacks | None) -> Callbacks:
        """Draw new issues, and callbacks; return those that come next month.

        Parameters
        ----------
        waiting
            Who comes back this month about an issue of the last.
        """
        truth, people = self.truth, self.people
        early = self.month - people.since <= EARLY
        share = np.full(len(people), truth.issue_share)
        reach = self.reach["onboarding"][people.branch[early]]
        more = (truth.early_issues - 1) * (1 - truth.onboarding_cut * reach)
        share[early] *= 1 + more
        who = np.flatnonzero(self.luck.chance("issue") < share)
        luck = self.luck.some(who)
        calls = Callbacks(
            who=who,
            at=when(luck.chance("issue when"), self.first, self.last),
            issue=doors.issue_kind(luck),
            channel=doors.channel_of(luck),
        )
        made = self._contact(calls, turn=FIRST)
        again = doors.come_back(truth, made, luck)
        soon = again.at < self.last
        if waiting is not None:
            self._contact(waiting, turn=WAITED)
        self._contact(again.keep(soon), turn=AGAIN)
        return again.keep(~soon)

    def _contact(
        self, calls: Callbacks, *, turn: int, done: Bools | None = None
    ) -> Contacts:
        """Let contacts take place, book them, and pay for them."""
        home, luck = self.people.branch[calls.who], self.luck.some(calls.who)
        made = doors.contacts(
            self.truth,
            calls,
            luck.again(turn),
            home=home,
            staff=self.staff,
            service=self.service[calls.who],
            ease=self.reach["ease"][home],
            done=done,
        )
        size = doors.felt_as(self.truth, made, luck.again(turn))
        self.booking.book("contact", made.who, made.at, size)
        self.contacts.append(made)
        self._pay(self.truth.minute * made.minutes, made.who)
        return made

    def _beyond(self, kind: str, who: Ints, at: Ints, gap: float, luck: Luck) -> None:
        """Book touches that lie so far above or below what is expected."""
        size = self.people.expects[who] + gap
        size = size + self.truth.contact_sd * luck.scatter(f"{kind} size")
        self.booking.book(kind, who, at, size)

    def _pay(self, money: Floats, who: Ints) -> None:
        """Add to the cost of the branches of these customers."""
        self.cost += np.bincount(self.people.branch[who], money, len(self.cost))
