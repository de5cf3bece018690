"""The months of one company, or of many replays of it side by side.

A month runs so: branches and their people move on; every customer decides, by what has
happened up to its opening, whether to leave; whoever stays is served, meets failures,
has issues and buys; the touches are booked; some are asked; others join. Whoever leaves
does nothing else in that month, and whoever joins makes a first purchase only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from cxlab.company import contacts as doors
from cxlab.company.booking import Booking, Touches
from cxlab.company.calendar import DAY, month_starts, when
from cxlab.company.contacts import AGAIN, COMPLAINS, FIRST, WAITED, Callbacks, Contacts
from cxlab.company.draws import Keys, counts, keys, many, normal, uniform
from cxlab.company.people import People, arrive
from cxlab.company.plan import STRATEGIES, Plan
from cxlab.company.staff import Staff, StaffMonth
from cxlab.company.surveys import Answers, answers
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

EARLY = 3  # months after that of joining which are a customer's first
_TENURE, _LONGEST = 36.0, 120  # months that opening customers have been there


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Customers who joined in a month, in the order of their lines in the table."""

    branch: Ints
    at: Ints  # seconds
    friend: Bools  # whether a customer brought them; else adverts did


@dataclass(frozen=True, kw_only=True)
class Purchases:
    """What was bought in a month, one row a purchase."""

    row: Ints  # line of the customer in the table
    branch: Ints
    at: Ints  # seconds
    cents: Ints


@dataclass(frozen=True, kw_only=True)
class Month:
    """What happened in a month; ``people`` are those who stayed, as it opened."""

    number: int  # from 0
    people: People
    left: Ints  # lines of the customers who left
    left_at: Ints  # seconds
    joined: Joined
    touches: Sequence[Touches]
    contacts: Sequence[Contacts]
    surveys: Answers | None
    purchases: Sequence[Purchases]
    staff: StaffMonth
    customers: Ints  # at opening, by branch, as all that follows
    leavers: Ints
    revenue: Floats  # money
    cost: Floats


