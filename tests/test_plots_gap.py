"""The pictures of the delivery gap, read back from what was drawn."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cxlab import gap, palette, plots
from cxlab.plots import style
from cxlab.simulate.gap import paired_firms


@pytest.fixture(scope="module")
def found():
    rng = np.random.default_rng(1)
    world = paired_firms(n_firms=100, flattery=1.2, threshold_gap=1.05, rng=rng)
    return gap.decompose(world.pairs, n_boot=100, rng=rng)


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def test_two_lines_stand_across_one_curve():
    """At -0.84 and 1.41 standard deviations, 2.25 apart."""
    ax = plots.plot_printed_gap(gap.printed_gap(believers=290, achievers=29, n=362))
    lines = [s[0, 0] for c in ax.collections[1::2] for s in c.get_segments()]
    assert lines == pytest.approx([-0.845, 1.405], abs=0.002)
    assert "2.25 SD" in _texts(ax)
    assert _message(ax).startswith("80 of 100 firms believe, 8 of 100 deliver")


def test_the_ridge_falls_from_all_strict_to_all_flattery(found):
    """PUBLISHED TABLE: filled squares at its ends; the sum is the same everywhere."""
    ridge = gap.ridge(0.80, 0.08, n=362)
    ax = plots.plot_ridge(
        ridge, believe=0.80, deliver=0.08, found=found, truth=(1.2, 1.05)
    )
    line, ends, point = ax.get_lines()
    assert line.get_xdata() + line.get_ydata() == pytest.approx(2.2467, abs=1e-4)
    assert ends.get_marker() == "s"
    assert point.get_markerfacecolor() == palette.PAPER
    assert point.get_xdata()[0] == found.flattery.estimate
    assert "planted" in _texts(ax)
    assert "prints the same 80 and 8" in _message(ax)


def test_without_pairs_there_is_no_point_on_the_ridge():
    """The shares alone must not seem to know."""
    ridge = gap.ridge(0.80, 0.08, n=362)
    ax = plots.plot_ridge(ridge, believe=0.80, deliver=0.08)
    assert len(ax.get_lines()) == 2
    assert not any("paired" in text for text in _texts(ax))


def test_one_hundred_firms_are_one_hundred_marks():
    """Those with a majority differ in shape; none stands across the half."""
    ax = plots.plot_firm_shares(gap.firms_with_majority(0.35, 0.102))
    marks = [x for x in ax.get_lines() if x.get_marker() in "oD"]
    assert len(marks) == 100
    most = [x.get_xdata()[0] for x in marks if x.get_marker() == "D"]
    rest = [x.get_xdata()[0] for x in marks if x.get_marker() == "o"]
    assert len(most) == 8
    assert min(most) > 50 > max(rest)
    assert {x.get_markerfacecolor() for x in marks} == {palette.PAPER}


def test_sectors_are_filled_squares_with_their_printed_numbers():
    """PUBLISHED TABLE; the message spans the gaps."""
    table = pd.DataFrame(
        {"sector": ["one", "two"], "firms": [68, 79], "consumers": [56, 32]}
    )
    ax = plots.plot_sectors(table)
    squares = [x for x in ax.get_lines() if x.get_marker() == "s"]
    assert [x.get_xdata()[0] for x in squares] == [56, 68, 32, 79]
    assert {"consumers 56", "firms 68", "32", "79"} <= set(_texts(ax))
    assert "by 12 to 47 points" in _message(ax)


@pytest.mark.parametrize("real", [True, False])
def test_the_room_is_filled_only_if_it_is_your_own(real):
    """Counts of managers stand on the bars, with their intervals."""
    room = gap.room_gap(gap.read_room("YN YN YN YY NN"))
    ax = plots.plot_room(room, real=real)
    assert [bar.get_height() for bar in ax.patches] == pytest.approx([80, 20])
    assert all(bool(bar.get_hatch()) != real for bar in ax.patches)
    assert _texts(ax) == ["4 / 5", "1 / 5"]
    assert "The same 5 people" in _message(ax)


def test_each_firm_is_a_mark_of_disagreement(found):
    """Open marks, the mean in blue, and zero to compare it with."""
    ax = plots.plot_agreement(found)
    marks, zero, mean = ax.get_lines()
    assert marks.get_ydata() == pytest.approx(found.differences)
    assert marks.get_markerfacecolor() == "none"
    assert list(zero.get_ydata()) == [0, 0]
    assert to_hex(mean.get_color()) == palette.FOUND
