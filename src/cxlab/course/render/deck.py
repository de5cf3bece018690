"""How a lesson becomes slides: one thought a slide.

A heading opens a slide, and so do a figure, a table, a computed sentence, a verdict and
a question to the room. Prose stays on the page; the speaker finds it, after the notes
for the facilitator, in the speaker view.
"""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from cxlab.course.notebooks import INJECTED, tags
from cxlab.course.render.text import plain
from cxlab.course.render.views import is_guess, kind_of
from cxlab.records import FIGURE_MIME

_ABSENT = frozenset(
    {"slide-skip", "deeper", "solution", "check", "parameters", INJECTED}
)
# A heading, or a fenced piece of code, in which a # opens no heading.
_HEADING = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[\s\S]*?^(?P=fence)"
    r"|^(?P<marks>#{1,6})[ \t]+(?P<text>.+?)[ \t]*#*[ \t]*$",
    re.MULTILINE,
)
_LEAD = re.compile(r"\A\*\*(.+?)\*\*", re.DOTALL)
_LABEL = re.compile(r"\A\*\*(?P<label>[^*\n]{1,40}?)\.?\*\*\s*", re.DOTALL)
# The most characters of each size of text; a statement has its headline alone.
_SIZES = {
    "statement": ((36, "xl"), (72, "l"), (10_000, "m")),
    "": ((70, "xl"), (140, "l"), (240, "m"), (10_000, "s")),
}


def deck(notebook: NotebookNode) -> NotebookNode:
    """Return the slides of an executed lesson, one cell a slide.

    Parameters
    ----------
    notebook
        The executed lesson, with the facilitator's cells; it is left as it is.

    Returns
    -------
    NotebookNode
        Each cell's ``metadata.page`` holds the kind of the slide, its headline (in
        markdown), its label, the size of its text, its notes, and the id of the cell
        that it comes from; what the slide shows is the cell's source or outputs.
    """
    builder = _Builder()
    for cell in notebook.cells:
        if not _ABSENT.intersection(tags(cell)):
            builder.take(cell)
    builder.end_section()
    slides: NotebookNode = new_notebook(cells=builder.slides)  # type: ignore[no-untyped-call]
    return slides


@dataclass(kw_only=True)
class _Builder:
    """Walks through a lesson and keeps what the next slide will need."""

    slides: list[NotebookNode] = field(default_factory=list)
    section: str = ""  # the heading under which we are
    unsaid: str = ""  # the same, while no slide has shown it
    lead: str = ""  # bold words at the head of the last paragraph
    notes: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)

    def take(self, cell: NotebookNode) -> None:
        """Take one more cell of the lesson."""
        words = tags(cell)
        if cell.cell_type == "markdown":
            if "facilitator" in words:
                self.notes.append(cell.source)
            elif "exercise" in words:
                self._ask(cell, cell.source)
            else:
                self._read(cell)
        elif cell.cell_type == "code" and "exercise" not in words:
            self._look_at(cell, code="slide-code" in words)

    def _read(self, cell: NotebookNode) -> None:
        """Take headings and prose."""
        position = 0
        for heading in _HEADING.finditer(cell.source):
            if heading["marks"]:
                self._hear(cell.source[position : heading.start()])
                self._head(cell, heading["text"], first=heading["marks"] == "#")
                position = heading.end()
        self._hear(cell.source[position:])

    def _hear(self, prose: str) -> None:
        text = prose.strip()
        if text:
            found = _LEAD.match(text)
            self.lead = found[1].rstrip(".:") if found else self.lead
            self.prose.append(text)

    def _head(self, cell: NotebookNode, heading: str, *, first: bool) -> None:
        self.end_section()
        self.section, self.lead = heading, ""
        if first:
            question = _LEAD.match(cell.source.partition("\n")[2].lstrip())
            text = question[1] if question else ""
            self._add(cell, "title", headline=heading, text=text)
        else:
            self.unsaid = heading

    def _ask(self, cell: NotebookNode, question: str) -> None:
        """Put a question to the room: an exercise, or a guess."""
        found = _LABEL.match(question)
        label = found["label"] if found else "Make a guess"
        text = question[found.end() :] if found else question
        headline, self.unsaid = self.unsaid or label, ""
        self._add(
            cell,
            "question",
            headline="" if headline == label else headline,
            label=label,
            text=text or headline,
        )

    def _look_at(self, cell: NotebookNode, *, code: bool) -> None:
        """Take what a code cell shows, and its code where that is asked for."""
        if is_guess(cell):
            self._ask(cell, self.prose.pop() if self.prose else self.section)
        if code:
            self._add(cell, "code", headline=self._point(), source=cell.source)
            self.slides[-1].outputs = [o for o in cell.outputs if _is_text(o)]
        for output in cell.outputs:
            kind = kind_of(output)
            if kind == "figure":
                self._show_figure(cell, output)
            elif kind == "table":
                self._add(cell, "table", headline=self._point(), outputs=[output])
            elif kind == "claim":
                self.end_section(keep_notes=True)
                self._add(cell, "verdict", headline="", outputs=[output])
            elif kind == "say" and not code:
                text = str(output.data["text/markdown"])
                self._add(cell, "sentence", headline=self._point(), text=text)

    def _show_figure(self, cell: NotebookNode, output: NotebookNode) -> None:
        message = str(output.data.get(FIGURE_MIME, {}).get("message", ""))
        if message and self.unsaid:
            self.end_section(keep_notes=True)
        headline = message or self._point()
        self._add(cell, "figure", headline=headline, outputs=[output])

    def _point(self) -> str:
        """Return the point of the next slide: the heading, or what led up to it."""
        point = self.unsaid or self.lead or self.section
        self.unsaid = self.lead = ""
        return point

    def end_section(self, *, keep_notes: bool = False) -> None:
        """Show a heading that no slide has shown; give its last slide what is left."""
        if self.unsaid:
            heading, self.unsaid = self.unsaid, ""
            self._add(None, "statement", headline=heading)
        elif self.slides and not keep_notes:
            self._attach(self.slides[-1])

    def _attach(self, slide: NotebookNode) -> None:
        slide.metadata["page"]["notes"] += self.notes
        slide.metadata["page"]["prose"] += self.prose
        self.notes, self.prose = [], []

    def _add(
        self,
        cell: NotebookNode | None,
        kind: str,
        *,
        headline: str,
        label: str = "",
        text: str = "",
        source: str = "",
        outputs: list[NotebookNode] | None = None,
    ) -> None:
        length = len(plain(text or headline))
        sizes = _SIZES.get(kind, _SIZES[""])
        page: dict[str, Any] = {
            "kind": kind,
            "headline": headline,
            "label": label,
            "text": text,
            "size": next(size for most, size in sizes if length <= most),
            "notes": [],
            "prose": [],
            "cell": "" if cell is None else cell.get("id", ""),
        }
        slide: NotebookNode = new_code_cell(  # type: ignore[no-untyped-call]
            source,
            id=f"slide-{len(self.slides) + 1}",
            metadata={"page": page},
            outputs=copy.deepcopy(outputs or []),
        )
        self._attach(slide)
        self.slides.append(slide)


def _is_text(output: NotebookNode) -> bool:
    """Tell what stands below code on its slide: text, and no picture or record."""
    if output.output_type == "stream":
        return bool(output.name == "stdout")
    return output.output_type == "execute_result" or kind_of(output) == "say"
