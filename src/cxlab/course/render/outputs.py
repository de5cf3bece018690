"""What a cell shows, as html: code, figures, tables and verdicts.

The words of the html stand in course/theme/pieces.html; here is only what has to be
computed before they can be filled in.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from cxlab.course.render.text import Writer, scrolling
from cxlab.course.render.theme import environment
from cxlab.course.render.verdicts import glyph
from cxlab.records import FIGURE_MIME
from cxlab.register import EVIDENCE, Claim

_PRE = re.compile(r"<pre>(?:<span></span>)?(.*?)</pre>", re.DOTALL)
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_EMPTY_HEAD = re.compile(r"<th\b([^>]*)>(\s*)</th>")
_BARE_HEAD = re.compile(r"<th>")
_BODY = re.compile(r"<tbody>.*?</tbody>", re.DOTALL)


class NoAltText(ValueError):
    """A figure says nothing to those who do not see it."""


def piece(name: str, **values: Any) -> str:
    """Fill in one of the small templates of ``pieces.html``."""
    macro = getattr(environment().get_template("pieces.html").module, name)
    return str(macro(**values)).strip()


def code_html(highlight: Callable[[str], str]) -> Callable[[str], str]:
    """Return what writes code as html, one element a line.

    A line that is wider than the page is wrapped with a hanging indent, so that code
    never has to be scrolled sideways.
    """

    def write(source: str) -> str:
        found = _PRE.search(highlight(source))
        inner = found[1] if found else source
        lines = inner.rstrip("\n").split("\n")
        joined = "".join(f'<span class="line">{line or " "}\n</span>' for line in lines)
        return f'<pre class="code"><code>{joined}</code></pre>'

    return write


def figure_html(output: NotebookNode) -> str:
    """Write a figure with its alt text, its redraw for phones and its source line.

    Raises
    ------
    NoAltText
        If the figure carries no alt text: it was not shown with ``show``.
    """
    size = output.metadata.get("image/png", {})
    alt = size.get("alt", "").strip()
    if not alt:
        raise NoAltText(
            "A figure has no alt text, so those who do not see it learn nothing. Show "
            "it with show(..., alt=...), which asks for the sentence."
        )
    return piece(
        "figure",
        png=output.data["image/png"].replace("\n", ""),
        size=size,
        alt=alt,
        narrow=output.data.get(FIGURE_MIME, {}).get("narrow"),
        source=output.metadata.get("cxlab", {}).get("source", ""),
    )


def slide_figure_html(output: NotebookNode) -> str:
    """Write a figure as it was drawn for a slide, with its source line."""
    drawn = output.data.get(FIGURE_MIME, {}).get("slide")
    size = output.metadata.get("image/png", {})
    return piece(
        "slide_figure",
        png=drawn["png"] if drawn else output.data["image/png"].replace("\n", ""),
        size=drawn or size,
        alt=size.get("alt", ""),
        source=output.metadata.get("cxlab", {}).get("source", ""),
    )


def table_html(output: NotebookNode) -> str:
    """Write a table in a box that scrolls by keyboard, with its source line."""
    page = clean_table(output.data["text/html"])
    if "<table" not in page:
        return page
    caption = _CAPTION.search(page)
    label = caption[1] if caption else "table"
    return piece(
        "table",
        table=Markup(scrolling(page, Markup(label).striptags())),  # noqa: S704
        source=output.metadata.get("cxlab", {}).get("source", ""),
    )


def clean_table(page: str) -> str:
    """Mend what a table printed by pandas itself lacks: scopes, and no empty heads.

    Examples
    --------
    >>> clean_table("<thead><tr><th></th><th>share</th></tr></thead>")
    '<thead><tr><td></td><th scope="col">share</th></tr></thead>'
    """
    page = page.replace('border="1" class="dataframe"', 'class="cx-table"')
    page = page.replace(' style="text-align: right;"', "")
    page = _EMPTY_HEAD.sub(r"<td\1>\2</td>", page)
    page = _BODY.sub(lambda body: _BARE_HEAD.sub('<th scope="row">', body[0]), page)
    return _BARE_HEAD.sub('<th scope="col">', page)


def verdict_html(
    form: str,
    record: Mapping[str, Any],
    *,
    claims: Mapping[str, Claim],
    writer: Writer,
) -> str:
    """Write the verdict on a claim, from its record and its entry in the register."""
    claim = claims[record["id"]]
    return piece(
        form,
        claim=claim,
        verdict=record["verdict"],
        glyph=Markup(glyph(record["verdict"])),  # noqa: S704
        says=_inline(writer, claim.says),
        found=_inline(writer, record["found"]),
        interval=record.get("interval", ""),
        because=_inline(writer, record["because"]),
        evidence=[EVIDENCE[kind] for kind in record["evidence"]],
        id_link=_inline(writer, f"[{claim.id}]"),
    )


def _inline(writer: Writer, markdown: str) -> Markup:
    return Markup(writer.inline(markdown))  # noqa: S704
