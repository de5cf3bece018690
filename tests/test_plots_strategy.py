"""The pictures of a choice, read back from what was drawn."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.strategy import Played, Reading, Readings, Scenarios

TABLE = pd.DataFrame(
    [[10e3, 30e3], [14e3, 32e3], [8e3, 31e3]], index=["ease", "people", "nothing"]
)


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _readings(**ceilings) -> Readings:
    share = Estimate(quantity="leave", estimate=0.05)
    found = {
        name: Reading(
            strategy=name,
            worse=share,
            better=share,
            extra=share,
            ceiling=Estimate(quantity="c", estimate=x, low=x - 9, high=x + 9),
        )
        for name, x in ceilings.items()
    }
    return Readings(readings=found, missing={}, leaving=share)


def test_ceilings_stand_in_order_with_their_intervals() -> None:
    ax = plots.plot_ceilings(_readings(ease=12, people=40))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["people", "ease"]
    assert [bar.get_width() for bar in ax.patches] == [40, 12]
    assert list(ax.lines[0].get_xdata()) == [31, 49]
    assert "People could keep most: at best 40 of 1,000" in _message(ax)


def test_real_tables_fill_their_bars_and_generated_ones_hatch_them() -> None:
    """So that nobody takes one for the other."""
    made, real = (
        plots.plot_ceilings(_readings(ease=12), real=is_real).patches[0]
        for is_real in (False, True)
    )
    assert made.get_hatch()
    assert real.get_hatch() is None
    assert to_hex(real.get_facecolor()) == palette.FOUND


def test_tables_without_a_reading_say_so() -> None:
    assert "no reading" in _message(plots.plot_ceilings(_readings()))


def test_months_add_up_and_are_named_at_their_ends() -> None:
    lines = {"yours": pd.Series([1e3] * 12), "best": pd.Series([3e3] * 12)}
    ax = plots.plot_months(lines, mine="yours", best="best")
    assert [line.get_ydata()[-1] for line in ax.lines[:2]] == [12, 36]
    assert set(_texts(ax)) == {"yours", "best", "do nothing"}
    assert "12 months you stand 24 thousand behind" in _message(ax)


def test_labels_at_the_end_of_lines_stay_apart() -> None:
    """Three plans that end at the same place."""
    lines = {name: pd.Series([1e3] * 6) for name in ("yours", "best", "ease")}
    ax = plots.plot_months(lines, mine="yours", best="best")
    places = sorted(text.xy[1] for text in ax.texts)
    assert np.diff(places).min() > 0.3
    assert "where the best plan does" in _message(ax)


def test_the_least_regret_of_each_company_is_square_and_blue() -> None:
    both = Scenarios(
        played={"shop": Played(profits=TABLE), "bank": Played(profits=-TABLE)}
    )
    ax = plots.plot_regrets(both, read={"shop": "ease", "bank": "nothing"})
    columns = [label.get_text() for label in ax.get_xticklabels()]
    assert columns == ["nothing", "ease", "people", "read first"]
    assert _texts(ax) == ["4", "3", "0", "3", "0", "0", "4", "0"]
    blue = [text.get_text() for text in ax.texts if text.get_color() == palette.FOUND]
    assert set(blue) == {"0"}
    assert "No single strategy is best in all 2 companies" in _message(ax)


def test_a_strategy_that_is_best_everywhere_is_named() -> None:
    """A wall figure must not deny what it shows."""
    same = Scenarios(played={k: Played(profits=TABLE) for k in ("shop", "bank")})
    assert "People is the best single strategy" in _message(plots.plot_regrets(same))


@pytest.mark.parametrize("mine", ["yours", "best"])
def test_every_replay_is_a_dot_and_the_mean_a_line(mine) -> None:
    called = {"yours": "ease", "best": "people"}
    ax = plots.plot_outcomes(Played(profits=TABLE), called, luck=0.63, mine=mine)
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert [len(line.get_xdata()) for line in dots] == [2, 2]
    colours = {to_hex(line.get_markeredgecolor()) for line in dots}
    assert colours == {palette.FOUND, palette.REST}
    assert "63% is luck" in _message(ax)
