"""The pictures of the price of delight, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.market import ExactTest, return_on_gestures
from cxlab.plots import style
from cxlab.simulate.gestures import GestureWorld, draw_guests
from cxlab.simulate.market import Market, delight, ease
from cxlab.simulate.market_map import forgetting_curve, price_map


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def test_dealings_draw_as_odd_counts_in_blue_and_name_the_one_found() -> None:
    found = ExactTest(yes=30, n=72, other_yes=30, other_n=139)
    ax = plots.plot_dealings(found)
    blue = [
        bar.get_x() + bar.get_width() / 2
        for bar in ax.patches
        if to_hex(bar.get_facecolor()) == palette.FOUND
    ]
    assert 30 in np.round(blue)
    assert 20 not in np.round(blue)
    assert "found: 30" in _texts(ax)
    assert "4 of 1,000" in _message(ax)


def test_leaving_draws_both_actions_the_idle_firm_and_the_rival() -> None:
    market = Market(horizon=12)
    ax = plots.plot_leaving(market.act(delight(0.5)), market.act(ease(0.5)))
    assert set(_texts(ax)) == {"rival", "nothing", "delight", "ease"}
    first = sorted(line.get_ydata()[0] for line in ax.lines)
    assert first == pytest.approx([2.5, 2.5, 3.0, 3.0])


@pytest.mark.parametrize(
    ("price", "bands"),
    [
        (0.5, {"delight pays more", "ease pays more", "only ease pays"}),
        (3.0, {"only delight pays", "neither pays"}),
    ],
)
def test_the_map_names_its_bands_and_where_the_reader_stands(price, bands) -> None:
    """Where ease does not pay, there are two bands only."""
    prices = price_map(Market(), delight=delight(0.5), ease=ease(price), steps=11)
    ax = plots.plot_price_map(prices)
    assert set(_texts(ax)) == bands | {"your knobs"}
    here = next(line for line in ax.lines if line.get_marker() == "D")
    assert (here.get_xdata()[0], here.get_ydata()[0]) == (10, 0.5)
    assert f"{min(prices.here):.2f}" in _message(ax)


def test_returns_stand_open_on_a_scale_of_tens_beside_the_planted_one() -> None:
    """Nobody is real."""
    guests = draw_guests(GestureWorld(), n=2000, rng=np.random.default_rng(1))
    found = return_on_gestures(guests.given, guests.without, cost=30)
    ax = plots.plot_returns(found, truth=0.9)
    assert ax.get_xscale() == "log"
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    values = [mark.get_xdata()[0] for mark in marks]
    assert values == pytest.approx([found.told, found.everything, found.all.estimate])
    assert {to_hex(mark.get_markerfacecolor()) for mark in marks} == {palette.PAPER}
    assert "all 2,000 gestures" in _message(ax)


def test_forgetting_draws_both_markets() -> None:
    ax = plots.plot_forgetting(forgetting_curve(Market(), delight(0.5), steps=6))
    assert set(_texts(ax)) == {"easy to take", "hard to take"}
    assert "hurts where customers are easy" in _message(ax)


def test_forgetting_claims_both_signs_only_where_they_come_out() -> None:
    """Within half a year remembering has no time to bring anybody back."""
    short = forgetting_curve(Market(horizon=6), delight(0.5), steps=6)
    ax = plots.plot_forgetting(short)
    assert _message(ax) == "What a delight wins depends on what is forgotten"


def test_words_can_be_replaced() -> None:
    market = Market(horizon=6)
    both = market.act(delight(0.5)), market.act(ease(0.5))
    assert "Ruhe" in _texts(plots.plot_leaving(*both, words={"idle": "Ruhe"}))
