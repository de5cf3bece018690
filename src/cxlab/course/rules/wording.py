"""Rules on wording: plain words, no hype, and one name for each thing."""

import re
from collections.abc import Iterable, Iterator

from cxlab.course.rules.base import Course, CourseRule, LessonRule, Problem, Source
from cxlab.course.rules.reading import spoken, visible

# voice.md, "not like this"; whole words, in any case
HYPE = (
    "simply",
    "just",
    "obviously",
    "of course",
    "easily",
    "trivial",
    "trivially",
    "leverage",
    "leveraging",
    "unlock",
    "unlocks",
    "insights",
    "powerful",
    "seamless",
    "seamlessly",
    "game-changer",
    "game-changing",
    "cutting-edge",
    "state-of-the-art",
    "world-class",
    "best-in-class",
    "revolutionary",
    "delve",
    "in this section we",
    "in this lesson we",
    "as we can see",
    "it is important to note",
    "it should be noted",
    "needless to say",
)
_HYPE = re.compile(rf"(?<![\w-])(?:{'|'.join(HYPE)})(?![\w-])", re.IGNORECASE)
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff]")
_SHOUT = re.compile(r"(?<!\\)!(?![\[=])")
# Spelt in two pieces: the abbreviation is written nowhere, not even here.
_ABBREVIATION = re.compile(r"\bS" + r"PC\b")


def unfit(text: str) -> Iterator[str]:
    """Give what a text should not say, and how it should not say it.

    Examples
    --------
    >>> list(unfit("Simply the best!"))
    ["it says 'Simply'", 'an exclamation mark']
    """
    words = visible(text)
    yield from (f"it says {found[0]!r}" for found in _HYPE.finditer(words))
    if _SHOUT.search(words):
        yield "an exclamation mark"
    if found := _EMOJI.search(words):
        yield f"an emoji, {found[0]}"


class PlainWords(LessonRule):
    """A lesson speaks plainly: no hype, no exclamation marks, no emoji."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Leave the word out and read the sentence again; it is stronger without."""
        for said in spoken(lesson):
            for says in unfit(said.text):
                yield Problem(says=says, cell=said.cell)


class TwoNamesNeverOne(LessonRule):
    """The service-profit chain and a control chart have no common abbreviation."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write "service-profit chain" or "control chart", whichever is meant."""
        for cell in lesson.cells:
            if found := _ABBREVIATION.search(cell.source):
                yield Problem(says=f"it says {found[0]}", cell=cell.id)


class PlainTexts(CourseRule):
    """What the course says outside its lessons keeps to the same words."""

    def check(self, course: Course) -> Iterable[Problem]:
        """Leave the word out; write out what is abbreviated."""
        for name, text in course.texts.items():
            for says in unfit(text):
                yield Problem(says=f"{name}: {says}")
            if found := _ABBREVIATION.search(text):
                yield Problem(says=f"{name}: it says {found[0]}")
