"""Cells that break a rule: each is told with its row, its column and its value."""

import pytest

pytestmark = pytest.mark.once  # the same rules on every Python

EFFORT = "must be a whole number from 1 to 7 (points, 1 easy .. 7 hard), or blank"
DIGITS = "; digits only, no unit and no currency"
BLANK = "leave a cell without a value blank, or say that this means blank: --blank "
NO_DAY = "there is no such day"
NO_TIME = "there is no such time of day"
A_TIME = "must be a date and time, as 2024-02-01 14:30 or 01.02.2024"
ZONES = "times of several zones: most have none; write all by one clock"
FORMULA = "no text may begin like a formula (= + - @): take that sign off"
# the column, the cell in row 3, the rule it breaks
CELLS = [
    ("effort", "0", EFFORT),
    ("effort", "8", EFFORT),
    ("effort", "-1", EFFORT),
    ("effort", "7.5", EFFORT),
    ("effort", "five", EFFORT + DIGITS),
    ("effort", "6/7", EFFORT + DIGITS),
    ("effort", "7 points", EFFORT + DIGITS),
    ("effort", "٣", EFFORT + DIGITS),
    ("effort", "inf", EFFORT + DIGITS),
    ("effort", "1e400", EFFORT + DIGITS),
    ("effort", "=1+1", EFFORT + DIGITS),
    ("effort", "2024-01-05", "this is a date, perhaps a number that a spreadsheet"),
    ("effort", "NA", BLANK + "NA"),
    ("effort", "nan", BLANK + "nan"),
    ("effort", "#N/A", "an error of the spreadsheet: mend its formula"),
    ("effort", "6,5", "a decimal comma, where most of the file has a decimal point"),
    ("transfers", "-1", "must be a whole number, 0 or more, or blank"),
    ("transfers", "1.5", "must be a whole number, 0 or more, or blank"),
    ("minutes", "-3", "must be a number, 0 or more, or blank"),
    ("minutes", "12 min", DIGITS),
    ("minutes", "1:30", DIGITS),
    ("minutes", "€12", DIGITS),
    ("minutes", "95%", DIGITS),
    ("minutes", "(5)", DIGITS),
    ("minutes", "0x10", DIGITS),
    ("minutes", "1,23,456", DIGITS),
    ("minutes", "12.5.1", "this is a date, perhaps a number that a spreadsheet"),
    ("minutes", "1.234,5", "a decimal comma, where most of the file has a decimal po"),
    ("resolved", "maybe", "must be true or false, as in the rest of the column"),
    ("resolved", "yes", "must be true or false, as in the rest of the column"),
    ("resolved", "2", "must be true or false, as in the rest of the column"),
    ("channel", "fax", "must be one of web, phone, email, branch, chat, other"),
    ("channel", "", "must not be blank: one of web, phone"),
    ("issue", "", "must not be blank: some text"),
    ("issue", "-", BLANK + "-"),
    ("issue", "=cmd|' /C calc'!A0", FORMULA),
    ("issue", "+1", FORMULA),
    ("issue", "-x", FORMULA),
    ("issue", "@SUM(A1)", FORMULA),
    ("issue", "\uff1d1+1", FORMULA),
    ("customer_id", "=1+1", FORMULA),
    ("customer_id", "", "must not be blank: some text"),
    ("customer_id", "4.90E+14", "a spreadsheet has shortened this id: format its col"),
    ("contact_id", "k1", "contact_id must be unique, and row 2 has the same"),
    ("contact_id", " k1", "contact_id must be unique, and row 2 has the same"),
    ("contact_id", "", "must not be blank: some text"),
    ("time", "", "must not be blank: a date and time"),
    ("time", "2024-02-30", NO_DAY),
    ("time", "31.04.2024", NO_DAY),
    ("time", "29.02.2023", NO_DAY),
    ("time", "29.02.1900", NO_DAY),
    ("time", "2024-13-01", NO_DAY),
    ("time", "13/13/2024", NO_DAY),
    ("time", "0000-00-00", NO_DAY),
    ("time", "2024-02-01 25:00", NO_TIME),
    ("time", "2024-02-01 10:61", NO_TIME),
    ("time", "2024-02-01 13:45 PM", NO_TIME),
    ("time", "01.02.24", "write the year with four digits, as 2024-02-01"),
    ("time", "yesterday", A_TIME),
    ("time", "1 Feb 2024", A_TIME),
    ("time", "20240201", A_TIME),
    ("time", "01/02-2024", A_TIME),
    ("time", "45323", "a spreadsheet's number of a day: format the column as a date"),
    ("time", "45323.5", "a spreadsheet's number of a day: format the column as a dat"),
    ("time", "1024-02-01", "a date and time, between 1900-01-01 and 2100-01-01"),
    ("time", "2999-01-01", "a date and time, between 1900-01-01 and 2100-01-01"),
    ("time", "2024-02-01T10:00Z", ZONES),
    ("time", "2024-02-01 10:00+03:00", ZONES),
    ("time", "03.02.2024", "dates of two forms in one column: a spreadsheet under"),
    ("time", "01/02/2024", "this can be day 1 of month 2 or day 2 of month 1, and no"),
    ("time", "1-2-2024", "this can be day 1 of month 2 or day 2 of month 1, and no"),
]


