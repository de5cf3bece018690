"""Doing and feeling weigh the same, and each item is as reliable as it was told."""

import numpy as np
import pytest

from cxlab.simulate.do_feel import DoAndFeel, answers, split_curve


@pytest.mark.parametrize("reliability", [0.3, 0.6, 0.9, 1.0])
def test_the_items_are_as_reliable_as_they_were_told(reliability: float) -> None:
    """Of a done item's variance that share is true: correlation of two equal items."""
    world = DoAndFeel(reliability_do=reliability, method_variance=0)
    table, _ = answers(world, n=100_000, rng=np.random.default_rng(2))
    # two unit items and the effort: cov(item, effort) = 1, so 1 / variance is it
    assert 1 / table["do_1"].var() == pytest.approx(reliability, rel=0.03)


def test_the_exact_covariances_are_those_of_a_large_draw() -> None:
    """Each entry within 4 standard errors of a covariance of 200,000."""
    world = DoAndFeel()
    table, _ = answers(world, n=200_000, rng=np.random.default_rng(3))
    exact = world._covariance
    d = np.diag(exact)
    error = np.sqrt((np.outer(d, d) + exact**2) / 200_000)
    assert np.all(np.abs(table.cov().to_numpy() - exact) < 4.5 * error)


def test_a_third_and_two_thirds_come_from_equal_effects() -> None:
    """Reliability alone 40/60; with a manner of answering 33/67; equal ones 50/50."""
    assert DoAndFeel(method_variance=0).split["do"] == pytest.approx(0.4)
    assert DoAndFeel().split["do"] == pytest.approx(0.3317, abs=5e-5)
    equal = DoAndFeel(reliability_do=0.9, method_variance=0)
    assert equal.split["do"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    "wrong", [{"reliability_do": 0}, {"reliability_feel": 1.2}, {"method_variance": -1}]
)
def test_a_reliability_outside_its_range_is_refused(wrong) -> None:
    """The message says what is allowed."""
    with pytest.raises(ValueError, match=r"reliability|0 \(none\) or more"):
        DoAndFeel(**wrong)


def test_nobody_is_drawn_from_no_world() -> None:
    """At least one customer."""
    with pytest.raises(ValueError, match="at least one customer"):
        answers(DoAndFeel(), n=0, rng=np.random.default_rng(1))


def test_better_questions_get_a_larger_share() -> None:
    """Over the curve, with and without a manner of answering; words for both."""
    curve = split_curve(DoAndFeel(), reliabilities=np.linspace(0.3, 1, 8))
    for method in (False, True):
        shares = curve.shares(method=method)
        assert np.all(np.diff(shares) > 0)
    assert np.all(curve.shares(method=True) < curve.shares(method=False))
    assert "the book's third" in curve.describe()
