"""Where "met" ends, and where the scale ends."""

import pandas as pd
import pytest
import statsmodels.api as sm

from cxlab import datasets
from cxlab.delight import on_hundred, penalty_and_reward, vary_met_band


@pytest.fixture(scope="module")
def phones():
    mobi = datasets.load_mobi()
    loyalty = on_hundred(mobi[["CUSL1", "CUSL3"]].mean(axis=1), low=1, high=10)
    return mobi["CUSA2"], loyalty


@pytest.fixture(scope="module")
def sweep(phones):
    tried = {"lows": range(5, 9), "highs": range(6, 10)}
    return vary_met_band(*phones, fixed=(6, 8), margin=3, **tried)


def test_loyalty_of_real_customers_by_answer(phones) -> None:
    """The syllabus prints 6.8, 7.5, 8.3, 8.4 and 9.0 on the scale from 1 to 10."""
    answers, loyalty = phones
    points = 1 + 9 * loyalty / 100
    means = [points[answers == answer].mean() for answer in (6, 7, 8, 9, 10)]
    assert means == pytest.approx([6.8, 7.5, 8.3, 8.4, 9.0], abs=0.05)


def test_the_fixed_band_is_the_one_nearest_to_the_shares_of_the_book(sweep) -> None:
    """46 of 250 answered 9 or 10; 159 answered 6 to 8."""
    assert sweep.chosen_groups.sizes == (45, 159, 46)
    assert sweep.chosen.answer == "too large to ignore"


def test_the_band_decides_how_large_the_lift_is(sweep) -> None:
    """Under no band is it shown to be small, under two it cannot be told."""
    assert sweep.count("small enough") == 0
    assert sweep.count("cannot tell") == 2
    assert len(sweep.bands) == len(sweep.summary()) == 13
    assert "'too large to ignore' 11 times" in str(sweep)


def test_the_share_exceeded_depends_on_where_met_ends(sweep) -> None:
    """Two in three customers, or one in ten."""
    assert sweep.shares.ends == (6, 7, 8, 9)
    assert sweep.shares.shares == pytest.approx((0.688, 0.448, 0.184, 0.104))


def test_bands_with_few_customers_are_not_tried_but_the_fixed_one_is(phones) -> None:
    """With at least 100 above "met", a band that ends at 9 is kept only if fixed."""
    found = vary_met_band(
        *phones, fixed=(5, 9), margin=3, lows=(5,), highs=(7, 9), least=100
    )
    assert found.bands == ((5, 7), (5, 9))


def test_penalty_and_reward_by_hand() -> None:
    """Low marks 2 and 4, middle 6, top 7 and 9: down 3, up 2."""
    found = penalty_and_reward([1, 2, 3, 4, 5, 5], [2, 4, 6, 6, 7, 9])
    assert (found.penalty, found.reward, found.ratio) == (3, 2, 1.5)
    assert str(found) == (
        "A low mark costs 3.00 points and the top mark brings 2.00: 1.50 to 1."
    )
    assert found.summary()["quantity"].tolist()[-1] == "penalty / reward"


def test_two_columns_of_a_regression_give_the_same(phones) -> None:
    """Low and top dummies on the middle: what reports call penalty-reward contrast."""
    answers, loyalty = phones
    found = penalty_and_reward(answers, loyalty, low=5, top=9)
    gave = pd.DataFrame({"low": answers <= 5, "top": answers >= 9}).astype(float)
    columns = sm.add_constant(gave)
    fit = sm.OLS(loyalty, columns).fit()
    assert fit.params["low"] == pytest.approx(-found.penalty)
    assert fit.params["top"] == pytest.approx(found.reward)


def test_a_group_without_customers_is_refused() -> None:
    """Nobody gave the top mark."""
    with pytest.raises(ValueError, match="2, 1, 0 customers"):
        penalty_and_reward([1, 2, 3], [1, 2, 3])
