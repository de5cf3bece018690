"""Variances of plan, year and rest: by hand, and planted ones found again."""

import numpy as np
import pandas as pd
import pytest

from cxlab.strategy import luck_and_skill, upset


def _world(rng, *, plan: float, year: float, rest: float, plans=60, replays=60):
    """Draw results with known standard deviations."""
    a = rng.normal(0, plan, (plans, 1))
    b = rng.normal(0, year, (1, replays))
    values = 1000 + a + b + rng.normal(0, rest, (plans, replays))
    return pd.DataFrame(values, index=[f"plan {k}" for k in range(plans)])


def test_two_plans_and_two_years_by_hand() -> None:
    """Plans 4 apart: variance 8. Years 20 apart: 200. Nothing is left over."""
    table = pd.DataFrame([[10, 30], [14, 34]], index=["ease", "people"])
    found = luck_and_skill(table, rng=np.random.default_rng(1))
    assert (found.plan, found.year, found.rest) == pytest.approx((8, 200, 0))
    assert found.apart.estimate == pytest.approx(200 / 208)
    assert found.together.estimate == pytest.approx(0)


def test_planted_luck_is_found_again() -> None:
    """Over 20 worlds the mean share comes within 3 points of 16 of 25 and 4 of 13."""
    apart, together = [], []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        found = luck_and_skill(_world(rng, plan=3, year=12**0.5, rest=2), rng=rng,
                               n_boot=100)  # fmt: skip
        apart.append(found.apart.estimate)
        together.append(found.together.estimate)
    assert np.mean(apart) == pytest.approx(16 / 25, abs=0.03)
    assert np.mean(together) == pytest.approx(4 / 13, abs=0.03)


def test_plans_that_are_all_alike_leave_luck_alone() -> None:
    """Spoiled: no plan is better, so nearly all of the spread is luck."""
    rng = np.random.default_rng(5)
    found = luck_and_skill(_world(rng, plan=0, year=2, rest=2), rng=rng)
    assert found.apart.estimate > 0.98


def test_the_unit_of_money_does_not_matter() -> None:
    """Shares are shares, in cents or in millions."""
    table = _world(np.random.default_rng(2), plan=3, year=2, rest=1, replays=8)
    one, other = (
        luck_and_skill(t, rng=np.random.default_rng(1)) for t in (table, 1e6 * table)
    )
    assert one.apart.estimate == pytest.approx(other.apart.estimate)
    assert other.typical_luck == pytest.approx(1e6 * one.typical_luck)


def test_the_results_needed_follow_the_textbook() -> None:
    """Luck of 10, a gap of 10: 2 * (1.96 + 0.8416)^2 = 15.7, so 16 a side."""
    rng = np.random.default_rng(3)
    found = luck_and_skill(_world(rng, plan=3, year=2, rest=1, replays=8), rng=rng)
    assert found.replays_needed(found.typical_luck) == 16
    assert found.replays_needed(found.typical_luck / 10) == pytest.approx(1570, abs=1)
    with pytest.raises(ValueError, match="gap=0: no number of results"):
        found.replays_needed(0)


def test_luck_says_itself() -> None:
    table = _world(np.random.default_rng(2), plan=3, year=2, rest=1, replays=8)
    found = luck_and_skill(table, rng=np.random.default_rng(1))
    assert "is luck if each has a company alone" in str(found)
    assert str(found) in found.describe()
    assert len(found.summary()) == 4


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="n_boot=9"):
        luck_and_skill(_world(np.random.default_rng(1), plan=1, year=1, rest=1),
                       n_boot=9, rng=np.random.default_rng(1))  # fmt: skip


def test_the_worse_plan_shows_more_in_some_pairs_of_years() -> None:
    """By hand: of six pairs of different years, ease has the better one in three."""
    table = pd.DataFrame([[10, 20, 30], [14, 24, 34]], index=["ease", "people"])
    found = upset(table, "ease", "people")
    assert (found.better, found.worse) == ("people", "ease")
    assert (found.apart, found.together) == (0.5, 0.0)
    assert "Ease shows more than people in 50 of 100 pairs" in str(found)


def test_a_plan_is_not_compared_with_itself() -> None:
    table = pd.DataFrame([[10, 20], [14, 24]], index=["ease", "people"])
    with pytest.raises(ValueError, match="give two different plans"):
        upset(table, "ease", "ease")
