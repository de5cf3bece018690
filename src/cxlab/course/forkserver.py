"""A warm process that forks: it has imported what takes seconds, once for all.

Our own, rather than multiprocessing's: that one imports the caller's ``__main__`` again
in every child, forbids the children of daemons children of their own, and leaves them
behind when the caller is killed. Here a child lives exactly as long as the connection
on which it was asked for: when the caller closes it or dies, the child and its own
children are killed; when the child dies, the caller is told how. Linux only.

This module is also the program of the warm process, so it imports next to nothing.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>
_LIFELINE = 0  # standard input: it ends when the process that started us ends


class NoFork(RuntimeError):
    """The warm process could not give a child."""


class ForkServer:
    """A warm process, for as long as it is kept open.

    Parameters
    ----------
    folder
        An empty folder of its own; removed when the warm process ends.
    modules
        What it imports before it forks. A module that cannot be imported is left out:
        the child that needs it will say why.
    env
        Environment of the warm process and of all its children.
    """

    def __init__(
        self, folder: Path, *, modules: Iterable[str], env: Mapping[str, str]
    ) -> None:
        self.address = str(folder / "fork")
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with listener:
            listener.bind(self.address)
            listener.listen(64)  # whoever comes before the imports are done can wait
            arguments = [str(listener.fileno()), str(folder), *modules]
            # -P: the folder we are started from is no place to import from.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cxlab.course.forkserver", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C is for us, not for the kernels
                env=dict(env),
            )

    @property
    def pid(self) -> int:
        """Process id of the warm process."""
        return self._process.pid

    def close(self) -> None:
        """End the warm process and every child of it."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()  # its children follow: they asked to be told
            self._process.wait()


class Child:
    """A forked process, for as long as it is held; close it and it is killed.

    Parameters
    ----------
    address
        Where the warm process listens.
    call
        What runs in the child, as ``"module:function"``; it is given the connection.
    **arguments
        Keyword arguments of the function, as JSON carries them.

    Raises
    ------
    NoFork
        If the warm process is gone.
    """

    def __init__(self, address: str, call: str, **arguments: object) -> None:
        self.status: int | None = None  # its exit status, once it has one
        self.connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self.connection.connect(address)
            send(self.connection, {"call": call, "arguments": arguments})
        except OSError as error:
            self.connection.close()
            raise NoFork(
                "The warm process that lends kernels has ended. Run the command "
                "again; if it happens again, run it with --kernel ordinary."
            ) from error
        self._lines = self.connection.makefile("rb")
        self.pid: int | None = None

    def read(self) -> dict[str, Any] | None:
        """Wait for the next message of the child; None when it has ended."""
        while self.status is None:
            try:
                line = self._lines.readline()
            except OSError:
                line = b""
            if not line:
                self.status = -signal.SIGKILL  # the warm process is gone, and it too
                break
            message = _message(line)
            if "exit" in message:
                self.status = int(message["exit"])
            elif "pid" in message:
                self.pid = int(message["pid"])
            elif message:
                return message
        return None

    def alive(self, wait: float = 0) -> bool:
        """Tell whether the child lives; wait so many seconds for it to end."""
        if self.status is None and select.select([self.connection], [], [], wait)[0]:
            self.read()
        return self.status is None

    def signal(self, signum: int) -> None:
        """Send a signal to the child and to its own children."""
        if self.alive() and self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signum)

    def hang_up(self) -> None:
        """End the connection, which kills the child; from any thread."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up, once nobody reads any more."""
        self.hang_up()
        self._lines.close()
        self.connection.close()


def send(connection: socket.socket, message: Mapping[str, Any]) -> None:
    """Send one message: a JSON object on a line of its own."""
    connection.sendall(b"\n" + json.dumps(message).encode() + b"\n")


