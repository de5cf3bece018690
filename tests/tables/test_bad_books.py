"""Excel and Parquet files that are damaged, ambiguous or wrong in a cell."""

import datetime as dt
import io
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxlab.tables import read_table
from cxlab.tables.templates import folder


def typed(cell):
    """Return a text of the template as a spreadsheet holds it."""
    for kind in (int, float, dt.datetime.fromisoformat):
        try:
            return kind(cell)
        except ValueError:
            pass
    return cell == "true" if cell in {"true", "false"} else cell or None


def book(t, name="contacts"):
    made = t(name)
    made.rows = [made.rows[0], *([typed(cell) for cell in r] for r in made.rows[1:])]
    return made


def put(column, cell):
    return lambda t: book(t).put(column, {3: cell}).excel()


def patched(data, member, change):
    """Return a zip with one member changed, or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = change(old.read(name)) if name == member else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def huge(data):
    """Return an Excel file that says it unpacks to 4.2 GB."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + (4_200_000_000).to_bytes(4, "little") + data[at + 28 :]


SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = "the Excel file is cut off or damaged: copy or download it again; it has "
BOOKS = {
    "cut off": (
        lambda t: book(t).excel()[:-300],
        ["the Excel or zip file is cut off or damaged: copy or download it again"],
    ),
    "cut off early": (
        lambda t: book(t).excel()[:2000],
        ["cut off or damaged", "it has 2,000 bytes"],
    ),
    "a zip of something else": (
        lambda t: zipped(notes="x"),
        ["the content is a zip, and no Excel file: save the table as .xlsx"],
    ),
    "a workbook of garbage": (
        lambda t: zipped(xl__workbook_xml="garbage"),
        [DAMAGED],
    ),
    "a sheet cut off inside": (
        lambda t: patched(book(t).excel(), SHEET, lambda xml: xml[:600]),
        [DAMAGED],
    ),
    "a sheet that is gone": (
        lambda t: patched(book(t).excel(), SHEET, lambda xml: None),
        [DAMAGED],
    ),
    "a zip bomb": (lambda t: huge(book(t).excel()), ["it unpacks to 4.2 GB, at most"]),
    "an empty sheet": (
        lambda t: type(t("contacts"))([]).excel(),
        ["the sheet is empty: table"],
    ),
    "two sheets that could be it": (
        lambda t: book(t).excel(other=book(t)),
        ["the table may be on sheet 'table' or 'other': say --sheet 'table'"],
    ),
    "titles above the header": (
        lambda t: type(t("contacts"))([["Report"], [None], *book(t).rows]).excel(),
        ["row 3, value 'contact_id, cust", "the headers must stand in row 1 of the sh"],
    ),
    "none of our headers": (
        lambda t: type(t("contacts"))([["a", "b"], [1, 2]]).excel(),
        ["row 1, value 'a, b': row 1 of the sheet 'table' must hold the headers"],
    ),
    "headers and no rows": (
        lambda t: type(t("contacts"))(book(t).rows[:1]).excel(),
        ["row 2: the table has headers and no rows"],
    ),
    "a header twice": (
        lambda t: book(t).add("effort", 3).excel(),
        ["row 1, column effort, value 'effort': 2 headers say effort"],
    ),
    "a number that is text": (
        put("minutes", "9,5"),
        ["row 3, column minutes, value '9,5': must be a number, 0 or more, or blank; "],
    ),
    "a word for a number": (put("effort", "five"), ["row 3, column effort, value 'fi"]),
    "a date that is text": (
        put("time", "01/02/2024"),
        ["row 3, column time, value '01/02/2024': this can be day 1 of month 2 or day"],
    ),
    "a date that only text could be": (
        put("time", "31/01/2024"),
        ["row 3, column time, value '31/01/2024': dates of two forms in one column"],
    ),
    "a date that is a number": (
        put("time", 45323),
        ["row 3, column time, value '45323': a spreadsheet's number of a day"],
    ),
    "a time without a day": (put("time", dt.time(10, 30)), ["value '10:30:00': must "]),
    "a number that became a date": (
        put("effort", dt.datetime.fromisoformat("2024-01-06")),
        ["row 3, column effort, value '2024-01-06 00:00:00': this is a date, perhaps "],
    ),
    "minutes as a span of time": (
        put("minutes", dt.timedelta(minutes=3)),
        ["row 3, column minutes, value '0:03:00': must be a number"],
    ),
    "yes for a number": (put("effort", True), ["row 3, column effort, value 'true'"]),
    "a formula never computed": (
        put("minutes", "=1+1"),
        ["row 3, column minutes, value '=1+1': a formula whose value the file does no"],
    ),
    "a formula in a text": (
        put("issue", "=1+1"),
        ["1 thing is", "row 3, column issue, value '=1+1': a formula whose value the "],
    ),
    "an error": (put("minutes", "#DIV/0!"), ["value '#DIV/0!': an error of the sprea"]),
    "a cell beside the table": (
        lambda t: type(t("contacts"))(
            [*book(t).rows[:2], [*book(t).rows[2], "stray"]]).excel(),
        ["row 3, column number 12, value 'stray': the row has 12 cells, the header 11"],
    ),
    "an id twice": (put("contact_id", "k1"), ["row 3, column contact_id, value 'k1'"]),
    "an id longer than a number can be": (
        put("contact_id", 1234567890123456789),
        ["row 3, column contact_id, value '1.23", "a spreadsheet has shortened this i"],
    ),
    "a bad cell below a blank row": (
        lambda t: type(t("contacts"))(
            [*book(t).rows[:2], [None] * 11, *book(t).put("effort", {4: 9}).rows[3:]]
        ).excel(),
        ["row 4, column effort, value '9'"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BOOKS)
def test_a_bad_workbook(case, bad, refused):
    refused(bad(*BOOKS[case], name="mine.xlsx"))


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("--sheet nope", "there is no sheet 'nope'; there are: table, other, empty"),
        ("--sheet empty", "the sheet is empty: empty"),
        ("--sheet other", "row 2, column effort, value '9'"),
    ],
)
def test_the_sheet_that_is_said(options, expected, bad, refused):
    def make(t):
        other = book(t).put("effort", {2: 9})
        return book(t).excel(other=other, empty=type(other)([]))

    refused(bad(make, [expected], name="mine.xlsx", options=options))


