"""What all tests share: one hypothesis profile, and each lesson's run but once.

Every run of a lesson goes through the pool of the process and the cache of the clone,
so that it happens once in all, however many tests and processes ask for it.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from cxlab.course.manifest import manifest
from cxlab.course.pool import Pool
from cxlab.course.run import Job, Run, RunResult, run_jobs, source_job

# Derandomised: a failure is found again. No deadline: CI machines stutter.
settings.register_profile("course", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("course")

# A shell that starts the tests in the background has them ignore Ctrl-C, and every
# process that they start, too: the tests of Ctrl-C would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LESSONS_IMPORT = (
    "cxlab.lesson",
    "matplotlib.pyplot",
    "numpy",
    "pandas",
    "scipy.stats",
)


def _workers() -> int:
    """With pytest-xdist each of its processes gets its share of the processors."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return max(1, (os.cpu_count() or 1) // processes)


@pytest.fixture(scope="session")
def shared_pool() -> Iterator[Pool]:
    """Lend every test of this process the same warm kernels."""
    with Pool(workers=_workers(), modules=LESSONS_IMPORT) as pool:
        yield pool


@pytest.fixture(scope="session")
def traced() -> Callable[[], Mapping[str, RunResult]]:
    """Run every lesson once more: fast, on ordinary kernels, and note what it calls.

    Under a hash seed of its own, too; forked kernels share that of their parent. What
    it calls stands in the output of a last cell: file and first line of each function
    of ours.
    """
    found: dict[str, RunResult] = {}

    def run() -> Mapping[str, RunResult]:
        if not found:
            seeded = {"PYTHONHASHSEED": "1"}
            jobs = [_with_trace(name) for name in manifest().lessons]
            with Pool(kernel="ordinary", workers=_workers(), env=seeded) as pool:
                results = run_jobs(jobs, pool=pool)
            assert [str(r.failure) for r in results if not r.ok] == []
            found.update(zip(manifest().lessons, results, strict=True))
        return found

    return run


def _with_trace(name: str) -> Job:
    return altered(name, "alter()", last=TOLD, named=f"{name}, traced")


TOLD = """
import json as _json
print(_json.dumps(sorted(called_in_this_lesson)))
"""


def altered(name: str, call: str, *, last: str = "", named: str = "") -> Job:
    """Make a job of a lesson that begins with a call of ``alter``; see altered.py.

    Parameters
    ----------
    name
        The lesson.
    call
        How ``alter`` is called.
    last
        The code of one more cell, at the end.
    named
        What the run is called, if not as the lesson.
    """
    lesson = manifest().lesson(name)
    notebook = json.loads(lesson.notebook.read_text(encoding="utf-8"))
    first = f"{ALTERED.read_text(encoding='utf-8')}\n\n{call}"
    notebook["cells"].insert(0, _code_cell("trace", first))
    if last:
        notebook["cells"].append(_code_cell("told", last))
    run = Run(lesson=named or name, profile="fast")
    return source_job(run, json.dumps(notebook), lesson.notebook, lesson.fast)


ALTERED = Path(__file__).with_name("altered.py")


def _code_cell(cell_id: str, source: str) -> dict[str, object]:
    empty: dict[str, object] = {"metadata": {}, "execution_count": None, "outputs": []}
    return {"cell_type": "code", "id": cell_id, "source": source, **empty}


@pytest.fixture(name="altered", scope="session")
def altered_fixture() -> Callable[..., Job]:
    return altered


@pytest.fixture(scope="session")
def calls(traced) -> Mapping[str, set[tuple[Path, int]]]:
    """Return, by lesson, which functions of ours it calls: file and first line."""
    told = {name: r.notebook.cells[-1].outputs[0].text for name, r in traced().items()}
    return {
        name: {(Path(file), line) for file, line in json.loads(text)}
        for name, text in told.items()
    }
