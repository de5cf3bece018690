"""The months of one company, or of many replays of it side by side.

A month runs so: branches and their people move on; every customer decides, by what has
happened up to its opening, whether to leave; whoever stays is served, meets failures,
has issues and buys; the touches are booked; some are asked; others join. Whoever leaves
does nothing else in that month, and whoever joins makes a first purchase only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.company.booking import Touches
from cxlab.company.buying import Purchases, first_purchases, purchases
from cxlab.company.calendar import month_starts, when
from cxlab.company.contacts import Callbacks, Contacts
from cxlab.company.draws import Keys, Luck, keys, many, uniform
from cxlab.company.events import EARLY, Events
from cxlab.company.people import People, arrive
from cxlab.company.plan import STRATEGIES, Plan
from cxlab.company.staff import Staff, StaffMonth
from cxlab.company.surveys import Answers, answers
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_LONGEST = 120  # months that opening customers have been there
_GROWS = 50  # times as many customers as at the opening: more are a mistake
_PER_EMPLOYEE, _FEWEST, _MOST = 12, 4, 40  # customers; employees of a branch


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Customers who joined in a month, in the order of their lines in the table."""

    branch: Ints
    at: Ints  # seconds
    friend: Bools  # whether a customer brought them; else adverts did


@dataclass(frozen=True, kw_only=True)
class Month:
    """What happened in a month."""

    number: int  # from 0
    people: People  # who stayed; accounts as the month closed
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
        self.branch_key = keys("branch", given, np.arange(n_branches)).ravel()
        money = np.array([list(plan.money.values()) for plan in plans], dtype=float)
        reach = -np.expm1(-money / (n_customers * truth.dose))
        self._money = np.repeat(money.sum(axis=1) / n_branches, n_branches)
        self._reach = np.repeat(reach, n_branches, axis=0)
        size = int(np.clip(n_customers // n_branches // _PER_EMPLOYEE, _FEWEST, _MOST))
        self.staff = Staff(truth, self.branch_key, size=size)
        self.people = self._open(given)
        self.rows = len(self.people)
        self.waiting: Callbacks | None = None
        self.good = np.zeros(self.branches, dtype=np.int64)  # touches told last month
        self.bad = np.zeros(self.branches)  # the same, for each customer

    def _open(self, seeds: Keys) -> People:
        """Return the customers of the first day."""
        key = keys("customer", seeds, np.arange(self.n_customers))
        home = np.floor(uniform(key, "home") * self.n_branches).astype(np.int64)
        home += np.arange(len(seeds))[:, None] * self.n_branches
        flat = key.ravel()
        months = np.minimum(
            -self.truth.tenure * np.log(uniform(flat, "tenure")), _LONGEST
        )
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
        """Let a month pass."""
        truth, spent = self.truth, number + 1 >= self.plan_from
        reach = dict(zip(STRATEGIES, (self._reach * spent).T, strict=True))
        customers = np.bincount(self.people.branch, minlength=self.branches)
        lift = truth.people_internal * reach["people"]
        staff = self.staff.month(number, lift=lift, first=first, last=last)
        leaves = self._who_leaves(number, reach)
        left, luck = self.people.row[leaves], Luck(of=self.people.key, month=number)
        left_at = when(luck.some(leaves).chance("leaves when"), first, last)
        leavers = np.bincount(self.people.branch[leaves], minlength=self.branches)
        self._drop(leaves)
        events = Events(
            truth,
            self.people,
            staff=self.staff,
            brought=staff,
            reach=reach,
            month=number,
            first=first,
            last=last,
        )
        events.serve()
        events.fail()
        self.waiting = events.issues(self.waiting)
        surveys = self._ask(events)
        stayed = self.people
        joined, more = self._join(number, first=first, last=last)
        bought = [
            *purchases(truth, stayed, month=number, first=first, last=last),
            first_purchases(truth, more, month=number, at=joined.at),
        ]
        events.booking.close()
        self.people = stayed.with_(more)
        self.good, bad = events.booking.told(self.branches)
        self.bad = bad / np.maximum(customers, 1)
        revenue = self._revenue(bought)
        cost = self._cost(revenue, customers=customers, joined=joined, staff=staff)
        return Month(
            number=number,
            people=stayed,
            left=left,
            left_at=left_at,
            joined=joined,
            touches=events.booking.touches,
            contacts=events.contacts,
            surveys=surveys,
            purchases=bought,
            staff=staff,
            customers=customers,
            leavers=leavers,
            revenue=revenue,
            cost=np.rint(100 * (cost + events.cost + self._money * spent)) / 100,
        )

    def _who_leaves(self, number: int, reach: Mapping[str, Floats]) -> Bools:
        """Return who leaves this month, by the account as the month opens."""
        people, truth = self.people, self.truth
        early = number - people.since <= EARLY
        odds = truth.start - truth.slope * people.balance(truth.rules)
        cut = truth.early * (1 - truth.onboarding_cut * reach["onboarding"])
        odds[early] += cut[people.branch[early]]
        return np.asarray(uniform(people.key, "leaves", month=number) < expit(odds))

    def _drop(self, leaves: Bools) -> None:
        """Take leavers out; whoever leaves does not come back about an issue."""
        self.people = self.people.keep(~leaves)
        if self.waiting is not None:
            calls = self.waiting.keep(~leaves[self.waiting.who])
            place = np.cumsum(~leaves) - 1
            self.waiting = calls.of(place[calls.who])

    def _ask(self, events: Events) -> Answers | None:
        """Return what is answered, if anybody asks."""
        if not self.asks:
            return None
        return answers(
            self.truth,
            events.booking,
            events.contacts,
            month=events.month,
            service=events.service,
            branches=self.branches,
        )

    def _join(self, number: int, *, first: int, last: int) -> tuple[Joined, People]:
        """Return who joins: after adverts, and brought by customers of last month."""
        truth, luck = self.truth, Luck(of=self.branch_key, month=number)
        base = truth.join_share * self.n_customers / self.n_branches
        lost = np.exp(-truth.bad_word * self.bad)
        adverts = many(luck.chance("adverts"), base * lost)
        friends = many(luck.chance("friends"), truth.friends * self.good)
        both = np.column_stack([adverts, friends]).ravel()  # by branch, adverts first
        pair = np.repeat(np.arange(len(both)), both)
        turn = np.arange(len(pair)) - np.repeat(both.cumsum() - both, both)
        key = keys("joiner", self.branch_key[pair // 2], number, pair % 2, turn)
        at = when(uniform(key, "joins when", month=number), first, last)
        order = np.argsort(at, kind="stable")
        key, pair, at = key[order], pair[order], at[order]
        more = arrive(
            truth,
            key,
            row=self.rows + np.arange(len(key)),
            branch=pair // 2,
            since=np.full(len(key), number),
        )
        self.rows += len(key)
        if self.rows > _GROWS * self.n_customers * (self.branches // self.n_branches):
            raise ValueError(
                f"friends={truth.friends}: by month {number + 1} each customer of the "
                f"first day has become {_GROWS}. Where customers bring customers "
                "without end there is no company to look at; give fewer."
            )
        return Joined(branch=pair // 2, at=at, friend=pair % 2 == 1), more

    def _revenue(self, bought: Sequence[Purchases]) -> Floats:
        """Return what was bought, by branch, money."""
        cents = np.zeros(self.branches)
        for one in bought:
            cents += np.bincount(one.branch, one.cents, minlength=self.branches)
        return cents / 100

    def _cost(
        self, revenue: Floats, *, customers: Ints, joined: Joined, staff: StaffMonth
    ) -> Floats:
        """Return what goods, serving, adverts and hiring cost, by branch, money."""
        truth = self.truth
        adverts = np.bincount(joined.branch[~joined.friend], minlength=self.branches)
        return np.asarray(
            (1 - truth.margin) * revenue
            + truth.serving * customers
            + truth.joining * adverts
            + truth.hiring * staff.quit
        )
