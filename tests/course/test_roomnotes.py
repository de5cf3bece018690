"""A facilitator's sheet is gathered from the notes, and loses nothing on the way."""

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cxlab.course.manifest import manifest
from cxlab.course.notebooks import read_notebook
from cxlab.course.roomnotes import KINDS, room_notes


def _lesson(*notes: str) -> NotebookNode:
    cells = [new_markdown_cell("## The slide leaves the middle out", id="head")]
    for number, text in enumerate(notes):
        metadata = {"tags": ["facilitator"]}
        cells.append(new_markdown_cell(text, id=f"note-{number}", metadata=metadata))
    return new_notebook(cells=cells)


def _said(*notes: str) -> list[tuple[str, str]]:
    return [(note.kind, note.text) for note in room_notes(_lesson(*notes))]


def test_a_note_knows_its_section_and_its_cell() -> None:
    """A sheet leads back to where the note is used."""
    [note] = room_notes(_lesson('Ask: "Who is in the middle?"'))
    assert note.section == "The slide leaves the middle out"
    assert note.cell == "note-0"


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("Let the silence work.", []),
        ('Ask: "Why?"', []),  # too short to be put to a room
        ('"Who pays?" they ask. "A or B: which?"', [("question", "A or B: which?")]),
        ("Wrong answer to expect: 42.", [("wrong", "42.")]),
        ("Wrong answers to expect: 2, and 4.", [("wrong", "2, and 4.")]),
        ("Wrong answer to expect in the first exercise: 95.",
         [("wrong", "95. (in the first exercise)")]),
        ('Wrong answer to expect: "So it is proven." Ask: "By what, exactly?"',
         [("wrong", '"So it is proven." Ask: "By what, exactly?"')]),
        ("Expect (d) from the careful.", [("wrong", "(d) from the careful.")]),
        ("Expect that most say customers are strict.",
         [("wrong", "that most say customers are strict.")]),
        ("Story: a hotel. If you are short of time, skip it. Then go on.",
         [("cut", "If you are short of time, skip it.")]),
        ("What to cut: the elasticities.", [("cut", "What to cut: the elasticities.")]),
        ('Let them vote. Bridge to lesson 11: "Which effort is it? Tell me."',
         [("bridge", 'Bridge to lesson 11: "Which effort is it? Tell me."')]),
        ("Wrong answer to expect: 7. If you cut anything, cut the table.",
         [("wrong", "7."), ("cut", "If you cut anything, cut the table.")]),
    ],
)  # fmt: skip
def test_a_note_is_sorted_by_how_it_begins(
    note: str, said: list[tuple[str, str]]
) -> None:
    """The same words mean the same thing in every lesson."""
    assert _said(note) == said


def test_lines_that_are_wrapped_are_one_sentence() -> None:
    """A notebook may wrap its markdown anywhere."""
    assert _said("Wrong answer\nto expect: 10,\nthe ratio.") == [
        ("wrong", "10, the ratio.")
    ]


def test_what_is_not_a_note_is_not_gathered() -> None:
    """Trainees read the rest themselves."""
    cells = [
        new_markdown_cell('Wrong answer to expect: 9. "Who is it, then?"', id="a"),
        new_code_cell("x = 1", id="b"),
    ]
    assert room_notes(new_notebook(cells=cells)) == ()


@pytest.mark.parametrize("lesson", list(manifest().lessons))
def test_every_lesson_fills_its_sheet(lesson: str) -> None:
    """Each but the last also says what comes next."""
    kinds = {note.kind for note in room_notes(read_notebook(lesson))}
    last = list(manifest().lessons)[-1]
    assert kinds >= set(KINDS) - ({"bridge"} if lesson == last else set())
