"""Rules on what is listed: knobs, manifest, register, registry and glossary agree."""

import importlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cxlab.course.manifest import Lesson
from cxlab.course.notebooks import title, write_notebook
from cxlab.course.parameters import (
    BadParameterCell,
    BadParameters,
    parameters_of,
    resolve,
)
from cxlab.course.rules.base import Course, CourseRule, LessonRule, Problem, Source
from cxlab.course.rules.cells import SpeakingIds
from cxlab.datasets import LABELS
from cxlab.register import STATUSES

_INVENTED = {"GENERATED", "FICTIONAL"}
_ID = re.compile(r"[A-Z]{1,6}-?\d{2,3}[a-z]?")


class KnobsFirst(LessonRule):
    """The first code cell of a lesson, and no other, is its parameters cell."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Tag the first code cell `parameters`; imports stand where they are used."""
        found = lesson.tagged("parameters")
        first = next(iter(lesson.of_kind("code")), None)
        if not found:
            yield Problem(says="no cell is tagged parameters")
        for cell in found:
            if cell is not first:
                yield Problem(says="it is not the first code cell", cell=cell.id)


class KnobsSpeak(LessonRule):
    """Every knob has its type, default, meaning and range, and papermill reads it."""

    requires = (KnobsFirst, SpeakingIds)  # papermill repairs ids, with a warning

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write one a line: `n: int = 2000  # customers [100 .. 100000]`."""
        cell = lesson.tagged("parameters")[0]
        try:
            knobs = parameters_of(lesson.notebook)
        except BadParameterCell as error:
            yield Problem(says=str(error), cell=cell.id)
            return
        for line in cell.source.splitlines():
            if line.strip().startswith("#") or not line.strip():
                yield Problem(says=f"{line!r} is no knob", cell=cell.id)
        meant = {(knob.name, knob.type, knob.meaning) for knob in knobs.values()}
        for name, *_rest in sorted(meant - _inspected(lesson)):
            yield Problem(says=f"papermill reads {name!r} otherwise", cell=cell.id)
        if "seed" not in knobs:
            yield Problem(says="there is no seed", cell=cell.id)


def _inspected(lesson: Source) -> set[tuple[str, str, str]]:
    """Return what papermill finds: (name, type, meaning)."""
    import papermill

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lesson.ipynb"
        path.write_text(write_notebook(lesson.notebook), encoding="utf-8")
        found = papermill.inspect_notebook(str(path))
    return {
        (name, one["inferred_type_name"], one["help"].split("[")[0].strip())
        for name, one in found.items()
    }


class FastProfile(LessonRule):
    """What the fast profile sets are knobs of the lesson, within their ranges."""

    requires = (KnobsSpeak,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Correct [lessons.NAME.fast] in course.toml, or the parameters cell."""
        fast = lesson.entry.fast if lesson.entry else {}
        try:
            turned = resolve(parameters_of(lesson.notebook), fast)
        except BadParameters as error:
            yield Problem(says=str(error).splitlines()[0])
            return
        if "seed" in turned:
            yield Problem(says="the fast profile changes the seed")


class TitleAsListed(LessonRule):
    """A lesson has the title under which the manifest lists it."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Make the h1 and `title` in course.toml the same."""
        listed = lesson.entry.title if lesson.entry else ""
        if listed and title(lesson.notebook) != listed:
            yield Problem(says=f"{title(lesson.notebook)!r} is listed as {listed!r}")


class LessonsAreListed(CourseRule):
    """Every lesson of the manifest has its notebook and its expected numbers."""

    def check(self, course: Course) -> Iterable[Problem]:
        """Add what is missing: the entry, the notebook, or tests/expected/NAME.toml."""
        listed = set(course.manifest.lessons)
        for name in sorted(listed - set(course.notebooks)):
            yield Problem(says=f"notebooks/{name}.ipynb is not there")
        for name in sorted(set(course.notebooks) - listed):
            yield Problem(says=f"{name} is not in course.toml")
        for name in sorted(listed - set(course.expected)):
            yield Problem(says=f"tests/expected/{name}.toml is not there")
        for name in sorted(set(course.expected) - listed):
            yield Problem(says=f"tests/expected/{name}.toml belongs to no lesson")


class EntriesAreComplete(CourseRule):
    """Every entry of the manifest says all that an index, a route and a room need."""

    def check(self, course: Course) -> Iterable[Problem]:
        """Fill it in in course/course.toml."""
        for lesson in course.manifest.lessons.values():
            for says in entry_faults(lesson, course):
                yield Problem(says=f"{lesson.name}: {says}")
        for route in course.manifest.routes.values():
            for name in route.lessons:
                if name not in course.manifest.lessons:
                    yield Problem(says=f"route {route.name}: there is no lesson {name}")


