"""The curve, its three estimators on one printed series, and what it cannot know."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from cxlab.datasets import load_published
from cxlab.simulate.adoption import (
    AVERAGE_MARKET,
    FallingPrice,
    noisy_sales,
    sizes_found,
)
from cxlab.wordofmouth import (
    BassCurve,
    fit_by_curve,
    fit_by_regression,
    fit_by_years,
    fit_markets,
)

YEARS = np.arange(1.0, 13)


@pytest.fixture(scope="module")
def vcr():
    return load_published("vcr_sales")["sales"].to_numpy()


def test_the_peak_of_the_average_curve() -> None:
    """L076: t* = 6.19 and F(t*) = .461 at p = .03 and q = .38."""
    curve = BassCurve(m=1, p=0.03, q=0.38)
    assert curve.peak == pytest.approx(6.19, abs=0.005)
    assert curve.share_at_peak == pytest.approx(0.461, abs=0.0005)
    assert curve.share_at_peak == pytest.approx((0.38 - 0.03) / (2 * 0.38))


@given(st.floats(0.001, 0.2), st.floats(0, 1.5))
def test_years_add_up_to_the_curve_and_the_pace_is_its_slope(
    p: float, q: float
) -> None:
    """What is sold in all years is what has been bought."""
    curve = BassCurve(m=100, p=p, q=q)
    assert curve.yearly(YEARS).sum() == pytest.approx(100 * float(curve.share(12)))
    slope = 100 * (curve.share(YEARS + 1e-5) - curve.share(YEARS - 1e-5)) / 2e-5
    assert curve.pace(YEARS) == pytest.approx(slope, rel=1e-4, abs=1e-6)


def test_without_pull_sales_only_fall() -> None:
    """q below p: the peak is the beginning."""
    curve = BassCurve(m=100, p=0.2, q=0.1)
    assert curve.peak == 0
    assert (np.diff(curve.yearly(YEARS)) < 0).all()


def test_the_textbook_fit_to_its_printed_decimals(vcr) -> None:
    """Cowpertwait & Metcalfe: parameters, standard errors and residual error."""
    fit = fit_by_curve(vcr)
    assert fit.curve.m == pytest.approx(67980.9, abs=0.05)
    assert fit.curve.p == pytest.approx(0.006594, abs=5e-7)
    assert fit.curve.q == pytest.approx(0.638091, abs=5e-7)
    assert fit.errors is not None
    assert fit.errors[0] == pytest.approx(3127.5, abs=0.05)
    assert fit.errors[1:] == pytest.approx([0.00143, 0.0414], rel=1e-3)
    assert fit.scatter == pytest.approx(727.2, abs=0.05)


def test_the_two_other_estimators_and_a_threefold_p(vcr) -> None:
    """Facts chain 3.5."""
    years, regression = fit_by_years(vcr), fit_by_regression(vcr)
    assert years.curve.m == pytest.approx(67660, abs=0.5)
    assert years.curve.p == pytest.approx(0.00879, abs=5e-6)
    assert years.curve.q == pytest.approx(0.6422, abs=5e-5)
    assert regression.curve.m == pytest.approx(62665, abs=0.5)
    assert regression.curve.p == pytest.approx(0.0217, abs=1e-4)
    assert regression.curve.q == pytest.approx(0.6805, abs=5e-5)
    assert regression.r_squared == pytest.approx(0.9225, abs=5e-5)
    assert 3 < regression.curve.p / fit_by_curve(vcr).curve.p < 3.5


def test_another_implementation_finds_the_same(vcr) -> None:
    """scipy's least squares from another start, with its standard errors."""
    t = np.arange(1.0, 11)

    def pace(t, m, p, q):
        return BassCurve(m=m, p=p, q=q).pace(t)

    values, spread = curve_fit(pace, t, vcr, p0=[60_000, 0.01, 0.5], xtol=1e-14)
    fit = fit_by_curve(vcr)
    assert [e.estimate for e in fit.estimates] == pytest.approx(values, rel=1e-5)
    assert fit.errors == pytest.approx(np.sqrt(np.diag(spread)), rel=1e-3)
    assert fit.fitted == pytest.approx(pace(t, *values), rel=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.005, 0.05), st.floats(0.2, 0.8))
