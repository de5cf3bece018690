"""Pictures of the first 100 days say in ink what the results say in numbers."""

import numpy as np
import pytest

from cxlab import palette, plots
from cxlab.onboarding import (
    TwoStories,
    by_ever_called,
    by_landmark,
    flow,
    naive_arrivals,
    piecewise_rates,
    read_trial,
    three_answers,
)
from cxlab.plots.style import figure_of, message_of
from cxlab.simulate.onboarding import (
    CallWorld,
    OnboardingWorld,
    PhaseWorld,
    called_customers,
    new_customers,
    stays_in_phases,
)

BANK = TwoStories(early_here=0.84, late_here=0.68)


def message(ax):
    return message_of(figure_of(ax))


def test_both_stories_run_through_the_printed_points():
    """Two lines and two filled squares, which lie on both."""
    ax = plots.plot_two_stories(BANK)
    squares = next(one for one in ax.lines if one.get_marker() == "s")
    assert squares.get_color() == palette.BOOK
    assert squares.get_xydata().tolist() == [[100, 84], [365, 68]]
    for line in ax.lines[:2]:
        x, y = line.get_data()
        assert np.interp([100, 365], x, y) == pytest.approx([84, 68], abs=0.05)
    assert "part by 8 of 100" in message(ax)


def test_a_trial_is_an_open_mark_beside_its_truth():
    world = OnboardingWorld(stories=BANK, mixing=0)
    rng = np.random.default_rng(1)
    drawn, _ = new_customers(world, n=2000, days=365, rng=rng)
    trial = read_trial(drawn, stories=BANK)
    ax = plots.plot_trials({"first days": (trial, world.gain(365))})
    mark = next(one for one in ax.lines if one.get_marker() == "o")
    assert mark.get_markerfacecolor() == palette.PAPER
    assert mark.get_xdata()[0] == pytest.approx(trial.gap.estimate)
    dashed = next(one for one in ax.lines if one.get_linestyle() == "--")
    assert dashed.get_xdata()[0] == pytest.approx(world.gain(365))


def test_three_bars_are_hatched_and_as_long_as_the_answers():
    found = three_answers([1] * 6 + [2] * 4, [1, 1, 1, 0, 0, 0, 1, 0, 0, 0], month=2)
    ax = plots.plot_three_answers(found)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([100 * one.estimate for one in found.answers])
    assert {bar.get_hatch() for bar in ax.patches} == {"///"}
    assert "40, 48 or 62 of 100 lost by month 2" in message(ax)


def test_the_message_of_rates_is_drawn_with_the_day():
    rates = piecewise_rates([5, 50, 120, 300], [True] * 4, edges=[0, 100, 200, np.inf])
    ax = plots.plot_return_rates(rates)
    assert "after day 100" in [one.get_text() for one in ax.texts]


def test_the_flow_tells_advocates_and_the_naive_promise():
    stays, _ = stays_in_phases(PhaseWorld(), n=300, rng=np.random.default_rng(2))
    found, naive = flow(stays), naive_arrivals(stays, day=90)
    ax = plots.plot_flow(found, day=90, naive=naive)
    here = 100 * found.share("Advocate", 90).estimate
    assert f"{here:.0f} of 100 are advocates" in message(ax)
    mark = next(one for one in ax.lines if one.get_marker() == "D")
    assert mark.get_ydata()[0] == pytest.approx(100 * naive)


def test_the_called_are_told_as_they_came_out():
    """The message of a trap is only drawn where there is one."""
    table, _ = called_customers(
        CallWorld(), n=1000, weeks=14, rng=np.random.default_rng(3)
    )
    trap, fair = by_ever_called(table, week=14), by_landmark(table, landmark=4, week=14)
    both = plots.plot_called({"ever": trap, "by week 4": fair})
    assert message(both) == plots.onboarding.WORDS["called_message"]
    only = plots.plot_called({"ever": trap})
    assert message(only) == plots.onboarding.WORDS["called_message_plain"]
