"""JupyterLab on a trainee's folder, from the environment in which cxlab itself runs.

It opens without asking the network for anything: no news, no updates, no list of
extensions. A trainee's own settings of JupyterLab stay as they are.
"""

import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from cxlab.course.start import RECORD, chosen_folder, start

_DEFAULTS = Path(__file__).with_name("jupyter")  # holds labconfig/
_OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",  # the other one asks PyPI
)


class LabMissing(RuntimeError):
    """JupyterLab is not installed beside cxlab."""


def lab(
    folder: Path | str | None = None,
    *,
    browser: bool = True,
    options: Sequence[str] = (),
) -> int:
    """Open JupyterLab on a trainee's folder, and return its exit code when it ends.

    Parameters
    ----------
    folder
        The trainee's folder; lessons are given to it first if it has none yet.
        None: the folder that `start` would take.
    browser
        Whether to open a window; otherwise JupyterLab prints the address.
    options
        More options for JupyterLab, such as ``--port=8890``.

    Raises
    ------
    LabMissing
        If JupyterLab is not installed in this environment.
    ValueError, NotADirectoryError, CannotWrite
        If the folder cannot be one for a trainee.
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise LabMissing(
            f"JupyterLab is not installed for {sys.executable}, which runs cxlab. Make "
            "the whole environment with `make lab`, or install it there: "
            "python -m pip install -r requirements.lock"
        )
    path = chosen_folder(folder)
    if not (path / RECORD).is_file():
        start(path)
    command = lab_command(path, browser=browser, options=options)
    return _run(command, lab_environment(os.environ))


def lab_command(
    folder: Path, *, browser: bool = True, options: Sequence[str] = ()
) -> list[str]:
    """Return the command that opens JupyterLab on a folder.

    Examples
    --------
    >>> lab_command(Path("mine"), options=["--port=8890"])[1:4]
    ['-m', 'jupyterlab', '--ServerApp.root_dir=mine']
    """
    window = () if browser else ("--no-browser",)
    root = f"--ServerApp.root_dir={folder}"
    return [sys.executable, "-m", "jupyterlab", root, *_OFFLINE, *window, *options]


def lab_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for JupyterLab: our defaults, and our own kernel.

    A person may have registered a kernel ``python3`` of some other environment; there
    `import cxlab` would fail, so this environment's own comes first.
    """
    before = environment.get("JUPYTER_CONFIG_PATH")
    paths = [str(_DEFAULTS)] + ([before] if before else [])
    return {
        **environment,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(paths),
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run JupyterLab until it ends; it ends with us, and asks on Ctrl-C itself."""
    with subprocess.Popen(command, env=environment) as server:
        before = signal.signal(signal.SIGTERM, _end)
        try:
            while True:
                try:
                    return server.wait()
                except KeyboardInterrupt:
                    continue  # JupyterLab has heard it too, and asks what to do
        finally:
            signal.signal(signal.SIGTERM, before)
            if server.poll() is None:
                server.terminate()


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