class Engine:
    """One company, replayed under several plans and seeds, all side by side.

    Parameters
    ----------
    truth
        How the company works.
    plans, seeds
        One of each for every replay. Replay r has the branches from ``r * n_branches``.
    n_customers, n_branches
        Of each replay, at its opening.
    plan_from
        Month from which the plans are spent, 1 is the first.
    asks
        Whether surveys are wanted; without them everything else is the same.
    """

    def __init__(
        self,
        truth: Truth,
        *,
        plans: Sequence[Plan],
        seeds: Sequence[int],
        n_customers: int,
        n_branches: int,
        plan_from: int = 1,
        asks: bool = True,
    ) -> None:
        """Open the company."""
        self.truth, self.n_branches, self.asks = truth, n_branches, asks
        self.plan_from, self.n_customers = plan_from, n_customers
        self.branches = len(plans) * n_branches
        given = np.asarray(seeds, dtype=np.uint64)[:, None]
        home = np.arange(n_branches)
        self.branch_key = keys("branch", given, home).ravel()
        money = np.array([list(plan.money.values()) for plan in plans], dtype=float)
        reach = -np.expm1(-money / (n_customers * truth.dose))
        self._money = np.repeat(money.sum(axis=1) / n_branches, n_branches)
        self._reach = np.repeat(reach, n_branches, axis=0)
        size = int(np.clip(round(n_customers / n_branches / 12), 4, 40))
        self.staff = Staff(truth, self.branch_key, size=size)
        self.people = self._open(given)
        self.rows = len(self.people)
        self.pending: list[Callbacks] = []
        self.good = np.zeros(self.branches, dtype=np.int64)
        self.bad_share = np.zeros(self.branches)

    def _open(self, seeds: Keys) -> People:
        """Return the customers of the first day."""
        key = keys("customer", seeds, np.arange(self.n_customers))
        home = np.floor(uniform(key, "home") * self.n_branches).astype(np.int64)
        home += np.arange(len(seeds))[:, None] * self.n_branches
        flat = key.ravel()
        months = np.minimum(-_TENURE * np.log(uniform(flat, "tenure")), _LONGEST)
        return arrive(
            self.truth,
            flat,
            row=np.arange(flat.size),
            branch=home.ravel(),
            since=-(EARLY + 2 + np.floor(months).astype(np.int64)),
        )

    def months(self, months: int, *, tell: Callable[[Month], None]) -> None:
        """Let months pass, and tell about each."""
        starts = month_starts(months).tolist()
        for number in range(months):
            tell(self._month(number, first=starts[number], last=starts[number + 1]))

    def _month(self, number: int, *, first: int, last: int) -> Month:
        spent = number + 1 >= self.plan_from
        reach = dict(zip(STRATEGIES, (self._reach * spent).T, strict=True))
        lift = self.truth.people_internal * reach["people"]
        staff = self.staff.month(number, lift=lift, first=first, last=last)
        customers = np.bincount(self.people.branch, minlength=self.branches)
        leaves, left, left_at = self._leave(
            number, reach["onboarding"], first=first, last=last
        )
        leavers = np.bincount(self.people.branch[leaves], minlength=self.branches)
        self._drop(leaves)
        day = _Day(self, number, staff=staff, reach=reach, first=first, last=last)
        day.serve()
        day.fail()
        day.issues()
        surveys = None
        if self.asks:
            surveys = answers(
                self.truth,
                day.booking,
                month=number,
                service=day.service,
                branches=self.branches,
            )
        stayed = self.people
        joined, more = self._join(number, first=first, last=last)
        bought = [
            *_purchases(self.truth, stayed, number, first=first, last=last),
            _first_purchase(self.truth, more, number, at=joined.at),
        ]
        day.booking.close()
        self.good, bad = day.booking.told(self.branches)
        self.bad_share = bad / np.maximum(customers, 1)
        self.people = stayed.with_(more)
        revenue = sum(
            np.bincount(one.branch, one.cents / 100, minlength=self.branches)
            for one in bought
        )
        adverts = np.bincount(joined.branch[~joined.friend], minlength=self.branches)
        truth = self.truth
        cost = (
            (1 - truth.margin) * revenue
            + truth.serving * customers
            + truth.joining * adverts
            + truth.hiring * staff.quit
            + day.cost
            + self._money * spent
        )
        return Month(
            number=number,
            people=stayed,
            left=left,
            left_at=left_at,
            joined=joined,
            touches=day.booking.touches,
            contacts=day.made,
            surveys=surveys,
            purchases=bought,
            staff=staff,
            customers=customers,
            leavers=leavers,
            revenue=np.asarray(np.rint(100 * revenue) / 100),
            cost=np.asarray(np.rint(100 * cost) / 100),
        )

    def _leave(
        self, number: int, onboarding: Floats, *, first: int, last: int
    ) -> tuple[Bools, Ints, Ints]:
        """Return who leaves this month, their lines in the table, and when."""
        people, truth = self.people, self.truth
        balance = people.deposits - truth.rules.loss_weight * people.withdrawals
        early = number - people.since <= EARLY
        odds = truth.start - truth.slope * balance
        cut = truth.early * (1 - truth.onboarding_cut * onboarding)
        odds[early] += cut[people.branch[early]]
        leaves = uniform(people.key, "leaves", month=number) < expit(odds)
        chance = uniform(people.key[leaves], "leaves when", month=number)
        return leaves, people.row[leaves], when(chance, first, last)

    def _drop(self, leaves: Bools) -> None:
        """Take leavers out; whoever leaves does not come back about an issue."""
        place = np.cumsum(~leaves) - 1
        self.people = self.people.keep(~leaves)
        kept = [calls.keep(~leaves[calls.who]) for calls in self.pending]
        self.pending = [
            Callbacks(
                who=place[calls.who],
                at=calls.at,
                issue=calls.issue,
                channel=calls.channel,
            )
            for calls in kept
        ]

    def _join(self, number: int, *, first: int, last: int) -> tuple[Joined, People]:
        """Return who joins: after adverts, and brought by customers of last month."""
        truth, key = self.truth, self.branch_key
        base = truth.join_share * self.n_customers / self.n_branches
        mean = np.asarray(base * np.exp(-truth.bad_word * self.bad_share), dtype=float)
        brings: Floats = truth.friends * self.good
        adverts = many(uniform(key, "adverts", month=number), mean)
        friends = many(uniform(key, "friends", month=number), brings)
        both = np.column_stack([adverts, friends]).ravel()  # by branch, adverts first
        pair = np.repeat(np.arange(len(both)), both)
        order = np.arange(len(pair)) - np.repeat(both.cumsum() - both, both)
        branch, friend = pair // 2, pair % 2 == 1
        mine = keys("joiner", key[branch], number, friend, order)
        more = arrive(
            truth,
            mine,
            row=self.rows + np.arange(len(mine)),
            branch=branch,
            since=np.full(len(mine), number),
        )
        self.rows += len(mine)
        at = when(uniform(mine, "joins when", month=number), first, last)
        return Joined(branch=branch, at=at, friend=friend), more


