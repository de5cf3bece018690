"""The pictures of branches and people, read back from what was drawn."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cxlab import levels, palette, plots
from cxlab.plots import style
from cxlab.simulate.levels import BranchWorld, customers


def _message(ax):
    return style.message_of(style.figure_of(ax))


@pytest.fixture(scope="module")
def drawn():
    return customers(BranchWorld(), rng=np.random.default_rng(1))[0]


@pytest.fixture(scope="module")
def league():
    rng = np.random.default_rng(2)
    groups = np.repeat(np.arange(60), rng.integers(5, 80, size=60))
    return levels.league(
        3
        + rng.standard_normal(60)[groups] * 0.5
        + 1.0 * rng.standard_normal(len(groups)),
        groups,
    )


def test_lines_inside_fall_and_the_line_between_rises(drawn):
    """GENERATED: open marks; one line a branch, and one through the means."""
    ax = plots.plot_branches(drawn)
    dots, *inside, means, between = ax.get_lines()
    assert len(inside) == drawn["branch"].nunique() == len(means.get_xdata())
    assert all(np.diff(line.get_ydata())[0] < 0 for line in inside)
    assert np.diff(between.get_ydata())[0] > 0
    assert dots.get_markerfacecolor() == "none"
    assert means.get_markerfacecolor() == palette.PAPER
    assert _message(ax) == "Between branches the line rises, inside each it falls"


def test_one_direction_is_said_in_numbers():
    world = BranchWorld(between=3, within=2)
    drawn, _ = customers(world, rng=np.random.default_rng(3))
    said = _message(plots.plot_branches(drawn))
    assert said.startswith("Between branches the line is 2.")


def test_printed_figures_are_orange_squares_beside_ours(drawn):
    found = levels.levels(drawn["minutes"], drawn["loyalty"], drawn["branch"])
    ax = plots.plot_levels({"hours": found, "minutes": found}, printed="hours")
    orange, blue = (
        to_hex(c.get_edgecolor()[0])
        for c in ax.collections
        if len(c.get_offsets()) == 3
    )
    assert (orange, blue) == (palette.BOOK, palette.FOUND)
    assert _message(ax).startswith("Means of branches go together more closely")


def test_parts_of_100_stand_beside_their_bars():
    rng = np.random.default_rng(4)
    who = pd.DataFrame(
        {"rater": rng.integers(30, size=400), "branch": rng.integers(6, size=400)}
    )
    y = rng.standard_normal(400) + rng.standard_normal(30)[who["rater"]]
    found = levels.components(y, who)
    ax = plots.plot_components(found, printed=found.variances, least="branch")
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx((100 * found.shares).tolist())
    (squares,) = ax.get_lines()
    assert squares.get_marker() == "s"
    assert squares.get_color() == palette.BOOK
    assert "branch's" in _message(ax)


def test_the_funnel_circles_the_best_and_shades_luck(league):
    ax = plots.plot_funnel(league, k=5)
    _, dots, circles = ax.get_lines()
    assert len(dots.get_xdata()) == 60
    assert sorted(circles.get_ydata()) == sorted(league.top(5)["mean"])
    assert _message(ax).startswith("Half of the best 5 have at most")


def test_the_best_move_towards_the_middle(league):
    ax = plots.plot_league(league, k=6)
    raw, pulled, _ = ax.get_lines()
    assert (raw.get_xdata() > pulled.get_xdata()).all()
    assert pulled.get_color() == palette.FOUND
    stay = int((league.top(6)["place by shrunken"] <= 6).sum())
    assert f"{stay} of the best 6 stay" in _message(ax)
