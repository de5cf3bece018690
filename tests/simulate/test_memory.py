"""Worlds of memory: a design finds what was planted, and correlations name the mean."""

import numpy as np
import pytest

from cxlab.memory import FEATURES, weights
from cxlab.simulate.memory import Days, Rememberer, as_designed, as_they_come

PEAK_END, MEAN = Rememberer(), Rememberer(peak=0, end=0, mean=1)
SEEDS = range(1, 21)


def planted(people):
    return [getattr(people, part) for part in FEATURES]


@pytest.mark.parametrize("people", [PEAK_END, MEAN], ids=["peak-end", "mean"])
def test_designed_episodes_give_back_the_weights(people):
    """Over 20 seeds: means within four errors, and intervals that hold."""
    found = []
    for seed in SEEDS:
        rng = np.random.default_rng([seed, 1])
        table, truth = as_designed(people, n=400, rng=rng)
        assert truth is people
        got = weights(table, of="memory", on=FEATURES)
        found.append([(e.estimate, e.low, e.high) for e in got.of.values()])
    block = np.array(found)
    errors = block[:, :, 0].std(axis=0, ddof=1) / np.sqrt(len(block))
    assert (np.abs(block[:, :, 0].mean(axis=0) - planted(people)) < 4 * errors).all()
    held = (block[:, :, 1] <= planted(people)) & (planted(people) <= block[:, :, 2])
    assert held.mean() > 0.88  # 80 intervals at 95%: less than that has p < .01


@pytest.mark.parametrize("people", [PEAK_END, MEAN], ids=["peak-end", "mean"])
def test_as_they_come_the_mean_goes_best_with_either_memory(people):
    """Twenty seeds of twenty: a correlation names the mean in both worlds."""
    for seed in SEEDS:
        rng = np.random.default_rng([seed, 2])
        table, _ = as_they_come(people, n=400, rng=rng)
        r = table.corr()["memory"]
        assert r["mean"] > r["peak_end"] > 0.5


def test_as_they_come_the_mean_is_given_weight_that_it_has_not():
    rng = np.random.default_rng(3)
    table, _ = as_they_come(PEAK_END, n=400, rng=rng)
    assert weights(table, of="memory", on=FEATURES)["mean"].low > 0.3


def test_with_perfect_ratings_even_episodes_as_they_come_give_the_weights():
    """So it is the misreading that hands the weight over, not the episodes alone."""
    rng = np.random.default_rng(4)
    table, _ = as_they_come(PEAK_END, n=20_000, rng=rng, days=Days(misread=0))
    got = weights(table, of="memory", on=FEATURES)
    assert [e.estimate for e in got.of.values()] == pytest.approx(
        [0.5, 0.5, 0, 0], abs=0.04
    )


def test_small_worlds_are_refused():
    rng = np.random.default_rng(5)
    with pytest.raises(ValueError, match="at least 10"):
        as_they_come(PEAK_END, n=9, rng=rng)
    with pytest.raises(ValueError, match="16 people or more"):
        as_designed(PEAK_END, n=15, rng=rng)
    with pytest.raises(ValueError, match="above 0"):
        Rememberer(noise=0)
