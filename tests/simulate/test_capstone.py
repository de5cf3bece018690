"""The game of the capstone: the sore spot is found by reading, and money mends it."""

import numpy as np
import pytest

from cxlab.company import SCENARIOS, Plan
from cxlab.company import STRATEGIES as PLANNED
from cxlab.simulate.capstone import (
    hidden_companies,
    money_plans,
    play,
    read_all,
    unfold,
)
from cxlab.strategy import NOTHING, STRATEGIES, Scenarios, pure_plans

# What each company was given a sore spot in.
SORE = {
    "uphill": "ease",
    "talk of the town": "delight",
    "leaky start": "onboarding",
    "tired branches": "people",
    "broken promises": "recovery",
}


def test_money_has_the_strategies_that_a_company_knows() -> None:
    """One list each, for neither may import the other's."""
    assert STRATEGIES == PLANNED


def test_letters_hide_every_company_once() -> None:
    """And another seed deals them otherwise."""
    deals = [hidden_companies(np.random.default_rng(k)) for k in range(6)]
    assert all(set(deal.values()) == set(SCENARIOS) for deal in deals)
    assert len({deal["A"] for deal in deals}) > 2


def test_every_plan_spends_the_budget_or_keeps_it() -> None:
    plans = money_plans(pure_plans(), budget=600, yours={"ease": 1, "people": 3})
    assert plans[NOTHING] == Plan()
    assert plans["yours"] == Plan(ease=150, people=450)
    assert [plan.total for plan in plans.values()] == [0, *[600] * 6]


def test_each_sore_spot_is_worth_its_money_and_nothing_is_best_everywhere() -> None:
    """Five companies, five winners: the planted truth, found by playing."""
    plans = money_plans(pure_plans(), budget=300)
    how = {"n_customers": 1000, "months": 24, "replays": 3}
    played = {
        name: play(SCENARIOS[name], plans, **how, rng=np.random.default_rng(1))
        for name in SORE
    }
    found = Scenarios(played=played)
    assert found.pure_best == SORE
    assert found.always is None


def test_reading_the_tables_finds_most_of_the_sore_spots() -> None:
    """Without a look at the truth; one of five may be missed."""
    readings = read_all(n_customers=1500, seed=3)
    right = [readings[name].advice == spot for name, spot in SORE.items()]
    assert sum(right) >= 4


def test_months_unfold_from_the_year_that_was_read() -> None:
    """A plan that spends nothing differs from keeping the money by nothing."""
    how = {"n_customers": 200, "months": 3, "seed": 1}
    lines = unfold(SCENARIOS["uphill"], {"idle": Plan(), "ease": Plan(ease=60)}, **how)
    assert lines["idle"].to_numpy() == pytest.approx(0)
    assert len(lines["ease"]) == 3
    assert lines["ease"].iloc[0] < 0
