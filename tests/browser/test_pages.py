"""Every page of the site, opened with the network cut."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from nbformat import NotebookNode
from pypdf import PdfReader

from cxlab import palette
from cxlab.course.manifest import manifest
from cxlab.course.notebooks import read_notebook, tags
from cxlab.course.render.folder import page_names
from cxlab.course.render.lesson import EDITIONS, PRINTED
from cxlab.course.render.room import PAGES as ROOM
from cxlab.course.render.text import plain

pytestmark = pytest.mark.browser

LESSONS = list(manifest().lessons)
ALL = page_names(manifest())
SLIDES = [page for page in ALL if page.endswith("slides.html")]
PAGES = [page for page in ALL if page not in SLIDES]
LESSON_PAGES = [page for page in PAGES if Path(page).stem in EDITIONS]
DATA_PAGES = [page for page in PAGES if page.startswith("data/")]
# Colours and the keyboard take most of the time, and pages are made of the same kinds
# of parts; a facilitator's page holds all of its lesson. The others are spared the two,
# and a test sees to it that they have no kind of part that is on none of these pages.
SPARED = [
    *DATA_PAGES[1:],
    *(p for p in LESSON_PAGES if not p.endswith("/facilitator.html")
      and not p.startswith(f"lessons/{LESSONS[0]}/")),
]  # fmt: skip
THOROUGH = [page for page in PAGES if page not in SPARED]
WIDE = {"width": 1440, "height": 900}  # as pages are opened
PHONE = {"width": 360, "height": 740}

FOLD = "document.querySelectorAll('details').forEach(d => { d.open = false; })"
UNFOLD = "document.querySelectorAll('details').forEach(d => { d.open = true; })"


# Each page is opened once: its tests follow each other, those on a phone at the end.


@pytest.fixture(scope="module", params=PAGES)
def wide(site: Path, open_page: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    name = request.param
    with open_page(site / name) as opened:
        opened.file = (site / name).as_uri()
        opened.html = (site / name).read_text(encoding="utf-8")
        opened.page.evaluate(UNFOLD)
        yield opened


@pytest.fixture
def phone(wide: Any) -> Iterator[Any]:
    wide.page.set_viewport_size(PHONE)
    yield wide
    wide.page.set_viewport_size(WIDE)


@pytest.fixture
def paper(wide: Any) -> Iterator[Any]:
    wide.page.emulate_media(media="print")
    wide.page.evaluate(FOLD)
    yield wide
    wide.page.emulate_media(media="screen")
    wide.page.evaluate(UNFOLD)


def on(pages: list[str]) -> pytest.MarkDecorator:
    """Do a test on these pages only."""
    return pytest.mark.parametrize("wide", pages, indirect=True)


def test_a_page_asks_for_nothing_but_itself(wide: Any) -> None:
    assert {url for url in wide.requests if not url.startswith("data:")} == {wide.file}
    assert wide.complaints == []


def test_a_page_is_accessible(wide: Any, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["wide"]
    assert wide.violations(colours=name in THOROUGH) == ""


def test_formulas_are_visible_in_their_own_font(wide: Any) -> None:
    wide.page.evaluate("document.fonts.ready")
    sizes = wide.page.evaluate(
        """() => [...document.querySelectorAll('math')].map(m => {
          const box = m.getBoundingClientRect(); return [box.width, box.height];
        })"""
    )
    assert len(sizes) == wide.html.count("<math")
    assert all(width > 4 and height > 6 for width, height in sizes)
    if sizes:
        assert wide.page.evaluate("document.fonts.check('18px \"Course Math\"')")


FOCUSED = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  e.dataset.seen = e.dataset.seen || String(Math.random());
  const inside = box.width > 0 && box.right > 0 && box.left < innerWidth;
  return {id: e.dataset.seen, html: e.outerHTML.slice(0, 120),
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    where: inside ? 'inside' : 'outside'};
}"""


