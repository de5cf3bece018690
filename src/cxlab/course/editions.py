"""Editions: what of a lesson each reader is given, decided by the tags of its cells.

Pure functions of a notebook. The notebook that comes in is never changed, so one
reading, or one execution, serves every edition.
"""

import copy
from collections.abc import Callable, Mapping

from nbformat import NotebookNode

from cxlab.course.notebooks import tags


def without(notebook: NotebookNode, *unwanted: str) -> NotebookNode:
    """Return a copy of a notebook without the cells that carry one of these tags.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> note = new_markdown_cell("Let the silence work.")
    >>> note.metadata["tags"] = ["facilitator"]
    >>> lesson = new_notebook(cells=[new_markdown_cell("# Effort"), note])
    >>> [cell.source for cell in without(lesson, "facilitator").cells]
    ['# Effort']
    """
    kept = copy.deepcopy(notebook)
    kept.cells = [cell for cell in kept.cells if not set(tags(cell)) & set(unwanted)]
    return kept


def stripped(notebook: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook without outputs and execution counts."""
    bare = copy.deepcopy(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return bare


def full(notebook: NotebookNode) -> NotebookNode:
    """Return a copy with everything: what a facilitator has, and what is verified."""
    return copy.deepcopy(notebook)


def trainee(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without the solutions and the facilitator's notes."""
    return without(notebook, "solution", "facilitator")


def solution(notebook: NotebookNode) -> NotebookNode:
    """Return a copy for the trainee who is done: solutions, no facilitator notes."""
    return without(notebook, "facilitator")


EDITIONS: Mapping[str, Callable[[NotebookNode], NotebookNode]] = {
    "full": full,
    "trainee": trainee,
    "solution": solution,
}


def edition(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the named edition of a notebook.

    Raises
    ------
    ValueError
        If there is no such edition.
    """
    if name not in EDITIONS:
        raise ValueError(
            f"There is no edition {name!r}. Choose one of: {', '.join(EDITIONS)}."
        )
    return EDITIONS[name](notebook)
