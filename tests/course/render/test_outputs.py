"""What a cell shows keeps its alt text, its source and its verdict."""

import copy
from collections.abc import Callable

import pytest
from nbformat import NotebookNode

from cxlab.course.render.outputs import (
    NoAltText,
    clean_table,
    code_html,
    figure_html,
    slide_figure_html,
    table_html,
    verdict_html,
)
from cxlab.course.render.text import Writer
from cxlab.course.render.verdicts import MEANS, NOT_JUDGED, glyph
from cxlab.register import VERDICTS, Claim


@pytest.fixture
def output(lesson: NotebookNode) -> Callable[[str], NotebookNode]:
    """Give the first output of a cell of the small lesson."""
    cells = {cell.id: cell for cell in lesson.cells}
    return lambda cell_id: copy.deepcopy(cells[cell_id].outputs[0])


def test_a_figure_carries_alt_source_and_a_redraw_for_phones(
    output: Callable[[str], NotebookNode],
) -> None:
    html = figure_html(output("figure"))
    assert 'alt="Two bars: 20 of 100' in html
    assert '<figcaption class="source">REAL.' in html
    assert 'media="screen and (max-width: 640px)"' in html
    assert html.count("data:image/png;base64,") == 2


def test_a_figure_without_alt_text_is_refused(
    output: Callable[[str], NotebookNode],
) -> None:
    """nbconvert would write a placeholder, which checkers let pass."""
    figure = output("figure")
    del figure.metadata["image/png"]["alt"]
    with pytest.raises(NoAltText, match="show"):
        figure_html(figure)


def test_a_slide_shows_the_figure_drawn_for_it(
    output: Callable[[str], NotebookNode],
) -> None:
    assert slide_figure_html(output("figure")) != figure_html(output("figure"))
    assert 'width="614"' in slide_figure_html(output("figure"))


def test_a_table_scrolls_by_keyboard_under_its_caption(
    output: Callable[[str], NotebookNode],
) -> None:
    html = table_html(output("table"))
    assert 'aria-label="Share that turned away, by kind of contact."' in html
    assert '<figcaption class="source">REAL.' in html


def test_a_table_printed_by_pandas_is_mended() -> None:
    """Empty head cells and missing scopes are what axe finds in a stock page."""
    html = clean_table(
        '<table border="1" class="dataframe"><thead><tr style="text-align: right;">'
        "<th></th><th>share</th></tr></thead>"
        "<tbody><tr><th>all</th><td>.2</td></tr></tbody></table>"
    )
    assert '<td></td><th scope="col">share</th>' in html
    assert '<th scope="row">all</th>' in html
    assert "border" not in html


def test_code_is_written_line_by_line_and_escaped() -> None:
    write = code_html(lambda code: f"<div><pre><span></span>{code}\n</pre></div>")
    html = write("a &lt; b\n\nc")
    assert html.count('<span class="line">') == 3
    assert "a &lt; b" in html


def test_a_verdict_names_claim_evidence_and_answer(
    output: Callable[[str], NotebookNode], claims: dict[str, Claim], claim_id: str
) -> None:
    record = output("verdict").data["application/vnd.cxlab.record+json"]
    writer = Writer(lambda one: f"#{one}", claims)
    html = verdict_html("verdict", record, claims=claims, writer=writer)
    assert f'data-claim="{claim_id}" data-verdict="overstated"' in html
    assert "arithmetic on printed figures; re-analysis of real data" in html
    assert "The author would answer" in html
    assert html.count('class="claim-id"') == 2  # its own, and the one it quotes


@pytest.mark.parametrize("verdict", [*VERDICTS, NOT_JUDGED])
def test_every_verdict_has_its_picture(verdict: str) -> None:
    assert glyph(verdict).startswith("<svg")
    assert len({glyph(one) for one in (*VERDICTS, NOT_JUDGED)}) == len(VERDICTS) + 1


def test_every_verdict_is_explained() -> None:
    assert tuple(MEANS) == VERDICTS


def test_no_picture_without_a_verdict() -> None:
    with pytest.raises(ValueError, match="holds with limits"):
        glyph("nonsense")
