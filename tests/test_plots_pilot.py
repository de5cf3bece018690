"""Pictures of pilots carry the numbers of their results, and say them."""

import numpy as np
import pandas as pd
import pytest

from cxlab import palette, pilot, plots
from cxlab.datasets import load_daycare_fines
from cxlab.plots import style


def texts(axes: object) -> str:
    return " ".join(t.get_text() for t in axes.texts)  # type: ignore[attr-defined]


def test_ways_of_counting_stand_beside_the_truth() -> None:
    keen = pd.DataFrame({"pilot": [True] * 3 + [False] * 3, "before": [70.0] * 6})
    late = [77.0, 78, 79, 74, 73, 72]
    both = pilot.difference_in_differences(keen.assign(after=late))
    lot = pilot.difference_in_differences(keen.assign(after=late[::-1]))
    found = pilot.FourWays(volunteers=both, lot=lot)
    axes = plots.plot_ways_of_counting(found, truth=2.0)
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    assert [float(m.get_xdata()[0]) for m in marks] == [8.0, 5.0, 5.0, -5.0]
    assert {m.get_markerfacecolor() for m in marks} == {palette.PAPER}
    message, minus = style.message_of(style.figure_of(axes)), "\N{MINUS SIGN}"
    assert message == f"Volunteers show +5.0, the lot {minus}5.0; planted is +2.0"


def test_weeks_carry_both_means_filled_because_they_are_real() -> None:
    columns = {"unit": "center", "time": "week", "pilot": "fined", "value": "late"}
    weeks = pilot.over_time(load_daycare_fines(), **columns, starts=5, ends=16)
    assert weeks.mean_of(1, 4) == pytest.approx((8.0, 10.0))
    assert weeks.mean_of(5, 16) == pytest.approx((16.444, 9.229), abs=1e-3)
    axes = plots.plot_over_time(weeks)
    marked = [line for line in axes.lines if line.get_marker() in "os"]
    assert marked[0].get_ydata() == pytest.approx(weeks.with_it.to_numpy())
    assert marked[0].get_markerfacecolor() == palette.FOUND
    assert "2.1 times" in style.message_of(style.figure_of(axes))


def test_weeks_with_holes_or_doubled_are_refused() -> None:
    rows = load_daycare_fines()
    columns = {"unit": "center", "time": "week", "pilot": "fined", "value": "late"}
    with pytest.raises(ValueError, match="missing in some week"):
        pilot.over_time(rows.iloc[1:], **columns, starts=5, ends=16)
    with pytest.raises(ValueError, match="two rows in one week"):
        pilot.over_time(rows.iloc[[0, 0]], **columns, starts=5, ends=16)


def test_each_way_to_deal_is_one_dot() -> None:
    dealt = pilot.deal_again([9, 8, 1, 2, 3], [True, True, False, False, False])
    axes = plots.plot_dealt_again(dealt)
    dots = [len(line.get_xdata()) for line in axes.lines]
    assert sum(dots) == 10
    assert dots[1] == 1
    assert "Of 10 ways to deal, 1 gives" in style.message_of(style.figure_of(axes))


def test_many_ways_are_drawn_as_bars_that_add_up_to_a_hundred() -> None:
    rng = np.random.default_rng(1)
    dealt = pilot.deal_again(rng.normal(size=12), np.arange(12) < 6)
    axes = plots.plot_dealt_again(dealt)
    assert sum(bar.get_height() for bar in axes.patches) == pytest.approx(100)


def test_sizes_name_each_line_at_its_end() -> None:
    plan = pilot.UnitPlan(effect=3, sd=15, icc=0.01)
    one, other = plan.by_customers([10, 50]), pilot.UnitPlan(effect=3, sd=15, icc=0.1)
    axes = plots.plot_pilot_sizes({0.01: one, 0.1: other.by_customers([10, 50])})
    assert "1%" in texts(axes)
    assert "10%" in texts(axes)
    assert list(axes.lines[0].get_ydata()) == list(one["branches on each side"])


def test_a_look_that_crosses_is_marked_where_it_first_does() -> None:
    z = np.array([[0.0, 2.2, 0.1], [0.5, 0.4, 0.3]])
    dealt = pilot.DealtLooks(z=z, n=30, seen=(10, 20, 30))
    axes = plots.plot_looks(dealt, usual=1.96, flat=2.289)
    marks = next(line for line in axes.lines if line.get_marker() == "o")
    assert (list(marks.get_xdata()), list(marks.get_ydata())) == ([20], [2.2])
    message = style.message_of(style.figure_of(axes))
    assert message == "Cards that do nothing: 1 of 2 cross the line at some look"
