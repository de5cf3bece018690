"""A trainee's own folder: the lessons to work in, made from the trainee edition.

What is there is never written over, because it may hold somebody's answers. Where a
lesson has changed since it was given, the new one goes beside it. ``.cxlab.json``
remembers what was given.
"""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from cxlab.course.editions import stripped, trainee
from cxlab.course.files import CannotWrite, place_new, staged, write_over
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import DamagedNotebook, read_notebook, tags, write_notebook
from cxlab.root import project_root

FOLDER = "my-lessons"  # where lessons go if nothing is said
RECORD = ".cxlab.json"


class DamagedRecord(ValueError):
    """The note of what was given to a folder cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What `start` did for one lesson."""

    lesson: str
    file: str  # name of the file that holds the lesson as it is today
    outcome: str  # "new", "update" (put beside an older one) or "kept" (was there)


@dataclass(frozen=True, kw_only=True)
class Started:
    """A trainee's folder, ready to be worked in."""

    folder: Path
    given: tuple[Given, ...]

    def __str__(self) -> str:
        """Say in one sentence what was given."""
        counts = {
            word: sum(one.outcome == outcome for one in self.given)
            for outcome, word in _WORDS.items()
        }
        said = [f"{count} {word}" for word, count in counts.items() if count]
        return f"{self.folder}: {', '.join(said) or 'no lessons yet'}."


_WORDS = {
    "new": "new",
    "update": "changed and put beside the one you have",
    "kept": "as it was",
}


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """Which files are to be written, and the record once they are."""

    new: Mapping[str, str]  # file name -> text
    record: Mapping[str, Any]
    given: tuple[Given, ...] = field(default=())


# JupyterLab shows the first line of a folded cell: it must not be a hint.
_CHECK = "# Run this cell to have your answer checked.\n"


def trainee_copy(lesson: str) -> NotebookNode:
    """Make the notebook that a trainee is given."""
    notebook = stripped(trainee(read_notebook(lesson)))
    for cell in notebook.cells:
        if "check" in tags(cell):
            cell.source = _CHECK + cell.source
    notebook.metadata["cxlab"] = {"lesson": lesson, "edition": "trainee"}
    return notebook


