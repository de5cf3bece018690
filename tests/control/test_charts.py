"""Limits by hand, by closed form, and what a chart says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.integrate import quad
from scipy.stats import norm

from cxlab.control import (
    D2,
    D3,
    D4,
    FOUR_RULES,
    LIMIT_FACTOR,
    against_own_weekday,
    before_after,
    chart_of_ranges,
    compare_before_after,
    daily_calls,
    p_chart,
    p_prime_chart,
    tell_before_after,
    u_chart,
    waves_needed,
    xmr,
)

WEEKS = [70, 74, 69, 72, 68, 73, 70, 74, 71, 69]


def test_the_factors_are_those_of_the_tables() -> None:
    """2.66 and 3.27 (facts, loyalty 8), computed here."""
    assert pytest.approx(2.6587, abs=0.00005) == LIMIT_FACTOR
    assert pytest.approx(3.2665, abs=0.00005) == D4


def test_the_factors_are_integrals_of_a_bell_curve() -> None:
    """Another way: the density of the difference of two weeks, integrated."""

    def density(r):
        return 2 * norm.pdf(r, scale=np.sqrt(2))

    mean = quad(lambda r: r * density(r), 0, 20)[0]
    square = quad(lambda r: r * r * density(r), 0, 20)[0]
    assert pytest.approx(mean) == D2
    assert pytest.approx(np.sqrt(square - mean**2)) == D3


def test_xmr_by_hand() -> None:
    """Ten weeks, mean 71; ranges 4 5 3 4 5 3 4 3 2, mean 33/9."""
    chart = xmr(WEEKS)
    reach = 3 / (2 / np.sqrt(np.pi)) * 33 / 9
    assert chart.centre == 71
    assert chart.high[0] == pytest.approx(71 + reach)
    assert chart.low[-1] == pytest.approx(71 - reach)
    assert chart.outside == 0
    ranges = chart_of_ranges(WEEKS)
    assert ranges.values.tolist() == [4, 5, 3, 4, 5, 3, 4, 3, 2]
    assert ranges.high[0] == pytest.approx(D4 * 33 / 9)
    assert ranges.low[0] == 0


def test_frozen_limits_do_not_learn_from_what_follows() -> None:
    """An eleventh week changes neither centre nor limits; ranges neither."""
    alone, later = xmr(WEEKS), xmr([*WEEKS, 500], baseline=10)
    assert (later.centre, later.high[0]) == (alone.centre, alone.high[0])
    assert later.signals()["point"].tolist() == [10]
    ranges = chart_of_ranges([*WEEKS, 500], baseline=10)
    assert ranges.high[0] == chart_of_ranges(WEEKS).high[0]
    assert ranges.signals()["point"].tolist() == [9]


def test_runs_begin_anew_after_the_baseline() -> None:
    """Seven high weeks before the line and one after are no run of eight."""
    weeks = np.r_[np.tile([70, 69.0], 4), np.full(7, 71), 71, 71]
    chart = xmr(weeks, baseline=15)
    assert (chart.z[8:] > 0).all()
    assert 15 not in chart.signals(FOUR_RULES[3:])["point"].tolist()


@given(
    arrays(float, 12, elements=st.floats(-50, 50)),
    st.floats(-100, 100),
    st.floats(0.1, 10),
)
def test_units_do_not_matter(x, move, stretch) -> None:
    """Other units move the limits with the points: the same weeks lie outside."""
    x = x + np.resize([0, 1], 12)  # never all alike
    if np.abs(np.diff(x[:8])).mean() < 1e-3:
        return
    z = xmr(x, baseline=8).z
    assert xmr(move + stretch * x, baseline=8).z == pytest.approx(z, abs=1e-6)
    assert xmr(-x, baseline=8).z == pytest.approx(-z, abs=1e-6)


def test_p_chart_by_hand() -> None:
    """.02 of 10,000: one sigma is .0014; 250 lie outside, 240 do not."""
    chart = p_chart([200, 200, 240, 250], 10_000, baseline=2)
    assert chart.sigma[0] == pytest.approx(0.0014)
    assert chart.signals()["point"].tolist() == [3]
    small = p_chart([1, 0, 2, 1], 20)
    assert (small.low == 0).all()
    assert p_chart([19, 20, 18], 20).high[0] == 1


def test_u_chart_by_hand() -> None:
    """16 faults an hour, 4 hours: one sigma is root(16 / 4) = 2."""
    chart = u_chart([64, 64, 90], [4, 4, 4], baseline=2)
    assert (chart.centre, chart.sigma[0]) == (16, 2)
    assert chart.signals()["side"].tolist() == ["above"]


def test_p_prime_is_the_p_chart_times_sigma_z() -> None:
    """By hand: distances -1, 1, -1, 1 sigmas; ranges 2, hence 2 / d2."""
    counts = np.array([190, 210, 190, 210])
    p = p_chart(counts, 10_000)
    wide = p_prime_chart(counts, 10_000)
    step = np.abs(np.diff(p.z)).mean()
    assert wide.sigma == pytest.approx(p.sigma * step / D2)


def test_a_change_is_held_against_the_weeks_before() -> None:
    """Ten weeks before, three after, the second of them outside."""
    found = before_after([*WEEKS, 80, 84, 85], baseline=10)
    assert found.waited == 2
    assert found.gap.estimate == pytest.approx(83 - 71)
    sigma = 33 / 9 / D2
    half = 1.959964 * sigma * np.sqrt(1 / 10 + 1 / 3)
    assert found.gap.high == pytest.approx(12 + half)
    assert "a signal in week 2 after it" in str(found)
    assert before_after([*WEEKS, 71], baseline=10).waited is None
    assert "no signal in 1 weeks" in str(before_after([*WEEKS, 71], baseline=10))
    assert found.summary()["unit"].tolist() == [""]
    both = compare_before_after({"a": [*WEEKS, 80], "b": [*WEEKS, 90]}, baseline=10)
    assert [one.waited for one in both.values()] == [None, 1]
    assert tell_before_after(both)["first signal"].tolist() == ["none", "week 1"]


def test_the_waves_that_one_point_takes() -> None:
    """(3 * 5 / 1) squared (syllabus 51)."""
    assert waves_needed(5, 1) == 225
    assert waves_needed(5, -5) == 9


def test_a_chart_says_itself() -> None:
    """Sentence, alt text, tidy table."""
    chart = xmr([*WEEKS, 90], baseline=10, quantity="score", unit="points")
    assert str(chart).startswith("score: around 71, limits 61.25 to 80.75 from 10")
    assert "frozen before the 1 that follow" in chart.describe()
    table = chart.summary()
    assert table["estimate"].tolist()[-1] == 1
    assert table["unit"].tolist()[0] == "points"


def test_errors_of_charts_teach() -> None:
    """Holes, short baselines, weeks all alike, shares for counts, nobody, no change."""
    with pytest.raises(ValueError, match="1 of them missing"):
        xmr([1, 2, np.nan])
    with pytest.raises(ValueError, match="at least 3 points"):
        xmr([1, 2])
    with pytest.raises(ValueError, match="all points of the baseline are alike"):
        chart_of_ranges([2, 2, 2])
    with pytest.raises(ValueError, match="1 weeks with more counted"):
        p_chart([2, 3], [4, 2])
    with pytest.raises(ValueError, match="no room for chance"):
        p_chart([0, 0], [4, 2])
    with pytest.raises(ValueError, match="1 weeks of nobody"):
        u_chart([0, 2], [0, 2])
    with pytest.raises(ValueError, match="leaves none after"):
        before_after(WEEKS, baseline=10)
    with pytest.raises(ValueError, match="nothing has happened"):
        waves_needed(5, 0)


def _days(first: str, last: str, *, without: str) -> pd.DataFrame:
    day = pd.bdate_range(first, last)
    day = day[day != without]
    slots = pd.DataFrame({"DateTime": day + pd.Timedelta(hours=9), "Calls": 40})
    return pd.concat([slots, slots.assign(Calls=2 + day.day_of_week)])


def test_days_are_added_up_and_a_missing_one_is_noticed() -> None:
    """Two weeks without the second Monday: the Tuesday after it follows a gap."""
    days = daily_calls(_days("2024-03-04", "2024-03-15", without="2024-03-11"))
    assert days["calls"].tolist() == [42, 43, 44, 45, 46, 43, 44, 45, 46]
    assert days.loc[days["after_gap"], "weekday"].tolist() == [1]
    assert days["week"].tolist() == [0] * 5 + [1] * 4
    assert days["turn"].tolist() == [True, True] + 7 * [False]
    assert against_own_weekday(days, baseline=5).tolist() == [0] * 9
    with pytest.raises(ValueError, match="no weekday"):
        against_own_weekday(days, baseline=4)
