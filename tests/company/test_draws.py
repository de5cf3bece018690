"""Draws look like chance, belong to whom they befall, and count as Poisson does."""

import numpy as np
import pytest
from scipy import stats

from cxlab.company.draws import PURPOSES, counts, keys, many, normal, uniform

PEOPLE = keys("customer", 1, np.arange(20_000))


def test_draws_are_spread_evenly() -> None:
    assert stats.kstest(uniform(PEOPLE, "leaves"), "uniform").pvalue > 0.001
    assert stats.kstest(normal(PEOPLE, "leaves", month=3), "norm").pvalue > 0.001


@pytest.mark.parametrize(
    "other",
    [
        {"purpose": "touched"},
        {"month": 1},
        {"turn": 1},
    ],
)
def test_draws_of_one_customer_have_nothing_to_do_with_each_other(other) -> None:
    """Four standard errors of a correlation of nought among 20,000."""
    one = normal(PEOPLE, "leaves")
    two = normal(PEOPLE, **{"purpose": "leaves", **other})
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(20_000)


def test_neighbours_and_other_seeds_have_nothing_to_do_with_each_other() -> None:
    one = normal(PEOPLE, "bond")
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 4 / np.sqrt(20_000)
    other = normal(keys("customer", 2, np.arange(20_000)), "bond")
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(20_000)


def test_no_two_customers_share_a_key() -> None:
    drawn = [keys("customer", seed, np.arange(20_000)) for seed in range(5)]
    drawn.append(keys("joiner", PEOPLE[:100, None], 3, np.arange(50)).ravel())
    assert len(np.unique(np.concatenate(drawn))) == 105_000


def test_purposes_are_told_apart() -> None:
    assert len(set(PURPOSES)) == len(PURPOSES)


@pytest.mark.parametrize("mean", [0.0, 0.3, 2.0, 15.0])
def test_counts_are_the_quantiles_of_poisson(mean) -> None:
    chance = np.linspace(0.0005, 0.9995, 1000)
    exact = stats.poisson.ppf(chance, mean)
    assert (counts(chance, mean) == exact).all()
    assert (many(chance, mean) == exact).all()


def test_large_counts_are_the_quantiles_of_poisson() -> None:
    chance = np.linspace(0.001, 0.999, 999)
    assert (many(chance, 5000.0) == stats.poisson.ppf(chance, 5000.0)).all()
