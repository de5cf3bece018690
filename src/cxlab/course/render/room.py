"""The facilitator's room: how to teach, the agendas, and a sheet for each lesson.

Each fact has one place: the prose is course/facilitator.md, the agendas are computed,
and the sheets are gathered from the manifest and from the notes in the lessons.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cxlab.course.agenda import Agenda, Day, Slot, agendas, clock
from cxlab.course.manifest import Lesson, Manifest
from cxlab.course.notebooks import read_notebook
from cxlab.course.render.frame import Frame
from cxlab.course.render.site import folder_of, frame_at, whole_page
from cxlab.course.render.text import Writer
from cxlab.course.roomnotes import KINDS, Note, room_notes
from cxlab.register import Claim
from cxlab.root import project_root

# File name of each page, and what it is called; each is printed, too.
PAGES: Mapping[str, str] = {
    "teach.html": "Teaching the course",
    "agendas.html": "Agendas",
    "sheets.html": "A sheet for each lesson",
}
_KINDS = {
    "question": "Ask",
    "wrong": "Wrong answer",
    "cut": "If time is short",
    "bridge": "Bridge",
}
_SLOTS = {
    "welcome": "Welcome",
    "break": "Break",
    "lunch": "Lunch",
    "close": "Cards for Monday, and close",
}
_DAYS = ("First day", "Second day", "Third day", "Fourth day", "Fifth day")
_NUMBERED = re.compile(r"\A(\d+)\.(?=\s)")
_BRIDGE = re.compile(r"\ABridge to ([^:]+): (.*)\Z", re.DOTALL)


def guide() -> Path:
    """Return the file that says how to teach the course."""
    return project_root() / "course" / "facilitator.md"


def render_room(
    course: Manifest,
    claims: Mapping[str, Claim],
    *,
    printed: Collection[str] = (),
    alone: bool = False,
) -> dict[str, str]:
    """Return the pages of the facilitator's room, by file name.

    Parameters
    ----------
    course
        The manifest.
    claims
        The register, by claim id.
    printed
        Names of the pages that have a PDF beside them.
    alone
        For paper: no link leaves a page.
    """
    pages = {
        "teach.html": _teach(claims),
        "agendas.html": {"agendas": [_agenda(course, one) for one in agendas(course)]},
        "sheets.html": {"parts": _parts(course, claims)},
    }
    return {
        name: whole_page(
            name,
            sheets=("room",),
            frame=_frame(course, name, alone=alone),
            links=not alone,
            title=PAGES[name],
            pages=PAGES,
            here=name,
            pdf=name.replace(".html", ".pdf") if name in printed and not alone else "",
            **values,
        )
        for name, values in pages.items()
    }


def _frame(course: Manifest, name: str, *, alone: bool) -> Frame:
    frame = frame_at(course, name)
    return replace(frame, site=()) if alone else frame


def _teach(claims: Mapping[str, Claim]) -> dict[str, Any]:
    """Split the guide into its head and the rest."""
    writer = _writer(claims)
    text = guide().read_text(encoding="utf-8")
    _, _, below = text.partition("\n\n")  # the title is the page's own
    lead, mark, rest = below.partition("\n## ")
    return {
        "lead": Markup(writer.block(lead)),  # noqa: S704
        "article": Markup(writer.block(mark.lstrip() + rest)),  # noqa: S704
    }


def _writer(claims: Mapping[str, Claim]) -> Writer:
    return Writer(lambda claim_id: f"register.html#{claim_id}", claims)


def _agenda(course: Manifest, plan: Agenda) -> dict[str, Any]:
    several = len(plan.days) > 1
    return {
        "name": plan.route.name,
        "title": plan.route.title,
        "says": plan.route.says,
        "days": [
            _day(course, day, _DAYS[number] if several else "")
            for number, day in enumerate(plan.days)
        ],
        "home": [
            {"title": course.lessons[name].title, "minutes": minutes}
            for name, minutes in plan.take_home.items()
        ],
        "home_minutes": sum(plan.take_home.values()),
        "unmet": [
            {
                "title": course.lessons[name].title,
                "needs": [course.lessons[need].title for need in absent],
            }
            for name, absent in plan.unmet.items()
        ],
    }


def _day(course: Manifest, day: Day, title: str) -> dict[str, Any]:
    lessons = [slot for slot in day.slots if slot.kind == "lesson"]
    practise = sum(slot.practise for slot in lessons)
    return {
        "title": title,
        "hours": f"{clock(day.slots[0].start)} to {clock(day.slots[-1].end)}",
        "teach": sum(slot.minutes for slot in lessons) - practise,
        "practise": practise,
        "pause": day.minutes - sum(slot.minutes for slot in lessons),
        "slots": [_slot(course, slot) for slot in day.slots],
    }


def _slot(course: Manifest, slot: Slot) -> dict[str, Any]:
    is_lesson = slot.kind == "lesson"
    return {
        "kind": slot.kind,
        "start": clock(slot.start),
        "title": course.lessons[slot.lesson].title if is_lesson else _SLOTS[slot.kind],
        "sheet": f"sheets.html#{slot.lesson}" if is_lesson else "",
        "minutes": slot.minutes,
        "split": f"{slot.minutes - slot.practise} + {slot.practise}"
        if is_lesson
        else "",
    }


def _parts(course: Manifest, claims: Mapping[str, Claim]) -> list[dict[str, Any]]:
    writer = _writer(claims)
    sheets = {
        name: _sheet(lesson, writer) | {"routes": _events(course, name)}
        for name, lesson in course.lessons.items()
    }
    parts = [
        {
            "number": part.number,
            "title": part.title,
            "sheets": [
                sheet
                for name, sheet in sheets.items()
                if course.lessons[name].part == part.number
            ],
        }
        for part in course.parts.values()
    ]
    return [part for part in parts if part["sheets"]]


def _events(course: Manifest, lesson: str) -> list[str]:
    return [route.title for route in course.routes_of(lesson) if route.rooms]


def _sheet(lesson: Lesson, writer: Writer) -> dict[str, Any]:
    """Return what a facilitator needs of one lesson, on one sheet of paper."""
    folder = folder_of(lesson.name)
    notes = room_notes(read_notebook(lesson.name))
    return {
        "name": lesson.name,
        "number": lesson.name.partition("_")[0],
        "title": lesson.title,
        "teach": lesson.teach,
        "practise": lesson.practise,
        "outcome": lesson.outcome,
        "decision": lesson.decision,
        "room": lesson.room.removeprefix("Without laptops: "),
        "folder": folder,
        "sections": [
            {
                "title": Markup(writer.inline(title)),  # noqa: S704
                "notes": [
                    {
                        "label": _KINDS[note.kind],
                        "text": Markup(writer.inline(_said(note))),  # noqa: S704
                    }
                    for note in told
                ],
            }
            for title, told in _by_section(notes).items()
        ],
    }


def _by_section(notes: Sequence[Note]) -> dict[str, list[Note]]:
    """Group notes by their section; of the bridges, keep those that leave the lesson.

    Questions come first, as they do in the room.
    """
    found: dict[str, list[Note]] = {}
    for note in notes:
        if note.kind != "bridge" or _BRIDGE.match(note.text):
            found.setdefault(note.section, []).append(note)
    for told in found.values():
        told.sort(key=lambda note: KINDS.index(note.kind))
    return found


def _said(note: Note) -> str:
    """Return a note as its sheet says it: what its label says is not said twice."""
    text = note.text
    if note.kind == "bridge" and (found := _BRIDGE.match(text)):
        return f"To {found[1]}: {found[2]}"
    for words in ("If you are short of time, ", "If time is short, ", "What to cut: "):
        text = text.removeprefix(words)
    text = text.removeprefix("Short of time: ")
    # An answer of "50." would be the fiftieth of a list.
    return _NUMBERED.sub(r"\1\.", text[:1].upper() + text[1:])
