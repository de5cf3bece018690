"""The page from which the zip is opened: three doors, prints, tables to fill in."""

from collections.abc import Sequence
from typing import Any

from cxlab.course.manifest import manifest
from cxlab.course.render.frame import Frame
from cxlab.course.render.site import folder_of, whole_page
from cxlab.tables import SCHEMAS


def render_door(names: Sequence[str]) -> str:
    """Return START-HERE.html.

    Parameters
    ----------
    names
        Every other file of the zip, as seen from this page.
    """
    course, there = manifest(), frozenset(names)
    return whole_page(
        "door.html",
        sheets=("room",),
        frame=Frame(course=course.title),
        sentence=course.sentence,
        lessons=[
            {
                "title": lesson.title,
                "number": lesson.name.partition("_")[0],
                "handout": _first(there, lesson.name, "handout"),
                "slides": _first(there, lesson.name, "slides"),
            }
            for lesson in course.lessons.values()
        ],
        room=[
            {"label": label, "href": href}
            for label, href in _PRINTS.items()
            if href in there
        ],
        templates=_templates(there),
    )


_PRINTS = {
    "Teaching the course": "site/teach.pdf",
    "Agendas": "site/agendas.pdf",
    "A sheet for each lesson": "site/sheets.pdf",
}


def _first(there: frozenset[str], lesson: str, edition: str) -> str:
    """Return the file to open: the PDF, or the page where nothing was printed."""
    stem = f"site/{folder_of(lesson)}/{edition}"
    return f"{stem}.pdf" if f"{stem}.pdf" in there else f"{stem}.html"


def _templates(there: frozenset[str]) -> list[dict[str, Any]]:
    return [
        {"href": f"templates/{name}.csv", "name": name, "meaning": schema.meaning}
        for name, schema in SCHEMAS.items()
        if f"templates/{name}.csv" in there
    ]
