"""Throwaway lessons, and a pool of kernels that a whole session of tests shares."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cxlab.course.cache import Cache
from cxlab.course.pool import Pool
from cxlab.course.run import Run, RunResult, run_jobs, source_job
from cxlab.records import MIME

PARAMETERS = "n: int = 3  # customers in the sample [1 .. 100000]"
KERNELSPEC = {"name": "python3", "display_name": "Python 3", "language": "python"}


def lesson_text(*cells: str) -> str:
    """Make the text of a notebook: a parameters cell, then the given code cells."""
    made = [
        {
            "cell_type": "code",
            "id": f"cell-{number}" if number else "parameters",
            "metadata": {} if number else {"tags": ["parameters"]},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate([PARAMETERS, *cells])
    ]
    whole = {"cells": made, "metadata": {"kernelspec": KERNELSPEC}}
    return json.dumps({**whole, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture(name="lesson_text", scope="session")
def lesson_text_fixture() -> Callable[..., str]:
    return lesson_text


@pytest.fixture
def cache(tmp_path: Path, shared_pool: Pool, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """Give an empty cache, whose keys stay the same while somebody edits the source."""
    for module in ("cxlab.course.run", "cxlab.course.pool"):
        monkeypatch.setattr(f"{module}.surroundings", steady)
    monkeypatch.setattr(shared_pool, "surroundings", steady(shared_pool.kernel))
    return Cache(tmp_path / "cache")


def steady(kernel: str) -> str:
    return f"as always, {kernel}"


RunCells = Callable[..., RunResult]


@pytest.fixture
def run_cells(
    shared_pool: Pool, cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> RunCells:
    """Run the given cells as a lesson, on the session's kernels."""

    def run(
        *cells: str,
        parameters: Mapping[str, Any] | None = None,
        pool: Pool = shared_pool,
        **options: Any,
    ) -> RunResult:
        monkeypatch.setattr(pool, "surroundings", steady(pool.kernel))
        name = "throwaway"
        job = source_job(
            Run(lesson=name),
            lesson_text(*cells),
            tmp_path / f"{name}.ipynb",
            parameters or {},
        )
        return run_jobs([job], pool=pool, cache=cache, **options)[0]

    return run


@pytest.fixture(scope="session")
def ordinary_pool() -> Iterator[Pool]:
    """Give kernels as JupyterLab starts them, as on macOS and Windows."""
    with Pool(kernel="ordinary", workers=1) as pool:
        yield pool


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Stand in another folder for the time of a test."""
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        yield tmp_path
    finally:
        os.chdir(here)


@dataclass(frozen=True)
class SmallCourse:
    """A clone of its own with two small lessons, to break at will."""

    root: Path

    def lesson(self, name: str, *cells: str) -> None:
        """Write a lesson over what it was."""
        text = lesson_text(*cells)
        (self.root / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")

    def start(self, *words: str, cwd: Path | None = None) -> subprocess.Popen[str]:
        """Start the command line in the clone."""
        return subprocess.Popen(
            [sys.executable, "-m", "cxlab.course.cli", *words],
            cwd=cwd or self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that Ctrl-C reaches nobody else
        )

    def cxlab(self, *words: str, cwd: Path | None = None) -> tuple[int, str, str]:
        """Give the command line some words; return its code and what it said."""
        process = self.start(*words, cwd=cwd)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def expect(self, lesson: str, text: str) -> None:
        """Write what a lesson is held to."""
        folder = self.root / "tests" / "expected"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{lesson}.toml").write_text(text, encoding="utf-8")

    @property
    def kept(self) -> list[Path]:
        """Return the runs that are kept."""
        return sorted((self.root / "build" / "cache").glob("*.run"))


FIRST, SECOND = "01_first", "02_second"
# What cxlab.lesson.record puts out, without what it takes to import all that it speaks.
RECORD = f"""\
from IPython.display import publish_display_data
told = {{"kind": "result", "name": "twice", "value": 2 * n, "unit": ""}}
publish_display_data({{{MIME!r}: told}})"""
HELD = "[fast.twice]\nvalue = 6\n"
MANIFEST = """
[course]
title = "A small course"
sentence = "Two lessons."
[books.one]
title = "A book"
authors = "Somebody"
year = 2000
[parts.1]
title = "The only part"
[routes.core]
title = "Core"
says = "Both."
lessons = ["01_first", "02_second"]
"""
LESSON = """
[lessons.{name}]
title = "{name}"
part = 1
teach = 5
practise = 5
books = ["one"]
needs = []
teaches = []
claims = []
data = []
outcome = "You can."
decision = "Whether."
room = "Talk."
"""


@pytest.fixture
def small_course(tmp_path: Path) -> SmallCourse:
    here, root = Path(__file__).resolve().parents[2], tmp_path / "clone"
    for name in ("src", "datasets"):
        shutil.copytree(here / name, root / name)
    (root / "notebooks").mkdir()
    (root / "course").mkdir()
    for name in ("claims.toml", "glossary.toml"):
        shutil.copy(here / "course" / name, root / "course")
    text = MANIFEST + "".join(LESSON.format(name=name) for name in (FIRST, SECOND))
    (root / "course" / "course.toml").write_text(text, encoding="utf-8")
    course = SmallCourse(root)
    for name in (FIRST, SECOND):
        course.lesson(name, f"# {name}\n{RECORD}")
        course.expect(name, HELD)
    return course
