"""Scores of words: what they read, and what a held-out review is for."""

import numpy as np
import pytest

from cxlab import datasets, text

JOY, GRIEF = ([f"{word}{k}" for k in "abcdef"] for word in ("joy", "grief"))
FILLER = [f"so{k}" for k in "abcdef"]


def world(rng, n, *, longer=1.0):
    """Made-up reviews: words that mean something among others that do not."""
    happy = rng.random(n) < 0.6
    texts = []
    for glad in happy:
        length = max(3, rng.poisson(20 if glad else 20 * longer))
        mine, theirs = (JOY, GRIEF) if glad else (GRIEF, JOY)
        own = [rng.choice(mine if rng.random() < 0.9 else theirs) for _ in range(2)]
        texts.append(" ".join([*rng.choice(FILLER, size=length), *own]))
    return texts, happy


@pytest.fixture(scope="module")
def reviews():
    learn, test = datasets.load_reviews(), datasets.load_reviews_test()
    return (
        learn,
        test,
        text.count_words(learn["review"], learn["delighted"], min_count=10),
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_planted_words_are_found_and_carry_the_score(seed):
    """Recovered on reviews from the same world that were never seen."""
    rng = np.random.default_rng([7, seed])
    counted = text.count_words(*world(rng, 1500, longer=2))
    score = text.learn_score(counted)
    table = counted.table().sort_values("lean")
    assert set(table.index[:6]) == set(GRIEF)
    assert set(table.index[-6:]) == set(JOY)
    found = text.held_out(score, *world(rng, 600, longer=2))
    assert found.beats_base
    assert found.accuracy.estimate > 0.75


@pytest.mark.parametrize("seed", range(5))
def test_lists_by_review_read_length_and_lists_by_word_do_not(seed):
    """The unhappy write twice as much: every filler word becomes a word of pain."""
    rng = np.random.default_rng([8, seed])
    counted = text.count_words(*world(rng, 1500, longer=2))
    texts, happy = world(rng, 900, longer=2)
    unhappy = [one for one, glad in zip(texts, happy, strict=True) if not glad]
    for score, low, high in (
        (text.list_score(counted, k=6), 0.9, 1),
        (text.learn_score(counted), 0, 0.35),
    ):
        found = text.held_out(score, unhappy, np.zeros(len(unhappy), dtype=bool))
        assert low < abs(found.length_link) < high


@pytest.mark.parametrize("seed", range(3))
def test_a_leak_finds_feeling_where_there_is_none(reviews, seed):
    """Grades dealt at random: nine of ten right on its own reviews, no use on new ones.

    Held out it does no better than the base rate; that is how a leak is noticed.
    """
    learn, test, _ = reviews
    dealt = np.random.default_rng(seed).permutation(learn["delighted"].to_numpy())
    nonsense = text.learn_score(text.count_words(learn["review"], dealt))
    own = text.held_out(nonsense, learn["review"], dealt)
    new = text.held_out(nonsense, test["review"], test["delighted"])
    assert own.accuracy.estimate > 0.85
    assert not new.beats_base


def test_real_reviews_held_out(reviews):
    """The base rate is 65.8%; two lists reach it, the mean lean beats it."""
    _, test, counted = reviews
    new = test["review"], test["delighted"]
    naive, fair = text.list_score(counted), text.learn_score(counted)
    found = text.held_out(fair, *new)
    assert found.base == 0.658
    assert found.beats_base
    assert not text.held_out(naive, *new).beats_base
    assert text.held_out(naive, *new).length_link < -0.9
    calls = text.by_length({"naive": naive, "fair": fair}, *new)
    assert calls["naive"].iloc[:4].max() == 0
    assert (calls["fair"] - calls["really"]).abs().max() < 0.1


def test_the_cutoff_is_the_one_with_fewest_errors():
    """Compared with every cut-off there is, on ties too."""
    from cxlab.text.scores import best_cutoff

    rng = np.random.default_rng(1)
    for _ in range(50):
        scores, happy = rng.integers(0, 6, size=12), rng.random(12) < 0.5
        best = max(((scores > c) == happy).sum() for c in np.arange(-1, 7) + 0.5)
        assert ((scores > best_cutoff(scores, happy)) == happy).sum() == best


def test_a_score_keeps_its_value_when_a_review_is_said_twice(reviews):
    score = text.learn_score(reviews[2])
    once, twice = score.scores(["love it, not bad", "love it, not bad " * 2])
    assert once == pytest.approx(twice)
    assert score.lean_of("love") > 1
    assert score.lean_of("not") < 0
    assert score.lean_of("no such word") == 0


def test_lists_longer_than_the_words_are_refused(reviews):
    with pytest.raises(ValueError, match="shorter lists"):
        text.list_score(reviews[2], k=5000)
    with pytest.raises(ValueError, match="choose a column"):
        text.list_score(reviews[2], by="weight")
