"""The good twins: what looks like the bad files, and is read, and is said to be."""

import datetime as dt
import io
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.tables import BadTable, Options, read_table
from cxlab.tables.templates import template

RUSSIAN = dict(enumerate(["доставка", "счёт", "договор", "возврат"], 2))
ISSUES = list(RUSSIAN.values())


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1251", "cp1251 (the only one that gives words)"),
        ("koi8-r", "koi8_r (the only one that gives words)"),
        ("cp866", "cp866 (the only one that gives words)"),
        ("utf-8", "UTF-8 (as its bytes show)"),
        ("utf-8-sig", "UTF-8 (by its first bytes (BOM))"),
        ("utf-16", "utf-16 (by its first bytes (BOM))"),
        ("utf-16-le", "utf-16-le (by its zero bytes)"),
        ("utf-16-be", "utf-16-be (by its zero bytes)"),
        ("utf-32", "utf-32 (by its first bytes (BOM))"),
    ],
)
def test_cyrillic_in_many_encodings(encoding, said, read):
    checked = read(
        lambda t: t("contacts").put("issue", RUSSIAN).text(";").encode(encoding)
    )
    assert checked.frame["issue"].tolist() == ISSUES
    assert checked.found["encoding"] == said


@pytest.mark.parametrize(
    ("word", "encoding", "known"),
    [
        ("Müller", "cp1252", "cp1252"),
        ("Straße", "cp1250", "cp1252"),
        ("Łódź", "cp1250", "cp1250"),
    ],
)
def test_one_word_is_enough_where_one_reading_gives_it(word, encoding, known, read):
    """Where two encodings give the same letters, which of them it was is one."""
    checked = read(
        lambda t: t("contacts").put("issue", {2: word}).text().encode(encoding)
    )
    assert checked.frame["issue"][0] == word
    assert checked.found["encoding"].startswith(known)


def test_a_word_in_doubt_is_read_once_its_encoding_is_said(read):
    said = {"encoding": "cp1251"}
    checked = read(
        lambda t: t("contacts").put("issue", {2: "Ж"}).text().encode("cp1251"),
        options=said,
    )
    assert checked.frame["issue"][0] == "Ж"
    assert checked.found["encoding"] == "cp1251 (as said)"


