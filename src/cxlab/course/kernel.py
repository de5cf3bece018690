# ruff: noqa: FBT001, FBT002, ARG002 - the signatures are jupyter_client's
"""Kernels for lessons: forked from a warm process on Linux, ordinary ones elsewhere.

A lesson asks for the kernelspec ``python3`` and knows nothing of this; papermill is
handed one of the two kernel manager classes below.
"""

import contextlib
import os
import signal
import socket
import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar, cast

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Type, Unicode

from cxlab.course.forkserver import ADDRESS, Child
from cxlab.course.warm import send

PROVISIONER = "cxlab-forked"  # the entry point that pyproject.toml declares
# No history to keep, and none of the notices that ipykernel logs for every start.
QUIET = ("--HistoryManager.enabled=False", "--log-level=CRITICAL")


class KernelFailed(RuntimeError):
    """A kernel could not be started."""


class PromptClient(AsyncKernelClient):
    """A client that goes on as soon as the kernel answers.

    The stock client polls with time-outs of 1 s and .2 s, which costs .3 to 1.3 s.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        until = time.monotonic() + (60 if timeout is None else timeout)
        await self._until("iopub_welcome", self.iopub_channel, until)
        self.kernel_info()
        reply = await self._until("kernel_info_reply", self.shell_channel, until)
        self._handle_kernel_info_reply(reply)

    wait_for_ready = _async_wait_for_ready

    async def _until(self, kind: str, channel: Any, until: float) -> dict[str, Any]:
        while True:
            try:
                message: dict[str, Any] = await channel.get_msg(timeout=1)
            except Empty:
                if not await self._async_is_alive():
                    raise KernelFailed("The kernel died while starting.") from None
                if time.monotonic() > until:
                    raise KernelFailed("The kernel did not start in time.") from None
            else:
                if message["msg_type"] == kind:
                    return message


class OrdinaryManager(AsyncKernelManager):
    """Starts a kernel as JupyterLab does, with this very Python."""

    client_factory = Type(PromptClient, klass=AsyncKernelClient)

    _started: ClassVar[set["OrdinaryManager"]] = set()

    @classmethod
    def kill_all(cls) -> None:
        """Kill every kernel that this process has started and that still runs."""
        for manager in list(cls._started):
            process = getattr(manager.provisioner, "process", None)
            if process is None:
                continue
            with contextlib.suppress(OSError):
                if os.name == "posix":
                    os.killpg(process.pid, signal.SIGKILL)
                else:
                    process.kill()

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        await super()._async_launch_kernel(kernel_cmd, **kw)
        self._started.add(self)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        self._started.discard(self)

    cleanup_resources = _async_cleanup_resources

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernelspec there is: not what somebody installed as ``python3``."""
        launch = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=[*launch, *QUIET],
            language="python",
            display_name="Python 3",
            metadata=self._provisioner(),
        )

    def _provisioner(self) -> dict[str, Any]:
        return {}


class ForkedManager(OrdinaryManager):
    """Asks the warm process for a kernel."""

    def _provisioner(self) -> dict[str, Any]:
        config = {"address": os.environ[ADDRESS]}
        return {
            "kernel_provisioner": {"provisioner_name": PROVISIONER, "config": config}
        }


class ForkedProvisioner(KernelProvisionerBase):
    """Makes a forked process look like a kernel to jupyter_client."""

    address = Unicode(config=True, help="where the warm process listens")
    _child: Child | None = None

    @property
    def has_process(self) -> bool:
        """Tell whether there is a kernel."""
        return self._child is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Say that there is no command to run."""
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(
        self, cmd: list[str], **kwargs: Any
    ) -> KernelConnectionInfo:
        """Fork a kernel, and return how to reach it once it listens."""
        self._child = Child(
            self.address,
            "cxlab.course.kernel:serve",
            folder=str(Path(self.address).parent),
            cwd=str(kwargs.get("cwd") or Path.cwd()),
        )
        message = self._child.read()
        if message is None or "error" in message:
            told = (message or {}).get("error", "It died.").strip().splitlines()[-1]
            await self.cleanup()
            raise KernelFailed(f"A forked kernel did not start: {told}")
        self.connection_info = cast(
            "KernelConnectionInfo", {**message, "key": message["key"].encode()}
        )
        return self.connection_info

    async def poll(self) -> int | None:
        """Return None while the kernel lives, then its exit status."""
        if self._child is None:
            return 0
        return None if self._child.alive() else self._child.status

    async def wait(self) -> int | None:
        """Wait for the kernel to end, and forget it."""
        if self._child is None:
            return 0
        while self._child.alive(wait=1):
            pass
        status = self._child.status
        await self.cleanup()
        return status

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and its own children."""
        if self._child is not None:
            self._child.signal(signum)

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel at once; a lesson keeps nothing that it could still save."""
        if self._child is not None:
            self._child.hang_up()

    async def terminate(self, restart: bool = False) -> None:
        """Kill the kernel: it was asked politely before."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of the kernel."""
        if self._child is not None:
            self._child.close()
            self._child = None


def serve(connection: socket.socket, *, folder: str, cwd: str) -> None:
    """Be a kernel, in a process just forked, until killed."""
    from ipykernel.kernelapp import IPKernelApp

    os.chdir(cwd)
    sys.argv = ["ipykernel_launcher"]
    app = IPKernelApp.instance(
        transport="ipc",  # sockets in a folder that only we can read
        ip=str(Path(folder, f"kernel-{os.getpid()}")),
        parent_handle=1,  # nobody to poll: the warm process sees to our end
    )
    app.initialize(list(QUIET))  # type: ignore[no-untyped-call]
    # pyplot came with the warm process, so nothing else tells it to show its figures.
    assert app.shell is not None
    app.shell.enable_matplotlib("inline")
    ports = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
    found = {name: getattr(app, name) for name in ports}
    found["key"] = app.session.key.decode()
    found["signature_scheme"] = app.session.signature_scheme
    send(connection, {"transport": app.transport, "ip": app.ip, **found})
    app.start()  # type: ignore[no-untyped-call]
