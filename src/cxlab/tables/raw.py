"""A table as it stands in its file: every cell a text, every record its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_FEW = 2_000  # different texts among the first ...
_FIRST = 20_000  # ... for a column to be held as codes


@dataclass(frozen=True, kw_only=True)
class Raw:
    """What was read, before anything was made of it.

    An empty cell is the empty text. A column may hold codes for its texts.
    """

    file: str  # its name
    headers: tuple[str, ...]
    texts: Sequence[pa.ChunkedArray]  # one per header, none null
    rows: Ints | None = None  # as a spreadsheet counts; None: 2, 3, 4, ...
    # numbers and dates are such, and no text that has to be read in one of two ways
    typed: bool = False
    settled: bool = False  # written by `cxlab data check -o`: its scales are ours
    # cells that hold something else than a value, noted already: column, records
    unread: dict[int, list[int]] = field(default_factory=dict)
    blank: int = 0  # lines left out, that held nothing but blanks
    found: dict[str, str] = field(default_factory=dict)  # encoding, separator, ...

    @property
    def size(self) -> int:
        """Number of records."""
        return len(self.texts[0]) if self.texts else 0

    def row(self, place: int) -> int:
        """Return the spreadsheet's row of a record."""
        return place + 2 if self.rows is None else int(self.rows[place])

    def text(self, column: int, place: int) -> str:
        """Return what stands in a cell."""
        return str(self.texts[column][place].as_py())


def compact(table: pa.Table) -> list[pa.ChunkedArray]:
    """Return the columns of a table of texts, those with few texts as codes for them.

    Parameters
    ----------
    table
        Its columns are let go one by one, so that none is kept twice.
    """
    columns = []
    while table.num_columns:
        column = table.column(0)
        table = table.remove_column(0)
        first = pc.count_distinct(column.slice(0, _FIRST)).as_py()
        if len(column) > _FIRST and first <= _FEW:
            column = column.dictionary_encode()
        columns.append(column)
    return columns
