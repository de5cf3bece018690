"""What a run is, before and after: what was asked, what was checked, what came out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxlab.course.manifest import manifest
from cxlab.course.parameters import parameters_of, resolve

if TYPE_CHECKING:
    from nbformat import NotebookNode

EDITIONS = ("full", "trainee", "solution")


@dataclass(frozen=True, kw_only=True)
class Run:
    """One way to run one lesson."""

    lesson: str  # its name, or the number it begins with
    edition: str = "full"  # full, trainee or solution
    profile: str = "full"  # full or fast
    parameters: Mapping[str, Any] = field(default_factory=dict)  # over the profile's

    def __str__(self) -> str:
        """Say which run it is, as it is shown beside a progress bar."""
        turned = "".join(f" {k}={v}" for k, v in self.parameters.items())
        edition = "" if self.edition == "full" else f" {self.edition} edition"
        return f"{self.lesson}{edition} ({self.profile}){turned}"


@dataclass(frozen=True, kw_only=True)
class Failure:
    """Why a lesson did not run to its end in silence."""

    kind: str  # error, stderr, time limit, dead kernel, no kernel or runner
    message: str  # last line of the error, or what was written to stderr
    cell: str = ""  # id of the cell
    number: int = 0  # its place in the lesson, from 1; 0: no cell
    source: str = ""  # of the cell

    def __str__(self) -> str:
        """Say where it stopped, show the cell and what was said."""
        if not self.number:
            return self.message
        verb = "wrote to stderr" if self.kind == "stderr" else "stopped the lesson"
        shown = "\n".join(f"    {line}" for line in self.source.splitlines())
        return f"cell {self.number} ({self.cell}) {verb}:\n{shown}\n  {self.message}"


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What came out of a run."""

    run: Run
    ok: bool
    seconds: float  # from asking for a kernel until the notebook was there
    cell_seconds: float  # of these, spent in its cells
    executed: str = field(repr=False)  # text of the executed notebook; "" if it stopped
    records: tuple[dict[str, Any], ...] = ()
    stderr: str = ""
    failure: Failure | None = None
    cached: bool = False  # it did not run now

    @cached_property
    def notebook(self) -> "NotebookNode":
        """The executed notebook, without papermill's timestamps.

        Raises
        ------
        ValueError
            If the lesson stopped before its end.
        """
        from cxlab.course.notebooks import parse_notebook

        if not self.executed:
            raise ValueError(f"{self.run} stopped before its end: {self.failure}")
        return parse_notebook(self.executed, name=str(self.run))


@dataclass(frozen=True, kw_only=True)
class Job:
    """A run whose notebook has been read and whose parameters have been checked."""

    run: Run
    source: str  # text of the notebook
    parameters: Mapping[str, Any]  # only those that differ from the notebook's own
    cwd: Path  # where the lesson believes to be


def job_of(run: Run) -> Job:
    """Read the lesson of a run, and check everything that can be checked before it.

    Raises
    ------
    UnknownLesson
        If the course has no such lesson.
    FileNotFoundError
        If its notebook is not there.
    BadParameters, BadParameterCell
        If the lesson does not take these parameters.
    ValueError
        If there is no such edition or profile.
    """
    lesson = manifest().lesson(run.lesson)
    if run.edition not in EDITIONS:
        raise ValueError(
            f"There is no edition {run.edition!r}. "
            f"Choose one of: {', '.join(EDITIONS)}."
        )
    given = {**lesson.profile(run.profile), **run.parameters}
    named = Run(
        lesson=lesson.name,
        edition=run.edition,
        profile=run.profile,
        parameters=dict(run.parameters),
    )
    try:
        source = lesson.notebook.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"The course lists {lesson.name}, and {lesson.notebook} is not there. "
            f"Restore it: git checkout notebooks/{lesson.notebook.name}"
        ) from error
    return source_job(named, source, lesson.notebook, given)


def source_job(run: Run, source: str, path: Path, given: Mapping[str, Any]) -> Job:
    """Make a job of any notebook's text, as if it lay at a path.

    Raises
    ------
    BadParameters, BadParameterCell
        If the notebook does not take the given parameters.
    DamagedNotebook
        If the text is no notebook.
    """
    try:
        knobs = parameters_of(source)
    except (json.JSONDecodeError, KeyError, TypeError):
        from cxlab.course.notebooks import parse_notebook

        parse_notebook(source, name=path.name)  # says what is wrong with it
        raise
    return Job(
        run=run, source=source, parameters=resolve(knobs, given), cwd=path.parent
    )