def entry_faults(lesson: Lesson, course: Course) -> Iterator[str]:
    """Give what an entry of the manifest lacks, or names that is not there."""
    manifest = course.manifest
    if not re.fullmatch(r"\d\d_[a-z0-9_]+", lesson.name):
        yield "its name is not NN_topic"
    if lesson.part not in manifest.parts:
        yield f"there is no part {lesson.part}"
    for what in ("teach", "practise"):
        if getattr(lesson, what) <= 0:
            yield f"{what} is no number of minutes"
    for what in ("title", "outcome", "decision", "room", "teaches", "books", "claims"):
        if not getattr(lesson, what):
            yield f"{what} is empty"
    yield from _absent(lesson.books, manifest.books, "book")
    yield from _absent(lesson.claims, course.claims, "claim")
    yield from _absent(lesson.data, course.datasets, "table")
    yield from _absent(lesson.needs, manifest.lessons, "lesson")
    names = list(manifest.lessons)
    for need in lesson.needs:
        if need in names and names.index(need) >= names.index(lesson.name):
            yield f"it needs {need}, which does not come before it"


def _absent(names: Iterable[str], there: Iterable[str], what: str) -> Iterator[str]:
    known = set(there)
    yield from (f"there is no {what} {name}" for name in names if name not in known)


class RegisterIsComplete(CourseRule):
    """Every claim of the register has its words, source, status, test and answer."""

    def check(self, course: Course) -> Iterable[Problem]:
        """Fill it in in course/claims.toml; leave out what is known from memory."""
        for claim in course.claims.values():
            if not _ID.fullmatch(claim.id):
                yield Problem(says=f"{claim.id} is no id like E13 or MOBI-01")
            if claim.status not in STATUSES:
                yield Problem(says=f"{claim.id}: status {claim.status!r}")
            if claim.status == "partly" and claim.numbers:
                says = f"{claim.id}: half seen, and yet its numbers may be printed"
                yield Problem(says=says)
            for what in ("says", "source", "tested", "answer"):
                if not getattr(claim, what):
                    yield Problem(says=f"{claim.id}: {what} is empty")
            if claim.book and claim.book not in course.manifest.books:
                yield Problem(says=f"{claim.id}: there is no book {claim.book}")
            if claim.lesson and claim.lesson not in course.manifest.lessons:
                yield Problem(says=f"{claim.id}: there is no lesson {claim.lesson}")


class TablesAreLabelled(CourseRule):
    """Every table is labelled REAL, FICTIONAL, GENERATED or PUBLISHED TABLE."""

    def check(self, course: Course) -> Iterable[Problem]:
        """Fill it in in datasets/registry.toml: whether it is real is said of each."""
        for table in course.datasets.values():
            if table.label not in LABELS:
                yield Problem(says=f"{table.name}: label {table.label!r}")
            for what in ("title", "origin", "citation", "licence", "columns"):
                if not getattr(table, what):
                    yield Problem(says=f"{table.name}: {what} is empty")
            if table.label in _INVENTED and not table.invented:
                yield Problem(says=f"{table.name}: what is invented is not said")
            if table.path and not re.fullmatch(r"[0-9a-f]{64}", table.sha256):
                yield Problem(says=f"{table.name}: it has no checksum")
            # without a number of rows it is collected where the lesson is taught
            if table.label == "REAL" and not table.path and table.rows is not None:
                yield Problem(says=f"{table.name}: it is real and has no file")
            for column in table.columns:
                if not (column.unit and column.meaning):
                    says = f"{table.name}, {column.name}: unit or meaning is empty"
                    yield Problem(says=says)


class GlossaryHolds(CourseRule):
    """Every term is defined, has its Russian term, and its function can be called."""

    def check(self, course: Course) -> Iterable[Problem]:
        """Fill it in in course/glossary.toml; correct the function's name."""
        for term in course.glossary:
            for what in ("term", "definition", "russian"):
                if not getattr(term, what):
                    yield Problem(says=f"{term.key}: {what} is empty")
            if term.function and not callable(_found(term.function)):
                says = f"{term.key}: there is no function {term.function}"
                yield Problem(says=says)


def _found(dotted: str) -> Any:
    """Return what a dotted name stands for; None if nothing."""
    module, _, name = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name, None)
    except (ImportError, ValueError):
        return None
