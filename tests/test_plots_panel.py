"""The pictures of panels say what their tables say, and are read back here."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette
from cxlab.panel import cross_lag, interval_from_p
from cxlab.plots import (
    plot_cross_lag,
    plot_invented_by_waves,
    plot_soldiers,
    plot_who_is_fooled,
    style,
)
from cxlab.simulate.panel import branch_world, draw_waves, nine_arrows


@pytest.fixture(scope="module")
def nine():
    return nine_arrows(n=400, waves=4, times=20, rng=np.random.default_rng(1))


def texts(ax):
    return [text.get_text().replace("\n", " ") for text in ax.texts]


def message(ax):
    return style.message_of(style.figure_of(ax))


def test_the_slide_names_four_boxes_and_says_what_the_data_seem_to_say():
    waves = draw_waves(
        branch_world("trait"), n=900, waves=4, rng=np.random.default_rng(2)
    )
    found = cross_lag(waves)
    ax = plot_cross_lag(found)
    boxes = {"Staff before", "Staff now", "Customers before", "Customers now"}
    assert boxes <= set(texts(ax))
    assert f"{found.forward.estimate:.2f}" in texts(ax)
    assert "“both ways”" in message(ax)


def test_a_fooled_model_is_a_cross_in_its_own_colour(nine):
    """Three rows a world in each panel; six crosses in all."""
    left = plot_who_is_fooled(nine)
    panels = style.figure_of(left).axes
    marks = [line for ax in panels for line in ax.lines if len(line.get_xdata()) == 1]
    crosses = [line for line in marks if line.get_marker() == "X"]
    assert len(marks) == 18
    assert len(crosses) == nine["fooled"].sum() == 6
    colours = {to_hex(line.get_markeredgecolor()) for line in crosses}
    assert colours == {palette.FOURTH}
    assert all(to_hex(line.get_markerfacecolor()) == palette.PAPER for line in marks)


def test_the_message_counts_the_worlds_that_fool_each_model(nine):
    counted = message(plot_who_is_fooled(nine))
    assert "in 3 of 3 worlds" in counted
    assert counted.endswith("own mean out, in 2; changes, in 0")


def test_the_truth_is_dashed_in_ink_in_every_world(nine):
    left = plot_who_is_fooled(nine)
    dashed = [
        one
        for one in left.collections
        if to_hex(one.get_color()[0]) == palette.INK and one.get_linestyle()[0][1]
    ]
    assert [one.get_segments()[0][0, 0] for one in dashed] == [0.2, 0.0, 0.0]


def test_the_lines_by_waves_are_the_exact_limits():
    world = branch_world("forward")
    ax = plot_invented_by_waves(world, waves=(3, 8, 24))
    drawn = [line.get_ydata() for line in ax.lines]
    assert drawn[1] == pytest.approx(
        [world.limit("centred", waves=k)[1] for k in (3, 8, 24)]
    )
    assert drawn[2] == pytest.approx([0, 0, 0], abs=1e-12)


def test_printed_arrows_are_filled_squares_and_diamonds():
    rows = {
        name: [interval_from_p(size, 0.05, quantity="a > b", n=412)]
        for name, size in (("as they stand", 0.1), ("stable part out", 0.2))
    }
    ax = plot_soldiers(rows)
    points = [one for one in ax.collections if len(one.get_offsets()) == 2]
    assert [to_hex(one.get_facecolor()[0]) for one in points] == [
        palette.BOOK,
        palette.THIRD,
    ]


def test_words_can_be_in_another_language(nine):
    ax = plot_who_is_fooled(nine, words={"world_trait": "Ничто ни на что не влияет"})
    assert "Ничто ни на что не влияет" in texts(ax)
