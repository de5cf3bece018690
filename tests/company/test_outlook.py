"""Replays share their luck, the past stays as it was, and no strategy always wins."""

import pandas as pd
import pytest

from cxlab.company import (
    BUDGET,
    SCENARIOS,
    STRATEGIES,
    Plan,
    Truth,
    company,
    outlook,
)

N = 1000
MONEY = BUDGET * N
PLANS = {
    "nothing": Plan(),
    **{name: Plan(**{name: MONEY}) for name in STRATEGIES},
    "some of each": Plan(**dict.fromkeys(STRATEGIES, MONEY / 5)),
}
BEST = {
    "uphill": "ease",
    "talk of the town": "delight",
    "leaky start": "onboarding",
    "tired branches": "people",
    "broken promises": "recovery",
    "well run": "nothing",
}


@pytest.fixture(scope="module")
def brought():
    """Profit of every plan in every scenario, four replays each."""
    return {
        name: outlook(truth, PLANS, n_customers=N, seeds=range(1, 5))
        for name, truth in SCENARIOS.items()
    }


def _same(one, other):
    pd.testing.assert_frame_equal(
        one.reset_index(drop=True), other.reset_index(drop=True)
    )


@pytest.mark.once
@pytest.mark.parametrize("name", list(SCENARIOS))
def test_in_each_company_another_plan_is_best(brought, name) -> None:
    """By the mean of four replays, against five pure plans, their mix and nothing."""
    assert brought[name].mean().idxmax() == BEST[name]


@pytest.mark.once
@pytest.mark.parametrize("plan", [*STRATEGIES, "some of each"])
def test_no_plan_always_wins(brought, plan) -> None:
    """Each brings less than nothing would in one company at least, mostly in most."""
    losses = [
        table[plan].mean() < table["nothing"].mean() for table in brought.values()
    ]
    assert any(losses)


def test_the_best_plans_are_all_different() -> None:
    assert set(SCENARIOS) == set(BEST)
    assert len(set(BEST.values())) == len(BEST) >= 6


@pytest.mark.once
def test_luck_is_shared_by_all_plans_of_a_replay(brought) -> None:
    """Replays differ by more than plans do in one replay: that is why they share it."""
    table = brought["well run"]
    apart = table.sub(table["nothing"], axis=0)["ease"].std()
    assert apart < 0.4 * table["nothing"].std()


def test_an_outlook_is_the_profit_of_the_company_itself() -> None:
    plans = {"a": Plan(ease=30, people=20), "b": Plan()}
    seen = outlook(
        Truth(), plans, n_customers=200, months=6, n_branches=4, seeds=[5, 9]
    )
    for name, plan in plans.items():
        for seed in (5, 9):
            one = company(200, months=6, n_branches=4, plan=plan, seed=seed)
            assert seen.loc[seed, name] == pytest.approx(one.profit.sum(), abs=0.01)


def test_the_future_leaves_the_past_alone() -> None:
    """A plan of month 5, and a look two months further, change no row of before."""
    size = {"n_customers": 200, "n_branches": 4, "seed": 3}
    short = company(**size, months=4)
    after = company(**size, months=6, plan=Plan(ease=100, delight=50), plan_from=5)
    end = pd.Timestamp("2024-05-01")
    for name, time in [("touches", "time"), ("contacts", "time"), ("months", "month")]:
        later = after.tables[name]
        _same(short.tables[name].astype(str), later[later[time] < end].astype(str))
    unplanned = company(**size, months=6).months["cost"].iloc[-1]
    assert after.months["cost"].iloc[-1] != pytest.approx(unplanned)


def test_a_customer_has_the_same_life_in_a_larger_company() -> None:
    """The first 100 of 180 live through what the same 100 do alone.

    Surveys differ: a branch asks one customer at least, and that may be another.
    """
    alone = company(100, months=6, n_branches=4, seed=7)
    among = company(180, months=6, n_branches=4, seed=7)
    first = [f"C{k:08d}" for k in range(1, 101)]
    for name, id_ in [("touches", "touch_id"), ("purchases", "purchase_id")]:
        lived = [one.tables[name].drop(columns=id_) for one in (alone, among)]
        lives = [rows[rows["customer_id"].isin(first)].astype(str) for rows in lived]
        _same(*lives)


def test_an_outlook_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one of each"):
        outlook(Truth(), {}, seeds=[1])
    with pytest.raises(ValueError, match="at least one of each"):
        outlook(Truth(), {"a": Plan()}, seeds=[])
    with pytest.raises(ValueError, match="last month"):
        outlook(Truth(), {"a": Plan()}, seeds=[1], months=6, plan_from=7)
