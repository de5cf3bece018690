"""Contacts: what goes wrong in them, what effort that makes, and who has to come back.

A contact goes wrong in ways that go together: whoever is transferred has to repeat
information, and so has whoever calls back. Each adds to the effort, some of them
nothing much; effort makes a contact a worse touch. Half of the story of lesson 12 is
here, too: the file calls some issues resolved that are not, and not everybody whose
issue is open comes back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.company.calendar import DAY
from cxlab.company.draws import Keys, counts, normal, uniform
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
    seat: Ints  # of the employee in the branch; -1 on the web
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


def issue_kind(key: Keys, *, month: int) -> Ints:
    """Draw what issues are about."""
    edges = np.cumsum(list(ISSUES.values()))[:-1]
    chance = uniform(key, "issue kind", month=month)
    return np.asarray(np.searchsorted(edges, chance))


def channel_of(key: Keys, *, month: int, turn: int) -> Ints:
    """Draw through which door customers come."""
    edges = np.cumsum(list(CHANNELS.values()))[:-1]
    chance = uniform(key, "channel", month=month, turn=turn)
    return np.asarray(np.searchsorted(edges, chance))


def contacts(
    truth: Truth,
    calls: Callbacks,
    *,
    key: Keys,
    turn: int,
    month: int,
    service: Floats,
    skill: Floats,
    ease: Floats,
    done: Bools | None = None,
) -> Contacts:
    """Let contacts take place.

    Parameters
    ----------
    calls
        Who comes when, about what, through which channel.
    key
        Of these customers.
    turn
        ``FIRST``, ``COMPLAINS``, or one of the callbacks, which end every issue.
    service, ease
        Of their branches: points, and how far the plan's ease reaches, 0-1.
    skill : shape (n contacts, employees of a branch)
        Points of effort that each employee saves.
    done
        Whether the issue is done, where that is known already.
    """
    draw = {"month": month, "turn": turn}
    again, web = np.full(len(key), turn in (AGAIN, WAITED)), calls.channel == _WEB
    rough = 1 - truth.ease_smooth * ease
    mean = np.where(web, 0.0, truth.transfers * rough)
    transfers = counts(uniform(key, "transfers", **draw), mean)
    odds = truth.repeats + truth.repeats_transfer * (transfers > 0)
    odds = odds + truth.repeats_callback * again
    repeats = uniform(key, "repeats", **draw) < rough * expit(odds)
    if done is None:
        likely = truth.solved + truth.solved_quality * (service - truth.service)
        likely = likely + truth.ease_solved * ease
        done = again | (uniform(key, "solved", **draw) < expit(likely))
    seats = skill.shape[1]
    seat = (uniform(key, "who", **draw) * seats).astype(np.int64)
    saves = np.where(web, 0.0, skill[np.arange(len(key)), seat])
    hard = truth.effort + truth.effort_transfer * transfers
    hard = hard + truth.effort_repeat * repeats + truth.effort_callback * again
    hard = hard + truth.effort_unsolved * ~done - saves - truth.ease_effort * ease
    hard = hard + truth.effort_sd * normal(key, "effort", **draw)
    minutes = truth.minutes * np.exp(0.5 * normal(key, "minutes", **draw))
    marked = done | (uniform(key, "marked", **draw) < truth.marked_solved)
    return Contacts(
        who=calls.who,
        at=calls.at,
        issue=calls.issue,
        channel=calls.channel,
        again=again,
        transfers=transfers,
        repeats=repeats,
        done=done,
        marked=marked,
        effort=np.clip(np.rint(hard), 1, 7).astype(np.int64),
        answered=uniform(key, "answers", **draw) < truth.effort_answered,
        seat=np.where(web, -1, seat),
        minutes=np.where(web, 0.0, np.rint(10 * minutes * (1 + 0.5 * transfers)) / 10),
    )


def felt_as(
    truth: Truth, made: Contacts, key: Keys, *, turn: int, month: int
) -> Floats:
    """Return as what contacts are felt, points: the harder, the less."""
    own = truth.contact_sd * normal(key, "contact size", month=month, turn=turn)
    return truth.contact_size - truth.contact_effort * (made.effort - 1) + own


def come_back(truth: Truth, made: Contacts, key: Keys, *, month: int) -> Callbacks:
    """Return who comes back, when, and through which channel; ``who`` as in made."""
    draw = {"month": month}
    back = ~made.done & (uniform(key, "calls back", **draw) < truth.call_back)
    mine, calls = key[back], made.keep(back)
    wait = -np.log(uniform(mine, "calls back when", **draw)) * truth.call_back_days
    other = uniform(mine, "same channel", **draw)
    moves = other >= truth.same_channel
    # the same number says through which of the other doors
    share = (other - truth.same_channel) / max(1e-12, 1 - truth.same_channel)
    step = 1 + np.floor(np.where(moves, share, 0.0) * (len(_DOORS) - 1)).astype(int)
    found = Callbacks(
        who=calls.who,
        at=calls.at + np.ceil(wait * DAY).astype(np.int64),
        issue=calls.issue,
        channel=np.where(moves, (calls.channel + step) % len(_DOORS), calls.channel),
    )
    return found.keep(wait <= _MOST_DAYS)
