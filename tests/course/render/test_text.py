"""Markdown as the lessons write it."""

import pytest

from cxlab.course.render.text import Writer, plain, unnamed


@pytest.fixture
def writer() -> Writer:
    return Writer(lambda claim_id: f"register.html#{claim_id}", ["E13", "MOBI-01"])


@pytest.mark.parametrize("claim_id", ["E13", "MOBI-01"])
def test_a_quoted_figure_is_linked_to_the_register(
    writer: Writer, claim_id: str
) -> None:
    html = writer.inline(f"The slide says 96% [{claim_id}].")
    assert (
        f'<a class="claim-id" href="register.html#{claim_id}">[{claim_id}]</a>' in html
    )


@pytest.mark.parametrize("text", ["`x[E13]`", "[E13](x.html)", "[E99]", r"\[E13]"])
def test_what_is_no_register_id_stays_as_it_is(writer: Writer, text: str) -> None:
    assert "register.html" not in writer.inline(text)


def test_two_ids_side_by_side_are_two_links(writer: Writer) -> None:
    assert writer.inline("96% [E13][MOBI-01]").count("register.html#") == 2


def test_headings_of_the_same_words_get_names_of_their_own(writer: Writer) -> None:
    html = writer.block("## The middle\n\n## The middle")
    assert 'id="the-middle"' in html
    assert 'id="the-middle-2"' in html


def test_a_heading_with_a_formula_keeps_its_name_short(writer: Writer) -> None:
    assert '<h2 id="odds-are-p-1-p">' in writer.block("## Odds are $p/(1-p)$")


def test_mathematics_is_ready_and_money_is_no_mathematics(writer: Writer) -> None:
    html = writer.block("From \\$5 to \\$10, with $x^2$.\n\n$$\\sqrt{x}$$")
    assert "From $5 to $10" in html
    assert html.count("<math") == 2
    assert "\\sqrt" not in html


def test_a_wide_formula_can_be_scrolled_by_keyboard(writer: Writer) -> None:
    html = writer.block("$$a = b$$\n\n\\begin{aligned}a&=b\\end{aligned}")
    assert html.count('<span class="formula" tabindex="0"') == 2


def test_a_table_has_scopes_and_can_be_scrolled(writer: Writer) -> None:
    html = writer.block("| who | share |\n|---|--:|\n| all | 96% [E13] |")
    assert html.count('<th scope="col"') == 2
    assert 'tabindex="0" role="region"' in html
    assert "register.html#E13" in html


def test_inline_writes_no_paragraph_but_keeps_two(writer: Writer) -> None:
    assert writer.inline("One *thing*.") == "One <em>thing</em>."
    assert writer.inline("One.\n\nTwo.").count("<p>") == 2


def test_plain_and_unnamed_undo_what_is_not_wanted() -> None:
    assert plain("<em>96%</em> &amp;\n9%") == "96% & 9%"
    assert unnamed('<h2 id="x">A</h2>') == "<h2>A</h2>"
