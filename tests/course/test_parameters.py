"""The knobs of a lesson: what papermill reads, and what it would let pass."""

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cxlab.course.parameters import (
    BadParameterCell,
    BadParameters,
    parameters_of,
    parse_cell,
    parse_line,
    resolve,
)

CELL = """\
n: int = 2000  # customers in the sample [100 .. 100000]
share: float = 0.2  # share of easy contacts [0 .. 1]
shift: float = -2.5  # points, on a scale of 1 .. 7 [-3 .. 3]
world: str = "flat"  # kind of world [flat | linear | convex]
draws: int = 3  # draws [1 | 3 | 5]
smooth: bool = True  # draw a line
note: str = ""  # what you want to remember
table: str = ""  # your own table; empty: the example [file]"""


def notebook(source=CELL, tag="parameters"):
    cell = new_code_cell(source, metadata={"tags": [tag]})
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=[cell], metadata={"kernelspec": spec})


def test_papermill_reads_the_same():
    """Name, type, default and meaning; what it did not read it would not replace."""
    seen = papermill.inspect_notebook(notebook())
    ours = parameters_of(notebook())
    assert list(seen) == list(ours)
    for name, knob in ours.items():
        assert seen[name]["inferred_type_name"] == knob.type
        assert seen[name]["default"].strip('"') == str(knob.default)
        assert seen[name]["help"].startswith(knob.meaning)


def test_a_notebook_is_read_as_text_or_as_it_is():
    text = nbformat.writes(notebook())
    assert parameters_of(text) == parameters_of(notebook()) == parse_cell(CELL)
    assert parameters_of(notebook(tag="exercise")) == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("n = 3  # customers [1 .. 9]", "is no knob. Write one a line"),
        ("n: int = 3", "is no knob"),
        ("n: int = 3  # [1 .. 9]", "is no knob"),
        ("n: int = 3  # customers", "a number needs its range"),
        ("n: list = [3]  # customers [1 .. 9]", "of type 'list'. Use one of: int"),
        ("n: int = 3  # customers [9 .. 1]", "smaller end first"),
        ("n: int = 30  # customers [1 .. 9]", "default is not allowed: n = 30 is out"),
        ("n: int = 2 * k  # customers [1 .. 9]", "must be written out"),
        ("n: float = 3  # customers [1 .. 9]", "write the default as a float"),
        ('w: str = "a#b"  # world [a | b]', "written out, and hold no #"),
        ('w: str = "a"  # world [a]', "a list of choices"),
        ("b: bool = True  # smooth [True | False]", "neither a range"),
        ("n: int = True  # customers [1 .. 9]", "is not an int"),
    ],
)
def test_a_line_that_does_not_say_it_all_is_refused(line, message):
    with pytest.raises(BadParameterCell, match=message.replace("[", r"\[")):
        parse_line(line)


def test_two_knobs_of_one_name_and_two_cells_are_refused():
    twice = "n: int = 3  # a [1 .. 9]\nn: int = 4  # b [1 .. 9]"
    with pytest.raises(BadParameterCell, match="two knobs named 'n'"):
        parse_cell(twice)
    doubled = notebook()
    doubled.cells += notebook().cells
    with pytest.raises(BadParameterCell, match="2 cells are tagged"):
        parameters_of(doubled)


@pytest.mark.parametrize(
    ("given", "turned"),
    [
        ({"n": "500", "share": "1"}, {"n": 500, "share": 1.0}),
        ({"share": 1, "draws": 5}, {"share": 1.0, "draws": 5}),
        ({"smooth": "false", "world": "convex"}, {"smooth": False, "world": "convex"}),
        ({"n": 2000, "smooth": True, "world": "flat"}, {}),
        ({"note": "ask Ann"}, {"note": "ask Ann"}),
    ],
)
def test_values_and_their_texts_are_taken(given, turned):
    """What is left at its default is dropped, so that it is the same run."""
    assert resolve(parse_cell(CELL), given) == turned


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"shar": 0.3}, "no parameter 'shar'; the nearest is 'share'"),
        ({"n": "many"}, "n = 'many' is not an int. It may be 100 .. 100000"),
        ({"n": 2.5}, "n = 2.5 is not an int"),
        ({"n": True}, "n = True is not an int"),
        ({"n": 99}, "n = 99 is outside 100 .. 100000"),
        ({"share": float("nan")}, "share = nan is not a float"),
        ({"share": "1e999"}, "share = '1e999' is not a float"),
        ({"draws": 2}, "draws = 2 is none of 1 | 3 | 5"),
        ({"world": "conves"}, "none of flat | linear | convex. The nearest is convex"),
        ({"smooth": "maybe"}, "smooth = 'maybe' is not a bool"),
        ({"note": 3}, "note = 3 is not a str"),
        ({"table": 3}, "table = 3 is not a str"),
    ],
)
def test_what_a_lesson_does_not_take_is_refused_with_what_it_does(given, message):
    with pytest.raises(BadParameters) as refused:
        resolve(parse_cell(CELL), given)
    assert message in str(refused.value)
    assert "The lesson takes:\n  n: int = 2000  customers" in str(refused.value)


def test_all_complaints_come_at_once():
    with pytest.raises(BadParameters) as refused:
        resolve(parse_cell(CELL), {"shar": 1, "n": 99})
    assert "'shar'" in str(refused.value)
    assert "n = 99" in str(refused.value)


def test_a_file_is_found_from_where_one_types(tmp_path, monkeypatch):
    """The lesson runs in another folder, so that it is given the whole path."""
    table = parse_cell(CELL)["table"]
    (tmp_path / "contacts.csv").write_text("contact_id\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert resolve({"table": table}, {"table": "contacts.csv"}) == {
        "table": str(tmp_path / "contacts.csv")
    }
    assert resolve({"table": table}, {"table": ""}) == {}
    with pytest.raises(BadParameters, match=r"nearest name there is 'contacts\.csv'"):
        table.accept("contact.csv")
    with pytest.raises(BadParameters, match="no such file"):
        table.accept(str(tmp_path / "nowhere" / "contacts.csv"))
    with pytest.raises(BadParameters, match="no such file"):
        table.accept(str(tmp_path))
