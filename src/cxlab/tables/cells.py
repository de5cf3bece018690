"""The cells of one column, each different text once where there are few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A column's texts; what is found out about a text holds for all cells with it."""

    values: pa.LargeStringArray
    codes: NDArray[np.int32] | None  # of each cell; None: one value per cell
    blank: Flags  # per value

    @property
    def size(self) -> int:
        """Number of cells."""
        return len(self.values) if self.codes is None else len(self.codes)

    @property
    def filled(self) -> Flags:
        """Values that are not blank."""
        return ~self.blank

    @property
    def full(self) -> Flags:
        """Cells that are not blank."""
        full: Flags = self.spread(self.filled)
        return full

    def counts(self) -> NDArray[np.int64]:
        """Return how many cells have each value."""
        if self.codes is None:
            return np.ones(len(self.values), dtype=np.int64)
        return np.bincount(self.codes, minlength=len(self.values))

    def spread(self, per_value: NDArray[Any]) -> NDArray[Any]:
        """Return per cell what is given per value."""
        return per_value if self.codes is None else per_value[self.codes]

    def places(self, per_value: Flags) -> NDArray[np.intp]:
        """Return the cells whose value is flagged."""
        if not per_value.any():
            return np.empty(0, dtype=np.intp)
        return np.flatnonzero(self.spread(per_value))

    def like(self, pattern: str) -> Flags:
        """Flag the values that a regular expression finds."""
        return flags(pc.match_substring_regex(self.values, pattern))


def flags(found: pa.Array) -> Flags:
    """Return a mask of arrow as one of numpy."""
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def cells_of(texts: pa.ChunkedArray, blank: Sequence[str]) -> Cells:
    """Return a column's cells.

    Parameters
    ----------
    texts
        As they stand in the file.
    blank
        Words that stand for an empty cell, besides the empty text.
    """
    whole = texts.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    codes = None
    if pa.types.is_dictionary(whole.type):
        codes = whole.indices.to_numpy(zero_copy_only=False)
        whole = whole.dictionary
    whole = pc.utf8_trim_whitespace(whole)
    empty = pc.is_in(whole, value_set=pa.array(["", *blank], type=pa.large_string()))
    return Cells(values=whole, codes=codes, blank=flags(empty))
