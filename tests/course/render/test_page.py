"""A page is whole, tells who it is for, and is the same every time."""

import re
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxlab import palette
from cxlab.course.render.frame import Frame, Link
from cxlab.course.render.maths import BadMathematics
from cxlab.course.render.page import render_page
from cxlab.course.render.theme import MissingPackage, packaged, style, theme_folder
from cxlab.course.render.views import VIEWS
from cxlab.course.render.whole import NotSelfContained, self_contained
from cxlab.register import Claim

SECRETS = ("SECRET-MISS", "SECRET-HINT", "SECRET-RIGHT", "SECRET-ANSWER", "SECRET-NOTE")
FRAME = Frame(course="A course", edition="Trainee", register="../../register.html")


@pytest.fixture
def page(lesson: NotebookNode, claims: dict[str, Claim]) -> Callable[..., str]:
    def render(view: str, notebook: NotebookNode = lesson, **frame: Any) -> str:
        around = Frame(**{**vars(FRAME), **frame})
        return render_page(notebook, view, frame=around, claims=claims)

    return render


def test_the_trainee_page_keeps_every_secret(
    page: Callable[..., str], unanswered: NotebookNode, lesson: NotebookNode
) -> None:
    for notebook in (unanswered, lesson):
        html = page("trainee", notebook)
        assert [secret for secret in SECRETS if secret in html] == []
        assert "vnd.cxlab" not in html


def test_each_page_shows_what_it_is_for(page: Callable[..., str]) -> None:
    assert "SECRET-ANSWER" in page("solution")
    assert "SECRET-NOTE" not in page("solution")
    assert "SECRET-NOTE" in page("facilitator")
    assert "SECRET" not in page("handout")
    assert '<pre class="code"' not in page("handout")


def test_deeper_passages_are_folded_under_a_label(page: Callable[..., str]) -> None:
    html = page("solution")
    folded = html[html.index("<details>\n<summary>") :]
    assert "SECRET-DEPTH" in folded[: folded.index("</details>")]


@pytest.mark.parametrize("view", VIEWS)
def test_the_same_lesson_gives_the_same_bytes(
    page: Callable[..., str], view: str
) -> None:
    assert page(view) == page(view)


@pytest.mark.parametrize("view", VIEWS)
def test_there_is_one_h1_and_a_title(page: Callable[..., str], view: str) -> None:
    html = page(view)
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["How hard is <em>hard</em>?"]
    assert "<title>How hard is hard? · Trainee</title>" in html


def test_cells_can_be_linked(page: Callable[..., str]) -> None:
    assert 'id="cell-verdict"' in page("trainee")


def test_a_page_of_the_site_links_to_the_register(
    page: Callable[..., str], claim_id: str
) -> None:
    assert f'href="../../register.html#{claim_id}"' in page("trainee")


def test_a_page_that_stands_alone_lists_its_sources_itself(
    page: Callable[..., str], claim_id: str, claims: dict[str, Claim]
) -> None:
    html = page("handout", register="")
    assert f'href="#claim-{claim_id}"' in html
    assert f'<div id="claim-{claim_id}">' in html
    quoted = set(re.findall(r'href="#claim-([^"]+)"', html))
    assert quoted == set(re.findall(r'id="claim-([^"]+)"', html))


def test_the_settings_of_a_run_stand_in_its_head(page: Callable[..., str]) -> None:
    html = page("solution", settings={"n": 500, "world": "flat"})
    assert "<code>n = 500</code>, <code>world = flat</code>" in html


def test_what_is_put_into_the_head_is_escaped(page: Callable[..., str]) -> None:
    links = (Link(label="A & B", href='x"y'),)
    html = page("solution", part="<Part>", editions=links)
    assert "&lt;Part&gt;" in html
    assert 'href="x&#34;y">A &amp; B' in html


def test_a_picture_from_elsewhere_is_refused(page: Callable[..., str]) -> None:
    cells = [new_markdown_cell("# T\n\n![x](https://example.org/x.png)", id="a")]
    with pytest.raises(NotSelfContained, match=r"example\.org"):
        page("solution", new_notebook(cells=cells))


@pytest.mark.parametrize(
    "fetched",
    [
        '<script src="x.js"></script>',
        '<link rel="stylesheet" href="x.css">',
        '<img alt="" srcset="x.png 2x">',
        "<style>@import 'x';</style>",
        '<style>p { background: url("x.png") }</style>',
        "<style>p { background: url(x.png) }</style>",
    ],
)
def test_whatever_would_be_fetched_is_found(fetched: str) -> None:
    with pytest.raises(NotSelfContained, match="network off"):
        self_contained(f"<html>{fetched}</html>")


@pytest.mark.parametrize(
    "harmless",
    [
        '<a href="https://example.org">a link is followed by hand</a>',
        '<img alt="" src="data:image/png;base64,AA">',
        '<style>p { background: url("data:x,y") }</style>',
        "<script>var text = 'url(x)';</script>",
        '<svg><use href="#here"/></svg>',
    ],
)
def test_what_fetches_nothing_is_let_through(harmless: str) -> None:
    assert self_contained(harmless) == harmless


def test_a_formula_in_an_output_is_mathematics_too(page: Callable[..., str]) -> None:
    out = new_output("display_data", data={"text/latex": r"$\frac{a}{b}$"})
    cell = new_code_cell("formula", id="a", outputs=[out])
    html = page("solution", new_notebook(cells=[cell]))
    assert "<mfrac>" in html


def test_a_bad_formula_stops_the_page(page: Callable[..., str]) -> None:
    cells = [new_markdown_cell("# T\n\nFrom $5 to \\nothing$", id="a")]
    with pytest.raises(BadMathematics, match=r"write \\\$5"):
        page("solution", new_notebook(cells=cells))


def test_plain_and_printed_outputs_are_shown_and_escaped(
    page: Callable[..., str],
) -> None:
    outputs = [
        new_output("stream", name="stdout", text="<printed>"),
        new_output("execute_result", data={"text/plain": "<value>"}),
    ]
    cell = new_code_cell("x", id="a", outputs=outputs)
    html = page("solution", new_notebook(cells=[cell]))
    assert "&lt;printed&gt;" in html
    assert "&lt;value&gt;" in html


def test_every_colour_of_the_css_comes_from_the_palette() -> None:
    for sheet in (theme_folder() / "css").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", text), sheet.name
        used = set(re.findall(r"var\(--([a-z]+)\)", text))
        own = {"column"} | set(re.findall(r"--([a-z-]+):", text))
        assert used <= set(palette.COLOURS) | own, sheet.name


def test_the_css_has_the_sizes_of_the_palette() -> None:
    css = style("base")
    assert f"--size0: {palette.BODY_PX / 16:.4f}rem" in css
    assert f"--column: {palette.TEXT_COLUMN_PX}px" in css


def test_a_missing_package_is_named_with_its_remedy() -> None:
    with pytest.raises(MissingPackage, match="make course"):
        packaged("no_such_package", "x.ttf")
    with pytest.raises(MissingPackage, match=r"no-such\.ttf of the package ziamath"):
        packaged("ziamath", "fonts", "no-such.ttf")


def test_a_notebook_read_from_disk_renders_alike(
    page: Callable[..., str], lesson: NotebookNode
) -> None:
    again = nbformat.reads(nbformat.writes(lesson), as_version=4)
    assert page("solution", again) == page("solution")
