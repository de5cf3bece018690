"""Who is still here: by hand, against another program, and in worlds of known truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.onboarding import kaplan_meier, piecewise_rates, poisson_rates, survive


def test_six_customers_by_hand():
    """Leave on 6, 6, 6, 7 and 10; last seen on 6, 9: 4/7, 3/7, then 3/7 * 1/2."""
    time = [6, 6, 6, 6, 7, 9, 10, 11]
    left = [True, True, True, False, True, False, True, False]
    curve = kaplan_meier(time, left)
    assert curve.at_risk.tolist() == [8, 4, 2]
    assert curve.share == pytest.approx([5 / 8, 5 / 8 * 3 / 4, 5 / 8 * 3 / 8])


def test_without_anybody_cut_short_it_is_the_plain_share():
    """Nobody is last seen before a day: then the curve is the counted share."""
    days = np.array([3, 8, 8, 20, 41, 55])
    curve = kaplan_meier(days, np.ones(6, dtype=bool))
    for day in (1, 8, 30, 60):
        assert curve.at(day).estimate == pytest.approx((days > day).mean())


def test_the_curve_and_its_error_agree_with_statsmodels():
    """Another implementation, on 200 customers with and without late entry."""
    from statsmodels.duration.survfunc import SurvfuncRight

    rng = np.random.default_rng(1)
    entry = rng.integers(0, 20, 200).astype(float)
    time = entry + 1 + rng.integers(0, 60, 200)
    left = rng.random(200) < 0.6
    for start in (None, entry):
        ours = kaplan_meier(time, left, entry=start)
        theirs = SurvfuncRight(time, left.astype(float), entry=start)
        assert ours.share == pytest.approx(theirs.surv_prob)
        assert ours.at_risk == pytest.approx(theirs.n_risk)
    # Greenwood's error, seen in the reach of the interval on its own scale
    found = kaplan_meier(time, left).at(40)
    plain = SurvfuncRight(time, left.astype(float))
    k = np.searchsorted(plain.surv_times, 40, side="right") - 1
    error = plain.surv_prob_se[k] / found.estimate / abs(np.log(found.estimate))
    reach = np.log(np.log(found.low) / np.log(found.estimate))
    assert reach == pytest.approx(1.959964 * error, rel=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=2, max_size=40))
def test_the_curve_only_falls_and_longer_watches_only_raise_it(rows):
    """It lies in 0..1 and falls; who is cut short later can only raise it."""
    time, left = np.array([t for t, _ in rows]), np.array([gone for _, gone in rows])
    if not left.any():
        left[0] = True
    curve = kaplan_meier(time, left)
    assert (np.diff(curve.share) <= 0).all()
    assert ((curve.share >= 0) & (curve.share <= 1)).all()
    longer = kaplan_meier(np.where(left, time, time + 5), left)
    assert (longer.share >= curve.share - 1e-12).all()


@pytest.mark.parametrize(
    ("time", "left", "entry", "says"),
    [
        ([1, 2], [True], None, "once per customer"),
        ([1, 2], [2, 0], None, "True"),
        ([-1, 2], [True, False], None, "negative or missing"),
        ([1, 2], [False, False], None, "Nobody left"),
        ([1, 2], [True, False], [1, 0], "come under watch"),
    ],
)
def test_tables_that_cannot_be_are_refused(time, left, entry, says):
    with pytest.raises(ValueError, match=says):
        kaplan_meier(time, left, entry=entry)


def test_departures_over_days_by_hand():
    """Three customers: 25 days and one departure, then 30 days and one."""
    found = piecewise_rates([5, 20, 30], [True, True, False], edges=[0, 10, 30])
    assert found.events.tolist() == [1, 1]
    assert found.exposure.tolist() == [25, 30]
    assert found.survival(30) == pytest.approx(np.exp(-10 / 25 - 20 / 30))


def test_poisson_with_offset_gives_the_same_rates():
    """The maximum likelihood is one and the same; so is its error, 1/sqrt(events)."""
    rng = np.random.default_rng(2)
    time = rng.exponential(80, 300).round() + 1
    left, edges = rng.random(300) < 0.7, [0, 30, 100, 1000]
    counted = piecewise_rates(time, left, edges=edges)
    fitted = poisson_rates(time, left, edges=edges)
    assert np.exp(fitted.coefficients) == pytest.approx(counted.rates, rel=1e-9)
    assert fitted.errors == pytest.approx(1 / np.sqrt(counted.events), rel=1e-9)


def test_poisson_agrees_with_statsmodels():
    """Another program's regression, on the rows written out."""
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    from cxlab.onboarding.scoring import poisson

    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(400), rng.normal(size=400)])
    days = rng.uniform(1, 90, 400)
    y = rng.poisson(days * np.exp(x @ [-4, 0.5])).astype(float)
    ours = poisson(x, y, offset=np.log(days))
    theirs = GLM(y, x, family=Poisson(), offset=np.log(days)).fit()
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-7)
    assert ours.errors == pytest.approx(theirs.bse, rel=1e-5)


def test_the_ratio_of_two_rates_comes_back():
    """Over 40 samples of 600, 95% intervals hold the planted ratio of 2."""
    rng, caught = np.random.default_rng(4), 0
    for _ in range(40):
        spent = rng.exponential(size=600)
        time = np.where(spent < 0.2, spent / 0.002, 100 + (spent - 0.2) / 0.001)
        found = piecewise_rates(
            np.minimum(time, 365), time <= 365, edges=[0, 100, 365]
        ).ratio()
        caught += found.low <= 2 <= found.high
    assert 34 <= caught <= 40  # fewer would come once in 1,500 runs


def test_one_rate_gives_an_exponential_curve():
    assert survive(50.0, edges=[0, np.inf], rates=[0.01]) == pytest.approx(np.exp(-0.5))


@pytest.mark.parametrize(
    ("edges", "says"),
    [([1, 2], "start at 0"), ([0, 5, 5], "rise"), ([0, 50, 99], "longest watch")],
)
def test_edges_that_cannot_be_are_refused(edges, says):
    with pytest.raises(ValueError, match=says):
        piecewise_rates([5, 20], [True, True], edges=edges)


def test_an_empty_piece_is_named_by_the_regression_and_the_interval():
    spans = [5, 30, 30], [True, False, False]
    with pytest.raises(ValueError, match="Join it"):
        poisson_rates(*spans, edges=[0, 10, 30])
    with pytest.raises(ValueError, match="days 10 to 30"):
        _ = piecewise_rates(*spans, edges=[0, 10, 30]).limits


def test_results_are_tidy():
    curve = kaplan_meier([10, 20, 30, 40], [True, False, True, False])
    rates = piecewise_rates([5, 20, 30], [True, True, False], edges=[0, 10, 30])
    assert list(curve.table()["could leave"]) == [4, 2]
    assert isinstance(pd.concat([curve.summary(), rates.summary()]), pd.DataFrame)
    assert "38 are still here after 30 days" in str(curve)
