"""The pictures of first contacts, calls and agents, read back from what was drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.datasets import load_bank_calls
from cxlab.plots import style
from cxlab.plots.resolution import whole_people
from cxlab.queueing import Promise, call_scatter, plans
from cxlab.resolution import WebGoal, first_contacts, window_curve
from cxlab.simulate.contacts import ContactWorld, contact_log

WORLD = ContactWorld()


@pytest.fixture(scope="module")
def curve():
    log, _ = contact_log(WORLD, n=3000, rng=np.random.default_rng(1))
    return window_curve(first_contacts(log), windows=[1, 7, 28])


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=6))
def test_people_are_whole_and_nobody_is_lost(weights):
    """However the shares round, a hundred people stay a hundred."""
    shares = {str(k): w / sum(weights) for k, w in enumerate(weights)}
    people = whole_people(shares)
    assert sum(people.values()) == 100
    assert all(abs(people[k] - 100 * shares[k]) < 1 for k in shares)


def test_a_hundred_customers_are_a_hundred_marks():
    """Forty done in blue; crosses are those whom the company counts as failed."""
    ax = plots.plot_doors(WORLD.doors(window_days=7))
    assert (
        sum(len(line.get_xdata()) for line in ax.lines if line.get_marker() != "None")
        == 100
    )
    blue = [line for line in ax.lines if to_hex(line.get_color()) == palette.FOUND]
    assert [len(line.get_xdata()) for line in blue] == [40]
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert [len(line.get_xdata()) for line in crosses] == [22]


def test_the_company_books_what_stands_above_the_line():
    """Both sums are written, and the message says them."""
    ax = plots.plot_doors(WORLD.doors(window_days=7))
    assert {"booked as resolved: 78", "booked as not resolved: 22"} <= set(_texts(ax))
    assert _message(ax) == "Of 100 customers 40 were done; the company books 78"


def test_generated_customers_are_open_dots_and_real_ones_are_filled():
    """Evidence can be seen."""
    doors = WORLD.doors(window_days=7)
    faces = [
        to_hex(plots.plot_doors(doors, real=real).lines[0].get_markerfacecolor())
        for real in (False, True)
    ]
    assert faces == [palette.PAPER, palette.FOUND]


def test_three_lines_and_the_truth_are_drawn_over_the_window(curve):
    """Same channel above every channel above the customers."""
    ax = plots.plot_windows(curve, truth=WORLD.true_share)
    ends = [line.get_ydata()[-1] for line in ax.lines]
    assert ends[:3] == sorted(ends[:3], reverse=True)
    assert ends[3] == pytest.approx(40)
    assert ax.lines[3].get_linestyle() == "--"
    assert "planted truth" in _texts(ax)


def test_the_message_of_the_windows_is_what_no_window_shows(curve):
    """The lowest share that the company can book, and the customers' own."""
    said = _message(plots.plot_windows(curve))
    assert f"books {100 * curve.any_channel[-1].company.estimate:.0f} or more" in said


def test_calls_from_the_web_fall_and_the_others_stay():
    """58 on 42 today, 28 on 42 at the goal."""
    ax = plots.plot_web_goal(WebGoal(share_now=0.58, share_goal=0.4))
    heights = [bar.get_height() for bar in ax.patches]
    assert heights == pytest.approx([42, 58, 42, 28])
    assert to_hex(ax.patches[1].get_facecolor()) == palette.BOOK
    assert (
        _message(ax) == "From 58 to 40 of 100 calls: the web must fail 52% less often"
    )


def test_the_goal_can_be_told_on_the_telephone():
    """Alt text from the result."""
    goal = WebGoal(share_now=0.58, share_goal=0.4)
    assert goal.calls_left == pytest.approx(70)
    assert "by 51.7%; 70 calls are left" in goal.describe()


def test_agents_on_top_are_drawn_by_what_the_plan_knows():
    """Fewer the more it knows; real calls, so the bars are filled."""
    costs = plans(call_scatter(load_bank_calls()), promise=Promise(), calls=280)
    ax = plots.plot_plans(costs)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0
    assert {to_hex(bar.get_facecolor()) for bar in ax.patches} == {palette.FOUND}
    assert f"costs {widths[0]:.0f} agents" in _message(ax)
    assert "on top" in costs.describe()
    assert list(costs.table()["on top"]) == widths
