"""A worker: takes one lesson after another and executes each through papermill.

A process of its own, so that nothing a lesson does to papermill's process can reach the
next, and so that the process you type into never waits for papermill's imports.
"""

import contextlib
import json
import logging
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Mapping
from queue import SimpleQueue
from typing import Any, BinaryIO

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from cxlab.course.editions import edition
from cxlab.course.forkserver import FOLDER
from cxlab.course.kernel import ForkedManager, KernelFailed, OrdinaryManager
from cxlab.course.notebooks import INJECTED, parse_notebook, tags, write_notebook
from cxlab.course.warm import send
from cxlab.records import records_of

_LINES = 12  # of an error's message; a table's violations stand one a line
_STOPPED = {"notebook": "", "cell_seconds": 0.0, "stderr": "", "records": []}


def execute(job: Mapping[str, Any]) -> dict[str, Any]:
    """Execute one lesson, and tell what came out, as JSON can carry it.

    Parameters
    ----------
    job
        ``source`` (text of the notebook), ``edition``, ``parameters``, ``cwd``,
        ``kernel`` (``"forked"`` or ``"ordinary"``) and ``time_limit`` in seconds.

    Returns
    -------
    dict
        ``notebook`` (text of the executed notebook; "" if it stopped), ``seconds``,
        ``cell_seconds``, ``records``, ``stderr`` and ``failure`` (None if there is
        none).
    """
    started = time.perf_counter()
    lesson = edition(parse_notebook(job["source"]), job["edition"])
    numbers = {cell.get("id", ""): n for n, cell in enumerate(lesson.cells, start=1)}
    try:
        executed = _papermill(lesson, job)
    except _Stopped as stopped:
        failure = _numbered(stopped.failure, numbers)
        return {**_STOPPED, "failure": failure, "seconds": _since(started)}
    cell_seconds = _strip_timestamps(executed)
    written = _numbered(_first_on_stderr(executed), numbers)
    return {
        "notebook": write_notebook(executed),
        "records": list(records_of(executed)),
        "seconds": _since(started),
        "cell_seconds": cell_seconds,
        "stderr": written["message"] if written else "",
        "failure": written,
    }


def _numbered(
    failure: dict[str, Any] | None, numbers: Mapping[str, int]
) -> dict[str, Any] | None:
    """Add the place of the cell in the lesson, from 1; 0 if it has none there."""
    return failure and {**failure, "number": numbers.get(failure["cell"], 0)}


class _Stopped(Exception):
    def __init__(self, failure: dict[str, Any]) -> None:
        super().__init__(failure)
        self.failure = failure


def _papermill(lesson: NotebookNode, job: Mapping[str, Any]) -> NotebookNode:
    """Hand a lesson to papermill; raise _Stopped if it does not reach its end."""
    limit = float(job["time_limit"])
    until = float("inf")
    running: NotebookNode | None = None

    def began(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - a hook
        nonlocal running, until
        running, until = cell, min(until, time.monotonic() + limit)

    try:
        executed: NotebookNode = papermill.execute_notebook(
            lesson,
            None,
            parameters=dict(job["parameters"]),
            progress_bar=False,
            kernel_name="python3",
            kernel_manager_class=(
                ForkedManager if job["kernel"] == "forked" else OrdinaryManager
            ),
            resources={"metadata": {"path": job["cwd"]}},
            shutdown_kernel="immediate",
            record_timing=False,
            on_cell_start=began,
            # the limit is for the lesson; each cell may use what is left of it
            timeout_func=lambda _: max(until - time.monotonic(), 0.01),
        )
    except PapermillExecutionError as error:
        said = f"{error.ename}: {error.evalue}".strip().splitlines()
        message = "\n  ".join(said[:_LINES]) or error.ename
        raise _Stopped(_failure("error", running, message)) from error
    except CellTimeoutError as error:
        message = f"It ran for longer than the time limit of {limit:g} s."
        raise _Stopped(_failure("time limit", running, message)) from error
    except DeadKernelError as error:
        raise _Stopped(_failure("dead kernel", running, "The kernel died.")) from error
    except KernelFailed as error:
        raise _Stopped(_failure("no kernel", None, str(error))) from error
    return executed


def _failure(kind: str, cell: NotebookNode | None, message: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "cell": cell.get("id", "") if cell else "",
        "source": str(cell.source) if cell else "",
        "message": message,
    }


def _strip_timestamps(notebook: NotebookNode) -> float:
    """Take out what differs at every run; return the seconds spent in cells."""
    seconds = 0.0
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        timing = cell.metadata.pop("papermill", {})
        if cell.cell_type == "code":
            seconds += timing.get("duration") or 0.0
        if INJECTED in tags(cell):
            cell["id"] = INJECTED  # papermill draws a new one each time
    return seconds


def _first_on_stderr(notebook: NotebookNode) -> dict[str, Any] | None:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                return _failure("stderr", cell, str(output.text).rstrip())
    return None


def _since(started: float) -> float:
    return time.perf_counter() - started


def _answer(line: bytes | str) -> dict[str, Any]:
    """Execute the job that a line holds; nothing that goes wrong ends the worker."""
    try:
        return execute(json.loads(line))
    except Exception as error:  # noqa: BLE001 - told to whoever asked
        message = f"{type(error).__name__}: {error}"
        failure = _failure("runner", None, message)
        return {**_STOPPED, "seconds": 0.0, "failure": failure}


def _quiet() -> None:
    """Keep papermill and nbclient from logging of a failed lesson what we tell."""
    logging.getLogger("papermill").setLevel(logging.CRITICAL + 1)
    logging.getLogger("traitlets").setLevel(logging.CRITICAL + 1)


def serve(connection: socket.socket) -> None:
    """Be a worker in a process just forked, until the connection ends."""
    _quiet()
    with connection.makefile("rb") as lines:
        for line in lines:
            if line.strip():
                send(connection, _answer(line))


def main() -> None:
    """Be a worker in a process started for it, until standard input ends."""
    _quiet()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whoever prints does not print into the answers
    jobs: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, jobs), daemon=True).start()
    while (line := jobs.get()) is not None:
        answers.write(json.dumps(_answer(line)).encode() + b"\n")
        answers.flush()


def _read(lines: BinaryIO, jobs: "SimpleQueue[bytes | None]") -> None:
    """Read jobs while others run; when they end, so do we, our kernel and our folder.

    They end when the pool is closed, and when the process that opened it is killed.
    """
    for line in lines:
        jobs.put(line)
    with contextlib.suppress(Exception):
        OrdinaryManager.kill_all()
    shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main()
