"""Verdicts over seeds: counted, kept beside the numbers, and held to what is kept."""

from collections import Counter

import pytest

from cxlab.course import expected as expecting
from cxlab.course import seeds, sweeping
from cxlab.course.cli import main
from cxlab.course.expected import stability_of
from cxlab.course.manifest import manifest
from cxlab.course.run import Failure, Run, RunResult
from cxlab.course.seeds import (
    NeverSwept,
    accept_stability,
    against_expected,
    chosen_by,
    stability,
    sweep_seeds,
)
from cxlab.course.stability import Stability
from cxlab.course.sweep import Sweep

LESSONS = list(manifest().lessons)
FILE = """\
# Read on the 1st of May.
[fast.ratio]
value = 2.5 # times

[fast.verdicts]
E13 = "overstated"
"""


def claim(verdict, found="Two of three.", name="E13"):
    return {"kind": "claim", "id": name, "verdict": verdict, "found": found}


def swept(*verdicts, lesson="x", moving=(), others=()):
    """Return a sweep of one claim; those moving say another number each time."""
    results = [
        RunResult(
            run=Run(lesson=lesson, profile="fast", parameters={"seed": seed}),
            ok=verdict is not None,
            seconds=1.0,
            cell_seconds=1.0,
            executed="",
            records=(
                claim(verdict),
                *(claim("holds", f"{seed} times", name) for name in moving),
                *(claim("holds", name=name) for name in others),
            ),
            failure=None if verdict else Failure(kind="error", message="It died."),
        )
        for seed, verdict in enumerate(verdicts, start=1)
    ]
    grid = {"seed": tuple(range(1, len(verdicts) + 1))}
    return Sweep(lesson=lesson, profile="fast", grid=grid, results=tuple(results))


MOSTLY = swept(*["overstated"] * 19, "open", moving=["E14"])


@pytest.fixture
def path(tmp_path, monkeypatch):
    """Give the lesson expected numbers of its own."""
    path = tmp_path / "x.toml"
    path.write_text(FILE, encoding="utf-8")
    for module in (expecting, seeds):
        monkeypatch.setattr(module, "expected_path", lambda _: path)
    return path


def test_a_verdict_is_counted_over_seeds_and_what_moves_with_them_draws():
    assert stability(
        swept("open", "holds", "holds", moving=["E14"], others=["E15"])
    ) == {
        "E13": Stability(verdict="holds", times=2, runs=3, draws=True),
        "E14": Stability(verdict="holds", times=3, runs=3, draws=True),
        "E15": Stability(verdict="holds", times=3, runs=3, draws=False),
    }


def test_counts_are_written_once_and_all_else_stays(path):
    assert [str(change) for change in accept_stability(MOSTLY)] == [
        "x (seeds 1:20), E13: new -> 'overstated in 19 of 20 runs'",
        "x (seeds 1:20), E14: new -> 'holds in 20 of 20 runs'",
    ]
    assert (
        path.read_text(encoding="utf-8")
        == FILE
        + """
# How often each verdict came out over the seeds 1:20: cxlab sweep --accept

[stability.E13]
verdict = "overstated"
share = "19/20"
draws = true

[stability.E14]
verdict = "holds"
share = "20/20"
draws = true
"""
    )
    assert stability_of("x") == stability(MOSTLY)
    assert accept_stability(MOSTLY) == []


