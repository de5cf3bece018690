"""Tables in Parquet files: their numbers and dates are such, and need no guessing."""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cxlab.tables.files import damaged
from cxlab.tables.findings import Findings
from cxlab.tables.raw import Raw, compact

SETTLED = b"cxlab"  # marks the files that `cxlab data check -o` writes


def read_parquet(path: Path, *, findings: Findings) -> Raw:
    """Read a Parquet file as it stands.

    Parameters
    ----------
    path
        The file.
    findings
        Where columns that hold no plain cells are noted.
    """
    try:
        # a file of one's own, not whatever folder of files the name may stand for
        with pq.ParquetFile(path) as file:
            table = file.read()
        table.validate(full=True)  # texts may turn out to be none
    except (pa.ArrowException, OSError, ValueError):
        raise damaged(path, "Parquet") from None
    headers = tuple(name.strip() for name in table.column_names)
    columns: list[pa.ChunkedArray] = []
    unread: dict[int, list[int]] = {}
    for name, column in zip(headers, table.columns, strict=True):
        try:
            columns.append(_texts(column))
        except (pa.ArrowException, ValueError):
            findings.add(
                f"a column of {column.type} is no column of plain cells: unpack it",
                column=name,
                row=2,
                value=str(column[0].as_py()) if len(column) else "",
            )
            unread[len(columns)] = list(range(len(column)))
            columns.append(pa.chunked_array([[""] * len(column)], pa.large_string()))
    plain = pa.table(columns, names=[str(place) for place in range(len(columns))])
    return Raw(
        file=path.name,
        headers=headers,
        texts=compact(plain),
        typed=True,
        unread=unread,
        settled=bool(table.schema.metadata) and SETTLED in table.schema.metadata,
    )


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as texts; blank where there is none, or none that is a number."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        column = pc.local_timestamp(column)  # the clock on the wall of its zone
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), None, column)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        raise ValueError(str(kind))
    return pc.fill_null(column.cast(pa.large_string()), "")