def test_each_estimator_recovers_a_market_without_noise(p: float, q: float) -> None:
    """Both fits find their own curve; the unit of sales does not matter."""
    curve, t = BassCurve(m=5000, p=p, q=q), np.arange(1.0, 16)
    for fit in (
        fit_by_curve(curve.pace(t)).curve,
        fit_by_years(curve.yearly(t)).curve,
        fit_by_curve(1000 * curve.pace(t)).curve,
    ):
        assert (fit.p, fit.q) == pytest.approx((p, q), rel=1e-5)


def test_the_regression_recovers_a_market_that_moves_in_steps() -> None:
    """Its own model: this year's buyers meet those of all earlier years."""
    sold, sales = 0.0, []
    for _ in range(15):
        sales.append((0.03 + 0.4 * sold / 1000) * (1000 - sold))
        sold += sales[-1]
    curve = fit_by_regression(sales).curve
    assert (curve.m, curve.p, curve.q) == pytest.approx((1000, 0.03, 0.4))


def test_many_markets_are_fitted_as_each_would_be_alone() -> None:
    """The batch is only faster."""
    sales = noisy_sales(
        AVERAGE_MARKET, years=10, markets=5, noise=0.05, rng=np.random.default_rng(1)
    )
    alone = [[e.estimate for e in fit_by_curve(y).estimates] for y in sales]
    assert fit_markets(sales) == pytest.approx(np.array(alone), rel=1e-6)


def test_the_size_of_the_market_is_hardly_known_before_the_peak() -> None:
    """The middle half: wider than half the truth at 5 years, under a tenth at 10."""
    found = sizes_found(AVERAGE_MARKET, markets=100, rng=np.random.default_rng(2))
    assert found.spread(5) > 0.5
    assert 0.1 < found.spread(7) < 0.4
    assert found.spread(10) < 0.1
    assert found.quartiles(10)[1] == pytest.approx(10_000, rel=0.02)
    assert "The truth is 10,000." in found.describe()


def test_a_falling_price_is_fitted_well_by_a_pull_that_is_not_there() -> None:
    """Nobody talks, and q is .63 with .996 of the scatter explained."""
    fit = fit_by_years(FallingPrice().yearly(16))
    assert fit.curve.q == pytest.approx(0.633, abs=5e-4)
    assert fit.r_squared == pytest.approx(0.996, abs=5e-4)


def test_errors_say_how_many_years_are_needed() -> None:
    """Three numbers from three years, noise without bound, a market that explodes."""
    with pytest.raises(ValueError, match="at least four years"):
        fit_by_curve([1, 2, 3])
    with pytest.raises(ValueError, match="one row per market"):
        fit_markets([[1, 2, 3]])
    with pytest.raises(ValueError, match="Wait for more years"):
        fit_by_regression([1, 2, 5, 14, 40])
    with pytest.raises(ValueError, match="nobody ever buys first"):
        BassCurve(m=1, p=0, q=0.3)
    with pytest.raises(ValueError, match="sales turn negative"):
        noisy_sales(
            AVERAGE_MARKET, years=5, markets=1, noise=1, rng=np.random.default_rng(3)
        )


def test_a_fit_says_its_three_numbers(vcr) -> None:
    """With intervals where there are standard errors."""
    assert str(fit_by_curve(vcr)) == (
        "Fitted by the curve: 67,981 buyers, p = 0.0066, q = 0.638."
    )
    assert fit_by_curve(vcr).summary()["low"].notna().all()
    assert fit_by_regression(vcr).summary()["low"].isna().all()
