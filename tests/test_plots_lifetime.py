"""The pictures of a customer's worth, read back from what was drawn."""

import numpy as np
import pytest

from cxlab import palette, plots
from cxlab.lifetime import Contract, Forecast, Lift
from cxlab.plots import style
from cxlab.simulate.lifetime import subscribers


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _lifts(discount=0.1):
    rates = (0.5, 0.7, 0.9)
    return [Lift(retention=r, points=5, discount=discount) for r in rates]


@pytest.fixture
def result():
    weeks = np.arange(5.0)
    expected = np.array([0.0, 10, 20, 28, 34])
    reach = np.array([0.0, 0, 0, 3, 4])
    return Forecast(
        weeks=weeks,
        actual=np.array([0.0, 12, 20, 30, 40]),
        expected=expected,
        low=expected - reach,
        high=expected + reach,
        start=2,
        customers=9,
        level=0.95,
    )


def test_the_lift_draws_value_years_and_next_year() -> None:
    """Three lines by the lifts themselves, and the printed range behind them."""
    ax = plots.plot_lift(_lifts(), printed=(25, 85))
    assert ax.lines[0].get_ydata() == pytest.approx([20.0, 22.449, 40.741], abs=1e-3)
    assert ax.lines[0].get_color() == palette.FOUND
    assert ax.lines[1].get_ydata()[-1] == pytest.approx(100)
    assert "20% to 41% more value, and never 85%" in _message(ax)


def test_the_lift_does_not_say_never_where_it_is_reached() -> None:
    """With next to no discount, halved leavers nearly double the value."""
    ax = plots.plot_lift(_lifts(0.001), printed=(25, 85))
    assert "never" not in _message(ax)


def test_coins_are_those_of_the_customers_who_are_left() -> None:
    """Every panel counts whom the world still has."""
    rng = np.random.default_rng(1)
    world = subscribers(Contract(alpha=0.7, beta=1.2), n=300, years=8, rng=rng)
    ax = plots.plot_coins(world, after=(0, 8))
    panels = style.figure_of(ax).axes
    drawn = [sum(bar.get_height() for bar in panel.patches) for panel in panels]
    assert drawn == [300, len(world.there(8))]
    means = [panel.lines[0].get_xdata()[0] for panel in panels]
    assert means[1] > means[0]


def test_survival_stands_as_printed_with_both_curves() -> None:
    """Squares are the table; one rate meets it where it was fitted, and then falls."""
    model = Contract(alpha=0.7, beta=1.2)
    table = 100 * model.survival(np.arange(13))
    ax = plots.plot_survival({"high end": table}, {"high end": model}, fitted=7)
    squares, curve, one_rate = ax.lines
    assert squares.get_ydata() == pytest.approx(table)
    assert squares.get_color() == palette.BOOK
    assert curve.get_ydata()[-1] == pytest.approx(table[-1])
    assert one_rate.get_ydata()[-1] < table[-1]
    assert {"held back", "one rate for all", "high\nend"} <= set(_texts(ax))


def test_the_forecast_says_how_far_it_missed(result) -> None:
    """Of 20 purchases 14 were foretold; the same pace would have made 20."""
    ax = plots.plot_forecast(result)
    assert (
        "Of 20 purchases that nobody had seen, 14 were foretold: 30 of 100 too few"
        in (_message(ax))
    )
    assert {"came", "foretold", "same pace", "held back"} <= set(_texts(ax))
    assert result.same_pace == 20
    assert not result.within


def test_a_forecast_too_high_is_said_too(result) -> None:
    """The sentence follows the sign."""
    high = Forecast(**{**vars(result), "actual": np.array([0.0, 12, 20, 25, 30])})
    assert "40 of 100 too many" in _message(plots.plot_forecast(high))