class _Day:
    """What befalls those who stay in a month."""

    def __init__(
        self,
        engine: Engine,
        number: int,
        *,
        staff: StaffMonth,
        reach: dict[str, Floats],
        first: int,
        last: int,
    ) -> None:
        self.engine, self.number, self.reach = engine, number, reach
        self.truth, self.people = engine.truth, engine.people
        self.first, self.last = first, last
        self.booking = Booking(self.truth, self.people, first=first, last=last)
        self.service = staff.service[self.people.branch]
        self.made: list[Contacts] = []
        self.cost = np.zeros(engine.branches)

    def chance(self, purpose: str, who: Ints | None = None) -> Floats:
        """Return one number a customer, above 0 and below 1."""
        of = self.people.key if who is None else self.people.key[who]
        return uniform(of, purpose, month=self.number)

    def scatter(self, purpose: str, who: Ints) -> Floats:
        """Return one number of the bell curve for each of these customers."""
        return normal(self.people.key[who], purpose, month=self.number)

    def far(self, strategy: str, who: Ints) -> Floats:
        """Return how far a strategy reaches in the branches of these customers."""
        return np.asarray(self.reach[strategy][self.people.branch[who]])

    def serve(self) -> None:
        """Everyday touches, and gestures that go beyond what is expected."""
        truth = self.truth
        who = np.flatnonzero(self.chance("touched") < truth.service_share)
        size = self.service[who] + truth.service_sd * self.scatter("touch size", who)
        at = when(self.chance("touched when", who), self.first, self.last)
        self.booking.book("service", who, at, size)
        more = self.reach["delight"] * truth.delight_gestures
        share = truth.gesture_share + more
        who = np.flatnonzero(self.chance("gesture") < share[self.people.branch])
        size = self.people.expects[who] + truth.gesture_gap
        size = size + truth.contact_sd * self.scatter("gesture size", who)
        at = when(self.chance("gesture when", who), self.first, self.last)
        self.booking.book("gesture", who, at, size)

    def fail(self) -> None:
        """Failures, complaints about them, and what is put right."""
        truth, people = self.truth, self.people
        rate = np.exp(-truth.failure_service * (self.service - truth.service))
        who = np.flatnonzero(self.chance("fails") < truth.failure_share * rate)
        at = when(self.chance("fails when", who), self.first, self.last - 6 * DAY)
        size = people.expects[who] - truth.failure_gap
        size = size + truth.contact_sd * self.scatter("failure size", who)
        self.booking.book("failure", who, at, size)
        speaks = truth.voice * people.bond[who]
        speaks += np.sqrt(1 - truth.voice**2) * self.scatter("speaks", who)
        complains = speaks > ndtri(1 - truth.complain_share)
        reach = self.far("recovery", who)
        noticed = self.chance("noticed", who) < truth.recovery_noticed * reach
        open_ = (1 - truth.mended_share) * (1 - truth.recovery_mended * reach)
        mended = (complains | noticed) & (self.chance("mended", who) >= open_)
        wait = self.chance("mended when", who)
        self._contact(
            Callbacks(
                who=who[complains],
                at=(at + 1 + np.floor(wait * 2 * DAY).astype(np.int64))[complains],
                issue=np.full(int(complains.sum()), doors.KINDS.index(doors.COMPLAINT)),
                channel=doors.channel_of(
                    people.key[who[complains]], month=self.number, turn=COMPLAINS
                ),
            ),
            turn=COMPLAINS,
            done=mended[complains],
        )
        size = people.expects[who] + truth.mended_gap
        size = size + truth.contact_sd * self.scatter("mend size", who)
        at = at + 2 * DAY + 2 + np.floor(wait * 3 * DAY).astype(np.int64)
        self.booking.book("recovery", who[mended], at[mended], size[mended])
        home = people.branch[who[mended]]
        self.cost += truth.mending * np.bincount(home, minlength=self.engine.branches)

    def issues(self) -> None:
        """Draw new issues, and callbacks about those that are not done."""
        truth, people = self.truth, self.people
        early = self.number - people.since <= EARLY
        share = np.full(len(people), truth.issue_share)
        cut = truth.onboarding_cut * self.reach["onboarding"][people.branch[early]]
        share[early] *= 1 + (truth.early_issues - 1) * (1 - cut)
        who = np.flatnonzero(self.chance("issue") < share)
        key = people.key[who]
        calls = Callbacks(
            who=who,
            at=when(self.chance("issue when", who), self.first, self.last),
            issue=doors.issue_kind(key, month=self.number),
            channel=doors.channel_of(key, month=self.number, turn=FIRST),
        )
        made = self._contact(calls, turn=FIRST)
        again = doors.come_back(truth, made, key, month=self.number)
        soon = again.at < self.last
        for waited in self.engine.pending:
            self._contact(waited, turn=WAITED)
        self._contact(again.keep(soon), turn=AGAIN)
        self.engine.pending = [again.keep(~soon)]

    def _contact(
        self, calls: Callbacks, *, turn: int, done: Bools | None = None
    ) -> Contacts:
        """Let contacts take place, book them, and pay for them."""
        key, home = self.people.key[calls.who], self.people.branch[calls.who]
        made = doors.contacts(
            self.truth,
            calls,
            key=key,
            turn=turn,
            month=self.number,
            service=self.service[calls.who],
            skill=self.engine.staff.skill[home],
            ease=self.reach["ease"][home],
            done=done,
        )
        size = doors.felt_as(self.truth, made, key, turn=turn, month=self.number)
        self.booking.book("contact", made.who, made.at, size)
        self.made.append(made)
        paid = self.truth.minute * made.minutes
        self.cost += np.bincount(home, paid, minlength=self.engine.branches)
        return made


