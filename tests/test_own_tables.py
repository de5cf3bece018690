"""Lessons on a table of one's own: they read it, and show no row of it."""

import re
from functools import cache
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell

from cxlab.company import company
from cxlab.course.cli import main
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import read_notebook, tags, write_notebook
from cxlab.course.parameters import parameters_of
from cxlab.course.render.lesson import render_run
from cxlab.course.run import Run, run_jobs, source_job

KNOBS = {
    name: [knob for knob in parameters_of(read_notebook(name)).values() if knob.file]
    for name in manifest().lessons
}
LESSONS = [n for n, knobs in KNOBS.items() if knobs and not n.startswith("52")]


@cache
def tables():
    """The tables of another company; whatever names somebody begins with Zq."""
    made = company(700, n_branches=8, seed=77)
    frames = {
        name: getattr(made, name).copy()
        for name in ("customers", "contacts", "touches", "surveys", "purchases")
    }
    frames["months"] = made.months.copy()
    for frame in frames.values():
        for column in frame.columns[frame.columns.str.endswith("_id")]:
            known = frame[column].notna()
            frame[column] = frame[column].astype(object)
            frame.loc[known, column] = "Zq-" + frame.loc[known, column].astype(str)
    return frames


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The tables as a spreadsheet of central Europe writes them."""
    place = tmp_path_factory.mktemp("company")
    for name, frame in tables().items():
        path = place / f"{name}.csv"
        frame.to_csv(path, index=False, sep=";", decimal=",", encoding="utf-8-sig")
    return place


def own_section(lesson):
    """Return the lesson cut down to its knobs and what it does with own tables."""
    notebook = read_notebook(lesson)
    ids = [cell.id for cell in notebook.cells]
    start, end = ids.index("own-table"), ids.index("note-own-table")
    [knobs] = [cell for cell in notebook.cells if "parameters" in tags(cell)]
    words = new_code_cell("from cxlab.lesson import record, say, show", id="words")
    notebook.cells = [knobs, words, *notebook.cells[start:end]]
    return write_notebook(notebook)


def job(lesson, folder):
    given = {
        knob.name: str(folder / f"{knob.name.removesuffix('_path')}.csv")
        for knob in KNOBS[lesson]
    }
    run = Run(lesson=lesson, profile="fast", parameters=given)
    path = manifest().lesson(lesson).notebook
    return source_job(run, own_section(lesson), path, given)


@pytest.mark.once
def test_lessons_read_a_table_and_show_no_row_of_it(folder):
    """Their pages and slides are searched for names, moments and long numbers."""
    results = run_jobs([job(lesson, folder) for lesson in LESSONS], fresh=True)
    assert [str(result.failure) for result in results if not result.ok] == []
    raw = {
        text
        for frame in tables().values()
        for column in frame
        for text in frame[column].dropna().astype(str).unique()
        if re.fullmatch(r"\d{4}-\d\d-\d\d.*|\d+\.\d{4,}", text)
    }
    for result in results:
        page = render_run(result, "facilitator") + render_run(result, "slides")
        assert "REAL. Your own table" in page
        assert "Zq-" not in page
        assert str(folder) not in page
        shown = set(re.findall(r"\d{4}-\d\d-\d\d[ T\d:]*|\d+\.\d{4,}", page))
        assert not shown & raw


@pytest.mark.once
def test_a_bad_table_stops_the_lesson_with_every_violation(folder, tmp_path, capsys):
    lines = (folder / "contacts.csv").read_text(encoding="utf-8").splitlines()
    head = lines[0].removeprefix("\ufeff").split(";")
    for row in (2, 5):
        cells = lines[row].split(";")
        cells[head.index("effort")] = "9"
        lines[row] = ";".join(cells)
    bad = tmp_path / "contacts.csv"
    bad.write_text("\n".join(lines[:40]), encoding="utf-8")
    asked = ["run", "12", "--profile", "fast", "-p", f"contacts_path={bad}"]
    assert main(asked) == 2
    said = capsys.readouterr().err
    assert "row 3, column effort, value '9'" in said
    assert "row 6, column effort, value '9'" in said