def _message(line: bytes) -> dict[str, Any]:
    """Read a message; a line that a dying process broke off is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


# ---- what follows runs in the warm process and in its children


class _Server:
    """Forks a child for every connection, and keeps the two tied together."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._children: dict[int, socket.socket] = {}  # by process id
        self._wake, self._woken = socket.socketpair()
        for one in (self._wake, self._woken):
            one.setblocking(False)  # noqa: FBT003 - the signature is the socket's
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        self._poll = select.poll()
        for fd in (_LIFELINE, listener.fileno(), self._wake.fileno()):
            self._poll.register(fd, select.POLLIN)

    def serve(self) -> None:
        """Serve until whoever started us lets go, or dies."""
        while True:
            for fd, _ in self._poll.poll():
                if fd == _LIFELINE:
                    self._end()
                    return
                if fd == self._listener.fileno():
                    self._fork()
                elif fd == self._wake.fileno():
                    self._reap()
                else:  # the caller hung up
                    self._kill(fd)

    def _fork(self) -> None:
        connection, _ = self._listener.accept()
        connection.settimeout(10)
        try:
            request = _message(_read_request(connection))
        except OSError:
            request = {}
        if not request:
            connection.close()
            return
        connection.settimeout(None)
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._child(connection, request, parent)
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)  # by both, so that neither needs to wait
        self._children[pid] = connection
        self._poll.register(connection.fileno(), select.POLLHUP)

    def _child(
        self, connection: socket.socket, request: Mapping[str, Any], parent: int
    ) -> NoReturn:
        """Run what was asked for, and leave without the warm process's farewells."""
        status = 1
        try:
            self._let_go(parent)
            send(connection, {"pid": os.getpid()})
            function = _imported(request["call"])
            function(connection, **request["arguments"])
            status = 0
        except BaseException:  # noqa: BLE001 - nothing may return into the server
            with contextlib.suppress(OSError):
                send(connection, {"error": traceback.format_exc()})
        finally:
            os._exit(status)

    def _let_go(self, parent: int) -> None:
        """Keep nothing of the warm process but what it has imported."""
        os.setpgid(0, 0)
        _die_with(parent)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for other in (
            self._listener,
            self._wake,
            self._woken,
            *self._children.values(),
        ):
            other.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, _LIFELINE)
        os.close(nothing)
        _reseed()

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake.recv(4096):
                pass
        with contextlib.suppress(ChildProcessError):
            # Not reaped yet, so its number still names its group and nothing else.
            while found := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                _kill_group(found.si_pid)
                _, status = os.waitpid(found.si_pid, 0)
                connection = self._children.pop(found.si_pid)
                with contextlib.suppress(KeyError):  # its caller had hung up
                    self._poll.unregister(connection.fileno())
                with contextlib.suppress(OSError):
                    send(connection, {"exit": os.waitstatus_to_exitcode(status)})
                connection.close()

    def _kill(self, fd: int) -> None:
        for pid, connection in self._children.items():
            if connection.fileno() == fd:
                self._poll.unregister(fd)
                _kill_group(pid)

    def _end(self) -> None:
        for pid in self._children:
            _kill_group(pid)


def _read_request(connection: socket.socket) -> bytes:
    """Read one line and not a byte more: what follows is for the child."""
    line = b""
    while not line.strip() or not line.endswith(b"\n"):
        byte = connection.recv(1)
        if not byte:
            return b""
        line += byte
    return line


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when the warm process dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be asked
        os._exit(1)


def _imported(call: str) -> Callable[..., None]:
    module, _, name = call.partition(":")
    function: Callable[..., None] = getattr(importlib.import_module(module), name)
    return function


def _reseed() -> None:
    """Give the child randomness of its own: two unseeded lessons must not agree.

    Python's own generator sees to it; numpy's global one would be the same in all.
    """
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def main(arguments: Sequence[str]) -> None:
    """Import, then serve: the program of the warm process."""
    descriptor, folder, *modules = arguments
    listener = socket.socket(fileno=int(descriptor))
    for module in modules:
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # what is never collected is never copied
    try:
        _Server(listener).serve()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
