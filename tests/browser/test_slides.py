"""Every slide of every lesson, with the network cut."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cxlab import palette
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import read_notebook, tags

pytestmark = pytest.mark.browser

LESSONS = list(manifest().lessons)
FIGURE_PT = 18  # the smallest text in a figure, on a slide 1280 px wide

# What there is to know of the slide that is shown; 24 px are 18 pt.
MEASURE = """() => {
  const slide = Reveal.getCurrentSlide(), frame = slide.querySelector('.frame');
  const scale = Reveal.getScale();
  const texts = [...frame.querySelectorAll('*')].filter(e =>
    !e.closest('aside, svg, math') && e.getClientRects().length &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
  const outside = [...frame.querySelectorAll('*')].filter(e => {
    if (e.closest('aside') || !e.getClientRects().length) return false;
    const box = e.getBoundingClientRect(), room = frame.getBoundingClientRect();
    return box.bottom > room.bottom + 1 || box.right > room.right + 1
      || box.top < room.top - 1 || box.left < room.left - 1;
  });
  const heading = frame.querySelector('h1, h2');
  const image = frame.querySelector('img');
  return {
    kind: slide.className.split(' ')[0], cell: slide.dataset.cell || '',
    over: frame.scrollHeight > frame.clientHeight + 1
      || frame.scrollWidth > frame.clientWidth + 1,
    outside: outside.map(e => e.outerHTML.slice(0, 80)),
    small: texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < 24)
      .map(e => e.outerHTML.slice(0, 80)),
    lines: heading ? Math.round(heading.getBoundingClientRect().height / scale
      / parseFloat(getComputedStyle(heading).lineHeight)) : 0,
    enlarged: image ? image.getBoundingClientRect().width / scale
      / parseFloat(image.getAttribute('width')) : null,
    source: frame.querySelector('.source')?.textContent ?? '',
    h: frame.querySelectorAll('h1, h2').length,
  };
}"""


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def slides(site: Path, open_page: Any, lesson: str) -> Iterator[Any]:
    """The slides of a lesson, opened once for all tests of them."""
    width, height = palette.SLIDE_PX
    file = site / "lessons" / lesson / "slides.html"
    with open_page(file, viewport={"width": width, "height": height}) as opened:
        opened.page.wait_for_function("window.Reveal && Reveal.isReady()")
        opened.file = file.as_uri()
        yield opened


def test_the_slides_ask_for_nothing_but_themselves(slides: Any) -> None:
    asked = {url for url in slides.requests if not url.startswith("data:")}
    assert asked == {slides.file}
    assert slides.complaints == []


@pytest.fixture(scope="module")
def shown(slides: Any) -> list[dict[str, Any]]:
    """Every slide shown in turn, and measured."""
    found = []
    for number in range(slides.page.evaluate("Reveal.getTotalSlides()")):
        slides.page.evaluate(f"Reveal.slide({number})")
        found.append({"slide": number + 1, **slides.page.evaluate(MEASURE)})
    return found


def test_nothing_runs_over_a_slide_and_all_of_it_can_be_read(
    shown: Any,
) -> None:
    for slide in shown:
        assert not slide["over"], slide
        assert slide["outside"] == [], slide
        assert slide["small"] == [], slide


def test_each_slide_has_one_headline_of_at_most_two_lines(
    shown: Any,
) -> None:
    for slide in shown:
        assert slide["h"] == 1, slide
        assert slide["lines"] <= 2, slide


def test_figures_are_large_enough_and_name_their_source(
    shown: Any,
) -> None:
    figures = [s for s in shown if s["kind"] == "figure"]
    assert figures
    for slide in figures:
        assert slide["enlarged"] * palette.FIGURE_PT >= FIGURE_PT, slide
    for slide in shown:
        if slide["kind"] in ("figure", "table"):
            assert slide["source"], slide


KINDS_OF_PARTS = """() => [...Reveal.getCurrentSlide().querySelectorAll('*')]
  .filter(e => !e.closest('math, svg'))
  .map(e => `${e.parentElement.className} > ${e.tagName}.${e.className}`)"""
_seen_in_colour: set[str] = set()  # kinds of parts, on the slides of any lesson


def test_every_slide_is_accessible(slides: Any) -> None:
    """Behind reveal's layers axe sees no contrast: they are taken away, but once.

    Contrast is measured where a slide has a part of a kind that was not measured yet:
    the theme gives each kind its colours, in all lessons.
    """
    assert slides.violations(layered=True) == ""
    layers = ".reveal .backgrounds, .reveal .controls"
    style = slides.page.add_style_tag(
        content=f"{layers} {{ display: none !important }}"
    )
    for number in range(slides.page.evaluate("Reveal.getTotalSlides()")):
        slides.page.evaluate(f"Reveal.slide({number})")
        new = set(slides.page.evaluate(KINDS_OF_PARTS)) - _seen_in_colour
        here = slides.violations(within=".slides > section.present", colours=bool(new))
        assert here == "", number + 1
        _seen_in_colour.update(new)
    style.evaluate("e => e.remove()")


def test_questions_to_the_room_are_slides_of_their_own(shown: Any, lesson: str) -> None:
    asked = [s["cell"] for s in shown if s["kind"] == "question"]
    exercises = [
        cell.id
        for cell in read_notebook(lesson).cells
        if cell.cell_type == "markdown"
        and "exercise" in tags(cell)
        and not {"deeper", "slide-skip"} & set(tags(cell))
    ]
    assert set(exercises) <= set(asked)
    assert len(asked) > len(exercises)  # and at least one guess


def test_code_is_shown_only_where_it_was_asked_for(
    slides: Any, shown: Any, lesson: str
) -> None:
    code = [s["cell"] for s in shown if s["kind"] == "code"]
    wanted = [
        cell.id for cell in read_notebook(lesson).cells if "slide-code" in tags(cell)
    ]
    assert code == wanted
    assert slides.page.locator("pre.code").count() == len(wanted)


def test_what_is_skipped_or_deeper_is_absent(shown: Any, lesson: str) -> None:
    absent = {"slide-skip", "deeper", "solution", "check"}
    cells = {c.id for c in read_notebook(lesson).cells if absent & set(tags(c))}
    assert not cells & {slide["cell"] for slide in shown}


def test_every_note_is_in_the_speaker_view_and_hidden_on_the_slides(
    slides: Any, lesson: str
) -> None:
    notes = slides.page.locator("aside.notes")
    spoken = " ".join(" ".join(notes.all_text_contents()).split())
    for cell in read_notebook(lesson).cells:
        if "facilitator" in tags(cell) and "deeper" not in tags(cell):
            first = cell.source.replace("*", "").split("\n")[0].strip("# ")[:40]
            assert first.split("[")[0].split("`")[0].strip() in spoken
    assert not any(note.is_visible() for note in notes.all())


@pytest.mark.parametrize("lesson", [LESSONS[0], LESSONS[-1]], indirect=True)
def test_the_speaker_view_opens_with_the_network_off(slides: Any) -> None:
    """It is the same window for all: what it shows of each is tested above."""
    page = slides.page
    number = page.evaluate(
        """() => [...document.querySelectorAll('.slides > section')].findIndex(s =>
          s.querySelector('aside.notes'))"""
    )
    page.evaluate(f"Reveal.slide({number})")
    wanted = page.locator(".slides > section").nth(number).locator("aside.notes").first
    words = " ".join((wanted.text_content() or "").split())[:60]
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    view = popup.value
    view.wait_for_function(
        "() => document.querySelector('.speaker-controls-notes .value')"
        "?.textContent.trim().length > 0"
    )
    shown = view.locator(".speaker-controls-notes .value").text_content() or ""
    assert " ".join(shown.split()).startswith(words)
    assert slides.complaints == []


def test_keys_turn_the_slides(slides: Any) -> None:
    slides.page.evaluate("Reveal.slide(0)")
    slides.page.keyboard.press("ArrowRight")
    assert slides.page.evaluate("Reveal.getIndices().h") == 1
    slides.page.keyboard.press("ArrowLeft")
    assert slides.page.evaluate("Reveal.getIndices().h") == 0


def test_slides_fit_a_phone(slides: Any) -> None:
    slides.page.set_viewport_size({"width": 360, "height": 740})
    slides.page.evaluate(TWO_FRAMES)
    wide = slides.page.evaluate("document.scrollingElement.scrollWidth")
    width, height = palette.SLIDE_PX
    slides.page.set_viewport_size({"width": width, "height": height})
    assert wide <= 360


TWO_FRAMES = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""
