"""The three worlds of branches: exact moments, independent draws, published bands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.panel import MODELS
from cxlab.simulate.panel import (
    WORLDS,
    BranchWorld,
    again_and_again,
    branch_world,
    draw_waves,
    nine_arrows,
    panel_of,
)


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    "world",
    [
        BranchWorld(),
        BranchWorld(forward=0.1, reverse=0.3, stays=0.5, trait_link=-0.5, noise=0.3),
        BranchWorld(weather=0.7, trait_variance=0),
    ],
)
def test_what_is_drawn_has_the_moments_that_are_worked_out(world):
    """Of 40,000 branches, within 5% of the largest variance; points are 4 shocks."""
    flat = draw_waves(world, n=40_000, waves=3, rng=rng()).reshape(-1, 6) / 4
    exact = world.moments(3).reshape(6, 6)
    assert np.cov(flat.T) == pytest.approx(exact, abs=0.05 * exact.max())


@given(
    forward=st.floats(-0.3, 0.3), reverse=st.floats(-0.3, 0.3), stays=st.floats(0, 0.6)
)
def test_a_swing_hands_itself_on_and_stays_as_wide(forward, reverse, stays):
    """Stationary: carried over and given a fresh shock, the spread is the same."""
    world = BranchWorld(forward=forward, reverse=reverse, stays=stays)
    carried = world.carries.T @ world.swing @ world.carries
    assert world.swing == pytest.approx(carried + np.eye(2))


@pytest.mark.parametrize(
    ("waves", "low", "high"),
    [(3, -0.06, -0.04), (4, -0.06, -0.05), (24, -0.015, -0.01)],
)
def test_centring_invents_a_negative_arrow_in_few_waves(waves, low, high):
    """The syllabus saw -.05 to -.06 at 3-4 waves and -.01 at 24; here it is exact."""
    assert low <= branch_world("forward").limit("centred", waves=waves)[1] <= high


@pytest.mark.parametrize("trait_variance", [0.5, 1.0, 2.0])
def test_changes_fall_where_the_syllabus_saw_them(trait_variance):
    """4 waves, n = 2,000: .198 (sd .046) and .001 (sd .030); 100 panels."""
    world = branch_world("forward", trait_variance=trait_variance)
    drawn = again_and_again(world, n=2000, waves=4, times=100, rng=rng(3))
    found = drawn["changes"]
    assert found.mean(axis=0) == pytest.approx([0.2, 0.0], abs=0.015)
    assert (found.std(axis=0) > 0.02).all()
    assert (found.std(axis=0) < 0.055).all()


def test_which_model_is_fooled_by_which_world():
    """The pattern of the main figure, however many branches."""
    fooled = {
        (name, model): branch_world(name).fools(model, waves=4)
        for name in WORLDS
        for model in MODELS
    }
    assert {key for key, arrows in fooled.items() if any(arrows)} == {
        ("forward", "levels"),
        ("reverse", "levels"),
        ("trait", "levels"),
        ("forward", "centred"),
        ("reverse", "centred"),
    }


@given(trait_variance=st.floats(0.3, 9), waves=st.integers(3, 24))
def test_a_trait_always_fools_the_levels_and_never_the_changes(trait_variance, waves):
    world = branch_world("trait", trait_variance=trait_variance)
    assert world.fools("levels", waves=waves) == (True, True)
    assert world.fools("changes", waves=waves) == (False, False)


def test_without_a_trait_the_levels_are_right():
    world = branch_world("forward", trait_variance=0)
    assert world.limit("levels", waves=4) == pytest.approx((0.2, 0.0))


def test_slow_weather_fools_all_three():
    """A common cause that changes slowly looks like arrows both ways to every model."""
    world = BranchWorld(forward=0, weather=1)
    for model in MODELS:
        assert all(arrow > 0.04 for arrow in world.limit(model, waves=4))


def test_noise_shortens_the_arrow_of_the_changes():
    clear, noisy = BranchWorld(), BranchWorld(noise=0.25)
    assert (
        noisy.limit("changes", waves=4)[0] < 0.75 * clear.limit("changes", waves=4)[0]
    )


def test_the_table_of_a_world_has_a_row_for_each_branch_and_wave():
    table, truth = panel_of(branch_world("trait"), n=7, waves=3, rng=rng())
    assert len(table) == 21
    assert list(table.columns) == ["branch", "wave", "staff", "customers"]
    assert truth.forward == truth.reverse == 0


def test_the_main_figures_table_holds_every_world_model_and_arrow():
    table = nine_arrows(n=200, waves=4, times=30, rng=rng())
    assert len(table) == 18
    assert (table["low"] < table["limit"]).all()
    width = (table["high"] - table["low"]).groupby(table["model"]).mean()
    assert width["levels"] < width["centred"] < width["changes"]
    clean = table.query("model == 'changes'")
    assert clean["limit"].to_numpy() == pytest.approx(clean["truth"].to_numpy())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BranchWorld(trait_link=2), "between -1 and 1"),
        (lambda: BranchWorld(stays=0.9, forward=0.5, reverse=0.5), "without end"),
        (lambda: branch_world("sideways"), "choose one of forward, reverse, trait"),
        (lambda: draw_waves(BranchWorld(), n=0, waves=4, rng=rng()), "one branch"),
        (
            lambda: again_and_again(BranchWorld(), n=9, waves=4, times=1, rng=rng()),
            "at least twice",
        ),
    ],
)
def test_errors_teach(call, message):
    with pytest.raises(ValueError, match=message):
        call()
