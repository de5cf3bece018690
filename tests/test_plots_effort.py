"""The pictures of the lesson on effort, read back from what was drawn."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import effort, palette, plots
from cxlab.fourfold import TwoBars, by_base_rate
from cxlab.intervals import ratio_of_two_cells
from cxlab.latent import implied_link
from cxlab.plots import style
from cxlab.simulate.change import ratio_by_shift
from cxlab.simulate.effort import contacts
from cxlab.steps import step_or_line

BARS = TwoBars(low=0.09, high=0.96)
LINK = implied_link(0.09, 0.96, share_extreme=0.2)


@pytest.fixture(scope="module")
def groups():
    table, _ = contacts(LINK, n=2000, rng=np.random.default_rng(1))
    return effort.disloyal_by_fifth(table)


@pytest.fixture(scope="module")
def phones():
    calls = np.repeat(np.arange(6), 100)
    left = np.arange(600) % 10 < np.where(calls >= 4, 5, 1)
    return step_or_line(calls, left, at=4)


def _heights(ax):
    return [bar.get_height() for bar in ax.patches]


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _message(ax):
    return style.message_of(style.figure_of(ax))


def test_the_slide_has_two_bars_in_the_books_colour_and_room_between():
    """As it is shown: the middle is empty, and says so."""
    ax = plots.plot_two_bars(BARS)
    assert _heights(ax) == pytest.approx([9, 96])
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches} == {palette.BOOK}
    assert "not on the slide" in _texts(ax)
    assert _message(ax).startswith("96 of 100 against 9 of 100")


def test_the_filled_in_slide_has_all_five_groups_and_the_ends_stay_bold(groups):
    """Book orange at the ends, pale between; generated, so open or hatched."""
    ax = plots.plot_groups(groups, truth=LINK)
    assert _heights(ax) == pytest.approx(100 * groups.shares)
    edges = [to_hex(bar.get_edgecolor()) for bar in ax.patches]
    assert edges == [palette.BOOK, *[palette.REST] * 3, palette.BOOK]
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches} == {palette.PAPER}
    assert [bool(bar.get_hatch()) for bar in ax.patches] == [1, 0, 0, 0, 1]


def test_every_bar_carries_its_interval_and_its_planted_truth(groups):
    """Five upright lines from low to high; five dashes where the truth was planted."""
    ax = plots.plot_groups(groups, truth=LINK)
    ends = [s for c in ax.collections for s in c.get_segments()]
    upright = [s for s in ends if s[0, 0] == s[1, 0]]
    low, high = groups.limits
    assert [s[:, 1].tolist() for s in upright] == [
        pytest.approx([a, b]) for a, b in zip(100 * low, 100 * high, strict=True)
    ]
    dashes = [s[0, 1] for s in ends if s[0, 1] == s[1, 1]][:5]
    assert dashes == pytest.approx(100 * LINK.shares)
    assert "planted truth" in _texts(ax)


def test_the_message_counts_who_stands_between(groups):
    """Computed, so that it stays true when a knob is turned."""
    said = _message(plots.plot_groups(groups))
    first, second, third = (f"{100 * s:.0f}" for s in groups.shares[1:-1])
    assert said == (
        "Between the two bars live 60 of 100 customers: "
        f"{first}, {second} and {third} of 100 disloyal"
    )


def test_real_customers_are_filled_and_ours(groups):
    """REAL data: filled marks; blue is what we found; the book stays orange."""
    ax = plots.plot_groups(groups, printed=BARS, real=True)
    assert to_hex(ax.patches[0].get_facecolor()) == palette.FOUND
    assert not any(bar.get_hatch() for bar in ax.patches)
    assert "the book" in _texts(ax)
    assert "ranked by satisfaction" in _message(ax)


def test_the_needed_links_are_filled_squares_over_the_cut_offs():
    """PUBLISHED TABLE: filled squares; the four named cut-offs carry their number."""
    needed = effort.needed_links(0.09, 0.96)
    ax = plots.plot_needed_links(needed)
    (line,) = ax.get_lines()
    assert line.get_marker() == "s"
    assert line.get_ydata() == pytest.approx(needed.correlations)
    assert sorted(_texts(ax)) == ["0.61", "0.68", "0.78", "0.88"]
    assert "a link of 0.88 or 0.61" in _message(ax)


def test_the_ratio_is_drawn_beside_the_books_four_and_the_drawn_samples():
    """A log scale, the book's level, open marks with intervals for what was drawn."""
    curves = ratio_by_shift()
    found = ratio_of_two_cells(330, 100, n=1000)
    ax = plots.plot_ratio_by_shift(curves, drawn=[(-0.2, found)])
    first, second, book, mark = ax.get_lines()
    assert first.get_ydata() == pytest.approx(curves.ratios[0])
    assert second.get_ydata() == pytest.approx(curves.ratios[1])
    assert to_hex(book.get_color()) == palette.BOOK
    assert mark.get_markerfacecolor() == palette.PAPER
    assert ax.get_yscale() == "log"
    assert "0.24 points makes it 4 to 1" in _message(ax)


