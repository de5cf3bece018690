"""Every lesson, as it is verified, as a trainee gets it, and as it is answered.

pytest drives the runs; the pool executes each once and shares it with `cxlab verify`
and `cxlab build` through the cache.
"""

import ast
import json
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

from cxlab.course.editions import edition
from cxlab.course.expected import load_expected
from cxlab.course.manifest import PROFILES, manifest
from cxlab.course.notebooks import read_notebook, tags
from cxlab.course.run import Run, job_of, run_jobs, source_job
from cxlab.course.verify import row_of
from cxlab.records import MIME

HERE = Path(__file__)
LESSONS = tuple(manifest().lessons)
VERIFIED = [Run(lesson=name, profile=p) for name in LESSONS for p in PROFILES]
AS_TRAINEES_GET_IT = [
    Run(lesson=name, edition="trainee", profile="fast") for name in LESSONS
]


@pytest.fixture(scope="session")
def results(shared_pool, request):
    """Run all lessons of which a test was selected, at once, when the first asks."""
    given = (i.callspec.params for i in request.session.items if i.path == HERE)
    asked = {getattr(one, "lesson", one) for each in given for one in each.values()}
    runs = [run for run in (*VERIFIED, *AS_TRAINEES_GET_IT) if run.lesson in asked]
    jobs = [job_of(run) for run in runs]
    answered = [with_near_misses(name) for name in LESSONS if name in asked]

    @cache
    def found():
        done = run_jobs([*jobs, *answered], pool=shared_pool)
        return {(r.run.lesson, r.run.edition, r.run.profile): r for r in done}

    return lambda run: found()[run.lesson, run.edition, run.profile]


def checks(result):
    return [record for record in result.records if record["kind"] == "check"]


@pytest.mark.parametrize("run", VERIFIED, ids=str)
def test_a_lesson_holds_its_numbers_and_verdicts(results, run):
    row = row_of(results(run), load_expected(run.lesson))
    assert row.ok, "\n\n".join(row.complaints())


@pytest.mark.parametrize("run", VERIFIED, ids=str)
def test_the_solution_passes_every_check(results, run):
    outcomes = {record["id"]: record["outcome"] for record in checks(results(run))}
    assert outcomes
    assert set(outcomes.values()) == {"right"}, outcomes


@pytest.mark.parametrize("run", AS_TRAINEES_GET_IT, ids=str)
def test_an_unanswered_lesson_runs_to_its_end_and_passes_no_check(results, run):
    result = results(run)
    assert result.ok, str(result.failure)
    outcomes = {record["id"]: record["outcome"] for record in checks(result)}
    assert outcomes
    assert set(outcomes.values()) == {"not answered"}, outcomes


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solution_edition_computes_what_was_verified(lesson):
    """So one run serves both: they differ in the facilitator's words only."""
    source = read_notebook(lesson)
    code = [
        [
            cell.source
            for cell in edition(source, name).cells
            if cell.cell_type == "code"
        ]
        for name in ("full", "solution")
    ]
    assert code[0] == code[1]


@pytest.mark.parametrize("run", VERIFIED, ids=str)
def test_no_near_miss_hides_another_in_any_profile(results, run):
    """The check itself tries each of its near misses, at the parameters of the run."""
    assert [
        record["id"] for record in checks(results(run)) if not record["faithful"]
    ] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_near_miss_gives_its_own_hint(results, lesson):
    """Typed in as an answer; and none was lost because two computed the same value."""
    result = results(near_miss_run(lesson))
    assert result.ok, str(result.failure)
    tried = 0
    for cell in result.notebook.cells:
        if cell.id.startswith(NEAR):
            said = [o["data"] for o in cell.outputs if "data" in o]
            own = json.loads("".join(o["text"] for o in cell.outputs if "text" in o))
            assert [data["text/plain"] for data in said] == own
            tried += len(own)
    assert tried >= 1


NEAR = "near-miss-of-"


def near_miss_run(lesson):
    return Run(lesson=f"{lesson}, every near miss", profile="fast")


def with_near_misses(lesson):
    """Add a cell after each check that answers with each near miss in turn."""
    notebook = read_notebook(lesson)
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        if "check" in tags(cell) and cell.cell_type == "code":
            added = type(cell)(cell)
            added.update(id=f"{NEAR}{cell.id}", metadata={}, source=tried(cell.source))
            cells.append(added)
    notebook.cells = cells
    path, given = manifest().lesson(lesson).notebook, manifest().lesson(lesson).fast
    return source_job(near_miss_run(lesson), json.dumps(notebook), path, given)


def tried(source):
    """Write the code that makes each call of a check cell with each near miss.

    It prints what must be said: each part of a merged dictionary on its own, so that
    a value which two parts share is noticed as a hint that is missing.
    """
    lines = ["import json as _json", "_own = []"]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check":
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            misses = given["near_misses"]
            node.args[1] = ast.Name("_near")
            for part in parts(misses):
                lines.append(f"_own += ['Not yet. ' + h for h in ({part}).values()]")
                call = ast.unparse(node)
                lines.append(f"for _near in ({part}): {call}")
    return "\n".join([*lines, "print(_json.dumps(_own))"])


def parts(misses):
    if not isinstance(misses, ast.Dict):
        return [ast.unparse(misses)]
    merged = zip(misses.keys, misses.values, strict=True)
    return [
        ast.unparse(value if key is None else ast.Dict([key], [value]))
        for key, value in merged
    ]


@pytest.mark.once
@pytest.mark.parametrize("lesson", LESSONS)
def test_another_kind_of_kernel_and_another_hash_seed_give_the_same(
    results, traced, lesson
):
    """All words and records; forked kernels share the hash seed of their parent."""
    other = [row for row in said(traced()[lesson]) if row[0] not in {"trace", "told"}]
    usual = said(results(Run(lesson=lesson, profile="fast")))
    pairs = zip_longest(usual, other)
    assert [pair for pair in pairs if pair[0] != pair[1]][:3] == []


def said(result):
    """Return what every cell put out, in words and records: all but the pictures."""
    return [
        (cell.id, kind, output["data"][kind])
        for cell in result.notebook.cells
        for output in cell.get("outputs", ())
        for kind in (MIME, "text/html", "text/markdown", "text/plain")
        if kind in output.get("data", {})
    ]
