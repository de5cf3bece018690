"""`cxlab data`: templates of own tables; one checked, or told in aggregates."""

import argparse
import io
import os
from pathlib import Path

from cxlab.course.files import write_new
from cxlab.course.progress import progress
from cxlab.tables import SCHEMAS, Checked, Options, describe, read_table, schema_of
from cxlab.tables.clean import as_csv, as_parquet
from cxlab.tables.options import scale_of
from cxlab.tables.templates import template

FINE = 0
_LONG = 30_000_000  # bytes from which on a check takes long enough to say so


def data(asked: argparse.Namespace) -> int:
    """Do what was asked of a table, and return the exit code."""
    verbs = {"template": _template, "check": _check, "describe": _describe}
    return verbs[asked.what](asked)


def _template(asked: argparse.Namespace) -> int:
    if asked.table is None:
        for schema in SCHEMAS.values():
            print(f"{schema.name:<10} {schema.meaning}")
        print("Its columns and a file to fill: cxlab data template TABLE -o FILE.csv")
        return FINE
    schema = schema_of(asked.table)
    if asked.output is None:
        print(template(schema.name), end="")
        return FINE
    _new(asked.output, template(schema.name))
    print(f"{asked.output}: {schema.meaning}. Its columns:")
    for column in schema.columns:
        also = (*column.aliases, *column.either_way)
        names = f" (also read as: {', '.join(also)})" if also else ""
        print(f"  {column.name:<22} {column.rule}: {column.meaning}{names}")
    return FINE


def _check(asked: argparse.Namespace) -> int:
    checked = _read(asked)
    if asked.output is not None:
        _write(checked, asked.output)
    print(checked)
    if asked.output is not None:
        print(f"Written as lessons read it: {asked.output}")
    return FINE


def _describe(asked: argparse.Namespace) -> int:
    checked = _read(asked)
    print(describe(checked.frame, checked.schema))
    return FINE


def _read(asked: argparse.Namespace) -> Checked:
    options = Options(
        encoding=asked.encoding,
        separator=asked.separator,
        decimal=asked.decimal,
        dates=asked.dates,
        sheet=asked.sheet,
        blank=tuple(asked.blank),
        reverse=tuple(asked.reverse),
        as_is=tuple(asked.as_is),
        scales=dict(map(scale_of, asked.scale)),
        columns=dict(map(_column, asked.column)),
    )
    path: Path = asked.file
    if not path.is_file() or path.stat().st_size < _LONG:
        return read_table(path, asked.table, options=options, limit=asked.show)
    with progress("checking") as step:
        step(0, None, path.name)
        checked = read_table(path, asked.table, options=options, limit=asked.show)
        step(1, 1, path.name)
    return checked


def _column(given: str) -> tuple[str, str]:
    ours, equals, theirs = given.partition("=")
    if not equals:
        raise ValueError(
            f"--column {given!r} does not say which column it is in the file. Write it "
            "as --column effort='How easy was it?'"
        )
    return ours.strip(), theirs.strip()


def _write(checked: Checked, path: Path) -> None:
    """Write a table in the course's own form, as a file that is not there yet."""
    makers = {".csv": as_csv, ".parquet": as_parquet}
    if path.suffix.lower() not in makers:
        raise ValueError(
            f"{path.name}: a table is written as .csv or .parquet; name it so."
        )
    made = io.BytesIO()
    makers[path.suffix.lower()](checked, made)
    _new(path, made.getvalue())


def _new(path: Path, content: bytes | str) -> None:
    if os.path.lexists(path):
        raise ValueError(f"{path} is there already, and stays as it is: name another.")
    write_new(path, content)
