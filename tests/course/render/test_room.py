"""The facilitator's room says what the manifest and the notes say, each fact once."""

import re

import pytest

from cxlab.course.agenda import agendas
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import read_notebook
from cxlab.course.render import room
from cxlab.course.render.text import plain
from cxlab.course.roomnotes import room_notes
from cxlab.register import claims
from cxlab.strategy.paper import CRITERIA

pytestmark = pytest.mark.once  # pages do not differ between Pythons

COURSE = manifest()
PAGES = room.render_room(COURSE, claims(), printed=["sheets.html"])


def _words(fragment: str) -> str:
    return plain(fragment).replace("*", "").replace("`", "")


def _sheet(lesson: str) -> str:
    part = PAGES["sheets.html"].split(f'id="{lesson}"', 1)[1]
    return _words(part.split('<section class="sheet', 1)[0])


@pytest.mark.parametrize("lesson", COURSE.lessons.values(), ids=lambda one: one.name)
def test_a_sheet_says_what_the_manifest_and_the_notes_say(lesson):
    """Nothing is lost on the way to the room."""
    sheet = _sheet(lesson.name)
    for fact in (lesson.title, lesson.outcome, lesson.decision):
        assert _words(fact) in sheet
    assert _words(lesson.room.removeprefix("Without laptops: "))[1:] in sheet
    for note in room_notes(read_notebook(lesson.name)):
        if note.kind in ("question", "wrong"):
            assert _words(note.text)[1:] in sheet


def test_an_answer_that_is_a_number_is_no_list():
    """ "50." at the head of a line is the fiftieth point to markdown."""
    assert "<ol start" not in PAGES["sheets.html"]


def test_an_agenda_shows_every_minute_that_was_computed():
    """Clock times and minutes come from the manifest alone."""
    page = PAGES["agendas.html"]
    rows = re.findall(r'<tr class="(\w+)"><td>([\d:]+)</td>.*?(\d+)</td></tr>', page)
    slots = [
        slot for plan in agendas(COURSE) for day in plan.days for slot in day.slots
    ]
    assert [kind for kind, *_ in rows] == [slot.kind for slot in slots]
    assert [int(minutes) for *_, minutes in rows] == [slot.minutes for slot in slots]


def test_the_guide_is_whole_and_has_one_title():
    """What stands in course/facilitator.md stands on the page."""
    page = PAGES["teach.html"]
    text = room.guide().read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert text.startswith(f"# {room.PAGES['teach.html']}\n")
    assert [plain(h) for h in re.findall(r"<h2[^>]*>(.*?)</h2>", page)] == heads
    assert page.count("<h1") == 1


def test_the_rubric_marks_what_the_capstone_asks_for():
    """Its rows are the headings of the board paper, and the page as a whole."""
    rows = re.findall(r"\n\| \*\*(.+?)\*\* \|", room.guide().read_text("utf-8"))
    assert rows == [*CRITERIA, "The page"]


def test_a_pdf_is_linked_only_where_there_is_one():
    """A dead link in front of a room is embarrassing."""
    assert 'href="sheets.pdf"' in PAGES["sheets.html"]
    assert ".pdf" not in PAGES["agendas.html"]


def test_on_paper_no_link_leaves_a_page():
    """It would carry the name of a folder of this machine."""
    for page in room.render_room(COURSE, claims(), alone=True).values():
        assert set(re.findall(r'href="([^"]*)"', page)) <= {"data:,", "#main"}
