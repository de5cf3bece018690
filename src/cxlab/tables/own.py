"""A lesson's table: the built-in example, or the reader's own in its place."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from cxlab.tables.agreed import schema_of
from cxlab.tables.checked import Checked, complete, read_table
from cxlab.tables.examples import SEED, example
from cxlab.tables.findings import BadTable
from cxlab.tables.schema import Schema


@dataclass(frozen=True, kw_only=True)
class OwnTable:
    """A table with its label and the one line that says where it comes from."""

    frame: pd.DataFrame
    name: str  # of the schema
    label: str  # GENERATED: the built-in example; REAL: a file
    source: str  # file name and rows; never a folder

    @property
    def source_line(self) -> str:
        """The line under a picture made of it, label first."""
        return f"{self.label}. {self.source}"

    @property
    def is_example(self) -> bool:
        """Tell whether it is the built-in example."""
        return self.label == "GENERATED"


def own_table(schema: str, path: str | Path = "") -> OwnTable:
    """Return your table, or the built-in example if no file is given.

    Parameters
    ----------
    schema
        Which table: a name of SCHEMAS.
    path
        CSV, Excel or Parquet; empty: the example. A file that needs options is first
        written in the course's form: ``cxlab data check contacts FILE -o CLEAN.csv``.

    Raises
    ------
    BadTable
        If the file breaks a rule of the table.

    Examples
    --------
    >>> contacts = own_table("contacts")
    >>> contacts.label, list(contacts.frame)[:3]
    ('GENERATED', ['contact_id', 'customer_id', 'time'])
    """
    kind = schema_of(schema)
    if not str(path):
        frame = _example(kind.name).copy()
        source = (
            f"{len(frame):,} {kind.name} of an invented company, made by this course "
            f"(seed {SEED})."
        )
        return OwnTable(frame=frame, name=kind.name, label="GENERATED", source=source)
    checked = _own(path, kind)
    rows = f"{len(checked.frame):,} rows"
    source = f"Your own table {checked.file}, {rows}."
    return OwnTable(frame=checked.frame, name=kind.name, label="REAL", source=source)


def _own(path: str | Path, kind: Schema) -> Checked:
    try:
        return read_table(path, kind)
    except BadTable as error:
        error.add_note(
            "What needs an option, a lesson reads once it is written in the course's "
            f"form: cxlab data check {kind.name} FILE OPTIONS -o {kind.name}.parquet"
        )
        raise


@cache
def _example(name: str) -> pd.DataFrame:
    return complete(example(name), schema_of(name))
