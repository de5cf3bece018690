"""The two locks: every package of the course, one version for each Python, hashed.

requirements.lock holds everything; requirements-verify.lock leaves out JupyterLab and
the browser's tools. Both are compiled from pyproject.toml by uv and are the same for
Linux, macOS and Windows. What can be told about them without a network is told here.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from itertools import product
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cxlab.root import project_root

PYTHONS = ("3.11", "3.12", "3.13")
# lock -> the extras of pyproject.toml that it holds; None: all of them
LOCKS: Mapping[str, tuple[str, ...] | None] = {
    "requirements.lock": None,
    "requirements-verify.lock": ("install", "pages", "rules", "test"),
}
_SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")


@dataclass(frozen=True, kw_only=True)
class Locked:
    """One version of one package, and where it applies."""

    name: str
    version: str
    marker: str  # empty: everywhere
    hashes: tuple[str, ...]

    def applies(self, machine: Mapping[str, str] | None = None) -> bool:
        """Say whether this version is for that machine (None: this one)."""
        environment = None if machine is None else dict(machine)
        return not self.marker or Marker(self.marker).evaluate(environment)


def machines() -> Iterator[dict[str, str]]:
    """Yield what each machine says of itself that the course runs on."""
    for python, system in product(PYTHONS, _SYSTEMS):
        yield {**system, "python_version": python, "python_full_version": f"{python}.9"}


def parse_lock(text: str) -> tuple[Locked, ...]:
    r"""Read the text of a lock.

    Raises
    ------
    ValueError
        If a line is neither a pin, nor a hash, nor a comment: a host, for example.

    Examples
    --------
    >>> pin = "scipy==1.17.1 ; python_version < '3.12' \\"
    >>> [one] = parse_lock(pin + "\n    --hash=sha256:ab")
    >>> one.name, one.version, one.hashes
    ('scipy', '1.17.1', ('sha256:ab',))
    """
    found: list[Locked] = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if pin := _PIN.match(line):
            row = {k: v or "" for k, v in pin.groupdict().items()}
            found.append(Locked(**row, hashes=()))
        elif found and line.startswith("    --hash="):
            mark = line.strip().removesuffix("\\").strip().removeprefix("--hash=")
            last = found[-1]
            found[-1] = Locked(
                name=last.name,
                version=last.version,
                marker=last.marker,
                hashes=(*last.hashes, mark),
            )
        else:
            raise ValueError(
                f"A lock holds pins and their hashes, and this is neither: {line!r}. "
                "Compile it again: make lock"
            )
    return tuple(found)


def read_lock(path: Path) -> tuple[Locked, ...]:
    """Read a lock from its file."""
    return parse_lock(path.read_text(encoding="utf-8"))


def asked_for(pyproject: Path, extras: Iterable[str] | None = None) -> list[str]:
    """Return the requirements of pyproject.toml; of all extras if None are named."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    chosen = optional if extras is None else extras
    return [*project["dependencies"], *(one for x in chosen for one in optional[x])]


def unmet(
    lock: Iterable[Locked], requirements: Iterable[str], machine: Mapping[str, str]
) -> list[str]:
    """Return the requirements that the lock does not satisfy on that machine."""
    pins = {one.name: one.version for one in lock if one.applies(machine)}
    missing = []
    for text in requirements:
        wanted = Requirement(text)
        version = pins.get(canonicalize_name(wanted.name), "")
        if wanted.marker and not wanted.marker.evaluate({**machine, "extra": ""}):
            continue
        if not version or not wanted.specifier.contains(version, prereleases=True):
            missing.append(f"{text} (the lock has {version or 'none'})")
    return missing


def problems(root: Path) -> list[str]:
    """Return what is wrong with the locks as far as this machine can tell."""
    found = []
    locks = {name: read_lock(root / name) for name in LOCKS}
    for name, extras in LOCKS.items():
        wanted = asked_for(root / "pyproject.toml", extras)
        found += [
            f"{name} has no hash for {one.name}"
            for one in locks[name]
            if not one.hashes
        ]
        for machine in machines():
            found += [
                f"{name}, Python {machine['python_version']} on "
                f"{machine['platform_system']}: {text}"
                for text in unmet(locks[name], wanted, machine)
            ]
    whole, part = (
        {(one.name, one.version, one.hashes) for one in lock} for lock in locks.values()
    )
    return found + [
        f"{name} {version} is not the same in both locks"
        for name, version, _ in sorted(part - whole)
    ]


@dataclass(frozen=True, kw_only=True)
class Differences:
    """How an environment differs from a lock."""

    missing: tuple[str, ...]  # "name version" that is not installed
    other: tuple[str, ...]  # "name version (the lock has version)"

    def __bool__(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.missing or self.other)


def differences(lock: Iterable[Locked]) -> Differences:
    """Compare what is installed beside this very Python with a lock."""
    installed = {
        canonicalize_name(one.metadata["Name"]): one.version
        for one in metadata.distributions()
    }
    missing, other = [], []
    for one in lock:
        if not one.applies():
            continue
        version = installed.get(canonicalize_name(one.name))
        if version is None:
            missing.append(f"{one.name} {one.version}")
        elif version != one.version:
            other.append(f"{one.name} {version} (the lock has {one.version})")
    return Differences(missing=tuple(missing), other=tuple(other))


def write(root: Path, *, upgrade: bool = False) -> None:
    """Compile both locks with uv; the second repeats the versions of the first."""
    for name, extras in LOCKS.items():
        chosen = (
            ["--all-extras", *(["--upgrade"] if upgrade else [])]
            if extras is None
            else ["-c", next(iter(LOCKS)), *(f"--extra={x}" for x in extras)]
        )
        subprocess.run(
            ["uv", "pip", "compile", "--quiet", "--universal", "--python-version",
             PYTHONS[0], "--generate-hashes", "--no-config", "--custom-compile-command",
             "make lock", "pyproject.toml", *chosen, "--output-file", name],
            check=True,
            cwd=root,
        )  # fmt: skip
        read_lock(root / name)  # refuses a line that is no pin, such as a host


def main(argv: list[str] | None = None) -> int:
    """Check the locks, or write them."""
    parser = argparse.ArgumentParser(description="Check the two locks, or write them.")
    parser.add_argument("--write", action="store_true", help="compile both with uv")
    parser.add_argument("--upgrade", action="store_true", help="take newer versions")
    asked = parser.parse_args(argv)
    root = project_root()
    if asked.write:
        write(root, upgrade=asked.upgrade)
    found = problems(root)
    for problem in found:
        print(problem)
    if found:
        print("Compile the locks again: make lock")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
