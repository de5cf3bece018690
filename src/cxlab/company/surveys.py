"""Surveys: what customers answer after a month with a touch, from 1 to 7.

The answers hang together as in lessons 41 and 42: quality moves value, both move
satisfaction, satisfaction moves the wish to stay. What is remembered of the month is
its worst moment and its last one, as in lesson 31. An answer moves the next as it was
given, rounded; so a regression of answers on answers looks for the truth itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxlab.company.booking import Booking
from cxlab.company.contacts import Contacts
from cxlab.company.draws import normal, uniform
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

QUESTIONS = ("met", "satisfaction", "recommend", "stay", "quality", "value")
MIDDLE = 4.5  # points: where answers are counted from


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Surveys of a month, one row each; all answers are whole numbers."""

    who: Ints  # place among the people of the month
    at: Ints  # seconds
    met: Ints  # -3 .. 3
    quality: Ints
    value: Ints
    satisfaction: Ints
    recommend: Ints
    stay: Ints
    effort: Ints  # of the month's last contact; 0: there was none


def who_answers(truth: Truth, booking: Booking, *, month: int, branches: int) -> Ints:
    """Return who answers: a share of those with a touch, and one a branch at least."""
    people = booking.people
    chance = uniform(people.key, "asked", month=month)
    chance[booking.times == 0] = 2.0
    found = chance < truth.asked_share
    asked = np.bincount(people.branch[found], minlength=branches)
    for branch in np.flatnonzero(asked == 0):
        here = np.flatnonzero(people.branch == branch)
        if len(here):
            found[here[np.argmin(chance[here])]] = True
    return np.flatnonzero(found)


def remembered(truth: Truth, booking: Booking, who: Ints) -> tuple[Floats, Ints]:
    """Return what is remembered of the month's gaps, and when the last touch was."""
    place = np.full(len(booking.people), -1)
    place[who] = np.arange(len(who))
    worst, sums = np.full(len(who), np.inf), np.zeros(len(who))
    last_gap, times = np.zeros(len(who)), np.zeros(len(who))
    last_at = np.full(len(who), booking.first)
    for touches in booking.touches:
        at = place[touches.who]
        of, gap, time = at[at >= 0], touches.gap[at >= 0], touches.at[at >= 0]
        worst[of] = np.minimum(worst[of], gap)
        sums[of] += gap
        times[of] += 1
        later = time >= last_at[of]
        last_gap[of[later]], last_at[of[later]] = gap[later], time[later]
    none = times == 0
    worst[none] = 0.0
    mean = sums / np.where(none, 1, times)
    kept = truth.worst * worst + truth.last * last_gap + truth.mean * mean
    return kept, last_at


def answers(
    truth: Truth,
    booking: Booking,
    made: Sequence[Contacts],
    *,
    month: int,
    service: Floats,
    branches: int,
) -> Answers:
    """Ask, and note what is answered.

    Parameters
    ----------
    made
        The month's contacts.
    service
        Of the customers' branches, points, one entry a person of the month.
    """
    people = booking.people
    who = who_answers(truth, booking, month=month, branches=branches)
    key = people.key[who]

    def noise(question: str) -> Floats:
        return truth.answer_sd * normal(key, question, month=month)

    kept, last_at = remembered(truth, booking, who)
    met = _whole(kept, -3, 3)
    judged = truth.quality_sd * normal(key, "quality", month=month)
    quality = _whole(service[who] - truth.service + MIDDLE + judged, 1, 7)
    better = quality - MIDDLE
    worth = truth.value + truth.value_quality * better + noise("value")
    value = _whole(worth, 1, 7)
    balance = people.balance(truth.rules)[who]  # as the month opened
    goodwill = truth.goodwill * people.bond[who]
    content = truth.satisfaction + truth.satisfaction_quality * better
    content = content + truth.satisfaction_value * (value - MIDDLE)
    content = content + truth.satisfaction_balance * balance + goodwill
    satisfaction = _whole(content + noise("satisfaction"), 1, 7)
    stay = truth.stay + truth.stay_satisfaction * (satisfaction - MIDDLE)
    stay = stay + truth.stay_quality * better + goodwill
    above, below = np.maximum(met, 0), np.minimum(met, 0)
    stay = stay + truth.stay_above * above + truth.stay_below * below
    tells = truth.recommend + truth.recommend_satisfaction * (satisfaction - MIDDLE)
    tells = tells + truth.recommend_above * above + truth.recommend_below * below
    chance = uniform(key, "asked when", month=month)
    return Answers(
        who=who,
        at=last_at + np.floor(chance * (booking.last - last_at)).astype(np.int64),
        met=met,
        quality=quality,
        value=value,
        satisfaction=satisfaction,
        recommend=_whole(tells + noise("recommend"), 0, 10),
        stay=_whole(stay + noise("stay"), 1, 7),
        effort=_last_effort(made, len(people))[who],
    )


def _last_effort(made: Sequence[Contacts], people: int) -> Ints:
    """Return how hard everybody's last contact of the month was; 0 without one."""
    effort, at = (np.zeros(people, dtype=np.int64) for _ in range(2))
    for some in made:
        later = some.at >= at[some.who]
        effort[some.who[later]] = some.effort[later]
        at[some.who[later]] = some.at[later]
    return effort


def _whole(points: Floats, low: int, high: int) -> Ints:
    """Round to the answers that a scale allows."""
    return np.asarray(np.clip(np.rint(points), low, high).astype(np.int64))
