"""Make the course's environment from the lock, or leave a good one alone.

    python3.13 tools/bootstrap.py

makes .venv-3.13 beside this clone's pyproject.toml and prints the folder of its
commands. An environment belongs to one version of Python, so that all of them can
be tested side by side. A stamp, written last, says what it was made from: without
the stamp an environment is half made, with another lock it is out of date, and in
both cases it is made anew. Nothing here needs more than the standard library.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SUPPORTED = ("3.11", "3.12", "3.13")  # a test holds this to pyproject.toml
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
STAMP = "cxlab-stamp.json"
# Settings of the caller that would send packages somewhere else.
FOREIGN = ("PIP_PREFIX", "PIP_TARGET", "PIP_USER", "PYTHONHOME", "PYTHONPATH")
# Settings of pip that uv does not read: with one of them, pip does the work.
OWN_SOURCE = ("index-url", "no-index", "proxy")


class Refused(Exception):
    """The environment cannot be made; the message says why and what to do."""


def say(words: str) -> None:
    """Speak on stderr: stdout carries the answer."""
    print(words, file=sys.stderr, flush=True)


def refuse_other_pythons() -> None:
    """Refuse, by name, a Python that the course does not run on."""
    if VERSION not in SUPPORTED:
        raise Refused(
            f"This is Python {VERSION}, which will not do.\n"
            f"The course runs on Python {', '.join(SUPPORTED)}: call it with one."
        )


def refuse_without_venv() -> None:
    """Refuse a Python that cannot make environments, with the remedy."""
    lacking = [m for m in ("venv", "ensurepip") if not importlib.util.find_spec(m)]
    if lacking:
        raise Refused(
            f"Python {VERSION} at {sys.executable} has no module {lacking[0]}, so it "
            "cannot make an environment.\n"
            f"On Debian and Ubuntu: sudo apt install python{VERSION}-venv\n"
            "Elsewhere: install Python from python.org, or use conda (README.md)."
        )


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def wanted(folder: Path) -> dict[str, str]:
    """Return what a good environment's stamp says."""
    return {
        "folder": str(folder),  # a moved environment's commands point nowhere
        "python": sys.version,
        "lock": sha256(LOCK),
        "project": sha256(ROOT / "pyproject.toml"),
    }


def stamped(folder: Path) -> dict[str, str]:
    """Return what the environment was made from; nothing if it is half made."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and runs(python_of(folder)) else {}


def bin_of(folder: Path) -> Path:
    """Return the folder of the environment's commands."""
    return folder / ("Scripts" if os.name == "nt" else "bin")


def python_of(folder: Path) -> Path:
    """Return the environment's own Python."""
    return bin_of(folder) / ("python.exe" if os.name == "nt" else "python")


def runs(python: Path) -> bool:
    """Say whether an interpreter runs: the one it was made from may be gone."""
    try:
        return subprocess.run([python, "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def call(*command: str | Path) -> None:
    """Run a command without the caller's settings; its words go to stderr."""
    env = {k: v for k, v in os.environ.items() if k not in FOREIGN}
    env.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_REQUIRE_VIRTUALENV="0")
    subprocess.run(command, check=True, env=env, stdout=sys.stderr.fileno(), cwd=ROOT)


def new_venv(folder: Path) -> None:
    """Make an empty environment, with pip in it, where there may be an old one."""
    if folder.exists():
        shutil.rmtree(folder)
    call(sys.executable, "-m", "venv", folder)


def uv_alone(lock: str) -> str:
    """Return the part of the lock that is uv's, hashes and all."""
    lines = lock.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("uv=="))
    end = next(i for i in range(start, len(lines)) if not lines[i].endswith("\\"))
    return "\n".join(lines[start : end + 1]) + "\n"


def pip_has_own_source(python: Path) -> bool:
    """Say whether pip was told to get packages in a way that uv knows nothing of."""
    said = subprocess.run(
        [python, "-m", "pip", "config", "list"],
        check=False,
        capture_output=True,
        text=True,
    ).stdout
    keys = (line.partition("=")[0] for line in said.splitlines())
    return any(key.rpartition(".")[2] in OWN_SOURCE for key in keys)


def install_with_uv(python: Path) -> None:
    """Install the lock with the uv that the lock names: the same files, sooner."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "uv.txt"
        part.write_text(uv_alone(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
        call(python, "-m", "pip", "install", "-q", "--require-hashes", "-r", part)
    uv = python.with_name("uv.exe" if os.name == "nt" else "uv")
    call(uv, "pip", "sync", "-q", "--python", python, "--require-hashes",
         "--compile-bytecode", LOCK)  # fmt: skip


def install(folder: Path) -> None:
    """Install the lock, every file held to its hash: with uv, else with pip."""
    python = python_of(folder)
    if not pip_has_own_source(python):
        try:
            install_with_uv(python)
        except (OSError, subprocess.CalledProcessError):
            say(
                "uv could not install the lock; pip tries, which takes a minute longer."
            )
            new_venv(folder)
        else:
            return
    call(python, "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCK)


def install_course(folder: Path) -> None:
    """Install cxlab itself, editable: the lock holds all that it needs."""
    call(python_of(folder), "-m", "pip", "install", "-q", "--no-deps",
         "--no-build-isolation", "-e", ROOT)  # fmt: skip


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time make an environment, where the system can lock."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / f"{folder.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make(folder: Path) -> None:
    """Bring the environment to what the lock and pyproject.toml say now."""
    want, have = wanted(folder), stamped(folder)
    if have == want:
        return
    begun = time.monotonic()
    if {**have, "project": want["project"]} == want:
        say(f"pyproject.toml has changed: cxlab is installed anew in {folder.name}")
    else:
        refuse_without_venv()
        why = "it was out of date, " if have else "it was half made, "
        why = why if folder.exists() else ""
        say(f"Making {folder.name} ({why}downloads about 250 MB at first) ...")
        new_venv(folder)
        install(folder)
    install_course(folder)
    (folder / STAMP).write_text(json.dumps(want, indent=1), encoding="utf-8")
    say(f"{folder.name} is ready ({time.monotonic() - begun:.0f} s)")


def main() -> int:
    """Make the environment and print the folder of its commands."""
    try:
        refuse_other_pythons()
        folder = ROOT / f".venv-{VERSION}"
        with alone(folder):
            make(folder)
    except Refused as refusal:
        say(str(refusal))
        return 2
    except subprocess.CalledProcessError as failed:
        say(f"The environment was not made: {' '.join(map(str, failed.cmd))} failed.")
        say("Its own words stand above. Call the same command again: it starts afresh.")
        return 1
    except KeyboardInterrupt:
        say("Stopped. What was half made is made anew next time.")
        return 130
    print(bin_of(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