def _purchases(
    truth: Truth, people: People, number: int, *, first: int, last: int
) -> list[Purchases]:
    """Return what is bought, first purchases of the month first."""
    times = counts(uniform(people.key, "buys", month=number), people.pace)
    found = []
    who = np.flatnonzero(times)
    turn = 0
    while len(who):
        key = people.key[who]
        chance = uniform(key, "buys when", month=number, turn=turn)
        one = _amounts(truth, people, who, number, turn=turn)
        at = when(chance, first, last)
        found.append(
            Purchases(row=people.row[who], branch=people.branch[who], at=at, cents=one)
        )
        turn += 1
        who = who[times[who] > turn]
    return found


def _first_purchase(
    truth: Truth, people: People, number: int, *, at: Ints
) -> Purchases:
    """Return what customers buy on the day on which they join."""
    who = np.arange(len(people))
    cents = _amounts(truth, people, who, number, turn=0)
    return Purchases(row=people.row, branch=people.branch, at=at, cents=cents)


def _amounts(
    truth: Truth, people: People, who: Ints, number: int, *, turn: int
) -> Ints:
    """Return the amounts of purchases, cents."""
    own = normal(people.key[who], "amount", month=number, turn=turn)
    money = np.exp(people.basket[who] + truth.basket_within * own)
    return np.asarray(np.rint(100 * money).astype(np.int64))
