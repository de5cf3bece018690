"""A warm process that forks: it has imported what takes seconds, once for all.

Our own, rather than multiprocessing's: that one imports the caller's ``__main__`` again
in every child, forbids the children of daemons children of their own, and leaves them
behind when the caller is killed. Here a child lives exactly as long as the connection
on which it was asked for: when the caller closes it or dies, the child and its own
children are killed; when the child dies, the caller is told how. Linux only.
"""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cxlab.course.warm import message_of, send

# What a worker reads in its environment.
ADDRESS = "CXLAB_KERNELS"  # where it asks for a kernel
FOLDER = "CXLAB_FOLDER"  # of what is kept while lessons run


class NoFork(RuntimeError):
    """The warm process could not give a child."""


class ForkServer:
    """A warm process, for as long as it is kept open.

    Parameters
    ----------
    folder
        Where its socket is; removed when the warm process ends, however it does.
    name
        Of the socket.
    modules
        What it imports before it forks. A module that cannot be imported is left out:
        the child that needs it will say why.
    env
        Environment of the warm process and of all its children.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "fork",
        modules: Iterable[str],
        env: Mapping[str, str],
    ) -> None:
        self.address = str(folder / name)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with listener:
            listener.bind(self.address)
            listener.listen(64)  # whoever comes before the imports are done can wait
            arguments = [str(listener.fileno()), str(folder), *modules]
            # -P: the folder we are started from is no place to import from.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cxlab.course.warm", *arguments],
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
            message = message_of(line)
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
