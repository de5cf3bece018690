"""Columns of dates and times: what of them is no day, and which forms do not mix."""

import numpy as np
import pandas as pd

from cxlab.tables import dates
from cxlab.tables.cells import Cells, Flags
from cxlab.tables.reading import Reading, note_spoilt
from cxlab.tables.schema import Column


def read_dates(reading: Reading) -> None:
    """Read every column of dates; what is decided, is decided for all of them."""
    slow: list[tuple[Column, Cells, dates.Parts]] = []
    for column in reading.of("date", "time"):
        cells = reading.cells(column)
        fast = dates.iso(cells)
        if fast is None:
            note_spoilt(reading, column, cells)
            slow.append((column, cells, dates.parts(cells)))
        else:
            reading.found.setdefault("dates", "year-month-day")
            _keep_moments(reading, column, cells.spread(fast))
    month_first = _month_first(reading, slow) if slow else False
    for column, cells, parts in slow:
        moments, never = dates.moments(parts, month_first=month_first)
        _no_moment(reading, column, cells, parts, never & cells.filled)
        _keep_moments(reading, column, cells.spread(moments))


def _month_first(
    reading: Reading, slow: list[tuple[Column, Cells, dates.Parts]]
) -> bool:
    """Decide whether month or day comes first; note what stands against it."""
    said = reading.options.dates
    order = dates.order([(cells, parts) for _, cells, parts in slow])
    month_first = order.month_first > order.day_first
    if said:
        month_first = said == "month-first"
    settled = bool(said or order.day_first or order.month_first)
    last = any(parts.year_last.any() for _, _, parts in slow)
    if last:
        names = {True: "month-first", False: "day-first"}
        how = "as said" if said else "as they show"
        reading.found["dates"] = f"{names[month_first]} ({how})"
    else:
        reading.found.setdefault("dates", "year-month-day")
    for column, cells, parts in slow:
        day, month, either = dates.sides(parts)
        if not settled:
            _ask_order(reading, column, cells, either)
        elif said != "iso":
            against = day if month_first else month
            here = "month-first" if month_first else "day-first"
            rule = f"no such day if dates are {here}, as {_why(said)}: use one form"
            reading.note(column.name, cells.places(against), rule)
    return month_first


def _why(said: str) -> str:
    return "was said" if said else "most others are"


def _ask_order(reading: Reading, column: Column, cells: Cells, either: Flags) -> None:
    def rule(place: int) -> str:
        text = reading.raw.text(reading.places[column.name], place)
        first, second = text.replace("-", "/").split("/")[:2]
        return (
            f"this can be day {int(first)} of month {int(second)} or day {int(second)} "
            f"of month {int(first)}, and no date of the file tells which: say --dates "
            "day-first or --dates month-first"
        )

    reading.note(column.name, cells.places(either), rule)


def _no_moment(
    reading: Reading, column: Column, cells: Cells, p: dates.Parts, never: Flags
) -> None:
    """Note what is no date, each for its own reason; and forms and zones that mix."""
    note, name = reading.note, column.name
    shaped = p.year_first | p.year_last
    if reading.options.dates == "iso":
        rule = "year-month-day, as was said (--dates iso)"
        note(name, cells.places(p.year_last & cells.filled), rule)
    no_time = shaped & ~np.isfinite(p.seconds)
    note(name, cells.places(never & no_time), "there is no such time of day")
    note(name, cells.places(never & shaped & ~no_time), "there is no such day")
    counts = cells.counts()
    firsts, lasts = int(counts[p.year_first].sum()), int(counts[p.year_last].sum())
    if firsts and lasts:
        rarer = p.year_last if firsts >= lasts else p.year_first
        rule = (
            "dates of two forms in one column: a spreadsheet under the wrong country "
            "setting turns some into dates, with day and month swapped, and leaves "
            "the rest. Export the column again, as year-month-day"
        )
        note(name, cells.places(rarer & cells.filled), rule)
    short = never & cells.like(r"^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}(?:\D|$)")
    note(name, cells.places(short), "write the year with four digits, as 2024-02-01")
    serial = cells.like(r"^[1-9]\d{4}(?:[.,]\d+)?$") & never
    rule = "a spreadsheet's number of a day: format the column as a date"
    note(name, cells.places(serial), rule)
    rule = f"must be {column.rule}, as 2024-02-01{_clock(column)} or 01.02.2024"
    note(name, cells.places(never), rule)
    _one_zone(reading, column, cells, p)


def _clock(column: Column) -> str:
    return " 14:30" if column.kind == "time" else ""


def _one_zone(reading: Reading, column: Column, cells: Cells, p: dates.Parts) -> None:
    if len(p.zone) == 1:
        if p.zone[0]:
            said = f"in the zone {p.zone[0]}, as written"
            reading.notes.append(f"{column.name}: all times are {said}")
        return
    counts = cells.counts()
    shaped = (p.year_first | p.year_last) & cells.filled
    most = max(p.zone, key=lambda zone: int(counts[shaped & (p.zones == zone)].sum()))
    rule = f"times of several zones: most have {most or 'none'}; write all by one clock"
    reading.note(column.name, cells.places(shaped & (p.zones != most)), rule)


def _keep_moments(reading: Reading, column: Column, moments: dates.Moments) -> None:
    days = moments.astype("datetime64[D]").astype(moments.dtype)
    timed = int((~np.isnat(moments) & (days != moments)).sum())
    known = int((~np.isnat(moments)).sum())
    if column.kind == "date" and timed:
        rows = f"{timed:,} row{'s' * (timed != 1)}"
        reading.notes.append(f"{column.name}: the time of day is left off in {rows}")
        moments = days
    elif column.kind == "time" and known and not timed:
        reading.notes.append(f"{column.name}: no time of day, all count as midnight")
    reading.columns[column.name] = pd.Series(moments)
