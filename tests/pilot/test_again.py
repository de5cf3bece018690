"""Dealing units again: hand-worked ways, exact intervals, and the real centres."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import ttest_ind

from cxlab import pilot

FIVE = np.array([True, True, False, False, False])


def test_five_units_can_be_dealt_in_ten_ways_and_no_p_is_below_a_tenth() -> None:
    found = pilot.deal_again([60, 80, 1, 2, 3], FIVE)
    assert (found.ways, found.p_value, found.smallest_p) == (10, 0.1, 0.1)


def test_two_equal_sides_have_a_mirror() -> None:
    """Two of four: six ways, and the mirror of the real one is as odd."""
    found = pilot.deal_again([5, 6, 1, 2], [True, True, False, False])
    assert (found.p_value, found.smallest_p) == (2 / 6, 2 / 6)


def test_the_interval_is_that_of_every_effect_which_is_not_odd() -> None:
    """Take an effect away by hand, deal again, and look at one side: the same ends."""
    x = np.array([9.0, 4, 7, 8, 2, 3, 5, 1, 4, 2])
    drawn = np.arange(10) < 5
    found = pilot.deal_again(x, drawn).difference

    def above(effect: float) -> float:
        again = pilot.deal_again(x - effect * drawn, drawn)
        return float((again.differences >= again.found - 1e-9).mean())

    assert found.low is not None
    assert above(found.low - 1e-6) <= 0.025 < above(found.low + 1e-6)


def test_with_too_few_units_nothing_can_be_ruled_out() -> None:
    found = pilot.deal_again([60, 80, 1, 2, 3], FIVE).difference
    assert (found.low, found.high) == (-np.inf, np.inf)


@settings(max_examples=30, deadline=None)
@given(
    x=arrays(np.float64, 7, elements=st.integers(-50, 50).map(float)),
    shift=st.integers(-20, 20),
    move=st.integers(-9, 9),
)
def test_what_moves_all_units_moves_nothing_and_an_effect_moves_the_interval(
    x: np.ndarray, shift: int, move: int
) -> None:
    drawn = np.array([True] * 3 + [False] * 4)
    plain = pilot.deal_again(x, drawn, level=0.8)
    moved = pilot.deal_again(x + shift, drawn, level=0.8)
    assert moved.p_value == plain.p_value
    pushed = pilot.deal_again(x + move * drawn, drawn, level=0.8).difference
    assert pushed.estimate == pytest.approx(plain.found + move)
    for end in ("low", "high"):
        was, now = getattr(plain.difference, end), getattr(pushed, end)
        assert now == pytest.approx(was + move)


def test_drawn_dealings_come_close_to_all_of_them() -> None:
    rng = np.random.default_rng(5)
    x, drawn = rng.standard_normal(24), np.arange(24) < 12
    x[drawn] += 0.8
    found = pilot.deal_again(x, drawn, rng=rng, draws=4000)
    # there are 2.7 million ways; Student's p comes close to what they would give
    student = ttest_ind(x[drawn], x[~drawn]).pvalue
    assert (found.every, found.ways) == (False, 4001)
    assert found.p_value == pytest.approx(student, abs=0.02)


def test_a_true_effect_lies_inside_nineteen_times_of_twenty() -> None:
    inside = 0
    for seed in range(100):
        rng = np.random.default_rng([seed, 50])
        drawn = pilot.deal(range(10), rng=rng).to_numpy()
        found = pilot.deal_again(rng.standard_normal(10) + 2 * drawn, drawn).difference
        inside += found.low <= 2 <= found.high  # type: ignore[operator]
    assert 90 <= inside <= 100


def test_a_lot_takes_each_unit_as_often_as_any_other() -> None:
    rng = np.random.default_rng(1)
    drawn = sum(pilot.deal("abcdef", rng=rng) for _ in range(600))
    assert drawn.min() > 250
    assert drawn.sum() == 1800


def test_the_lot_is_of_units_not_of_weeks() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="'north' stands twice"):
        pilot.deal(["north", "north", "south"], rng=rng)
    with pytest.raises(ValueError, match="nothing to compare"):
        pilot.deal(["north", "south"], rng=rng, n=2)


def test_too_many_ways_ask_for_a_seed_and_bad_units_are_named() -> None:
    with pytest.raises(ValueError, match="too many to go through"):
        pilot.deal_again(np.arange(40), np.arange(40) < 20)
    with pytest.raises(ValueError, match="without a number"):
        pilot.deal_again([1, 2, np.nan], [True, False, False])
    with pytest.raises(ValueError, match="at least one on each side"):
        pilot.deal_again([1, 2], [True, True])
    with pytest.raises(ValueError, match="True or False for each"):
        pilot.deal_again([1, 2], [1, 0])


def test_summary_is_the_tidy_table() -> None:
    table = pilot.deal_again([6, 8, 1, 2, 3], FIVE).summary()
    assert isinstance(table, pd.DataFrame)
    assert table["estimate"].tolist() == [5.0]
