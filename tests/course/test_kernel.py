"""Forked kernels do all that ordinary ones do; each trap of forking has its test."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from cxlab.course.forkserver import Child, ForkServer, NoFork
from cxlab.course.kernel import ForkedManager, OrdinaryManager, PromptClient
from cxlab.course.pool import Pool, environment

forked = pytest.mark.skipif(sys.platform != "linux", reason="forked kernels need Linux")
DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, n]);"
SLEEP = "import time\nopen('began', 'w').close()\ntime.sleep(60)"


def outputs(result, kind="data"):
    return [
        o[kind]
        for c in result.notebook.cells
        for o in c.get("outputs", ())
        if kind in o
    ]


def printed(result):
    return "".join(outputs(result, "text"))


@pytest.fixture(params=["forked", "ordinary"])
def pool(request):
    if request.param == "forked" and sys.platform != "linux":
        pytest.skip("forked kernels need Linux")
    name = "shared_pool" if request.param == "forked" else "ordinary_pool"
    return request.getfixturevalue(name)


def test_figures_are_really_there(pool, run_cells):
    """With pyplot imported before the fork they vanish without an error."""
    result = run_cells(DRAW, pool=pool)
    assert any("image/png" in data for data in outputs(result))


def test_both_kinds_of_kernel_give_the_same(shared_pool, ordinary_pool, run_cells):
    cells = [DRAW, "import numpy as np\nprint(np.random.default_rng(1).normal(size=3))"]
    both = [run_cells(*cells, pool=pool) for pool in (shared_pool, ordinary_pool)]
    assert printed(both[0]) == printed(both[1])
    assert [set(d) for d in outputs(both[0])] == [set(d) for d in outputs(both[1])]


def test_a_lesson_may_have_child_processes(pool, run_cells):
    """A process that is daemonic for multiprocessing may not."""
    result = run_cells(
        "from multiprocessing import get_context\n"
        "with get_context('fork').Pool(2) as pool:\n"
        "    print(pool.map(abs, [-1, -2]))",
        "import subprocess, sys\n"
        "print(subprocess.check_output([sys.executable, '-c', 'print(7)'], text=True))",
        pool=pool,
    )
    assert result.ok, result.failure
    assert printed(result).split() == ["[1,", "2]", "7"]


def test_a_kernel_computes_in_one_thread(pool, run_cells):
    """Two lessons at once on two cores, each with two threads, run slower than one."""
    result = run_cells(
        "import os, numpy as np\n"
        "tasks = lambda: len(os.listdir('/proc/self/task'))\n"
        "before = tasks()\n"
        "a = np.ones((900, 900)) @ np.ones((900, 900))\n"
        "print(os.environ['OPENBLAS_NUM_THREADS'], tasks() - before)",
        pool=pool,
    )
    assert printed(result).split() == ["1", "0"]


@forked
def test_the_hash_seed_is_that_of_the_warm_process(run_cells):
    """So a lesson can be tried under two; see tests/test_lessons.py."""
    said = []
    for seed in ("1", "2"):
        with Pool(workers=1, env={"PYTHONHASHSEED": seed}) as pool:
            cell = "print(hash('a'))"
            said.append(printed(run_cells(cell, pool=pool, fresh=True)))
    assert said[0] != said[1]


@forked
def test_unseeded_randomness_differs_between_kernels(run_cells):
    """Numpy's global generator is copied by a fork: lessons would agree by accident."""
    cell = "import numpy as np\nprint(np.random.normal())"
    assert printed(run_cells(cell, fresh=True)) != printed(run_cells(cell, fresh=True))


def test_a_lesson_stands_in_its_own_folder(pool, run_cells, tmp_path, elsewhere):
    """And nobody else is moved there: papermill's own cwd moves the whole process."""
    (tmp_path / "beside.csv").write_text("x\n", encoding="utf-8")
    here = Path.cwd()
    result = run_cells("import os\nprint(os.listdir())", pool=pool)
    assert "beside.csv" in printed(result)
    assert Path.cwd() == here


@forked
def test_a_kernel_is_announced_once_it_listens(tmp_path):
    """Connecting before costs .3 to 1.3 s a run: the client polls."""
    folder = tmp_path / "warm"
    folder.mkdir()
    server = ForkServer(folder, modules=[], env=environment(tmp_path))
    serve = "cxlab.course.kernel:serve"
    child = Child(server.address, serve, folder=str(folder), cwd="/")
    try:
        told = child.read()
        ports = [told[f"{name}_port"] for name in ("shell", "iopub", "control")]
        listening = [Path(f"{told['ip']}-{port}").exists() for port in ports]
    finally:
        child.close()
        server.close()
    assert listening == [True, True, True]


@forked
def test_a_warm_process_leaves_nothing_and_says_that_it_is_gone(tmp_path):
    folder = tmp_path / "warm"
    folder.mkdir()
    server = ForkServer(folder, modules=[], env=environment(tmp_path))
    server.close()
    assert not folder.exists()
    with pytest.raises(NoFork, match="--kernel ordinary"):
        Child(server.address, "cxlab.course.kernel:serve")


def test_no_client_polls(monkeypatch):
    monkeypatch.setenv("CXLAB_KERNELS", "nowhere")
    for manager in (ForkedManager(), OrdinaryManager()):
        assert manager.client_factory is PromptClient


SCRIPT = """
import pathlib, sys
with open("imported", "a") as log:
    log.write("once ")
from cxlab.course.cache import Cache
from cxlab.course.run import Run, run_jobs, source_job
path = pathlib.Path("lesson.ipynb").resolve()
job = source_job(Run(lesson="x"), path.read_text("utf-8"), path, {{}})
results = run_jobs([job], kernel={kernel!r}, cache=Cache(pathlib.Path("cache")))
print(results[0].ok, results[0].failure)
"""


def start_script(folder, lesson, kernel):
    (folder / "lesson.ipynb").write_text(lesson, encoding="utf-8")
    script = folder / "script.py"
    script.write_text(textwrap.dedent(SCRIPT).format(kernel=kernel), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, script],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("kernel", ["auto", "ordinary"])
def test_the_caller_is_not_imported_again_and_nothing_is_said(
    tmp_path, lesson_text, kernel
):
    """Multiprocessing imports it in every child; ipykernel gives notices."""
    script = start_script(tmp_path, lesson_text("print(n)"), kernel)
    said, complaint = script.communicate(timeout=60)
    assert (said, complaint) == ("True None\n", "")
    assert (tmp_path / "imported").read_text(encoding="utf-8") == "once "


@pytest.mark.parametrize("kernel", ["auto", "ordinary"])
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_no_kernel_and_no_folder_outlives_its_caller(
    tmp_path, lesson_text, kernel, signum
):
    cell = f"import subprocess, sys\nsubprocess.Popen(['sleep', '60'])\n{SLEEP}"
    script = start_script(tmp_path, lesson_text(cell), kernel)
    wait_for(lambda: (tmp_path / "began").exists() or script.poll() is not None)
    family = psutil.Process(script.pid).children(recursive=True)
    assert len(family) >= 2  # at least a worker and a kernel
    folder = Path(family[0].environ()["CXLAB_FOLDER"])
    os.kill(script.pid, signum)
    script.communicate(timeout=30)
    wait_for(lambda: not any(alive(one) for one in family))
    wait_for(lambda: not folder.exists())


def alive(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)
