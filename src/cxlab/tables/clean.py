"""A checked table in the course's own form, which lessons read without any option."""

import json
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from cxlab.tables.checked import Checked
from cxlab.tables.columnar import SETTLED
from cxlab.tables.export import neutralised


def as_csv(checked: Checked, file: IO[bytes]) -> None:
    """Write UTF-8, commas, decimal points and dates with the year first.

    A CSV file cannot say that a scale which looks reversed or short is not.

    Raises
    ------
    ValueError
        If that was said of this table.
    """
    if checked.doubts:
        raise ValueError(
            f"What was said of {', '.join(checked.doubts)} cannot be kept in a CSV "
            "file, and would be asked again: write a .parquet file."
        )
    text = neutralised(checked.frame).to_csv(index=False, lineterminator="\n")
    file.write(text.encode("utf-8"))


def as_parquet(checked: Checked, file: IO[bytes]) -> None:
    """Write a Parquet file that says so, and that its scales are ours."""
    table = pa.Table.from_pandas(checked.frame, preserve_index=False)
    said = json.dumps({"table": checked.schema.name}).encode("utf-8")
    pq.write_table(table.replace_schema_metadata({SETTLED: said}), file)
