"""Rules on the notebook itself: its cells, ids, tags, headings and length."""

import itertools
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache

from nbformat import NotebookNode

from cxlab.course.editions import solution, trainee
from cxlab.course.notebooks import (
    TAGS,
    headings,
    parse_notebook,
    source_lines,
    tags,
    write_notebook,
)
from cxlab.course.rules.base import LessonRule, Problem, Source, validity
from cxlab.course.rules.reading import uncoded, words
from cxlab.root import project_root

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RANDOM = re.compile(r"(?=.*\d)[0-9a-f]{6,}")
_ROLES = {"parameters", "exercise", "solution", "check", "facilitator"}
_MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|work)/|\b[A-Z]:\\")


class ValidNotebook(LessonRule):
    """A lesson is a valid notebook."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Open it in JupyterLab and save it again; that repairs most of it."""
        version = lesson.notebook.get("nbformat_minor", 0)
        if version < 5:
            yield Problem(says=f"its format is 4.{version}, which has no cell ids")
        for says in validity(lesson.notebook):
            yield Problem(says=says)


class PythonKernel(LessonRule):
    """A lesson asks for the kernel python3, the only one that everybody has."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Choose the kernel "Python 3 (ipykernel)" in JupyterLab, and save."""
        kernel = lesson.notebook.metadata.get("kernelspec", {}).get("name")
        if kernel != "python3":
            yield Problem(says=f"its kernel is {kernel!r}")


class NothingRun(LessonRule):
    """A lesson is kept without outputs, execution counts and traces of a run."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Strip it: `nbstripout notebooks/*.ipynb` (pre-commit does it for you)."""
        for cell in lesson.of_kind("code"):
            if cell.get("outputs") or cell.get("execution_count") is not None:
                yield Problem(says="it holds an output or a count", cell=cell.id)
        for cell in lesson.cells:
            traces = {"execution", "ExecuteTime", "papermill"} & set(cell.metadata)
            if traces:
                yield Problem(
                    says=f"its metadata holds {', '.join(traces)}", cell=cell.id
                )
        metadata = lesson.notebook.metadata
        traces = {"widgets", "papermill", "signature"} & set(metadata)
        if "version" in metadata.get("language_info", {}):
            traces.add("language_info.version")
        if traces:
            yield Problem(says=f"its metadata holds {', '.join(sorted(traces))}")


