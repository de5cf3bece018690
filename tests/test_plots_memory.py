"""The pictures of expectation, memory and forgetting are read back here."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette
from cxlab.account import Rules
from cxlab.memory import FEATURES, afterlife, fit_forgetting, follow, weights
from cxlab.plots import (
    plot_afterlife,
    plot_chase,
    plot_forgetting_curves,
    plot_memory_weights,
    plot_spread,
    style,
)
from cxlab.simulate.memory import Rememberer, as_designed, as_they_come


def message(ax):
    return style.message_of(style.figure_of(ax))


def test_a_chase_draws_experience_dashed_and_expectation_behind_it():
    chase = follow(5 + 0.01 * np.arange(100), eta=0.1, start=5)
    ax = plot_chase(chase)
    get, expect = ax.lines
    assert get.get_linestyle() == "--"
    assert expect.get_ydata() == pytest.approx(chase.expectation)
    assert "never further ahead: 0.10 points" in message(ax)


def test_a_chase_says_what_a_constant_service_comes_to():
    still = plot_chase(follow(np.full(60, 7.0), eta=0.1, start=6))
    slow = plot_chase(follow(np.full(10, 7.0), eta=0.1, start=6))
    other = plot_chase(follow([7, 5, 6], eta=0.1, start=6))
    assert "hardly anybody" in message(still)
    assert "0.39 points of it are noticed" in message(slow)
    assert message(other).startswith("Expectations follow")


@pytest.fixture(scope="module")
def both():
    rng, people = np.random.default_rng([1, 2]), Rememberer()
    came, _ = as_they_come(people, n=300, rng=rng)
    designed, _ = as_designed(people, n=304, rng=rng)
    return came, designed


def test_the_spread_shows_open_marks_and_both_correlations(both):
    ax = plot_spread(*both)
    r = both[0]["mean"].corr(both[0]["peak_end"])
    assert f"r = {r:.2f}; designed: r = 0.00" in message(ax)
    assert len(ax.collections[0].get_offsets()) == 150
    assert len(ax.collections[0].get_facecolor()) == 0


def test_the_weights_are_drawn_with_their_intervals_beside_the_truth(both):
    ways = [
        weights(table, of="memory", on=FEATURES, name=name)
        for table, name in zip(both, ("as they come", "designed"), strict=True)
    ]
    ax = plot_memory_weights(ways, truth={"peak": 0.5, "end": 0.5, "mean": 0})
    assert message(ax) == "Only designed episodes give back what makes a memory"
    spans = [line.get_xdata() for line in ax.lines if line.get_lw() == 3]
    assert spans[0] == pytest.approx([ways[0]["peak"].low, ways[0]["peak"].high])
    truth = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [line.get_xdata()[0] for line in truth] == [0.5, 0.5, 0]
    wrong = plot_memory_weights(ways, truth={"peak": 1, "end": 0, "mean": 0})
    assert message(wrong).startswith("What makes")


def test_curves_of_forgetting_run_through_printed_squares():
    hours = np.array([1.0, 8, 50, 700])
    left = 0.5 * hours**-0.13
    curves = [fit_forgetting(hours, left, name=k) for k in ("power", "exponential")]
    ax = plot_forgetting_curves(hours, left, curves)
    assert ax.get_xscale() == "log"
    points = ax.lines[-1]
    assert points.get_marker() == "s"
    assert to_hex(points.get_color()) == palette.BOOK
    assert points.get_ydata() == pytest.approx(100 * left)
    assert "slows down" in message(ax)
    assert message(plot_forgetting_curves(hours, left, curves[:1])).startswith("Two")


def test_the_afterlife_of_a_touch_says_what_two_years_leave():
    found = afterlife(Rules())
    ax = plot_afterlife(found)
    assert f"{100 * found.power[24]:.0f}% of a touch" in message(ax)
    assert ax.lines[0].get_ydata() == pytest.approx(100 * found.power)
    assert message(plot_afterlife(afterlife(Rules(), months=12))).startswith("What two")
