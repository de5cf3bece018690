"""A row per lesson and profile: what held, what drifted, and why it failed."""

import pytest

from cxlab.course.expectation import Expectation
from cxlab.course.expected import Expected
from cxlab.course.manifest import UnknownLesson
from cxlab.course.run import Failure, Run, RunResult
from cxlab.course.verify import Verification, row_of, verify

RECORDS = (
    {"kind": "result", "name": "ratio", "value": 2.0, "unit": ""},
    {"kind": "result", "name": "gap", "value": 3.0, "unit": "points"},
    {"kind": "claim", "id": "E13", "verdict": "overstated"},
)
EXPECTED = Expected(
    lesson="x",
    results={
        "fast": {n: Expectation(value=v) for n, v in (("ratio", 2.0), ("gap", 4))}
    },
    verdicts={"fast": {"E13": "overstated"}},
)


def result(**changes):
    given = {"ok": True, "seconds": 1.0, "cell_seconds": 0.5, "executed": ""}
    run = Run(lesson="x", profile="fast")
    return RunResult(run=run, **{**given, "records": RECORDS, **changes})


def test_a_row_counts_what_held_and_what_drifted():
    row = row_of(result(), EXPECTED)
    assert (row.held, row.drifted, row.ok) == (1, 1, False)
    assert row.verdicts == {"E13": "overstated"}
    assert row.complaints() == [
        "x (fast), gap: expected 4 within 1e-06 of its size, found 3.0."
    ]


def test_a_lesson_that_fails_is_not_compared():
    """Else every number it did not come to would be called missing."""
    failure = Failure(kind="error", message="KeyError: 'x'", cell="c", number=2)
    row = row_of(result(ok=False, records=(), failure=failure), EXPECTED)
    assert len(row.complaints()) == 1
    assert "x (fast): cell 2 (c) stopped the lesson" in row.complaints()[0]
    assert not Verification(rows=(row,)).ok


def test_a_lesson_without_expected_numbers_does_not_pass():
    row = row_of(result(), None)
    assert not row.ok
    assert row.held == 0
    assert "there is no such file" in row.complaints()[0]


def test_an_unknown_lesson_is_refused_before_anything_runs():
    with pytest.raises(UnknownLesson, match="nearest is '10_effort_and_disloyalty'"):
        verify(["10_effort_and_disloyalt"])
