"""Rules on evidence: verdicts are computed, and what is shown says where it is from."""

import ast
import re
from collections.abc import Iterable, Iterator

from cxlab.course.rules.base import (
    LessonRule,
    Problem,
    Source,
    argument,
    called,
    text_of,
)
from cxlab.course.rules.code import ReadsAsPython
from cxlab.course.rules.names import Names
from cxlab.course.rules.reading import BLANK, texts_in, uncoded, words
from cxlab.datasets import LABELS
from cxlab.register import EVIDENCE, LITERAL_VERDICTS, VERDICTS

EXAMPLE = "company"  # the table that stands in where readers give none of their own
_TABLE = re.compile(
    r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$", re.MULTILINE
)
_LABELLED = re.compile(rf"^\*(?:\*)?({'|'.join(LABELS)})\. (.+)$", re.MULTILINE)
_NAMES_ITSELF = re.compile(
    r"(?:an?\s+|the\s+)?(?:image|picture|photo|graphic)\b"
    r"|(?:an?\s+)?(?:chart|plot|graph|figure|diagram) (?:of|show)",
    re.IGNORECASE,
)


class VerdictsAreComputed(LessonRule):
    """A verdict is computed by a rule that the lesson shows; three may be typed."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Compute it: `verdict="holds" if low > 1 else "overstated"`."""
        for cell, call in lesson.calls("claim"):
            names = lesson.names_at(cell)
            for name in ("verdict", "found", "because", "evidence"):
                if argument(call, name) is None:
                    yield Problem(says=f"the claim has no {name}", cell=cell.id)
            verdict = argument(call, "verdict")
            for text in set(texts_in(verdict, names)) - set(VERDICTS):
                yield Problem(says=f"{text!r} is no verdict", cell=cell.id)
            typed = written_down(verdict, names)
            if typed in set(VERDICTS) - set(LITERAL_VERDICTS):
                yield Problem(says=f"the verdict {typed!r} is typed in", cell=cell.id)
            kinds = set(texts_in(argument(call, "evidence"), names))
            for kind in kinds - set(EVIDENCE):
                yield Problem(says=f"{kind!r} is no kind of evidence", cell=cell.id)


def written_down(node: ast.expr | None, names: Names) -> str | None:
    """Return the text that an expression is whatever comes out; None if it depends.

    Examples
    --------
    >>> def verdict(code):
    ...     return written_down(ast.parse(code, mode="eval").body, {})
    >>> verdict("'holds'"), verdict("'holds' if 1 else 'open'"), verdict("f'holds'")
    ('holds', 'holds', 'holds')
    >>> print(verdict("'holds' if low > 1 else 'overstated'"))
    None
    """
    match node:
        case ast.IfExp(test=ast.Constant(value=chosen), body=body, orelse=orelse):
            return written_down(body if chosen else orelse, names)
        case ast.IfExp(body=body, orelse=orelse):
            one, other = written_down(body, names), written_down(orelse, names)
            return one if one == other else None
        case ast.JoinedStr(values=[ast.Constant(value=str() as text)]):
            return text
        case ast.Subscript(
            value=ast.Tuple(elts=entries) | ast.List(elts=entries),
            slice=ast.Constant(value=int(place)),
        ):
            return written_down(entries[place], names)
        case ast.Name(id=name) if name in names:
            others = {key: value for key, value in names.items() if key != name}
            said = {written_down(value, others) for value in names[name]}
            return said.pop() if len(said) == 1 else None
    return text_of(node)


class ClaimsAgree(LessonRule):
    """The claims a lesson judges are those of the manifest and of the register."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Bring course.toml, claims.toml (`lesson`) and the calls of claim together."""
        judged: set[str] = set()
        for cell, call in lesson.calls("claim"):
            claim_id = text_of(argument(call, "claim_id", 0))
            if claim_id is None:
                yield Problem(says="the id of the claim is not typed in", cell=cell.id)
            elif claim_id in judged:
                yield Problem(says=f"{claim_id} is judged twice", cell=cell.id)
            judged.add(claim_id or "")
        judged.discard("")
        entry = lesson.entry
        listed = set(entry.claims) if entry else set()
        claims = lesson.course.claims.values()
        registered = {claim.id for claim in claims if claim.lesson == lesson.name}
        yield from _differences(judged, listed, "judged here", "in course.toml")
        yield from _differences(judged, registered, "judged here", "in claims.toml")


def _differences(
    one: set[str], other: set[str], here: str, there: str
) -> Iterator[Problem]:
    for name in sorted(one - other):
        yield Problem(says=f"{name} is {here} and not {there}")
    for name in sorted(other - one):
        yield Problem(says=f"{name} is {there} and not {here}")


