"""Agendas: which lesson stands when, in a room that is open for so many minutes.

Teaching is never cut; what a room has left over goes to practice, and the exercises
that do not fit go home as handouts. Nothing here is typed twice: minutes and needs are
the manifest's, the room's length is its route's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from cxlab.course.manifest import Lesson, Manifest, Route

BREAK, LUNCH = 15, 60  # minutes
STRETCH = 110  # of work at most before somebody opens a window
WELCOME, CLOSE = 5, 10  # only in rooms that are long enough to pause
SHORT = 120  # a room up to this long has no pause, no welcome and no close
WHOLE_DAY = 360  # from here on one of the pauses is lunch
STEP = 5  # practice is dealt out in pieces of five minutes


class TooLong(ValueError):
    """A route's teaching does not fit into its rooms."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One line of an agenda."""

    start: int  # minutes since midnight
    kind: str  # "welcome", "lesson", "break", "lunch" or "close"
    minutes: int
    lesson: str = ""  # its name, if it is one
    practise: int = 0  # how many of the minutes are for exercises

    @property
    def end(self) -> int:
        """Minutes since midnight at which it ends."""
        return self.start + self.minutes


@dataclass(frozen=True, kw_only=True)
class Day:
    """One room, from its opening to its close."""

    room: int  # minutes
    slots: tuple[Slot, ...]

    @property
    def minutes(self) -> int:
        """How long the day takes; never more than the room."""
        return sum(slot.minutes for slot in self.slots)


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """A route laid out in its rooms."""

    route: Route
    days: tuple[Day, ...]
    take_home: Mapping[str, int]  # lesson -> minutes of practice that did not fit
    unmet: Mapping[str, tuple[str, ...]]  # lesson -> what it needs and is not there


def clock(minutes: int) -> str:
    """Write minutes since midnight as a clock shows them.

    Examples
    --------
    >>> clock(545)
    '09:05'
    """
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def agenda(course: Manifest, route: Route) -> Agenda:
    """Lay a route out in its rooms.

    Parameters
    ----------
    course
        The manifest.
    route
        A route with rooms.

    Raises
    ------
    ValueError
        If the route has no rooms.
    TooLong
        If even the teaching alone does not fit.
    """
    if not route.rooms:
        raise ValueError(
            f"The route {route.name!r} is no event: it has no rooms. Give it rooms and "
            "a start in course.toml, or take another route."
        )
    lessons = in_order([course.lessons[name] for name in route.lessons])
    hours, _, minutes = route.start.partition(":")
    start = 60 * int(hours) + int(minutes)
    days = tuple(
        _day(part, room, start, route)
        for part, room in zip(_shares(lessons, route), route.rooms, strict=True)
    )
    given = {slot.lesson: slot.practise for day in days for slot in day.slots}
    return Agenda(
        route=route,
        days=days,
        take_home={
            one.name: one.practise - given[one.name]
            for one in lessons
            if one.practise > given[one.name]
        },
        unmet={
            one.name: absent
            for one in lessons
            if (absent := tuple(n for n in one.needs if n not in route.lessons))
        },
    )


def agendas(course: Manifest) -> tuple[Agenda, ...]:
    """Return the agendas of all routes that have rooms, the shortest first."""
    events = [route for route in course.routes.values() if route.rooms]
    return tuple(agenda(course, r) for r in sorted(events, key=lambda r: sum(r.rooms)))


def in_order(lessons: Sequence[Lesson]) -> list[Lesson]:
    """Put lessons after those that they need; otherwise leave their order alone."""
    left, done = list(lessons), []
    while left:
        waiting = {one.name for one in left}
        ready = [one for one in left if not waiting.intersection(one.needs)]
        # Should two need each other, the first of them has to begin.
        done.append((ready or left)[0])
        left.remove(done[-1])
    return done


