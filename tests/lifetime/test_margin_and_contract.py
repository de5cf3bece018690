"""One rate makes a value; many rates make a retention that rises by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import datasets
from cxlab.lifetime import (
    Contract,
    Lift,
    NotPinnedDown,
    elasticity,
    fit_contract,
    multiple,
    retention_for,
)
from cxlab.simulate.lifetime import subscribers


@pytest.mark.parametrize(
    ("retention", "value", "tenure", "base"),
    [
        (0.50, 20.0, 11, 10.0),
        (0.60, 20.4, 14, 8.3),
        (0.70, 22.4, 20, 7.1),
        (0.75, 24.4, 25, 6.7),
        (0.80, 27.5, 33, 6.2),
        (0.85, 32.4, 50, 5.9),
        (0.90, 40.7, 100, 5.6),
    ],
)
def test_five_points_lift_what_the_formula_says(retention, value, tenure, base):
    """The table of the course: value, years and next year's base, in percent."""
    lift = Lift(retention=retention, points=5, discount=0.1)
    assert lift.value == pytest.approx(value, abs=0.05)
    assert lift.tenure == pytest.approx(tenure, abs=0.5)
    assert lift.base == pytest.approx(base, abs=0.051)


def test_value_is_the_sum_of_its_years():
    """The closed form is nothing but a column of a spreadsheet, added up."""
    years = np.arange(1, 2000)
    assert multiple(0.8) == pytest.approx(np.sum((0.8 / 1.1) ** years))
    assert multiple(0.8, first_now=True) == pytest.approx(1 + multiple(0.8))


def test_elasticity_is_the_slope_and_can_be_turned_round():
    """One percent more of r, and the retention at which it brings five."""
    step = 1e-6
    slope = np.log(multiple(0.7 * (1 + step)) / multiple(0.7)) / step
    assert elasticity(0.7) == pytest.approx(slope, rel=1e-4)
    assert elasticity(retention_for(5)) == pytest.approx(5)


def test_a_percent_is_not_taken_for_a_share():
    """80 for 0.80 is the likeliest slip."""
    with pytest.raises(ValueError, match=r"0\.85 for 85 of 100"):
        multiple(80)
    with pytest.raises(ValueError, match="no end"):
        multiple(1.0, discount=0.0)
    with pytest.raises(ValueError, match="below 1 after"):
        Lift(retention=0.97, points=5, discount=0.1)
    with pytest.raises(ValueError, match="above 1"):
        retention_for(0.9)


@pytest.mark.parametrize(
    ("kind", "alpha", "beta", "height", "later"),
    [
        ("high end", 0.668, 3.806, -1611.16, [46.04, 43.58, 41.42, 39.51, 37.80]),
        ("regular", 0.704, 1.182, -1680.27, [22.01, 20.44, 19.12, 17.99, 17.00]),
    ],
)
def test_printed_survival_gives_the_printed_fit(kind, alpha, beta, height, later):
    """Fader & Hardie (2007): fitted to seven years, held to five more."""
    printed = datasets.load_published("survival_printed")[kind].to_numpy()
    found = fit_contract(10 * printed[:8])
    assert found.model.alpha == pytest.approx(alpha, abs=0.0005)
    assert found.model.beta == pytest.approx(beta, abs=0.0005)
    assert found.log_likelihood == pytest.approx(height, abs=0.005)
    survival = 100 * found.model.survival(np.arange(8, 13))
    assert survival == pytest.approx(later, abs=0.005)


def test_retention_and_residual_of_the_high_end():
    """Printed to four decimals; after seven renewals 7.530 margins are to come."""
    model = fit_contract(
        10 * datasets.load_published("survival_printed")["high end"][:8]
    )
    rising = [0.8507, 0.8780, 0.8968, 0.9106, 0.9212, 0.9295, 0.9362, 0.9418]
    found = model.model.retention(np.arange(1, 9))
    assert found == pytest.approx(rising, abs=5e-5)
    assert model.model.residual(7) == pytest.approx(7.530, abs=0.0005)


@pytest.mark.parametrize(
    ("counts", "residual"),
    [
        ([10000, 8000, 6480, 5307, 4391], [3.31, 3.45, 3.59, 3.72, 3.84]),
        ([10000, 8000, 7600, 7383, 7235], [7.68, 9.46, 9.86, 10.06, 10.19]),
    ],
)
def test_one_first_year_two_futures(counts, residual):
    """Both lose 20 of 100 in the first year (data of Fader & Hardie 2010)."""
    found = fit_contract(counts).model.residual(np.arange(5))
    assert found == pytest.approx(residual, abs=0.005)


@given(st.floats(0.05, 50), st.floats(0.05, 50), st.integers(0, 30))
def test_residual_is_the_sum_of_survival(alpha, beta, renewals):
    """What is to come, added up year by year for two thousand years."""
    model = Contract(alpha=alpha, beta=beta)
    years = np.arange(2000)
    ahead = model.survival(renewals + 1 + years) / model.survival(renewals)
    total = np.sum(ahead / 1.1**years)
    assert model.residual(renewals) == pytest.approx(total, rel=1e-6)


@given(st.floats(0.05, 50), st.floats(0.05, 50))
def test_retention_only_rises(alpha, beta):
    """Whatever the spread: who is left has better coins."""
    assert np.all(
        np.diff(Contract(alpha=alpha, beta=beta).retention([1, 2, 5, 20])) > 0
    )


def test_planted_coins_are_found():
    """Over twelve worlds the truth lies within two and a half standard errors."""
    truth, far = Contract(alpha=0.7, beta=1.2), 0
    for seed in range(12):
        rng = np.random.default_rng([seed, 1])
        found = fit_contract(subscribers(truth, n=4000, years=8, rng=rng).survivors)
        far += abs(found.model.alpha - 0.7) > 2.5 * found.errors["alpha"]
        far += abs(found.model.beta - 1.2) > 2.5 * found.errors["beta"]
    assert far <= 2


def test_customers_all_alike_are_not_given_a_spread():
    """With one rate for all there is no top; it is said, and not hidden."""
    with pytest.raises(NotPinnedDown, match="no single top"):
        fit_contract(10000 * 0.8 ** np.arange(6))
    with pytest.raises(ValueError, match="at least three counts"):
        fit_contract([100, 120, 90])


def test_a_world_keeps_each_coin():
    """Survivors are counted from the same customers whose coins are shown."""
    rng = np.random.default_rng(1)
    world = subscribers(Contract(alpha=1, beta=2), n=500, years=6, rng=rng)
    assert world.survivors.tolist() == [len(world.there(k)) for k in range(7)]
    assert world.there(6).mean() > world.there(0).mean()
    assert "no customer has changed" in world.describe()


@pytest.mark.parametrize("wrong", [{"n": 0, "years": 3}, {"n": 3, "years": 0}])
def test_a_world_without_customers_is_refused(wrong):
    """Nothing to draw is a slip, and not an empty answer."""
    with pytest.raises(ValueError, match="at least one"):
        subscribers(Contract(alpha=1, beta=1), rng=np.random.default_rng(1), **wrong)


def test_what_cannot_be_a_spread_is_refused():
    """Parameters of zero, and a sum without end."""
    with pytest.raises(ValueError, match="above 0"):
        Contract(alpha=0, beta=1)
    with pytest.raises(ValueError, match="no end"):
        Contract(alpha=1, beta=1).residual(1, discount=0)
