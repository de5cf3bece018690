"""The chain is drawn from its results, and laid out anew for every size."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from cxlab import palette
from cxlab.datasets import load_mobi
from cxlab.paths import ECSI, bootstrap, path_model
from cxlab.plots import plot_chain, style
from cxlab.results import Estimate
from cxlab.simulate.links import BOXES


def tidy(rows):
    return pd.DataFrame(rows, columns=["quantity", "estimate", "low", "high"])


TWO = tidy([("A > B", 0.5, 0.3, 0.7), ("B > C", -0.1, -0.3, 0.1)])


@pytest.fixture(scope="module")
def chain():
    rng = np.random.default_rng(1)
    return plot_chain(bootstrap(load_mobi(), ECSI, rng=rng, n_boot=200))


def lines(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def drawn(ax, width, height):
    """Draw for one size, as a page, a slide or a phone does."""
    figure = style.figure_of(ax)
    figure.set_size_inches(width, height)
    FigureCanvasAgg(figure).draw()
    return ax


def test_every_box_and_every_arrow_is_there(chain):
    assert set(ECSI.constructs) <= set(texts(chain))
    assert len(lines(chain)) == 12


def test_an_arrow_carries_its_estimate_and_its_interval(chain):
    assert "0.48" in texts(chain)
    assert sum(" to " in said for said in texts(chain)) == 12


def test_a_strong_arrow_is_thick_and_one_that_may_be_nothing_is_dashed():
    strong, weak = lines(plot_chain(TWO))
    assert strong.get_linewidth() > weak.get_linewidth()
    assert strong.get_linestyle() == "-"
    assert weak.get_linestyle() != "-"
    assert to_hex(weak.get_edgecolor()) == palette.REST


def test_what_the_book_prints_is_orange():
    ours, theirs = lines(plot_chain(TWO))[0], lines(plot_chain(TWO, role="book"))[0]
    assert to_hex(ours.get_edgecolor()) == palette.FOUND
    assert to_hex(theirs.get_edgecolor()) == palette.BOOK


def test_a_bare_model_is_drawn_without_numbers():
    ax = plot_chain(ECSI)
    assert not any(any(c.isdigit() for c in said) for said in texts(ax))
    assert style.message_of(style.figure_of(ax)) == "7 boxes and 12 arrows"


def test_the_message_names_the_strongest_arrow():
    message = style.message_of(style.figure_of(plot_chain(TWO)))
    assert message == "2 arrows; the strongest, A → B, carries 0.50"


@pytest.mark.parametrize(
    ("width", "height"), [(palette.FIGURE_INCHES, 4.3), (6.4, 3.05), (3.42, 4.3)]
)
def test_no_box_hides_another_or_leaves_the_page(chain, width, height):
    """On a page, a slide and a phone."""
    drawn(chain, width, height)
    boxes = [t for t in chain.texts if t.get_text() in ECSI.constructs]
    renderer = style.figure_of(chain).canvas.get_renderer()
    size = chain.bbox
    spots = [np.array(t.get_position()) * [size.width, size.height] for t in boxes]
    halves = [np.array(t.get_window_extent(renderer).size) / 2 for t in boxes]
    for k, (spot, half) in enumerate(zip(spots, halves, strict=True)):
        assert (spot - half >= 0).all()
        assert (spot + half <= [size.width, size.height]).all()
        for other, room in zip(spots[:k], halves[:k], strict=True):
            assert (abs(spot - other) > half + room).any()


def test_a_phone_shows_estimates_and_leaves_intervals_out(chain):
    drawn(chain, palette.NARROW_INCHES, 4.3)
    shown = [t.get_text() for t in chain.texts if t.get_visible()]
    assert "0.48" in shown
    assert not any(" to " in said for said in shown)
    drawn(chain, palette.FIGURE_INCHES, 4.3)
    assert any(" to " in t.get_text() for t in chain.texts if t.get_visible())


def test_an_arrow_runs_from_edge_to_edge():
    """From right of A to left of B, at the same height."""
    ax = drawn(plot_chain(TWO.head(1)), 6, 3)
    start, end = lines(ax)[0].get_path().vertices[[0, 2]]
    boxes = {t.get_text(): t.get_position() for t in ax.texts}
    assert boxes["A"][0] + 0.01 < start[0] < end[0] < boxes["B"][0] - 0.01
    assert start[1] == pytest.approx(boxes["A"][1], abs=0.02)


def test_other_chains_get_a_column_for_each_step():
    """So that part 5 can draw its own chain without saying where."""
    model = path_model({"P": "p", "Q": "q", "R": "r"}, ["P > Q", "P > R", "Q > R"])
    ax = drawn(plot_chain(model), 6, 3)
    place = {t.get_text(): t.get_position()[0] for t in ax.texts}
    assert place["P"] < place["Q"] < place["R"]


def test_places_can_be_given():
    ax = drawn(plot_chain(TWO, places={"A": (0, 0), "B": (0, 1), "C": (1, 1)}), 6, 3)
    place = {t.get_text(): t.get_position() for t in ax.texts}
    assert place["A"][1] > place["B"][1] == pytest.approx(place["C"][1])


def test_words_can_be_in_another_language():
    ax = plot_chain(TWO, words={"A": "Имидж", "message": "{arrows} стрелки"})
    assert "Имидж" in texts(ax)
    assert style.message_of(style.figure_of(ax)) == "2 стрелки"


def test_what_is_no_arrow_is_refused():
    with pytest.raises(ValueError, match="'odds ratio' is no arrow"):
        plot_chain(tidy([("odds ratio", 2.0, 1.0, 3.0)]))


SEVEN = [f"{a} > {b}" for a, b in pairwise("ABCDEFG")]


@pytest.mark.parametrize(
    ("width", "height", "columns"), [(6.875, 4.7, 3), (6.4, 3.05, 3), (3.42, 4.7, 2)]
)
def test_a_long_chain_winds_from_row_to_row(width, height, columns):
    """To the right and back, its intervals beside their estimates even on a phone."""
    rows = [(arrow, 0.4, 0.27, 0.52) for arrow in SEVEN]
    ax = drawn(plot_chain(tidy(rows)), width, height)
    place = {t.get_text(): np.array(t.get_position()) for t in ax.texts}
    first = [place[name] for name in "ABCDEFG"[:columns]]
    after = place["ABCDEFG"[columns]]
    assert all(a[0] < b[0] for a, b in pairwise(first))
    assert after[0] == pytest.approx(first[-1][0])
    assert after[1] < first[-1][1]
    assert [t.get_visible() for t in ax.texts if " to " in t.get_text()] == [True] * 6


@pytest.mark.parametrize(("width", "height"), [(6.875, 4.7), (6.4, 3.05), (3.42, 4.7)])
def test_labels_of_a_winding_chain_leave_boxes_and_each_other_alone(width, height):
    rows = [(f"{a} > {b}", -0.4, -0.52, -0.27) for a, b in pairwise(BOXES)]
    said = {} if height > 4 else {"message": ""}  # a slide's headline says it
    ax = drawn(plot_chain(tidy(rows), words=said), width, height)
    renderer = style.figure_of(ax).canvas.get_renderer()
    spots = [Text.get_window_extent(t, renderer) for t in ax.texts if t.get_text()]
    assert len(spots) == 7 + 6 + 6
    for k, one in enumerate(spots):
        assert not any(one.overlaps(other) for other in spots[:k])


def test_a_long_name_is_written_in_two_lines():
    ax = plot_chain(["Employee satisfaction > Value", "Value > Profit"])
    assert "Employee\nsatisfaction" in texts(ax)
    assert "Value" in texts(ax)


def test_every_module_can_give_its_arrows():
    """A list of estimates, or a result that says which of its numbers are arrows."""
    pair = [
        Estimate(quantity="A > B", estimate=0.5, low=0.3, high=0.7, unit="SD per SD"),
        Estimate(quantity="B > C", estimate=0.2, low=-0.1, high=0.5, unit="SD per SD"),
    ]

    class Result:
        arrows = pair

        def summary(self):
            raise AssertionError("the arrows were given")

    for given in (pair, Result()):
        ax = plot_chain(given)
        assert {"0.50", "0.30 to 0.70", "0.20"} <= set(texts(ax))
        assert ax.get_title(loc="left") == "SD per SD; dashed: may be nothing"


def test_arrows_in_different_units_each_say_their_own():
    ax = plot_chain(
        [
            Estimate(quantity="A > B", estimate=0.26, unit="point per point"),
            Estimate(quantity="B > C", estimate=0.38, unit="% per point"),
        ],
        role="book",
    )
    assert {"point per point", "% per point"} <= set(texts(ax))
    assert ax.get_title(loc="left") == ""
    assert style.message_of(style.figure_of(ax)) == "3 boxes and 2 arrows"


def test_names_of_arrows_alone_are_drawn_without_numbers():
    ax = plot_chain(SEVEN)
    assert style.message_of(style.figure_of(ax)) == "7 boxes and 6 arrows"
    assert ax.get_title(loc="left") == ""


def test_a_ring_is_no_row():
    """Where the last arrow comes back, boxes stand in columns."""
    ax = drawn(plot_chain(["A > B", "B > C", "C > A"]), 6, 3)
    assert {"A", "B", "C"} <= set(texts(ax))
