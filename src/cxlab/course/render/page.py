"""A lesson's page: one file that opens anywhere, with nothing to fetch."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from nbformat import NotebookNode

from cxlab.course.render.exporter import cells_html
from cxlab.course.render.frame import Frame
from cxlab.course.render.maths import characters, font_face
from cxlab.course.render.text import CLAIM_ID, Writer, plain
from cxlab.course.render.theme import environment, style
from cxlab.course.render.views import view
from cxlab.course.render.whole import self_contained
from cxlab.register import Claim

_H2 = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class _Heading:
    name: str
    html: Markup


def render_page(
    notebook: NotebookNode,
    view_name: str,
    *,
    frame: Frame,
    claims: Mapping[str, Claim],
) -> str:
    """Return one page of an executed lesson as html.

    Parameters
    ----------
    notebook
        The executed lesson; it is left as it is.
    view_name
        One of ``views.VIEWS``.
    frame
        What stands around the lesson.
    claims
        The register, by claim id.

    Raises
    ------
    NotSelfContained
        If the page would have to fetch anything.
    BadMathematics
        If a formula cannot be read.
    NoAltText
        If a figure has no alt text.
    """
    page = view(notebook, view_name)
    base = frame.register or ""
    anchor = "#" if base else "#claim-"
    writer = Writer(lambda claim_id: f"{base}{anchor}{claim_id}", claims)
    heading = writer.inline(page.metadata["page"]["title"])
    article = cells_html(page, template="lesson", writer=writer, claims=claims)
    cited = [] if base else _cited(heading + article, claims)
    whole = (
        environment()
        .get_template("page.html")
        .render(
            frame=frame,
            view=view_name,
            title=plain(heading),
            heading=Markup(heading),  # noqa: S704
            article=Markup(article),  # noqa: S704
            contents=_contents(article),
            cited=cited,
            css=_css(heading + article, "base", "page", "print"),
        )
    )
    return self_contained(whole)


def _css(body: str, *names: str) -> Markup:
    return Markup(font_face(characters(body)) + style(*names))  # noqa: S704


def _contents(article: str) -> list[_Heading]:
    return [
        _Heading(name=name, html=Markup(text))  # noqa: S704
        for name, text in _H2.findall(article)
    ]


def _cited(body: str, claims: Mapping[str, Claim]) -> list[Claim]:
    ids = {match["claim"] for match in CLAIM_ID.finditer(html.unescape(body))}
    return [claim for claim_id, claim in claims.items() if claim_id in ids]
