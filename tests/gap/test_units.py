"""Customers are not firms: neither in a share nor in an interval."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from cxlab import gap
from cxlab.simulate.gap import happy_customers


def test_a_third_of_customers_happy_leaves_eight_firms_with_a_majority():
    """The syllabus's case: mean .35, sd .102."""
    assert gap.firms_with_majority(0.35, 0.102).majority == pytest.approx(
        0.08, abs=0.001
    )


def test_the_curve_has_the_mean_and_the_sd_it_was_given():
    """Checked on the quantiles of 100 firms, and by another parametrisation."""
    found = gap.firms_with_majority(0.35, 0.102)
    assert found.hundred.mean() == pytest.approx(0.35, abs=0.001)
    assert found.hundred.std() == pytest.approx(0.102, abs=0.002)
    assert (found.hundred > 0.5).sum() == 8
    assert beta(7.3033, 13.5633).sf(0.5) == pytest.approx(found.majority, abs=1e-5)


def test_an_even_market_splits_its_firms_evenly():
    """Symmetry: half the customers happy, half the firms with a majority."""
    assert gap.firms_with_majority(0.5, 0.2).majority == pytest.approx(0.5)


def test_an_impossible_spread_is_refused():
    """Shares between 0 and 1 cannot differ more than that."""
    with pytest.raises(ValueError, match=r"below 0\.477"):
        gap.firms_with_majority(0.35, 0.5)


def test_drawing_customers_misses_the_truth_and_drawing_firms_does_not():
    """The naive interval is shown to fail before it is mended: 300 surveys."""
    naive = honest = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        world = happy_customers(n_firms=40, per_firm=50, mean=0.35, sd=0.102, rng=rng)
        found = gap.happy_share(world.customers, n_boot=500, rng=rng)
        naive += found.by_customer.low <= world.mean <= found.by_customer.high
        honest += found.by_firm.low <= world.mean <= found.by_firm.high
    assert naive / 300 < 0.8
    assert honest / 300 > 0.9


def test_firms_that_are_all_alike_cost_nothing():
    """Then a customer is a customer, whoever he buys from."""
    rng = np.random.default_rng(3)
    world = happy_customers(n_firms=400, per_firm=20, mean=0.35, sd=0.005, rng=rng)
    found = gap.happy_share(world.customers, rng=rng)
    assert found.times_wider == pytest.approx(1, abs=0.12)


def test_the_majority_is_counted_by_firm():
    """By hand: 2 of 3, 1 of 3, 1 of 2 (no majority)."""
    table = pd.DataFrame(
        {
            "firm": list("AAABBBCC"),
            "happy": [True, True, False, True, False, False, True, False],
        }
    )
    found = gap.happy_share(table, rng=np.random.default_rng(1))
    assert found.majority == pytest.approx(1 / 3)
    assert found.by_firm.estimate == 0.5


def test_one_firm_tells_nothing_about_firms():
    """It is refused rather than given no margin."""
    table = pd.DataFrame({"firm": ["A", "A"], "happy": [True, False]})
    with pytest.raises(ValueError, match="fewer than two"):
        gap.happy_share(table, rng=np.random.default_rng(1))
