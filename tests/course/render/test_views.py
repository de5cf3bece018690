"""What each page shows of a lesson is decided by its tags and by nothing else."""

import copy

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from cxlab.course.render.views import VIEWS, only_says, view


def _ids(page: NotebookNode) -> list[str]:
    return [cell.id for cell in page.cells]


def _sources(page: NotebookNode) -> set[str]:
    return {cell.id for cell in page.cells if cell.metadata.page.get("source")}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_leaves_the_notebook_as_it_is(lesson: NotebookNode, name: str) -> None:
    before = copy.deepcopy(lesson)
    view(lesson, name)
    assert lesson == before


@pytest.mark.parametrize("name", VIEWS)
def test_no_page_shows_the_source_of_a_check(lesson: NotebookNode, name: str) -> None:
    assert "check" not in _sources(view(lesson, name))


@pytest.mark.parametrize("name", VIEWS)
def test_injected_parameters_and_bare_records_stay_off_every_page(
    lesson: NotebookNode, name: str
) -> None:
    shown = view(lesson, name)
    assert "injected" not in _ids(shown)
    by_hand = [cell for cell in shown.cells if cell.id == "by-hand"]
    assert all(not cell.outputs for cell in by_hand)


def test_a_trainee_sees_no_solution_no_note_and_no_judgement(
    lesson: NotebookNode,
) -> None:
    """Even of a run that holds them: a page made of the wrong run must not leak."""
    shown = view(lesson, "trainee")
    assert not {"answer", "note", "check"} & set(_ids(shown))
    assert "starter" in _sources(shown)


def test_an_unanswered_check_says_so_to_the_trainee(unanswered: NotebookNode) -> None:
    check = next(c for c in view(unanswered, "trainee").cells if c.id == "check")
    assert "Not answered yet" in check.outputs[0].data["text/html"]


def test_the_solution_page_shows_the_answer_instead_of_the_starter(
    lesson: NotebookNode,
) -> None:
    shown = view(lesson, "solution")
    assert "answer" in _sources(shown)
    assert not {"starter", "note"} & set(_ids(shown))


def test_the_facilitator_sees_the_notes(lesson: NotebookNode) -> None:
    assert "note" in _ids(view(lesson, "facilitator"))


def test_the_handout_has_no_code_and_no_answers(lesson: NotebookNode) -> None:
    shown = view(lesson, "handout")
    assert not _sources(shown)
    assert not {"answer", "note", "deep", "check", "by-hand"} & set(_ids(shown))
    assert {"figure", "table", "sentence", "verdict"} <= set(_ids(shown))


def test_the_handout_leaves_lines_to_write_on(lesson: NotebookNode) -> None:
    lines = {
        cell.id: cell.metadata.page.answer_line
        for cell in view(lesson, "handout").cells
        if cell.metadata.page.get("answer_line")
    }
    assert lines == {"guess": "Your guess", "turn": "Your answer"}


def test_code_is_hidden_where_asked_and_where_it_only_says_a_sentence(
    lesson: NotebookNode,
) -> None:
    sources = _sources(view(lesson, "solution"))
    assert not {"setup", "sentence"} & sources
    assert {"knobs", "figure", "verdict"} <= sources


def test_a_cell_with_nothing_left_to_show_is_gone(lesson: NotebookNode) -> None:
    assert "setup" not in _ids(view(lesson, "facilitator"))


def test_the_h1_goes_into_the_head_of_the_page(lesson: NotebookNode) -> None:
    shown = view(lesson, "trainee")
    assert shown.metadata.page.title == "How hard is *hard*?"
    assert not shown.cells[0].source.startswith("#")


def test_an_exercise_opens_and_closes_around_its_cells(lesson: NotebookNode) -> None:
    pages = {c.id: c.metadata.page for c in view(lesson, "solution").cells}
    assert pages["turn"]["opens"] == "exercise"
    assert pages["check"]["closes"] == "exercise"
    assert pages["deep"]["opens"] == pages["deep-code"]["closes"] == "deeper"


def test_every_group_that_opens_is_closed(lesson: NotebookNode) -> None:
    for name in VIEWS:
        pages = [cell.metadata.page for cell in view(lesson, name).cells]
        opened = [page["opens"] for page in pages if page.get("opens")]
        assert opened == [page["closes"] for page in pages if page.get("closes")]


def test_two_exercises_in_a_row_are_two_groups(lesson: NotebookNode) -> None:
    turn = next(cell for cell in lesson.cells if cell.id == "turn")
    second = copy.deepcopy(turn)
    second["id"] = "second-turn"
    lesson.cells.insert(lesson.cells.index(turn) + 1, second)
    pages = {c.id: c.metadata.page for c in view(lesson, "handout").cells}
    assert pages["turn"]["closes"] == pages["second-turn"]["opens"] == "exercise"


def test_an_unknown_view_is_refused_with_the_list() -> None:
    with pytest.raises(ValueError, match="trainee, solution, facilitator, handout"):
        view(NotebookNode(), "teacher")


def test_only_says_looks_at_the_whole_cell() -> None:
    assert only_says(new_code_cell('say("One.")\nsay("Two.")'))
    assert not only_says(new_code_cell('x = 1\nsay("One.")'))
    assert not only_says(new_code_cell("say("))
    assert not only_says(new_code_cell(""))
