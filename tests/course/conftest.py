"""Throwaway lessons, and a pool of kernels that a whole session of tests shares."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from cxlab.course.cache import Cache
from cxlab.course.pool import Pool
from cxlab.course.run import Run, RunResult, run_jobs, source_job

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
