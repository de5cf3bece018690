"""The few who are kept pay for all: by hand, and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.market import BreakEven, cost_allowed, drop_needed

SHEET = BreakEven(base_cost=100, value=600, leaving=0.2)


def test_two_of_a_hundred_at_600_may_cost_twelve() -> None:
    """By hand: 1,200 for 100 gestures."""
    assert cost_allowed(0.02, 600) == pytest.approx(12)


@given(drop=st.floats(0.001, 1), value=st.floats(1, 1e6), factor=st.floats(0.001, 1000))
def test_cost_and_drop_are_each_other_turned_round(drop, value, factor) -> None:
    """And only the ratio of money to money counts: any currency will do."""
    cost = cost_allowed(drop, value)
    assert drop_needed(cost, value) == pytest.approx(drop)
    assert cost_allowed(drop, factor * value) == pytest.approx(factor * cost)


def test_the_printed_shares_need_ten_and_twenty_of_six_hundred() -> None:
    """Of 20 who would leave, 20% added cost needs 3.3, one in six."""
    assert (SHEET.drop(0.1), SHEET.drop(0.2)) == pytest.approx((1 / 60, 1 / 30))
    assert SHEET.of_leavers(0.2) == pytest.approx(1 / 6)
    assert "1.7 to 3.3 more of 100" in str(SHEET)
    assert str(SHEET) in SHEET.describe()


def test_the_sheet_to_take_home_has_a_row_for_each_added_cost() -> None:
    """Its columns agree with one another."""
    table = SHEET.table([0.1, 0.2])
    assert table["money per customer"].tolist() == pytest.approx([10, 20])
    assert table["must stay, of 100"].tolist() == pytest.approx([5 / 3, 10 / 3])
    needed = 100 * SHEET.leaving * table["of those who would leave"]
    assert needed.tolist() == pytest.approx(table["must stay, of 100"].tolist())


def test_a_percent_is_refused_as_a_share() -> None:
    """The commonest slip."""
    with pytest.raises(ValueError, match=r"drop=2: .* Give two of 100 as 0\.02"):
        cost_allowed(2, 600)


def test_a_worthless_customer_pays_for_nothing() -> None:
    """And a break-even cost of 0 would hide it."""
    with pytest.raises(ValueError, match="value=0: a kept customer who is worth"):
        cost_allowed(0.02, 0)


def test_a_gesture_dearer_than_a_customer_never_pays() -> None:
    """Even if it kept everybody."""
    with pytest.raises(ValueError, match="cost=700, value=600"):
        drop_needed(700, 600)
