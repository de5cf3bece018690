"""A table as it stands in its file: every cell a text, every record its row."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Raw:
    """What was read, before anything was made of it.

    Texts carry no blanks at their ends, and an empty cell is the empty text.
    """

    file: str  # its name
    headers: tuple[str, ...]
    texts: Sequence[pa.ChunkedArray]  # large_string, one per header, none null
    rows: Ints | None = None  # as a spreadsheet counts; None: 2, 3, 4, ...
    # numbers and dates are such, and no text that has to be read in one of two ways
    typed: bool = False
    settled: bool = False  # written by `cxlab data check -o`: its scales are ours
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


def trimmed(table: pa.Table) -> list[pa.ChunkedArray]:
    """Return the columns of a table of texts without blanks at the cells' ends."""
    return [pc.utf8_trim_whitespace(column) for column in table.columns]
