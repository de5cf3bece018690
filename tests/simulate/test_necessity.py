"""Four worlds that share one correlation and differ in their corners only."""

import numpy as np
import pytest

from cxlab import necessity
from cxlab.simulate.necessity import WORLDS, answers, corner_world


@pytest.mark.parametrize("name", WORLDS)
def test_all_worlds_share_one_correlation(name):
    """Exactly in the table of chances, and about so in a sample."""
    world = corner_world(name)
    assert world.correlation == pytest.approx(corner_world("plain").correlation)
    drawn, truth = answers(world, n=20_000, rng=np.random.default_rng(1))
    assert truth is world
    assert drawn.corr().iloc[0, 1] == pytest.approx(world.correlation, abs=0.03)


@pytest.mark.parametrize("name", WORLDS)
def test_only_the_planted_corners_are_barred(name):
    """Fifteen squares of 81 where barred, none where not."""
    world, (lid, floor) = corner_world(name), WORLDS[name]
    assert world.empty_upper_left == pytest.approx(15 / 81 if lid else 0)
    assert world.empty_lower_right == pytest.approx(15 / 81 if floor else 0)


def test_the_stairs_of_a_large_sample_are_the_planted_ones():
    world = corner_world("both")
    drawn, _ = answers(world, n=50_000, rng=np.random.default_rng(2))
    pairs = drawn.to_numpy().T
    assert necessity.ceiling(*pairs).size == pytest.approx(world.empty_upper_left)
    below = necessity.ceiling(*pairs, corner="lower right").size
    assert below == pytest.approx(world.empty_lower_right)


def test_unknown_worlds_and_links_are_refused():
    with pytest.raises(ValueError, match="no world 'linear'"):
        corner_world("linear")
    with pytest.raises(ValueError, match=r"link=0\.9"):
        corner_world("plain", link=0.9)