@on(THOROUGH)
def test_all_of_a_page_is_reached_by_keyboard_and_shows_where_one_is(wide: Any) -> None:
    wanted = wide.page.evaluate(
        """[...document.querySelectorAll(
          'a[href], summary, input, button, [tabindex="0"]'
        )].filter(e => e.checkVisibility()).length"""
    )
    seen = []
    for _ in range(wanted):
        wide.page.keyboard.press("Tab")
        here = wide.page.evaluate(FOCUSED)
        assert here, f"nothing has the focus after {len(seen)} of {wanted} stops"
        assert (here["ring"] >= 2, here["where"]) == (True, "inside"), here["html"]
        seen.append(here["id"])
    assert len(set(seen)) == wanted
    skip = wide.page.locator(".skip")
    assert skip.get_attribute("data-seen") == seen[0]  # it comes first,
    skip.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "main"  # and skips


@on(LESSON_PAGES)
def test_pictures_say_what_they_show_and_where_it_is_from(wide: Any) -> None:
    pictures = wide.page.evaluate(
        """() => [...document.querySelectorAll('figure.picture')].map(f => {
          const image = f.querySelector('img');
          return {alt: image.alt, width: image.naturalWidth, shown: image.clientWidth,
                  source: f.querySelector('.source')?.textContent ?? ''};
        })"""
    )
    assert pictures
    for picture in pictures:
        assert len(picture["alt"]) >= 30
        assert "No description" not in picture["alt"]
        assert picture["shown"] == palette.TEXT_COLUMN_PX
        assert picture["width"] >= 2 * picture["shown"]
        assert re.match(r"REAL|FICTIONAL|GENERATED|PUBLISHED", picture["source"])


@on(LESSON_PAGES)
def test_on_paper_parts_begin_anew_and_no_figure_is_torn(paper: Any) -> None:
    page = paper.page
    # A handout has its guess on the first page.
    heads = "article:not(.handout) > .cell h2, .handout > .cell:nth-child(n + 4) h2"
    whole, parts, folded = page.evaluate(
        """query => {
          const all = query => [...document.querySelectorAll(query)];
          return [
            all('figure, .verdict').map(e => getComputedStyle(e).breakInside),
            all(query).slice(1)
              .map(e => getComputedStyle(e).breakBefore),
            all('.deeper details .cell').map(e => e.getBoundingClientRect().height),
          ];
        }""",
        heads,
    )
    assert set(whole) == {"avoid"}
    assert set(parts) == {"page"}
    assert all(height > 0 for height in folded)


@on(THOROUGH)
def test_a_page_is_accessible_on_a_phone(phone: Any) -> None:
    assert phone.violations(colours=False) == ""


