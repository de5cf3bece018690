"""Expected numbers: what they admit, what they refuse, and what accepting writes."""

import pytest

from cxlab.course import expected as expecting
from cxlab.course.expectation import BadExpectation, Expectation
from cxlab.course.expected import (
    accept,
    compare,
    load_expected,
    parse_expected,
    stability_of,
)
from cxlab.course.stability import Stability

FILE = """\
# Read on the 1st of May.
[fast.ratio]
published = 242.67
source = "effort 1.4"
rel = 1e-4
why = "printed to two decimals"

[fast.gap]
value = -3.0 # points

[fast.label]
value = "flat"

[fast.verdicts]
E13 = "overstated"
"""


def result(name, value):
    return {"kind": "result", "name": name, "value": value, "unit": ""}


def claim(name, verdict):
    return {"kind": "claim", "id": name, "verdict": verdict}


GOOD = [
    result("ratio", 242.6667),
    result("gap", -3.0),
    result("label", "flat"),
    claim("E13", "overstated"),
]


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "expected" / "x.toml"
    monkeypatch.setattr(expecting, "expected_path", lambda _: path)
    return path


def mismatches(records, text=FILE):
    expected = parse_expected(text, lesson="x")
    return compare(expected, lesson="x", profile="fast", records=records)


def test_a_run_that_is_as_it_must_be_has_no_mismatch():
    assert mismatches(GOOD) == []


def test_a_mismatch_names_lesson_result_expected_found_and_tolerance():
    [one] = mismatches([result("ratio", 250.0), *GOOD[1:]])
    assert str(one) == (
        "x (fast), ratio: expected 242.67 within 0.0001 of its size, found 250.0. "
        "It is published: effort 1.4."
    )


@pytest.mark.parametrize(
    ("expectation", "found", "admitted"),
    [
        (Expectation(value=100.0), 100.00009, True),
        (Expectation(value=100.0), 100.0002, False),
        (Expectation(value=-100.0), 100.0, False),
        (Expectation(value=5), 5.0, True),
        (Expectation(value=0.0), 0.0, True),
        (Expectation(value=0.0), 1e-300, False),
        (Expectation(value=0.0, abs=0.01, why="rounding"), 0.009, True),
        (Expectation(value=2.0, abs=0.5, why="a band"), 2.5, True),
        (Expectation(value=2.0, abs=0.5, why="a band"), 2.51, False),
        (Expectation(value=2.0), float("nan"), False),
        (Expectation(value=True), True, True),
        (Expectation(value=True), 1, False),
        (Expectation(value=1), True, False),
        (Expectation(value="flat"), "Flat", False),
        (Expectation(value="1"), 1, False),
    ],
)
def test_what_an_expectation_admits(expectation, found, admitted):
    assert expectation.admits(found) is admitted


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("value = 2\nabs = 2\nwhy = 'x'", "admits zero"),
        ("value = -2\nrel = 1.5\nwhy = 'x'", "admits zero"),
        ("value = 2\nrel = 0.1", "does not say why"),
        ("value = 2\nabs = 0.1", "does not say why"),
        ("value = 0\nabs = 0.1", "does not say why"),
        ("value = 2\nabs = 0.1\nrel = 0.1\nwhy = 'x'", "both rel and abs"),
        ("value = 2\nabs = -0.1\nwhy = 'x'", "must be above 0"),
        ("value = 2\nrel = nan\nwhy = 'x'", "must be above 0"),
        ("value = nan", "holds nothing"),
        ("value = 'flat'\nrel = 0.1\nwhy = 'x'", "compared exactly"),
        ("value = true\nabs = 0.1\nwhy = 'x'", "compared exactly"),
        ("published = 2", "says no source"),
        ("published = 2\nvalue = 2\nsource = 'x'", "and not both"),
        ("why = 'x'", "needs either"),
        ("value = [1]", "may be a number"),
        ("value = 2\ntolerance = 0.1", "says tolerance. It may say abs"),
    ],
)
def test_an_expectation_that_holds_nothing_is_refused(row, message):
    with pytest.raises(BadExpectation, match=message):
        parse_expected(f"[fast.gap]\n{row}\n", lesson="x")


