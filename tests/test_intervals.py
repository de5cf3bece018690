"""Intervals keep their promises: against closed forms, statsmodels and coverage."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import proportion_confint

from cxlab import intervals

counts = st.integers(1, 5000)


@given(n=counts, data=st.data(), level=st.floats(0.5, 0.999))
def test_wilson_stays_between_0_and_1_and_holds_the_share(n, data, level):
    """A share of customers below 0 or above 1 cannot be shown to a director."""
    hits = data.draw(st.integers(0, n))
    low, high = intervals.wilson_limits(hits, n, level=level)
    assert 0 <= low <= hits / n <= high <= 1


@given(n=counts, data=st.data())
def test_wilson_is_the_same_seen_from_yes_and_from_no(n, data):
    """Who counts the loyal and who counts the disloyal must agree."""
    hits = data.draw(st.integers(0, n))
    low, high = intervals.wilson_limits(hits, n)
    other_low, other_high = intervals.wilson_limits(n - hits, n)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-12)


@pytest.mark.parametrize(
    ("hits", "n"), [(0, 10), (29, 362), (290, 362), (50, 50), (1, 2)]
)
def test_wilson_agrees_with_statsmodels(hits, n):
    """Another implementation, the same numbers."""
    ours = intervals.wilson_limits(hits, n, level=0.9)
    theirs = proportion_confint(hits, n, alpha=0.1, method="wilson")
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_wilson_solves_the_equation_it_stands_for():
    """At each end the observed share lies exactly z standard errors away."""
    low, high = intervals.wilson_limits(30, 120)
    ends = np.array([low, high])
    distance = np.abs(30 / 120 - ends) / np.sqrt(ends * (1 - ends) / 120)
    assert distance == pytest.approx([intervals.z_value(0.95)] * 2, rel=1e-12)


def test_wilson_covers_the_truth_near_the_ends_where_the_textbook_interval_fails():
    """At a true share of .96 and n = 50: exact coverage by adding up the binomial."""
    from scipy.stats import binom

    n, truth = 50, 0.96
    hits = np.arange(n + 1)
    low, high = intervals.wilson_limits(hits, n)
    chance = binom.pmf(hits, n, truth)
    wilson = chance[(low <= truth) & (truth <= high)].sum()
    half = 1.96 * np.sqrt(hits / n * (1 - hits / n) / n)
    wald = chance[np.abs(hits / n - truth) <= half].sum()
    assert wald < 0.90
    assert wilson > 0.93


def test_one_share_says_its_n_and_its_unit():
    """A share is a value with everything one needs to quote it."""
    found = intervals.share(29, 362, quantity="firms that deliver")
    assert (found.n, found.unit, found.level) == (362, "share", 0.95)
    assert (found.low, found.high) == pytest.approx((0.056, 0.113), abs=5e-4)


@given(a=counts, b=counts, c=counts, d=counts)
def test_the_odds_ratio_inverts_when_the_groups_swap(a, b, c, d):
    """Hard against easy is one over easy against hard, and so are the limits."""
    one = intervals.odds_ratio([[a, b], [c, d]])
    other = intervals.odds_ratio([[c, d], [a, b]])
    assert one.estimate == pytest.approx(1 / other.estimate)
    assert one.low == pytest.approx(1 / other.high)


def test_the_odds_ratio_agrees_with_statsmodels():
    """Woolf's interval, as another package computes it."""
    table = [[96, 4], [9, 91]]
    ours, theirs = intervals.odds_ratio(table, level=0.9), Table2x2(np.array(table))
    limits = theirs.oddsratio_confint(alpha=0.1)
    assert ours.estimate == pytest.approx(theirs.oddsratio)
    assert (ours.low, ours.high) == pytest.approx(limits)


def test_the_ratio_of_two_cells_has_the_variance_of_one_multinomial():
    """The delta method with the multinomial's own covariance gives the same variance.

    d log(p1/p2) = (1/p1, -1/p2); covariance = (diag(p) - p p') / n.
    """
    n, p = 400, np.array([0.3, 0.1, 0.6])
    gradient = np.array([1 / p[0], -1 / p[1], 0])
    variance = gradient @ (np.diag(p) - np.outer(p, p)) @ gradient / n
    found = intervals.ratio_of_two_cells(120, 40, n=n)
    half = np.log(found.high / found.low) / 2 / intervals.z_value(0.95)
    assert half**2 == pytest.approx(variance, rel=1e-12)


def test_the_ratio_of_two_cells_covers_the_truth():
    """In 4,000 surveys about 95 of 100 intervals hold the true ratio of 4."""
    rng = np.random.default_rng(5)
    surveys = rng.multinomial(500, [0.32, 0.08, 0.6], size=4000)
    found = [intervals.ratio_of_two_cells(a, b, n=500) for a, b, _ in surveys]
    covered = np.mean([f.low <= 4 <= f.high for f in found])
    # 4 Monte Carlo standard errors of a share of .95 among 4,000, and the small
    # excess of log intervals at 40 expected in the rarer cell
    assert abs(covered - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 4000) + 0.005


def test_the_bootstrap_of_a_mean_meets_its_closed_form():
    """For a mean the bootstrap must come out at the usual standard error."""
    rng = np.random.default_rng(7)
    table = pd.DataFrame({"effort": rng.normal(4, 1, size=400)})
    found = intervals.percentile_bootstrap(
        table, lambda d: d["effort"].mean(), n_boot=4000, rng=rng
    )
    usual = 1.96 * table["effort"].std(ddof=0) / np.sqrt(400)
    # a 97.5% quantile of 4,000 draws has a standard error of about 4% of the half width
    assert (found.high - found.low) / 2 == pytest.approx(usual, rel=0.08)


def test_the_bootstrap_repeats_itself_under_one_seed():
    """Randomness comes in as an argument; the same seed gives the same interval."""
    table = pd.DataFrame({"x": np.arange(30.0)})
    one, two = (
        intervals.percentile_bootstrap(
            table, lambda d: d["x"].median(), n_boot=200, rng=np.random.default_rng(3)
        )
        for _ in range(2)
    )
    assert one == two


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: intervals.wilson_limits(5, 0), "at least one customer"),
        (lambda: intervals.wilson_limits(11, 10), "Give counts, not"),
        (lambda: intervals.z_value(95), "Give 95% as 0.95"),
        (lambda: intervals.odds_ratio([[5, 0], [1, 4]]), "empty cell"),
        (lambda: intervals.odds_ratio([5, 1, 4]), "two rows"),
        (lambda: intervals.ratio_of_two_cells(5, 0, n=9), "three shares"),
        (lambda: intervals.ratio_of_two_cells(5, 5, n=9), "together at most n"),
    ],
)
def test_errors_name_what_was_given_and_what_to_do(call, message):
    """A refusal is a lesson: it says what is allowed."""
    with pytest.raises(ValueError, match=message):
        call()


def test_the_bootstrap_refuses_too_few_draws_and_too_few_customers():
    """Both would give an interval that looks like one and is none."""
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"x": [1.0, 2.0]})
    with pytest.raises(ValueError, match="fewer than 100"):
        intervals.percentile_bootstrap(table, lambda d: 0.0, n_boot=10, rng=rng)
    with pytest.raises(ValueError, match="at least two customers"):
        intervals.percentile_bootstrap(table[:1], lambda d: 0.0, rng=rng)
