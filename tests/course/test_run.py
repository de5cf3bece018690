"""Running lessons: checked first, executed once, and told how it went."""

import json
import time

import pytest

from cxlab.course.parameters import BadParameters
from cxlab.course.run import Run, RunResult, job_of, run_jobs, source_job

RECORD = "from cxlab.lesson import record\nrecord('n', n, 'customers')"


def test_a_run_gives_records_times_and_a_clean_notebook(run_cells):
    result = run_cells(RECORD, parameters={"n": 7})
    assert result.ok
    assert result.records[0]["value"] == 7
    assert 0 < result.cell_seconds < result.seconds
    text = json.dumps(result.notebook)
    assert "papermill" not in text
    assert [c["id"] for c in result.notebook.cells][1] == "injected-parameters"


def test_two_runs_of_the_same_give_the_same_bytes(run_cells):
    """Timestamps and drawn ids would make every build differ from the last."""
    first, second = (run_cells(RECORD, parameters={"n": 7}, fresh=True) for _ in "ab")
    assert first.executed == second.executed


def test_the_same_run_asked_twice_runs_once(shared_pool, lesson_text, tmp_path, cache):
    """A value that is the default anyway makes no other run."""
    cell = "open('log', 'a').write('ran ')"
    path = tmp_path / "x.ipynb"
    runs = [Run(lesson="x"), Run(lesson="x", parameters={"n": 3})]
    jobs = [source_job(r, lesson_text(cell), path, r.parameters) for r in runs]
    seen: list[RunResult] = []
    results = run_jobs(jobs, pool=shared_pool, cache=cache, on_done=seen.append)
    assert (tmp_path / "log").read_text(encoding="utf-8") == "ran "
    assert [result.run for result in results] == runs
    assert len(seen) == 1


def test_a_failing_cell_is_shown_with_the_last_line_of_its_error(run_cells):
    result = run_cells("print(n)", "share = n / 0")
    assert not result.ok
    assert str(result.failure) == (
        "cell 3 (cell-2) stopped the lesson:\n    share = n / 0\n"
        "  ZeroDivisionError: division by zero"
    )
    with pytest.raises(ValueError, match="stopped before its end"):
        _ = result.notebook


def test_a_failing_cell_is_numbered_in_the_lesson_not_in_what_papermill_made(run_cells):
    result = run_cells("1 / 0", parameters={"n": 7})
    assert result.failure.number == 2


@pytest.mark.parametrize(
    "cell",
    [
        "import warnings\nwarnings.warn('look out')",
        "import sys\nprint('look out', file=sys.stderr)",
        "import os\nos.write(2, b'look out')",
        "import logging\nlogging.warning('look out')",
    ],
)
def test_a_lesson_that_writes_to_stderr_fails(run_cells, cell):
    result = run_cells("print(n)", cell)
    assert result.failure.kind == "stderr"
    assert "cell 3 (cell-2) wrote to stderr" in str(result.failure)
    assert "look out" in str(result.failure)


def test_a_silent_lesson_writes_nothing_on_either_kind_of_kernel(
    run_cells, shared_pool, ordinary_pool
):
    """Their notices are switched off where they come from, so no text is filtered."""
    for pool in (shared_pool, ordinary_pool):
        assert run_cells("n", pool=pool).stderr == ""


def test_a_cell_that_never_ends_meets_the_time_limit(run_cells):
    begun = time.monotonic()
    result = run_cells("while True: pass", time_limit=1)
    assert str(result.failure).endswith("ran for longer than the time limit of 1 s.")
    assert time.monotonic() - begun < 20


def test_the_time_limit_is_for_the_lesson_not_for_each_cell(run_cells):
    nap = "import time\ntime.sleep(.7)"
    assert run_cells(nap, nap, time_limit=1).failure.kind == "time limit"


def test_a_kernel_that_dies_is_told_with_its_cell(run_cells):
    result = run_cells("import os\nos._exit(3)")
    assert "cell 2 (cell-1) stopped the lesson" in str(result.failure)
    assert result.failure.kind == "dead kernel"


def test_nothing_runs_if_one_of_many_is_refused(lesson_text, tmp_path):
    path = tmp_path / "x.ipynb"
    with pytest.raises(BadParameters, match="nearest is 'n'"):
        source_job(Run(lesson="x"), lesson_text(), path, {"m": 1})


def test_an_edition_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="Choose one of: full, trainee, solution"):
        job_of(Run(lesson="10", edition="teacher"))
