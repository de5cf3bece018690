"""The link behind two bars: closed forms, scipy, an independent simulation."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from cxlab.latent import (
    Link,
    implied_link,
    share_below_both,
    shares_by_rank,
    tetrachoric,
)

correlations = st.floats(-0.98, 0.98)
marks = st.floats(-4, 4)
groups = st.floats(0.01, 0.45)


@given(h=marks, k=marks, r=correlations)
def test_the_bivariate_normal_agrees_with_scipy(h, k, r):
    """Another implementation: scipy's numerical integration."""
    theirs = multivariate_normal.cdf(
        [h, k], mean=[0, 0], cov=[[1, r], [r, 1]], abseps=1e-12, releps=1e-12
    )
    assert share_below_both(h, k, correlation=r) == pytest.approx(theirs, abs=1e-10)


@given(r=correlations)
def test_at_the_middle_of_both_curves_the_closed_form_holds(r):
    """Sheppard (1899): a quarter plus the arcsine over a full turn."""
    found = share_below_both(0.0, 0.0, correlation=r)
    assert found == pytest.approx(0.25 + np.arcsin(r) / (2 * np.pi), abs=1e-14)


@pytest.mark.parametrize("first", [-np.inf, np.inf])
def test_beyond_all_customers_only_the_other_curve_is_left(first):
    """The edges of the outer groups lie at infinity; they must not spoil a group."""
    expected = 0.0 if first < 0 else 0.5
    assert share_below_both(first, 0.0, correlation=0.7) == pytest.approx(expected)


@given(r=correlations, base=st.floats(0.02, 0.98), s=groups)
def test_the_five_groups_add_up_to_all_customers(r, base, s):
    """Weighted by their sizes, the bars of the groups give back the base."""
    link = Link(correlation=r, base=base, share_extreme=s)
    assert np.diff(link.edges) @ link.shares == pytest.approx(base, abs=1e-12)


@given(r=st.floats(0.01, 0.98), base=st.floats(0.02, 0.98), s=groups)
def test_harder_groups_are_more_disloyal_when_the_link_is_positive(r, base, s):
    """The staircase never turns down."""
    shares = Link(correlation=r, base=base, share_extreme=s).shares
    assert np.all(np.diff(shares) > -1e-12)


@given(r=st.floats(0.05, 0.95), base=st.floats(0.1, 0.9), s=groups)
def test_the_link_is_recovered_from_the_slide_that_it_draws(r, base, s):
    """Plant a link, draw its slide, and find the link again."""
    planted = Link(correlation=r, base=base, share_extreme=s)
    assume(planted.low > 1e-6 and planted.high < 1 - 1e-6)
    found = implied_link(planted.low, planted.high, share_extreme=s)
    assert (found.correlation, found.base) == pytest.approx((r, base), abs=1e-6)


@given(low=st.floats(0.02, 0.4), gap=st.floats(0.05, 0.5), s=groups)
def test_a_wider_gap_needs_a_stronger_link(low, gap, s):
    """Raising the hard bar alone raises the correlation."""
    narrow = implied_link(low, low + gap, share_extreme=s)
    wide = implied_link(low, low + gap + 0.05, share_extreme=s)
    assert wide.correlation > narrow.correlation


@given(low=st.floats(0.02, 0.4), gap=st.floats(0.05, 0.5), s=st.floats(0.01, 0.4))
def test_farther_extremes_need_a_weaker_link(low, gap, s):
    """The same bars from smaller groups: the cut-off is half of the message."""
    wide = implied_link(low, low + gap, share_extreme=s + 0.05)
    far = implied_link(low, low + gap, share_extreme=s)
    assert far.correlation < wide.correlation


@pytest.mark.parametrize(
    ("share_extreme", "correlation"),
    [(1 / 3, 0.88), (0.2, 0.779), (0.1, 0.68), (0.05, 0.61)],
)
def test_96_against_9_needs_the_published_correlations(share_extreme, correlation):
    """The syllabus's numbers: thirds, fifths, tenths, twentieths."""
    found = implied_link(0.09, 0.96, share_extreme=share_extreme)
    digits = 3 if share_extreme == 0.2 else 2
    assert found.correlation == pytest.approx(correlation, abs=0.6 * 10**-digits)


