"""One thought a slide: how a lesson is cut into slides."""

import copy
import re

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from cxlab.course.render.deck import deck
from cxlab.course.render.frame import Frame
from cxlab.course.render.slides import render_slides
from cxlab.register import Claim


@pytest.fixture
def slides(lesson: NotebookNode) -> list[NotebookNode]:
    return [cell.metadata.page for cell in deck(lesson).cells]


@pytest.fixture
def html(lesson: NotebookNode, claims: dict[str, Claim]) -> str:
    frame = Frame(part="Part 2. Effort", register="../../register.html")
    return render_slides(lesson, frame=frame, claims=claims)


def test_headings_figures_sentences_and_questions_make_the_slides(
    slides: list[NotebookNode],
) -> None:
    assert [(page.kind, page.headline) for page in slides] == [
        ("title", "How hard is *hard*?"),
        ("question", "First, a guess"),
        ("statement", "Two bars hide the middle"),
        ("figure", "Hard contacts turn four times as many away"),
        ("sentence", "Look at the ends"),
        ("table", "Odds grow faster"),
        ("code", "Odds grow faster"),
        ("question", ""),
        ("statement", "What the claim is worth"),
        ("verdict", ""),
        ("statement", "On Monday"),
    ]


def test_questions_say_who_is_asked(slides: list[NotebookNode]) -> None:
    asked = [(p.label, p.text) for p in slides if p.kind == "question"]
    assert asked == [
        ("Make a guess", "How many of 100 turn away?"),
        ("Your turn", "How many times? Use `times`."),
    ]


def test_the_deck_leaves_the_notebook_as_it_is(lesson: NotebookNode) -> None:
    before = copy.deepcopy(lesson)
    deck(lesson)
    assert lesson == before


def test_notes_go_to_the_slide_that_follows_in_their_section(
    lesson: NotebookNode,
) -> None:
    figure = next(c for c in lesson.cells if c.id == "figure")
    note = new_markdown_cell("Wait.", id="wait", metadata={"tags": ["facilitator"]})
    lesson.cells.insert(lesson.cells.index(figure), note)
    noted = {p.headline: p.notes for p in _pages(lesson) if p.notes}
    assert noted["Two bars hide the middle"] == ["Wait."]


def test_notes_at_the_end_of_a_section_stay_with_its_last_slide(
    slides: list[NotebookNode],
) -> None:
    """SECRET-NOTE stands after the guess and before the next heading."""
    noted = {page.headline: page.notes for page in slides if page.notes}
    assert noted == {"First, a guess": ["SECRET-NOTE Let the silence work."]}


def test_prose_is_for_the_speaker(slides: list[NotebookNode]) -> None:
    spoken = {page.headline: page.prose for page in slides if page.prose}
    assert spoken["Two bars hide the middle"] == ["**Look at the ends.** Only."]
    assert spoken["On Monday"] == ["Ask for the middle."]


def test_answers_and_optional_passages_are_absent(html: str) -> None:
    for absent in (
        "SECRET-ANSWER",
        "SECRET-HINT",
        "SECRET-DEPTH",
        "SKIPPED",
        "n = 500",
    ):
        assert absent not in html


def test_code_stands_only_where_it_is_asked_for(html: str) -> None:
    assert html.count('<pre class="code"') == 1
    assert "share_hard" in re.sub(r"<[^>]+>", "", html)


def test_speaker_notes_are_inside_the_slides(html: str) -> None:
    notes = re.findall(r'<aside class="notes">(.*?)</aside>', html, re.DOTALL)
    assert any("Let the silence work." in note for note in notes)


def test_the_slides_carry_reveal_and_its_speaker_view(html: str) -> None:
    assert "Reveal.initialize" in html
    assert "RevealNotes" in html
    assert "sourceMappingURL" not in html


def test_the_same_lesson_gives_the_same_slides(
    lesson: NotebookNode, claims: dict[str, Claim], html: str
) -> None:
    frame = Frame(part="Part 2. Effort", register="../../register.html")
    assert render_slides(lesson, frame=frame, claims=claims) == html


def test_a_figure_without_a_message_takes_the_heading(lesson: NotebookNode) -> None:
    figure = next(c for c in lesson.cells if c.id == "figure")
    figure.outputs[0].data["application/vnd.cxlab.figure+json"]["message"] = ""
    headlines = [(p.kind, p.headline) for p in _pages(lesson)]
    assert ("figure", "Two bars hide the middle") in headlines
    assert ("statement", "Two bars hide the middle") not in headlines


@pytest.mark.parametrize(
    ("length", "size"), [(40, "xl"), (120, "l"), (200, "m"), (400, "s")]
)
def test_longer_questions_are_set_smaller(length: int, size: str) -> None:
    words = ("word " * 100)[:length]
    cell = new_markdown_cell(words, id="a", metadata={"tags": ["exercise"]})
    assert _pages(new_notebook(cells=[cell]))[0].size == size


def _pages(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell.metadata.page for cell in deck(notebook).cells]


def test_a_heading_in_code_opens_no_slide() -> None:
    text = "## Real\n\n```python\n# a comment\n```"
    cells = [new_markdown_cell(text, id="a")]
    assert [p.headline for p in _pages(new_notebook(cells=cells))] == ["Real"]