@pytest.mark.parametrize(("column", "cell", "rule"), CELLS)
def test_a_cell_of_contacts_that_breaks_its_rule(column, cell, rule, bad, refused):
    value = f"row 3, column {column}, value '{cell.strip()}': "

    def make(t):
        separator = ";" if "," in cell else ","
        return t("contacts").put(column, {3: cell}).text(separator)

    message = refused(bad(make, [rule]))
    assert value.replace("' k1'", "'k1'") in message.replace("' k1'", "'k1'")
    assert "mine.csv: 1 thing is" in message


def many(name, **columns):
    """Return a table of 12 rows whose columns repeat these cells."""

    def make(t):
        made = t(name).long(12)
        for column, cells in columns.items():
            made.all(column, cells)
        return made.text(";")

    return make


WHICH = "no date of the file tells which: say --dates day-first or --dates month-first"
MARK = "no number of the file tells which: say --decimal point or --decimal comma"
OTHERS = {
    "a customer who left before joining": (
        "customers",
        lambda t: t("customers").put("left", {2: "2022-01-01"}).text(),
        ["row 2, column left, value '2022-01-01': left must not lie before joined"],
    ),
    "an employee who left before joining": (
        "employees",
        lambda t: t("employees").put("left", {3: "2022-08-31"}).text(),
        ["row 3, column left, value '2022-08-31': left must not lie before joined"],
    ),
    "a profit that is not revenue less cost": (
        "months",
        lambda t: t("months").put("profit", {3: "8300"}).text(),
        ["row 3, column profit, value '8300': must be revenue less cost"],
    ),
    "loyalty in percent": (
        "months",
        lambda t: t("months").put("loyalty", {3: "97.3"}).text(),
        ["row 3, column loyalty, value '97.3': must be a number from 0 to 1"],
    ),
    "a month twice": (
        "months",
        lambda t: t("months").put("month", {3: "2024-01-01"}).text(),
        ["row 3, column month, value '2024-01-01': month and branch_id must be unique"],
    ),
    "a month that begins in its middle": (
        "months",
        lambda t: t("months").put("month", {3: "2024-02-15"}).text(),
        ["row 3, column month, value '2024-02-15': must be the first day of a month"],
    ),
    "answers off their scales": (
        "surveys",
        lambda t: t("surveys").put("recommend", {3: "11"}).put("met", {2: "-4"}).put(
            "quality", {4: "0.5"}).text(),
        ["3 things are not", "row 2, column met, value '-4': must be a whole number fr",
         "row 4, column quality, value '0.5'"],
    ),
    "a negative amount": (
        "purchases",
        lambda t: t("purchases").put("amount", {3: "-5"}).text(),
        ["row 3, column amount, value '-5': must be a number, 0 or more"],
    ),
    "a mark that may set thousands apart": (
        "purchases",
        many("purchases", amount=["1,234", "5,678"]),
        ["12 things are not", "row 2, column amount, value '1,234': this can be 1234",
         "or 1.234, and " + MARK],
    ),
    "a point that may set thousands apart": (
        "purchases",
        many("purchases", amount=["1.234"]),
        ["row 2, column amount, value '1.234': this can be 1234 or 1.234, and " + MARK],
    ),
    "both decimal marks": (
        "purchases",
        many("purchases", amount=["1,25", "7,50", "5.75"]),
        ["4 things are not", "row 4, column amount, value '5.75': a decimal point, wh"],
    ),
    "dates with the day or the month first": (
        "contacts",
        many("contacts", time=["01/02/2024", "03/04/2024"]),
        ["row 2, column time, value '01/02/2024'", WHICH],
    ),
    "a date that never was settles nothing": (
        "contacts",
        many("contacts", time=["01/02/2024", "13/13/2024"]),
        ["row 2, column time, value '01/02/2024'", WHICH,
         "row 3, column time, value '13/13/2024': there is no such day"],
    ),
    "two columns of such dates": (
        "customers",
        many("customers", joined=["01/02/2023"], left=["03-04-2024"]),
        ["row 2, column joined, value '01/02/2023': this can be day 1 of month 2",
         "row 2, column left, value '03-04-2024': this can be day 3 of month 4", WHICH],
    ),
    "days first and months first": (
        "contacts",
        many("contacts", time=["13/02/2024", "14/02/2024", "02/15/2024"]),
        ["row 4, column time, value '02/15/2024': no such day if dates are day-first,"],
    ),
    "times of two zones": (
        "contacts",
        many("contacts", time=["2024-01-01 10:00+03:00"] * 3 + ["2024-07-01 9:00Z"]),
        ["row 5, column time, value '2024-07-01 9:00Z'", "most have +03:00"],
    ),
    "dates that a spreadsheet has half turned": (
        "contacts",
        many("contacts", time=["2024-02-01", "2024-03-01", "13.02.2024"]),
        ["row 4, column time, value '13.02.2024': dates of two forms in one column"],
    ),
    "an id that is very long": (
        "contacts",
        lambda t: t("contacts").put("contact_id", {3: "k" * 300}).text(),
        ["row 3, column contact_id, value 'kkk", "(300 characters): at most 200 chara"],
    ),
    "an id three times": (
        "contacts",
        lambda t: t("contacts").put("contact_id", {3: "k1", 5: "k1"}).text(),
        ["2 things are not", "row 3, column contact_id, value 'k1'",
         "row 5, column contact_id, value 'k1': contact_id must be unique, and row 2"],
    ),
    "an id again, 29,990 rows later": (
        "contacts",
        lambda t: t("contacts").long(30_000).put("contact_id", {29_999: "k7"}).text(),
        ["row 29999, column contact_id, value 'k7': contact_id must be unique, and ro"],
    ),
    "other types, late in the file": (
        "contacts",
        lambda t: t("contacts").long(30_000).put("effort", {29_999: "n/a"}).put(
            "resolved", {30_000: "yes"}).put("minutes", {30_001: "abc"}).text(),
        ["3 things are not", "row 29999, column effort, value 'n/a'",
         "row 30000, column resolved, value 'yes'",
         "row 30001, column minutes, value 'abc'"],
    ),
    "no answer that is yes or no": (
        "contacts",
        many("contacts", resolved=["x"]),
        ["row 2, column resolved, value 'x': must be true or false, or blank"],
    ),
    "everything at once": (
        "contacts",
        lambda t: t("contacts").put("effort", {2: "9"}).put("time", {3: "x"}).put(
            "contact_id", {4: "k1"}).put("channel", {5: "fax"}).put(
            "minutes", {2: "-1"}).text(),
        ["5 things are not", "row 2, column effort, value '9'",
         "row 2, column minutes, value '-1'", "row 3, column time, value 'x'",
         "row 4, column contact_id, value 'k1'", "row 5, column channel, value 'fax'"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERS)
def test_what_else_cells_can_break(case, bad, refused):
    table, make, said = OTHERS[case]
    refused(bad(make, said, table=table))


SAID = {
    "a decimal point, but there are commas": (
        "purchases", many("purchases", amount=["1,25", "5"]), "--decimal point",
        ["row 2, column amount, value '1,25': must be a number, 0 or more"],
    ),
    "year first, but it is last": (
        "contacts", many("contacts", time=["01/02/2024"]), "--dates iso",
        ["row 2, column time, value '01/02/2024': year-month-day, as was said"],
    ),
    "month first, but it is not": (
        "contacts", many("contacts", time=["01/02/2024", "31/01/2024"]),
        "--dates month-first",
        ["row 3, column time, value '31/01/2024': no such day if dates are month-firs"],
    ),
    "an order that is none": (
        "contacts", many("contacts"), "--dates american", ["--dates 'american' is"],
    ),
    "a decimal mark that is none": (
        "contacts", many("contacts"), "--decimal dot", ["--decimal 'dot' is none of"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of_cells_must_be_true(case, bad, refused):
    table, make, options, said = SAID[case]
    refused(bad(make, said, table=table, options=options))


class TestTheLimit:
    def test_of_each_kind_the_first_are_told_and_the_rest_is_counted(
        self, bad, refused
    ):
        make = many("contacts", effort=["9"], channel=["fax"])
        message = refused(bad(make, ["24 things are not"], options="--show 4"))
        told = [line for line in message.splitlines() if line.startswith("  row ")]
        assert [line.split(",")[1] for line in told] == [
            " column channel",
            " column effort",
            " column channel",
            " column effort",
        ]
        assert "... and 20 more (--show 24 shows all)" in message

    def test_a_rare_kind_is_not_drowned_by_a_frequent_one(self, bad, refused):
        def make(t):
            every = t("contacts").long(2000).all("effort", ["9"])
            return every.put("minutes", {1999: "-2"}).text()

        refused(bad(make, ["2,001 things are not", "row 1999, column minutes"]))
