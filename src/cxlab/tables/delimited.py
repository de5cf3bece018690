"""Tables in text files: encoding, separator, and records of as many fields as headers.

pyarrow reads them, many times faster than a loop; what it forgives is looked at first.
"""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from cxlab.tables.encoding import encoding_of
from cxlab.tables.findings import Findings, one, place_of
from cxlab.tables.marks import LONGEST_ROW, look
from cxlab.tables.options import SEPARATORS, Options
from cxlab.tables.raw import Raw, compact

# How many of a table's columns a header row names.
Score = Callable[[Sequence[str]], int]
_HEAD = 100_000  # characters in which the header must end
_NAMES = {mark: name for name, mark in SEPARATORS.items()}


def read_text(path: Path, *, options: Options, score: Score, findings: Findings) -> Raw:
    """Read a text table as it stands.

    Parameters
    ----------
    path
        The file.
    options
        What was said about it.
    score
        Tells how many of the table's columns a header row names.
    findings
        Where rows that cannot be read are noted.
    """
    data, encoding = _decoded(path, options)
    data, said, skipped = _said_separator(data)
    found = {"encoding": encoding}
    mark, how = _separator(path.name, data, options.separator_mark or said, score)
    found["separator"] = f"{_NAMES[mark]} ({how})"
    headers = _fields(data, mark)
    look(data, mark, findings)
    findings.stop_if_any()
    table, bad = _read(data, mark, len(headers), rows_needed=False)
    rows = None
    if bad:
        table, bad = _read(data, mark, len(headers), rows_needed=True)
        _note([row for row in bad if row[2].strip()], headers, mark, findings)
        every = np.arange(2, table.num_rows + len(bad) + 2)
        rows = np.setdiff1d(every, [number for number, _, _ in bad])
    if skipped:
        rows = (np.arange(2, table.num_rows + 2) if rows is None else rows) + skipped
    texts = compact(table)
    blank = sum(not text.strip() for _, _, text in bad)
    return Raw(
        file=path.name,
        headers=headers,
        texts=texts,
        rows=rows,
        blank=blank,
        found=found,
    )


def _decoded(path: Path, options: Options) -> tuple[bytes, str]:
    """Return the file in UTF-8, without a mark before it, and how it was encoded."""
    data = path.read_bytes()
    encoding, how = encoding_of(path.name, data, options.encoding)
    try:
        if encoding == "utf-8":  # read and found right, as it is
            return data, f"UTF-8 ({how})"
        text = data.decode(encoding)
    except UnicodeError as error:
        raise _undecodable(path.name, data, encoding, error) from None
    name = "UTF-8" if encoding == "utf-8-sig" else encoding
    return text.encode("utf-8", "replace"), f"{name} ({how})"


def _undecodable(
    file: str, data: bytes, encoding: str, error: UnicodeError
) -> Exception:
    at = error.start if isinstance(error, UnicodeDecodeError) else 0
    if encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        data = data[:at].decode(encoding, "ignore").encode("utf-8")
        at = len(data)
    row, column, value = place_of(data, at)
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    return one(
        file,
        f"what stands here is no {name}: the file is cut off or in another encoding. "
        "Say another --encoding, or save it again as UTF-8",
        row=row,
        column=column,
        value=value,
    )


def _said_separator(data: bytes) -> tuple[bytes, str, int]:
    """Take off the line ``sep=;`` that Excel writes and reads before the header."""
    first, _, rest = data.partition(b"\n")
    said = first.strip().decode("utf-8", "replace")
    if said.lower().startswith("sep=") and len(said) == 5 and said[4] in _NAMES:
        return rest, said[4], 1
    return data, "", 0


