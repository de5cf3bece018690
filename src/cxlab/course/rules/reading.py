"""How the rules read what a lesson says: its prose, and the texts in its code.

Inline code and mathematics are definitions, not findings; they stand as a blank in what
is read, as do the computed numbers of a template.
"""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from cxlab.course.notebooks import tags, unfenced_lines
from cxlab.course.rules.base import Source, argument
from cxlab.course.rules.names import Names

BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for what is computed or defined

# function of cxlab.lesson -> its arguments that a reader sees: (name, position)
_SPOKEN = {
    "say": (("template", 0),),
    "claim": (("found", None), ("because", None)),
    "check": (("hint", None), ("near_misses", None), ("right", None)),
    "show": (("alt", None),),
}
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_MATHS = re.compile(r"(?<!\\)\$\$.+?\$\$|(?<![\\$])\$(?!\s).+?(?<![\s\\])\$", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\]]*)\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^>]*>", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A text that a reader sees."""

    text: str  # markdown, with its code and mathematics
    cell: str  # id of its cell
    tags: tuple[str, ...]
    kind: str  # "markdown", or the function that says it
    argument: str = ""  # of that function

    @property
    def visible(self) -> str:
        """The words alone: code and mathematics blanked, links by their text."""
        return visible(self.text)


def spoken(lesson: Source) -> Iterator[Spoken]:
    """Give every text of a lesson: markdown cells, then the texts in its code."""
    for cell in lesson.of_kind("markdown"):
        yield Spoken(
            text=cell.source, cell=cell.get("id", ""), tags=tags(cell), kind="markdown"
        )
    for function, arguments in _SPOKEN.items():
        for cell, call in lesson.calls(function):
            names = lesson.names_at(cell)
            for name, node in _arguments(call, arguments):
                for text in texts_in(node, names):
                    yield Spoken(
                        text=unfilled(text) if name == "template" else text,
                        cell=cell.get("id", ""),
                        tags=tags(cell),
                        kind=function,
                        argument=name,
                    )


def _arguments(
    call: ast.Call, names: tuple[tuple[str, int | None], ...]
) -> Iterator[tuple[str, ast.expr]]:
    """Give the spoken arguments of a call; all that fills a template is spoken, too."""
    for name, position in names:
        node = argument(call, name, position)
        if node is not None:
            yield name, node
    if any(name == "template" for name, _position in names):
        for keyword in call.keywords:
            if keyword.arg not in {None, "template"}:
                yield str(keyword.arg), keyword.value


def texts_in(node: ast.expr | None, names: Names | None = None) -> Iterator[str]:
    """Give the texts written in an expression; what is computed in them is blank.

    Examples
    --------
    >>> list(texts_in(ast.parse("'up' if rise > 0 else f'down {fall}'").body[0].value))
    ['up', 'down ￼']
    """
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            parts = [v.value if isinstance(v, ast.Constant) else BLANK for v in values]
            yield "".join(str(part) for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            for one in list(texts_in(left, names)) or [BLANK]:
                for other in list(texts_in(right, names)) or [BLANK]:
                    yield one + other
        case ast.Name(id=name) if names and name in names:
            others = {key: value for key, value in names.items() if key != name}
            for value in names[name]:
                yield from texts_in(value, others)
        case _:
            for branch in _branches(node):
                yield from texts_in(branch, names)


def _branches(node: ast.expr | None) -> list[ast.expr]:
    """Return the expressions of which one, or each, may be said."""
    match node:
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.BinOp(left=one, op=ast.BitOr(), right=other):
            return [one, other]  # two mappings made one
        case (
            ast.Dict(values=entries) | ast.List(elts=entries) | ast.Tuple(elts=entries)
        ):
            return entries
        case ast.Subscript(value=value):
            return [value]
    return []


def unfilled(template: str) -> str:
    """Return a template with a blank for each field.

    Examples
    --------
    >>> unfilled("{share:.0%} would leave {{all}}")
    '￼ would leave {all}'
    """
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:
        return template
    return "".join(
        text + ("" if field is None else BLANK) for text, field, _spec, _how in parts
    )


def uncoded(markdown: str) -> str:
    """Return a markdown text without its code; mathematics stays."""
    return _CODE.sub(BLANK, "\n".join(unfenced_lines(markdown)))


def visible(markdown: str) -> str:
    """Return the words of a markdown text, with blanks for code and mathematics.

    Examples
    --------
    >>> visible("A share of `0.96` is **not** $p$, see [the book](https://x.org/1.5).")
    'A share of ￼ is not ￼, see the book.'
    """
    text = _MATHS.sub(BLANK, uncoded(markdown))
    text = _TAG.sub(" ", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)))
    return re.sub(r"(?<!\\)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}", "", text)


def words(markdown: str) -> int:
    """Count the words of a markdown text."""
    return len(
        re.findall(
            r"[^\W\d_][\w'\N{RIGHT SINGLE QUOTATION MARK}-]*|\d[\d.,%]*",
            visible(markdown),
        )
    )


def sentences(markdown: str) -> list[str]:
    """Return the sentences of a text, roughly: a point, a space, and a capital.

    Examples
    --------
    >>> sentences("Look at p. 12. Is it 1.5 or 2? Say so.")
    ['Look at p. 12.', 'Is it 1.5 or 2?', 'Say so.']
    """
    text = visible(markdown).strip()
    parts = re.split(r"(?<=[.?!])['\")]*\s+(?=[\"'(]?[A-Z])|\n\s*\n", text)
    return [part.strip() for part in parts if part.strip()]
