"""What each page shows of an executed lesson: which cells, and what of each.

A view is a pure function of an executed notebook. It drops what the page's reader must
not see, and leaves on each remaining cell, in its metadata under ``page``, what the
templates need to know.
"""

import ast
import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode

from cxlab.course.notebooks import INJECTED, tags
from cxlab.records import MIME

VIEWS = ("trainee", "solution", "facilitator", "handout")

_HEADING = re.compile(r"\A\s*#{2,6}[ \t]+.+(?:\n|\Z)")
_H1 = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)")
_DRAWN = ("image/png", "text/html", "text/markdown", "text/latex", "text/plain")


@dataclass(frozen=True, kw_only=True)
class _Rules:
    """What one view leaves out."""

    cells: frozenset[str]  # tags of the cells that are absent
    code: bool = True  # the source of code cells is shown
    starters: bool = False  # exercise cells in which an answer is to be typed
    checks: tuple[str, ...] = ()  # outcomes of checks that are shown
    open_guesses: bool = False  # "no guess yet" is shown
    answer_lines: bool = False  # ruled lines to write answers and guesses on


_RULES = {
    # An answered check speaks of the answer: trainees only see that it is open.
    "trainee": _Rules(
        cells=frozenset({"solution", "facilitator"}),
        starters=True,
        open_guesses=True,
        checks=("not answered",),
    ),
    "solution": _Rules(cells=frozenset({"facilitator"}), checks=("right", "not yet")),
    "facilitator": _Rules(cells=frozenset(), checks=("right", "not yet")),
    "handout": _Rules(
        cells=frozenset({"facilitator", "solution", "deeper"}),
        code=False,
        answer_lines=True,
    ),
}


def view(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return what a page shows of an executed lesson.

    Parameters
    ----------
    notebook
        An executed notebook; it is left as it is.
    name
        One of ``VIEWS``. The trainee view expects a run of the trainee edition, and
        drops solutions and notes even so.

    Returns
    -------
    NotebookNode
        The cells of the page; ``metadata.page.title`` holds the text of its h1, and
        each cell's ``metadata.page`` says how it is shown.

    Raises
    ------
    ValueError
        If there is no such view.
    """
    if name not in _RULES:
        raise ValueError(
            f"There is no view {name!r}. Choose one of: {', '.join(VIEWS)}."
        )
    rules = _RULES[name]
    page = copy.deepcopy(notebook)
    page.cells = [cell for cell in page.cells if _shown(cell, rules)]
    page.metadata = {"page": {"title": _take_title(page), "view": name}}
    _group(page.cells)
    _take_headings(page.cells)
    if rules.answer_lines:
        _rule_lines(page.cells)
    return page


def _shown(cell: NotebookNode, rules: _Rules) -> bool:
    """Make a cell ready for its page; tell whether the page shows it at all."""
    words = set(tags(cell))
    if words & {INJECTED, *rules.cells}:
        return False
    shown = {"role": _role(words), "source": False, "guess": is_guess(cell)}
    cell.metadata = {"page": shown}
    if cell.cell_type != "code":
        return bool(cell.source.strip())
    if "exercise" in words and not rules.starters:
        return False
    page = cell.metadata["page"]  # not `shown`: the notebook keeps a copy
    page["source"] = rules.code and _source_shown(cell, words)
    cell.outputs = [output for output in cell.outputs if _visible(output, rules)]
    return bool(
        cell.outputs or page["source"] or (page["guess"] and rules.answer_lines)
    )


def _source_shown(cell: NotebookNode, words: Iterable[str]) -> bool:
    """Hide checks, what asks to be hidden, and a sentence that stands right below."""
    hidden = {"check", "hide-input"}.intersection(words)
    return bool(cell.source.strip()) and not hidden and not only_says(cell)


def _role(words: Iterable[str]) -> str:
    known = ("facilitator", "deeper", "exercise", "solution", "check")
    return next((tag for tag in known if tag in words), "main")


def kind_of(output: NotebookNode) -> str:
    """Return which word of the lesson an output comes from; "" for any other."""
    return str(output.get("metadata", {}).get("cxlab", {}).get("kind", ""))


def is_guess(cell: NotebookNode) -> bool:
    """Tell whether a cell asks the reader for a guess."""
    return any(kind_of(output) == "prediction" for output in cell.get("outputs", ()))


def _reads_without_code(output: NotebookNode) -> bool:
    """Tell whether an output says something to those who do not see its cell."""
    return any(name in output.get("data", {}) for name in _DRAWN[:-1])


def _visible(output: NotebookNode, rules: _Rules) -> bool:
    kind = kind_of(output)
    if not kind and not _reads_without_code(output) and not rules.code:
        return False
    if output.output_type in ("stream", "error"):
        return True
    if kind == "source":  # the page draws the source line itself
        return False
    record = output.data.get(MIME, {})
    if kind == "check" or record.get("kind") == "check":
        return record.get("outcome") in rules.checks
    if kind == "prediction" and record.get("value") is None:
        return rules.open_guesses
    return any(name in output.data for name in _DRAWN)


def _take_title(page: NotebookNode) -> str:
    """Take the h1 out of the first cell: the head of the page shows it."""
    first = next((c for c in page.cells if c.cell_type == "markdown"), None)
    found = _H1.match(first.source) if first is not None else None
    if first is None or found is None:
        return ""
    first.source = first.source[found.end() :].strip()
    if not first.source:
        page.cells.remove(first)
    return found[1]


def _group(cells: list[NotebookNode]) -> None:
    """Say at which cell an exercise, a deeper passage or a note begins and ends."""
    previous = ""
    for position, cell in enumerate(cells):
        here = cell.metadata["page"]
        group = _group_of(cell, previous)
        if group != previous or _begins_anew(cell, group):
            if position and previous:
                cells[position - 1].metadata["page"]["closes"] = previous
            if group:
                here["opens"] = group
        previous = group
    if previous:
        cells[-1].metadata["page"]["closes"] = previous


def _take_headings(cells: list[NotebookNode]) -> None:
    """Take the heading out of a deeper passage: it stands where one unfolds it."""
    for cell in cells:
        found = _HEADING.match(cell.source) if cell.cell_type == "markdown" else None
        if found and cell.metadata["page"].get("opens") == "deeper":
            cell.metadata["page"]["heading"] = found[0].strip()
            cell.source = cell.source[found.end() :].strip()


def _rule_lines(cells: list[NotebookNode]) -> None:
    """Leave a line on paper to write on, after each exercise and each guess."""
    for cell in cells:
        page = cell.metadata["page"]
        if page.get("closes") == "exercise":
            page["answer_line"] = "Your answer"
        elif page["guess"]:
            page["answer_line"] = "Your guess"
            cell.outputs = []


def _group_of(cell: NotebookNode, previous: str) -> str:
    role = cell.metadata["page"]["role"]
    if role in ("exercise", "deeper", "facilitator"):
        return str(role)
    return "exercise" if role in ("solution", "check") and previous else ""


def _begins_anew(cell: NotebookNode, group: str) -> bool:
    """Two exercises, or two notes, that follow each other are two groups."""
    role = cell.metadata["page"]["role"]
    opens_exercise = role == "exercise" and cell.cell_type == "markdown"
    return opens_exercise or group == "facilitator"


def only_says(cell: NotebookNode) -> bool:
    """Tell whether a code cell does nothing but say sentences that are shown anyway."""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:
        return False
    return bool(body) and all(
        isinstance(line, ast.Expr)
        and isinstance(line.value, ast.Call)
        and isinstance(line.value.func, ast.Name)
        and line.value.func.id == "say"
        for line in body
    )
