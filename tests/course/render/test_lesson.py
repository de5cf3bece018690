"""All pages of a lesson are linked, and a page of one run stands alone."""

import re
from itertools import pairwise

import pytest
from nbformat import NotebookNode

from cxlab.course.manifest import Manifest, manifest
from cxlab.course.notebooks import write_notebook
from cxlab.course.render.lesson import (
    EDITIONS,
    frame_of,
    paper_frame,
    render_edition,
    render_run,
)
from cxlab.course.run import Failure, Run, RunResult
from cxlab.register import Claim


@pytest.fixture
def course() -> Manifest:
    return manifest()


@pytest.fixture
def result(lesson: NotebookNode, course: Manifest) -> RunResult:
    name = next(iter(course.lessons))
    run = Run(lesson=name, profile="full", parameters={"n": 500})
    executed = write_notebook(lesson)
    return RunResult(run=run, ok=True, seconds=1.0, cell_seconds=1.0, executed=executed)


def test_a_page_of_one_run_stands_alone_and_says_its_settings(
    result: RunResult,
) -> None:
    html = render_run(result)
    assert "<code>n = 500</code>" in html
    inner = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    assert [
        href for href in re.findall(r'href="([^"]+)"', inner) if href[0] != "#"
    ] == ["data:,"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_of_a_run_can_be_shown(result: RunResult, edition: str) -> None:
    assert "How hard is" in render_run(result, edition)


def test_an_unknown_edition_is_refused_with_the_list(result: RunResult) -> None:
    with pytest.raises(ValueError, match="trainee, solution, facilitator, slides"):
        render_run(result, "teacher")


def test_a_run_that_failed_has_nothing_to_show(result: RunResult) -> None:
    failure = Failure(kind="error", message="NameError: x")
    failed = RunResult(**{**_fields(result), "ok": False, "failure": failure})
    with pytest.raises(ValueError, match="NameError: x"):
        render_run(failed)


def _fields(result: RunResult) -> dict[str, object]:
    return {name: getattr(result, name) for name in result.__dataclass_fields__}


def test_lessons_follow_each_other_in_the_same_edition(course: Manifest) -> None:
    names = list(course.lessons)
    for before, after in pairwise(names):
        step = frame_of(course, course.lessons[before], "slides").next
        assert step is not None
        assert step.href == f"../{after}/slides.html"
    assert frame_of(course, course.lessons[names[0]], "trainee").previous is None
    assert frame_of(course, course.lessons[names[-1]], "trainee").next is None


def test_the_open_edition_is_marked_and_a_pdf_is_linked_where_there_is_one(
    course: Manifest,
) -> None:
    lesson = next(iter(course.lessons.values()))
    links = frame_of(course, lesson, "handout", printed=["handout"]).editions
    assert [link.label for link in links if link.current] == ["Handout"]
    assert links[-1].href == "handout.pdf"
    assert len(frame_of(course, lesson, "handout").editions) == len(EDITIONS)


def test_the_head_names_part_minutes_and_routes(course: Manifest) -> None:
    for lesson in course.lessons.values():
        frame = paper_frame(course, lesson, "solution")
        assert frame.part.endswith(course.parts[lesson.part].title)
        assert f"{lesson.teach} minutes to teach" in frame.facts[0]


def test_an_edition_is_made_of_the_notebook_alone(
    lesson: NotebookNode, course: Manifest, claims: dict[str, Claim]
) -> None:
    entry = next(iter(course.lessons.values()))
    frame = frame_of(course, entry, "solution")
    pages = {
        render_edition(lesson, "solution", frame=frame, register=claims)
        for _ in range(2)
    }
    assert len(pages) == 1


def test_the_lesson_on_slides_leads_to_the_page_that_takes_one_apart(
    course: Manifest,
) -> None:
    """It is the only one that does."""
    leading = [
        name
        for name, lesson in course.lessons.items()
        if "../../autopsy.html"
        in {x.href for x in frame_of(course, lesson, "trainee").editions}
    ]
    assert leading == ["10_effort_and_disloyalty"]
