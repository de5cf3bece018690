"""Branches whose two slopes are known."""

import numpy as np
import pytest

from cxlab import levels
from cxlab.simulate.levels import BranchWorld, customers, hard_to_search


@pytest.mark.parametrize("slopes", [(3.0, -1.0), (0.0, 2.0), (-2.0, -2.0)])
def test_a_large_chain_has_the_correlations_it_says(slopes):
    """Many customers a branch, so that their means are the branches' own."""
    world = BranchWorld(
        n_branches=1500, per_branch=80, between=slopes[0], within=slopes[1]
    )
    drawn, truth = customers(world, rng=np.random.default_rng(1))
    assert truth is world
    found = levels.levels(drawn["minutes"], drawn["loyalty"], drawn["branch"])
    assert found.within == pytest.approx(world.r_within, abs=0.01)
    assert found.people == pytest.approx(world.r_people, abs=0.03)
    assert found.between == pytest.approx(world.r_between, abs=0.1)
    share = levels.icc(drawn["loyalty"], drawn["branch"]).one.estimate
    assert share == pytest.approx(world.icc_loyalty, abs=0.03)


def test_the_hard_table_has_the_slope_it_says():
    drawn, truth = hard_to_search(n_branches=200, rng=np.random.default_rng(2))
    found = levels.slopes(drawn["mark"], drawn["loyalty"], drawn["branch"])
    assert found.within == pytest.approx(truth["slope"], abs=0.05)


def test_one_level_is_refused():
    with pytest.raises(ValueError, match="no two levels"):
        BranchWorld(n_branches=1)
