"""The slides of a lesson as one file: reveal.js, its speaker view and all.

reveal.js is read from the installed package sphinx-revealjs and carried inside the
page, so that the slides and their speaker view (key S) open with the network off.
"""

import re
from collections.abc import Mapping
from functools import cache

from markupsafe import Markup
from nbformat import NotebookNode

from cxlab import palette
from cxlab.course.render.deck import deck
from cxlab.course.render.exporter import cells_html
from cxlab.course.render.frame import Frame
from cxlab.course.render.maths import characters, font_face
from cxlab.course.render.text import Writer, plain
from cxlab.course.render.theme import environment, packaged, style
from cxlab.course.render.whole import self_contained
from cxlab.register import Claim

_REVEAL = ("_static", "revealjs")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


@cache
def _reveal(*parts: str) -> str:
    text = packaged("sphinx_revealjs", *_REVEAL, *parts).read_text(encoding="utf-8")
    return _SOURCE_MAP.sub("", text)


def render_slides(
    notebook: NotebookNode, *, frame: Frame, claims: Mapping[str, Claim]
) -> str:
    """Return the slides of an executed lesson as html.

    Parameters
    ----------
    notebook
        The executed lesson, with the facilitator's cells; it is left as it is.
    frame
        What stands around the lesson.
    claims
        The register, by claim id.

    Raises
    ------
    NotSelfContained
        If the slides would have to fetch anything.
    """
    slides = deck(notebook)
    title = ""
    if slides.cells:
        first = slides.cells[0].metadata["page"]
        title, first["label"] = first["headline"], frame.part
    register = frame.register or "register.html"
    writer = Writer(lambda claim_id: f"{register}#{claim_id}", claims)
    sections = cells_html(slides, template="slides", writer=writer, claims=claims)
    style_sheets = (
        _reveal("dist", "reset.css")
        + _reveal("dist", "reveal.css")
        + font_face(characters(sections))
        + style("base", "slides")
    )
    return self_contained(
        environment()
        .get_template("slides.html")
        .render(
            title=plain(writer.inline(title)),
            sections=Markup(sections),  # noqa: S704
            css=Markup(style_sheets),  # noqa: S704
            reveal=Markup(_script("dist", "reveal.js")),  # noqa: S704
            notes=Markup(_script("plugin", "notes", "notes.js")),  # noqa: S704
            width=palette.SLIDE_PX[0],
            height=palette.SLIDE_PX[1],
        )
    )


def _script(*parts: str) -> str:
    """Return a script that can stand inside a page: it must not end its element."""
    return _reveal(*parts).replace("</script", "<\\/script")