@pytest.mark.parametrize(
    ("separator", "name"),
    [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_separator_and_line_end(separator, name, end, read):
    checked = read(lambda t: t("contacts").text(separator, end))
    assert checked.found["separator"].startswith(name)
    assert checked.frame["minutes"].tolist()[:3] == [14.5, 6, 9.2]


class TestRows:
    def test_marks_within_marks_and_texts_of_two_lines(self, read):
        texts = {2: 'a "big" bill, late', 3: "two\nlines", 4: ";", 5: "it's"}
        checked = read(lambda t: t("contacts").put("issue", texts).text())
        assert checked.frame["issue"].tolist() == list(texts.values())

    def test_separators_at_the_end_of_each_line(self, read):
        """As some programs write them: columns without header and content."""
        lines = template("contacts").replace(",", ";").splitlines()
        assert len(read(lambda t: "\n".join(f"{line};;" for line in lines)).frame) == 4

    def test_a_line_sep_is_believed(self, read):
        checked = read(lambda t: "sep=;\n" + t("contacts").text(";"))
        assert checked.found["separator"] == "semicolon (as said)"

    def test_blank_rows_are_left_out_and_counted(self, read):
        checked = read(lambda t: t("contacts").text() + ",,,,,,,,,,\n\n \n")
        assert "3 blank rows are left out" in checked.notes

    def test_columns_that_are_not_ours_are_not_read_and_named(self, read):
        checked = read(lambda t: t("contacts").add("note", "=1+1").text())
        assert checked.ignored == ("note",)
        assert "not read: 'note'" in str(checked)

    def test_headers_by_other_names_are_told_to_be_confirmed(self, read):
        checked = read(
            lambda t: t("contacts").head(customer_id="Client ID", effort="q7").text(),
            options={"columns": {"effort": "q7"}},
        )
        assert checked.renamed == {"customer_id": "Client ID", "effort": "q7"}
        assert "Please confirm" in str(checked)
        assert "customer_id: taken from the column 'Client ID'" in str(checked)

    def test_columns_that_may_be_missing_come_blank(self, read):
        checked = read(lambda t: t("contacts").drop("effort", "resolved").text())
        assert checked.frame["effort"].isna().all()
        assert checked.lacking == ("effort", "resolved")


class TestNumbers:
    def test_decimal_commas_between_semicolons(self, read):
        amounts = ["49,90", "1.234,50", "12"]
        checked = read(
            lambda t: t("purchases").all("amount", amounts).text(";"), "purchases"
        )
        assert checked.frame["amount"].tolist() == [49.9, 1234.5, 12]
        assert checked.found["decimal mark"] == "comma (as its numbers show)"
        assert "amount: thousands are set apart in 1 number" in checked.notes

    @pytest.mark.parametrize(
        ("cell", "number"),
        [("1,234.5", 1234.5), ("1 234.5", 1234.5), ("12'000", 12000), (".5", 0.5),
         ("1\u00a0234", 1234), ("1\u202f234", 1234), ("+5", 5), ("5.", 5),
         ("1e3", 1000), ("1.5E-1", 0.15), ("0.125", 0.125), ("1234.125", 1234.125)],
    )  # fmt: skip
    def test_numbers_that_can_be_read_in_one_way_only(self, cell, number, read):
        checked = read(
            lambda t: t("purchases").put("amount", {2: cell}).text(";"), "purchases"
        )
        assert checked.frame["amount"][0] == number

    @pytest.mark.parametrize(
        ("said", "cell", "number"),
        [("point", "1,234", 1234), ("comma", "1,234", 1.234),
         ("comma", "1.234", 1234), ("point", "1.234", 1.234)],
    )  # fmt: skip
    def test_what_is_said_settles_three_digits(self, said, cell, number, read):
        checked = read(
            lambda t: t("purchases").all("amount", [cell]).text(";"),
            "purchases",
            options={"decimal": said},
        )
        assert checked.frame["amount"][0] == number

    def test_on_a_scale_that_ends_at_seven_there_are_no_thousands(self, read):
        """So 5.123 of a mean settles the decimal mark of the whole file."""
        columns = {"quality": ["5.123"], "revenue": ["1.250"], "cost": ["0.250"]}

        def make(t):
            made = t("months").all("profit", ["1.000"])
            for name, cells in columns.items():
                made.all(name, cells)
            return made.text()

        assert read(make, "months").frame["revenue"][0] == 1.25

    def test_a_word_that_is_said_to_mean_blank(self, read):
        checked = read(
            lambda t: t("contacts").put("effort", {2: "NA", 3: "-"}).text(),
            options={"blank": ("NA", "-")},
        )
        assert checked.frame["effort"].isna().tolist() == [True, True, True, False]


class TestDates:
    @pytest.mark.parametrize(
        ("cells", "first", "said"),
        [
            (["01/02/2024", "13/02/2024"], "2024-02-01", "day-first (as they show)"),
            (["01/02/2024", "02/13/2024"], "2024-01-02", "month-first (as they show)"),
            (["1-2-2024", "31-12-2024"], "2024-02-01", "day-first (as they show)"),
            (["01.02.2024"], "2024-02-01", "day-first (as they show)"),
            (["2024/02/01", "2024/2/3"], "2024-02-01", "year-month-day"),
            (["29.02.2000"], "2000-02-29", "day-first (as they show)"),
            (["29.02.2024 7:05"], "2024-02-29 07:05", "day-first (as they show)"),
            (["2/1/2024 1:45 PM", "2/13/2024 12:15 AM"], "2024-02-01 13:45",
             "month-first (as they show)"),
            (["2024-02-01T10:00:00.25Z"], "2024-02-01 10:00:00.25", "year-month-day"),
        ],
    )  # fmt: skip
    def test_forms_that_settle_themselves(self, cells, first, said, read):
        checked = read(lambda t: t("contacts").all("time", cells).text())
        assert checked.frame["time"][0] == pd.Timestamp(first)
        assert checked.found["dates"] == said

    def test_one_column_settles_another(self, read):
        def make(t):
            made = t("customers").all("joined", ["01/02/2023"])
            return made.all("left", ["31/03/2024"]).text()

        frame = read(make, "customers").frame
        assert frame["joined"][0] == pd.Timestamp("2023-02-01")

    @pytest.mark.parametrize(
        ("said", "day"), [("day-first", "2024-02-01"), ("month-first", "2024-01-02")]
    )
    def test_what_is_said_settles_the_rest(self, said, day, read):
        checked = read(
            lambda t: t("contacts").all("time", ["01/02/2024"]).text(),
            options={"dates": said},
        )
        assert checked.frame["time"][0] == pd.Timestamp(day)

    def test_a_time_of_day_in_a_date_is_left_off_and_said(self, read):
        cells = {2: "2023-01-09 14:00"}
        checked = read(
            lambda t: t("customers").put("joined", cells).text(), "customers"
        )
        assert checked.frame["joined"][0] == pd.Timestamp("2023-01-09")
        assert "joined: the time of day is left off in 1 row" in checked.notes

    def test_one_zone_for_all_is_said(self, read):
        checked = read(
            lambda t: t("contacts").all("time", ["2024-01-01T10:00+03:00"]).text()
        )
        assert checked.frame["time"][0] == pd.Timestamp("2024-01-01 10:00")
        zone = "time: all times are in the zone +03:00, as written"
        assert zone in checked.notes


@pytest.mark.parametrize(
    "words", [("yes", "No"), ("1", "0"), ("да", "нет"), ("TRUE", "FALSE"), ("j", "x")]
)
def test_yes_and_no_in_other_words(words, read):
    def make(t):
        return t("contacts").all("resolved", words).text()

    if words == ("j", "x"):
        with pytest.raises(BadTable, match="must be true or false"):
            read(make)
    else:
        assert read(make).frame["resolved"].tolist() == [True, False, True, False]


class TestWorkbooks:
    def make(self, t):
        made = t("contacts").put("minutes", {2: 14.5, 3: 6, 4: 9.25})
        made.all("time", [dt.datetime.fromisoformat("2024-02-01T09:15:00")])
        made.put("effort", {2: 6, 3: 3, 5: 2}).put("resolved", {2: False, 3: True})
        return made.put("contact_id", {2: 17})

    def test_dates_numbers_and_ids_are_what_they_are(self, read):
        frame = read(lambda t: self.make(t).excel(), name="mine.xlsx").frame
        assert frame["time"][0] == pd.Timestamp("2024-02-01 09:15")
        assert frame["minutes"].tolist()[:3] == [14.5, 6, 9.25]
        assert frame["contact_id"][0] == "17"

    def test_the_sheet_is_found_by_its_headers(self, read):
        def make(t):
            notes = type(t("contacts"))([["what we did"], ["exported"]])
            return self.make(t).excel(notes=notes)

        checked = read(make, name="mine.xlsx")
        assert checked.found["sheet"] == "table, of table, notes"


def parquet(frame):
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()


def contacts_frame(tmp_path):
    path = tmp_path / "template.csv"
    path.write_text(template("contacts"), encoding="utf-8")
    frame = read_table(path, "contacts").frame
    path.unlink()
    return frame


class TestParquet:
    def test_categories_zones_and_nanoseconds(self, read, tmp_path):
        frame = contacts_frame(tmp_path)
        other = frame.astype({"channel": "category", "customer_id": "category"}).assign(
            time=frame["time"].astype("datetime64[ns]").dt.tz_localize("Europe/Moscow")
        )
        again = read(lambda t: parquet(other), name="mine.parquet").frame
        pd.testing.assert_frame_equal(again, frame)

    def test_blank_is_what_is_no_number(self, read, tmp_path):
        frame = contacts_frame(tmp_path).assign(minutes=[1.5, np.nan, 2, np.nan])
        again = read(lambda t: parquet(frame), name="mine.parquet").frame
        assert again["minutes"].isna().tolist() == [False, True, False, True]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]),
    min_size=1, max_size=12,
).filter(lambda text: text[0] not in "=+-@\uff1d\uff0b\uff0d\uff20"
         and text.strip() == text and "\ufffd" not in text
         and text.lower() not in {"na", "n/a", "nan", "null", "none", "nil"}
         and text not in {"?", ".", "--"} and not text.startswith("#"))  # fmt: skip
