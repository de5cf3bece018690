"""Lessons already run: an unchanged lesson is not executed twice.

What a run depends on is boiled down to one key: the notebook, the parameters, the bytes
of every file it may read, our own source, Python, the platform, the kind of kernel and
the installed distributions. Whatever changes, the key changes, and the lesson runs.
Nothing here imports what takes long, since most runs end here.
"""

import hashlib
import json
import logging
import os
import platform
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from cxlab.course.files import CannotWrite, write_over
from cxlab.root import project_root

_LOG = logging.getLogger("cxlab")
# Of the course floor, what decides how a lesson runs; lessons see none of the rest.
_RUNNER = (
    "editions.py",
    "forkserver.py",
    "kernel.py",
    "notebooks.py",
    "pool.py",
    "imports.py",
    "warm.py",
    "worker.py",
)
KEPT = 600  # entries; the least recently used go first
_LENGTH = 64  # hexadecimal digits of a sha256


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is kept of a run that succeeded."""

    summary: Mapping[str, Any]  # small: seconds and records
    executed: str  # text of the executed notebook


@dataclass(frozen=True)
class Cache:
    """A folder of runs, by key.

    An entry that is damaged, or cannot be kept, is a miss; a warning is logged, which
    Python shows on stderr.
    """

    folder: Path
    kept: int = KEPT  # entries
    records_only: bool = False  # of a sweep nobody opens the pages

    def get(self, key: str) -> Entry | None:
        """Return what is kept under a key; None if nothing is, or it is damaged."""
        path = self._path(key)
        try:
            digest, _, rest = path.read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            _LOG.warning("A kept run could not be read (%s); it runs again.", error)
            return None
        if digest != hashlib.sha256(rest).hexdigest().encode():
            _LOG.warning("A kept run was damaged (%s); it runs again.", path.name)
            return None
        os.utime(path)  # used: it may stay
        summary, _, executed = rest.partition(b"\n")
        return Entry(summary=json.loads(summary), executed=executed.decode())

    def put(self, key: str, entry: Entry) -> None:
        """Keep a run. If it cannot be kept the run still counts: a note says so."""
        executed = "" if self.records_only else entry.executed
        rest = json.dumps(dict(entry.summary)).encode() + b"\n" + executed.encode()
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_over(path, hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest)
            self._prune()
        except (CannotWrite, OSError) as error:
            _LOG.warning("A run could not be kept; it runs again next time: %s", error)

    def lock(self, key: str) -> Path:
        """Return the file that whoever executes the run of this key locks."""
        folder = self.folder / "locks"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{key}.lock"

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.run"

    def _prune(self) -> None:
        entries = list(self.folder.glob("*.run"))
        if len(entries) > self.kept:
            entries.sort(key=lambda path: path.stat().st_mtime)
            for path in entries[: len(entries) - self.kept]:
                path.unlink(missing_ok=True)


def default_cache() -> Cache:
    """Return this clone's cache: of the command line, the tests and the site."""
    return Cache(project_root() / "build" / "cache")


def key_of(*parts: object) -> str:
    """Boil anything that JSON can carry down to a key."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def surroundings(kernel: str) -> str:
    """Return the key of all that every run depends on, whatever the lesson.

    Parameters
    ----------
    kernel
        Kind of kernel: ``"forked"`` or ``"ordinary"``.
    """
    machine = [sys.version, sysconfig.get_platform(), platform.machine()]
    files = {name: digest(path) for name, path in sorted(_files())}
    return key_of(kernel, machine, sorted(_distributions()), files)


def digest(path: Path) -> str:
    """Return the checksum of a file; a word if it cannot be read.

    A file that is missing is the lesson's business: it says so better than a cache.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return type(error).__name__


def _files() -> Iterator[tuple[str, Path]]:
    """Give every file that a lesson may read or run, under a name."""
    root, package = project_root(), Path(__file__).resolve().parents[1]
    for path in package.rglob("*.py"):
        if "course" not in path.relative_to(package).parts:
            yield f"src/{path.relative_to(package).as_posix()}", path
    for name in _RUNNER:
        yield f"src/course/{name}", package / "course" / name
    yield "claims", root / "course" / "claims.toml"
    yield "registry", root / "datasets" / "registry.toml"
    yield from _tables(root)


def _tables(root: Path) -> Iterator[tuple[str, Path]]:
    """Give the file of every registered table that has one."""
    try:
        registry = tomllib.loads(
            (root / "datasets" / "registry.toml").read_text(encoding="utf-8")
        )
    except (OSError, tomllib.TOMLDecodeError):
        return
    for name, row in registry.items():
        if not row.get("path"):
            continue
        if not row.get("package"):
            yield f"table/{name}", root / "datasets" / row["path"]
            continue
        try:
            found = distribution(row["package"]).locate_file(row["path"])
        except PackageNotFoundError:
            continue  # the list of distributions shows that it is missing
        yield f"table/{name}", Path(str(found))


def _distributions() -> set[str]:
    """Return what is installed, from the names of the folders that say so."""
    return {name for folder in sys.path for name in _listed(folder)}


def _listed(folder: str) -> Iterable[str]:
    try:
        names = os.listdir(folder or os.curdir)  # noqa: PTH208 - a thousand Paths less
    except OSError:
        return ()
    return (name for name in names if name.endswith((".dist-info", ".egg-info")))
