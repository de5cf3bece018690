"""Phases, weeks and silence: by hand, against closed forms, in known worlds."""

import numpy as np
import pandas as pd
import pytest

from cxlab.onboarding import (
    by_ever_called,
    by_landmark,
    customer_weeks,
    ever_arrive,
    first_returns,
    fit_weekly_hazard,
    flow,
    leaving_rates,
    naive_arrivals,
    silence,
)
from cxlab.simulate.onboarding import (
    CallWorld,
    PhaseWorld,
    called_customers,
    stays_in_phases,
)


def four(then=("there", "left", "there", "")):
    return pd.DataFrame(
        {
            "customer": [1, 2, 3, 4],
            "phase": "new",
            "entered": 0,
            "until": [1, 2, 3, 4],
            "then": then,
        }
    )


def test_four_customers_arrive_or_leave_by_hand():
    """1/4 on day 1; 1/4 lost on day 2; half of the half on day 3. Naive: 5/8."""
    found = flow(four(), states=["new", "there", "left"], start="new")
    assert found.shares.tolist() == [
        [1, 0, 0],
        [0.75, 0.25, 0],
        [0.5, 0.25, 0.25],
        [0.25, 0.5, 0.25],
    ]
    assert naive_arrivals(four(), goal="there", day=4) == 0.625


def test_nobody_leaves_then_naive_is_right():
    stays = four(then=("there", "there", "", "there"))
    found = flow(stays, states=["new", "there", "left"], start="new")
    naive = naive_arrivals(stays, goal="there", day=4)
    assert found.share("there", 4).estimate == pytest.approx(naive)


def test_watched_to_the_end_the_flow_is_the_plain_count():
    """Without anybody cut short, Aalen-Johansen is the counted share, day by day."""
    rng = np.random.default_rng(1)
    stays, _ = stays_in_phases(PhaseWorld(), n=400, days=1e9, rng=rng)
    found = flow(stays)
    for day in (10.0, 60.0, 200.0):
        here = stays[(stays["entered"] <= day) & (stays["until"] > day)]
        for phase in ("Affirm", "Acclimate", "Adopt"):
            counted = (here["phase"] == phase).sum() / 400
            assert found.share(phase, day).estimate == pytest.approx(counted)


def test_a_large_world_comes_back():
    """20,000 customers, half of them cut short: each share within .015 of the truth."""
    world, rng = PhaseWorld(), np.random.default_rng(2)
    stays, _ = stays_in_phases(world, n=20_000, rng=rng)
    found = flow(stays)
    assert found.shares.sum(axis=1) == pytest.approx(np.ones(len(found.shares)))
    for day in (5.0, 30.0, 90.0):
        assert found.at(day) == pytest.approx(world.shares(day), abs=0.015)
    rates = leaving_rates(stays).set_index("phase")["left per 1,000 days"]
    assert rates["Acclimate"] == pytest.approx(12, rel=0.08)
    assert naive_arrivals(stays, day=90) > world.shares(90)[-2] + 0.05


def test_arrivals_in_the_end_are_a_product():
    """Rates over years: the flow of the world ends where the product says."""
    world = PhaseWorld()
    assert world.shares(20_000.0)[-2] == pytest.approx(world.arrive, rel=1e-6)
    assert ever_arrive([1], [3]) == 0.25


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"then": "lost"}, "Unknown phases"),
        ({"until": 0}, "ends before it begins"),
    ],
)
def test_stays_that_cannot_be_are_refused(change, says):
    with pytest.raises(ValueError, match=says):
        flow(four().assign(**change), states=["new", "there", "left"], start="new")


def test_a_missing_column_of_stays_is_named():
    with pytest.raises(ValueError, match="lacks then"):
        flow(four().drop(columns="then"))


def test_a_call_counts_from_the_week_after_it():
    """Seen three weeks, called before the second; seen one week, never called."""
    two = pd.DataFrame({"weeks": [3, 1], "left": [True, False], "called": [2, 0]})
    rows = customer_weeks(two)
    assert rows["called"].tolist() == [0, 1, 1, 0]
    assert rows["left"].tolist() == [0, 0, 1, 0]


