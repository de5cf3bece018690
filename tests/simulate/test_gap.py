"""Firms that flatter themselves as much as they were told."""

import numpy as np
import pytest

from cxlab.simulate import gap as worlds


def test_a_large_world_prints_the_shares_it_was_set_to():
    """80 of 100 believe and 8 deliver, within 4 Monte Carlo errors."""
    world = worlds.paired_firms(
        n_firms=100_000, flattery=1.2, threshold_gap=1.05, rng=np.random.default_rng(1)
    )
    believe, deliver = world.pairs[["firm_says_yes", "customers_say_yes"]].mean()
    assert believe == pytest.approx(world.believe, abs=0.005)
    assert deliver == pytest.approx(0.08, abs=0.0035)
    assert world.total == pytest.approx(2.25)


def test_firms_and_customers_agree_as_much_as_they_were_told():
    """Their scores correlate at .6, and lie 1.2 standard deviations apart."""
    pairs = worlds.paired_firms(
        n_firms=100_000, flattery=1.2, threshold_gap=1.05, rng=np.random.default_rng(2)
    ).pairs
    assert pairs["self_score"].corr(pairs["customer_score"]) == pytest.approx(
        0.6, abs=0.01
    )
    apart = (pairs["self_score"] - pairs["customer_score"]).mean() / 1.5
    assert apart == pytest.approx(1.2, abs=0.01)


def test_happy_customers_have_the_mean_and_the_spread_they_were_given():
    """20,000 firms; the sampling noise of 200 customers each taken off."""
    world = worlds.happy_customers(
        n_firms=20_000, per_firm=200, mean=0.35, sd=0.102, rng=np.random.default_rng(3)
    )
    shares = world.customers.groupby("firm")["happy"].mean()
    noise = (0.35 * 0.65 - 0.102**2) / 200
    assert shares.mean() == pytest.approx(0.35, abs=0.003)
    assert np.sqrt(shares.var() - noise) == pytest.approx(0.102, abs=0.002)


def test_worlds_refuse_what_cannot_be():
    """Each message says what is allowed."""
    rng = np.random.default_rng(4)
    with pytest.raises(ValueError, match="at least 2 firms"):
        worlds.paired_firms(n_firms=1, flattery=1, threshold_gap=1, rng=rng)
    with pytest.raises(ValueError, match="lies above 0 and below"):
        worlds.happy_customers(n_firms=2, per_firm=2, mean=0.35, sd=0.6, rng=rng)
    with pytest.raises(ValueError, match="a share above 0 and below 1"):
        worlds.happy_customers(n_firms=2, per_firm=2, mean=35, sd=0.1, rng=rng)
