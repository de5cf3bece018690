"""What a lesson hands in, as a page of its own and on one sheet of paper."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxlab.course.browser import find_browser
from cxlab.course.cli import main
from cxlab.course.manifest import manifest
from cxlab.course.render import paper
from cxlab.course.render.folder import page_names
from cxlab.course.render.lesson import frame_of
from cxlab.course.render.paper import (
    PAPER,
    NoBrowser,
    NoPaper,
    render_paper,
    write_paper,
)

TEXT = (
    "**Ease: 600 a month**\n\n**The question.** Where to put it?\n\n"
    "**What our customers did.** They left:\n\n| strategy | at most |\n|---|---:|\n"
    "| ease | 30 (25 to 35) |\n\nNobody was dealt.\n\n*GENERATED. A made-up company.*"
)


def _handed_in(text: str = TEXT):
    output = new_output(
        "display_data",
        {"text/markdown": text},
        metadata={"cxlab": {"kind": "paper"}},
    )
    cells = [new_markdown_cell("# A lesson"), new_code_cell("", outputs=[output])]
    return new_notebook(cells=cells)


def test_the_page_has_a_title_headings_and_the_table() -> None:
    """Real headings, for the tags and the outline of the PDF."""
    page = render_paper(_handed_in())
    assert "<h1>Ease: 600 a month</h1>" in page
    assert page.count("<h2") == 2
    assert ">The question</h2>" in page
    assert '<th scope="col">strategy</th>' in page
    assert "GENERATED. A made-up company." in page


def test_the_paper_handed_in_last_is_the_one_that_counts() -> None:
    notebook = _handed_in()
    notebook.cells += _handed_in(TEXT.replace("Ease", "People")).cells
    assert "<h1>People: 600 a month</h1>" in render_paper(notebook)


def test_a_notebook_that_hands_nothing_in_says_what_to_do() -> None:
    with pytest.raises(NoPaper, match="Run all of its cells and save it"):
        render_paper(new_notebook(cells=[new_markdown_cell("# A lesson")]))


def test_without_a_browser_a_page_is_offered_instead(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(paper, "find_browser", lambda: None)
    with pytest.raises(NoBrowser, match=r"Ask for paper\.html instead"):
        write_paper("<p>page</p>", tmp_path / "paper.pdf")
    write_paper("<p>page</p>", tmp_path / "paper.html")
    assert (tmp_path / "paper.html").read_text(encoding="utf-8") == "<p>page</p>"


def test_a_saved_notebook_is_printed_by_the_command_line(tmp_path, capsys) -> None:
    """The way of a trainee: run all, save, `cxlab paper`."""
    import nbformat

    nbformat.write(_handed_in(), tmp_path / "mine.ipynb")
    page = tmp_path / "paper.html"
    assert main(["paper", str(tmp_path / "mine.ipynb"), "-o", str(page)]) == 0
    assert str(page) in capsys.readouterr().out
    assert "<h1>Ease: 600 a month</h1>" in page.read_text(encoding="utf-8")


@pytest.mark.once
@pytest.mark.skipif(find_browser() is None, reason="no browser prints here")
def test_the_longest_paper_is_one_page_with_a_title(tmp_path) -> None:
    """Six sections, a table of five rows and two that could not be read."""
    from pypdf import PdfReader

    rows = "| ease | after a hard contact : after an easy one | 30 (25 to 35) |\n" * 5
    text = TEXT.replace("| ease | 30 (25 to 35) |\n", rows)
    more = "\n\n".join(
        f"**Heading {k}.** {'Words of a sentence. ' * 22}" for k in range(4)
    )
    place = tmp_path / "paper.pdf"
    write_paper(render_paper(_handed_in(f"{text}\n\n{more}")), place)
    printed = PdfReader(place)
    assert len(printed.pages) == 1
    assert printed.metadata is not None
    assert "Ease: 600 a month" in str(printed.metadata.title)
    assert "Heading 3" in printed.pages[0].extract_text()


def test_the_site_links_a_paper_from_its_lesson_and_from_no_other() -> None:
    """As a page; and as PDF where one was printed."""
    course = manifest()
    ends = [lesson for lesson in course.lessons.values() if lesson.paper]
    assert [lesson.name[:2] for lesson in ends] == ["52"]
    shown = {link.href for link in frame_of(course, ends[0], "trainee").editions}
    both = frame_of(course, ends[0], "trainee", printed=["paper"]).editions
    assert PAPER in shown
    assert {link.href for link in both} - shown == {"board-paper.pdf"}
    assert [name for name in page_names(course) if name.endswith(PAPER)] == [
        f"lessons/{ends[0].name}/{PAPER}"
    ]
