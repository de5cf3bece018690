"""The printed figures, worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.fourfold import odds_ratio
from cxlab.links import (
    Fading,
    PrintedSteps,
    TimesAsLikely,
    carried,
    equal_link,
    margin_ratio,
    pilot_size,
)

LINKS = st.floats(-1, 1)


def test_doubled_sales_with_half_as_much_profit_again_keep_a_lower_margin():
    """Twice the sales and 55% more profit: 22.5% less profit on each dollar."""
    assert margin_ratio(sales=2.0, profit=1.55) == pytest.approx(1 - 0.225)


def test_a_ratio_of_sales_is_above_zero():
    with pytest.raises(ValueError, match="2 for twice the sales"):
        margin_ratio(sales=0.0, profit=1.0)


def test_six_times_the_share_leaves_a_sixth_at_most():
    six = TimesAsLikely(times=6)
    assert six.largest_base == pytest.approx(1 / 6)
    assert six.by_shares(six.largest_base) == pytest.approx(1.0)
    assert np.isnan(six.by_shares(0.17))


@given(base=st.floats(0.001, 0.99), times=st.floats(1.01, 50))
def test_the_share_read_as_odds_has_that_odds_ratio(base, times):
    read = float(TimesAsLikely(times=times).by_odds(base))
    assert 0 < read < 1
    assert float(odds_ratio(read, base)) == pytest.approx(times, rel=1e-6)


def test_six_times_the_odds_by_hand():
    """Odds of 1 to 1 become 6 to 1: six of seven."""
    assert float(TimesAsLikely(times=6).by_odds(0.5)) == pytest.approx(6 / 7)


def test_no_increase_is_refused():
    with pytest.raises(ValueError, match="above 1, the likelier group first"):
        TimesAsLikely(times=0.5)


def test_the_steps_of_sears_multiply():
    """5 to 1.3 is .26 a point, 1.3 to .5 is .385, and .5 over 5 is .1."""
    steps = PrintedSteps(
        names=("attitude", "impression", "growth"),
        changes=(5, 1.3, 0.5),
        units=("point", "point", "% of growth"),
    )
    assert steps.per_unit == pytest.approx((0.26, 0.384615), rel=1e-5)
    assert steps.overall == pytest.approx(0.1)
    assert [one.quantity for one in steps.arrows] == [
        "attitude > impression",
        "impression > growth",
    ]
    assert steps.arrows[1].unit == "% of growth per point"
    assert "0.1 % of growth" in str(steps)


def test_steps_need_a_name_a_size_and_a_unit_each():
    with pytest.raises(ValueError, match="one of each for at least two steps"):
        PrintedSteps(names=("a", "b"), changes=(1,), units=("x", "y"))


def test_six_arrows_of_four_tenths_carry_almost_nothing():
    """.4 to the sixth."""
    assert carried([0.4] * 6) == pytest.approx(0.004096)
    assert Fading(link=0.4, arrows=6).left[-1] == pytest.approx(0.004096)


@given(links=st.lists(LINKS, min_size=1, max_size=8))
def test_a_chain_never_carries_more_than_its_weakest_arrow(links):
    assert abs(carried(links)) <= min(abs(link) for link in links)


def test_equal_links_that_reach_fifteen_hundredths():
    """Syllabus 45 prints .387 for two links, .684 for five, .729 for six."""
    found = [equal_link(0.15, k) for k in (2, 5, 6)]
    assert found == pytest.approx([0.387, 0.684, 0.729], abs=5e-4)


@given(total=st.floats(0.001, 1), arrows=st.integers(1, 12))
def test_an_equal_link_carries_what_it_was_made_for(total, arrows):
    assert carried([equal_link(total, arrows)] * arrows) == pytest.approx(total)


def test_a_pilot_of_one_link_is_small_and_of_six_enormous():
    """4 (1.960 + .842)^2 / effect^2, by hand: 31.4 / .16 and 31.4 / .0000168."""
    assert pilot_size(0.4) == 197
    assert pilot_size(0.4**6) == pytest.approx(1_871_000, rel=1e-3)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="one number from -1 to 1"):
        carried([0.4, 1.2])
    with pytest.raises(ValueError, match="above 0 and at most"):
        equal_link(0, 3)
    with pytest.raises(ValueError, match="no pilot sees an effect of 0"):
        pilot_size(0)
    with pytest.raises(ValueError, match="at least one arrow"):
        Fading(link=0.4, arrows=0)


def test_a_result_says_itself():
    """Each result gives a sentence, an alt text and the tidy table."""
    six, fading = TimesAsLikely(times=6), Fading(link=0.4, arrows=6)
    assert "at most 16.7%" in str(six)
    assert "ends at 17%" in six.describe()
    assert six.summary()["estimate"][0] == pytest.approx(1 / 6)
    assert "6 arrows of 0.4 leave 0.0041 SD" in Fading.describe([fading])
    assert list(fading.summary()["quantity"])[:2] == [
        "left after 1 arrow",
        "left after 2 arrows",
    ]
