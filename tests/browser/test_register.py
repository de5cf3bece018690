"""The register shows what is asked for, says how much that is, and keeps it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cxlab.course.manifest import manifest
from cxlab.course.render.judged import Judged
from cxlab.course.render.register import render_register
from cxlab.register import VERDICTS, Claim, claims

pytestmark = pytest.mark.browser

SHOWN = """() => [...document.querySelectorAll('.entry')]
  .filter(e => e.checkVisibility()).map(e => e.id)"""


def _verdict_on(claim: Claim) -> str:
    return VERDICTS[len(claim.says) % len(VERDICTS)]


def _expected(*, book: str | None = None, verdict: str | None = None) -> set[str]:
    return {
        claim.id
        for claim in claims().values()
        if book is None or (claim.book or "other") == book
        if verdict is None or (claim.lesson and _verdict_on(claim) == verdict)
    }


@pytest.fixture(scope="module")
def page(open_page: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The register with a verdict on each claim that a lesson judges."""
    verdicts = [
        Judged(
            claim=claim.id,
            verdict=_verdict_on(claim),
            found="found",
            because="because",
            evidence=("arithmetic",),
            lesson=claim.lesson,
            cell="verdict",
        )
        for claim in claims().values()
        if claim.lesson in manifest().lessons
    ]
    path: Path = tmp_path_factory.mktemp("register") / "register.html"
    html = render_register(manifest(), claims=claims(), verdicts=verdicts, stability={})
    path.write_text(html, encoding="utf-8")
    with open_page(path) as opened:
        yield opened.page
        assert opened.complaints == []


@pytest.fixture(autouse=True)
def _begin_anew(page: Any) -> None:
    page.evaluate("() => { location.hash = ''; }")
    page.wait_for_function("!document.querySelector('.filter :checked')")


def test_all_claims_are_shown_at_first(page: Any) -> None:
    assert set(page.evaluate(SHOWN)) == set(claims())
    said = page.inner_text(".filter [role=status]")
    assert said == f"All {len(claims())} claims are shown."


def test_a_book_and_a_verdict_are_chosen_by_keyboard(page: Any) -> None:
    page.focus('[id="book=effort"]')
    page.keyboard.press("Space")
    assert set(page.evaluate(SHOWN)) == _expected(book="effort")
    page.focus('[id="verdict=open"]')
    page.keyboard.press("Space")
    both = _expected(book="effort", verdict="open")
    assert set(page.evaluate(SHOWN)) == both
    assert page.inner_text(".filter [role=status]").startswith(f"{len(both)} of ")
    assert page.evaluate("location.hash") == "#book=effort&verdict=open"
    # Headings of books that hold nothing of it are gone, too.
    assert page.locator("section.book > h2:visible").count() == 1


def test_each_choice_says_what_it_would_give(page: Any) -> None:
    page.check('[id="book=effort"]')
    beside = '[id="verdict=open"] ~ .count'
    assert page.inner_text(beside) == str(len(_expected(book="effort", verdict="open")))
    page.click("text=Show all")
    assert page.inner_text(beside) == str(len(_expected(verdict="open")))
    assert page.evaluate("location.hash") == ""


def test_a_choice_can_be_sent_as_an_address(page: Any) -> None:
    page.evaluate("() => { location.hash = '#book=chain,effort&verdict=holds'; }")
    page.wait_for_function("document.querySelectorAll('.filter :checked').length === 3")
    wanted = [_expected(book=book, verdict="holds") for book in ("chain", "effort")]
    assert set(page.evaluate(SHOWN)) == set.union(*wanted)


def test_a_claim_in_the_address_is_shown_whatever_was_chosen(page: Any) -> None:
    page.check('[id="book=chain"]')
    page.evaluate("() => { location.hash = '#E13'; }")
    page.wait_for_function("document.querySelector('#E13').checkVisibility()")
    assert set(page.evaluate(SHOWN)) == set(claims())


def test_on_paper_and_without_a_script_all_claims_are_there(
    page: Any, open_page: Any
) -> None:
    page.check('[id="book=chain"]')
    page.emulate_media(media="print")
    assert set(page.evaluate(SHOWN)) == set(claims())
    page.emulate_media(media="screen")
    path = Path(page.url.split("#")[0].removeprefix("file://"))
    with open_page(path, java_script_enabled=False) as opened:
        assert opened.page.locator(".entry:visible").count() == len(claims())
        assert not opened.page.is_visible(".filter")
