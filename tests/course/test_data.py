"""`cxlab data`: templates, a table checked, a table told."""

import pandas as pd
import pytest

from cxlab.course.cli import main
from cxlab.tables import SCHEMAS, own_table, read_table
from cxlab.tables.templates import template, write_templates


def data(*words):
    return main(["data", *map(str, words)])


class TestTemplate:
    def test_without_a_name_it_lists_all_tables(self, capsys):
        assert data("template") == 0
        said = capsys.readouterr().out
        assert all(f"\n{name} " in f"\n{said}" for name in SCHEMAS)

    def test_with_a_name_it_is_the_file(self, capsys):
        assert data("template", "months") == 0
        assert capsys.readouterr().out == template("months")

    def test_it_is_written_beside_what_its_columns_mean(self, tmp_path, capsys):
        path = tmp_path / "mine.csv"
        assert data("template", "contacts", "-o", path) == 0
        assert path.read_text(encoding="utf-8") == template("contacts")
        said = capsys.readouterr().out
        assert (
            "effort                 a whole number from 1 to 7 (points, 1 easy" in said
        )

    def test_never_over_a_file(self, tmp_path, capsys):
        path = tmp_path / "mine.csv"
        path.write_text("precious", encoding="utf-8")
        assert data("template", "contacts", "-o", path) == 2
        assert path.read_text(encoding="utf-8") == "precious"
        assert "is there already, and stays as it is" in capsys.readouterr().err

    def test_an_unknown_one_is_told_the_nearest(self, capsys):
        assert data("template", "contact") == 2
        assert "the nearest is 'contacts'" in capsys.readouterr().err

    def test_all_are_written_to_one_folder(self, monkeypatch, tmp_path):
        monkeypatch.setattr("cxlab.tables.templates.folder", lambda: tmp_path / "new")
        assert {path.stem for path in write_templates()} == set(SCHEMAS)


@pytest.fixture
def contacts(tmp_path):
    """Write 200 contacts whose dates, decimals and effort have to be told."""
    frame = own_table("contacts").frame.head(200).copy()
    frame["time"] = frame["time"].dt.strftime("%m/%d/%Y %H:%M")
    frame["effort"] = (8 - frame["effort"]).astype("Int64")
    path = tmp_path / "raw.csv"
    frame.to_csv(path, index=False, sep=";", decimal=",")
    return path


class TestCheck:
    def test_a_good_table_is_told_how_it_was_read(self, contacts, capsys):
        assert data("check", "contacts", contacts, "--reversed", "effort") == 0
        said = capsys.readouterr().out
        assert "raw.csv: 200 rows of contacts, all as they must be." in said
        assert "dates: month-first (as they show)" in said
        assert "effort: turned round, as said" in said

    @pytest.mark.parametrize("ending", ["csv", "parquet"])
    def test_written_clean_a_lesson_reads_it_without_options(
        self, contacts, ending, tmp_path
    ):
        clean = tmp_path / f"clean.{ending}"
        words = ("check", "contacts", contacts, "--reversed", "effort", "-o", clean)
        assert data(*words) == 0
        mine = own_table("contacts", clean)
        example = own_table("contacts").frame.head(200)
        assert mine.label == "REAL"
        assert mine.source == f"Your own table clean.{ending}, 200 rows."
        pd.testing.assert_series_equal(mine.frame["effort"], example["effort"])

    def test_what_was_said_of_a_scale_stays_with_a_parquet_file(self, tmp_path, capsys):
        """It could not stand in a CSV file, and would be asked again."""
        frame = own_table("contacts").frame.head(200)
        short = frame.assign(effort=frame["effort"].clip(upper=5))
        short.to_csv(tmp_path / "raw.csv", index=False)
        words = ("check", "contacts", tmp_path / "raw.csv", "--scale", "effort=1-5")
        assert data(*words, "-o", tmp_path / "clean.csv") == 2
        assert "write a .parquet file" in capsys.readouterr().err
        assert data(*words, "-o", tmp_path / "clean.parquet") == 0
        clean = read_table(tmp_path / "clean.parquet", "contacts").frame
        assert clean["effort"].max() == 7

    def test_the_file_itself_is_never_written_over(self, contacts, capsys):
        before = contacts.read_bytes()
        words = ("check", "contacts", contacts, "--reversed", "effort", "-o", contacts)
        assert data(*words) == 2
        assert contacts.read_bytes() == before
        assert "is there already" in capsys.readouterr().err

    def test_another_ending_is_refused(self, contacts, tmp_path, capsys):
        words = ("check", "contacts", contacts, "--reversed", "effort")
        assert data(*words, "-o", tmp_path / "clean.xlsx") == 2
        assert "written as .csv or .parquet" in capsys.readouterr().err

    def test_a_lesson_says_where_options_go(self, contacts):
        with pytest.raises(ValueError, match="seems to be reversed") as caught:
            own_table("contacts", contacts)
        assert "cxlab data check contacts FILE OPTIONS -o" in caught.value.__notes__[0]


class TestDescribe:
    def test_a_table_is_told_in_aggregates(self, contacts, capsys):
        assert data("describe", "contacts", contacts, "--reversed", "effort") == 0
        said = capsys.readouterr().out
        assert said.startswith("contacts: 200 rows of ")
        assert "C0000" not in said
        assert "K0000" not in said

    def test_a_bad_table_is_not_told(self, tmp_path, capsys):
        path = tmp_path / "bad.csv"
        path.write_text(template("contacts").replace("phone", "fax"), encoding="utf-8")
        assert data("describe", "contacts", path) == 2
        spoken = capsys.readouterr()
        assert spoken.out == ""
        assert "column channel, value 'fax'" in spoken.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "required: WHAT"),
        (["check"], "required: table, file"),
        (["check", "contacts", "x.csv", "--show", "0"], "'0' is not a number from 1"),
        (["inspect"], "invalid choice"),
    ],
)
def test_wrong_usage_is_2(words, said, capsys):
    assert data(*words) == 2
    assert said in capsys.readouterr().err
