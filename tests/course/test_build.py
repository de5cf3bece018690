"""A site is built whole, or the last one stays."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxlab.course import build as module
from cxlab.course.build import AlreadyBuilding, BuildFailed, Built, build
from cxlab.course.files import CannotWrite
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import write_notebook
from cxlab.course.render import folder, room
from cxlab.course.render.folder import page_names
from cxlab.course.render.lesson import PRINTED
from cxlab.course.run import Failure, Run, RunResult


def _notebook(text: str = "Good morning.") -> NotebookNode:
    out = new_output("stream", name="stdout", text="hello")
    paper = new_output(
        "display_data",
        data={"text/markdown": "**People: 600 a month**\n\n**The question.** Who?"},
        metadata={"cxlab": {"kind": "paper"}},
    )
    return new_notebook(
        cells=[
            new_markdown_cell(f"# A lesson\n\n{text}", id="a"),
            new_code_cell("print('hello')", id="b", outputs=[out]),
            new_code_cell("hand_in(paper)", id="c", outputs=[paper]),
        ]
    )


class _Lessons:
    """Stands in for the lessons: what each run of them gives."""

    def __init__(self) -> None:
        self.text = "Good morning."
        self.failure: Failure | None = None

    def run_many(self, runs: Iterable[Run], **options: Any) -> list[RunResult]:
        results = [
            RunResult(
                run=run,
                ok=self.failure is None,
                seconds=0.1,
                cell_seconds=0.1,
                executed="" if self.failure else write_notebook(_notebook(self.text)),
                failure=self.failure,
            )
            for run in runs
        ]
        for result in results:
            options["on_done"](result)
        return results


@pytest.fixture
def lessons(monkeypatch: pytest.MonkeyPatch) -> _Lessons:
    """Lessons that need no kernel, on a machine without a browser."""
    stand_in = _Lessons()
    monkeypatch.setattr(module, "run_many", stand_in.run_many)
    monkeypatch.setattr(module, "find_browser", lambda: None)
    return stand_in


def test_every_page_is_there_and_no_other(lessons: _Lessons, tmp_path: Path) -> None:
    built = build(site=tmp_path / "site")
    found = [p.relative_to(built.site).as_posix() for p in built.site.rglob("*.*")]
    assert sorted(found) == sorted(page_names(manifest()))
    assert built.pages == len(found)


def test_without_a_browser_the_build_says_what_it_left_out(
    lessons: _Lessons, tmp_path: Path
) -> None:
    said = str(build(site=tmp_path / "site")).splitlines()
    assert said[1].startswith("Left out: PDF, because")
    assert said[-1] == f"Open {tmp_path / 'site' / 'index.html'}"


def test_a_second_build_gives_the_same_bytes(lessons: _Lessons, tmp_path: Path) -> None:
    one, two = build(site=tmp_path / "one").site, build(site=tmp_path / "two").site
    for page in page_names(manifest()):
        assert (one / page).read_bytes() == (two / page).read_bytes(), page


def test_a_build_takes_the_place_of_the_last_one(
    lessons: _Lessons, tmp_path: Path
) -> None:
    build(site=tmp_path / "site")
    lessons.text = "Good evening."
    (tmp_path / "site" / "stale.html").touch()
    site = build(site=tmp_path / "site").site
    page = next(site.glob("lessons/*/trainee.html")).read_text(encoding="utf-8")
    assert "Good evening." in page
    assert not (site / "stale.html").exists()
    assert _left(tmp_path) == ["site"]


def _left(folder: Path) -> list[str]:
    names = [path.name for path in folder.iterdir()]
    return sorted(name for name in names if name != "build.lock")


@pytest.mark.parametrize("before", [True, False])
def test_a_lesson_that_fails_leaves_the_last_site(
    lessons: _Lessons, tmp_path: Path, *, before: bool
) -> None:
    if before:
        build(site=tmp_path / "site")
    lessons.failure = Failure(kind="error", message="NameError: x", cell="b", number=2)
    with pytest.raises(BuildFailed, match=r"NameError: x"):
        build(site=tmp_path / "site")
    assert _left(tmp_path) == (["site"] if before else [])


def test_a_page_that_cannot_be_made_is_named(lessons: _Lessons, tmp_path: Path) -> None:
    lessons.text = r"$\nothing$"
    lesson = next(iter(manifest().lessons))
    with pytest.raises(BuildFailed, match=rf"trainee of {lesson}.*\\\\nothing"):
        build(site=tmp_path / "site")
    assert _left(tmp_path) == []


def test_a_full_disk_leaves_the_last_site(
    lessons: _Lessons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site=tmp_path / "site")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_write", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        build(site=tmp_path / "site")
    assert _left(tmp_path) == ["site"]
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_site_that_cannot_be_moved_is_put_back(
    lessons: _Lessons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a folder with an open file cannot be renamed."""
    site = build(site=tmp_path / "site").site
    rename = Path.rename

    def stuck(self: Path, target: Path) -> Path:
        if target == site and not self.name.endswith("-old"):
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stuck)
    with pytest.raises(CannotWrite, match="in use"):
        build(site=site)
    assert _left(tmp_path) == ["site"]
    assert (site / "index.html").is_file()


def test_a_stopped_build_leaves_nothing_behind(
    lessons: _Lessons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "_write", stopped)
    with pytest.raises(KeyboardInterrupt):
        build(site=tmp_path / "site")
    assert _left(tmp_path) == []


def test_two_builds_at_once_are_refused(lessons: _Lessons, tmp_path: Path) -> None:
    refused: list[BaseException] = []

    def second() -> None:
        try:
            build(site=tmp_path / "site")
        except AlreadyBuilding as error:
            refused.append(error)

    with FileLock(tmp_path / "build.lock"):
        other = threading.Thread(target=second)
        other.start()
        other.join()
    assert "Another build is at work" in str(refused[0])
    assert _left(tmp_path) == []


def test_a_pdf_that_the_browser_will_not_print_is_left_out(
    lessons: _Lessons, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_browser", lambda: Path("/nowhere/chromium"))
    built = build(site=tmp_path / "site")
    papers = sum(lesson.paper for lesson in manifest().lessons.values())
    pages = len(PRINTED) * len(manifest().lessons) + len(room.PAGES) + papers
    assert len(built.left_out) == pages
    assert "did not print" in built.left_out[0]
    page = next(built.site.glob("lessons/*/trainee.html")).read_text(encoding="utf-8")
    assert ".pdf" not in page


def test_steps_are_counted_to_their_end(lessons: _Lessons, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build(site=tmp_path / "site", on_step=lambda done, of, _: seen.append((done, of)))
    assert seen[-1][0] == seen[-1][1] == len(seen)


def test_what_was_built_ends_with_the_path_to_open() -> None:
    built = Built(site=Path("site"), pages=3, seconds=61.2, left_out=())
    assert str(built) == f"3 pages in 61 s.\nOpen {Path('site', 'index.html')}"
