"""The seven-point world: exact shares, an independent run, the published bands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from cxlab.change import count_changes
from cxlab.simulate.change import (
    LoyaltyShift,
    before_and_after,
    ratio_by_shift,
    shift_for_ratio,
)


@pytest.mark.parametrize(
    ("start", "shift", "published"),
    [
        (5.6, 0, 1.30),
        (5.6, -0.2, 3.29),
        (5.6, -0.4, 8.43),
        (4, 0, 0.99),
        (4, -0.2, 2.5),
    ],
)
def test_the_exact_ratio_lies_where_the_syllabus_saw_it(start, shift, published):
    """The syllabus simulated; its band is about 2% at the sizes it used."""
    exact = LoyaltyShift(start=start, shift=shift).ratio
    assert exact == pytest.approx(published, rel=0.02)


@pytest.mark.parametrize("start", [4.0, 5.6])
@pytest.mark.parametrize("shift", [0.0, -0.2, -0.4])
def test_an_independent_run_agrees_with_the_exact_shares(start, shift):
    """Both shares and the mean change within 4 Monte Carlo standard errors."""
    n = 400_000
    truth = LoyaltyShift(start=start, shift=shift)
    table, _ = before_and_after(truth, n=n, rng=np.random.default_rng(8))
    found = count_changes(table["before"], table["after"])
    for count, share in ((found.down, truth.share_down), (found.up, truth.share_up)):
        assert abs(count / n - share) < 4 * np.sqrt(share * (1 - share) / n)
    error = (table["after"] - table["before"]).std() / np.sqrt(n)
    assert abs(found.mean_change - truth.mean_change) < 4 * error


def test_without_a_shift_only_the_room_on_the_scale_counts():
    """Closed form: all but the lowest can fall, all but the highest can rise."""
    truth = LoyaltyShift()
    can_fall = 1 - ndtr((1.5 - 5.6) / 1.2)
    can_rise = ndtr((6.5 - 5.6) / 1.2)
    assert truth.ratio == pytest.approx(can_fall / can_rise, rel=1e-9)


@given(start=st.floats(2, 6.5), shift=st.floats(-1, 0.8))
def test_more_shift_down_means_a_higher_ratio(start, shift):
    """The ratio falls as the shift rises."""
    lower = LoyaltyShift(start=start, shift=shift - 0.1).ratio
    assert lower > LoyaltyShift(start=start, shift=shift).ratio


@given(start=st.floats(2, 6), shift=st.floats(-1, 1))
def test_the_scale_is_symmetric(start, shift):
    """Turned upside down, losses are gains."""
    one = LoyaltyShift(start=start, shift=shift)
    other = LoyaltyShift(start=8 - start, shift=-shift)
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert one.mean_change == pytest.approx(-other.mean_change, abs=1e-12)


def test_shares_before_and_after_add_up():
    """Nobody leaves the scale."""
    truth = LoyaltyShift(shift=-0.3)
    assert truth.before.sum() == pytest.approx(1)
    assert truth.after_given_before.sum(axis=1) == pytest.approx(np.ones(7))


@given(ratio=st.floats(0.2, 50), start=st.floats(2, 6.5))
def test_the_shift_for_a_ratio_gives_that_ratio(ratio, start):
    """Solve and put in again."""
    assert shift_for_ratio(ratio, start=start).ratio == pytest.approx(ratio, rel=1e-9)


def test_a_quarter_of_a_point_is_enough_for_the_books_four():
    """Near the top of the scale; customers in the middle need more."""
    near_top, middle = shift_for_ratio(4), shift_for_ratio(4, start=4)
    assert near_top.shift == pytest.approx(-0.2426, abs=1e-4)
    assert middle.shift < near_top.shift


def test_the_curves_hold_the_worlds_they_are_drawn_from():
    """Every number in the picture can be printed."""
    curves = ratio_by_shift(starts=(5.6, 4), shifts=[-0.2, 0])
    assert curves.ratios.shape == (2, 2)
    assert curves.ratios[0, 1] == LoyaltyShift().ratio
    assert "starting at 5.6 points" in curves.describe()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LoyaltyShift(shock=0), "standard deviations above 0"),
        (lambda: shift_for_ratio(0), "above 0"),
        (
            lambda: before_and_after(LoyaltyShift(), n=0, rng=np.random.default_rng(1)),
            "at least one customer",
        ),
    ],
)
def test_errors_teach(call, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        call()
