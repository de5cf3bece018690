"""The first screen, and what stands around every page of the site."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from cxlab.course.manifest import Lesson, Manifest
from cxlab.course.render.frame import Frame, Link
from cxlab.course.render.judged import Judged
from cxlab.course.render.maths import characters, font_face
from cxlab.course.render.picture import picture_of
from cxlab.course.render.theme import environment, style
from cxlab.course.render.whole import self_contained
from cxlab.register import Claim


def navigation(home: str, current: str = "", *, course: str) -> tuple[Link, ...]:
    """Return the links at the head of every page of the site.

    Parameters
    ----------
    home
        The way to the first screen's folder, such as ``"../../"``.
    current
        File name of the page that is open, if it is one of these.
    course
        Title of the course.
    """
    names = {
        "index.html": course,
        "teach.html": "Teach",
        "register.html": "Register",
        "autopsy.html": "Autopsy",
        "glossary.html": "Glossary",
        "data.html": "Data",
    }
    return tuple(
        Link(label=label, href=home + name, current=name == current)
        for name, label in names.items()
    )


def whole_page(
    template: str, body: str = "", *, sheets: Sequence[str] = (), **values: Any
) -> str:
    """Fill in a page around the lessons; its formulas are those of ``body``.

    ``sheets`` are style sheets that only this page needs.
    """
    css = font_face(characters(body)) + style("base", "page", "site", *sheets, "print")
    page = environment().get_template(template)
    return self_contained(page.render(css=Markup(css), **values))  # noqa: S704


def frame_at(manifest: Manifest, name: str, *, home: str = "") -> Frame:
    """Return what stands around a page of that name, at the head of the site."""
    site = navigation(home, name, course=manifest.title)
    return Frame(course=manifest.title, site=site, wide=name == "index.html")


def folder_of(lesson: str) -> str:
    """Return the folder of a lesson's pages, as seen from the first screen."""
    return f"lessons/{lesson}"


def render_index(
    manifest: Manifest,
    *,
    claims: Mapping[str, Claim],
    verdicts: Sequence[Judged],
    editions: Mapping[str, str],
) -> str:
    """Return the first screen, and the lessons by part and by route.

    Parameters
    ----------
    manifest
        The course.
    claims
        The register, by claim id.
    verdicts
        What the lessons found.
    editions
        File name of each further edition of a lesson, and what it is called.
    """
    shown = {
        name: _listed(manifest, lesson, editions)
        for name, lesson in manifest.lessons.items()
    }
    return whole_page(
        "index.html",
        frame=frame_at(manifest, "index.html"),
        sentence=manifest.sentence,
        picture=picture_of(manifest, claims=claims, verdicts=verdicts),
        parts=[
            {
                "number": part.number,
                "title": part.title,
                "lessons": [
                    shown[name]
                    for name, lesson in manifest.lessons.items()
                    if lesson.part == part.number
                ],
            }
            for part in manifest.parts.values()
        ],
        routes=[
            {
                "title": route.title,
                "says": route.says,
                "lessons": [shown[name] for name in route.lessons],
                "teach": sum(manifest.lessons[n].teach for n in route.lessons),
                "practise": sum(manifest.lessons[n].practise for n in route.lessons),
            }
            for route in manifest.routes.values()
        ],
    )


def _listed(
    manifest: Manifest, lesson: Lesson, editions: Mapping[str, str]
) -> dict[str, Any]:
    folder = folder_of(lesson.name)
    return {
        "title": lesson.title,
        "folder": folder,
        "teach": lesson.teach,
        "practise": lesson.practise,
        "outcome": lesson.outcome,
        "routes": [route.title for route in manifest.routes_of(lesson.name)],
        "links": [
            Link(label=label, href=f"{folder}/{name}")
            for name, label in editions.items()
        ],
    }
