"""How far a trainee has come: read from the notebooks that lie saved in a folder.

Every check and every guess leaves a record in its cell, and so does what came out in
the end. Nothing is run, nothing is written, and a notebook that cannot be read is named
and passed over.
"""

import contextlib
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxlab.course.manifest import Lesson, manifest
from cxlab.course.notebooks import parse_notebook
from cxlab.course.start import DamagedRecord, chosen_folder, given_to, is_today
from cxlab.records import MIME

# Whatever a broken file can make of reading it.
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,  # DamagedNotebook is one
)
_PREDICT = re.compile(r'(?<![\w.])predict\(\s*"([^"]+)"')


class NothingGiven(FileNotFoundError):
    """There are no lessons in a folder."""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A guess that was made, and what it was a guess of."""

    lesson: str
    value: float | str
    came_out: float | str  # in the guess's own unit
    within: float  # how far off still counts as near

    @property
    def near(self) -> bool:
        """Whether the guess came near: a number within its band, or the same word."""
        if self.steps is None:
            return str(self.value).casefold() == str(self.came_out).casefold()
        return abs(self.steps) <= 1

    @property
    def steps(self) -> float | None:
        """How far too high it was, in bands; below 0: too low; None for a word."""
        if isinstance(self.value, str) or isinstance(self.came_out, str):
            return None
        return round((self.value - self.came_out) / self.within, 9)


@dataclass(frozen=True, kw_only=True)
class LessonStatus:
    """How far a trainee has come in one lesson."""

    lesson: Lesson
    file: str  # the notebook that was read
    checks: int  # how many the lesson has
    right: int
    not_yet: int
    asked: int  # guesses that the lesson asks for
    guessed: int
    guesses: tuple[Guess, ...]  # those of which one knows what came out
    remark: str = ""  # what somebody should know about the files

    @property
    def unanswered(self) -> int:
        """Checks that nobody has tried yet."""
        return max(self.checks - self.right - self.not_yet, 0)

    @property
    def complete(self) -> bool:
        """Whether every check is right."""
        return 0 < self.checks == self.right


@dataclass(frozen=True, kw_only=True)
class Status:
    """How far a trainee has come in all lessons of a folder."""

    folder: Path
    lessons: tuple[LessonStatus, ...]

    @property
    def checks(self) -> int:
        """How many checks the lessons have."""
        return sum(one.checks for one in self.lessons)

    @property
    def right(self) -> int:
        """How many of them are right."""
        return sum(one.right for one in self.lessons)

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """Every guess of which one knows what came out."""
        return tuple(guess for one in self.lessons for guess in one.guesses)

    @property
    def near(self) -> int:
        """How many of these guesses came near."""
        return sum(guess.near for guess in self.guesses)

    def __str__(self) -> str:
        """Say it in one or two sentences."""
        said = (
            f"{self.right} of {self.checks} checks right in {_lessons(self.lessons)}."
        )
        if self.guesses:
            said += f" {self.near} of {len(self.guesses)} guesses came near."
        return said


def status(folder: Path | str | None = None) -> Status:
    """Read how far the trainee of a folder has come.

    Parameters
    ----------
    folder
        Where `start` put the lessons; None: as `start` chooses it.

    Raises
    ------
    NothingGiven
        If there is no lesson in the folder.
    ValueError, NotADirectoryError
        If the folder cannot be one for a trainee.
    """
    path = chosen_folder(folder)
    try:
        given = given_to(path)
        lost = ""
    except DamagedRecord:
        given, lost = {}, "what was given is not known: .cxlab.json cannot be read"
    found = []
    for lesson in manifest().lessons.values():
        if files := list(_files(path, lesson.name, given.get(lesson.name, {}))):
            remark = lost or _remark(path, lesson.name, given.get(lesson.name), files)
            found.append(_best(lesson, files, remark))
    if not found:
        raise NothingGiven(
            f"There are no lessons in {path}. Name the folder that you work in, or get "
            "lessons: cxlab start"
        )
    return Status(folder=path, lessons=tuple(found))


def _files(folder: Path, lesson: str, given: Iterable[str]) -> Iterator[Path]:
    """Give the files that hold a lesson: as noted, or as their names say."""
    own = re.compile(rf"{re.escape(lesson)}(?: \(update(?: \d+)?\))?\.ipynb")
    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir()):
            if path.is_file() and (path.name in given or own.fullmatch(path.name)):
                yield path


def _remark(
    folder: Path, lesson: str, given: Mapping[str, str] | None, files: list[Path]
) -> str:
    if given is not None and not is_today(folder, lesson, given):
        return "the lesson has changed: cxlab start puts the new one beside it"
    return "an update lies beside it" if len(files) > 1 else ""


def _best(lesson: Lesson, files: list[Path], remark: str) -> LessonStatus:
    """Return the file in which most was done."""
    read = [_of_file(lesson, path, remark) for path in files]
    return max(read, key=lambda one: (one.right, one.not_yet, one.guessed, one.checks))


def _of_file(lesson: Lesson, path: Path, remark: str) -> LessonStatus:
    try:
        notebook = parse_notebook(path.read_bytes(), name=path.name)
        cells = [cell for cell in notebook.cells if isinstance(cell, Mapping)]
        return _of_cells(lesson, path.name, cells, remark)
    except _UNREADABLE:
        return LessonStatus(
            lesson=lesson,
            file=path.name,
            checks=0,
            right=0,
            not_yet=0,
            asked=0,
            guessed=0,
            guesses=(),
            remark="this notebook cannot be read; your other files are as they were",
        )


def _of_cells(
    lesson: Lesson, file: str, cells: Sequence[Mapping[str, Any]], remark: str
) -> LessonStatus:
    records = list(_records(cells))
    outcomes = _latest(records, "check", "outcome")
    values = {
        k: v for k, v in _latest(records, "prediction", "value").items() if _said(v)
    }
    asked = {
        name for cell in cells for name in _PREDICT.findall(str(cell.get("source")))
    }
    said = list(outcomes.values())
    return LessonStatus(
        lesson=lesson,
        file=file,
        checks=sum("check" in _tags(cell) for cell in cells),
        right=said.count("right"),
        not_yet=said.count("not yet"),
        asked=len(asked),
        guessed=len(values),
        guesses=tuple(_guesses(lesson.name, values, records)),
        remark=remark,
    )


def _tags(cell: Mapping[str, Any]) -> Sequence[str]:
    found = (cell.get("metadata") or {}).get("tags") or ()
    return found if isinstance(found, list) else ()


def _records(cells: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Give the records of saved cells; what is none is passed over."""
    for cell in cells:
        for output in cell.get("outputs") or ():
            data = output.get("data") if isinstance(output, Mapping) else None
            payload = data.get(MIME) if isinstance(data, Mapping) else None
            if isinstance(payload, Mapping) and isinstance(payload.get("id"), str):
                yield payload


def _latest(
    records: Iterable[Mapping[str, Any]], kind: str, key: str
) -> dict[str, Any]:
    """Return what was said last under each name."""
    return {one["id"]: one.get(key) for one in records if one.get("kind") == kind}


def _said(value: object) -> bool:
    if isinstance(value, str):
        return True
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def _guesses(
    lesson: str, values: Mapping[str, Any], records: Iterable[Mapping[str, Any]]
) -> Iterator[Guess]:
    """Pair guesses with what came out, where both are known and of one kind."""
    out = {one["id"]: one for one in records if one.get("kind") == "outcome"}
    for name, value in values.items():
        came_out = out.get(name, {}).get("value")
        within = out.get(name, {}).get("within", 0)
        if came_out is None or not (_said(came_out) and _said(within)):
            continue
        if isinstance(value, str) == isinstance(came_out, str) and float(within) > 0:
            yield Guess(
                lesson=lesson, value=value, came_out=came_out, within=float(within)
            )


def _lessons(lessons: tuple[LessonStatus, ...]) -> str:
    return "1 lesson" if len(lessons) == 1 else f"{len(lessons)} lessons"
