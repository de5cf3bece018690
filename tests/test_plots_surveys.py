"""The pictures of the lessons on surveys, read back from what was drawn."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from cxlab import palette, plots, surveys
from cxlab.intervals import share
from cxlab.plots import style


def _table(share_satisfied: float) -> surveys.TwoGroups:
    return surveys.per_hundred(
        share_satisfied=share_satisfied,
        leave_if_satisfied=0.20,
        stay_if_dissatisfied=0.28,
    )


def _squares(ax):
    return [p for p in ax.patches if isinstance(p, Rectangle)]


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _message(ax):
    return style.message_of(style.figure_of(ax))


def test_every_customer_is_a_square_and_leavers_are_filled_orange():
    """PUBLISHED TABLE: filled squares; 18 + 7 of 100 mean to leave."""
    first = plots.plot_hundred([_table(0.5), _table(0.9)])
    panels = style.figure_of(first).axes
    for ax, leavers in zip(panels, (46, 25), strict=True):
        colours = [to_hex(square.get_facecolor()) for square in _squares(ax)]
        assert len(colours) == 100
        assert colours.count(palette.BOOK) == leavers
    assert _texts(panels[1])[:2] == ["90 satisfied", "18 mean to leave"]


def test_two_tables_say_what_changed_and_what_did_not():
    """The odds once, the leavers twice."""
    said = _message(plots.plot_hundred([_table(0.5), _table(0.9)]))
    assert "10.3 times as high" in said
    assert "22 or 71 of 100 leavers" in said


def test_a_hundred_of_each_group_stand_side_by_side():
    """Two hundred customers, half of them satisfied: the book's own two figures."""
    ax = plots.plot_hundred(_table(0.5).of(200))
    assert "20 of 100 satisfied customers mean to leave, 72 of 100" in _message(ax)
    assert [len(_squares(panel)) for panel in style.figure_of(ax).axes] == [100, 100]


def test_invented_customers_are_open_squares():
    """GENERATED and FICTIONAL tables must not look like real ones."""
    ax = plots.plot_hundred(_table(0.9), real=False)
    assert {to_hex(s.get_facecolor()) for s in _squares(ax)} == {palette.PAPER}


def test_several_tables_do_not_fit_on_one_axes():
    """The remedy is named."""
    with pytest.raises(ValueError, match="leave ax out"):
        plots.plot_hundred([_table(0.5), _table(0.9)], ax=style.new_axes())


def test_intervals_that_miss_differ_in_shape_and_not_in_colour_alone():
    """Diamonds and thick lines; the truth is dashed; the message counts all."""
    asked = surveys.repeated([share(h, 100) for h in (12, 20, 23, 38)], truth=0.25)
    ax = plots.plot_repeated(asked, x_label="share")
    marks = [line for line in ax.get_lines() if line.get_marker() in "oD"]
    assert [line.get_marker() for line in marks] == ["D", "o", "o", "D"]
    assert {line.get_markerfacecolor() for line in marks} == {palette.PAPER}
    assert [line.get_linestyle() for line in ax.get_lines()][-1] == "--"
    assert _message(ax).startswith("2 of 4 surveys")


def test_two_ways_of_making_intervals_share_their_axis():
    """Side by side, each counted per hundred."""
    narrow, wide = (
        surveys.repeated([share(h, n) for h in (12, 38)], truth=0.25, name=name)
        for n, name in ((100, "one way"), (40, "other way"))
    )
    ax = plots.plot_repeated([narrow, wide], x_label="share")
    assert _message(ax).startswith("0 of 100 intervals hold the truth with one way")
    assert len(style.figure_of(ax).axes) == 2


def test_only_some_surveys_are_drawn_and_all_are_counted():
    """Forty lines can be seen; the promise is about all of them."""
    asked = surveys.repeated([share(25, 100)] * 90, truth=0.25)
    ax = plots.plot_repeated(asked, x_label="share", shown=10)
    assert sum(line.get_marker() == "o" for line in ax.get_lines()) == 10
    assert _message(ax).startswith("90 of 90")


def test_the_same_mean_is_drawn_with_two_scores():
    """Fictional answers: open or hatched bars, and nothing where nobody answered."""
    answers = [surveys.distribution(a, scale="nps") for a in ([8] * 3, [9, 9, 6])]
    ax = plots.plot_same_mean(answers, names=["calm", "torn"])
    calm, torn = style.figure_of(ax).axes
    assert [bar.get_height() for bar in calm.patches] == [100]
    assert sorted(bar.get_height() for bar in torn.patches) == pytest.approx(
        [100 / 3, 200 / 3]
    )
    assert {to_hex(b.get_facecolor()) for b in torn.patches} == {palette.PAPER}
    assert _message(ax) == "The same mean of 8, and a score of 0 or of 33"


def test_the_coverage_of_both_intervals_is_drawn_against_the_promise():
    """The promise is dashed; the message quotes the smallest sample."""
    curve = surveys.coverage_by_n(0.6, 0.1, sizes=[15, 30])
    ax = plots.plot_coverage(curve)
    promise, wald, adjusted = ax.get_lines()
    assert promise.get_linestyle() == "--"
    assert wald.get_ydata() == pytest.approx(100 * curve.wald)
    assert adjusted.get_ydata() == pytest.approx(100 * curve.adjusted)
    assert "With 15 customers" in _message(ax)
    assert "keeps 88" in _message(ax)


def test_every_race_is_a_mark_and_only_wins_that_stand_are_filled():
    """GENERATED: open marks; the lanes count the wins."""
    races = surveys.Races(
        names=("a", "b"),
        winners=("a", "b", "a"),
        crowned=(False, True, False),
        pair_told_apart=0.1,
    )
    ax = plots.plot_races(races)
    fills = [line.get_markerfacecolor() for line in ax.get_lines()]
    assert sorted(fills) == sorted([palette.PAPER, palette.PAPER, palette.FOUND])
    assert "a: first in 2 races" in _texts(ax)
    assert "paired test crowns 1" in _message(ax)


def test_curves_that_flatten_are_blue_and_whole_lines():
    """The others are grey and broken: colour is not the only sign."""
    curves = surveys.flattening(np.arange(1, 78) / 100, lift=0.22)
    ax = plots.plot_flattening(curves)
    blue = [x for x in ax.get_lines() if to_hex(x.get_color()) == palette.FOUND]
    assert {line.get_linestyle() for line in blue} == {"-"}
    assert "from 12 of 77 starting points" in _message(ax)
    assert {"flattens", "goes on rising"} <= set(_texts(ax))


def test_printed_coefficients_are_squares_beside_ours():
    """Orange squares for the book, blue dots with intervals for us."""
    names = ["help: yes", "kind: new"]
    fit = surveys.OrdinalFit(
        coefficients=pd.Series([0.7, -0.2], index=names),
        errors=pd.Series([0.1, 0.1], index=names),
        cuts=(-0.5, 0.5),
        answers=("low", "mid", "high"),
        log_likelihood=-1.0,
        n=100,
    )
    printed = pd.Series([-0.2, 0.7], index=names[::-1])
    ax = plots.plot_ordinal(fit, printed=printed)
    _, ours, theirs = ax.get_lines()
    assert list(ours.get_xdata()) == [0.7, -0.2] == list(theirs.get_xdata())
    assert (ours.get_marker(), theirs.get_marker()) == ("o", "s")
    assert "2.0 times as high" in _message(ax)
