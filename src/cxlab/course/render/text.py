"""Markdown as the lessons write it, turned into html.

Beside what every notebook knows: formulas become MathML, headings get names that can be
linked, and a figure's register id, as in ``96% [E13]``, becomes a link to the entry.
"""

import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from cxlab.course.render.maths import mathml
from cxlab.datasets import LABELS

CLAIM_ID = re.compile(r"\[(?P<claim>[A-Z][A-Z0-9]*-?[0-9]+[a-z]?)\](?![(:])")
# A label in italics right under a table is its source line.
_SOURCE_LINE = re.compile(
    r"(</table></div>\n)<p><em>((?:" + "|".join(LABELS) + r")\..*?)</em></p>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"\A\s*<p>(.*)</p>\s*\Z", re.DOTALL)
_NAME = re.compile(r'<(h[1-6]) id="[^"]*">')
_NOT_A_WORD = re.compile(r"[^\w]+")

Href = Callable[[str], str]


class _Renderer(IPythonRenderer):
    """Renders one page: it remembers which names its headings have taken."""

    def __init__(self, claim_href: Href, known: Iterable[str]) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.claim_href = claim_href
        self.known = frozenset(known)
        self.taken: set[str] = set()

    def heading(self, text: str, level: int, **_: Any) -> str:
        """Write a heading with a name that can be linked."""
        name = self._free_name(text)
        return f'<h{level} id="{name}">{text}</h{level}>\n'

    def _free_name(self, text: str) -> str:
        plain = html.unescape(_TAG.sub("", text)).lower()
        base = _NOT_A_WORD.sub("-", plain).strip("-") or "section"
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return name

    def inline_math(self, body: str) -> str:
        """Write a formula within a line."""
        return mathml(body, display=False)

    def block_math(self, body: str) -> str:
        """Write a formula on a line of its own; a wide one can be scrolled."""
        return formula(body)

    def latex_environment(self, name: str, body: str) -> str:
        """Write an environment such as ``align``."""
        return formula(rf"\begin{{{name}}}{body}\end{{{name}}}")

    def table(self, text: str) -> str:
        """Write a table that can be scrolled where it is wider than the page."""
        head = text.replace("<th>", '<th scope="col">').replace(
            "<th style", '<th scope="col" style'
        )
        return scrolling(f'<table class="cx-table">{head}</table>', "table")

    def claim_id(self, text: str) -> str:
        """Write a register id; an id that the register lacks stays as it is."""
        if text not in self.known:
            return f"[{text}]"
        href = html.escape(self.claim_href(text))
        return f'<a class="claim-id" href="{href}">[{text}]</a>'


def formula(tex: str) -> str:
    """Write a formula on a line of its own; a wide one scrolls by keyboard."""
    return (
        '<span class="formula" tabindex="0" role="group" aria-label="formula">'
        f"{mathml(tex, display=True)}</span>"
    )


class Writer:
    r"""Turns the markdown of one page into html.

    Parameters
    ----------
    claim_href
        Where the register's entry of a claim id is, as seen from the page.
    known
        The ids that the register holds.

    Examples
    --------
    >>> writer = Writer(lambda claim_id: f"register.html#{claim_id}", ["E13"])
    >>> writer.inline("96% [E13], not [X99]")
    '96% <a class="claim-id" href="register.html#E13">[E13]</a>, not [X99]'
    >>> writer.block("## The middle")
    '<h2 id="the-middle">The middle</h2>\n'
    """

    def __init__(self, claim_href: Href, known: Iterable[str]) -> None:
        self._markdown = MarkdownWithMath(renderer=_Renderer(claim_href, known))
        self._markdown.inline.register(
            "claim_id", CLAIM_ID.pattern, _parse_claim_id, before="link"
        )

    def block(self, markdown: str) -> str:
        """Return whole paragraphs, lists and headings as html."""
        return _SOURCE_LINE.sub(
            r'\1<p class="source">\2</p>', str(self._markdown.render(markdown))
        )

    def inline(self, markdown: str) -> str:
        """Return one line as html without a paragraph around it."""
        found = self.block(markdown)
        single = _PARAGRAPH.match(found)
        return single[1] if single and "<p>" not in single[1] else found.strip()


def _parse_claim_id(_: Any, match: re.Match[str], state: Any) -> int:
    state.append_token({"type": "claim_id", "raw": match["claim"]})
    return match.end()


def unnamed(fragment: str) -> str:
    """Return html without the names of its headings, where it stands a second time."""
    return _NAME.sub(r"<\1>", fragment)


def scrolling(content: str, label: str) -> str:
    """Put html that may be wider than a phone into a box that scrolls by keyboard."""
    return (
        f'<div class="scroll" tabindex="0" role="region" '
        f'aria-label="{html.escape(label)}">{content}</div>\n'
    )


def plain(fragment: str) -> str:
    """Return the words of an html fragment, without its tags.

    Examples
    --------
    >>> plain("<em>96%</em> &amp; 9%")
    '96% & 9%'
    """
    return " ".join(html.unescape(_TAG.sub("", fragment)).split())