class SpeakingIds(LessonRule):
    """Every cell has an id of its own that says what the cell is about."""

    requires = (ValidNotebook,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Name the cell in a few small words, such as `odds-by-hand`, and keep it."""
        seen: set[str] = set()
        for cell in lesson.cells:
            if cell.id in seen:
                yield Problem(says="two cells have this id", cell=cell.id)
            elif not speaks(cell.id):
                yield Problem(says="this id says nothing", cell=cell.id)
            seen.add(cell.id)


def speaks(cell_id: str) -> bool:
    """Say whether an id is made of words, and not drawn by a machine.

    Examples
    --------
    >>> [speaks(i) for i in ("odds-by-hand", "8f3a2b1c", "cell-12ab34cd", "12", "Odds")]
    [True, False, False, False, False]
    """
    if not _ID.fullmatch(cell_id):
        return False
    parts = cell_id.split("-")
    drawn = any(_RANDOM.fullmatch(part) for part in parts)
    return not drawn and any(re.search(r"[a-z]{2}", part) for part in parts)


class KnownTags(LessonRule):
    """The tags of cells are a closed list, and a cell plays one part only."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Use the tags of design.md, section 3; split a cell that plays two parts."""
        for cell in lesson.cells:
            unknown = [tag for tag in tags(cell) if tag not in TAGS]
            if unknown:
                yield Problem(says=f"unknown tag {', '.join(unknown)}", cell=cell.id)
            parts = sorted(_ROLES & set(tags(cell)))
            if len(parts) > 1:
                yield Problem(says=f"it is both {' and '.join(parts)}", cell=cell.id)


class FacilitatorNotes(LessonRule):
    """What is meant for the facilitator is said in markdown."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Make it a markdown cell, or take the tag away: code would run for nobody."""
        for cell in lesson.tagged("facilitator"):
            if cell.cell_type != "markdown":
                yield Problem(says=f"it is a {cell.cell_type} cell", cell=cell.id)


class OneTitle(LessonRule):
    """A lesson has one h1, and it stands in the first cell."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Give the first cell one `# Title`; sections begin with `##`."""
        found = [h.cell for h in headings(lesson.notebook) if h.level == 1]
        if not found:
            yield Problem(says="it has no h1")
        elif found[0] != lesson.cells[0].id:
            yield Problem(says="the h1 is not in the first cell", cell=found[0])
        for cell in found[1:]:
            yield Problem(says="a second h1", cell=cell)


class HeadingsInMarkdown(LessonRule):
    """Headings are written with `#`, so that every reader of a lesson finds them."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Write `## The heading` instead of html or a line underneath."""
        for cell in lesson.of_kind("markdown"):
            text = uncoded(cell.source)
            if re.search(r"<h[1-6]\b", text, re.IGNORECASE):
                yield Problem(says="a heading in html", cell=cell.id)
            if re.search(r"^(?![|>#\s-]).+\n {0,3}(=+|-{3,})\s*$", text, re.MULTILINE):
                yield Problem(says="a heading by underlining", cell=cell.id)


class NoSkippedLevel(LessonRule):
    """A heading is at most one level deeper than the one before, in every edition."""

    requires = (OneTitle, HeadingsInMarkdown)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Take away a `#`, or add the heading that is missing above."""
        seen: set[str] = set()
        for notebook in (lesson.notebook, *_editions(lesson)):
            for above, below in itertools.pairwise(headings(notebook)):
                if below.level > above.level + 1 and below.cell not in seen:
                    seen.add(below.cell)
                    yield Problem(
                        says=f"h{below.level} {below.text!r} follows h{above.level}",
                        cell=below.cell,
                    )


class HeadingsSaySomething(LessonRule):
    """A heading is a sentence that states the point, not a label."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Say in the heading what the section finds or asks, as one would say it."""
        for heading in headings(lesson.notebook):
            if heading.level == 1:
                continue  # the title, as the manifest has it
            if words(heading.text) < 3:
                says = f"{heading.text!r} is a label"
                yield Problem(says=says, cell=heading.cell)
            elif heading.text.endswith((".", ":", ",")):
                says = f"{heading.text!r} ends in a mark"
                yield Problem(says=says, cell=heading.cell)


class ImagesFromHere(LessonRule):
    """No picture comes from the network or is pasted in."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Draw it with a plot of cxlab, and show it with `show(...)`."""
        for cell in lesson.of_kind("markdown"):
            if re.search(r"!\[[^\]]*\]\(|<img\b", uncoded(cell.source)):
                yield Problem(says="a picture in markdown", cell=cell.id)


class NoMachinePath(LessonRule):
    """A lesson names no folder of somebody's machine."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Load tables by their names: `load_mobi()` knows where they are."""
        for cell in lesson.cells:
            if found := _MACHINE.search(cell.source):
                yield Problem(says=f"it names {found[0]}", cell=cell.id)


class Formatted(LessonRule):
    """Code cells are as ruff formats them."""

    requires = (ValidNotebook,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Run `ruff format notebooks`."""
        after = formatted(write_notebook(lesson.notebook), lesson.name)
        if after is None:
            yield Problem(says="ruff cannot read its code")
            return
        pairs = zip(lesson.cells, parse_notebook(after).cells, strict=True)
        for cell, tidy in pairs:
            if cell.source != tidy.source:
                yield Problem(says="ruff would format it otherwise", cell=cell.id)


@cache
def formatted(notebook: str, name: str) -> str | None:
    """Return the text of a notebook as ruff formats it; None if it cannot.

    Raises
    ------
    FileNotFoundError
        If ruff is not installed.
    """
    try:
        from ruff import find_ruff_bin  # type: ignore[import-untyped]
    except ImportError as error:
        raise FileNotFoundError(
            "ruff is not installed here, and the rules ask it how code is formatted. "
            "Install what a developer needs: pip install -r requirements.lock"
        ) from error
    done = subprocess.run(
        [find_ruff_bin(), "format", "--stdin-filename", f"notebooks/{name}.ipynb", "-"],
        input=notebook,
        capture_output=True,
        encoding="utf-8",
        cwd=project_root(),
        check=False,
    )
    return done.stdout if done.returncode == 0 else None


class ShortCells(LessonRule):
    """A code cell has at most six lines, the parameters excepted."""

    requires = (Formatted,)

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Move what is long into a function of src/cxlab, with its test."""
        for cell in lesson.of_kind("code"):
            lines = len(source_lines(cell))
            if lines > 6 and "parameters" not in tags(cell):
                yield Problem(says=f"it has {lines} lines", cell=cell.id)


class NotThreeInARow(LessonRule):
    """Never three code cells in a row; an exercise counts as one, in every edition."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Say between two of them, in a sentence, what was seen or what is asked."""
        seen: set[str] = set()
        for notebook in _editions(lesson):
            for cell in _thirds(notebook.cells):
                if cell.id not in seen:
                    seen.add(cell.id)
                    yield Problem(says="the third code cell in a row", cell=cell.id)


def _editions(lesson: Source) -> tuple[NotebookNode, NotebookNode]:
    """Return the editions that leave something out: what is between may be gone."""
    return trainee(lesson.notebook), solution(lesson.notebook)


def _thirds(cells: Iterable[NotebookNode]) -> Iterator[NotebookNode]:
    """Give every code cell that is the third of its row or comes later."""
    row, inside = 0, False  # inside an exercise that has begun with code
    for cell in cells:
        part = {"exercise", "solution", "check"} & set(tags(cell))
        if cell.cell_type != "code":
            row, inside = 0, False
            continue
        if not (inside and part):
            row += 1
            if row > 2:
                yield cell
        inside = bool(part) and "check" not in part


class EnoughProse(LessonRule):
    """A lesson has between 8 and 26 words of prose for a line of code."""

    def check(self, lesson: Source) -> Iterable[Problem]:
        """Below 8, ask and read more in words; above 26, let a short cell show it."""
        prose, lines = prose_and_code(lesson)
        if lines and not 8 <= prose / lines <= 26:
            ratio = prose / lines
            yield Problem(says=f"{ratio:.1f} words a line ({prose} to {lines})")


def prose_and_code(lesson: Source) -> tuple[int, int]:
    """Count what a trainee reads: words of markdown, and lines of code.

    The parameters and the collapsed checks are not read as code; notes for the
    facilitator and solutions are not read by the trainee at all.
    """
    cells = trainee(lesson.notebook).cells
    prose = sum(words(cell.source) for cell in cells if cell.cell_type == "markdown")
    lines = sum(
        len([line for line in source_lines(cell) if line.strip()])
        for cell in cells
        if cell.cell_type == "code" and not {"parameters", "check"} & set(tags(cell))
    )
    return prose, lines
