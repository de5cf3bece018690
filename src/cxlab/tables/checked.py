"""Reading somebody's own table: all of it right, or refused with all that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from cxlab.tables.agreed import schema_of
from cxlab.tables.cells import cells_of
from cxlab.tables.columnar import read_parquet
from cxlab.tables.columns import read_columns
from cxlab.tables.delimited import read_text
from cxlab.tables.direction import check_direction, turned
from cxlab.tables.files import form_of
from cxlab.tables.findings import LIMIT, Findings, listed
from cxlab.tables.headers import Matched, matched, score
from cxlab.tables.options import Options
from cxlab.tables.raw import Raw
from cxlab.tables.reading import Reading
from cxlab.tables.rules import check_rules
from cxlab.tables.schema import Schema
from cxlab.tables.workbook import read_workbook


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A table that keeps every rule, and how its file was read."""

    file: str  # its name, without folders
    schema: Schema
    # all columns of the schema, in its order; one that the file lacks is blank
    frame: pd.DataFrame
    found: Mapping[str, str]  # encoding, separator, decimal mark, ...: how it was read
    notes: tuple[str, ...]  # what was left off or left out
    renamed: Mapping[str, str]  # our column: the file's header
    ignored: tuple[str, ...]  # headers that are none of ours
    lacking: tuple[str, ...]  # optional columns that the file does not have
    doubts: tuple[str, ...] = ()  # scales of which something had to be said

    def __str__(self) -> str:
        """Say how the file was read, for its owner to confirm."""
        rows = f"{len(self.frame):,} row{'s' * (len(self.frame) != 1)}"
        lines = [f"{self.file}: {rows} of {self.schema.name}, all as they must be."]
        lines += ["Please confirm how it was read:"]
        lines += [f"  {what}: {how}" for what, how in self.found.items()]
        lines += [
            f"  {ours}: taken from the column {theirs!r}"
            for ours, theirs in self.renamed.items()
        ]
        lines += [f"  {note}" for note in self.notes]
        if self.lacking:
            lines.append(f"  not in the file, and not needed: {listed(self.lacking)}")
        if self.ignored:
            lines.append(f"  not read: {listed(map(repr, self.ignored))}")
        lines += [f"  {said}" for said in self._scales()]
        return "\n".join(lines)

    def _scales(self) -> list[str]:
        return [
            f"{column.name}: {column.unit}; found {low:g} .. {high:g}"
            for column in self.schema.columns
            if column.is_scale and self.frame[column.name].notna().any()
            for low, high in [self.frame[column.name].agg(["min", "max"])]
        ]


def read_table(
    path: str | Path,
    schema: str | Schema,
    *,
    options: Options | None = None,
    limit: int = LIMIT,
) -> Checked:
    """Read a table of your own: CSV, Excel or Parquet.

    Parameters
    ----------
    path
        The file; it is only read.
    schema
        Which table it is: a name of SCHEMAS.
    options
        What settles how it is read, where the file does not.
    limit
        Violations told one by one; the rest is counted.

    Raises
    ------
    BadTable
        If anything is wrong: every violation with row, column, value and rule.
    """
    path, schema = Path(path), schema_of(schema)
    options = (options or Options()).fit(schema)
    findings = Findings(path.name, limit=limit)
    raw = _read(path, schema, options, findings)
    places = matched(raw, schema, options, findings)
    if not raw.size:
        findings.add("the table has headers and no rows", row=2)
    raw, left_out = _without_blank_rows(raw, list(places.places.values()))
    reading = Reading(
        raw=raw, schema=schema, options=options, places=places.places,
        findings=findings, found=dict(raw.found),
    )  # fmt: skip
    left_out += raw.blank
    if left_out:
        rows = "1 blank row is" if left_out == 1 else f"{left_out:,} blank rows are"
        reading.notes.append(f"{rows} left out")
    reading.pass_over(raw.unread)
    read_columns(reading)
    frame = _framed(reading)
    check_rules(frame, reading)
    findings.stop_if_any()
    if not raw.settled:
        check_direction(frame, reading)
    findings.stop_if_any()
    return _checked(turned(frame, reading), reading, places)


def _read(path: Path, schema: Schema, options: Options, findings: Findings) -> Raw:
    form = form_of(path)
    known = partial(score, schema=schema, options=options)
    if form == "Excel":
        return read_workbook(path, options=options, score=known, findings=findings)
    if form == "Parquet":
        return read_parquet(path, findings=findings)
    return read_text(path, options=options, score=known, findings=findings)


def _without_blank_rows(raw: Raw, places: Sequence[int]) -> tuple[Raw, int]:
    """Leave out records of which no cell of ours holds anything."""
    if not raw.size or not places:
        return raw, 0
    blank = np.ones(raw.size, dtype=bool)
    for place in places:
        if not blank.any():
            return raw, 0
        blank &= ~cells_of(raw.texts[place], ()).full
    if not blank.any():
        return raw, 0
    keep = np.flatnonzero(~blank)
    rows = keep + 2 if raw.rows is None else raw.rows[keep]
    texts = [column.take(keep) for column in raw.texts]
    fields = {
        n: getattr(raw, n)
        for n in ("file", "headers", "typed", "settled", "blank", "found")
    }
    unread = {
        place: np.searchsorted(keep, np.intersect1d(records, keep)).tolist()
        for place, records in raw.unread.items()
    }
    made = Raw(**fields, texts=texts, rows=rows, unread=unread)
    return made, int(blank.sum())


def _framed(reading: Reading) -> pd.DataFrame:
    ordered = [name for name in reading.schema.names if name in reading.columns]
    return pd.DataFrame({name: reading.columns[name] for name in ordered})


def _checked(frame: pd.DataFrame, reading: Reading, places: Matched) -> Checked:
    lacking = tuple(n for n in reading.schema.names if n not in frame)
    return Checked(
        file=reading.raw.file,
        schema=reading.schema,
        frame=complete(frame, reading.schema),
        found=reading.found,
        notes=tuple(reading.notes),
        renamed=places.renamed,
        ignored=places.ignored,
        lacking=lacking,
        doubts=tuple(sorted({*reading.options.as_is, *reading.options.scales})),
    )


def complete(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Return all columns of a schema in its order and types; absent ones are blank."""
    columns = {}
    for column in schema.columns:
        values = frame.get(column.name)
        if values is None:
            values = pd.Series([None] * len(frame), index=frame.index, dtype=object)
        columns[column.name] = _typed(values, column.kind, whole=column.whole)
    return pd.DataFrame(columns)


def _typed(values: pd.Series, kind: str, *, whole: bool) -> pd.Series:
    if kind in {"date", "time"}:
        return values.astype("datetime64[us]")
    if kind == "yes/no":
        return values.astype("boolean" if values.isna().any() else "bool")
    if kind == "number":
        exact = whole and not values.isna().any() and (values % 1 == 0).all()
        return values.astype("int64" if exact else "float64")
    return values.astype("str")