def _separator(file: str, data: bytes, said: str, score: Score) -> tuple[str, str]:
    """Return the separator: the one under which the header names the most columns."""
    if said:
        if not score(_fields(data, said)):
            raise one(
                file,
                f"separated by {_NAMES[said]}, as was said, the header names none of "
                "the table's columns: say another --separator, or none",
                row=1,
                value=_line(data, 1),
            )
        return said, "as said"
    scores = {mark: score(_fields(data, mark)) for mark in _NAMES}
    best = max(scores.values())
    if not best:
        raise _no_header(file, data, score)
    fitting = [mark for mark, value in scores.items() if value == best]
    widest = max(fitting, key=lambda mark: len(_fields(data, mark)))
    return widest, "the one that splits the header into the table's columns"


def _fields(data: bytes, mark: str, row: int = 1) -> tuple[str, ...]:
    """Return the fields of an early row, as a spreadsheet would."""
    text = io.StringIO(data[:_HEAD].decode("utf-8", "replace"), newline="")
    try:
        rows = csv.reader(text, delimiter=mark)
        fields = next(fields for at, fields in enumerate(rows, 1) if at == row)
    except (StopIteration, csv.Error):
        return ()
    return tuple(field.strip() for field in fields)


def _no_header(file: str, data: bytes, score: Score) -> Exception:
    for row in range(2, 12):
        if any(score(_fields(data, mark, row)) > 1 for mark in _NAMES):
            return one(
                file,
                "the headers must stand in row 1: delete the rows above them",
                row=row,
                value=_line(data, row),
            )
    return one(
        file,
        "row 1 must hold the headers, separated by comma, semicolon, tab or bar; none "
        "of the table's columns is named there",
        row=1,
        value=_line(data, 1),
    )


def _line(data: bytes, row: int) -> str:
    lines = data[:_HEAD].decode("utf-8", "replace").splitlines()
    return lines[row - 1] if row <= len(lines) else ""


def _read(
    data: bytes, mark: str, width: int, *, rows_needed: bool
) -> tuple[pa.Table, list[tuple[int, int, str]]]:
    """Read all records; return those of another width with row, fields and text."""
    bad: list[tuple[int, int, str]] = []
    names = [str(place) for place in range(width)]
    if _only_header(data):
        return pa.table(dict.fromkeys(names, pa.array([], pa.large_string()))), bad

    def note(row: pacsv.InvalidRow) -> str:
        bad.append((row.number or 0, row.actual_columns, row.text))
        return "skip"

    table = pacsv.read_csv(
        pa.BufferReader(data),
        read_options=pacsv.ReadOptions(
            column_names=names,
            skip_rows_after_names=1,
            block_size=16 * LONGEST_ROW,
            use_threads=not rows_needed,  # threads do not know the row they are in
        ),
        parse_options=pacsv.ParseOptions(
            delimiter=mark,
            newlines_in_values=b'"' in data,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
        ),
    )
    return table, bad


def _only_header(data: bytes) -> bool:
    """Tell whether there is nothing after the first line (pyarrow stumbles over it)."""
    end = max(data.find(b"\n"), data.find(b"\r"))
    return end < 0 or not data[end:].strip()


def _note(
    bad: Sequence[tuple[int, int, str]],
    headers: Sequence[str],
    mark: str,
    findings: Findings,
) -> None:
    width = len(headers)
    for number, fields, text in bad:
        findings.add(
            f"the row has {fields} field{'s' * (fields != 1)}, the header {width}"
            f"{_perhaps(text, fields, width, mark)}",
            row=number,
            value=text,
            kind="fields",
        )


def _perhaps(text: str, fields: int, width: int, mark: str) -> str:
    """Say what is the likely reason for a row of another width."""
    for other, name in _NAMES.items():
        if other != mark and text.count(other) >= max(1, width - fields):
            return f": are its fields separated by {name}?"
    if mark == "," and fields > width:
        return (
            ": a decimal comma, or a comma in a text? Put that field in quotation "
            "marks, or separate the fields by semicolons"
        )
    return ": is a separator missing or too many, or a text cut in two lines?"
