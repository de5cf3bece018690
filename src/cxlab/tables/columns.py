"""From the texts of a file to columns of numbers, dates, yes/no and words.

What is decided for the whole file - the decimal mark, the order of day and month - is
decided from all its columns together, before any of them is read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cxlab.tables import dates, numerals
from cxlab.tables.cells import Cells, Flags, cells_of
from cxlab.tables.export import FORMULA
from cxlab.tables.findings import Findings
from cxlab.tables.options import DECIMALS, Options
from cxlab.tables.raw import Raw
from cxlab.tables.schema import LONGEST, Column, Schema

_PAIRS = (
    ("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f"), ("1", "0"),
    ("да", "нет"), ("истина", "ложь"), ("ja", "nein"), ("wahr", "falsch"),
    ("oui", "non"), ("vrai", "faux"),
)  # fmt: skip
_SHORTENED = r"^\d(?:[.,]\d+)?[eE]\+\d+$"
_EXCEL_ERROR = r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)$"
_NO_VALUE = r"(?i)^(?:n/?a|nan|null|none|nil|-|--|\?|\.)$"
_ODD = "[\\x{FFFD}\\x{00}-\\x{08}\\x{0B}\\x{0C}\\x{0E}-\\x{1F}]"
# how everything begins or looks that a rule for texts may object to
_SUSPECT = rf"(?i){FORMULA}|^[#n?.]|^\d(?:[.,]\d+)?e\+|{_ODD}"


@dataclass(kw_only=True)
class Reading:
    """The columns read so far, what was found out, and where cells could not be."""

    raw: Raw
    schema: Schema
    options: Options
    places: Mapping[str, int]
    findings: Findings
    columns: dict[str, Any] = field(default_factory=dict)
    bad: dict[str, np.ndarray] = field(default_factory=dict)  # places of bad cells
    found: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(
        self, name: str, wrong: np.ndarray, rule: str | Callable[[int], str]
    ) -> None:
        """Note a rule that cells of a column break, once per cell."""
        known = self.bad.get(name)
        if known is not None:
            wrong = np.setdiff1d(wrong, known)
        if len(wrong):
            self.bad[name] = wrong if known is None else np.union1d(known, wrong)
            at = self.places.get(name, 0)
            self.findings.cells(
                rule, wrong.tolist(), column=self.header(name), row=self.raw.row,
                value=lambda place: self.raw.text(at, place),
            )  # fmt: skip

    def pass_over(self, unread: Mapping[int, Sequence[int]]) -> None:
        """Say nothing more of cells that were noted when the file was read."""
        for name, place in self.places.items():
            if place in unread:
                self.bad[name] = np.unique(np.asarray(unread[place], dtype=np.intp))

    def header(self, name: str) -> str:
        """Return our name of a column, and the file's if that is another."""
        header = self.raw.headers[self.places[name]] if name in self.places else name
        return name if header == name else f"{name} ({header!r})"

    def of(self, *kinds: str) -> list[Column]:
        """Return the columns of some kinds that the file has."""
        columns = self.schema.columns
        return [c for c in columns if c.name in self.places and c.kind in kinds]

    def cells(self, column: Column) -> Cells:
        """Return the texts of a column."""
        return cells_of(self.raw.texts[self.places[column.name]], self.options.blank)


def read_columns(reading: Reading) -> None:
    """Read every column of the file that is one of the table's."""
    _texts(reading)
    _yes_no(reading)
    _numbers(reading)
    _dates(reading)


def _texts(reading: Reading) -> None:
    for column in reading.of("id", "text", "choice"):
        cells = reading.cells(column)
        values: Any = cells.values
        if cells.like(_SUSPECT).any():  # one look instead of six at a long column
            _mangled(reading, column, cells)
            _text_rules(reading, column, cells)
        if column.kind == "choice":
            values = pc.utf8_lower(values)
        else:
            _not_too_long(reading, column, cells)
        if cells.blank.any():
            values = pc.if_else(pa.array(cells.blank), None, values)
        series = pd.Series(values.to_pandas(), dtype="str")
        if cells.codes is not None:
            series = series.take(cells.codes).reset_index(drop=True)
        reading.columns[column.name] = series


def _mangled(reading: Reading, column: Column, cells: Cells) -> None:
    """Note cells that a program has spoilt, whatever the column should hold."""
    name = column.name
    reading.note(
        name, cells.places(cells.like(_EXCEL_ERROR)),
        "an error of the spreadsheet: mend its formula, or leave the cell blank",
    )  # fmt: skip
    reading.note(
        name, cells.places(cells.like(_NO_VALUE) & cells.filled),
        lambda place: "leave a cell without a value blank, or say that this means "
        f"blank: --blank {reading.raw.text(reading.places[name], place)}",
    )  # fmt: skip


def _text_rules(reading: Reading, column: Column, cells: Cells) -> None:
    if column.kind == "choice":
        return
    name = column.name
    rules: list[tuple[Flags, str]] = [
        (
            cells.like(FORMULA),
            "no text may begin like a formula (= + - @): take that sign off",
        ),
        (
            cells.like(_ODD),
            "a letter was lost, or is no letter: save the file again as UTF-8",
        ),
    ]
    if column.kind == "id":
        rules.append(
            (
                cells.like(_SHORTENED),
                "a spreadsheet has shortened this id: format its column as text",
            )
        )
    for wrong, rule in rules:
        reading.note(name, cells.places(wrong), rule)


