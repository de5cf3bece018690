"""Equal runners must share the wins, and the paired test must crown nobody."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from cxlab import surveys
from cxlab.simulate.surveys import race


def test_a_race_counted_by_hand():
    """Stayed 9 and 6, left 7 and 3: 9 beats both, 6 beats one, so 3 of 4 pairs."""
    assert surveys.auc([9, 6, 7, 3], [True, True, False, False]) == 0.75


def test_equal_scores_count_half():
    """Nobody can be told from nobody."""
    assert surveys.auc([5, 5, 5, 5], [True, True, False, False]) == 0.5


@given(st.integers(0, 2**32 - 1))
def test_the_area_is_the_rank_sum_of_another_library(seed):
    """Mann and Whitney's U over the number of pairs, ties and all."""
    found = race(n=60, rng=np.random.default_rng(seed))
    ease, stayed = found.scores["ease"], found.stayed
    u = mannwhitneyu(ease[stayed], ease[~stayed]).statistic
    pairs = stayed.sum() * (~stayed).sum()
    assert surveys.auc(ease, stayed) == pytest.approx(u / pairs)


def test_turning_a_score_round_turns_the_area_round():
    """A reversed scale predicts leaving as well as it predicted staying."""
    found = race(n=200, rng=np.random.default_rng(1))
    right = surveys.auc(found.scores["ease"], found.stayed)
    assert surveys.auc(-found.scores["ease"], found.stayed) == pytest.approx(1 - right)


def test_the_paired_error_agrees_with_a_bootstrap():
    """DeLong's formula against customers drawn anew, 2,000 times."""
    found = race(n=600, rng=np.random.default_rng(2))
    compared = surveys.compare_auc(
        found.scores, found.stayed, first="satisfaction", second="ease"
    )
    reach = compared.difference.high - compared.difference.estimate
    rng = np.random.default_rng(3)
    draws = []
    for _ in range(2000):
        rows = rng.integers(600, size=600)
        one, two = (
            surveys.auc(found.scores[name].to_numpy()[rows], found.stayed[rows])
            for name in ("satisfaction", "ease")
        )
        draws.append(one - two)
    assert reach / 1.959964 == pytest.approx(np.std(draws), rel=0.08)


def test_the_paired_interval_is_narrower_than_two_separate_ones():
    """What customers share cancels."""
    found = race(n=600, rng=np.random.default_rng(4))
    c = surveys.compare_auc(
        found.scores, found.stayed, first="satisfaction", second="ease"
    )
    singles = [e.high - e.estimate for e in (c.first, c.second)]
    paired = c.difference.high - c.difference.estimate
    assert paired < np.hypot(*singles)


def test_three_equal_scores_each_win_a_third_and_the_test_crowns_nobody():
    """A thousand races: the naive ranking always has a winner."""
    rng = np.random.default_rng(5)
    runs = (race(n=300, rng=rng) for _ in range(1000))
    found = surveys.race_winners((r.scores, r.stayed) for r in runs)
    assert found.wins.to_numpy() == pytest.approx([1 / 3] * 3, abs=0.06)
    assert found.share_crowned < 0.05
    assert found.pair_told_apart == pytest.approx(0.05, abs=0.02)


def test_a_better_score_is_crowned():
    """The paired test is not blind: half the noise, and it is seen."""
    rng = np.random.default_rng(6)
    noise = {"satisfaction": 0.5, "recommendation": 1.2, "ease": 1.2}
    runs = (race(n=1000, rng=rng, noise=noise) for _ in range(100))
    found = surveys.race_winners((r.scores, r.stayed) for r in runs)
    assert found.wins["satisfaction"] > 0.95
    assert found.share_crowned > 0.8


def test_customers_who_did_not_answer_all_are_refused():
    """Scores are compared on the same customers or not at all."""
    with pytest.raises(ValueError, match="leave out those who did not answer"):
        surveys.auc([1.0, np.nan, 2.0, 3.0], [True, True, False, False])


def test_a_race_needs_both_kinds_of_customer():
    """If all stayed, nothing can be predicted."""
    with pytest.raises(ValueError, match="at least two of each"):
        surveys.auc([1, 2, 3], [True, True, True])


def test_an_unknown_runner_is_named():
    """The columns are listed."""
    table = pd.DataFrame({"a": [1, 2], "b": [2, 1]})
    with pytest.raises(ValueError, match="'a', 'b'"):
        surveys.compare_auc(table, [True, False], first="a", second="c")


def test_no_race_has_no_winner():
    """An empty list is not a tie."""
    with pytest.raises(ValueError, match="no race was run"):
        surveys.race_winners([])
