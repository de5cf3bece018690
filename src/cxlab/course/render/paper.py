"""The board paper: what a lesson hands in, on one page of its own."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cxlab.course.browser import find_browser
from cxlab.course.files import write_over
from cxlab.course.render.frame import Frame, Link
from cxlab.course.render.maths import characters, font_face
from cxlab.course.render.pdf import print_pdf
from cxlab.course.render.text import Writer, plain
from cxlab.course.render.theme import environment, style
from cxlab.course.render.views import kind_of
from cxlab.course.render.whole import self_contained

PAPER = "board-paper.html"  # beside the pages of its lesson
_TITLE = re.compile(r"\A\*\*(.+?)\*\*\s*")
_HEADING = re.compile(r"^\*\*([^*\n]+?)\.\*\*[ \t]*", re.MULTILINE)


class NoPaper(ValueError):
    """A notebook hands nothing in, or has not been run."""


class NoBrowser(RuntimeError):
    """There is no browser that could print."""


def paper_in(notebook: Mapping[str, Any]) -> str | None:
    """Return the markdown that an executed notebook hands in; None if none."""
    handed_in = [
        output["data"]["text/markdown"]
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if kind_of(output) == "paper"
    ]
    return "".join(handed_in[-1]) if handed_in else None


def render_paper(
    notebook: Mapping[str, Any],
    *,
    course: str = "cxlab",
    links: tuple[Link, ...] = (),
) -> str:
    """Return the paper that an executed notebook hands in, as a page of its own.

    Parameters
    ----------
    notebook
        An executed notebook, as it was run or as it was saved.
    course
        Title of the course.
    links
        At the head of the page, where it stands on the site; none on paper.

    Raises
    ------
    NoPaper
        If it hands nothing in.
    """
    markdown = paper_in(notebook)
    if markdown is None:
        raise NoPaper(
            "This notebook hands in no paper. Run all of its cells and save it, or "
            "choose a lesson that ends with a paper."
        )
    found = _TITLE.match(markdown)
    title = found[1] if found else "Paper"
    text = _HEADING.sub(r"## \1\n\n", markdown[found.end() :] if found else markdown)
    writer = Writer(lambda claim_id: f"#{claim_id}", ())
    body = writer.block(text)
    css = font_face(characters(body)) + style("base", "page", "print", "paper")
    return self_contained(
        environment()
        .get_template("paper.html")
        .render(
            frame=Frame(course=course, site=links),
            title=plain(writer.inline(title)),
            article=Markup(body),  # noqa: S704
            css=Markup(css),  # noqa: S704
        )
    )


def write_paper(page: str, path: Path) -> None:
    """Write a page to a file: as html, or printed if the name ends in ``.pdf``.

    Raises
    ------
    NoBrowser
        If it is to be printed, and nothing here can print.
    """
    if path.suffix.lower() != ".pdf":
        write_over(path, page)
        return
    browser = find_browser()
    if browser is None:
        raise NoBrowser(
            f"{path.name} was not printed: there is no Chromium, Chrome or Edge here. "
            f"Ask for {path.with_suffix('.html').name} instead, and print that page "
            "from any browser; or install one (`cxlab doctor` says how)."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    print_pdf(page, path, browser=browser)
