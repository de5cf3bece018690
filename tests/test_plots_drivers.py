"""The pictures of drivers, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.drivers import adjusted_ratios, raw_ratios, shapley_shares
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.simulate.do_feel import DoAndFeel, split_curve
from cxlab.simulate.drivers import MessyWorld, journeys

WORLD = MessyWorld()
ASK = {"outcome": "disloyal", "drivers": list(WORLD.names)}


@pytest.fixture(scope="module")
def data():
    return journeys(WORLD, n=3000, rng=np.random.default_rng(1))[0]


@pytest.fixture(scope="module")
def ratios(data):
    return raw_ratios(data, **ASK), adjusted_ratios(data, **ASK)


@pytest.fixture(scope="module")
def shares(data):
    return shapley_shares(data, **ASK, n_boot=100, rng=np.random.default_rng(2))


def _marks(ax, marker):
    return [line for line in ax.lines if line.get_marker() == marker]


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _message(ax):
    return style.message_of(style.figure_of(ax))


def test_each_driver_has_its_raw_ratio_and_the_one_that_compares_like_with_like(ratios):
    """Circles grey, diamonds blue and open: nobody here is real."""
    raw, adjusted = ratios
    ax = plots.plot_driver_ratios(raw, adjusted, truth=WORLD.own_ratios)
    circles, diamonds = _marks(ax, "o"), _marks(ax, "D")
    assert sorted(m.get_xdata()[0] for m in circles) == sorted(
        r.estimate for r in raw.ratios
    )
    assert {to_hex(m.get_color()) for m in diamonds} == {palette.FOUND}
    assert {to_hex(m.get_markerfacecolor()) for m in diamonds} == {palette.PAPER}
    assert "planted truth" in _texts(ax)


def test_the_worst_looking_driver_stands_on_top_and_in_the_message(ratios):
    """And the message carries both of its ratios."""
    raw, adjusted = ratios
    ax = plots.plot_driver_ratios(raw, adjusted)
    assert ax.get_yticklabels()[0].get_text() == "contact\nagain"
    assert _message(ax) == (
        f"A repeat contact looks {raw.of('repeat').estimate:.1f} times as bad, and is "
        f"{adjusted.of('repeat').estimate:.1f} times"
    )


def test_what_a_book_prints_is_a_filled_square_of_its_own_colour(ratios):
    """Only the driver for which it prints a ratio."""
    ax = plots.plot_driver_ratios(*ratios, printed={"repeat": 2.5})
    (square,) = _marks(ax, "s")
    assert square.get_xdata()[0] == 2.5
    assert to_hex(square.get_color()) == palette.BOOK
    assert "the book" in _texts(ax)


def test_real_customers_have_filled_marks(ratios, shares):
    """Evidence can be seen."""
    for ax in (
        plots.plot_driver_ratios(*ratios, real=True),
        plots.plot_driver_shares(shares, real=True),
    ):
        faces = {to_hex(m.get_markerfacecolor()) for m in _marks(ax, "o")}
        assert palette.PAPER not in faces


def test_the_last_row_holds_the_sums(shares):
    """Counted first, R2 and last; the message says the first two."""
    ax = plots.plot_driver_shares(shares, truth=WORLD.split)
    assert ax.get_yticklabels()[-1].get_text() == "all\ntogether"
    points = [m.get_xdata()[0] for m in _marks(ax, "o")]
    assert points[-1] == pytest.approx(100 * shares.r2.estimate)
    assert sum(points[:-1]) == pytest.approx(points[-1])
    assert f"{100 * sum(shares.alone):.0f} parts of 100" in _message(ax)


def test_equal_weights_are_drawn_over_how_well_they_are_measured():
    """A line for each world, the book's third in orange, the truth at fifty."""
    curve = split_curve(DoAndFeel(), reliabilities=(0.3, 0.6, 1.0))
    found = Estimate(quantity="do", estimate=0.33, low=0.31, high=0.35, level=0.95)
    ax = plots.plot_do_share(curve, found=found)
    assert ax.lines[0].get_ydata()[1] == pytest.approx(40)
    levels = {to_hex(line.get_color()): line.get_ydata()[0] for line in ax.lines[2:4]}
    assert levels == {palette.BOOK: pytest.approx(100 / 3), palette.INK: 50}
    assert _message(ax).startswith("Equal weights look like 33 to 67")


def test_words_can_be_exchanged(ratios):
    """Another language is another mapping."""
    ax = plots.plot_driver_ratios(*ratios, words={"raw": "roh"})
    assert "roh" in _texts(ax)
