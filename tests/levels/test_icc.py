"""How much of an answer, and of a mean, is the group's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab import levels
from cxlab.simulate.levels import BranchWorld, customers


def test_by_hand():
    """Means 2 and 5, inside 1: B = 13.5, W = 1, k = 3."""
    found = levels.icc([1, 2, 3, 4, 5, 6], list("aaabbb"))
    assert found.one.estimate == pytest.approx(12.5 / 15.5)
    assert found.mean.estimate == pytest.approx(12.5 / 13.5)
    assert (found.between, found.within) == pytest.approx((12.5 / 3, 1))


def test_groups_of_unequal_size_by_hand():
    """Sizes 1 and 3: k = 4 - 10 / 4 = 1.5."""
    found = levels.icc([5, 1, 2, 3], list("abbb"))
    assert found.typical == pytest.approx(1.5)
    assert found.one.estimate == pytest.approx((6.75 - 1) / (6.75 + 0.5))


def test_a_mean_of_more_answers_is_surer():
    """ICC(2) is ICC(1) stepped up by Spearman and Brown; one answer is ICC(1)."""
    drawn, _ = customers(BranchWorld(), rng=np.random.default_rng(1))
    found = levels.icc(drawn["loyalty"], drawn["branch"])
    assert found.of_mean(30) == pytest.approx(found.mean.estimate)
    assert found.of_mean(1) == pytest.approx(found.one.estimate)
    assert found.of_mean(found.answers_for(0.9)) == pytest.approx(0.9)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """95 of 100 over 300 chains of equal branches, where it is exact."""
    world, rng = BranchWorld(n_branches=12, per_branch=8), np.random.default_rng(2)
    held = 0
    for _ in range(300):
        drawn, _ = customers(world, rng=rng)
        one = levels.icc(drawn["loyalty"], drawn["branch"]).one
        held += one.low < world.icc_loyalty < one.high
    assert 273 <= held <= 297  # 285 +- 3 standard errors


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-100, 100))
def test_the_scale_of_the_answers_does_not_matter(seed, spread, shift):
    rng = np.random.default_rng(seed)
    groups, y = rng.integers(4, size=30), rng.standard_normal(30)
    one, other = levels.icc(y, groups), levels.icc(shift + spread * y, groups)
    assert other.one.estimate == pytest.approx(one.one.estimate, abs=1e-9)


def test_errors_teach():
    with pytest.raises(ValueError, match="all answers are the same"):
        levels.icc([1, 1, 2, 2], list("aabb"))
    with pytest.raises(ValueError, match="at least two groups"):
        levels.icc([1, 2, 3], list("aaa"))
    with pytest.raises(ValueError, match="one group per answer"):
        levels.icc([1, 2, 3], list("ab"))
    with pytest.raises(ValueError, match="is missing"):
        levels.icc([1, np.nan, 3], list("aab"))
    alike = levels.icc([1, 3, 1, 3.1], list("aabb"))
    with pytest.raises(ValueError, match="do not differ"):
        alike.answers_for(0.9)
    with pytest.raises(ValueError, match=r"as 0\.9"):
        alike.answers_for(90)
    with pytest.raises(ValueError, match="at least one answer"):
        alike.of_mean(0)
