"""From the texts of a file to columns of numbers, dates, yes/no and words.

What is decided for the whole file - the decimal mark, the order of day and month - is
decided from all its columns together, before any of them is read.
"""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from cxlab.tables import numerals
from cxlab.tables.cells import Cells, Flags
from cxlab.tables.days import read_dates
from cxlab.tables.export import FORMULA
from cxlab.tables.options import DECIMALS
from cxlab.tables.reading import Reading, note_spoilt
from cxlab.tables.schema import LONGEST, Column

_PAIRS = (
    ("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f"), ("1", "0"),
    ("да", "нет"), ("истина", "ложь"), ("ja", "nein"), ("wahr", "falsch"),
    ("oui", "non"), ("vrai", "faux"),
)  # fmt: skip
_SHORTENED = r"^\d(?:[.,]\d+)?[eE]\+\d+$"
_ODD = "[\\x{FFFD}\\x{00}-\\x{08}\\x{0B}\\x{0C}\\x{0E}-\\x{1F}]"
# how everything begins or looks that a rule for texts may object to
_SUSPECT = rf"(?i){FORMULA}|^[#n?.]|^\d(?:[.,]\d+)?e\+|{_ODD}"


def read_columns(reading: Reading) -> None:
    """Read every column of the file that is one of the table's."""
    _texts(reading)
    _yes_no(reading)
    _numbers(reading)
    read_dates(reading)


def _texts(reading: Reading) -> None:
    for column in reading.of("id", "text", "choice"):
        cells = reading.cells(column)
        values: Any = cells.values
        if cells.like(_SUSPECT).any():  # one look instead of six at a long column
            note_spoilt(reading, column, cells)
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
        note_spoilt(reading, column, cells)
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
        note_spoilt(reading, column, cells)
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
