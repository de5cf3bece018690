"""Every lesson, as it is verified, as a trainee gets it, and as it is answered.

pytest drives the runs; the pool executes each once. Those in the full profile are what
`cxlab build` shows, and it finds them in the cache.
"""

import ast
import json
from dataclasses import replace
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from cxlab.course.editions import edition
from cxlab.course.expected import load_expected, results_of
from cxlab.course.manifest import PROFILES, manifest
from cxlab.course.notebooks import read_notebook, tags
from cxlab.course.run import Run, job_of, run_jobs, source_job
from cxlab.course.verify import row_of
from cxlab.records import MIME, UNSEEN

HERE = Path(__file__)
LESSONS = tuple(manifest().lessons)
VERIFIED = [Run(lesson=name, profile=p) for name in LESSONS for p in PROFILES]
# The very runs of which the site shows the pages: a build finds them in the cache.
AS_TRAINEES_GET_IT = [Run(lesson=name, edition="trainee") for name in LESSONS]
NEAR_MISSES = [Run(lesson=f"{n}, every near miss", profile="fast") for n in LESSONS]


@pytest.fixture(scope="session")
def results(shared_pool, request):
    """Run all that the selected tests ask for, at once, when the first asks."""
    items = [item for item in request.session.items if item.path == HERE]
    given = [
        item.callspec.params["run"] for item in items if "run" in item.fixturenames
    ]
    asked = {key(run): run for run in given}

    @cache
    def found():
        jobs = [job(run) for run in asked.values()]
        return {key(r.run): r for r in run_jobs(jobs, pool=shared_pool)}

    return lambda run: found()[key(run)]


def key(run):
    return run.lesson, run.edition, run.profile


def job(run):
    """Run in the full profile, which people see, with pictures; else without."""
    if run.profile == "full":
        return job_of(run)
    lesson = manifest().lesson(run.lesson.partition(",")[0])
    notebook = read_notebook(lesson.name)
    if run in NEAR_MISSES:
        notebook.cells = with_near_misses(notebook.cells)
    unseen = f"import os\n\nos.environ[{UNSEEN!r}] = '1'"
    notebook.cells.insert(0, new_code_cell(unseen, id="unseen"))
    return source_job(run, json.dumps(notebook), lesson.notebook, lesson.fast)


def checks(result):
    return [record for record in result.records if record["kind"] == "check"]


@pytest.mark.parametrize("run", VERIFIED, ids=str)
def test_a_lesson_holds_its_numbers_and_verdicts(results, run):
    row = row_of(results(run), load_expected(run.lesson))
    assert row.ok, "\n\n".join(row.complaints())


@pytest.mark.parametrize("run", VERIFIED, ids=str)
def test_a_lesson_whose_numbers_were_texts_would_fail(results, run):
    """Were no number held, a method could be wrong and every test green."""
    result = results(run)
    texts = [
        {**r, "value": str(r["value"])} if r["kind"] == "result" else r
        for r in result.records
    ]
    row = row_of(replace(result, records=tuple(texts)), load_expected(run.lesson))
    numbers = [r for r in results_of(result.records).values() if type(r) is not str]
    assert row.drifted == len(numbers) >= 3


@pytest.mark.parametrize("run", VERIFIED, ids=str)
def test_the_solution_passes_every_check(results, run):
    outcomes = {record["id"]: record["outcome"] for record in checks(results(run))}
    assert outcomes
    assert set(outcomes.values()) == {"right"}, outcomes


@pytest.mark.once
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


@pytest.mark.once
@pytest.mark.parametrize("run", NEAR_MISSES, ids=str)
def test_each_near_miss_gives_its_own_hint(results, run):
    """Typed in as an answer; and none was lost because two computed the same value."""
    result = results(run)
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


def with_near_misses(given):
    """Add a cell after each check that answers with each near miss in turn."""
    cells = []
    for cell in given:
        cells.append(cell)
        if "check" in tags(cell) and cell.cell_type == "code":
            added = type(cell)(cell)
            added.update(id=f"{NEAR}{cell.id}", metadata={}, source=tried(cell.source))
            cells.append(added)
    return cells


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
@pytest.mark.parametrize("run", [r for r in VERIFIED if r.profile == "fast"], ids=str)
def test_another_kind_of_kernel_and_another_hash_seed_give_the_same(
    results, traced, run
):
    """All words and records; forked kernels share the hash seed of their parent."""
    told = said(traced()[run.lesson])
    other = [row for row in told if row[0] not in {"trace", "told"}]
    usual = said(results(run))
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
