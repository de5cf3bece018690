"""League tables with luck taken off."""

import numpy as np
import pandas as pd
import pytest

from cxlab import datasets, levels


def world(seed, *, n_groups=300):
    """Groups with 2 to 40 answers, T = .25 and W = 1, and their own means."""
    rng = np.random.default_rng(seed)
    own = 3 + 0.5 * rng.standard_normal(n_groups)
    groups = np.repeat(np.arange(n_groups), rng.integers(2, 41, size=n_groups))
    return own, groups, own[groups] + rng.standard_normal(len(groups))


def test_by_hand():
    """trust = n / (n + W / T); the mean of one answer is pulled most."""
    found = levels.league([5, 5, 5, 5, 1, 2, 3, 2], list("aaabcccc"))
    ratio = found.icc.within / found.icc.between
    table = found.table
    assert table["trust"].tolist() == pytest.approx(
        [n / (n + ratio) for n in (3, 1, 4)]
    )
    pulled = found.middle + table["trust"] * (table["mean"] - found.middle)
    assert table["shrunken"].tolist() == pytest.approx(pulled.tolist())
    assert table["place by mean"].tolist() == [1, 1, 3]
    assert table["place by shrunken"].tolist() == [1, 2, 3]


def test_shrunken_means_are_nearer_to_the_truth():
    """Over ten worlds, always, and the intervals hold about 95 of 100 truths."""
    held = []
    for seed in range(10):
        own, groups, y = world(seed)
        table = levels.league(y, groups).table
        raw, pulled = (table[c] - own[table.index] for c in ("mean", "shrunken"))
        assert (pulled**2).mean() < (raw**2).mean()
        held.append((pulled.abs() < 1.96 * table["sd"]).mean())
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_the_best_fall_among_other_raters_as_foretold():
    marks = datasets.load_insteval()
    rng = np.random.default_rng(6)
    found = levels.next_customers(
        marks["mark"], marks["lecturer"], marks["rater"], rng=rng
    )
    assert found.top_next < found.top_raw - 0.4
    raw, pulled = found.top_raw - found.top_next, found.top_shrunken - found.top_next
    assert abs(pulled) < raw / 2
    assert 0.1 < found.saved < 0.35


def test_nobody_is_in_both_halves():
    """With one rater a mark, both halves hold all marks between them."""
    own, groups, y = world(7)
    found = levels.next_customers(
        y, groups, np.arange(len(y)), k=5, rng=np.random.default_rng(7)
    )
    assert found.n_groups <= len(own)
    assert found.shrunken_error < found.raw_error


def test_chances_of_being_first_add_up_to_one():
    found = levels.league([5, 5, 4, 4, 5, 3, 1, 2, 3, 2], list("aaabbbcccc"))
    chances = [
        found.chance_first(name, rng=np.random.default_rng(8)).estimate
        for name in "abc"
    ]
    assert sum(chances) == pytest.approx(1)
    place = found.place_of("a", rng=np.random.default_rng(8))
    assert 1 <= place.low <= place.estimate <= place.high <= 3


def test_errors_teach():
    with pytest.raises(ValueError, match="nothing to rank"):
        levels.league([1, 3, 1, 3.1], list("aabb"))
    found = levels.league([5, 5, 5, 5, 1, 2, 3, 2], list("aaabcccc"))
    with pytest.raises(ValueError, match="no group 'z'"):
        found.chance_first("z", rng=np.random.default_rng(0))
    with pytest.raises(ValueError, match="rank by"):
        found.top(1, by="median")
    assert isinstance(found.top(2), pd.DataFrame)
