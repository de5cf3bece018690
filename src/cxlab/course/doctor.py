"""What is missing on this machine, and the one command that mends it.

Looks and says; changes nothing. It must speak even where the environment is broken,
so that nothing outside the standard library is imported before it is known to be there.
"""

import os
import platform
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    good: bool
    says: str
    remedy: str = ""  # the one command that mends it
    needed: bool = True  # without it, something of the course cannot be had at all

    def __str__(self) -> str:
        """Say it in a line, and the remedy in a second."""
        mark = "ok" if self.good else "missing" if self.needed else "optional"
        line = f"{mark:<9} {self.what}: {self.says}"
        return line if self.good else f"{line}\n{'':<9} -> {self.remedy}"


def examine() -> list[Finding]:
    """Look at everything that the course needs, in the order in which to mend it."""
    looks: Sequence[Callable[[], Finding | None]] = (
        look_at_python,
        look_at_course,
        look_at_packages,
        look_at_data,
        look_at_disk,
        look_at_browser,
    )
    return list(_findings(looks))


def _findings(looks: Sequence[Callable[[], Finding | None]]) -> Iterator[Finding]:
    for look in looks:
        finding = look()
        if finding is None:
            continue
        yield finding
        if finding.needed and not finding.good and finding.what in ("Python", "course"):
            return  # what follows would only repeat it


def look_at_python() -> Finding:
    """Look at the interpreter that runs this."""
    version = ".".join(map(str, sys.version_info[:2]))
    return Finding(
        what="Python",
        good=(3, 11) <= sys.version_info[:2] <= (3, 13),
        says=f"{version} at {sys.executable}",
        remedy="make course PYTHON=python3.13",
    )


def look_at_course() -> Finding:
    """Look for the clone that this package belongs to."""
    from cxlab.root import project_root

    try:
        root = project_root()
    except FileNotFoundError as error:
        return Finding(
            what="course",
            good=False,
            says=str(error),
            remedy=f"{_python()} -m pip install --no-deps --no-build-isolation -e .",
        )
    return Finding(what="course", good=True, says=str(root))


def look_at_packages() -> Finding:
    """Compare what is installed with the lock."""
    from cxlab.root import project_root

    lock = project_root() / "requirements.lock"
    small = project_root() / "requirements-verify.lock"
    remedy = f"{_python()} -m pip install --require-hashes -r {_quoted(lock)}"
    try:
        from cxlab.course.locks import differences, read_lock
    except ModuleNotFoundError as error:
        return Finding(
            what="packages", good=False, says=f"{error.name} and others", remedy=remedy
        )
    found = differences(read_lock(lock))
    if not found:
        return Finding(what="packages", good=True, says="as requirements.lock has them")
    said = _few([*(f"{one} is not installed" for one in found.missing), *found.other])
    return Finding(
        what="packages",
        good=False,
        says=said,
        remedy=remedy,
        # without JupyterLab and the browser's tools, lessons can still be verified
        needed=bool(differences(read_lock(small))),
    )


def look_at_data() -> Finding | None:
    """Compare every table that comes in a file with its checksum."""
    try:
        from cxlab.datasets import DataChanged, DataMissing, registry
    except ModuleNotFoundError:
        return None  # the packages have been named already
    tables = [table for table in registry().values() if table.sha256]
    for table in tables:
        try:
            table.checked_file()
        except (DataChanged, DataMissing) as error:
            return Finding(
                what="data", good=False, says=str(error), remedy=_again(table.package)
            )
    return Finding(
        what="data", good=True, says=f"{len(tables)} files, bytes as expected"
    )


def _again(package: str) -> str:
    """Return the command that puts a data file back as it was."""
    if not package:
        return "git checkout -- datasets"
    from cxlab.course.locks import read_lock
    from cxlab.root import project_root

    lock = read_lock(project_root() / "requirements.lock")
    version = next((one.version for one in lock if one.name == package), "")
    pin = f"{package}=={version}" if version else package
    return f"{_python()} -m pip install --force-reinstall --no-deps {pin}"


def look_at_disk() -> Finding:
    """Look whether there is a place for what is built."""
    from cxlab.root import project_root

    build = project_root() / "build"
    place = build if build.exists() else build.parent
    free = shutil.disk_usage(place).free / 1e9
    if not os.access(place, os.W_OK):
        remedy = f"sudo chown -R {_quoted(_user())} {_quoted(place)}"
        says = f"{place} cannot be written to"
    else:
        says = f"{place}, {free:.0f} GB free"
        remedy = "make clean"
    return Finding(
        what="disk",
        good=os.access(place, os.W_OK) and free > 1,
        says=says,
        remedy=remedy,
    )


def _user() -> str:
    import getpass

    return getpass.getuser()


def look_at_browser() -> Finding:
    """Look for a browser: PDF and the browser tests want one; pages do without."""
    from cxlab.course.browser import find_browser

    browser = find_browser()
    remedies = {
        "Darwin": "brew install --cask chromium",
        "Windows": "winget install Google.Chrome",
    }
    return Finding(
        what="browser",
        good=browser is not None,
        says=str(browser or "no Chromium, Chrome or Edge: no PDF, no browser tests"),
        remedy=remedies.get(platform.system(), "sudo apt install chromium"),
        needed=False,
    )


def _few(things: Sequence[str], most: int = 4) -> str:
    """Name the first few of many things."""
    more = len(things) - most
    return ", ".join(things[:most]) + (f" and {more} more" if more > 0 else "")


def _python() -> str:
    return _quoted(Path(sys.executable))


def _quoted(word: Path | str) -> str:
    return f'"{word}"' if os.name == "nt" else shlex.quote(str(word))