MOMENTS = st.datetimes(
    dt.datetime.fromisoformat("1990-01-01"), dt.datetime.fromisoformat("2090-01-01")
)


@st.composite
def purchases(draw):
    rows = draw(st.lists(st.tuples(
        TEXT, MOMENTS, st.integers(0, 10**8)), min_size=1, max_size=8))  # fmt: skip
    return pd.DataFrame(
        {
            "purchase_id": [f"p{i}" for i in range(len(rows))],
            "customer_id": pd.Series([row[0] for row in rows], dtype="str"),
            "date": pd.to_datetime([row[1].date() for row in rows]).as_unit("us"),
            "amount": [row[2] / 100 for row in rows],
        }
    )


def read_or_reason(path):
    try:
        return read_table(path, "purchases").frame
    except BadTable as refusal:
        return str(refusal)


class TestRoundTrips:
    """What is written in any usual form is read as it was, or refused."""

    @settings(max_examples=25)
    @given(
        frame=purchases(),
        separator=st.sampled_from(",;\t|"),
        decimal=st.sampled_from(".,"),
        form=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
        end=st.sampled_from(["\n", "\r\n"]),
    )
    def test_a_table_survives_every_form_of_text(
        self, frame, separator, decimal, form, encoding, end, tmp_path_factory
    ):
        path = tmp_path_factory.mktemp("trip") / "mine.csv"
        frame.to_csv(
            path, index=False, sep=separator, decimal=decimal, date_format=form,
            encoding=encoding, lineterminator=end,
        )  # fmt: skip
        order = {"%d/%m/%Y": "day-first", "%m/%d/%Y": "month-first"}.get(form, "")
        said = Options(
            dates=order, decimal={".": "point", ",": "comma"}[decimal],
            separator={"\t": "tab", "|": "bar"}.get(separator, separator),
        )  # fmt: skip
        again = read_table(path, "purchases", options=said).frame
        pd.testing.assert_frame_equal(again, frame)

    @settings(max_examples=25)
    @given(frame=purchases(), decimal=st.sampled_from(".,"), seed=st.integers(0, 99))
    def test_what_is_not_said_is_found_right_or_asked_for(
        self, frame, decimal, seed, tmp_path_factory
    ):
        """Never read wrongly: 1,234 and 01/02/2024 are asked about, not guessed."""
        path = tmp_path_factory.mktemp("trip") / "mine.csv"
        form = random.Random(seed).choice(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d"])
        frame.to_csv(path, index=False, sep=";", decimal=decimal, date_format=form)
        again = read_or_reason(path)
        if isinstance(again, str):
            assert "tells which: say --" in again
        else:
            pd.testing.assert_frame_equal(again, frame)
