"""A lesson over a grid: which values it walks, and how often a verdict holds."""

import pandas as pd
import pytest

from cxlab.course.manifest import UnknownLesson
from cxlab.course.parameters import BadParameters, parse_line
from cxlab.course.run import Failure, Run, RunResult
from cxlab.course.sweep import Sweep, sweep, values_of

SEED = parse_line("seed: int = 1  # of the world [0 .. 99]")
SHARE = parse_line("share: float = 0.5  # easy [0 .. 1]")
WORLD = parse_line('world: str = "flat"  # kind [flat | convex]')


def run_with(seed, gap, verdict, failure=None):
    records = (
        {"kind": "result", "name": "gap", "value": gap, "unit": "points"},
        {"kind": "result", "name": "holds", "value": True, "unit": ""},
        {"kind": "claim", "id": "E13", "verdict": verdict},
    )
    return RunResult(
        run=Run(lesson="x", profile="fast", parameters={"seed": seed}),
        ok=failure is None,
        seconds=1.0,
        cell_seconds=0.5,
        executed="",
        records=() if failure else records,
        failure=failure,
    )


@pytest.fixture
def swept():
    found = [
        run_with(1, 2.0, "holds"),
        run_with(2, -1.0, "holds"),
        run_with(3, 0.5, "open"),
        run_with(4, 0.0, "holds"),
    ]
    return Sweep(
        lesson="x", profile="fast", grid={"seed": (1, 2, 3, 4)}, results=tuple(found)
    )


def test_shares_say_how_often_each_verdict_and_sign_came_out(swept):
    assert [str(share) for share in swept.shares()] == [
        "E13: holds in 75% of 4 runs",
        "gap: + in 50% of 4 runs",
    ]


def test_the_table_is_tidy(swept, tmp_path):
    swept.write_csv(tmp_path / "sweep.csv")
    table = pd.read_csv(tmp_path / "sweep.csv")
    assert list(table) == ["lesson", "profile", "seed", "kind", "name", "value", "unit"]
    assert len(table) == 12
    gaps = table.query("name == 'gap'").set_index("seed")["value"].astype(float)
    assert dict(gaps) == {1: 2.0, 2: -1.0, 3: 0.5, 4: 0.0}


def test_a_run_that_failed_is_in_the_table_and_not_in_the_shares(swept):
    failure = Failure(kind="error", message="KeyError: 'x'")
    results = (*swept.results[:3], run_with(4, 0, "", failure=failure))
    one = Sweep(lesson="x", profile="fast", grid=swept.grid, results=results)
    assert not one.ok
    assert one.shares()[0].runs == 3
    assert list(one.table().query("kind == 'failure'")["seed"]) == [4]


@pytest.mark.parametrize(
    ("text", "knob", "values"),
    [
        ("1:20", SEED, list(range(1, 21))),
        ("7:7", SEED, [7]),
        ("0:9:3", SEED, [0, 3, 6, 9]),
        ("0:10:4", SEED, [0, 4, 8]),
        ("3,1", SEED, [3, 1]),
        ("0.1:0.3:0.1", SHARE, [0.1, 0.2, 0.3]),
        ("0:1", SHARE, [0.0, 1.0]),
        ("flat,convex", WORLD, ["flat", "convex"]),
    ],
)
def test_both_ends_of_a_range_are_included(text, knob, values):
    found = values_of(text, knob)
    assert found == pytest.approx(values) if knob is SHARE else found == values


@pytest.mark.parametrize(
    ("text", "knob", "message"),
    [
        ("20:1", SEED, "smaller end first"),
        ("1:20:0", SEED, "a step above 0"),
        ("1:x", SEED, "is no range. Write 1:20"),
        ("1:2:3:4", SEED, "is no range"),
        ("1:200", SEED, "seed = 100 is outside 0 .. 99"),
        ("0:1:0.3", SEED, "0.3 is not an int"),
        ("0:1:1e-9", SHARE, "at most 2000 run"),
        ("flat,round", WORLD, "none of flat | convex"),
    ],
)
def test_values_that_cannot_be_walked_are_refused(text, knob, message):
    with pytest.raises(BadParameters) as refused:
        values_of(text, knob)
    assert message in str(refused.value)


def test_an_unknown_lesson_is_refused_before_anything_runs():
    with pytest.raises(UnknownLesson, match="nearest is '10_effort_and_disloyalty'"):
        sweep("10_effort_and_disloyalt", {"seed": "1:20"})


def test_a_lesson_is_swept_through_the_command_line(small_course, tmp_path):
    table = tmp_path / "sweep.csv"
    asked = ("sweep", "01", "-p", "n=1:3", "-o", str(table))
    code, out, err = small_course.cxlab(*asked)
    assert code == 0, err
    assert "100%" in out
    found = pd.read_csv(table)
    assert list(found["n"]) == [1, 2, 3]
    assert list(found["value"]) == [2, 4, 6]
