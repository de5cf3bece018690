"""Three worlds behind one slide, and firms written about for standing out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.links import measure_chain
from cxlab.simulate.links import (
    ARROWS,
    BOXES,
    BranchWorld,
    LargeStores,
    hidden_worlds,
    side_by_side,
    unmask,
    written_about,
)

WORLDS = {"chain": 0.4, "size": 0.4**0.5, "reverse": 0.4}


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def test_seven_boxes_have_six_arrows():
    assert (len(BOXES), len(ARROWS)) == (7, 6)


@pytest.mark.parametrize("kind", WORLDS)
def test_three_worlds_show_the_same_arrows(kind):
    """Whoever correlates neighbours once finds .4 on all six, in each world."""
    world = BranchWorld(kind=kind, strength=WORLDS[kind])
    assert world.seen.to_numpy() == pytest.approx([0.4] * 6)


def test_only_one_world_has_arrows_that_carry():
    truths = {k: BranchWorld(kind=k, strength=s).truth for k, s in WORLDS.items()}
    assert truths["chain"].to_numpy() == pytest.approx([0.4] * 6)
    assert not truths["size"].any()
    assert not truths["reverse"].any()


def test_the_ends_unmask_size_and_nothing_else():
    """.4^6 where a chain runs either way, .4 where size moves everything."""
    ends = {k: BranchWorld(kind=k, strength=s).at_the_ends for k, s in WORLDS.items()}
    assert ends == pytest.approx({"chain": 0.4**6, "size": 0.4, "reverse": 0.4**6})


@given(kind=st.sampled_from(sorted(WORLDS)), strength=st.floats(-0.9, 0.9))
def test_every_box_has_the_same_spread(kind, strength):
    world = BranchWorld(kind=kind, strength=strength)
    root = world._carries * world._own
    assert np.diag(root @ root.T) + world._load**2 == pytest.approx([1.0] * 7)


@pytest.mark.parametrize("kind", WORLDS)
def test_drawn_branches_show_what_the_world_says(kind, rng):
    """40,000 branches: 4 standard errors of a correlation are .02."""
    world = BranchWorld(kind=kind, strength=WORLDS[kind])
    table = world.branches(n=40_000, rng=rng)
    found = measure_chain(table, BOXES, rng=rng, n_boot=2)
    assert [one.estimate for one in found.arrows] == pytest.approx([0.4] * 6, abs=0.02)
    assert found.ends.estimate == pytest.approx(world.at_the_ends, abs=0.02)
    assert abs(table[list(BOXES)].std() - 1).max() < 0.02


@pytest.mark.parametrize("kind", WORLDS)
def test_a_push_finds_what_was_planted(kind, rng):
    """10,000 branches in each of six trials: 4 standard errors are .08."""
    world = BranchWorld(kind=kind, strength=WORLDS[kind])
    found = unmask(world, n=2000, n_pushed=10_000, rng=rng, n_boot=5)
    sizes = [one.estimate for one in found.pushed]
    assert sizes == pytest.approx(list(world.truth), abs=0.08)
    assert [one.quantity for one in found.pushed] == list(ARROWS)


def test_among_branches_of_one_size_only_the_world_of_size_falls_apart(rng):
    """2,000 branches: 4 standard errors of a mean of six arrows are about .05."""
    alike = {
        kind: unmask(
            BranchWorld(kind=kind, strength=s), n=2000, n_pushed=20, rng=rng, n_boot=5
        ).alike.mean
        for kind, s in WORLDS.items()
    }
    assert alike == pytest.approx({"chain": 0.4, "size": 0, "reverse": 0.4}, abs=0.05)


def test_a_push_raises_a_random_half_by_the_lift(rng):
    """20,000 branches, pushed by 2 SD at Value: 4 standard errors are .06."""
    world = BranchWorld(kind="chain", strength=0.4)
    table = world.branches(n=20_000, rng=rng, push="Value", lift=2.0)
    means = table.groupby("pushed").mean()
    moved = means.loc[True] - means.loc[False]
    assert table["pushed"].mean() == 0.5
    assert moved["Value"] == pytest.approx(2.0, abs=0.06)
    assert moved["Employee loyalty"] == pytest.approx(0.0, abs=0.06)
    assert moved["Customer loyalty"] == pytest.approx(2 * 0.4**2, abs=0.06)


def test_letters_hide_each_world_once(rng):
    how = {"link_strength": 0.4, "size_effect": 0.6, "reverse_effect": 0.3}
    found = hidden_worlds(**how, rng=rng)
    assert "".join(found) == "ABC"
    assert {w.kind: w.strength for w in found.values()} == {
        "chain": 0.4,
        "size": 0.6,
        "reverse": 0.3,
    }
    orders = {
        tuple(w.kind for w in hidden_worlds(**how, rng=rng).values()) for _ in range(60)
    }
    assert len(orders) == 6


def test_large_stores_turn_a_helpful_link_negative(rng):
    """Staff help by .2 everywhere; size makes the sign. 4 standard errors are .03."""
    world = LargeStores(direct=0.2, size_effect=0.63)
    assert world.seen < -0.15 < 0.15 < world.alike
    table = world.stores(n=20_000, rng=rng)
    assert table["staff"].corr(table["profit"]) == pytest.approx(world.seen, abs=0.03)
    left = table[["staff", "profit"]] - np.outer(
        table["size"], [-0.63, 0.63 * (1 - 0.2)]
    )
    assert left["staff"].corr(left["profit"]) == pytest.approx(world.alike, abs=0.03)
    assert table.std().to_numpy() == pytest.approx([1, 1, 1], abs=0.03)


def test_of_firms_with_nothing_in_common_one_in_128_is_an_exemplar(rng):
    """Seven coins. 64,000 firms: 500 expected, 4 standard errors are 89."""
    world = written_about(n_firms=64_000, rng=rng)
    assert world.expected == 500
    assert len(world.exemplars) == pytest.approx(500, abs=89)
    assert len(world.warnings) == pytest.approx(500, abs=89)
    assert (world.exemplars > 0).all(axis=None)
    assert (world.warnings < 0).all(axis=None)


def test_the_book_shows_a_handsome_chain_where_there_is_none(rng):
    """2 / pi on every arrow; nothing over all firms."""
    world = written_about(n_firms=64_000, rng=rng)
    book = measure_chain(world.book, BOXES, rng=rng, n_boot=2)
    all_firms = measure_chain(world.firms, BOXES, rng=rng, n_boot=2)
    assert book.mean == pytest.approx(world.truth, abs=0.03)
    assert book.clear == 6
    assert all_firms.mean == pytest.approx(0.0, abs=0.01)


def test_worlds_refuse_what_cannot_be(rng):
    with pytest.raises(ValueError, match=r"is no world\. Choose one of chain"):
        BranchWorld(kind="luck", strength=0.4)
    with pytest.raises(ValueError, match="between -1 and 1"):
        BranchWorld(kind="size", strength=1.0)
    with pytest.raises(ValueError, match="one of the boxes Internal quality"):
        BranchWorld(kind="size", strength=0.5).branches(n=50, rng=rng, push="Luck")
    with pytest.raises(ValueError, match="more than all of the profit"):
        LargeStores(direct=-0.5, size_effect=0.8)
    with pytest.raises(ValueError, match="Draw at least 1000"):
        written_about(n_firms=100, rng=rng)


def test_slides_stand_side_by_side_with_their_ends(rng):
    chain = BranchWorld(kind="chain", strength=0.4)
    found = unmask(chain, n=200, n_pushed=20, rng=rng, n_boot=5).seen
    table = side_by_side({"A": found})
    assert table.loc["A", "mean link"] == found.mean
    assert table.loc["A", "ends"] == found.ends.estimate
    assert table.loc["A", "ends, low"] == found.ends.low
