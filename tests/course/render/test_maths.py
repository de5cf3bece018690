"""Formulas are ready when the page opens, and so is the font they need."""

import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from cxlab.course.render.maths import BadMathematics, characters, font_face, mathml


def _font(css: str) -> TTFont:
    found = re.search(r"base64,([^\"]+)", css)
    assert found
    return TTFont(io.BytesIO(base64.b64decode(found[1])))


def test_a_fraction_becomes_mathml() -> None:
    assert "<mfrac>" in mathml(r"\frac{p}{1-p}", display=True)


@pytest.mark.parametrize("tex", [r"\oddsratio", r"\frac{1}", r"\left( x"])
def test_bad_tex_is_refused_with_its_source(tex: str) -> None:
    with pytest.raises(BadMathematics, match=re.escape(repr(tex))):
        mathml(tex, display=False)


def test_the_font_holds_the_italic_forms_that_the_browser_takes() -> None:
    """A lone letter in <mi> is drawn from another block of Unicode."""
    needed = characters(mathml(r"p + \beta + h", display=False))
    glyphs = _font(font_face(needed)).getBestCmap()
    for name in ("MATHEMATICAL ITALIC SMALL P", "MATHEMATICAL ITALIC SMALL BETA"):
        assert ord(f"\\N{{{name}}}".encode().decode("unicode_escape")) in glyphs
    assert ord("\N{PLANCK CONSTANT}") in glyphs


def test_the_font_keeps_what_stretches_roots_and_brackets() -> None:
    needed = characters(mathml(r"\sqrt{\left(\frac{a}{b}\right)}", display=True))
    font = _font(font_face(needed))
    variants = font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    assert {"parenleft", "radical"} <= set(variants)


def test_the_font_is_cut_and_always_the_same() -> None:
    needed = frozenset("px=1")
    first = font_face(needed)
    font_face.cache_clear()
    assert first == font_face(needed)
    assert len(first) < 30_000


def test_a_page_without_formulas_carries_no_font() -> None:
    assert font_face(characters("<p>No formula, only a = b.</p>")) == ""
