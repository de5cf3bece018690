"""Mathematics without a network: TeX becomes MathML while a page is built.

Roots and tall brackets need a font with an OpenType MATH table. STIX Two Math is read
from the installed package ziamath, cut down to the characters of the page, and carried
inside the page.
"""

import base64
import html
import io
import re
from functools import cache, lru_cache

from math_core import LatexError, LatexToMathML

from cxlab.course.render.theme import packaged

_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# A browser draws a lone letter of <mi> in italics by taking it from these blocks.
_ITALIC = {
    **{chr(ord("A") + i): chr(0x1D434 + i) for i in range(26)},
    **{chr(ord("a") + i): chr(0x1D44E + i) for i in range(26) if i != 7},
    "h": "\N{PLANCK CONSTANT}",
    **{chr(0x391 + i): chr(0x1D6E2 + i) for i in range(25)},
    **{chr(0x3B1 + i): chr(0x1D6FC + i) for i in range(25)},
    "\N{GREEK THETA SYMBOL}": "\N{MATHEMATICAL ITALIC THETA SYMBOL}",
    "\N{GREEK PHI SYMBOL}": "\N{MATHEMATICAL ITALIC PHI SYMBOL}",
    "\N{GREEK LUNATE EPSILON SYMBOL}": "\N{MATHEMATICAL ITALIC EPSILON SYMBOL}",
}


class BadMathematics(ValueError):
    """A formula cannot be read."""


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)


@lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool) -> str:
    r"""Turn TeX into MathML.

    Parameters
    ----------
    tex
        The formula without its dollar signs.
    display
        True for a formula on a line of its own.

    Raises
    ------
    BadMathematics
        If the TeX holds an unknown command or breaks off.

    Examples
    --------
    >>> mathml("x^2", display=False)
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    try:
        return _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise BadMathematics(
            f"The formula {tex.strip()!r} cannot be read: {error}. Correct it; if it "
            r"is no formula but an amount of money, write \$5 for $5."
        ) from error


def characters(page: str) -> frozenset[str]:
    r"""Return every character that the formulas of a page need.

    Examples
    --------
    >>> needed = characters("<p>a</p><math><mi>p</mi><mo>=</mo></math>")
    >>> "=" in needed, "\N{MATHEMATICAL ITALIC SMALL P}" in needed, "a" in needed
    (True, True, False)
    """
    found = {
        character
        for formula in _MATH.findall(page)
        for character in html.unescape(_TAG.sub("", formula))
        if not character.isspace()
    }
    if "<msqrt" in page or "<mroot" in page:
        found.add("\N{SQUARE ROOT}")  # drawn by the browser, so not in the text
    return frozenset(found | {_ITALIC[c] for c in found if c in _ITALIC})


@lru_cache(maxsize=64)
def font_face(needed: frozenset[str]) -> str:
    """Return a css rule that carries STIX Two Math, cut to the characters needed."""
    if not needed:
        return ""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    # Reading is lazy, and a time stamp would make each build differ from the last.
    path = packaged("ziamath", "fonts", "STIXTwoMath-Regular.ttf")
    font = TTFont(path, recalcTimestamp=False)
    options = subset.Options(
        flavor="woff",
        hinting=False,
        layout_features=["ssty", "mark", "mkmk"],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(needed)))
    cutter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return (
        '@font-face { font-family: "Course Math"; '
        f'src: url("data:font/woff;base64,{data}") format("woff"); }}\n'
    )
