"""Four counts per hundred customers: both sentences about them are checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import surveys

shares = st.floats(0.02, 0.98)


def _printed(share_satisfied: float = 0.9) -> surveys.TwoGroups:
    return surveys.per_hundred(
        share_satisfied=share_satisfied,
        leave_if_satisfied=0.20,
        stay_if_dissatisfied=0.28,
    )


def test_the_printed_shares_are_an_odds_ratio_of_ten():
    """20 of 100 satisfied leave, 28 of 100 dissatisfied stay: (72 x 80) / (28 x 20)."""
    assert _printed().odds_ratio == pytest.approx(72 * 80 / (28 * 20), rel=1e-12)


@given(share=shares)
def test_the_odds_do_not_ask_how_many_are_satisfied(share):
    """The base rate moves who leaves, never the odds ratio."""
    assert _printed(share).odds_ratio == pytest.approx(_printed(0.5).odds_ratio)


def test_where_most_are_satisfied_most_leavers_are():
    """By hand: 90 x .20 = 18 of the 18 + 10 x .72 = 25.2 who mean to leave."""
    assert _printed(0.9).satisfied_among_leavers == pytest.approx(18 / 25.2)


@given(a=shares, b=shares, c=shares)
def test_whole_customers_still_make_a_hundred(a, b, c):
    """A picture of one hundred customers shows one hundred."""
    table = surveys.per_hundred(
        share_satisfied=a, leave_if_satisfied=b, stay_if_dissatisfied=c
    )
    whole = table.whole()
    assert whole.n == 100
    assert abs(whole.counts - table.counts).max() < 1


def test_customers_are_counted_one_by_one():
    """Each of the four kinds once, and the leaver among the satisfied twice."""
    satisfied = [True, True, True, False, False]
    leaves = [True, True, False, True, False]
    found = surveys.from_customers(satisfied, leaves)
    assert found.counts.tolist() == [[1, 1], [2, 1]]


def test_answers_that_are_no_answers_are_refused():
    """Zeros and ones might mean anything; True and False do not."""
    with pytest.raises(TypeError, match="one True or False of each per customer"):
        surveys.from_customers([1, 0], [True, False])


def test_a_share_in_percent_is_refused():
    """20 is not 20%."""
    with pytest.raises(ValueError, match=r"Give 20% as 0\.2"):
        surveys.per_hundred(
            share_satisfied=0.5, leave_if_satisfied=20, stay_if_dissatisfied=0.28
        )


def test_with_more_customers_the_interval_narrows_and_the_ratio_stays():
    """Four times the customers: half the width on the log scale."""
    few, many = (_printed(0.5).of(n).odds_ratio_interval() for n in (200, 800))
    assert few.estimate == pytest.approx(many.estimate)
    assert many.high / many.estimate == pytest.approx((few.high / few.estimate) ** 0.5)


def test_nobody_leaves_nobody_to_count():
    """A share among no one is refused, not zero."""
    nobody = surveys.from_customers([True, False], [False, False])
    with pytest.raises(ValueError, match="nobody means to leave"):
        _ = nobody.satisfied_among_leavers
