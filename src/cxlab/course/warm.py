"""The program of a warm process: import what takes seconds, then fork, once a request.

A child lives exactly as long as the connection on which it was asked for: when the
caller closes it or dies, the child and its own children are killed; when the child
dies, the caller is told how. This module imports next to nothing itself, and is told
what to import. Linux only.
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
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

_PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>
_LIFELINE = 0  # standard input: it ends when the process that started us ends


def send(connection: socket.socket, message: Mapping[str, Any]) -> None:
    """Send one message: a JSON object on a line of its own."""
    connection.sendall(b"\n" + json.dumps(message).encode() + b"\n")


def message_of(line: bytes) -> dict[str, Any]:
    """Read a message; a line that a dying process broke off is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


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
            request = message_of(_read_request(connection))
        except OSError:
            request = {}
        if not request:
            connection.close()
            return
        connection.settimeout(None)
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # no memory, too many processes: whoever asked is told
            connection.close()
            return
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
        signal.set_wakeup_fd(-1)
        for pid in self._children:
            _kill_group(pid)
        for pid in self._children:  # so that whoever waits for us, waits for them
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


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