def _shares(lessons: Sequence[Lesson], route: Route) -> list[Sequence[Lesson]]:
    """Share lessons out among the rooms, in order, so that no room is much fuller."""
    if len(lessons) < len(route.rooms):
        raise ValueError(
            f"The route {route.name!r} has {len(route.rooms)} rooms and only "
            f"{len(lessons)} lessons. Take out a room."
        )
    cuts = [
        [0, *inner, len(lessons)]
        for inner in combinations(range(1, len(lessons)), len(route.rooms) - 1)
    ]

    def parts(cut: Sequence[int]) -> list[Sequence[Lesson]]:
        return [lessons[a:b] for a, b in pairwise(cut)]

    def fullest(cut: Sequence[int]) -> float:
        rooms = zip(parts(cut), route.rooms, strict=True)
        return max(sum(o.teach + o.practise for o in p) / room for p, room in rooms)

    return parts(min(cuts, key=fullest))


def _day(lessons: Sequence[Lesson], room: int, start: int, route: Route) -> Day:
    """Lay out one room with as much practice as it holds."""
    most = sum(one.practise for one in lessons)
    for practice in range(most, -1, -STEP):
        slots = _laid_out(lessons, dealt(lessons, practice), room, start)
        if sum(slot.minutes for slot in slots) <= room:
            return Day(room=room, slots=tuple(slots))
    teach = sum(one.teach for one in lessons)
    raise TooLong(
        f"The route {route.name!r} teaches {teach} minutes in a room of {room}, and "
        "with its pauses that does not fit. Take out a lesson, or ask for a longer "
        "room in course.toml."
    )


def dealt(lessons: Sequence[Lesson], minutes: int) -> dict[str, int]:
    """Deal minutes of practice out among lessons.

    A workshop, which is practised at least as long as it is taught, comes first: half
    of it would be none. The others get their share, in pieces of five minutes.

    Parameters
    ----------
    lessons
        The lessons of one room.
    minutes
        How many there are to deal.
    """
    given = {one.name: 0 for one in lessons}
    for one in lessons:
        if one.practise >= one.teach:
            given[one.name] = min(one.practise, minutes)
            minutes -= given[one.name]
    others = [one for one in lessons if one.practise < one.teach]
    for _ in range(minutes // STEP):
        room_for = [o for o in others if given[o.name] + STEP <= o.practise]
        if room_for:
            # Whoever has got the smallest part of his own is next.
            poorest = min(room_for, key=lambda o: (given[o.name] + STEP) / o.practise)
            given[poorest.name] += STEP
    return given


def _laid_out(
    lessons: Sequence[Lesson], practise: Mapping[str, int], room: int, start: int
) -> list[Slot]:
    """Put lessons one after the other, with the pauses that people need."""
    long = room > SHORT
    plan = [("welcome", WELCOME, "")] if long else []
    stretch = WELCOME if long else 0
    for one in lessons:
        minutes = one.teach + practise[one.name]
        if long and stretch > WELCOME and stretch + minutes > STRETCH:
            plan.append(("break", BREAK, ""))
            stretch = 0
        plan.append(("lesson", minutes, one.name))
        stretch += minutes
    plan += [("close", CLOSE, "")] if long else []
    if room >= WHOLE_DAY:
        _turn_one_into_lunch(plan)
    slots: list[Slot] = []
    for kind, minutes, name in plan:
        at = slots[-1].end if slots else start
        share = practise.get(name, 0)
        slots.append(
            Slot(start=at, kind=kind, minutes=minutes, lesson=name, practise=share)
        )
    return slots


def _turn_one_into_lunch(plan: list[tuple[str, int, str]]) -> None:
    """Make lunch of the pause that is nearest to the middle of the day."""
    middle = sum(minutes for _, minutes, _ in plan) / 2
    begins = [sum(m for _, m, _ in plan[:k]) for k in range(len(plan))]
    pauses = [k for k, (kind, _, _) in enumerate(plan) if kind == "break"]
    if pauses:
        noon = min(pauses, key=lambda k: abs(begins[k] - middle))
        plan[noon] = ("lunch", LUNCH, "")
