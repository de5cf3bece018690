"""A trainee's folder: everything is given, nothing is lost, and half is never done."""

import errno
import json
import os
from pathlib import Path

import nbformat
import pytest

from cxlab.course import files, manifest, notebooks, start

COURSE = """
[course]
title = "A course"
sentence = "It has two lessons."
[books.effort]
title = "A book"
authors = "Somebody"
year = 2013
[parts.1]
title = "One"
[routes.core]
title = "Core"
says = "All."
lessons = []
"""
LESSON = """
[lessons.{name}]
title = "A lesson"
part = 1
teach = 10
practise = 5
books = ["effort"]
needs = []
teaches = []
claims = []
data = []
outcome = "You can."
decision = "Whether."
room = "Draw it."
"""


class Clone:
    """A small course on disk."""

    def __init__(self, root: Path):
        self.root = root
        for folder in ("course", "notebooks"):
            (root / folder).mkdir()
        names = ("10_first", "20_second")
        lessons = "".join(LESSON.format(name=name) for name in names)
        (root / "course" / "course.toml").write_text(COURSE + lessons, "utf-8")
        for name in names:
            self.write(name, "# The question")

    def write(self, name: str, text: str) -> None:
        cells = [
            nbformat.v4.new_markdown_cell(text, id="title"),
            nbformat.v4.new_code_cell("answer = None", id="answer"),
            nbformat.v4.new_code_cell("answer = 4", id="solution"),
        ]
        cells[2].metadata["tags"] = ["solution"]
        notebook = nbformat.v4.new_notebook(cells=cells)
        path = self.root / "notebooks" / f"{name}.ipynb"
        path.write_text(notebooks.write_notebook(notebook), "utf-8")


@pytest.fixture
def clone(tmp_path, monkeypatch):
    root = tmp_path / "clone"
    root.mkdir()
    for module in (manifest, start):
        monkeypatch.setattr(module, "project_root", lambda: root)
    manifest.manifest.cache_clear()
    yield Clone(root)
    manifest.manifest.cache_clear()


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mine"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def outcomes(started: start.Started) -> dict[str, str]:
    return {one.file: one.outcome for one in started.given}


def test_a_trainee_gets_every_lesson_without_its_solutions(clone, folder):
    started = start.start(folder)
    assert names(folder) == [".cxlab.json", "10_first.ipynb", "20_second.ipynb"]
    given = notebooks.read_notebook(folder / "10_first.ipynb")
    assert [cell.id for cell in given.cells] == ["title", "answer"]
    assert str(started) == f"{folder}: 2 new."


def test_what_is_given_opens_without_a_complaint(clone, folder):
    start.start(folder)
    nbformat.validate(nbformat.read(folder / "10_first.ipynb", as_version=4))


