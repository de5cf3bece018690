"""Dates as people write them: 01/02/2024 is in January to some, in February to others.

A year first can be read in one way. With the year last, points mean day first
everywhere; slashes and hyphens may mean either, and are settled by a day above 12
somewhere in the file, or asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cxlab.tables.cells import Cells, Flags, flags

Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]
_PATTERN = (
    r"^(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P<sep2>[-/.])(?P<c>\d{1,4})"
    r"(?:[T ]+(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r" ?(?P<half>[AaPp][Mm])? ?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?$"
)
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The numbers that dates are written with, per value of a column."""

    a: Ints
    b: Ints
    c: Ints
    year_first: Flags
    year_last: Flags
    dotted: Flags
    seconds: NDArray[np.float64]  # since midnight; NaN: no such time of day
    timed: Flags  # a time of day is written
    zone: tuple[str, ...]  # all that occur; "" for none
    zones: NDArray[np.object_]


def iso(cells: Cells) -> Moments | None:
    """Return a column whose every cell is year-month-day, fast; None if one is not."""
    try:
        texts = pc.if_else(pa.array(cells.blank), None, cells.values)
        return _moments(texts.cast(pa.timestamp("us")))
    except pa.ArrowInvalid:
        return None


def _moments(stamps: pa.Array) -> Moments:
    return np.asarray(stamps.to_numpy(zero_copy_only=False), dtype="datetime64[us]")


def parts(cells: Cells) -> Parts:
    """Take the dates of a column apart, without deciding what is day and what month."""
    found: Any = pc.extract_regex(cells.values, _PATTERN)
    a, b, c = (_ints(found, name) for name in "abc")
    same = flags(pc.fill_null(pc.equal(found.field("sep"), found.field("sep2")), False))  # noqa: FBT003
    long_a, long_c = (_lengths(found, name) for name in "ac")
    zones = np.asarray(_texts(found, "zone").to_pylist(), dtype=object)
    timed = flags(pc.greater(pc.utf8_length(_texts(found, "h")), 0))
    return Parts(
        a=a, b=b, c=c,
        year_first=same & (long_a == 4) & (long_c <= 2),
        year_last=same & (long_a <= 2) & (long_c == 4),
        dotted=flags(pc.equal(_texts(found, "sep"), ".")),
        seconds=_seconds(found, timed),
        timed=timed,
        zone=tuple(sorted({str(z) for z in zones[cells.filled]})),
        zones=zones,
    )  # fmt: skip


def _texts(found: pa.StructArray, name: str) -> Any:
    return pc.fill_null(pc.struct_field(found, name), "")


def _ints(found: pa.StructArray, name: str) -> Ints:
    texts = _texts(found, name)
    digits = pc.if_else(pc.equal(texts, ""), "0", texts)
    return np.asarray(digits.cast(pa.int64()).to_numpy(zero_copy_only=False))


def _lengths(found: pa.StructArray, name: str) -> Ints:
    lengths = pc.utf8_length(_texts(found, name))
    return np.asarray(lengths.to_numpy(zero_copy_only=False))


def _seconds(found: pa.StructArray, timed: Flags) -> NDArray[np.float64]:
    h, m, s = (_ints(found, name) for name in "hms")
    half = np.asarray(pc.utf8_lower(_texts(found, "half")).to_pylist(), dtype=object)
    halved = half != ""
    wrong = (m > 59) | (s > 59) | np.where(halved, (h < 1) | (h > 12), h > 23)
    h = np.where(halved, h % 12 + 12 * (half == "pm"), h)
    fraction = _ints(found, "f") / 10.0 ** _lengths(found, "f")
    return np.where(wrong & timed, np.nan, 3600 * h + 60 * m + s + fraction)


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the dates of a file say about day and month."""

    day_first: int  # cells that can be read so only
    month_first: int
    either: int


def order(found: Sequence[tuple[Cells, Parts]]) -> Order:
    """Count what settles whether the day or the month comes first."""
    counts = np.zeros(3, dtype=np.int64)
    for cells, p in found:
        day, month, either = sides(p)
        weight = cells.counts()
        counts += [int(weight[kind].sum()) for kind in (day, month, either)]
    return Order(
        day_first=int(counts[0]), month_first=int(counts[1]), either=int(counts[2])
    )


def sides(p: Parts) -> tuple[Flags, Flags, Flags]:
    """Flag values that are day-first for sure, month-first for sure, or either.

    With the same number twice both readings are one day, and nothing is in doubt.
    """
    last = p.year_last & ~p.dotted
    day = last & (p.a > 12) & (p.b <= 12)
    month = last & (p.b > 12) & (p.a <= 12)
    either = last & (p.a <= 12) & (p.b <= 12) & (p.a != p.b)
    return day, month, either


def moments(p: Parts, *, month_first: bool) -> tuple[Moments, Flags]:
    """Return each value as a moment, and which are days or times that never were.

    Parameters
    ----------
    p
        Taken apart.
    month_first
        How a date with the year last is read.
    """
    month_leads = p.year_last & month_first
    year = np.where(p.year_first, p.a, p.c)
    month = np.where(p.year_first | ~month_leads, p.b, p.a)
    day = np.where(p.year_first, p.c, np.where(month_leads, p.b, p.a))
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    real = (month >= 1) & (month <= 12) & (year >= 1) & np.isfinite(p.seconds)
    length = _DAYS[np.where(real, month, 0)] + (leap & (month == 2))
    real &= (day >= 1) & (day <= length) & (p.year_first | p.year_last)
    months = (12 * (year - 1970) + month - 1)[real].astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day[real] - 1)
    microseconds = np.round(p.seconds[real] * 1e6).astype("timedelta64[us]")
    out = np.full(len(year), np.datetime64("NaT", "us"))
    out[real] = days.astype("datetime64[us]") + microseconds
    return out, ~real
