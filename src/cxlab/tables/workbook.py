"""Tables in Excel files, read and never written."""

import datetime as dt
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from cxlab.tables.files import damaged
from cxlab.tables.findings import Findings, listed, one
from cxlab.tables.options import Options
from cxlab.tables.raw import Raw, compact

Score = Callable[[Sequence[str]], int]
_DIGITS = 1e15  # Excel keeps no more digits of a number


def read_workbook(
    path: Path, *, options: Options, score: Score, findings: Findings
) -> Raw:
    """Read one sheet as it stands: its values, also those of formulas.

    Parameters
    ----------
    path
        The file.
    options
        What was said about it.
    score
        Tells how many of the table's columns a header row names.
    findings
        Where cells that hold no value are noted.
    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions it passes over
            book = load_workbook(path, read_only=True, data_only=True)
            rows = {sheet.title: _rows(sheet) for sheet in book.worksheets}
            book.close()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - openpyxl lets through whatever its parts raise
        raise damaged(path, "Excel") from None
    if not rows:
        raise damaged(path, "Excel")
    name = _sheet(path.name, rows, options.sheet, score)
    unread: dict[int, list[int]] = {}
    if _has_formulas(path):
        _uncomputed(path, name, rows[name], unread, findings)
    return _table(path.name, name, rows, unread, findings)


def _rows(sheet: Any) -> list[list[Any]]:
    """Return all rows of a sheet, without blank cells and rows at the ends."""
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = [_cut(list(row)) for row in sheet.iter_rows(values_only=True)]
    return _cut(rows)


def _cut(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] in (None, "", []):
        cells.pop()
    return cells


def _sheet(file: str, rows: dict[str, list[list[Any]]], said: str, score: Score) -> str:
    """Return the sheet that holds the table."""
    if said:
        if said not in rows:
            raise one(file, f"there is no sheet {said!r}; there are: {listed(rows)}")
        filled = [said] if rows[said] else []
    else:
        filled = [name for name, cells in rows.items() if cells]
    if not filled:
        raise one(file, f"the sheet is empty: {listed([said] if said else rows)}")
    scores = {name: score(_texts(rows[name][0])) for name in filled}
    fitting = [name for name, value in scores.items() if value == max(scores.values())]
    if len(fitting) > 1:
        raise one(
            file,
            f"the table may be on sheet {' or '.join(map(repr, fitting))}: say "
            f"--sheet {fitting[0]!r}",
        )
    name = fitting[0]
    if not scores[name]:
        raise _no_header(file, name, rows[name], score)
    return name


def _no_header(file: str, sheet: str, rows: list[list[Any]], score: Score) -> Exception:
    for place, cells in enumerate(rows[1:12], 2):
        if score(_texts(cells)) > 1:
            return one(
                file,
                f"the headers must stand in row 1 of the sheet {sheet!r}: delete the "
                "rows above them",
                row=place,
                value=", ".join(_texts(cells)),
            )
    return one(
        file,
        f"row 1 of the sheet {sheet!r} must hold the headers; none of the table's "
        "columns is named there",
        row=1,
        value=", ".join(_texts(rows[0])),
    )


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as inside:
        sheets = [n for n in inside.namelist() if n.startswith("xl/worksheets/")]
        return any(b"<f>" in (x := inside.read(n)) or b"<f " in x for n in sheets)


def _uncomputed(
    path: Path,
    name: str,
    values: list[list[Any]],
    unread: dict[int, list[int]],
    findings: Findings,
) -> None:
    """Note formulas whose value the file does not hold."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, read_only=True, data_only=False)
        formulas = _rows(book[name])
        book.close()
    headers = _texts(formulas[0]) if formulas else ()
    for row, cells in enumerate(formulas, 1):
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith("="):
                known = row <= len(values) and place < len(values[row - 1])
                if not known or values[row - 1][place] is None:
                    unread.setdefault(place, []).append(row - 2)
                    findings.add(
                        "a formula whose value the file does not hold: open it in "
                        "Excel and save it, or paste the values",
                        row=row,
                        column=headers[place] if place < len(headers) else "",
                        value=cell,
                        kind="formula",
                    )


def _table(
    file: str,
    sheet: str,
    rows: dict[str, list[list[Any]]],
    unread: dict[int, list[int]],
    findings: Findings,
) -> Raw:
    header, *records = rows[sheet]
    headers = _texts(header)
    width = len(headers)
    for number, cells in enumerate(records, 2):
        if len(cells) > width:
            findings.add(
                f"the row has {len(cells)} cells, the header {width}",
                row=number,
                column=f"number {len(cells)}",
                value=_text(cells[-1]),
                kind="fields",
            )
    columns = [
        pa.array(_column(records, place), type=pa.large_string())
        for place in range(width)
    ]
    table = pa.table(columns, names=[str(place) for place in range(width)])
    others = [name for name in rows if name != sheet]
    more = f", of {listed(rows)}" if others else ""
    found = {"sheet": f"{sheet}{more}"}
    texts = compact(table)
    return Raw(
        file=file, headers=headers, texts=texts, typed=True, unread=unread, found=found
    )


def _column(records: list[list[Any]], place: int) -> Iterator[str]:
    return (_text(row[place]) if place < len(row) else "" for row in records)


def _texts(cells: Sequence[Any]) -> tuple[str, ...]:
    return tuple(_text(cell).strip() for cell in cells)


def _text(cell: object) -> str:
    """Return a cell as text that can be read in one way only."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _DIGITS:
        return str(int(cell))
    if isinstance(cell, (float, np.floating)):
        return repr(float(cell))
    return str(cell)