def test_starting_again_changes_nothing(clone, folder):
    start.start(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = start.start(folder)
    assert outcomes(again) == {"10_first.ipynb": "kept", "20_second.ipynb": "kept"}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_changed_lesson_goes_beside_the_answers(clone, folder):
    """The trainee's file holds answers; it must be byte for byte what he left."""
    start.start(folder)
    mine = folder / "10_first.ipynb"
    mine.write_text("answers", "utf-8")
    clone.write("10_first", "# A better question")
    again = start.start(folder)
    assert mine.read_text("utf-8") == "answers"
    assert outcomes(again)["10_first (update).ipynb"] == "update"
    update = notebooks.read_notebook(folder / "10_first (update).ipynb")
    assert notebooks.title(update) == "A better question"


def test_an_update_is_given_once_and_the_next_has_its_own_name(clone, folder):
    start.start(folder)
    for title in ("# Two", "# Two", "# Three"):
        clone.write("10_first", title)
        start.start(folder)
    lessons = [name for name in names(folder) if name.startswith("10_")]
    assert lessons == [
        "10_first (update 2).ipynb",
        "10_first (update).ipynb",
        "10_first.ipynb",
    ]


def test_a_lesson_changed_back_is_the_one_he_has(clone, folder):
    start.start(folder)
    clone.write("10_first", "# Two")
    start.start(folder)
    clone.write("10_first", "# The question")
    assert outcomes(start.start(folder))["10_first.ipynb"] == "kept"


def test_a_lesson_thrown_away_is_given_again(clone, folder):
    start.start(folder)
    (folder / "10_first.ipynb").unlink()
    assert outcomes(start.start(folder))["10_first.ipynb"] == "new"


def test_a_file_that_was_never_given_is_left_alone(clone, folder):
    """He may have a file of that name from elsewhere."""
    folder.mkdir()
    (folder / "10_first.ipynb").write_text("something else", "utf-8")
    given = start.start(folder)
    assert (folder / "10_first.ipynb").read_text("utf-8") == "something else"
    assert outcomes(given)["10_first (update).ipynb"] == "update"


def test_a_link_that_leads_nowhere_is_left_alone_too(clone, folder):
    folder.mkdir()
    (folder / "10_first.ipynb").symlink_to(folder / "elsewhere.ipynb")
    assert outcomes(start.start(folder))["10_first (update).ipynb"] == "update"


def test_nothing_that_was_run_is_given(clone, folder):
    """Should a source be kept with outputs by mistake, they might hold solutions."""
    source = clone.root / "notebooks" / "10_first.ipynb"
    run = notebooks.read_notebook(source)
    run.cells[1].outputs = [nbformat.v4.new_output("stream", text="4")]
    source.write_text(notebooks.write_notebook(run), "utf-8")
    start.start(folder)
    given = notebooks.read_notebook(folder / "10_first.ipynb")
    assert given.cells[1].outputs == []


def test_a_lost_record_gives_nothing_twice(clone, folder):
    """Running and saving a lesson does not make it another lesson."""
    start.start(folder)
    path = folder / "10_first.ipynb"
    saved = notebooks.read_notebook(path)
    saved.metadata["language_info"] = {"name": "python"}
    saved.cells[1].execution_count = 1
    path.write_text(notebooks.write_notebook(saved), "utf-8")
    (folder / ".cxlab.json").unlink()
    assert outcomes(start.start(folder))["10_first.ipynb"] == "kept"


def test_the_record_says_what_was_given_with_its_hash(clone, folder):
    start.start(folder)
    record = json.loads((folder / ".cxlab.json").read_text("utf-8"))
    given = start.fingerprint(start.trainee_copy("10_first"))
    assert record["given"]["10_first"] == {"10_first.ipynb": given}


@pytest.mark.parametrize("text", ["{", "[]", '{"given": 3}', '{"given": {"a": 1}}'])
def test_a_damaged_record_is_named_and_nothing_is_given(text, clone, folder):
    folder.mkdir()
    (folder / ".cxlab.json").write_text(text, "utf-8")
    with pytest.raises(start.DamagedRecord, match="Rename it and start again"):
        start.start(folder)
    assert names(folder) == [".cxlab.json"]


def test_an_unknown_lesson_is_refused_before_anything_is_made(clone, folder):
    with pytest.raises(manifest.UnknownLesson, match="nearest is '10_first'"):
        start.start(folder, lessons=["20_second", "10_frist"])
    assert not folder.exists()


def test_one_lesson_may_be_asked_for(clone, folder):
    start.start(folder, lessons=["20"])
    assert names(folder) == [".cxlab.json", "20_second.ipynb"]


# --- writes that fail: nothing half-written, and the reason said ----------------------


def fails_at(call: int, number: int, real):
    """Wrap a function of os so that one of its calls fails, like a full disk."""
    calls = []

    def wrapped(*args, **kwargs):
        calls.append(args)
        if len(calls) == call:
            raise OSError(number, os.strerror(number))
        return real(*args, **kwargs)

    return wrapped


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_full_disk_gives_nothing_at_all(call, clone, folder, monkeypatch):
    """Whichever of the three files does not fit any more: the others go again."""
    monkeypatch.setattr(os, "fsync", fails_at(call, errno.ENOSPC, os.fsync))
    with pytest.raises(files.CannotWrite, match="No space left on device"):
        start.start(folder)
    assert not folder.exists()


def test_a_full_disk_leaves_an_old_folder_as_it_was(clone, folder, monkeypatch):
    start.start(folder, lessons=["10"])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(os, "fsync", fails_at(2, errno.ENOSPC, os.fsync))
    with pytest.raises(files.CannotWrite, match="Nothing was changed"):
        start.start(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_may_not_be_made_is_named(clone, folder, monkeypatch):
    """Tests may run as root, who may write anywhere: the error is raised instead."""
    monkeypatch.setattr(Path, "mkdir", fails_at(1, errno.EACCES, Path.mkdir))
    with pytest.raises(files.CannotWrite, match="could not be made"):
        start.start(folder / "deeper")
    assert not folder.exists()


def test_a_read_only_folder_is_named(clone, folder, monkeypatch):
    folder.mkdir()
    monkeypatch.setattr(
        files.tempfile, "mkstemp", fails_at(1, errno.EROFS, files.tempfile.mkstemp)
    )
    with pytest.raises(files.CannotWrite, match="Read-only file system"):
        start.start(folder)
    assert names(folder) == []


def test_an_interruption_leaves_nothing_behind(clone, folder, monkeypatch):
    """Ctrl-C between two files is not an OSError, and must end as clean."""

    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "write_over", interrupted)
    with pytest.raises(KeyboardInterrupt):
        start.start(folder)
    assert not folder.exists()


def test_a_file_that_appears_meanwhile_is_not_written_over(clone, folder, monkeypatch):
    """Two starts at once: one of them gives way."""

    def meanwhile(part, path):
        path.write_text("theirs", "utf-8")
        real(part, path)

    real = start.place_new
    monkeypatch.setattr(start, "place_new", meanwhile)
    with pytest.raises(files.CannotWrite, match="in the meantime"):
        start.start(folder)
    assert (folder / "10_first.ipynb").read_text("utf-8") == "theirs"
    assert names(folder) == ["10_first.ipynb"]


# --- which folder is meant ------------------------------------------------------------


def test_the_usual_folder_lies_where_we_stand(clone, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert start.chosen_folder() == tmp_path / "my-lessons"


def test_inside_a_folder_that_was_given_lessons_it_is_that_one(
    clone, folder, monkeypatch
):
    start.start(folder)
    monkeypatch.chdir(folder)
    assert start.chosen_folder() == folder


def test_the_courses_own_lessons_are_not_a_trainees_folder(clone):
    with pytest.raises(ValueError, match="from which all editions are made"):
        start.start(clone.root / "notebooks" / "mine")


def test_a_file_is_not_a_folder(clone, folder):
    folder.write_text("a file", "utf-8")
    with pytest.raises(NotADirectoryError, match="is a file"):
        start.start(folder)
