"""Small enough is a claim, and needs an interval inside a margin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import ttost_ind

from cxlab.delight import SurveyPlan, ThreeGroups, judge_lift, on_hundred, three_groups

PLAN = SurveyPlan()


def _groups(lift: float, n: int) -> ThreeGroups:
    sizes = (round(0.24 * n), round(0.6 * n), round(0.16 * n))
    return ThreeGroups(sizes=sizes, means=(53, 60, 60 + lift), sds=(25, 25, 25))


def test_the_power_of_the_syllabus() -> None:
    """A true 3-point lift: SE 3.15 and .16 at 500, SE .70 and .99 at 10,000."""
    assert PLAN.error(500) == pytest.approx(3.15, abs=0.005)
    assert PLAN.sees(3, 500) == pytest.approx(0.16, abs=0.005)
    assert PLAN.error(10_000) == pytest.approx(0.70, abs=0.005)
    assert PLAN.sees(3, 10_000) == pytest.approx(0.99, abs=0.005)


def test_97_000_customers_see_six_tenths_of_a_point() -> None:
    """Facts 1.1."""
    assert PLAN.smallest(97_000) == pytest.approx(0.6, abs=0.05)
    assert PLAN.sees(PLAN.smallest(97_000), 97_000) == pytest.approx(0.8, abs=1e-4)


def test_the_power_formulas_are_what_happens_when_surveys_are_drawn() -> None:
    """20,000 lifts of 3 and of 0 at 3,000 customers; tolerance 4 standard errors."""
    rng, error = np.random.default_rng(1), PLAN.error(3000)
    seen = np.abs(rng.normal(3, error, 20_000)) > 1.959964 * error
    ruled = np.abs(rng.normal(0, error, 20_000)) + 1.644854 * error < 3
    assert seen.mean() == pytest.approx(PLAN.sees(3, 3000), abs=4 * 0.0035)
    assert ruled.mean() == pytest.approx(PLAN.rules_out(3, 3000), abs=4 * 0.0035)


def test_a_survey_too_small_can_never_show_that_nothing_is_there() -> None:
    """At 500 the interval alone is wider than the margin."""
    assert PLAN.rules_out(3, 500) == 0
    assert judge_lift(_groups(0, 500), margin=3).answer == "cannot tell"


@pytest.mark.parametrize(
    ("lift", "n", "answer"),
    [
        (0, 500, "cannot tell"),
        (0, 10_000, "small enough"),
        (2, 10_000, "cannot tell"),
        (2, 97_000, "small enough"),
        (7, 10_000, "too large to ignore"),
        (-7, 10_000, "too large to ignore"),
        (-4, 500, "cannot tell"),
    ],
)
def test_the_answer_depends_on_lift_and_size(lift: float, n: int, answer: str) -> None:
    """Margin 3, scatter 25."""
    assert judge_lift(_groups(lift, n), margin=3).answer == answer


def test_the_two_one_sided_tests_are_those_of_statsmodels() -> None:
    """Welch's version; its p is the larger of the two."""
    rng = np.random.default_rng(2)
    answers = rng.integers(-1, 2, size=400)
    loyalty = rng.normal(60, 20 + 5 * answers)
    found = judge_lift(three_groups(answers, loyalty, met=(0, 0)), margin=4)
    other = ttost_ind(
        loyalty[answers == 1], loyalty[answers == 0], -4, 4, usevar="unequal"
    )
    assert found.p_value == pytest.approx(other[0], rel=1e-9)


@given(st.floats(-6, 6), st.integers(300, 50_000), st.floats(0.5, 8))
def test_interval_and_two_tests_never_disagree(
    lift: float, n: int, margin: float
) -> None:
    """An interval inside the margin is p below 5%, and the other way round."""
    found = judge_lift(_groups(lift, n), margin=margin)
    if abs(found.p_value - 0.05) > 1e-9:
        assert (found.answer == "small enough") == (found.p_value < 0.05)


@given(st.floats(-6, 6), st.integers(300, 50_000), st.floats(0.5, 8))
def test_a_wider_margin_never_turns_small_into_large(
    lift: float, n: int, margin: float
) -> None:
    """What is small enough stays so for those who ask for less."""
    groups = _groups(lift, n)
    if judge_lift(groups, margin=margin).answer == "small enough":
        assert judge_lift(groups, margin=margin + 1).answer == "small enough"


def test_it_can_differ_from_nought_and_be_small_enough() -> None:
    """Both are true of 2 points among 97,000."""
    found = judge_lift(_groups(2, 97_000), margin=3)
    assert found.p_zero < 1e-9
    assert found.p_value < 0.05
    assert str(found).endswith("held against a margin of 3: small enough.")


def test_a_margin_of_nothing_is_refused() -> None:
    """No survey can show exactly 0."""
    with pytest.raises(ValueError, match="too small to pay for"):
        judge_lift(_groups(0, 500), margin=0)


def test_a_plan_refuses_groups_that_cannot_be() -> None:
    """16% and 90% are more than everybody."""
    with pytest.raises(ValueError, match="together at most 1"):
        SurveyPlan(share_met=0.9)


def test_a_scale_is_put_on_a_hundred_and_refused_beyond_its_ends() -> None:
    """1 to 10: 1 is 0, 10 is 100, and there is no 11."""
    assert on_hundred([1, 10], low=1, high=10).tolist() == [0, 100]
    with pytest.raises(ValueError, match="answers from 1 to 11"):
        on_hundred([1, 11], low=1, high=10)
