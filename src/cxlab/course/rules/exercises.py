"""Rules on exercises: a question, a starter, a solution and a check, each time."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nbformat import NotebookNode

from cxlab.course.notebooks import tags
from cxlab.course.rules.base import (
    LessonRule,
    Problem,
    Source,
    argument,
    called,
    parsed,
    text_of,
)
from cxlab.course.rules.code import ReadsAsPython
from cxlab.course.rules.reading import sentences, texts_in

_SHAPE = re.compile(r"q+s+[mc]*c[mc]*k")
_MISSING = {
    "q": "a question (markdown, tag exercise)",
    "s": "a starter (code, tag exercise)",
    "c": "a solution (code, tag solution)",
    "k": "a check (code, tag check)",
}


@dataclass(kw_only=True)
class Exercise:
    """The cells of one exercise, each with the letter of its part."""

    cells: list[NotebookNode] = field(default_factory=list)
    parts: str = ""  # q question, s starter, c and m solution (code, markdown), k check

    @property
    def whole(self) -> bool:
        """Whether every part is there, in order."""
        return _SHAPE.fullmatch(self.parts) is not None

    @property
    def missing(self) -> list[str]:
        """Which parts are not there."""
        return [says for part, says in _MISSING.items() if part not in self.parts]

    def of(self, part: str) -> list[NotebookNode]:
        """Return the cells of one part."""
        pairs = zip(self.cells, self.parts, strict=True)
        return [cell for cell, letter in pairs if letter == part]


def exercises(lesson: Source) -> Iterator[Exercise]:
    """Give the exercises of a lesson, whole or not; notes in between do not count."""
    current = Exercise()
    for cell in lesson.cells:
        if "facilitator" in tags(cell):
            continue
        part = _part(cell)
        begins = part == "q" and not current.parts.endswith("q")
        if current.parts and (not part or begins):
            yield current
            current = Exercise()
        if part:
            current.cells.append(cell)
            current.parts += part
    if current.parts:
        yield current


def _part(cell: NotebookNode) -> str:
    code = cell.cell_type == "code"
    for tag, letters in {"exercise": "qs", "solution": "mc", "check": "kk"}.items():
        if tag in tags(cell):
            return letters[code]
    return ""


def _given(cells: Iterable[NotebookNode]) -> dict[str, list[ast.expr]]:
    """Return what names are given in these cells, in the cell itself or in a branch."""
    found: dict[str, list[ast.expr]] = {}
    for cell in cells:
        tree = parsed(cell.source)
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    for name in ast.walk(target):
                        if isinstance(name, ast.Name):
                            found.setdefault(name.id, []).append(node.value)
    return found


def _checks(cell: NotebookNode) -> list[ast.Call]:
    tree = parsed(cell.source)
    nodes = ast.walk(tree) if tree else ()
    return [n for n in nodes if isinstance(n, ast.Call) and called(n) == "check"]


class ExercisesWhole(LessonRule):
    """Every exercise has a question, a starter, a solution, a check, in this order."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Tag the cells exercise, exercise, solution, check, with nothing between."""
        for exercise in exercises(lesson):
            if exercise.whole:
                continue
            missing = ", ".join(exercise.missing)
            says = f"it lacks {missing}" if missing else "its parts are out of order"
            yield Problem(says=says, cell=exercise.cells[0].id)


class ThreeToFive(LessonRule):
    """A lesson has three to five exercises."""

    requires = (ExercisesWhole,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Ask at least three times, each right after its idea, and not too often."""
        count = len(list(exercises(lesson)))
        if not 3 <= count <= 5:
            yield Problem(says=f"it has {count}")


class QuestionsAreShort(LessonRule):
    """A question begins with "Your turn" in bold and has at most three sentences."""

    requires = (ExercisesWhole,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Ask one thing: the situation, the question, and where to put the answer."""
        for exercise in exercises(lesson):
            cell = exercise.cells[0]
            asked = "\n\n".join(one.source for one in exercise.of("q"))
            body = re.sub(r"^#.*$", "", asked, flags=re.MULTILINE).strip()
            opening = re.match(r"\*\*Your turn[^*]*\*\*\s*", body)
            if opening is None:
                yield Problem(
                    says="it does not begin with **Your turn.**", cell=cell.id
                )
                continue
            count = len(sentences(body[opening.end() :]))
            if count > 3:
                yield Problem(says=f"it has {count} sentences", cell=cell.id)


class AnswersAreNamed(LessonRule):
    """A starter leaves the answer as None, a solution gives it, a check reads it."""

    requires = (ReadsAsPython, ExercisesWhole)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write `x = None` to start, `x = ...` as the solution, then `check(id, x)`."""
        for exercise in exercises(lesson):
            started = _given(exercise.of("s"))
            open_names = {
                name
                for name, values in started.items()
                if isinstance(values[-1], ast.Constant) and values[-1].value is None
            }
            solved = set(_given(exercise.of("c")))
            cell = exercise.of("k")[0]
            for call in _checks(cell):
                answer = argument(call, "answer", 1)
                name = answer.id if isinstance(answer, ast.Name) else ""
                if name not in open_names:
                    says = f"no starter leaves {name or 'its answer'} as None"
                    yield Problem(says=says, cell=cell.id)
                if name not in solved:
                    says = f"no solution gives {name or 'its answer'}"
                    yield Problem(says=says, cell=cell.id)


class ChecksAreCollapsed(LessonRule):
    """A check stands alone in a cell with its tag, whose source is collapsed."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Tag the cell `check` and set `"jupyter": {"source_hidden": true}` in it."""
        for cell in lesson.of_kind("code"):
            count, tagged = len(_checks(cell)), "check" in tags(cell)
            if count and not tagged:
                yield Problem(says="it checks and is not tagged", cell=cell.id)
            if tagged and count != 1:
                yield Problem(says=f"it calls check {count} times", cell=cell.id)
            hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
            if tagged and hidden is not True:
                yield Problem(says="its source is not collapsed", cell=cell.id)


class ChecksAreFair(LessonRule):
    """A check computes what it expects, and knows the likely mistakes by name."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Compute `expect` from the lesson's data; give `near_misses` and a `hint`."""
        ids: set[str] = set()
        for cell, call in lesson.calls("check"):
            check_id = text_of(argument(call, "check_id", 0)) or ""
            if not check_id or check_id in ids:
                yield Problem(says="its id is not a text of its own", cell=cell.id)
            ids.add(check_id)
            for name in ("expect", "hint", "near_misses"):
                if argument(call, name) is None:
                    yield Problem(says=f"it has no {name}", cell=cell.id)
            expect = argument(call, "expect")
            if expect is not None and _typed_number(expect):
                yield Problem(says="what it expects is typed in", cell=cell.id)
            names = lesson.names_at(cell)
            hints = list(texts_in(argument(call, "near_misses"), names))
            if len(set(hints)) < len(hints):
                yield Problem(says="two near misses share a hint", cell=cell.id)


def _typed_number(node: ast.expr) -> bool:
    """Whether nothing but numbers stands in an expression: 16, or -1 + 2 * 3."""
    leaves = [n for n in ast.walk(node) if isinstance(n, ast.Constant | ast.Name)]
    return bool(leaves) and all(
        isinstance(n, ast.Constant)
        and isinstance(n.value, int | float)
        and not isinstance(n.value, bool)
        for n in leaves
    )
