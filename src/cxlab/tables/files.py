"""What kind of file it is, by its first bytes; its name must say the same."""

import zipfile
from pathlib import Path
from typing import Literal

from cxlab.tables.findings import BadTable, one

Form = Literal["text", "Excel", "Parquet"]
_ENDINGS: dict[str, Form] = {
    ".csv": "text", ".tsv": "text", ".txt": "text", ".xlsx": "Excel", ".xlsm": "Excel",
    ".parquet": "Parquet", ".pq": "Parquet",
}  # fmt: skip
_SAVE = "save the table as .xlsx or .csv and give that file"
# first bytes: what such a file is, and what to do
_NO_TABLES = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls) or one with a password: take the "
    f"password off or {_SAVE}",
    b"%PDF": f"a PDF: {_SAVE}",
    b"\x1f\x8b": "compressed (gzip): unpack it first",
    b"BZh": "compressed (bzip2): unpack it first",
    b"\xfd7zXZ": "compressed (xz): unpack it first",
    b"7z\xbc\xaf": "compressed (7z): unpack it first",
    b"Rar!": "compressed (rar): unpack it first",
    b"SQLite format 3": f"a database (SQLite): {_SAVE}",
    b"\x89PNG": f"a picture: {_SAVE}",
    b"\xff\xd8\xff": f"a picture: {_SAVE}",
    b"GIF8": f"a picture: {_SAVE}",
    b"\x7fELF": f"a program: {_SAVE}",
    b"MZ\x90": f"a program: {_SAVE}",
    b"ARROW1": "an Arrow file: save it as Parquet",
    b"{\\rtf": f"a text document (RTF): {_SAVE}",
}
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<div")
LARGEST_INSIDE = 4_000_000_000  # bytes that an Excel file may unpack to


def form_of(path: Path) -> Form:
    """Tell how a file is to be read.

    Raises
    ------
    BadTable
        If it cannot be read, is empty, is no table, or is named for what it is not.
    """
    head = _head(path)
    form = _form(path, head)
    named = _ENDINGS.get(path.suffix.lower())
    if named is None:
        raise one(
            path.name,
            f"the file's name must end in one of {', '.join(_ENDINGS)}; this one ends "
            f"in {path.suffix or 'nothing'!r}, and holds {form}",
        )
    if named != form:
        right = next(ending for ending, kind in _ENDINGS.items() if kind == form)
        raise one(
            path.name,
            f"its name says {named} ({path.suffix}), its content is {form}: rename it "
            f"to {path.with_suffix(right).name}, or save it again as {named}",
        )
    return form


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise one(path.name, "there is no such file: check folder and name") from None
    except IsADirectoryError:
        raise one(path.name, "this is a folder: give a file in it") from None
    except OSError as error:
        why = error.strerror or str(error)
        raise one(path.name, f"it could not be read ({why})") from None
    if not head:
        raise one(path.name, "the file is empty: 0 bytes")
    return head


def _form(path: Path, head: bytes) -> Form:
    for begin, what in _NO_TABLES.items():
        if head.startswith(begin):
            raise one(path.name, f"the content is {what}")
    if head.startswith(b"PAR1"):
        return "Parquet"
    if head.startswith(b"PK"):
        return _zipped(path)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        raise one(path.name, f"the content is a web page or XML: {_SAVE}")
    if start.startswith((b"{", b"[{", b"[[")):
        raise one(path.name, f"the content is JSON: {_SAVE}")
    return "text"


def _zipped(path: Path) -> Form:
    """Look into a zip: an Excel file is one."""
    try:
        with zipfile.ZipFile(path) as inside:
            names = inside.namelist()
            size = sum(member.file_size for member in inside.infolist())
            locked = any(member.flag_bits & 1 for member in inside.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise damaged(path, "Excel or zip") from None
    if "xl/workbook.xml" not in names:
        raise one(path.name, f"the content is a zip, and no Excel file: {_SAVE}")
    if locked:
        raise one(path.name, f"the content is locked with a password: {_SAVE}")
    if size > LARGEST_INSIDE:
        raise one(
            path.name,
            f"it unpacks to {size / 1e9:.1f} GB, at most {LARGEST_INSIDE / 1e9:g} GB "
            "are read: save the table as .csv",
        )
    return "Excel"


def damaged(path: Path, what: str) -> BadTable:
    """Return the refusal of a file that begins like one and does not go on so."""
    return one(
        path.name,
        f"the {what} file is cut off or damaged: copy or download it again; it has "
        f"{path.stat().st_size:,} bytes",
    )
