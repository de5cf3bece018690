"""The marks of a text table, byte by byte: line ends, quotation marks, zero bytes.

The fast reader forgives a quotation mark in the wrong place, and then swallows rows. So
before it reads, every mark is looked at: an opening one stands where a field begins, a
closing one where it ends, a doubled one inside is a mark of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cxlab.tables.findings import Findings, place_of

_CHUNK = 1 << 24
LONGEST_ROW = 1_000_000  # bytes
_LF, _CR, _QUOTE = 10, 13, 34
Places = NDArray[np.intp]


@dataclass
class _State:
    """What one piece of the file leaves to the next."""

    inside: bool = False  # between quotation marks
    opened: int = 0  # row in which that mark stands
    mark: int = 0  # and its byte
    records: int = 0  # ended so far
    begun: int = 0  # byte at which the record began


def look(data: bytes, separator: str, findings: Findings) -> None:
    """Find what would make a reader go wrong, and note it with its row.

    Parameters
    ----------
    data
        The whole file, in UTF-8.
    separator
        Between fields.
    findings
        Where to note it.
    """
    _zeros(data, findings)
    state = _State()
    end = _LF if b"\n" in data else _CR
    around = np.zeros(256, dtype=bool)
    around[[_LF, _CR, _QUOTE, ord(separator)]] = True
    quoted = b'"' in data
    for begin, piece in _pieces(data):
        lines = np.flatnonzero(piece == end)
        if quoted:
            quotes = np.flatnonzero(piece == _QUOTE)
            lines = _between(lines, quotes, inside=state.inside)
            first = _misplaced(data, begin, quotes, state, around)
            if first is not None:
                row = state.records + int(np.searchsorted(lines, first)) + 1
                _note_misplaced(data, begin + first, row, findings)
                return
            _turn(state, begin, quotes, lines)
        _long(data, begin, lines, state, findings)
    if state.inside:
        _, column, value = place_of(data, state.mark)
        findings.add(
            "a quotation mark opens here and is never closed: close it, or double it "
            "if it belongs to the text",
            row=state.opened,
            column=column,
            value=value,
        )


def _pieces(data: bytes) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    every = np.frombuffer(data, dtype=np.uint8)
    for begin in range(0, len(every), _CHUNK):
        yield begin, every[begin : begin + _CHUNK]


def _zeros(data: bytes, findings: Findings) -> None:
    place = data.find(b"\0")
    for _ in range(findings.limit):
        if place < 0:
            return
        row, column, value = place_of(data, place)
        findings.add(
            "a zero byte, which no text holds: the file is binary or damaged",
            row=row,
            column=column,
            value=value,
        )
        place = data.find(b"\0", place + 1)


def _between(lines: Places, quotes: Places, *, inside: bool) -> Places:
    """Keep the line ends that stand outside quotation marks."""
    before = np.searchsorted(quotes, lines) + inside
    between: Places = lines[before % 2 == 0]
    return between


def _misplaced(
    data: bytes, begin: int, quotes: Places, state: _State, around: NDArray[np.bool_]
) -> int | None:
    """Return the first quotation mark of a piece that stands inside a field.

    After it nothing can be told apart, so it alone is noted.
    """
    opening = (np.arange(len(quotes)) + state.inside) % 2 == 0
    beside = begin + quotes + np.where(opening, -1, 1)
    known = (beside >= 0) & (beside < len(data))
    every = np.frombuffer(data, dtype=np.uint8)
    fine = ~known
    fine[known] = around[every[beside[known]]]
    return None if fine.all() else int(quotes[np.argmin(fine)])


def _note_misplaced(data: bytes, place: int, row: int, findings: Findings) -> None:
    _, column, value = place_of(data, place)
    findings.add(
        "a quotation mark stands inside a field: put the whole field in quotation "
        "marks and double those in it, or take it out; what follows it could not be "
        "read",
        row=row,
        column=column,
        value=value,
    )


def _turn(state: _State, begin: int, quotes: Places, lines: Places) -> None:
    if len(quotes) % 2:
        state.inside = not state.inside
    if state.inside and len(quotes):
        state.mark = begin + int(quotes[-1])
        state.opened = state.records + int(np.searchsorted(lines, quotes[-1])) + 1


def _long(
    data: bytes, begin: int, lines: Places, state: _State, findings: Findings
) -> None:
    """Note records so long that a quotation mark or a line end must be missing."""
    starts = np.concatenate([[state.begun], begin + lines])
    lengths = np.diff(starts)
    for place in np.flatnonzero(lengths > LONGEST_ROW):
        findings.add(
            f"the row holds {int(lengths[place]):,} bytes, at most {LONGEST_ROW:,} "
            "are read: is a line end or a quotation mark missing?",
            row=state.records + int(place) + 1,
            value=data[starts[place] : starts[place] + 200].decode("utf-8", "replace"),
        )
    state.records += len(lines)
    state.begun = int(starts[-1])
