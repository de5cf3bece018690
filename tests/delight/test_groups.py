"""Three means by hand, and against another implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxlab.delight import means_by_answer, three_groups
from cxlab.results import SUMMARY_COLUMNS

ANSWERS = [-1, -1, 0, 0, 0, 0, 0, 0, 1, 1]
LOYALTY = [30, 50, 40, 50, 60, 60, 70, 80, 55, 71]


def test_ten_customers_by_hand() -> None:
    """Means 40, 60 and 63: a lift of 3."""
    found = three_groups(ANSWERS, LOYALTY, met=(0, 0))
    assert found.sizes == (2, 6, 2)
    assert found.means == (40.0, 60.0, 63.0)
    assert found.lift.estimate == pytest.approx(3)
    assert found.drop.estimate == pytest.approx(20)


def test_the_interval_of_the_lift_is_welchs() -> None:
    """The same as scipy's, whose groups may differ in scatter and size."""
    rng = np.random.default_rng(1)
    answers = rng.integers(1, 11, size=300)
    loyalty = rng.normal(60, 10 + answers, size=300)
    found = three_groups(answers, loyalty, met=(5, 7))
    met, above = loyalty[(answers >= 5) & (answers <= 7)], loyalty[answers > 7]
    other = stats.ttest_ind(above, met, equal_var=False).confidence_interval(0.95)
    assert (found.lift.low, found.lift.high) == pytest.approx((other.low, other.high))


def test_the_interval_of_a_mean_is_students() -> None:
    """Again scipy's."""
    group = np.array(LOYALTY[2:8], dtype=float)
    found = three_groups(ANSWERS, LOYALTY, met=(0, 0)).estimates[1]
    low, high = stats.t.interval(0.95, 5, loc=group.mean(), scale=stats.sem(group))
    assert (found.low, found.high) == pytest.approx((low, high))


@given(st.floats(-50, 50), st.floats(0.1, 10))
def test_moving_or_stretching_the_scale_moves_or_stretches_the_lift(
    move: float, stretch: float
) -> None:
    """The lift knows no origin, and has the unit of the scale."""
    plain = three_groups(ANSWERS, LOYALTY, met=(0, 0))
    other = three_groups(ANSWERS, move + stretch * np.array(LOYALTY), met=(0, 0))
    assert other.lift.estimate == pytest.approx(stretch * plain.lift.estimate)
    assert other.lift_df == pytest.approx(plain.lift_df)


def test_the_summary_is_the_tidy_table_and_the_sentence_holds_the_means() -> None:
    """Three means and two steps."""
    found = three_groups(ANSWERS, LOYALTY, met=(0, 0))
    table = found.summary()
    assert tuple(table.columns) == SUMMARY_COLUMNS
    assert table["quantity"].tolist()[-1] == "exceeded less met"
    assert "40.0 points below expectations, 60.0" in str(found)
    assert "met 60.0 points (60% of customers)" in found.describe()


def test_a_band_without_customers_outside_is_refused() -> None:
    """The message counts the groups and says what to do."""
    with pytest.raises(ValueError, match=r"hold 0, 8, 2 customers.*Move the band"):
        three_groups(ANSWERS, LOYALTY, met=(-1, 0))


def test_a_band_upside_down_and_gaps_are_refused() -> None:
    """Each with its remedy."""
    with pytest.raises(ValueError, match="lower answer first"):
        three_groups(ANSWERS, LOYALTY, met=(1, 0))
    with pytest.raises(ValueError, match="leave out those who skipped"):
        three_groups([0.0, float("nan")], [1, 2], met=(0, 0))


def test_rare_answers_are_left_out_and_counted() -> None:
    """Two customers at -1, two at 1: with at least three only 0 remains."""
    found = means_by_answer(ANSWERS, LOYALTY, least=3)
    assert found.answers == (0,)
    assert found.left_out == 4
    assert found.means[0].estimate == pytest.approx(60)
    assert "4 customers with rarer answers" in found.describe()


def test_a_mean_needs_at_least_two_customers() -> None:
    """One customer has no scatter."""
    with pytest.raises(ValueError, match="at least two a mean"):
        means_by_answer(ANSWERS, LOYALTY, least=1)
