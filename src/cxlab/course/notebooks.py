"""A lesson's notebook as it lies in the repository: reading it, and its words.

The tags are a closed list, because the editions, the pages and the slides are all made
from them. Everything here reads; nothing changes a notebook.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cxlab.course.manifest import manifest
from cxlab.root import project_root

TAGS = (
    "parameters",
    "exercise",
    "solution",
    "check",
    "facilitator",
    "hide-input",
    "deeper",
    "slide-code",
    "slide-skip",
)
INJECTED = "injected-parameters"  # papermill's own; removed from pages

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


class DamagedNotebook(ValueError):
    """A file is not a notebook that can be read."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """One heading of a lesson."""

    level: int  # 1 .. 6
    text: str
    cell: str  # id of its cell


def lesson_names() -> list[str]:
    """Return the names of the notebooks that are there, whether listed or not."""
    return sorted(path.stem for path in (project_root() / "notebooks").glob("*.ipynb"))


def read_notebook(lesson: str | Path) -> NotebookNode:
    """Read a lesson by its name, or any notebook by its path, exactly as it is.

    Nothing is repaired or upgraded on the way in, so that the rules see what is there.

    Raises
    ------
    UnknownLesson
        If a name is given and the course has no such lesson.
    FileNotFoundError
        If the course lists the lesson, and its notebook is not there.
    DamagedNotebook
        If the file is no notebook of format 4.
    """
    path = lesson if isinstance(lesson, Path) else manifest().lesson(lesson).notebook
    return parse_notebook(path.read_bytes(), name=path.name)


def parse_notebook(data: bytes | str, *, name: str = "This") -> NotebookNode:
    """Make a notebook of its bytes; ``name`` is said when they are none.

    Raises
    ------
    DamagedNotebook
        If the bytes are no notebook of format 4.
    """
    try:
        found = json.loads(data)
    except ValueError as error:
        raise DamagedNotebook(
            f"{name} is not a notebook: its JSON breaks off or is malformed ({error}). "
            "Restore it, for example with `git checkout` or from a backup."
        ) from error
    whole = isinstance(found, dict) and {"cells", "metadata"} <= found.keys()
    if not whole or found.get("nbformat") != 4:
        raise DamagedNotebook(
            f"{name} is not a notebook of format 4. Open it in JupyterLab and save it "
            "again; that brings it up to date."
        )
    notebook: NotebookNode = nbformat.v4.to_notebook(found)  # type: ignore[no-untyped-call]
    return notebook


def write_notebook(notebook: NotebookNode) -> str:
    """Return a notebook as the text of an .ipynb file, always the same for the same."""
    return str(nbformat.v4.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def tags(cell: NotebookNode) -> tuple[str, ...]:
    """Return the tags of a cell.

    Examples
    --------
    >>> tags(nbformat.v4.new_code_cell("x = 1", metadata={"tags": ["check"]}))
    ('check',)
    >>> tags(nbformat.v4.new_markdown_cell("Good morning."))
    ()
    """
    return tuple(cell.metadata.get("tags", ()))


def source_lines(cell: NotebookNode) -> list[str]:
    """Return the source of a cell, line by line."""
    return str(cell.source).splitlines()


def headings(notebook: NotebookNode) -> Iterator[Heading]:
    r"""Give every heading of the markdown cells; a ``#`` inside a code fence is none.

    Examples
    --------
    >>> text = "# Effort\n```\n# a comment\n```\n## The middle is left out"
    >>> cell = nbformat.v4.new_markdown_cell(text)
    >>> [(h.level, h.text) for h in headings(nbformat.v4.new_notebook(cells=[cell]))]
    [(1, 'Effort'), (2, 'The middle is left out')]
    """
    for cell in notebook.cells:
        yield from cell_headings(cell)


def cell_headings(cell: NotebookNode) -> Iterator[Heading]:
    """Give the headings of one cell; a code cell has none."""
    if cell.cell_type == "markdown":
        for line in unfenced_lines(cell.source):
            if found := _HEADING.match(line):
                level, text = len(found[1]), found[2]
                yield Heading(level=level, text=text, cell=cell.get("id", ""))


def unfenced_lines(markdown: str) -> Iterator[str]:
    """Give the lines of a markdown text that stand outside fenced code."""
    fence = ""
    for line in markdown.splitlines():
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield line


def title(notebook: NotebookNode) -> str:
    """Return the text of the first h1; "" if there is none."""
    return next((h.text for h in headings(notebook) if h.level == 1), "")