def test_a_page_fits_a_phone_and_what_scrolls_can_be_focused(phone: Any) -> None:
    assert phone.page.evaluate("document.scrollingElement.scrollWidth") <= 360
    stuck = phone.page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => {
          const flow = getComputedStyle(e).overflowX;
          return e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
            && (flow === 'auto' || flow === 'scroll') && e.tabIndex < 0;
        }).map(e => e.outerHTML.slice(0, 200))"""
    )
    assert stuck == []


@on(LESSON_PAGES)
def test_a_phone_is_given_its_own_drawing(phone: Any) -> None:
    drawn = phone.page.evaluate(
        """async () => {
          const drawn = () => [...document.querySelectorAll('figure.picture')].map(f =>
            f.querySelector('img').currentSrc === f.querySelector('source').srcset);
          for (let n = 0; n < 100 && !drawn().every(Boolean); n++)
            await new Promise(again => setTimeout(again, 50));
          return drawn();
        }"""
    )
    assert drawn
    assert all(drawn)


@on(LESSON_PAGES)
def test_on_a_phone_the_picture_comes_before_its_code(phone: Any) -> None:
    late = phone.page.evaluate(
        """() => [...document.querySelectorAll('.cell.code')].filter(cell => {
          const code = cell.querySelector('pre.code');
          const picture = cell.querySelector('figure');
          return code && picture && picture.getBoundingClientRect().top
            > code.getBoundingClientRect().top;
        }).length"""
    )
    assert late == 0


# What is not seen, or has the colours of what it stands in, is no part.
NOT_SEEN = re.compile(
    r"(?s)<(script|style|math|svg)\b.*?</\1>|<!--.*?-->|data:[a-z]+/[^\"')]*"
)
TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)([^>]*)>")
BLOCKS = {"div", "figure", "h2", "ol", "p", "pre", "section", "table", "ul"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


def _parts(html: str) -> set[tuple[str, str]]:
    """Return the kinds of parts of a page: tag and class, and those it stands in."""
    found, around = set(), [""]
    for closing, tag, attributes in TAG.findall(NOT_SEEN.sub("", html)):
        if closing:
            open_tags = [one.split(".")[0] for one in around]
            if tag in open_tags:  # and with it what is never closed, such as <li>
                del around[len(around) - 1 - open_tags[::-1].index(tag) :]
            continue
        if tag in BLOCKS and around[-1].startswith("p."):
            around.pop()  # a paragraph ends where a block begins
        classes = re.search(r'\bclass="([^"]*)"', attributes)
        # the edition's own name is the one class in which lessons' pages differ
        name = "" if tag == "article" or not classes else classes[1]
        found.add((around[-1], f"{tag}.{name}"))
        if tag not in VOID:
            around.append(f"{tag}.{name}")
    return found


def test_a_page_that_is_spared_has_no_part_of_a_kind_of_its_own(site: Path) -> None:
    def parts(name: str) -> set[tuple[str, str]]:
        return _parts((site / name).read_text(encoding="utf-8"))

    known = set().union(*(parts(name) for name in THOROUGH))
    new = {name: found for name in SPARED if (found := parts(name) - known)}
    assert new == {}, "leave these out of SPARED"


def test_every_link_leads_somewhere(site: Path) -> None:
    dead = []
    for name in ALL:
        html = (site / name).read_text(encoding="utf-8")
        html = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
        for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', html):
            if not href.startswith(("http:", "https:")):
                file, anchor = urldefrag(unquote(href))
                target = (site / name).parent / file if file else site / name
                there = target.is_file() and (
                    not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8")
                )
                if not there:
                    dead.append((name, href))
    assert dead == []


PDFS = [
    *(f"lessons/{lesson}/{edition}" for lesson in LESSONS for edition in PRINTED),
    *(name.removesuffix(".html") for name in ROOM),
]


@pytest.mark.parametrize("name", PDFS)
def test_there_is_a_tagged_and_titled_pdf(
    site: Path, chromium: object, name: str
) -> None:
    data = (site / f"{name}.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in data
    assert b"/Title" in data
    assert b"file:" not in data  # no link tells a folder of the machine it is from


def _bookmarks(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _bookmarks(entry)
        else:
            yield entry.title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("lessons/10_effort_and_disloyalty/handout", "Effort and disloyalty · Handout"),
        ("teach", "Teaching the course · cxlab"),
    ],
)
def test_a_pdf_reads_as_well_as_its_page(
    site: Path, chromium: object, name: str, title: str
) -> None:
    """Its title, language, tags and bookmarks are those of the page."""
    pdf = PdfReader(site / f"{name}.pdf")
    root = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == title
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert root["/StructTreeRoot"]["/K"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    heads = [plain(h) for h in re.findall(r"(?s)<h[1-4][^>]*>(.*?)</h[1-4]>", page)]
    found = list(_bookmarks(pdf.outline))
    assert found[: len(heads)] == heads
    # A page that stands alone also says where the printed figures come from.
    assert found[len(heads) :] in ([], ["Where the printed figures come from"])


# What a trainee must not see


@pytest.fixture(params=LESSONS)
def lesson(request: pytest.FixtureRequest) -> NotebookNode:
    notebook = read_notebook(str(request.param))
    notebook.metadata["name"] = request.param
    return notebook


def _words(html: str) -> str:
    return plain(re.sub(r"(?s)<style>.*?</style>", "", html))


def _trainee_words(site: Path, lesson: NotebookNode) -> str:
    path = site / "lessons" / lesson.metadata["name"] / "trainee.html"
    return _words(path.read_text(encoding="utf-8"))


def _said_by_checks(lesson: NotebookNode) -> Iterator[str]:
    """Give every text that a check could say, and the source of what it expects."""
    for cell in lesson.cells:
        if "check" in tags(cell):
            tree = ast.parse(cell.source)
            units = {
                id(one)
                for node in ast.walk(tree)
                if getattr(getattr(node, "func", None), "id", "") == "record"
                for one in ast.walk(node)
            }
            for node in ast.walk(tree):
                if id(node) in units:
                    continue
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value
                elif isinstance(node, ast.keyword):
                    yield f"{node.arg}={ast.unparse(node.value)}"


def test_no_hint_near_miss_or_expected_value_is_on_a_trainee_page(
    site: Path, lesson: NotebookNode
) -> None:
    words = _trainee_words(site, lesson)
    sayings = [" ".join(text.split()) for text in _said_by_checks(lesson)]
    assert sayings
    # Shorter ones are ids, labels and answers such as "B", which any page may hold.
    leaked = [text for text in sayings if len(text.split()) > 3 and text in words]
    assert leaked == []


def _lines(lesson: NotebookNode) -> Iterator[tuple[str, set[str]]]:
    """Give every line of every cell, and the tags of its cell."""
    for cell in lesson.cells:
        for text in cell.source.splitlines():
            yield " ".join(text.split()), set(tags(cell))


def test_no_solution_and_no_note_is_on_a_trainee_page(
    site: Path, lesson: NotebookNode
) -> None:
    words = _trainee_words(site, lesson)
    # A solution may repeat a line of its starter.
    given = {line for line, kinds in _lines(lesson) if "exercise" in kinds}
    shown = [
        line
        for line, kinds in _lines(lesson)
        if {"solution", "facilitator"} & kinds and line not in given
        if len(line) > 12 and line in words
    ]
    assert shown == []


def test_the_source_of_a_check_is_on_no_page(site: Path, lesson: NotebookNode) -> None:
    calls = [
        " ".join(cell.source[cell.source.index("check(") :].split())[:30]
        for cell in lesson.cells
        if "check" in tags(cell)
    ]
    for page in (site / "lessons" / lesson.metadata["name"]).glob("*.html"):
        words = _words(page.read_text(encoding="utf-8"))
        assert [call for call in calls if call in words] == [], page.name


def test_every_check_of_a_trainee_page_is_open_and_every_solution_right(
    site: Path, lesson: NotebookNode
) -> None:
    folder = site / "lessons" / lesson.metadata["name"]
    checks = sum("check" in tags(cell) for cell in lesson.cells)
    outcomes = {
        edition: re.findall(
            r'data-outcome="([^"]+)"',
            (folder / f"{edition}.html").read_text(encoding="utf-8"),
        )
        for edition in ("trainee", "solution", "facilitator")
    }
    assert outcomes["trainee"] == ["not answered"] * checks
    assert outcomes["solution"] == outcomes["facilitator"] == ["right"] * checks


def test_notes_are_on_the_facilitators_page_and_on_no_other(
    site: Path, lesson: NotebookNode
) -> None:
    folder = site / "lessons" / lesson.metadata["name"]
    label = "For the facilitator"
    notes = sum("facilitator" in tags(cell) for cell in lesson.cells)
    count = {
        page.stem: page.read_text(encoding="utf-8").count(label)
        for page in folder.glob("*.html")
    }
    assert count.pop("facilitator") == notes > 0
    assert set(count.values()) == {0}
