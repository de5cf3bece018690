"""Erlang's formulas, checked by hand, by recursion and by letting calls queue."""

from itertools import pairwise
from math import exp, factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.datasets import load_bank_calls
from cxlab.queueing import (
    Promise,
    agents_needed,
    answered_in_time,
    call_scatter,
    erlang_b,
    erlang_c,
    kept_when_uncertain,
    possible_rates,
)
from cxlab.simulate.contacts import queue_waits

PROMISE = Promise()


@given(st.floats(0.01, 0.99))
def test_with_one_agent_the_load_is_the_share_that_waits(load: float) -> None:
    """The closed form of a queue with one server."""
    assert erlang_c(load, 1) == pytest.approx(load)
    wait = answered_in_time(load, 1, promise=PROMISE)
    assert wait == pytest.approx(1 - load * exp(-(1 - load) * PROMISE.patience))


@given(st.floats(0.1, 40), st.integers(1, 45))
def test_the_recursion_is_the_sum_of_factorials(load: float, agents: int) -> None:
    """Erlang B written out: load^n / n! over the sum of all such terms."""
    terms = [load**k / factorial(k) for k in range(agents + 1)]
    assert erlang_b(load, agents) == pytest.approx(terms[-1] / sum(terms), rel=1e-9)


@given(st.floats(0.1, 200), st.integers(1, 200))
def test_each_step_of_the_recursion_holds(load: float, agents: int) -> None:
    """B(n) = a B(n-1) / (n + a B(n-1))."""
    before = erlang_b(load, agents - 1) if agents > 1 else 1.0
    expected = load * before / (agents + load * before)
    assert erlang_b(load, agents) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("load", "agents"), [(0.8, 1), (1.6, 2), (8.0, 10), (18.0, 20)]
)
def test_a_queue_of_calls_waits_as_the_formula_says(load: float, agents: int) -> None:
    """Share that waits, and share answered in time, within 4 errors of 20 batches."""
    waits = queue_waits(
        load=load, agents=agents, n=400_000, rng=np.random.default_rng(1)
    )
    for observed, expected in [
        (waits > 0, erlang_c(load, agents)),
        (waits <= PROMISE.patience, answered_in_time(load, agents, promise=PROMISE)),
    ]:
        # Neighbouring calls wait together: batches of 18,000 are nearly independent.
        batches = observed.reshape(20, -1).mean(axis=1)
        error = batches.std(ddof=1) / np.sqrt(20)
        assert abs(batches.mean() - expected) < 4 * error


def test_the_mean_wait_of_the_queue_is_erlangs() -> None:
    """C / (agents - load), in mean handling times."""
    waits = queue_waits(load=8.0, agents=10, n=400_000, rng=np.random.default_rng(2))
    batches = waits.reshape(20, -1).mean(axis=1)
    expected = erlang_c(8.0, 10) / 2
    assert abs(batches.mean() - expected) < 4 * batches.std(ddof=1) / np.sqrt(20)


def test_with_too_few_agents_nobody_is_answered_in_time() -> None:
    """The queue grows for ever; the formula alone would give nonsense."""
    assert erlang_c(10, 10) == 1
    assert answered_in_time(10, 10, promise=PROMISE) == 0
    with pytest.raises(ValueError, match="grows for ever"):
        queue_waits(load=10, agents=10, n=5, rng=np.random.default_rng(1))


def test_the_fewest_agents_are_the_fewest() -> None:
    """One fewer breaks the promise, known rate or not."""
    for ratio in (1.0, 2.5):
        n = agents_needed(190, promise=PROMISE, variance_ratio=ratio)
        kept = [
            kept_when_uncertain(190, k, promise=PROMISE, variance_ratio=ratio)
            for k in (n - 1, n)
        ]
        assert kept[0] < PROMISE.share <= kept[1]


def test_a_small_load_needs_at_least_one_agent() -> None:
    """Also at night."""
    assert agents_needed(0.1, promise=PROMISE) == 1