class ShownWithSource(LessonRule):
    """Everything shown has an alt text and names the tables that it is made from."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write `show(what, alt=result.describe(), data="name of the table")`."""
        for cell, call in lesson.calls("show"):
            for name in ("alt", "data"):
                if argument(call, name) is None:
                    yield Problem(says=f"it shows without {name}", cell=cell.id)
        for cell, tree in lesson.trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _shows_otherwise(node):
                    says = f"it shows with {called(node)}, which has no alt text"
                    yield Problem(says=says, cell=cell.id)


def _shows_otherwise(node: ast.Call) -> bool:
    match node.func:
        case ast.Attribute(value=ast.Name(id="plt"), attr="show"):
            return True
    return called(node) in {"display", "display_html", "publish_display_data"}


class AltTextsSaySomething(LessonRule):
    """An alt text is a sentence that says what is seen."""

    requires = (ShownWithSource,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Say what one would say on the telephone, as a sentence with its point."""
        for cell, call in lesson.calls("show"):
            names = lesson.names_at(cell)
            for text in texts_in(argument(call, "alt"), names):
                if says := alt_fault(text):
                    yield Problem(says=f"{text[:40]!r} {says}", cell=cell.id)


def alt_fault(text: str) -> str:
    """Return what is wrong with an alt text; "" if nothing.

    Examples
    --------
    >>> alt_fault("Disloyalty climbs from 9 to 96 of 100 over five fifths.")
    ''
    >>> alt_fault("Chart of disloyalty by fifth."), alt_fault("Five bars")
    ('begins with what it is, not with what it says', 'is no sentence')
    """
    said = text.strip()
    if _NAMES_ITSELF.match(said):
        return "begins with what it is, not with what it says"
    few = words(said) < 6 and BLANK not in said  # what is computed may be a sentence
    if few or not said.endswith((".", "?", BLANK)) or said[0].islower():
        return "is no sentence"
    return ""


class TypedTablesAreLabelled(LessonRule):
    """A table typed into markdown has its label and its title underneath."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write `*FICTIONAL. Title of the table in registry.toml.*` under it."""
        for cell in lesson.of_kind("markdown"):
            named = list(typed_tables(cell.source, lesson))
            count = len(_TABLE.findall(uncoded(cell.source)))
            if count > len(named):
                yield Problem(says="a table without its label", cell=cell.id)


def typed_tables(markdown: str, lesson: Source) -> Iterator[str]:
    """Give the names of the tables whose label and title stand in a markdown text."""
    for found in _LABELLED.finditer(markdown):
        for name, table in lesson.course.datasets.items():
            if found[1] == table.label and found[2].startswith(table.title):
                yield name


class TablesAreListed(LessonRule):
    """Every table a lesson uses stands in the registry, and in its manifest entry."""

    requires = (ReadsAsPython,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Add it to datasets/registry.toml, and to `data` in course.toml."""
        listed = set(lesson.entry.data) if lesson.entry else set()
        used: set[str] = set()
        for cell, name in tables(lesson):
            used.add(name or "")
            if name is None:
                yield Problem(says="the name of its table is not typed in", cell=cell)
            elif name not in lesson.course.datasets:
                yield Problem(says=f"{name} is not in the registry", cell=cell)
            elif name not in listed:
                yield Problem(says=f"{name} is not in course.toml", cell=cell)
        for name in sorted(listed - used):
            yield Problem(says=f"{name} is in course.toml and not used here")


def tables(lesson: Source) -> Iterator[tuple[str, str | None]]:
    """Give (cell, name) of every table a lesson shows or loads; None: not known."""
    for cell in lesson.of_kind("markdown"):
        for name in typed_tables(cell.source, lesson):
            yield cell.id, name
    for cell, call in lesson.calls("show"):
        node = argument(call, "data")
        for part in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
            if part is not None and not _own(part, lesson.names_at(cell)):
                yield cell.id, text_of(part)
    for cell, tree in lesson.trees:
        for one in ast.walk(tree):
            if _own(one, {}):
                yield cell.id, EXAMPLE
            elif isinstance(one, ast.Call) and called(one).startswith("load_"):
                name = called(one).removeprefix("load_")
                named = text_of(argument(one, "name", 0))
                yield cell.id, named if name == "published" else name


def _own(node: ast.AST, names: Names) -> bool:
    """Say whether an expression is a reader's own table."""
    match node:
        case ast.Call():
            return called(node) in ("own_table", "tables_to_read")
        case ast.Name(id=name):
            return any(_own(value, {}) for value in names.get(name, ()))
    return False
