"""Text files whose rows and headers do not fit: separators, quotes, header, lengths."""

import pytest

pytestmark = pytest.mark.once  # the same rules on every Python


def row(number, line):
    return lambda t: t("contacts").lines(**{f"row{number}": line})


QUOTED = "k2,c1,2024-01-10 16:40,phone,{},3,true,0,false,6,e1"
ROWS = {
    "another separator in one row": (
        lambda t: row(3, t("contacts").text(";").splitlines()[2])(t),
        ["row 3, value 'k2;c1;", "has 1 field, the header 11: are its fields separate"],
    ),
    "a row too short": (
        row(3, "k2,c1,2024-01-10 16:40,phone"),
        ["row 3, value 'k2,c1,2024-01-10 16:40,phone': the row has 4 fields"],
    ),
    "a row too long": (
        row(3, QUOTED.format("bill") + ",x,y"),
        ["row 3, value", "the row has 13 fields, the header 11"],
    ),
    "a decimal comma between commas": (
        row(3, "k2,c1,2024-01-10 16:40,phone,bill,3,true,0,false,6,5,e1"),
        ["row 3", "the row has 12 fields, the header 11: a decimal comma"],
    ),
    "a short row and a bad cell below": (
        lambda t: t("contacts").put("effort", {5: "9"}).lines(row3="k2,c1"),
        ["2 things are not", "row 3, value 'k2,c1'", "row 5, column effort, value '9'"],
    ),
    "a quotation mark that is never closed": (
        row(3, QUOTED.format('"bill')),
        ["row 3, column issue, value 'bill': a quotation mark opens here and is never"],
    ),
    "such a mark in the last row": (
        row(5, 'k4,c3,2024-03-02 19:30,web,"contract,2,true,,,,'),
        ["row 5, column issue, value 'contract': a quotation mark opens here"],
    ),
    "a quotation mark inside a field": (
        row(3, QUOTED.format('5" pipe')),
        ["row 3, column issue, value '5\" pipe': a quotation mark stands inside"],
    ),
    "text after a closing mark": (
        row(3, QUOTED.format('"bill"x')),
        ["row 3, column issue, value 'bill\"x': a quotation mark stands inside"],
    ),
    "a bad mark after a text of two lines": (
        lambda t: t("contacts").put("issue", {2: "two\nlines"}).text()
        + QUOTED.format('a"b') + "\n",
        ["row 6, column issue, value 'a\"b'"],
    ),
    "a huge cell": (
        lambda t: t("contacts").put("issue", {3: "x" * 20_000}).text(),
        ["row 3, column issue, value 'xxx", "(20,000 characters): at most 5,000"],
    ),
    "a huge row": (
        lambda t: t("contacts").put("issue", {3: "x" * 1_500_000}).text(),
        ["row 3, value", "the row holds 1,500,050 bytes, at most 1,000,000 are read"],
    ),
    "a bad cell below a text of two lines": (
        lambda t: t("contacts").put("issue", {2: "a\n"}).put("effort", {4: "9"}).text(),
        ["row 4, column effort, value '9'"],
    ),
    "a bad cell below blank lines": (
        lambda t: t("contacts").put("effort", {3: "9"}).lines(row1=(
            t("contacts").text().splitlines()[0] + "\n\n")),
        ["row 5, column effort, value '9'"],
    ),
    "line ends of an old Mac": (
        lambda t: t("contacts").put("effort", {4: "9"}).text(end="\r"),
        ["row 4, column effort, value '9'"],
    ),
    "a bad cell below the line sep=": (
        lambda t: "sep=;\n" + t("contacts").put("effort", {4: "9"}).text(";"),
        ["row 5, column effort, value '9'"],
    ),
    "a line sep= that is not true": (
        lambda t: "sep=;\n" + t("contacts").text(),
        ["row 1, value 'contact_id,", "separated by semicolon, as was said"],
    ),
    "2,500 short rows": (
        lambda t: t("contacts").long(300).text() + "k,1\n" * 2500,
        ["2,500 things are not", "row 302, value 'k,1'", "... and 2,480 more (--show"],
    ),
}  # fmt: skip
HEADERS = {
    "titles above the header": (
        lambda t: "Contacts of 2024\n\n" + t("contacts").text(),
        ["row 3, value 'contact_id,", "the headers must stand in row 1: delete the r"],
    ),
    "no header": (
        lambda t: "\n".join(t("contacts").text().splitlines()[1:]),
        ["row 1, value 'k1,c1,", "row 1 must hold the headers"],
    ),
    "nothing but a header": (
        lambda t: t("contacts").text().splitlines()[0],
        ["row 2: the table has headers and no rows"],
    ),
    "blanks between fields": (
        lambda t: t("contacts").text(" "),
        ["row 1, value 'contact_id customer_id", "separated by comma, semicolon, tab"],
    ),
    "a header left blank": (
        lambda t: t("contacts").head(issue="").text(),
        ["row 1, column issue: this column is missing",
         "row 2, column number 5, value 'bill': column number 5 has cells and no head"],
    ),
    "a column beyond the headers": (
        lambda t: t("contacts").add("", "x").text(),
        ["row 2, column number 12, value 'x': column number 12 has cells and no head"],
    ),
    "a header twice": (
        lambda t: t("contacts").add("effort", "3").text(),
        ["row 1, column effort, value 'effort': 2 headers say effort: keep one"],
    ),
    "two headers that mean the same": (
        lambda t: t("contacts").head(effort="Effort score").add("customer_effort")
        .text(),
        ["row 1, column effort, value 'customer_effort': 2 headers say effort"],
    ),
    "headers in Cyrillic": (
        lambda t: t("contacts").head(contact_id="номер", time="время").text(),
        ["row 1, column contact_id: this column is missing", "The file has 'номер'",
         "row 1, column time: this column is missing",
         "--column time='NAME IN THE FILE'"],
    ),
    "three columns missing": (
        lambda t: t("contacts").drop("contact_id", "time", "issue").text(),
        ["3 things are not", "column contact_id", "column time", "column issue"],
    ),
    "a header mistyped": (
        lambda t: t("contacts").head(channel="channels").text(),
        ["row 1, column channel: this column is missing", "channel='channels'"],
    ),
    "5,000 columns, none of them ours": (
        lambda t: ",".join(f"q{i}" for i in range(5000)) + "\n" + "1," * 4999 + "1\n",
        ["row 1, value 'q0,q1", "none of the table's columns is named there"],
    ),
    "another table": (
        lambda t: t("purchases").text(),
        ["column contact_id: this column is missing", "column issue: this column is"],
    ),
}  # fmt: skip
SAID = {
    "the wrong separator": (
        "--separator semicolon",
        [
            "row 1, value 'contact_id,",
            "separated by semicolon, as was said, the header",
        ],
    ),
    "no separator": ("--separator dot", ["--separator 'dot' is none of"]),
    "a column that the file lacks": (
        "--column effort=CES7",
        ["row 1, column CES7: this column is missing: how hard it was"],
    ),
    "a column that the table lacks": (
        "--column efforts=effort",
        ["has no column 'efforts'; the nearest is 'effort'"],
    ),
    "a column without its header": (
        "--column effort",
        ["'effort' does not say which column it is in the file"],
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_does_not_fit(case, bad, refused):
    refused(bad(*ROWS[case]))


@pytest.mark.parametrize("case", HEADERS)
def test_headers_that_do_not_fit(case, bad, refused):
    refused(bad(*HEADERS[case]))


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of_rows_must_be_true(case, bad, refused):
    options, said = SAID[case]
    refused(bad(lambda t: t("contacts").text(), said, options=options))


def test_a_table_that_there_is_not(bad, refused):
    said = ["There is no table 'contact'; the nearest is 'contacts'"]
    refused(bad(lambda t: t("contacts").text(), said, table="contact"))
