"""Own tables from end to end: the examples and templates pass their own schemas."""

import pandas as pd
import pytest

from cxlab.company import company
from cxlab.tables import (
    SCHEMAS,
    BadTable,
    own_table,
    pandera_schema,
    read_table,
    with_extra,
)
from cxlab.tables.templates import folder, template


@pytest.mark.parametrize("name", SCHEMAS)
class TestEveryTable:
    def test_its_template_is_current_and_passes(self, name):
        """write_templates() of cxlab.tables.templates makes them anew."""
        path = folder() / f"{name}.csv"
        assert path.read_text(encoding="utf-8") == template(name)
        assert len(read_table(path, name).frame) >= 2

    def test_a_table_of_the_company_keeps_the_rules(self, name):
        """Straight from cxlab.company, with its own types and categories."""
        made, schema = getattr(company(300, months=6, seed=3), name), SCHEMAS[name]
        assert set(schema.needed) <= set(made.columns) <= set(schema.names)
        names = list(made.columns)
        rules = pandera_schema(schema, names=names)
        assert len(rules.validate(with_extra(made, schema), lazy=True)) == len(made)

    def test_the_built_in_example_survives_each_kind_of_file(self, name, tmp_path):
        frame = own_table(name).frame.head(200)
        frame.to_csv(tmp_path / "a.csv", index=False)
        frame.to_parquet(tmp_path / "a.parquet", index=False)
        frame.head(20).to_excel(tmp_path / "a.xlsx", index=False)
        for ending, rows in (("csv", 200), ("parquet", 200), ("xlsx", 20)):
            again = read_table(tmp_path / f"a.{ending}", name).frame
            expected = frame.head(rows)
            pd.testing.assert_frame_equal(again, expected, check_dtype=False)


class TestOwnTable:
    def test_the_example_is_labelled_as_made_and_your_file_as_real(self):
        example = own_table("contacts")
        own = own_table("contacts", folder() / "contacts.csv")
        assert (example.label, own.label) == ("GENERATED", "REAL")
        assert own.source == "Your own table contacts.csv, 4 rows."
        assert list(example.frame) == list(own.frame) == list(SCHEMAS["contacts"].names)

    def test_a_wrong_name_is_told_the_nearest(self):
        with pytest.raises(ValueError, match="nearest is 'contacts'"):
            own_table("contact")

    def test_a_bad_file_is_refused_with_everything_wrong(self, tmp_path):
        path = tmp_path / "c.csv"
        text = template("contacts").replace(",6,false", ",9,false")
        path.write_text(text.replace("k3,", "k1,"), encoding="utf-8")
        with pytest.raises(BadTable) as caught:
            own_table("contacts", path)
        assert caught.value.count == 2
        assert "row 2, column effort, value '9': must be a whole number from 1" in str(
            caught.value
        )
