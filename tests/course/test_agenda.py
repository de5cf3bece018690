"""An agenda fits its room, teaches all of it, and never asks for what comes later."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.course import agenda as module
from cxlab.course.agenda import TooLong, agenda, agendas, dealt, in_order
from cxlab.course.manifest import Lesson, Manifest, Route, manifest

COURSE = manifest()
ALL = agendas(COURSE)


def _route(*lessons: str, rooms: tuple[int, ...], start: str = "09:00") -> Route:
    return Route(
        name="r", title="R", says="", lessons=lessons, rooms=rooms, start=start
    )


def _lesson(
    name: str, teach: int, practise: int, needs: tuple[str, ...] = ()
) -> Lesson:
    model = COURSE.lesson("10")
    return replace(model, name=name, teach=teach, practise=practise, needs=needs)


def _course(*lessons: Lesson) -> Manifest:
    return replace(COURSE, lessons={one.name: one for one in lessons})


def test_the_four_events_are_there_shortest_first() -> None:
    """Whoever is asked for an event finds the day he was given."""
    assert [one.route.name for one in ALL] == [
        "session",
        "half_day",
        "core",
        "two_days",
    ]


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.route.name)
def test_no_agenda_is_longer_than_its_room(plan: module.Agenda) -> None:
    """The next group waits at the door; every minute of the day is accounted for."""
    for day, room in zip(plan.days, plan.route.rooms, strict=True):
        assert day.minutes <= day.room == room
        for one, after in zip(day.slots, day.slots[1:], strict=False):
            assert one.end == after.start
        assert day.slots[-1].end == day.slots[0].start + day.minutes


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.route.name)
def test_all_teaching_is_there_and_no_exercise_is_lost(plan: module.Agenda) -> None:
    """What is not practised in the room goes home, to the minute."""
    slots = {s.lesson: s for day in plan.days for s in day.slots if s.lesson}
    assert set(slots) == set(plan.route.lessons)
    for name, slot in slots.items():
        lesson = COURSE.lessons[name]
        assert slot.minutes - slot.practise == lesson.teach
        assert slot.practise + plan.take_home.get(name, 0) == lesson.practise


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.route.name)
def test_what_a_lesson_needs_comes_before_it_or_is_named(plan: module.Agenda) -> None:
    """A lesson out of order says in one line what it would have needed."""
    seen: list[str] = []
    for name in (s.lesson for day in plan.days for s in day.slots if s.lesson):
        absent = plan.unmet.get(name, ())
        assert set(COURSE.lessons[name].needs) == {
            *absent, *(need for need in COURSE.lessons[name].needs if need in seen)
        }  # fmt: skip
        seen.append(name)


@pytest.mark.parametrize("plan", ALL, ids=lambda plan: plan.route.name)
def test_nobody_works_longer_than_one_lesson_or_a_stretch(plan: module.Agenda) -> None:
    """After that people hear nothing; one lesson alone is not torn."""
    for day in plan.days:
        work, lessons = 0, 0
        for slot in day.slots:
            pause = slot.kind in ("break", "lunch")
            work = 0 if pause else work + slot.minutes
            lessons = 0 if pause else lessons + (slot.kind == "lesson")
            assert work <= module.STRETCH + module.CLOSE or lessons == 1


def test_a_whole_day_has_one_lunch_near_its_middle() -> None:
    """Hungry people do not learn."""
    for plan in ALL:
        for day in plan.days:
            meals = [slot for slot in day.slots if slot.kind == "lunch"]
            assert len(meals) == (day.room >= module.WHOLE_DAY)
            for meal in meals:
                middle = day.slots[0].start + day.minutes / 2
                assert abs(meal.start - middle) <= 90


def test_a_day_by_hand() -> None:
    """Two lessons of 40 + 20 in 150 minutes: ten minutes of each go home."""
    course = _course(_lesson("01_a", 40, 20), _lesson("02_b", 40, 20))
    plan = agenda(course, _route("01_a", "02_b", rooms=(150,)))
    said = [(s.kind, module.clock(s.start), s.minutes) for s in plan.days[0].slots]
    assert said == [
        ("welcome", "09:00", 5),
        ("lesson", "09:05", 60),
        ("break", "10:05", 15),
        ("lesson", "10:20", 60),
        ("close", "11:20", 10),
    ]
    short = agenda(course, _route("01_a", "02_b", rooms=(120,)))
    assert [slot.minutes for slot in short.days[0].slots] == [60, 60]
    shorter = agenda(course, _route("01_a", "02_b", rooms=(100,)))
    assert dict(shorter.take_home) == {"01_a": 10, "02_b": 10}


def test_a_workshop_is_practised_whole() -> None:
    """Half a game is no game."""
    course = _course(_lesson("01_a", 40, 20), _lesson("02_play", 60, 60))
    plan = agenda(course, _route("01_a", "02_play", rooms=(190,)))
    assert dict(plan.take_home) == {"01_a": 20}


def test_a_lesson_is_moved_behind_what_it_needs() -> None:
    """An order that jumps back is mended, and otherwise left alone."""
    late = _lesson("a", 10, 5, needs=("c",))
    found = in_order([late, _lesson("b", 9, 5), _lesson("c", 9, 5)])
    assert [one.name for one in found] == ["b", "c", "a"]


def test_two_lessons_that_need_each_other_do_not_stop_the_clock() -> None:
    """A circle is a fault of the manifest, and not an endless loop here."""
    pair = [_lesson("a", 9, 5, needs=("b",)), _lesson("b", 9, 5, needs=("a",))]
    assert [one.name for one in in_order(pair)] == ["a", "b"]


def test_what_is_needed_and_absent_is_named() -> None:
    """The facilitator says it in one line."""
    plan = agenda(COURSE, _route("00_start_here", "11_effort_drivers", rooms=(120,)))
    assert dict(plan.unmet) == {"11_effort_drivers": ("10_effort_and_disloyalty",)}


def test_days_are_shared_out_evenly() -> None:
    """Nobody wants all the work on the first day."""
    course = _course(*(_lesson(f"0{k}_x", 40, 20) for k in range(4)))
    plan = agenda(course, _route(*course.lessons, rooms=(240, 240)))
    assert [sum(s.kind == "lesson" for s in day.slots) for day in plan.days] == [2, 2]


def test_teaching_that_does_not_fit_is_refused() -> None:
    """Cutting lessons short in silence would cheat the room."""
    with pytest.raises(TooLong, match="teaches 65 minutes in a room of 60"):
        agenda(COURSE, _route("00_start_here", "10_effort_and_disloyalty", rooms=(60,)))


def test_a_route_without_rooms_is_no_event() -> None:
    """The message says which two words make it one."""
    with pytest.raises(ValueError, match="has no rooms"):
        agenda(COURSE, COURSE.routes["full"])


def test_more_rooms_than_lessons_are_refused() -> None:
    """A day without a lesson is a holiday."""
    with pytest.raises(ValueError, match="2 rooms and only 1 lessons"):
        agenda(COURSE, _route("00_start_here", rooms=(90, 90)))


@given(st.integers(0, 400), st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_practice_is_dealt_fairly_and_never_beyond_what_there_is(
    minutes: int, fives: list[int]
) -> None:
    """Nobody gets more than his own, and all is dealt as far as it goes."""
    lessons = [_lesson(f"{k:02d}", 70, 5 * five) for k, five in enumerate(fives)]
    given_out = dealt(lessons, minutes)
    assert all(given_out[one.name] <= one.practise for one in lessons)
    assert sum(given_out.values()) == min(minutes // 5 * 5, 5 * sum(fives))