def test_the_base_rate_moves_one_line_more_than_the_other():
    """Both sums of the same two shares, and the message with both ends."""
    curve = by_base_rate(leave_if_satisfied=0.2, stay_if_dissatisfied=0.28)
    ax = plots.plot_base_rate(curve)
    latent, phi = ax.get_lines()
    assert latent.get_ydata() == pytest.approx(curve.latent_correlation)
    assert phi.get_ydata() == pytest.approx(curve.phi_squared)
    assert "explain 27% or 3%" in _message(ax)


def test_the_step_is_drawn_with_open_marks_because_its_table_is_invented(phones):
    """FICTIONAL: open marks; step and line are both there to be compared."""
    ax = plots.plot_step_or_line(phones)
    step, line, marks = ax.get_lines()
    assert marks.get_markerfacecolor() == palette.PAPER
    assert marks.get_ydata() == pytest.approx(100 * phones.shares)
    assert step.get_ydata()[0] == pytest.approx(10, abs=1e-4)
    assert line.get_linestyle() == "--"
    assert "10 of 100 leave below 4 calls" in _message(ax)


def test_rare_numbers_of_calls_are_left_out(phones):
    """Two customers make no point."""
    calls = np.repeat([0, 1, 2, 3], [50, 50, 50, 2])
    left = np.arange(152) % 10 == 0
    shape = step_or_line(calls, left | (calls == 2) & (np.arange(152) % 2 == 0), at=2)
    ax = plots.plot_step_or_line(shape)
    assert ax.get_lines()[2].get_xdata().tolist() == [0, 1, 2]


def test_a_picture_without_marks_is_refused(phones):
    """It would be an empty frame."""
    with pytest.raises(ValueError, match="at most 100"):
        plots.plot_step_or_line(phones, least=101)


DRAW = [
    lambda **kw: plots.plot_two_bars(BARS, **kw),
    lambda **kw: plots.plot_needed_links(effort.needed_links(0.09, 0.96), **kw),
    lambda **kw: plots.plot_ratio_by_shift(ratio_by_shift(), **kw),
    lambda **kw: plots.plot_base_rate(
        by_base_rate(leave_if_satisfied=0.2, stay_if_dissatisfied=0.28), **kw
    ),
]


@pytest.mark.parametrize("draw", DRAW)
def test_each_plot_draws_on_the_axes_given_and_labels_its_y_axis(draw):
    """Never on somebody's current axes; the label stands above, with its direction."""
    ax = style.new_axes()
    assert draw(ax=ax) is ax
    assert ax.get_title(loc="left")
    assert ax.get_ylabel() == ""


@pytest.mark.parametrize("draw", DRAW)
def test_no_text_is_smaller_than_eleven_points(draw):
    """As shown on a page."""
    ax = draw()
    style.figure_of(ax).draw_without_rendering()
    sizes = [t.get_fontsize() for t in ax.findobj(mpl.text.Text) if t.get_text()]
    assert min(sizes) >= palette.FIGURE_PT


def test_words_can_be_replaced_for_another_language():
    """Whole sentences in one mapping; nothing is glued from pieces of English."""
    ax = plots.plot_two_bars(BARS, words={"nothing": "нет на слайде"})
    assert "нет на слайде" in _texts(ax)