def fingerprint(notebook: NotebookNode) -> str:
    """Return a hash of what a lesson says; running and saving it changes nothing.

    JupyterLab writes outputs, counts and its own metadata into what it saves. Only the
    cells' ids, kinds, tags and sources make a lesson another lesson.
    """
    said = [
        [cell.get("id", ""), cell.cell_type, sorted(tags(cell)), cell.source]
        for cell in notebook.cells
    ]
    text = json.dumps(said, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def chosen_folder(folder: Path | str | None = None) -> Path:
    """Return the folder that is meant: as said, the one we stand in, or the usual one.

    Raises
    ------
    ValueError
        If it is the folder of the course's own lessons.
    NotADirectoryError
        If there is a file of that name.
    """
    here = Path.cwd()
    if folder is None:
        folder = here if (here / RECORD).is_file() else here / FOLDER
    path = Path(folder).expanduser().absolute()
    if path.resolve().is_relative_to(project_root() / "notebooks"):
        raise ValueError(
            f"{path} holds the lessons from which all editions are made. Choose "
            f"another folder: cxlab start {FOLDER}"
        )
    if path.exists() and not path.is_dir():
        raise NotADirectoryError(
            f"{path} is a file. Name a folder, or a new name: cxlab start {FOLDER}"
        )
    return path


def start(
    folder: Path | str | None = None, *, lessons: Sequence[str] | None = None
) -> Started:
    """Give a trainee the lessons, in a folder of his own. All of them, or none.

    Parameters
    ----------
    folder
        Where to; made if it is not there. None: the folder we stand in if lessons were
        given there, else ``my-lessons`` in it.
    lessons
        Names of the lessons; None gives every lesson of the course.

    Raises
    ------
    UnknownLesson
        If a lesson is asked for that the course does not have.
    ValueError, NotADirectoryError
        If the folder cannot be one for a trainee.
    DamagedRecord
        If the folder's ``.cxlab.json`` cannot be read.
    CannotWrite
        If a file cannot be written; then nothing is.
    """
    path = chosen_folder(folder)
    course = manifest()
    wanted = course.lessons if lessons is None else lessons
    names = [course.lesson(name).name for name in wanted]
    plan = _plan(path, {name: trainee_copy(name) for name in names})
    with _folder_made(path), _placed(path, plan.new):
        record = json.dumps(plan.record, indent=1, sort_keys=True) + "\n"
        write_over(path / RECORD, record)
    return Started(folder=path, given=plan.given)


def given_to(folder: Path) -> dict[str, dict[str, str]]:
    """Return the fingerprints given to a folder: lesson -> file -> fingerprint.

    Raises
    ------
    DamagedRecord
        If the folder's ``.cxlab.json`` cannot be read.
    """
    path = folder / RECORD
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {
            lesson: {str(file): str(mark) for file, mark in files.items()}
            for lesson, files in found["given"].items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedRecord(
            f"{path} should say which lessons were given here, and cannot be read "
            f"({error}). Rename it and start again; your notebooks stay as they are."
        ) from error


def is_today(folder: Path, lesson: str, given: Mapping[str, str]) -> bool:
    """Tell whether one of the files given of a lesson holds it as it is today."""
    mark = fingerprint(trainee_copy(lesson))
    return any(was == mark and (folder / file).exists() for file, was in given.items())


def _plan(folder: Path, copies: Mapping[str, NotebookNode]) -> _Plan:
    """Decide, for each lesson, which file holds it, and which must be written."""
    record, new, given = given_to(folder), {}, []
    for lesson, notebook in copies.items():
        mark = fingerprint(notebook)
        files = record.setdefault(lesson, {})
        there = _file_holding(folder, lesson, mark, files)
        file = there or _free_name(folder, lesson)
        files[file] = mark
        if there is None:
            new[file] = write_notebook(notebook)
        outcome = "kept" if there else "new" if file == f"{lesson}.ipynb" else "update"
        given.append(Given(lesson=lesson, file=file, outcome=outcome))
    return _Plan(new=new, record={"version": 1, "given": record}, given=tuple(given))


def _file_holding(
    folder: Path, lesson: str, mark: str, files: Mapping[str, str]
) -> str | None:
    """Return the file in which the lesson, as it is today, was given; None if none."""
    for file, was in files.items():
        if was == mark and (folder / file).exists():
            return file
    # No note of it, perhaps because the record was lost: look at what is there.
    for file in _names(lesson):
        if not (folder / file).exists():
            return None
        with contextlib.suppress(DamagedNotebook, OSError):
            if fingerprint(read_notebook(folder / file)) == mark:
                return file
    return None


def _free_name(folder: Path, lesson: str) -> str:
    """Return the first name under which nothing lies, not even a dead link."""
    return next(name for name in _names(lesson) if not _taken(folder / name))


def _taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _names(lesson: str) -> Iterator[str]:
    yield f"{lesson}.ipynb"
    yield f"{lesson} (update).ipynb"
    number = 2
    while True:
        yield f"{lesson} (update {number}).ipynb"
        number += 1


@contextlib.contextmanager
def _folder_made(folder: Path) -> Iterator[None]:
    """Make the folder; take it away again if what follows fails."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as error:
        for one in made:  # the innermost first
            with contextlib.suppress(OSError):
                one.rmdir()
        if isinstance(error, CannotWrite) or not isinstance(error, OSError):
            raise
        raise CannotWrite(
            f"{folder} could not be made ({error.strerror or error}). Nothing was "
            "changed. Choose a folder that you may write to."
        ) from error


def _place(part: Path, path: Path) -> None:
    try:
        place_new(part, path)
    except FileExistsError as error:
        raise CannotWrite(
            f"{path} came to be there in the meantime, and is left as it is. Nothing "
            "was changed; run it again."
        ) from error


@contextlib.contextmanager
def _placed(folder: Path, texts: Mapping[str, str]) -> Iterator[None]:
    """Put all files in their places, or none: first written whole, then named."""
    placed: list[Path] = []
    with contextlib.ExitStack() as stack:
        parts = {
            folder / name: stack.enter_context(staged(folder / name, text))
            for name, text in texts.items()
        }
        try:
            for path, part in parts.items():
                _place(part, path)
                placed.append(path)
            yield
        except BaseException:
            for path in placed:
                path.unlink(missing_ok=True)
            raise
