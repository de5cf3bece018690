"""Several lessons at once: workers side by side, each with a kernel of its own.

On Linux workers and kernels are forked from two warm processes, which import in
parallel; elsewhere both are ordinary processes. Nothing outlives the pool.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Protocol, Self

from cxlab.course.cache import surroundings
from cxlab.course.forkserver import ADDRESS, FOLDER, Child, ForkServer
from cxlab.course.warm import send

KERNELS = ("auto", "forked", "ordinary")
_LONGEST_ADDRESS = 60  # characters of a folder: socket paths end at 108
# What the warm process of kernels imports whatever the lessons import.
_FOR_KERNELS = (
    "cxlab.course.kernel",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "matplotlib_inline.backend_inline",
)
_FOR_WORKERS = ("cxlab.course.worker",)
# Set by whoever started us, and a kernel would heed it: it would watch the parent of
# another notebook, or leave out what ipykernel leaves out of its own tests.
_NOT_OURS = ("JPY_PARENT_PID", "PYTEST_CURRENT_TEST")
_ONE_THREAD = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)


def kind_of_kernel(kernel: str = "auto") -> str:
    """Return ``"forked"`` or ``"ordinary"``: what ``"auto"`` means on this platform.

    Raises
    ------
    ValueError
        If there is no such kind, or it needs Linux.
    """
    if kernel not in KERNELS:
        raise ValueError(
            f"There is no kernel {kernel!r}. Choose one of: {', '.join(KERNELS)}."
        )
    linux = sys.platform == "linux"
    if kernel == "forked" and not linux:
        raise ValueError("Forked kernels need Linux. Choose kernel='ordinary'.")
    return "forked" if linux and kernel != "ordinary" else "ordinary"


class Pool:
    """Workers that execute jobs side by side, until it is closed.

    Parameters
    ----------
    workers
        How many at once; None: as many as there are processors.
    kernel
        ``"auto"``, ``"forked"`` or ``"ordinary"``.
    modules
        What lessons import, so that the warm process does it once for all.
    env
        Environment variables that the lessons see, besides our own.
    """

    def __init__(
        self,
        *,
        workers: int | None = None,
        kernel: str = "auto",
        modules: Iterable[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.kernel = kind_of_kernel(kernel)
        self.surroundings = surroundings(self.kernel)  # as the warm process saw them
        self.workers = workers or len(_processors())
        self._folder = Path(tempfile.mkdtemp(prefix="cxlab-", dir=_short_folder()))
        self._env = {**environment(self._folder), **(env or {})}
        self._servers: dict[str, ForkServer] = {}
        if self.kernel == "forked":
            self._warm("kernels", [*_FOR_KERNELS, *modules])
            self._warm("workers", _FOR_WORKERS)
        self._jobs: SimpleQueue[tuple[Any, Mapping[str, Any]] | None] = SimpleQueue()
        self._results: SimpleQueue[tuple[Any, dict[str, Any]]] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._waiting = 0
        self._lock = threading.Lock()
        self._at_work: set[_Worker] = set()
        self._closed = False

    def _warm(self, name: str, modules: Iterable[str]) -> None:
        if name == "kernels":
            self._env[ADDRESS] = str(self._folder / name)
        self._servers[name] = ForkServer(
            self._folder, name=name, modules=modules, env=self._env
        )

    def submit(self, tag: object, job: Mapping[str, Any]) -> None:
        """Give a job (see ``worker.execute``) to the next worker that is free."""
        self._waiting += 1
        self._jobs.put((tag, {**job, "kernel": self.kernel}))
        if len(self._threads) < min(self.workers, self._waiting):
            thread = threading.Thread(target=self._attend, daemon=True)
            self._threads.append(thread)
            thread.start()

    def next(self, timeout: float | None = None) -> tuple[Any, dict[str, Any]] | None:
        """Return the tag and the result of a job that is done; None: not in time."""
        # In steps, since on Windows an endless wait cannot be interrupted.
        step = 0.5 if timeout is None else timeout
        while True:
            try:
                done = self._results.get(timeout=step)
            except Empty:
                if timeout is not None:
                    return None
            else:
                self._waiting -= 1
                return done

    def _attend(self) -> None:
        """Attend to one worker: give it jobs, and replace it if it dies of one."""
        worker: _Worker | None = None
        while (given := self._jobs.get()) is not None and not self._closed:
            tag, job = given
            try:
                worker = worker or self._hire()
                answer = worker.ask(job)
            except Exception as error:  # noqa: BLE001 - told to whoever asked
                answer, told = None, str(error)
            else:
                told = "The process that ran the lesson died."
            if answer is None:
                self._dismiss(worker)
                worker, answer = None, _lost(told)
            self._results.put((tag, answer))
        self._dismiss(worker)

    def _hire(self) -> "_Worker":
        worker: _Worker = (
            _ForkedWorker(self._servers["workers"].address)
            if self.kernel == "forked"
            else _StartedWorker(self._env)
        )
        with self._lock:
            self._at_work.add(worker)
            if self._closed:
                worker.stop()
        return worker

    def _dismiss(self, worker: "_Worker | None") -> None:
        if worker is not None:
            worker.stop()
            worker.release()
            with self._lock:
                self._at_work.discard(worker)

    def close(self) -> None:
        """Stop every worker and kernel, at once; safe to call twice."""
        with self._lock:
            self._closed = True
            for worker in self._at_work:
                worker.stop()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=10)
        for server in self._servers.values():
            server.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        """Return the pool itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it, whatever happened."""
        self.close()


class _Worker(Protocol):
    """What the pool asks of a worker."""

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any] | None:
        """Have a job done; None if the worker died of it."""

    def stop(self) -> None:
        """Kill it and its kernel, from any thread."""

    def release(self) -> None:
        """Free what it held, from the thread that asked it."""


class _ForkedWorker:
    def __init__(self, address: str) -> None:
        self._child = Child(address, "cxlab.course.worker:serve")

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any] | None:
        send(self._child.connection, job)
        answer = self._child.read()
        return None if answer is None or "error" in answer else answer

    def stop(self) -> None:
        self._child.hang_up()

    def release(self) -> None:
        self._child.close()


class _StartedWorker:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cxlab.course.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=dict(env),
            # Ctrl-C is for us, not for the workers.
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def ask(self, job: Mapping[str, Any]) -> dict[str, Any] | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        return dict(json.loads(line)) if line.endswith(b"\n") else None

    def stop(self) -> None:
        # The end of its input tells it to kill its kernel and leave.
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()

    def release(self) -> None:
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def _lost(told: str) -> dict[str, Any]:
    nothing: dict[str, Any] = {
        "notebook": "",
        "records": [],
        "stderr": "",
        "failure": None,
    }
    failure = {"kind": "runner", "message": told}
    return {**nothing, "seconds": 0.0, "cell_seconds": 0.0, "failure": failure}


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which lessons run: the same for everyone.

    Parameters
    ----------
    folder
        Where Jupyter and IPython may keep what they keep while a lesson runs.
    """
    ours = {
        **dict.fromkeys(_ONE_THREAD, "1"),
        "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's, left by a fork
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        FOLDER: str(folder),
        "IPYTHONDIR": str(folder / "ipython"),  # nobody's own start-up files
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # no notice of a debugger not used
    }
    return {**{k: v for k, v in os.environ.items() if k not in _NOT_OURS}, **ours}


def _processors() -> Collection[int]:
    try:
        return os.sched_getaffinity(0)
    except AttributeError:  # macOS, Windows
        return range(os.cpu_count() or 1)


def _short_folder() -> str | None:
    """Choose a folder for temporary files whose name leaves room for a socket's."""
    usual = tempfile.gettempdir()
    return "/tmp" if os.name == "posix" and len(usual) > _LONGEST_ADDRESS else None  # noqa: S108
