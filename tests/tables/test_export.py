"""What leaves: no small group, no formula."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.tables import SCHEMAS, describe, neutralised, own_table, withheld
from cxlab.tables.describe import OTHERS, counted


class TestWithheld:
    table = pd.DataFrame(
        {
            "branch": ["b1", "b2", "b3"],
            "n": [120, 4, 5],
            "effort": [2.5, 6.66, 3.0],
            "best": [True, False, False],
            "since": pd.to_datetime(["2020-01-01", "2021-02-03", "2022-01-01"]),
        }
    )

    def test_of_four_people_nothing_is_said_of_five_all(self):
        shown = withheld(self.table)
        assert shown["n"].tolist() == [120, "fewer than 5", 5]
        assert shown.loc[1, ["effort", "best", "since"]].isna().all()
        assert shown.loc[2, "effort"] == 3
        assert shown["branch"].tolist() == ["b1", "b2", "b3"]

    def test_the_values_are_gone_from_every_rendering(self):
        shown = withheld(self.table)
        for said in (shown.to_csv(), shown.to_html(), shown.to_string()):
            assert "6.66" not in said
            assert "2021" not in said

    def test_the_table_that_was_given_stays(self):
        before = self.table.copy()
        withheld(self.table)
        pd.testing.assert_frame_equal(self.table, before)

    def test_a_group_of_unknown_size_counts_as_small(self):
        shown = withheld(self.table.assign(n=[120, None, 5]))
        assert shown["n"][1] == "fewer than 5"

    def test_keys_that_are_numbers_stay_when_named(self):
        shown = withheld(
            pd.DataFrame({"transfers": [0, 7], "n": [90, 2]}), keys=["transfers"]
        )
        assert shown["transfers"].tolist() == [0, 7]

    def test_without_its_count_it_asks_for_it(self):
        with pytest.raises(
            ValueError, match=r"no column 'people'.*there are branch, n"
        ):
            withheld(self.table, count="people")

    @given(st.lists(st.integers(0, 12), min_size=1, max_size=20), st.integers(1, 9))
    def test_whatever_the_counts_no_small_one_is_left(self, counts, least):
        frame = pd.DataFrame({"n": counts, "value": [float(n) for n in counts]})
        shown = withheld(frame, least=least)
        numbers = [n for n in shown["n"] if not isinstance(n, str)]
        assert all(n >= least for n in numbers)
        assert shown["value"].notna().sum() == len(numbers)


class TestNeutralised:
    @pytest.mark.parametrize(
        "cell",
        ["=1+1", "+49 170", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "=",
         "-2+3+cmd|' /C calc'!A0", '=HYPERLINK("http://x")'],
    )  # fmt: skip
    def test_a_formula_becomes_a_text(self, cell):
        assert neutralised(pd.DataFrame({"a": [cell]}))["a"][0] == f"'{cell}"

    @pytest.mark.parametrize("cell", ["bill", "a=b", "", "-5", "+1.5", "-1e-3", None])
    def test_what_is_no_formula_stays(self, cell):
        frame = pd.DataFrame({"a": pd.Series([cell, "x"], dtype="str")})
        pd.testing.assert_frame_equal(neutralised(frame), frame)

    def test_numbers_and_dates_stay_what_they_are(self):
        frame = pd.DataFrame(
            {"a": [-1.5], "b": [-3], "c": [pd.Timestamp("2024-01-01")]}
        )
        pd.testing.assert_frame_equal(neutralised(frame), frame)

    def test_headers_row_labels_and_categories_are_looked_at_too(self):
        frame = pd.DataFrame(
            {"=a": pd.Categorical(["@x", "y"])}, index=pd.Index(["-r", "s"], name="=i")
        )
        safe = neutralised(frame)
        assert list(safe.columns) == ["'=a"]
        assert safe.index.tolist() == ["'-r", "s"]
        assert safe.index.name == "'=i"
        assert safe["'=a"].tolist() == ["'@x", "y"]

    def test_two_columns_of_one_name_and_levels_of_labels(self):
        index = pd.MultiIndex.from_tuples([("=x", 1), ("y", -2)])
        frame = pd.DataFrame([["=1", 2], ["3", 4]], columns=["a", "a"], index=index)
        safe = neutralised(frame)
        assert safe.iloc[0, 0] == "'=1"
        assert safe.index.tolist() == [("'=x", 1), ("y", -2)]

    @given(st.lists(st.text(max_size=8), min_size=1, max_size=6))
    def test_no_cell_of_the_csv_begins_like_a_formula(self, cells):
        frame = pd.DataFrame({"a": pd.Series(cells, dtype="str")})
        text = neutralised(frame).to_csv(index=False, lineterminator="\n")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                bare = cell.lstrip()
                formula = bare[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"}
                assert not formula or bare.lstrip("+-").replace(".", "").isdigit()


def people(*sizes, names="abcdefgh"):
    """Return groups of so many people, one row each."""
    labels = [names[i] for i, size in enumerate(sizes) for _ in range(size)]
    return pd.Series(labels, dtype="str"), pd.Series(range(len(labels)))


class TestCounted:
    def test_small_groups_are_put_together(self):
        table = counted(*people(20, 3, 4))
        assert table["group"].tolist() == ["a", OTHERS]
        assert table["rows"].tolist() == [20, 7]

    def test_one_small_group_takes_another_in(self):
        """Else what is missing in the sum would tell how many it is."""
        table = counted(*people(20, 8, 2))
        assert dict(zip(table["group"], table["rows"], strict=True)) == {
            "a": 20,
            OTHERS: 10,
        }

    def test_of_fewer_than_five_nothing_is_told(self):
        assert counted(*people(3, 1)).empty

    def test_people_are_counted_not_rows(self):
        """Seven contacts of two customers are a group of two."""
        labels = pd.Series(["chat"] * 7 + ["web"] * 20, dtype="str")
        who = pd.Series([1, 2, 1, 2, 1, 2, 1, *range(10, 30)])
        assert "chat" not in counted(labels, who)["group"].tolist()

    def test_scores_stand_in_their_order(self):
        labels = pd.Series(["7"] * 9 + ["-1"] * 8 + ["10"] * 6, dtype="str")
        table = counted(labels, pd.Series(range(23)))
        assert table["group"].tolist() == ["-1", "7", "10"]

    @given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
    def test_no_group_of_fewer_than_five_is_ever_told(self, sizes):
        labels, who = people(*sizes)
        table = counted(labels, who)
        assert (table["rows"] >= 5).all()
        assert table["rows"].sum() in {0, len(labels)}


class TestDescribe:
    @pytest.mark.parametrize("name", SCHEMAS)
    def test_no_id_no_amount_and_no_day_of_the_table_is_told(self, name):
        schema = SCHEMAS[name]
        table = own_table(name).frame.head(300)
        said = str(describe(table, schema))
        words = set(said.replace(",", " ").split())
        for column in schema.columns:
            cells = table[column.name].dropna()
            if column.kind == "id":
                assert words.isdisjoint(cells)
            elif column.kind in {"date", "time"}:
                assert not any(day in said for day in cells.dt.strftime("%Y-%m-%d"))
            elif column.unit.startswith("money"):
                assert words.isdisjoint(f"{amount:.2f}" for amount in cells)

    def test_a_value_planted_in_one_row_is_not_told(self):
        contacts = own_table("contacts").frame.copy()
        contacts.loc[0, "issue"] = "Mrs Smith of Elm Street"
        contacts.loc[1, "minutes"] = 987.65
        said = str(describe(contacts, SCHEMAS["contacts"]))
        assert "Smith" not in said
        assert "987" not in said

    def test_means_shares_and_counts_are_told(self):
        contacts = own_table("contacts").frame
        told = describe(contacts, SCHEMAS["contacts"])
        effort = told.numbers.set_index("column").loc["effort"]
        assert float(effort["mean"]) == pytest.approx(contacts["effort"].mean(), 0.01)
        channels = told.groups["channel"]
        assert channels["rows"].sum() == len(contacts)
        assert f"{len(contacts):,} rows" in str(told)

    def test_a_table_of_four_people_says_next_to_nothing(self):
        table = own_table("surveys").frame.head(4)
        said = describe(table, SCHEMAS["surveys"])
        assert said.groups == {}
        assert set(said.numbers["known"]) == {"fewer than 5 people"}
        assert str(said).startswith("surveys: fewer than 5 rows of fewer than 5 people")
