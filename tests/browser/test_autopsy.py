"""The slide autopsy says what the package says, and teaches whoever types nonsense."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cxlab.course.manifest import manifest
from cxlab.course.render.autopsy import PAGE, render_autopsy
from cxlab.effort import CUTS, Autopsy, autopsy
from cxlab.register import claims

pytestmark = pytest.mark.browser

SHARES = (0.001, 0.0101, 0.09, 0.25, 0.4999, 0.5, 0.8, 0.96, 0.99, 0.999)
PAIRS = [*combinations(SHARES, 2), (0.96, 0.09), (0.3, 0.3001)]


@pytest.fixture(scope="module")
def page(open_page: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The page, opened once; each test types into it anew."""
    path: Path = tmp_path_factory.mktemp("autopsy") / PAGE
    path.write_text(render_autopsy(manifest(), claims=claims()), encoding="utf-8")
    with open_page(path, viewport={"width": 360, "height": 740}) as opened:
        # The pause before a sentence is read aloud is nothing to wait for here.
        opened.page.evaluate("() => { window.setTimeout = act => { act(); }; }")
        yield opened.page
        assert opened.complaints == []


def _type(page: Any, one: str, other: str) -> str:
    """Type two bars, and return what is said."""
    page.fill("#one", one)
    page.fill("#other", other)
    return str(page.inner_text("#said"))


def _numbers(slide: Autopsy) -> list[float]:
    parts = [slide.odds_ratio]
    for cut in slide.cuts:
        link = cut.link
        parts += [link.correlation, link.base, cut.between, cut.yes_between]
        parts += link.shares.tolist()
    return parts


def test_the_page_computes_what_the_package_computes(page: Any) -> None:
    """Two ways to the same integrals: Owen's T there, Plackett's integral here."""
    found = page.evaluate(
        """pairs => pairs.map(([one, other]) => {
          const slide = autopsy(one, other);
          return [slide.oddsRatio, ...Object.values(slide.cuts).flatMap(c =>
            [c.correlation, c.base, c.between, c.yesBetween, ...c.shares])];
        })""",
        PAIRS,
    )
    wanted = [_numbers(autopsy(one, other)) for one, other in PAIRS]
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)
    assert list(page.evaluate("Object.keys(CUTS)")) == list(CUTS)


def test_it_opens_on_the_books_slide_and_says_another_in_the_same_words(
    page: Any,
) -> None:
    """What is said is the package's own sentence, before typing and after it."""
    assert page.inner_text("#said") == str(autopsy(0.96, 0.09))
    assert _type(page, "30", "80,5 %") == str(autopsy(0.3, 0.805))
    asked = page.locator(".asked li").all_inner_texts()
    assert asked == list(autopsy(0.3, 0.805).questions)
    assert page.evaluate("location.hash") == "#30-80.5"


def test_the_picture_follows_what_is_typed(page: Any) -> None:
    """Bars are as high as their shares, and named for those who do not see them."""
    _type(page, "20", "70")
    fifths = autopsy(0.2, 0.7).cuts[1]
    strip = page.locator('.strip[data-cut="fifths"]')
    heights = strip.evaluate(
        "s => [...s.querySelectorAll('rect')].map(r => +r.getAttribute('height'))"
    )
    assert heights == pytest.approx(100 * fifths.link.shares, abs=0.06)
    drawn = strip.evaluate(
        """s => ['rect', 'svg'].map(one => s.querySelector(one).getBoundingClientRect())
          .map(box => box.width)"""
    )
    assert drawn[0] / drawn[1] == pytest.approx(0.2, abs=0.01)
    counts = [f"{100 * share:.0f}" for share in fifths.link.shares]
    assert strip.locator("text:not(.whom)").all_text_contents() == counts
    said = strip.locator("svg").get_attribute("aria-label")
    assert f"{', '.join(counts[:4])} and {counts[4]} say so" in said
    assert page.inner_text(".origin").startswith("Your slide.")


@pytest.mark.parametrize(
    ("one", "message"),
    [
        ("", "The first bar is empty. Type percent, such as 96"),
        ("many", "says “many”, which is no number"),
        ("130", "A share lies between 0% and 100%"),
        ("-5", "A share lies between 0% and 100%"),
        ("0", "ask for the counts behind the bar"),
        ("0.05", "reads bars from 0.1% to 99.9%"),
        ("30", "Both bars say 30%"),
    ],
)
def test_nonsense_is_answered_and_the_last_slide_is_kept(
    page: Any, one: str, message: str
) -> None:
    """What was typed, what is allowed, what to do; the old picture turns pale."""
    _type(page, "80", "30")
    said = _type(page, one, "30")
    assert message in said
    assert page.inner_text(".taken-apart h2").startswith("80% against 30%")
    assert "stale" in page.get_attribute(".taken-apart", "class")
    invalid = page.get_attribute("#one", "aria-invalid")
    assert invalid == ("false" if "Both" in message else "true")


def test_a_slide_can_be_sent_as_a_link(page: Any) -> None:
    """The address carries the two bars, and nothing is sent anywhere."""
    page.evaluate("location.hash = '#75-20'")
    page.wait_for_function("document.querySelector('#one').value === '75'")
    assert page.inner_text("#said") == str(autopsy(0.75, 0.2))


def test_without_javascript_the_books_slide_is_there(
    open_page: Any, tmp_path: Path
) -> None:
    """The file itself holds the worked example, its picture and its questions."""
    path = tmp_path / PAGE
    path.write_text(render_autopsy(manifest(), claims=claims()), encoding="utf-8")
    with open_page(path, java_script_enabled=False) as opened:
        page = opened.page
        assert page.inner_text("#said") == str(autopsy(0.96, 0.09))
        assert not page.is_visible("#one")
        assert page.is_visible("noscript")
        assert page.locator(".strip rect:visible").count() == 15
