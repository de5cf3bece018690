"""Every reader gets what is meant for him, and the source stays as it was."""

import copy

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.course import editions, notebooks


def cell(kind, source, *tags):
    make = {"md": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    return make[kind](source, metadata={"tags": list(tags)} if tags else {})


@pytest.fixture
def lesson():
    """A lesson with one cell of every tag that an edition decides on."""
    return nbformat.v4.new_notebook(
        cells=[
            cell("md", "# Effort"),
            cell("code", "seed: int = 1", "parameters"),
            cell("md", "Let the silence work.", "facilitator"),
            cell("md", "**Your turn.** How many?", "exercise"),
            cell("code", "odds = None", "exercise"),
            cell("code", "odds = 16", "solution"),
            cell("md", "Odds are not shares.", "solution"),
            cell("code", "check('odds', odds)", "check"),
            cell("md", "One step further.", "deeper"),
        ]
    )


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def test_a_trainee_gets_the_question_and_the_check_but_no_answer(lesson):
    given_out = sources(editions.trainee(lesson))
    assert "odds = None" in given_out
    assert "check('odds', odds)" in given_out
    assert not {"odds = 16", "Odds are not shares."} & set(given_out)


def test_facilitator_notes_reach_no_trainee(lesson):
    for make in (editions.trainee, editions.solution):
        assert "Let the silence work." not in sources(make(lesson))


def test_the_solution_edition_is_the_trainees_with_the_answers_in_their_place(lesson):
    solution = editions.solution(lesson)
    assert sources(solution)[4:6] == ["odds = 16", "Odds are not shares."]
    assert sources(editions.trainee(solution)) == sources(editions.trainee(lesson))


def test_a_cell_with_two_tags_stays_out_if_either_says_so(lesson):
    """A deeper passage for the facilitator is still a facilitator's note."""
    lesson.cells[8].metadata["tags"] = ["deeper", "facilitator"]
    assert "One step further." not in sources(editions.trainee(lesson))


@given(st.lists(st.sets(st.sampled_from(notebooks.TAGS), max_size=3), max_size=8))
def test_an_edition_only_leaves_out_and_never_changes_the_source(tag_lists):
    """Whatever the tags: order is kept, nothing is added, the source is untouched."""
    cells = [cell("code", str(i), *tags) for i, tags in enumerate(tag_lists)]
    source = nbformat.v4.new_notebook(cells=cells)
    before = copy.deepcopy(source)
    for make in editions.EDITIONS.values():
        made = make(source)
        kept = [int(text) for text in sources(made)]
        assert kept == sorted(kept)
        made.metadata["changed"] = True
        for one in made.cells:
            one.source = "changed"
    assert source == before


def test_stripping_takes_outputs_and_counts(lesson):
    lesson.cells[1].outputs = [nbformat.v4.new_output("stream", text="1")]
    lesson.cells[1].execution_count = 3
    bare = editions.stripped(lesson)
    assert (bare.cells[1].outputs, bare.cells[1].execution_count) == ([], None)
    assert lesson.cells[1].execution_count == 3


def test_an_unknown_edition_is_refused_with_the_list(lesson):
    with pytest.raises(ValueError, match="full, trainee, solution"):
        editions.edition(lesson, "teacher")
