"""What a facilitator needs at a glance, gathered from the notes in the lesson itself.

The notes stand where they are used, in the cells tagged ``facilitator``, and each fact
has that one place. Here they are sorted: what to ask the room, which wrong answer to
expect, what to cut, and the bridge to what comes next. A note says which it is by how
it begins: "Wrong answer to expect", "If you are short of time", "Bridge".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from cxlab.course.notebooks import cell_headings, tags

KINDS = ("question", "wrong", "cut", "bridge")
_SENTENCE = re.compile(r'\S.*?(?:[.!?]["*)]*(?=\s+[A-Z"*(`])|\Z)', re.DOTALL)
_QUESTION = re.compile(r'"([^"]{12,}\?)"')
_BEGINS = {
    "wrong": re.compile(
        r"(?:(?:The )?[Ww]rong answers? to expect(?P<where> in the [a-z ]+)?"
        r"(?:: |, )|Expect(?=:| \(|,? that ))"
    ),
    "cut": re.compile(
        r"(?:If (?:you are short of|you have half the|time is)\b|Short of time\b"
        r"|If you cut anything\b|What to cut: (?!nothing))"
    ),
    "bridge": re.compile(r"Bridge\b"),
}


@dataclass(frozen=True, kw_only=True)
class Note:
    """One thing that a facilitator is told."""

    kind: str  # one of KINDS
    text: str  # markdown
    section: str  # heading of the lesson under which it stands
    cell: str  # id of the cell that holds it


def room_notes(notebook: NotebookNode) -> tuple[Note, ...]:
    """Return what the facilitator's cells say, sorted by kind, in their order.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> text = 'Ask: "Which hundred is it?" Wrong answer to expect: 24. Both count.'
    >>> cell = new_markdown_cell(text, metadata={"tags": ["facilitator"]})
    >>> [(n.kind, n.text) for n in room_notes(new_notebook(cells=[cell]))]
    [('question', 'Which hundred is it?'), ('wrong', '24. Both count.')]
    """
    found, section = [], ""
    for cell in notebook.cells:
        if "facilitator" in tags(cell):
            for paragraph in cell.source.split("\n\n"):
                for kind, text in _sorted_out(" ".join(paragraph.split())):
                    name = cell.get("id", "")
                    found.append(Note(kind=kind, text=text, section=section, cell=name))
        else:
            section = next((h.text for h in cell_headings(cell)), section)
    return tuple(found)


def _sorted_out(paragraph: str) -> Iterator[tuple[str, str]]:
    """Give what a paragraph says, by kind; whatever is of no kind is not given."""
    kind, said = "", ""
    for sentence in _sentences(paragraph):
        begun = _kind_begun(sentence)
        if begun or kind == "cut":  # advice on what to cut is one sentence
            yield from _given(kind, said)
            kind, said = begun, ""
        said = f"{said} {sentence}".strip()
    yield from _given(kind, said)


def _sentences(paragraph: str) -> list[str]:
    """Split a paragraph into sentences; what somebody is quoted with stays whole."""
    whole: list[str] = []
    for match in _SENTENCE.finditer(paragraph):
        if whole and whole[-1].count('"') % 2:
            whole[-1] += f" {match[0]}"
        else:
            whole.append(match[0])
    return whole


def _kind_begun(sentence: str) -> str:
    return next((kind for kind, begin in _BEGINS.items() if begin.match(sentence)), "")


def _given(kind: str, said: str) -> Iterator[tuple[str, str]]:
    """Give one thing that was said, or the questions to the room that are in it."""
    if kind == "wrong":
        found = _BEGINS["wrong"].match(said)
        rest = said[found.end() :].lstrip(": ") if found else said
        where = (found["where"] or "").strip() if found else ""
        yield kind, f"{rest} ({where})" if where else rest
    elif kind:
        yield kind, said
    else:
        for question in _QUESTION.findall(said):
            yield "question", question