def _not_too_long(reading: Reading, column: Column, cells: Cells) -> None:
    longest = LONGEST[column.kind]
    lengths = pc.utf8_length(cells.values).to_numpy(zero_copy_only=False)
    rule = f"at most {longest:,} characters: is a quotation mark missing?"
    reading.note(column.name, cells.places(lengths > longest), rule)


def _yes_no(reading: Reading) -> None:
    for column in reading.of("yes/no"):
        cells = reading.cells(column)
        _mangled(reading, column, cells)
        lower = np.asarray(pc.utf8_lower(cells.values).to_pylist(), dtype=object)
        counts = cells.counts()
        pair = max(_PAIRS, key=lambda words: int(counts[np.isin(lower, words)].sum()))
        yes, no = lower == pair[0], lower == pair[1]
        reading.note(
            column.name,
            cells.places(~(yes | no) & cells.filled),
            f"must be {pair[0]} or {pair[1]}, as in the rest of the column"
            if (yes | no).any()
            else f"must be {column.rule}",
        )
        if pair != _PAIRS[0] and (yes | no).any():
            reading.found[column.name] = f"{pair[0]} is true, {pair[1]} is false"
        reading.columns[column.name] = _booleans(cells.spread(yes), cells.spread(no))


def _booleans(yes: Flags, no: Flags) -> pd.Series:
    known = yes | no
    if known.all():
        return pd.Series(yes)
    return pd.Series(pd.arrays.BooleanArray(yes, ~known))


def _numbers(reading: Reading) -> None:
    columns = reading.of("number")
    every = [(column, reading.cells(column)) for column in columns]
    options, typed = reading.options, reading.raw.typed
    found = [(c, numerals.marks(c, top=options.ends(col)[1])) for col, c in every]
    said = options.decimal_mark or ("." if typed else "")
    mark = numerals.decided(found, said)
    for (column, cells), (_, marks) in zip(every, found, strict=True):
        _mangled(reading, column, cells)
        if not mark:
            _ask_decimal(reading, column, cells, marks)
        if not said and mark:
            _other_mark(reading, column, cells, marks, mark)
        numbers, bad = numerals.values(cells, mark or ".", typed=typed)
        _no_number(reading, column, cells, bad)
        if mark and not typed:
            _grouped(reading, column, cells, numerals.thousands(cells, mark) & ~bad)
        reading.columns[column.name] = pd.Series(cells.spread(numbers))
    if any(m.sure[x].any() for _, m in found for x in m.sure) or said:
        how = "as said" if options.decimal else "as its numbers show"
        names = {value: name for name, value in DECIMALS.items()}
        if not typed:
            reading.found["decimal mark"] = f"{names[mark]} ({how})"


def _ask_decimal(
    reading: Reading, column: Column, cells: Cells, marks: numerals.Marks
) -> None:
    doubtful = marks.open["."] | marks.open[","]

    def rule(place: int) -> str:
        text = reading.raw.text(reading.places[column.name], place)
        digits = text.replace(",", "").replace(".", "")
        decimal = text.replace(",", ".")
        return (
            f"this can be {digits} or {decimal}, and no number of the file tells "
            "which: say --decimal point or --decimal comma"
        )

    reading.note(column.name, cells.places(doubtful), rule)


def _other_mark(
    reading: Reading, column: Column, cells: Cells, marks: numerals.Marks, mark: str
) -> None:
    other = "," if mark == "." else "."
    names = {value: name for name, value in DECIMALS.items()}
    reading.note(
        column.name, cells.places(marks.sure[other]),
        f"a decimal {names[other]}, where most of the file has a decimal "
        f"{names[mark]}: use one",
    )  # fmt: skip


def _grouped(reading: Reading, column: Column, cells: Cells, apart: Flags) -> None:
    """Tell that marks were taken for those of thousands."""
    if grouped := int(cells.counts()[apart].sum()):
        numbers = f"{grouped:,} number{'s' * (grouped != 1)}"
        reading.notes.append(f"{column.name}: thousands are set apart in {numbers}")


def _no_number(reading: Reading, column: Column, cells: Cells, bad: Flags) -> None:
    dated = cells.like(r"^\d{1,4}[-./]\d{1,2}[-./]\d")
    reading.note(
        column.name, cells.places(bad & dated),
        "this is a date, perhaps a number that a spreadsheet has turned into one; "
        f"it must be {column.rule}",
    )  # fmt: skip
    digits = "digits only, no unit and no currency"
    why = "the cell holds no number" if reading.raw.typed else digits
    rule = f"must be {column.rule}; {why}"
    reading.note(column.name, cells.places(bad & ~dated), rule)


def _dates(reading: Reading) -> None:
    slow: list[tuple[Column, Cells, dates.Parts]] = []
    for column in reading.of("date", "time"):
        cells = reading.cells(column)
        fast = dates.iso(cells)
        if fast is None:
            _mangled(reading, column, cells)
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