def test_with_fifths_the_missing_middle_and_the_base_are_as_published():
    """33, 59 and 81 of 100 in the middle; 55.5 of 100 over all; r squared about .6."""
    link = implied_link(0.09, 0.96, share_extreme=0.2)
    assert link.shares[1:4] == pytest.approx([0.33, 0.59, 0.81], abs=0.005)
    assert link.base == pytest.approx(0.555, abs=0.0005)
    assert link.explained == pytest.approx(0.61, abs=0.005)


@pytest.mark.parametrize(("r", "low", "high"), [(0.36, 0.30, 0.70), (0.60, 0.16, 0.84)])
def test_ordinary_correlations_draw_ordinary_slides(r, low, high):
    """Facts, effort 1.4: what extreme fifths look like at r = .36 and r = .60."""
    link = Link(correlation=r, base=0.5, share_extreme=0.2)
    assert (link.low, link.high) == pytest.approx((low, high), abs=0.005)


def test_an_independent_simulation_finds_the_same_groups():
    """Draw customers, rank them, count: within 4 Monte Carlo standard errors."""
    link, n = implied_link(0.09, 0.96, share_extreme=0.2), 1_000_000
    rng = np.random.default_rng(20)
    effort, own = rng.standard_normal((2, n))
    strain = link.correlation * effort + np.sqrt(1 - link.explained) * own
    order = np.argsort(effort)
    disloyal = strain[order] > np.quantile(strain, 1 - link.base)
    found = disloyal.reshape(5, -1).mean(axis=1)
    error = np.sqrt(link.shares * (1 - link.shares) / (n / 5))
    assert np.all(np.abs(found - link.shares) < 4 * error)


def test_ranks_can_be_cut_anywhere_and_many_links_at_once():
    """Correlation and base broadcast, so that a curve is one call."""
    found = shares_by_rank([0, 0.5, 1], correlation=0.5, base=0.5)
    assert found == pytest.approx([1 / 3, 2 / 3], abs=1e-12)


@given(r=st.floats(-0.95, 0.95), row=st.floats(0.1, 0.9), column=st.floats(0.1, 0.9))
def test_the_tetrachoric_is_recovered_from_the_table_it_fills(r, row, column):
    """Plant a correlation, fill the four cells, and find it again."""
    from scipy.special import ndtri

    both = float(share_below_both(ndtri(row), ndtri(column), correlation=r))
    table = np.array([[both, row - both], [column - both, 1 - row - column + both]])
    assume(table.min() > 1e-6)
    assert tetrachoric(table) == pytest.approx(r, abs=1e-6)


def test_the_tetrachoric_changes_its_sign_when_the_columns_swap():
    """Asking who stays instead of who leaves turns the sign and nothing else."""
    one, other = tetrachoric([[72, 18], [28, 72]]), tetrachoric([[18, 72], [72, 28]])
    assert one == pytest.approx(-other, abs=1e-9)


def test_a_link_is_a_value_that_says_itself():
    """One sentence, and the tidy table with a row per group."""
    link = implied_link(0.09, 0.96, share_extreme=0.2)
    assert "0.779" in str(link)
    assert "9% against 96%" in str(link)
    assert list(link.summary()["quantity"])[:2] == [
        "latent correlation",
        "disloyal over all",
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: implied_link(0.96, 0.09, share_extreme=0.2),
            "direction of your effort",
        ),
        (lambda: implied_link(9, 96, share_extreme=0.2), "Give 96% as"),
        (lambda: implied_link(0.09, 0.96, share_extreme=0.5), "less than half"),
        (
            lambda: Link(correlation=1.0, base=0.5, share_extreme=0.2),
            "strictly between",
        ),
        (lambda: Link(correlation=0.5, base=55, share_extreme=0.2), "0.55"),
        (lambda: tetrachoric([[1, 0], [2, 3]]), "any stronger link fits"),
        (lambda: tetrachoric([1, 2, 3]), "two rows and two columns"),
    ],
)
def test_errors_teach(call, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        call()
