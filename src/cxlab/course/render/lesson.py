"""All pages of one lesson: which there are, and how they are linked."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from cxlab.course.manifest import Lesson, Manifest, manifest
from cxlab.course.parameters import parameters_of
from cxlab.course.render import autopsy
from cxlab.course.render.frame import Frame, Link
from cxlab.course.render.page import render_page
from cxlab.course.render.paper import PAPER, render_paper
from cxlab.course.render.site import navigation
from cxlab.course.render.slides import render_slides
from cxlab.register import Claim, claims

if TYPE_CHECKING:
    from cxlab.course.run import RunResult

# What each edition is called where it is linked; the file is named after its key.
EDITIONS: Mapping[str, str] = {
    "trainee": "Trainee",
    "solution": "Solutions",
    "facilitator": "Notes for the room",
    "slides": "Slides",
    "handout": "Handout",
}
# Also as PDF, for these are handed out; a browser prints the others as well.
PRINTED = ("facilitator", "handout")


def frame_of(
    course: Manifest, lesson: Lesson, edition: str, *, printed: Iterable[str] = ()
) -> Frame:
    """Return what stands around one page of a lesson on the site.

    Parameters
    ----------
    course
        The manifest.
    lesson
        The lesson.
    edition
        One of ``EDITIONS``.
    printed
        Editions of which there is a PDF beside the page.
    """
    editions = [
        Link(label=label, href=f"{name}.html", current=name == edition)
        for name, label in EDITIONS.items()
    ]
    if edition in printed:
        editions.append(Link(label="PDF", href=f"{edition}.pdf"))
    if lesson.paper:
        editions.append(Link(label="Board paper", href=PAPER))
        if "paper" in printed:
            editions.append(Link(label="as PDF", href=PAPER.replace("html", "pdf")))
    if lesson.name == autopsy.LESSON:
        editions.append(Link(label="Slide autopsy", href=f"../../{autopsy.PAGE}"))
    before, after = _neighbours(course, lesson, edition)
    return Frame(
        course=course.title,
        edition=EDITIONS[edition],
        part=_part(course, lesson),
        facts=_facts(course, lesson),
        decision=lesson.decision,
        site=navigation("../../", course=course.title),
        editions=tuple(editions),
        previous=before,
        next=after,
        register="../../register.html",
    )


def paper_frame(course: Manifest, lesson: Lesson, edition: str) -> Frame:
    """Return what stands around a page that stands alone: no link leaves it."""
    return Frame(
        course=course.title,
        edition=EDITIONS[edition],
        part=_part(course, lesson),
        facts=_facts(course, lesson),
        decision=lesson.decision,
    )


def _part(course: Manifest, lesson: Lesson) -> str:
    return f"Part {lesson.part}. {course.parts[lesson.part].title}"


def _facts(course: Manifest, lesson: Lesson) -> tuple[str, ...]:
    minutes = f"{lesson.teach} minutes to teach, {lesson.practise} to practise"
    routes = ", ".join(route.title for route in course.routes_of(lesson.name))
    return (minutes, routes) if routes else (minutes,)


def _neighbours(
    course: Manifest, lesson: Lesson, edition: str
) -> tuple[Link | None, Link | None]:
    names = list(course.lessons)
    here = names.index(lesson.name)
    return (
        _link(course, names[here - 1], edition) if here else None,
        _link(course, names[here + 1], edition) if here + 1 < len(names) else None,
    )


def _link(course: Manifest, name: str, edition: str) -> Link:
    return Link(label=course.lessons[name].title, href=f"../{name}/{edition}.html")


def render_edition(
    notebook: NotebookNode, edition: str, *, frame: Frame, register: Mapping[str, Claim]
) -> str:
    """Return one edition of an executed lesson as html.

    Raises
    ------
    ValueError
        If there is no such edition.
    """
    if edition not in EDITIONS:
        raise ValueError(
            f"There is no edition {edition!r} to show. "
            f"Choose one of: {', '.join(EDITIONS)}."
        )
    if edition == "slides":
        return render_slides(notebook, frame=frame, claims=register)
    return render_page(notebook, edition, frame=frame, claims=register)


def render_run(result: "RunResult", edition: str = "solution") -> str:
    """Return one page of one run of a lesson: it stands alone, and says its settings.

    Parameters
    ----------
    result
        A run that succeeded; of the trainee edition, if that is the page wanted.
    edition
        One of ``EDITIONS``; or ``"paper"``, for what a lesson hands in.

    Raises
    ------
    ValueError
        If the run failed, hands in no paper, or there is no such edition.
    """
    if not result.ok:
        raise ValueError(f"{result.run} has nothing to show: {result.failure}")
    course = manifest()
    if edition == "paper":
        return render_paper(result.notebook, course=course.title)
    lesson = course.lesson(result.run.lesson)
    alone = paper_frame(course, lesson, edition if edition in EDITIONS else "solution")
    settings = _without_folders(
        result, {**lesson.profile(result.run.profile), **result.run.parameters}
    )
    frame = Frame(**{**vars(alone), "settings": settings})
    return render_edition(result.notebook, edition, frame=frame, register=claims())


def _without_folders(
    result: "RunResult", settings: Mapping[str, Any]
) -> dict[str, Any]:
    """Leave the name of a reader's own file: whose folder it is in nobody need know."""
    own = {n for n, knob in parameters_of(result.notebook).items() if knob.file}
    return {n: Path(v).name if n in own else v for n, v in settings.items()}
