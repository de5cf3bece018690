"""What the shuffle test tests, and what tells a barred corner from a plain one."""

import itertools

import numpy as np
import pytest

from cxlab import datasets, necessity
from cxlab.simulate.necessity import WORLDS, answers, corner_world


def test_p_counts_what_was_seen_as_one_deal():
    """(hits + 1) / (shuffles + 1): never 0 (Phipson & Smyth 2010)."""
    found = necessity.Shuffled(size=0.4, draws=np.array([0.1, 0.4, 0.2] * 33), n=9)
    assert found.p_value == 34 / 100
    never = necessity.Shuffled(size=0.5, draws=found.draws, n=9)
    assert never.p_value == 1 / 100


def test_shuffles_come_near_every_deal_there_is():
    """Five customers can be dealt in 120 ways; count them all."""
    x, y = [1, 2, 3, 4, 5], [1, 2, 4, 3, 5]
    seen = necessity.ceiling(x, y).size
    deals = [necessity.ceiling(x, d).size for d in itertools.permutations(y)]
    exact = np.mean([d >= seen - 1e-12 for d in deals])
    rng = np.random.default_rng(1)
    found = necessity.shuffle_test(x, y, n_shuffles=20_000, rng=rng)
    assert found.p_value == pytest.approx(exact, abs=0.01)  # 4 standard errors


def test_independence_is_rejected_as_often_as_it_should_be():
    """Where nothing goes together, p is below .05 in about 5 of 100 samples."""
    rng = np.random.default_rng(2)
    often = necessity.small_p_values(
        lambda rng: rng.standard_normal((2, 60)), n_samples=600, rng=rng
    )
    assert often.low < 0.05 < often.high


@pytest.mark.parametrize("kind", necessity.CEILINGS)
def test_a_small_p_says_related_and_not_necessary(kind):
    """Nothing is barred, 250 customers, link .5: about 82% (band .75 to .90)."""
    world, rng = corner_world("plain"), np.random.default_rng(3)
    often = necessity.small_p_values(
        lambda rng: answers(world, n=250, rng=rng)[0].to_numpy().T,
        n_samples=300,
        kind=kind,
        rng=rng,
    )
    assert 0.75 < often.estimate < 0.90


@pytest.mark.parametrize("name", WORLDS)
def test_the_right_yardstick_finds_what_was_planted(name):
    """Both corners, eight seeds: barred ones are emptier, the others hardly ever."""
    world, barred = corner_world(name), {"upper left": 0, "lower right": 0}
    for seed in range(8):
        rng = np.random.default_rng([3, seed])
        pairs = answers(world, n=500, rng=rng)[0].to_numpy().T
        for corner in barred:
            found = necessity.plain_correlation(
                *pairs, corner=corner, n_draws=300, rng=rng
            )
            barred[corner] += found.verdict == "emptier"
    for corner, planted in zip(barred, WORLDS[name], strict=True):
        assert barred[corner] >= 7 if planted else barred[corner] <= 1


def test_pairings_keep_the_answers_and_their_rank_correlation():
    """Read back by the ceiling of draws that leave d where the truth puts it."""
    rng = np.random.default_rng(5)
    pairs = answers(corner_world("plain"), n=2000, rng=rng)[0].to_numpy().T
    found = necessity.plain_correlation(*pairs, n_draws=200, rng=rng)
    assert found.rank_correlation == pytest.approx(0.475, abs=0.06)
    assert found.verdict == "as empty"


def test_real_customers_cannot_be_told_from_a_plain_link():
    """Satisfaction .13 in .06-.21, quality .15 in .07-.25 (syllabus 03)."""
    mobi, rng = datasets.load_mobi(), np.random.default_rng(6)
    loyalty = mobi[["CUSL1", "CUSL3"]].mean(axis=1)
    wanted = {"CUSA": (3, 0.13, 0.06, 0.21), "PERQ": (7, 0.15, 0.07, 0.25)}
    for stem, (k, size, low, high) in wanted.items():
        x = mobi[[f"{stem}{i}" for i in range(1, k + 1)]].mean(axis=1)
        found = necessity.plain_correlation(x, loyalty, n_draws=2000, rng=rng)
        assert found.size == pytest.approx(size, abs=0.005)
        assert found.band == pytest.approx((low, high), abs=0.02)
        assert found.verdict == "as empty"


def test_too_few_draws_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="at least 99"):
        necessity.shuffle_test([1, 2, 3], [1, 2, 3], n_shuffles=50, rng=rng)
    with pytest.raises(ValueError, match="at least 99"):
        necessity.plain_correlation([1, 2, 3], [1, 2, 3], n_draws=50, rng=rng)
