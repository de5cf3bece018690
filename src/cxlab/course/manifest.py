"""The one manifest: which parts, routes, books and lessons the course has.

course/course.toml is the only place where a lesson's minutes, needs, claims and
profiles stand; everything else asks here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cxlab.root import project_root

PROFILES = ("fast", "full")


class UnknownLesson(ValueError):
    """A lesson was asked for that the course does not have."""


@dataclass(frozen=True, kw_only=True)
class Book:
    """One of the books whose claims the course judges."""

    key: str
    title: str
    authors: str
    year: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the course."""

    number: int
    title: str


@dataclass(frozen=True, kw_only=True)
class Route:
    """A way through the course: an ordered choice of lessons."""

    name: str
    title: str
    says: str
    lessons: tuple[str, ...]
    rooms: tuple[int, ...] = ()  # minutes that each room is open, if it is an event
    start: str = ""  # when the room opens, such as "09:00"


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """One lesson as the manifest describes it."""

    name: str  # NN_topic, the same everywhere
    title: str
    part: int
    teach: int  # minutes
    practise: int  # minutes
    books: tuple[str, ...]
    needs: tuple[str, ...]
    teaches: tuple[str, ...]
    claims: tuple[str, ...]
    data: tuple[str, ...]
    outcome: str
    decision: str
    room: str
    fast: Mapping[str, Any]  # parameters of the fast profile
    paper: bool = False  # whether it ends with a paper that is handed in

    @property
    def notebook(self) -> Path:
        """Path of the lesson's source."""
        return project_root() / "notebooks" / f"{self.name}.ipynb"

    def profile(self, name: str) -> Mapping[str, Any]:
        """Return the parameters that a profile sets; ``full`` sets none.

        Raises
        ------
        ValueError
            If there is no such profile.
        """
        if name not in PROFILES:
            raise ValueError(
                f"There is no profile {name!r}. Choose one of: {', '.join(PROFILES)}."
            )
        return self.fast if name == "fast" else MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The whole course."""

    title: str
    sentence: str
    books: Mapping[str, Book]
    parts: Mapping[int, Part]
    routes: Mapping[str, Route]
    lessons: Mapping[str, Lesson]  # in the order of the course

    def lesson(self, name: str) -> Lesson:
        """Return one lesson by its name, or by the number it begins with.

        Raises
        ------
        UnknownLesson
            If the course has no such lesson; the nearest name is given.
        """
        if name in self.lessons:
            return self.lessons[name]
        numbered = [n for n in self.lessons if n.split("_")[0] == name]
        if numbered:
            return self.lessons[numbered[0]]
        near = get_close_matches(name, self.lessons, n=1, cutoff=0.0)
        raise UnknownLesson(
            f"There is no lesson {name!r}"
            + (f"; the nearest is {near[0]!r}" if near else "")
            + f". The course has: {', '.join(self.lessons)}."
        )

    def routes_of(self, lesson: str) -> tuple[Route, ...]:
        """Return the routes on which a lesson lies."""
        return tuple(r for r in self.routes.values() if lesson in r.lessons)


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with its lists as tuples."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}


def _lesson(name: str, row: Mapping[str, Any]) -> Lesson:
    fields = _frozen(row)
    fields["fast"] = MappingProxyType(fields.get("fast", {}))
    return Lesson(name=name, **fields)


def read_manifest(path: Path) -> Manifest:
    """Read a manifest from a file.

    Raises
    ------
    TypeError
        If an entry lacks a field, or has one that the course does not know.
    """
    toml = tomllib.loads(path.read_text(encoding="utf-8"))
    lessons = {
        name: _lesson(name, row) for name, row in sorted(toml["lessons"].items())
    }
    return Manifest(
        title=toml["course"]["title"],
        sentence=toml["course"]["sentence"],
        books={k: Book(key=k, **row) for k, row in toml["books"].items()},
        parts={int(k): Part(number=int(k), **row) for k, row in toml["parts"].items()},
        routes={k: Route(name=k, **_frozen(row)) for k, row in toml["routes"].items()},
        lessons=lessons,
    )


@cache
def manifest() -> Manifest:
    """Return the manifest of this course."""
    return read_manifest(project_root() / "course" / "course.toml")
