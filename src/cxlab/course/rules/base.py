"""What a house rule is: a small class that says itself, checks itself, and advises.

The first line of a rule's docstring is the rule. The docstring of its ``check`` is the
advice that is shown when it fails. ``requires`` names the rules that must hold first:
where one of them fails, a rule that builds on it would only repeat the complaint.
"""

import ast
import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from nbformat import NotebookNode
from nbformat.validator import iter_validate

from cxlab.course.expected import Expected
from cxlab.course.glossary import Term
from cxlab.course.manifest import Lesson, Manifest
from cxlab.course.notebooks import tags
from cxlab.course.rules.names import Names, after
from cxlab.datasets import Dataset
from cxlab.register import Claim

Subject = TypeVar("Subject")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One place where a rule does not hold."""

    says: str  # what was found there, in a few words
    cell: str = ""  # id of the cell


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A problem, with the rule that it breaks and what to do about it."""

    where: str  # lesson, or "course"
    cell: str
    rule: str  # name of the rule's class
    says: str
    advice: str

    def __str__(self) -> str:
        """Say it in two lines: where and what; then the remedy."""
        place = f"{self.where}, cell {self.cell}" if self.cell else self.where
        return f"{place}: {self.says} [{self.rule}]\n    {self.advice}"


@dataclass(frozen=True, kw_only=True)
class Course:
    """What the rules know besides the lessons."""

    manifest: Manifest
    claims: Mapping[str, Claim]
    datasets: Mapping[str, Dataset]
    glossary: tuple[Term, ...]
    notebooks: tuple[str, ...]  # names of the notebooks that are there
    expected: tuple[str, ...]  # names of the lessons that have expected numbers
    held: Mapping[str, Expected]  # what these are held to, by lesson
    texts: Mapping[str, str]  # what else readers see: file name -> text


@dataclass(frozen=True)
class Source:
    """A lesson as the rules see it: its cells, its code read, and the course."""

    name: str
    notebook: NotebookNode
    course: Course

    @property
    def entry(self) -> Lesson | None:
        """The lesson's entry in the manifest; None if it has none."""
        return self.course.manifest.lessons.get(self.name)

    @property
    def cells(self) -> list[NotebookNode]:
        """All cells."""
        return list(self.notebook.cells)

    def of_kind(self, kind: str) -> list[NotebookNode]:
        """Return all cells of one kind, ``"code"`` or ``"markdown"``."""
        return [cell for cell in self.cells if cell.cell_type == kind]

    def tagged(self, tag: str) -> list[NotebookNode]:
        """All cells that carry a tag."""
        return [cell for cell in self.cells if tag in tags(cell)]

    @cached_property
    def trees(self) -> list[tuple[NotebookNode, ast.Module]]:
        """The code cells that are Python, with their syntax trees."""
        found = ((cell, parsed(cell.source)) for cell in self.of_kind("code"))
        return [(cell, tree) for cell, tree in found if tree is not None]

    def names_at(self, cell: NotebookNode) -> Names:
        """Return what each name stands for once that cell has run."""
        return self._names[cell.get("id", "")]

    @cached_property
    def _names(self) -> dict[str, Names]:
        names: Names = {}
        found: dict[str, Names] = {}
        for cell, tree in self.trees:
            names = found[cell.get("id", "")] = after(tree, names)
        return found

    def calls(self, name: str) -> Iterator[tuple[NotebookNode, ast.Call]]:
        """Every call of a function of that name, as `say(...)` or `lesson.say(...)`."""
        for cell, tree in self.trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and called(node) == name:
                    yield cell, node


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree of a cell; None if it is not Python."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return None


def called(node: ast.Call) -> str:
    """Return the name of the function that is called, without its module."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def argument(node: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
    """Return an argument of a call, by its name or its position; None if not given."""
    for keyword in node.keywords:
        if keyword.arg == name:
            return keyword.value
    if position is not None and position < len(node.args):
        return node.args[position]
    return None


def text_of(node: ast.expr | None) -> str | None:
    """Return a text that is written down as it is; None if it is anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


class Rule(ABC, Generic[Subject]):
    """Something that must hold everywhere in the course."""

    requires: ClassVar[tuple[type["Rule[Any]"], ...]] = ()

    @abstractmethod
    def check(self, subject: Subject, /) -> Iterable[Problem]:
        """Give a problem for every place where the rule does not hold."""

    @classmethod
    def says(cls) -> str:
        """Return the rule in one sentence."""
        return _paragraph(cls)

    @classmethod
    def advice(cls) -> str:
        """Return what to do where the rule does not hold."""
        return _paragraph(cls.check)


LessonRule = Rule[Source]  # must hold in every lesson
CourseRule = Rule[Course]  # must hold once, for the course as a whole


def _paragraph(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def findings(
    rules: Sequence[Rule[Subject]], subject: Subject, *, where: str
) -> list[Finding]:
    """Ask the rules, in order; skip those whose requirements do not hold."""
    found: list[Finding] = []
    unmet: set[type[Rule[Any]]] = set()
    for rule in rules:
        kind = type(rule)
        if unmet.intersection(kind.requires):
            unmet.add(kind)
            continue
        problems = list(rule.check(subject))
        if problems:
            unmet.add(kind)
        found += [
            Finding(
                where=where,
                cell=problem.cell,
                rule=kind.__name__,
                says=problem.says,
                advice=rule.advice(),
            )
            for problem in problems
        ]
    return found


def validity(notebook: NotebookNode) -> Iterator[str]:
    """Give what the notebook format has against a notebook."""
    for error in iter_validate(notebook):  # type: ignore[no-untyped-call]
        place = "/".join(str(part) for part in error.path)
        yield f"{place or 'the notebook'}: {error.message.splitlines()[0]}"
