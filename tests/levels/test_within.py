"""The correlation of people is the sum of two others, exactly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab import levels
from cxlab.simulate.levels import BranchWorld, customers

HOURS = levels.Levels(
    between=-0.7121729,
    within=-0.1107031,
    eta_between_x=0.3787881,
    eta_between_y=0.2359287,
    eta_within_x=0.9254834,
    eta_within_y=0.9717704,
)


def test_by_hand():
    """Three branches of three: inside, one less a minute; between, three more."""
    minutes, loyalty = [4, 6, 8, 8, 10, 12, 12, 14, 16], [50, 48, 46]
    loyalty = [*loyalty, *(v + 12 for v in loyalty), *(v + 24 for v in loyalty)]
    found = levels.slopes(minutes, loyalty, list("aaabbbccc"))
    assert (found.between, found.within, found.people) == pytest.approx((3, -1, 2.2))


def test_the_printed_parts_rebuild_the_printed_whole():
    """Hours and well-being of 7,382 people in 99 units (chain 3.7)."""
    assert HOURS.people == pytest.approx(-0.1632064, abs=1e-7)  # seven decimals
    assert HOURS.summary()["low"].isna().all()  # printed figures only: no counts


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 6))
def test_the_parts_rebuild_the_whole_whatever_the_table(seed, n_groups):
    """And the squares of each answer's etas add up to one."""
    rng = np.random.default_rng(seed)
    groups = np.concatenate([np.arange(n_groups), rng.integers(n_groups, size=40)])
    x, y = rng.standard_normal((2, len(groups)))
    found = levels.levels(x, y, groups)
    assert found.people == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-12)
    assert found.groups_share_x + found.eta_within_x**2 == pytest.approx(1)
    assert found.groups_share_y + found.eta_within_y**2 == pytest.approx(1)


def test_planted_slopes_are_found_over_seeds():
    """Means of 20 chains: the slope inside is free of the one between."""
    world = BranchWorld(n_branches=60, per_branch=40)
    drawn = [customers(world, rng=np.random.default_rng([3, k]))[0] for k in range(20)]
    found = [levels.slopes(d["minutes"], d["loyalty"], d["branch"]) for d in drawn]
    assert np.mean([f.within for f in found]) == pytest.approx(-1, abs=0.05)
    # a mean of 40 customers still holds some of their own minutes: a little below 3
    assert np.mean([f.between for f in found]) == pytest.approx(2.64, abs=0.15)


def test_the_interval_between_counts_groups_and_is_the_wide_one():
    drawn, _ = customers(BranchWorld(), rng=np.random.default_rng(4))
    table = levels.levels(drawn["minutes"], drawn["loyalty"], drawn["branch"]).summary()
    assert table["n"].tolist() == [720, 24, 697]
    assert (table["high"] - table["low"]).idxmax() == 1


def test_a_level_without_differences_is_refused():
    with pytest.raises(ValueError, match="does not exist"):
        levels.levels([1, 2, 1, 2], [1, 2, 3, 4], list("aabb"))
