"""Every way to part a budget, and none twice."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.strategy import STRATEGIES, name_plan, pure_plans, share_grid, split_budget


@pytest.mark.parametrize("slices", [1, 2, 4, 5])
def test_a_grid_holds_every_division_once(slices) -> None:
    """Four dividers among the slices: C(slices + 4, 4) ways."""
    grid = share_grid(slices)
    assert len(grid) == comb(slices + 4, 4)
    assert grid.index.is_unique
    assert not grid.duplicated().any()


@given(slices=st.integers(1, 6))
def test_every_plan_of_a_grid_spends_the_whole_budget(slices) -> None:
    """So no plan wins by keeping money back."""
    grid = share_grid(slices)
    assert grid.sum(axis=1).to_numpy() == pytest.approx(1)
    assert (grid.to_numpy() >= 0).all()


def test_the_pure_plans_are_the_five_corners() -> None:
    """And each is named after its strategy."""
    assert pure_plans().index.tolist() == list(STRATEGIES)
    assert (pure_plans().max(axis=1) == 1).all()


def test_weights_need_not_sum_to_a_hundred() -> None:
    """By hand: 20 of 80 is a quarter of 4,000."""
    money = split_budget(4000, {"ease": 20, "people": 60})
    assert (money["ease"], money["people"]) == (1000, 3000)
    assert sum(money.values()) == pytest.approx(4000)


def test_no_weights_keep_the_money() -> None:
    """A plan like any other, and never an error for a trainee."""
    assert set(split_budget(4000, {}).values()) == {0.0}
    assert name_plan({}) == "nothing"


def test_a_plan_is_named_by_its_largest_share() -> None:
    """As one would say it."""
    assert name_plan({"ease": 1, "recovery": 3}) == "recovery 75, ease 25"


def test_an_unknown_strategy_is_refused() -> None:
    """With the list of those there are."""
    with pytest.raises(
        ValueError, match=r"no strategy 'speed'\. Choose from ease, del"
    ):
        split_budget(1, {"speed": 1})


def test_less_than_nothing_cannot_be_spent() -> None:
    """Neither as a budget nor as a weight."""
    with pytest.raises(ValueError, match="nobody spends less than nothing"):
        split_budget(1, {"ease": -1})


def test_a_budget_without_slices_is_refused() -> None:
    """There would be no plan."""
    with pytest.raises(ValueError, match="slices=0: a budget has at least one"):
        share_grid(0)
