"""Contacts: what goes wrong in them, what effort that makes, and who has to come back.

A contact goes wrong in ways that go together: whoever is transferred has to repeat
information, and so has whoever calls back. Each adds to the effort, some of them
nothing much; effort makes a contact a worse touch. Half of the story of lesson 12 is
here, too: the file calls some issues resolved that are not, and not everybody whose
issue is open comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.company.calendar import DAY
from cxlab.company.draws import Luck, counts
from cxlab.company.staff import Staff
from cxlab.company.truth import Truth
from cxlab.simulate.contacts import ISSUES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

CHANNELS: Mapping[str, float] = MappingProxyType(
    {"phone": 0.45, "web": 0.2, "email": 0.15, "chat": 0.1, "branch": 0.1}
)
COMPLAINT = "complaint"
KINDS = (*ISSUES, COMPLAINT)
_DOORS = tuple(CHANNELS)
_WEB = _DOORS.index("web")
_MOST_DAYS = 25  # a callback later than this does not come
# Turns, so that contacts of one customer in one month share no draws: a first one, a
# callback in the month of the first, a complaint, a callback that comes a month later.
FIRST, AGAIN, COMPLAINS, WAITED = range(4)


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """Contacts of one turn in a month, one row each."""

    who: Ints  # place among the people of the month
    at: Ints  # seconds
    issue: Ints  # place in ``KINDS``
    channel: Ints  # place in ``CHANNELS``
    again: Bools  # whether it is a callback
    transfers: Ints
    repeats: Bools  # information had to be repeated
    done: Bools  # whether the whole issue is, as the customer sees it
    marked: Bools  # what the file says
    effort: Ints  # points, 1 easy .. 7 hard
    answered: Bools  # whether the customer said how hard it was
    employee: Ints  # line in the table of employees; -1 on the web
    minutes: Floats  # 0 on the web

    def keep(self, chosen: Bools | Ints) -> "Contacts":
        """Return those chosen."""
        kept = {f.name: getattr(self, f.name)[chosen] for f in fields(self)}
        return Contacts(**kept)


@dataclass(frozen=True, kw_only=True)
class Callbacks:
    """Issues that are not done, and when their customers come back."""

    who: Ints
    at: Ints  # seconds
    issue: Ints
    channel: Ints

    def keep(self, chosen: Bools) -> "Callbacks":
        """Return those chosen."""
        kept = {f.name: getattr(self, f.name)[chosen] for f in fields(self)}
        return Callbacks(**kept)

    def of(self, who: Ints) -> "Callbacks":
        """Return the same calls of customers who stand at other places now."""
        return replace(self, who=who)


def issue_kind(luck: Luck) -> Ints:
    """Draw what issues are about."""
    edges = np.cumsum(list(ISSUES.values()))[:-1]
    return np.asarray(np.searchsorted(edges, luck.chance("issue kind")))


def channel_of(luck: Luck) -> Ints:
    """Draw through which door customers come."""
    edges = np.cumsum(list(CHANNELS.values()))[:-1]
    return np.asarray(np.searchsorted(edges, luck.chance("channel")))


def contacts(
    truth: Truth,
    calls: Callbacks,
    luck: Luck,
    *,
    home: Ints,
    staff: Staff,
    service: Floats,
    ease: Floats,
    done: Bools | None = None,
) -> Contacts:
    """Let contacts take place.

    Parameters
    ----------
    calls
        Who comes when, about what, through which channel.
    luck
        Of these customers; its turn says what contacts these are.
    home, service, ease
        Their branches, the service there (points), and how far ease reaches, 0-1.
    staff
        Who works in the branches.
    done
        Whether the issue is done, where that is known already.
    """
    again = np.full(len(home), luck.turn in (AGAIN, WAITED))
    web = calls.channel == _WEB
    rough = 1 - truth.ease_smooth * ease
    mean = np.where(web, 0.0, truth.transfers * rough)
    transfers = counts(luck.chance("transfers"), mean)
    odds = truth.repeats + truth.repeats_transfer * (transfers > 0)
    odds = odds + truth.repeats_callback * again
    repeats = luck.chance("repeats") < rough * expit(odds)
    if done is None:
        likely = truth.solved + truth.solved_quality * (service - truth.service)
        likely = likely + truth.ease_solved * ease
        done = again | (luck.chance("solved") < expit(likely))
    employee, skill = staff.seated(home, luck.chance("who"), calls.at)
    hard = truth.effort + truth.effort_transfer * transfers
    hard = hard + truth.effort_repeat * repeats + truth.effort_callback * again
    hard = hard + truth.effort_unsolved * ~done - truth.ease_effort * ease
    hard = hard - np.where(web, 0.0, skill) + truth.effort_sd * luck.scatter("effort")
    minutes = truth.minutes * np.exp(truth.minutes_sd * luck.scatter("minutes"))
    minutes = np.rint(10 * minutes * (1 + truth.minutes_transfer * transfers)) / 10
    return Contacts(
        who=calls.who,
        at=calls.at,
        issue=calls.issue,
        channel=calls.channel,
        again=again,
        transfers=transfers,
        repeats=repeats,
        done=done,
        marked=done | (luck.chance("marked") < truth.marked_solved),
        effort=np.clip(np.rint(hard), 1, 7).astype(np.int64),
        answered=luck.chance("answers") < truth.effort_answered,
        employee=np.where(web, -1, employee),
        minutes=np.where(web, 0.0, minutes),
    )


def felt_as(truth: Truth, made: Contacts, luck: Luck) -> Floats:
    """Return as what contacts are felt, points: the harder, the less."""
    own = truth.contact_sd * luck.scatter("contact size")
    return truth.contact_size - truth.contact_effort * (made.effort - 1) + own


def come_back(truth: Truth, made: Contacts, luck: Luck) -> Callbacks:
    """Return who comes back, when, and through which channel."""
    back = ~made.done & (luck.chance("calls back") < truth.call_back)
    calls, luck = made.keep(back), luck.some(back)
    wait = -np.log(luck.chance("calls back when")) * truth.call_back_days
    other = luck.chance("same channel")
    moves = other >= truth.same_channel
    # the same number says through which of the other doors
    share = (other - truth.same_channel) / max(1e-12, 1 - truth.same_channel)
    step = np.where(moves, 1 + np.floor(share * (len(_DOORS) - 1)), 0)
    found = Callbacks(
        who=calls.who,
        at=calls.at + np.ceil(wait * DAY).astype(np.int64),
        issue=calls.issue,
        channel=(calls.channel + step.astype(np.int64)) % len(_DOORS),
    )
    return found.keep(wait <= _MOST_DAYS)
