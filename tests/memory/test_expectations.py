"""Expectations follow experience, and two closed forms say how far behind they stay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.memory import follow, half_life, steady_gap

PACES = st.floats(0.02, 1.0)


def test_by_hand_half_of_each_surprise_is_learnt():
    chase = follow([7, 7, 9], eta=0.5, start=6)
    assert chase.expectation.tolist() == [6, 6.5, 6.75]
    assert chase.gap.tolist() == [1, 0.5, 2.25]


@pytest.mark.parametrize(("eta", "gap"), [(0.1, 0.10), (0.2, 0.05), (0.05, 0.20)])
def test_a_point_a_hundredth_better_each_month_stays_as_far_ahead(eta, gap):
    """The syllabus's three gaps, by the closed form and by walking there."""
    assert steady_gap(0.01, eta=eta) == pytest.approx(gap, rel=1e-12)
    chase = follow(5 + 0.01 * np.arange(600), eta=eta, start=5)
    assert chase.gap[-1] == pytest.approx(gap, rel=1e-9)


def test_a_percent_better_each_month_stays_ahead_by_a_share_of_what_is_expected():
    chase = follow(1.01 ** np.arange(600), eta=0.1, start=1)
    assert chase.gap[-1] / chase.expectation[-1] == pytest.approx(0.1, rel=1e-9)


@given(eta=PACES, start=st.floats(-5, 5))
def test_a_service_that_stays_as_it_is_delights_less_every_month(eta, start):
    chase = follow(np.full(40, 6.0), eta=eta, start=start)
    assert chase.gap == pytest.approx((6 - start) * (1 - eta) ** np.arange(40))


@given(eta=st.floats(0.02, 0.98))
def test_after_a_half_life_half_of_a_delight_is_expected(eta):
    assert (1 - eta) ** half_life(eta) == pytest.approx(0.5)


def test_who_learns_all_at_once_expects_what_she_last_got():
    assert follow([3, 8, 4], eta=1, start=5).expectation.tolist() == [5, 3, 8]
    assert half_life(1) == 0


@pytest.mark.parametrize("eta", [0, -0.1, 1.1, float("nan")])
def test_a_pace_that_is_none_is_refused(eta):
    with pytest.raises(ValueError, match="above 0 and up to 1"):
        steady_gap(0.01, eta=eta)


def test_an_empty_experience_is_refused():
    with pytest.raises(ValueError, match="at least one month"):
        follow([], eta=0.1, start=0)


def test_a_chase_says_its_ends():
    chase = follow([7, 7], eta=0.5, start=6)
    assert str(chase).startswith("Experience is 1.00 points above")
    assert list(chase.summary()["estimate"]) == [1, 0.5]
    assert "from 6.00 to 6.50" in chase.describe()