def test_every_complaint_about_a_file_comes_at_once():
    text = "[slow.a]\nvalue = 1\n[fast.b]\nwhy = 'x'\n[fast.verdicts]\nE1 = 'yes'\n"
    with pytest.raises(BadExpectation) as refused:
        parse_expected(text, lesson="x")
    for part in ("[slow] is no profile", "[fast.b] needs", "'yes' is no verdict"):
        assert part in str(refused.value)
    with pytest.raises(BadExpectation, match="is not TOML"):
        parse_expected("[fast", lesson="x")


def test_what_is_recorded_and_not_expected_is_a_mismatch():
    [one] = mismatches([*GOOD, result("new", 1.5)])
    assert "x (fast), new: is not expected, found 1.5" in str(one)


def test_what_is_expected_and_not_recorded_is_a_mismatch():
    [one] = mismatches(GOOD[1:])
    assert "ratio: is expected and no longer recorded" in str(one)


def test_another_verdict_is_a_mismatch_and_so_is_none():
    [one] = mismatches([*GOOD[:3], claim("E13", "open")])
    assert "E13: expected 'overstated' exactly, found 'open'" in str(one)
    [one] = mismatches(GOOD[:3])
    assert "E13: is expected and no longer recorded" in str(one)


def test_a_name_recorded_twice_is_a_mismatch():
    [one] = mismatches([*GOOD, GOOD[0]])
    assert "ratio: is recorded twice" in str(one)


def test_a_missing_file_is_one_mismatch_that_says_how_to_make_it(path):
    assert load_expected("x") is None
    [one] = compare(None, lesson="x", profile="fast", records=GOOD)
    assert "tests/expected/x.toml: there is no such file" in str(one)
    assert "cxlab verify x --accept" in str(one)


def test_accepting_makes_a_file_that_then_holds(path):
    changes = accept("x", "fast", GOOD)
    assert [change.name for change in changes] == ["ratio", "gap", "label", "E13"]
    held = compare(load_expected("x"), lesson="x", profile="fast", records=GOOD)
    assert held == []
    assert accept("x", "fast", GOOD) == []


def test_accepting_rewrites_values_only(path):
    """What is published, tolerances, reasons and comments stay."""
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    found = [
        result("ratio", 9.9),
        result("gap", -4.0),
        *GOOD[2:3],
        claim("E13", "open"),
    ]
    changes = accept("x", "fast", found)
    assert [str(change) for change in changes] == [
        "x (fast), gap: -3.0 -> -4.0",
        "x (fast), E13: 'overstated' -> 'open'",
    ]
    expected = FILE.replace("-3.0", "-4.0").replace("overstated", "open")
    assert path.read_text(encoding="utf-8") == expected


def test_accepting_leaves_what_is_within_tolerance(path):
    """Else every machine would rewrite the last digits of the other's."""
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    assert accept("x", "fast", [*GOOD[:1], result("gap", -3.0000001), *GOOD[2:]]) == []
    assert path.read_text(encoding="utf-8") == FILE


def test_accepting_what_would_hold_nothing_is_refused(path):
    """The tolerance was chosen for the old value; for the new one it admits zero."""
    path.parent.mkdir()
    text = "[fast.gap]\nvalue = 3.0\nabs = 0.5\nwhy = 'a band'\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadExpectation, match="admits zero"):
        accept("x", "fast", [result("gap", 0.4)])
    assert path.read_text(encoding="utf-8") == text


SWEPT = """
[stability.E13]
verdict = "overstated"
share = "19/20"
draws = true
"""


def test_how_firmly_a_verdict_stands_is_read_by_claim(path):
    path.parent.mkdir()
    path.write_text(FILE + SWEPT, encoding="utf-8")
    one = Stability(verdict="overstated", times=19, runs=20, draws=True)
    assert stability_of("x") == {"E13": one}


def test_a_lesson_that_was_not_swept_has_no_stability(path):
    assert stability_of("x") == {}
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    assert stability_of("x") == {}


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('"overstated"', '"sort of"', "'sort of' is no verdict. Choose one of: holds"),
        ("19/20", "95%", "E13] share: '95%' is no share. Write it as \"19/20\""),
        ("19/20", "21/20", "'21/20' is no share"),
        ("19/20", "0/20", "'0/20' is no share"),
        ("draws = true", "draws = 1", "1 is neither true nor false"),
        ("draws = true", "", "needs draws, share, verdict, and nothing else"),
    ],
)
def test_a_stability_that_says_nothing_is_refused(was, becomes, says):
    with pytest.raises(BadExpectation) as refused:
        parse_expected(SWEPT.replace(was, becomes), lesson="x")
    assert says in str(refused.value)
