"""Workers side by side: nothing of a lesson reaches the next, or outlives the pool."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from cxlab.course.pool import Pool, kind_of_kernel
from cxlab.course.run import Run, run_jobs, source_job

LEAK = "hoard = bytearray(400_000_000)\nhoard[::4096] = b'x' * len(hoard[::4096])"
MISCHIEF = """
import builtins, os, random, sys
import numpy as np, pandas as pd, matplotlib as mpl
builtins.print = lambda *_: None
os.environ["CXLAB_TOUCHED"] = "1"; os.chdir("/"); sys.path.insert(0, "/nowhere")
np.random.seed(1); random.seed(1); np.mean = None
pd.set_option("display.max_rows", 1); mpl.rcParams["font.size"] = 99
import cxlab.lesson; cxlab.lesson.record = None
"""
INSPECT = """
import os, sys
import numpy as np, pandas as pd, matplotlib as mpl, cxlab.lesson
touched = [
    "CXLAB_TOUCHED" in os.environ, os.getcwd() == "/", "/nowhere" in sys.path,
    np.mean is None, pd.get_option("display.max_rows") == 1,
    mpl.rcParams["font.size"] == 99, cxlab.lesson.record is None,
]
print(touched.count(True))
"""
OWN_MEMORY = """
import resource
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def printed(result):
    cells = result.notebook.cells
    return "".join(o.get("text", "") for c in cells for o in c.get("outputs", ()))


@pytest.fixture
def one_worker():
    """One worker, so that one lesson certainly follows the other in its place."""
    with Pool(workers=1, modules=["cxlab.lesson"]) as pool:
        yield pool


def test_no_lesson_can_touch_the_next(one_worker, run_cells):
    """Neither by global state, nor by memory, nor by dying."""
    assert run_cells(MISCHIEF, pool=one_worker).ok
    assert run_cells(LEAK, pool=one_worker).ok
    dead = run_cells("import os, signal\nos.kill(os.getpid(), 9)", pool=one_worker)
    assert dead.failure.kind == "dead kernel"
    assert printed(run_cells(INSPECT, pool=one_worker)) == "0\n"
    assert int(printed(run_cells(OWN_MEMORY, pool=one_worker))) < 350  # MB


def jobs_of(lesson_text, folder, *cells):
    return [
        source_job(Run(lesson="x"), lesson_text(cell), folder / "x.ipynb", {})
        for cell in cells
    ]


def test_lessons_run_side_by_side(lesson_text, tmp_path, cache):
    """Each waits for the other: one after the other they would wait for ever."""
    cell = (
        "import pathlib, time\n"
        "pathlib.Path('{mine}').touch()\n"
        "while not pathlib.Path('{other}').exists(): time.sleep(.01)"
    )
    cells = [cell.format(mine=m, other=o) for m, o in (("a", "b"), ("b", "a"))]
    jobs = jobs_of(lesson_text, tmp_path, *cells)
    results = run_jobs(jobs, workers=2, cache=cache, time_limit=30)
    assert [result.ok for result in results] == [True, True]


@pytest.mark.skipif(sys.platform != "linux", reason="forked kernels need Linux")
def test_a_worker_that_dies_takes_its_kernel_with_it(
    one_worker, run_cells, lesson_text, tmp_path, cache
):
    """And is replaced, so that the next lesson runs."""
    stay = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(60)"
    jobs = jobs_of(lesson_text, tmp_path, stay)
    found = []
    runner = threading.Thread(
        target=lambda: found.extend(run_jobs(jobs, pool=one_worker, cache=cache))
    )
    runner.start()
    kernel = wait_for(lambda: (tmp_path / "pid").exists() and read(tmp_path / "pid"))
    workers = one_worker._servers["workers"].pid
    [worker] = psutil.Process(workers).children()
    os.kill(worker.pid, signal.SIGKILL)
    runner.join(timeout=30)
    assert str(found[0].failure) == "The process that ran the lesson died."
    wait_for(lambda: not psutil.pid_exists(int(kernel)))
    assert run_cells("print(n)", pool=one_worker).ok


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)
    return found


def test_a_closed_pool_leaves_no_process_and_no_folder(lesson_text, tmp_path, cache):
    before = set(psutil.Process().children(recursive=True))
    with Pool(workers=2) as pool:
        folder = pool._folder
        run_jobs(jobs_of(lesson_text, tmp_path, "print(n)"), pool=pool, cache=cache)
        assert folder.is_dir()
    assert not folder.exists()
    left = set(psutil.Process().children(recursive=True)) - before
    assert left == set()


@pytest.mark.skipif(sys.platform != "linux", reason="forked kernels need Linux")
def test_a_pool_whose_warm_process_is_gone_says_so(run_cells):
    with Pool(workers=1) as pool:
        os.kill(pool._servers["workers"].pid, signal.SIGKILL)
        wait_for(lambda: pool._servers["workers"]._process.poll() is not None)
        result = run_cells("print(n)", pool=pool)
    assert "warm process that lends kernels has ended" in str(result.failure)


@pytest.mark.skipif(sys.platform != "linux", reason="forked kernels need Linux")
def test_a_warm_process_has_one_thread(run_cells):
    """A thread does not survive a fork, and what it held stays locked for ever."""
    libraries = ["cxlab.lesson", "scipy.stats", "statsmodels.api", "matplotlib.pyplot"]
    with Pool(workers=1, modules=libraries) as pool:
        assert run_cells("print(n)", pool=pool).ok
        threads = [psutil.Process(s.pid).num_threads() for s in pool._servers.values()]
    assert threads == [1, 1]


def test_a_kind_of_kernel_that_there_is_not_is_refused(monkeypatch):
    with pytest.raises(ValueError, match="Choose one of: auto, forked, ordinary"):
        kind_of_kernel("warm")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert kind_of_kernel() == "ordinary"
    with pytest.raises(ValueError, match="Forked kernels need Linux"):
        kind_of_kernel("forked")
