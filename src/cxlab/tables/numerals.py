"""Numbers as people write them: 1,234 is a thousand to some, near one to others.

Which mark begins the decimals is settled by the file itself, in some number that can be
read in one way only, or it is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cxlab.tables.cells import Cells, Flags

_GAP = "[ \\x{A0}\\x{202F}\\x{2009}'\\x{2019}]"  # between thousands
_SIGN = "[+-]?"
_POWER = "(?:[eE][+-]?\\d+)?"
_OTHER = {".": ",", ",": "."}


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a column's numbers say about the decimal mark."""

    sure: Mapping[str, Flags]  # per mark, per value: readable in that way only
    open: Mapping[str, Flags]  # per mark: it may begin decimals or group thousands


def marks(cells: Cells, *, top: float | None) -> Marks:
    """Sort a column's numbers by what they say about the decimal mark.

    Parameters
    ----------
    cells
        Of the column.
    top
        Of its scale in this file: 5.123 on a scale that ends at 7 is no thousand.
    """
    sure, still_open = {}, {}
    for mark, other in _OTHER.items():
        either = cells.like(f"^{_SIGN}[1-9]\\d{{0,2}}[{mark}]\\d{{3}}$")
        decimals = cells.like(f"^{_SIGN}\\d*[{mark}]\\d+{_POWER}$") & ~either
        grouped = cells.like(
            f"^{_SIGN}\\d{{1,3}}(?:(?:[{other}]|{_GAP})\\d{{3}})+[{mark}]\\d+$"
            f"|^{_SIGN}\\d{{1,3}}(?:[{other}]\\d{{3}}){{2,}}$"
        )
        small = top is not None and top < 1000
        sure[mark] = decimals | grouped | (either & small)
        still_open[mark] = either & (not small)
    return Marks(sure=sure, open=still_open)


def decided(found: Sequence[tuple[Cells, Marks]], said: str) -> str:
    """Return the decimal mark of a file; empty if no number tells, and one asks."""
    if said:
        return said
    sure = {
        mark: sum(int(cells.counts()[m.sure[mark]].sum()) for cells, m in found)
        for mark in _OTHER
    }
    if any(sure.values()):
        return max(sure, key=lambda mark: sure[mark])
    asks = any(m.open[mark].any() for _, m in found for mark in _OTHER)
    return "" if asks else "."


def values(
    cells: Cells, mark: str, *, typed: bool
) -> tuple[NDArray[np.float64], Flags]:
    """Return each value as a number, and which are none.

    Parameters
    ----------
    cells
        Of the column.
    mark
        What begins the decimals.
    typed
        The file tells numbers from text, so a number has no thousands marked.
    """
    group = "" if typed else f"|\\d{{1,3}}(?:[{_OTHER[mark]}]\\d{{3}})+"
    gaps = "" if typed else f"|\\d{{1,3}}(?:{_GAP}\\d{{3}})+"
    right = f"^{_SIGN}(?:(?:\\d+{group}{gaps})(?:[{mark}]\\d*)?|[{mark}]\\d+){_POWER}$"
    good = cells.like(right)
    plain: Any = cells.values
    if not typed:
        plain = pc.replace_substring_regex(plain, f"[{_OTHER[mark]}]|{_GAP}", "")
    if mark != ".":
        plain = pc.replace_substring(plain, mark, ".")
    plain = pc.replace_substring_regex(plain, "^\\+", "")
    numbers = pc.if_else(pa.array(good), plain, None).cast(pa.float64())
    floats = np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)
    bad = ~good & cells.filled
    return floats, bad | ~(np.isfinite(floats) | np.isnan(floats))


def thousands(cells: Cells, mark: str) -> Flags:
    """Flag the values whose thousands are set apart."""
    apart = f"(?:[{_OTHER[mark]}]|{_GAP})"
    return cells.like(f"^{_SIGN}\\d{{1,3}}(?:{apart}\\d{{3}})+(?:[{mark}]\\d*)?$")