def test_the_weekly_hazard_agrees_with_statsmodels():
    """Complementary log-log on the rows written out, weeks as dummies."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.families.links import CLogLog
    from statsmodels.genmod.generalized_linear_model import GLM

    rng = np.random.default_rng(3)
    table, _ = called_customers(CallWorld(effect=0.6), n=400, weeks=6, rng=rng)
    rows = customer_weeks(table)
    x = np.column_stack(
        [pd.get_dummies(rows["week"], dtype=float).to_numpy(), rows["called"]]
    )
    theirs = GLM(rows["left"], x, family=Binomial(link=CLogLog())).fit()
    ours = fit_weekly_hazard(rows)
    assert ours.fit.coefficients == pytest.approx(theirs.params.to_numpy(), rel=1e-6)
    assert ours.fit.errors == pytest.approx(theirs.bse.to_numpy(), rel=1e-3)


@pytest.mark.parametrize("effect", [1.0, 0.6])
def test_the_planted_effect_of_a_call_comes_back(effect):
    """Over 12 draws of 2,000: the weekly hazard is right, the naive gap is not."""
    found, caught = [], 0
    for k in range(12):
        rng = np.random.default_rng([4, k])
        table, _ = called_customers(CallWorld(effect=effect), n=2000, weeks=14, rng=rng)
        ratio = fit_weekly_hazard(customer_weeks(table)).ratio("called")
        found.append(np.log(ratio.estimate))
        caught += ratio.low <= effect <= ratio.high
    # one log ratio has an error of .075; the mean of 12 of .022, four errors
    assert np.mean(found) == pytest.approx(np.log(effect), abs=0.09)
    assert caught >= 9


def test_calls_that_do_nothing_look_good_until_the_landmark():
    """In 20 draws: the naive gap is above 15 points, the landmark's 0 within errors."""
    naive, fair = [], []
    for k in range(20):
        rng = np.random.default_rng([5, k])
        table, _ = called_customers(CallWorld(), n=1000, weeks=14, rng=rng)
        naive.append(by_ever_called(table, week=14).gap.estimate)
        fair.append(by_landmark(table, landmark=4, week=14).gap.estimate)
    assert min(naive) > 15
    assert np.mean(fair) == pytest.approx(0, abs=4 * np.std(fair) / np.sqrt(20))


def test_calls_tables_that_cannot_be_are_refused():
    good = pd.DataFrame({"weeks": [2, 3], "left": [True, False], "called": [0, 1]})
    with pytest.raises(ValueError, match="lacks called"):
        customer_weeks(good.drop(columns="called"))
    with pytest.raises(ValueError, match="starts at 1"):
        customer_weeks(good.assign(weeks=0))
    with pytest.raises(ValueError, match="landmark comes first"):
        by_landmark(good, landmark=3, week=3)
    with pytest.raises(ValueError, match="last seen before week 5"):
        by_ever_called(good, week=5)
    with pytest.raises(ValueError, match="groups is empty"):
        by_ever_called(good.assign(called=1), week=3)
    with pytest.raises(ValueError, match="Nobody left in week 1"):
        fit_weekly_hazard(customer_weeks(good))


def test_silent_and_back_by_hand():
    """Four buy on day 0; back on 5, on 150, never, never: 1 of 3 silent comes back."""
    start = pd.Timestamp("1997-01-01")
    rows = [(1, 0), (1, 0), (1, 5), (2, 0), (2, 150), (3, 0), (4, 0)]
    table = pd.DataFrame(rows, columns=["customer", "day"])
    table["date"] = start + pd.to_timedelta(table["day"], unit="D")
    returns = first_returns(table, end=start + pd.Timedelta(days=200))
    found = silence(returns, day=100)
    assert returns["days"].tolist() == [5, 150, 200, 200]
    assert (found.silent.estimate, found.never.estimate) == (0.75, 0.5)
    assert found.back.estimate == pytest.approx(1 / 3)
    with pytest.raises(ValueError, match="2 customers were watched for less"):
        silence(returns, day=201)


def test_the_music_shop_as_it_was_counted_before():
    """69.7% silent, 26.7% back, 51.1% never, and the rates (L060-L062)."""
    from cxlab import datasets

    edges = (0, 14, 30, 60, 100, 180, 365, np.inf)
    found = silence(first_returns(datasets.load_cdnow()), edges=edges)
    assert found.silent.estimate == pytest.approx(0.697, abs=5e-4)
    assert found.back.estimate == pytest.approx(0.267, abs=5e-4)
    assert found.never.estimate == pytest.approx(0.511, abs=5e-4)
    printed = [7.76, 5.20, 3.27, 1.77, 1.36, 0.79, 0.42]
    assert 1000 * found.rates.rates == pytest.approx(printed, abs=0.005)
