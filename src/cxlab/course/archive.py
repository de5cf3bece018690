"""One zip with the whole course to show, hand out and fill in: for a memory stick.

It is unpacked anywhere and opened with START-HERE.html; nothing in it asks the network
or knows this machine. The same site gives the same bytes.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cxlab.course.files import write_over
from cxlab.root import project_root

FOLDER = "cxlab-course"  # what the zip unpacks to
DOOR = "START-HERE.html"
LONGEST = 100  # characters of a path: Windows stops at 260, with the folder above it
_DATE = (1980, 1, 1, 0, 0, 0)  # a zip knows no earlier one
# Pictures, and scripts that are carried whole: no sentence of ours stands there.
_CARRIED = re.compile(rb"(?s)<script>.*?</script>|data:[\w/.+-]+;base64,[\w/+=]+")
_FORBIDDEN = frozenset('<>:"|?*\\')
_RESERVED = frozenset({"con", "prn", "aux", "nul", "com1", "lpt1"})


class NotPortable(ValueError):
    """Something would not work on another machine."""


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A zip that was made."""

    path: Path
    files: int
    size: int  # bytes

    def __str__(self) -> str:
        """Say what it holds, and where it is."""
        size = f"{self.size / 1e6:.0f} MB"
        return f"Carry {self.path} ({self.files} files, {size}); open its {DOOR}"


def archive(site: Path, path: Path) -> Archive:
    """Put a built site, the templates and a page to start from into one zip.

    Parameters
    ----------
    site
        The folder of a built site.
    path
        Where the zip is to stand.

    Raises
    ------
    NotPortable
        If a name or a page would not work on another machine.
    CannotWrite
        If the zip cannot be written; one that was there stays.
    """
    files = contents(site)
    check_names(files)
    for name, data in files.items():
        check_page(name, data)
    packed = _zipped(files)
    write_over(path, packed)
    return Archive(path=path, files=len(files), size=len(packed))


def contents(site: Path) -> dict[str, bytes]:
    """Return every file of the zip, by its path below ``FOLDER``."""
    from cxlab.course.render.door import render_door

    root = project_root()
    files = {
        f"site/{path.relative_to(site).as_posix()}": path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }
    for template in (root / "datasets" / "templates").glob("*.csv"):
        files[f"templates/{template.name}"] = template.read_bytes()
    files["LICENSE.txt"] = (root / "LICENSE").read_bytes()
    files[DOOR] = render_door(sorted(files)).encode("utf-8")
    return files


def check_names(names: Iterable[str]) -> None:
    """Refuse names that some file system would refuse, shorten or mix up.

    Raises
    ------
    NotPortable
        The first such name, and why.

    Examples
    --------
    >>> check_names(["site/Index.html", "site/index.html"])
    Traceback (most recent call last):
    cxlab.course.archive.NotPortable: site/index.html: another name differs only in case
    """
    names = sorted(names)
    folded = Counter(name.casefold() for name in names)
    for name in names:
        if why := _wrong_with(name):
            raise NotPortable(f"{name}: {why}")
        if folded[name.casefold()] > 1:
            twin = [one for one in names if one.casefold() == name.casefold()][-1]
            raise NotPortable(f"{twin}: another name differs only in case")


def _wrong_with(name: str) -> str:
    parts = name.split("/")
    if len(f"{FOLDER}/{name}") > LONGEST:
        return f"with its folder it has more than {LONGEST} characters"
    if not name.isascii() or _FORBIDDEN.intersection(name):
        return "it has a character that not every file system takes"
    if any(part in ("", ".", "..") or part != part.strip(" .") for part in parts):
        return "a part of it is empty, or begins or ends with a dot or a space"
    if any(part.split(".")[0].casefold() in _RESERVED for part in parts):
        return "Windows keeps this name for itself"
    return ""


def check_page(name: str, data: bytes) -> None:
    """Refuse a file that tells a path of this machine.

    Raises
    ------
    NotPortable
        The file, and what it tells.
    """
    told = _CARRIED.sub(b"", data)
    own = [project_root(), Path.home()]
    suspects = [str(path) for path in own if len(path.parts) > 1]
    for suspect in (*suspects, "file:///"):
        if suspect.encode("utf-8") in told:
            raise NotPortable(
                f"{name} tells {suspect!r}, which no other machine has. Find the cell "
                "or the template that writes it, and write a relative path."
            )


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip: sorted, undated, readable by everybody.

    Nearly all of it is pictures, which more effort would hardly make smaller.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", date_time=_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every machine: as Unix writes it
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, files[name])
    return buffer.getvalue()