@pytest.mark.parametrize("name", ["mine.csv", "mine.parquet"])
def test_excel_under_another_name(name, bad, refused):
    said = ["its content is Excel: rename it to mine.xlsx"]
    refused(bad(lambda t: book(t).excel(), said, name=name))


def parquet(change=None, table="contacts", cut=None):
    """Return the template as Parquet, with some columns changed."""

    def make(t):
        frame = read_table(folder() / f"{table}.csv", table).frame
        changed = change(frame) if change else frame
        out = io.BytesIO()
        changed.to_parquet(out, index=False)
        return out.getvalue()[:cut]

    return make


def assigned(**columns):
    return parquet(lambda frame: frame.assign(**columns))


def written(table):
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


PARQUET = {
    "cut off": (parquet(cut=-50), ["the Parquet file is cut off or damaged"]),
    "cut off early": (parquet(cut=100), ["cut off or damaged", "it has 100 bytes"]),
    "garbage": (lambda t: b"PAR1" + bytes(500) + b"PAR1", ["cut off or damaged"]),
    "lists in cells": (
        assigned(issue=[["a"]] * 4),
        ["1 thing is", "row 2, column issue, value '['a']': a column of list<element:"],
    ),
    "bytes in cells": (assigned(issue=[b"a"] * 4), ["row 2, column issue", "of bin"]),
    "a column missing": (
        parquet(lambda frame: frame.drop(columns="time")),
        ["row 1, column time: this column is missing"],
    ),
    "no columns": (lambda t: written(pa.table({})), ["column contact_id: this column"]),
    "no rows": (parquet(lambda frame: frame.head(0)), ["row 2: the table has headers"]),
    "a column twice": (
        lambda t: written(pa.table([pa.array(["k"])] * 2, names=["contact_id"] * 2)),
        ["row 1, column contact_id, value 'contact_id': 2 headers say contact_id"],
    ),
    "text where numbers must be": (
        assigned(effort=["5", "x", "", "2"]),
        ["1 thing is", "row 3, column effort, value 'x'"],
    ),
    "an id twice": (
        assigned(contact_id=["k", "l", "k", "m"]),
        ["row 4, column contact_id, value 'k': contact_id must be unique, and row 2"],
    ),
    "a channel that is none, as a category": (
        assigned(channel=pd.Categorical(["web", "web", "fax", "web"])),
        ["row 4, column channel, value 'fax': must be one of web"],
    ),
    "a cell without a value": (
        assigned(channel=["web", None, "web", "web"]),
        ["row 3, column channel, value '': must not be blank"],
    ),
    "minutes without end": (
        assigned(minutes=[1, float("inf"), 2, 3]),
        ["row 3, column minutes, value 'inf'"],
    ),
    "ids that were numbers with fractions": (
        assigned(contact_id=[1.0, 2.0, 3.0, 4e15]),
        ["row 5, column contact_id, value '4e+15': a spreadsheet has shortened this i"],
    ),
    "days that are no days": (
        assigned(time=[dt.time(1)] * 4),
        ["row 2, column time, value '01:00:00.000000'"],
    ),
    "the year 9999 for never": (
        assigned(time=pd.Series(["9999-12-31"] * 4).astype("datetime64[s]")),
        ["row 2, column time, value '9999-12-31 00:00:00.000': must be a date and tim"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PARQUET)
def test_a_bad_parquet_file(case, bad, refused):
    refused(bad(*PARQUET[case], name="mine.parquet"))


def test_a_text_that_turns_out_to_be_none(bad, refused):
    """Damage inside a column leaves the file readable, and its texts not."""

    def make(t):
        whole = parquet(lambda frame: frame.assign(issue="delivery"))(t)
        return whole.replace(b"delivery", b"deliver\xff")

    refused(bad(make, ["the Parquet file is cut off or damaged"], name="mine.parquet"))


def test_parquet_under_another_name(bad, refused):
    said = ["its name says text (.csv), its content is Parquet: rename it to mine.par"]
    refused(bad(parquet(), said))