def test_what_cannot_be_forecast_needs_agents_on_top() -> None:
    """The same mean; more scatter, more agents, and a promise broken without them."""
    ratios = (1.0, 1.4, 2.0, 3.1)
    needed = [agents_needed(192, promise=PROMISE, variance_ratio=r) for r in ratios]
    assert all(a < b for a, b in pairwise(needed))
    kept = kept_when_uncertain(192, needed[0], promise=PROMISE, variance_ratio=3.1)
    assert kept < 0.65


def test_the_possible_rates_have_the_scatter_they_stand_for() -> None:
    """Mean kept; chance and rates together give the variance asked for."""
    rates = possible_rates(200, 3.0)
    assert rates.mean() == pytest.approx(200, rel=1e-3)
    # the middles of 400 equal shares leave the outer tails a little short
    assert (rates.var() + 200) / 200 == pytest.approx(3.0, rel=0.02)


def test_a_scatter_below_chance_is_refused() -> None:
    """Such arrivals are scheduled."""
    with pytest.raises(ValueError, match="staff the schedule"):
        possible_rates(100, 0.9)


def _days(n_days: int, rates: np.ndarray, seed: int = 1) -> pd.DataFrame:
    """Draw counts of four slots a day, at the rates given (days by slots)."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("2026-03-02", periods=n_days, freq="D")
    rows = [
        (day + pd.Timedelta(minutes=5 * k), rng.poisson(rates[i, k]))
        for i, day in enumerate(days)
        for k in range(4)
    ]
    return pd.DataFrame(rows, columns=["DateTime", "Calls"])


def test_chance_alone_has_a_ratio_of_one() -> None:
    """Poisson counts at the same rates every day, whatever the plan knows."""
    found = call_scatter(_days(700, np.full((700, 4), 50.0)))
    # a variance of 700 counts has a relative error of .053; medians of 4 or 28 groups
    assert found.ratios == pytest.approx((1, 1, 1), abs=0.15)


def test_a_busy_weekday_is_scatter_until_the_plan_knows_it() -> None:
    """Every seventh day doubles: the weekday takes the ratio back to one."""
    level = np.where(np.arange(700) % 7 == 0, 2.0, 1.0)
    found = call_scatter(_days(700, 50 * np.outer(level, np.ones(4))))
    assert found.ratios[0] > 4
    assert found.ratios[1] == pytest.approx(1, abs=0.15)
    assert found.ratios[2] == pytest.approx(1, abs=0.15)


def test_days_of_their_own_level_are_beyond_any_weekday() -> None:
    """Only the day's level, known in hindsight, takes the scatter away."""
    level = np.random.default_rng(3).gamma(25, 1 / 25, size=700)
    found = call_scatter(_days(700, 50 * np.outer(level, np.ones(4))))
    assert found.ratios[1] > 2
    assert found.ratios[2] == pytest.approx(1, abs=0.15)


def test_real_calls_scatter_more_than_chance_whatever_the_plan_knows() -> None:
    """A bank: 3.1 by time of day, 2.0 with the weekday, 1.4 within the day's level."""
    found = call_scatter(load_bank_calls())
    assert [round(ratio, 1) for ratio in found.ratios] == [3.1, 2.0, 1.4]
    assert found.n == 27_716


def test_the_scatter_is_a_tidy_table() -> None:
    """One row per state of knowledge."""
    table = call_scatter(_days(10, np.full((10, 4), 50.0))).summary()
    assert len(table) == 3
    assert set(table["unit"]) == {"variance / mean"}


def test_days_with_other_slots_are_refused() -> None:
    """Half a Saturday is no day."""
    odd = _days(10, np.full((10, 4), 50.0)).iloc[:-1]
    with pytest.raises(ValueError, match="1 slots without a count"):
        call_scatter(odd)


@pytest.mark.parametrize("wrong", [{"share": 80}, {"handling_minutes": 0}])
def test_a_promise_nobody_could_keep_is_refused(wrong: dict[str, float]) -> None:
    """The remedy is in the message."""
    with pytest.raises(ValueError, match=r"Give 80% as 0\.8"):
        Promise(**wrong)


def test_no_load_is_no_queue() -> None:
    """Loads are above zero."""
    with pytest.raises(ValueError, match="above 0 erlangs"):
        erlang_b(0, 3)
