"""Rules on the notes from which the facilitator's sheets are gathered."""

from collections.abc import Iterable

from cxlab.course.roomnotes import room_notes
from cxlab.course.rules.base import LessonRule, Problem, Source

_WANTED = {
    "question": 'a question to the room: Ask: "...?"',
    "wrong": '"Wrong answer to expect: ..."',
    "cut": '"If you are short of time, ..."',
}


class RoomIsReady(LessonRule):
    """The notes give a question, a wrong answer to expect, and what to cut."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write it into a facilitator's cell, where it is used: sheets are made of it.

        A sheet finds a thing by the words that it begins with.
        """
        there = {note.kind for note in room_notes(lesson.notebook)}
        for kind, says in _WANTED.items():
            if kind not in there:
                yield Problem(says=f"no note holds {says}")