def test_counts_are_rewritten_where_they_moved_and_comments_stay(path):
    accept_stability(MOSTLY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"19/20"', '"19/20" # an edge'), encoding="utf-8")
    [changed, gone] = accept_stability(swept(*["overstated"] * 20))
    assert "in 19 of 20 runs' -> 'overstated in 20 of 20 runs'" in str(changed)
    assert str(gone).endswith("'holds in 20 of 20 runs' -> 'no longer judged'")
    text = path.read_text(encoding="utf-8")
    assert 'share = "20/20" # an edge' in text
    assert "E14" not in text


def test_a_lesson_that_stopped_keeps_the_counts_it_had(path):
    with pytest.raises(
        NeverSwept, match=r"1 of 2 runs stopped, the first is x .* seed=2"
    ):
        accept_stability(swept("holds", None))
    assert path.read_text(encoding="utf-8") == FILE


def test_one_run_may_differ_on_another_processor_and_two_may_not(path):
    accept_stability(MOSTLY)
    for times in (18, 19, 20):
        other = ["overstated"] * times + ["open"] * (20 - times)
        assert against_expected(swept(*other, moving=["E14"])) == []


def test_what_is_no_longer_as_it_is_kept_fails_aloud(path):
    accept_stability(MOSTLY)
    [counts] = against_expected(
        swept(*["overstated"] * 17, *["open"] * 3, moving=["E14"])
    )
    assert counts.startswith(
        "x, E13: is kept as overstated in 19 of 20 runs, and came out as overstated in "
        "17 of 20 runs. If that is as it should be: cxlab sweep x --accept"
    )
    [verdict] = against_expected(swept(*["open"] * 20, moving=["E14"]))[:1]
    assert "came out as open in 20 of 20 runs" in verdict
    [gone] = against_expected(swept(*["overstated"] * 19, "open"))
    assert "x, E14: is kept as holds in 20 of 20 runs, and no run judges it" in gone
    [still] = against_expected(swept(*["overstated"] * 19, "open", others=["E14"]))
    assert "x, E14: is kept as holds in 20 of 20 runs that draw" in still
    [new] = against_expected(
        swept(*["overstated"] * 19, "open", moving=["E14"], others=["E15"])
    )
    assert "x, E15: came out as holds in 20 of 20 runs, and no counts are kept" in new


def test_a_run_that_stops_fails(path):
    accept_stability(MOSTLY)
    broken = swept(*["overstated"] * 19, None, moving=["E14"])
    assert any("seed=20: It died." in said for said in against_expected(broken))


def test_a_commit_chooses_two_lessons_and_always_the_same():
    commits = [f"{number:040x}" for number in range(400)]
    chosen = [tuple(chosen_by(commit, LESSONS)) for commit in commits]
    assert chosen == [tuple(chosen_by(commit, LESSONS[::-1])) for commit in commits]
    assert all(len(set(pair)) == 2 for pair in chosen)
    times = Counter(name for pair in chosen for name in pair)
    assert set(times) == set(LESSONS)  # in the long run each lesson has its turn
    assert max(times.values()) < 3 * min(times.values())


@pytest.fixture
def answered(monkeypatch):
    """Answer for the runner: every lesson judges as its seed says."""
    asked = []

    def run_unseen(jobs, *, on_done=None, **options):
        asked.extend(job.run for job in jobs)
        verdict = {True: "holds", False: "open"}
        results = [
            RunResult(run=job.run, ok=True, seconds=1.0, cell_seconds=1.0, executed="",
                      records=(claim(verdict[job.run.parameters["seed"] > 2]),))
            for job in jobs
        ]  # fmt: skip
        for result in results:
            on_done(result)
        return results

    monkeypatch.setattr(seeds, "run_unseen", run_unseen)
    return asked


def test_every_lesson_is_run_at_twenty_seeds_in_one_go(answered):
    told = []
    found = sweep_seeds(on_done=told.append)
    assert [one.lesson for one in found] == LESSONS
    assert len(answered) == len(told) == 20 * len(LESSONS)
    assert {run.profile for run in answered} == {"fast"}
    assert all(one.grid == {"seed": tuple(range(1, 21))} for one in found)


def test_the_command_line_sweeps_what_a_commit_chooses_and_fails_aloud(
    answered, path, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(sweeping, "project_root", lambda: tmp_path)
    assert main(["sweep", "--chosen-by", "93093ea", "--against-expected"]) == 1
    lessons = chosen_by("93093ea", LESSONS)
    assert list(dict.fromkeys(run.lesson for run in answered)) == lessons
    told = capsys.readouterr()
    for lesson in lessons:
        assert f"{lesson}, E13: came out as holds in 18 of 20 runs" in told.err
    assert told.out.splitlines()[1].split()[-6:] == [
        "holds", "18/20", "draws", "not", "swept", "yet",
    ]  # fmt: skip
    assert main(["sweep", lessons[0], "--accept"]) == 0
    assert main(["sweep", lessons[0], "--against-expected"]) == 0
    assert "E13: new -> 'holds in 18 of 20 runs'" in capsys.readouterr().out
