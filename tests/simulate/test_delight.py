"""The four worlds know their truth, and a scale with an end bends a straight link."""

import numpy as np
import pytest

from cxlab.delight import SHAPES, penalty_and_reward
from cxlab.simulate.delight import (
    confusion,
    customers,
    delight_world,
    hidden_worlds,
    sample_lift,
)
from cxlab.simulate.delight_ceiling import FivePoints, marks_and_satisfaction
from cxlab.simulate.delight_intent import SayAndDo

WORLDS = {shape: delight_world(shape) for shape in SHAPES}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_exact_means_and_shares_are_those_of_a_large_draw(shape: str) -> None:
    """400,000 customers; 4 standard errors of the smallest group's mean are .4."""
    world = WORLDS[shape]
    found = sample_lift(world, n=400_000, rng=np.random.default_rng(1))
    assert found.means == pytest.approx(world.means, abs=0.4)
    assert found.shares == pytest.approx((0.24, 0.6, 0.16), abs=0.003)


def test_linear_and_zone_share_all_three_means_and_no_line() -> None:
    """Three boxes cannot tell them apart, however many customers are asked."""
    assert WORLDS["linear"].means == pytest.approx(WORLDS["zone"].means, abs=1e-9)
    assert WORLDS["linear"].line([1.0])[0] - WORLDS["zone"].line([1.0])[0] > 4


def test_flat_has_no_lift_and_convex_the_largest() -> None:
    """As the names say."""
    assert WORLDS["flat"].lift == pytest.approx(0, abs=1e-9)
    assert WORLDS["flat"].drop == pytest.approx(WORLDS["linear"].drop)
    assert WORLDS["convex"].lift == pytest.approx(1.5 * WORLDS["linear"].lift)


@pytest.mark.parametrize("share", [0.05, 0.16, 0.3])
def test_the_worlds_are_alike_whatever_share_is_exceeded(share: float) -> None:
    """The knob of the lesson keeps the trap."""
    linear, zone = (delight_world(s, share_exceeded=share) for s in ("linear", "zone"))
    assert linear.means == pytest.approx(zone.means)
    assert delight_world("convex", share_exceeded=share).slopes[2] > 5


def test_letters_hide_every_shape_once() -> None:
    """In an order that the seed decides."""
    orders = set()
    for seed in range(20):
        found = hidden_worlds(share_exceeded=0.16, rng=np.random.default_rng(seed))
        assert list(found) == ["A", "B", "C", "D"]
        assert sorted(world.shape for world in found.values()) == sorted(SHAPES)
        orders.add(tuple(world.shape for world in found.values()))
    assert len(orders) > 5


def test_ten_thousand_customers_tell_all_four_worlds_apart() -> None:
    """The line names them in 95 of 100 surveys; three boxes see one kind of rise."""
    found = confusion(
        WORLDS, n=10_000, draws=20, margin=3, rng=np.random.default_rng(2)
    )
    assert min(found.right(shape) for shape in SHAPES) >= 0.95
    assert found.boxes["flat"]["plateau"] >= 19
    assert all(found.boxes[name]["rise"] >= 19 for name in SHAPES if name != "flat")


def test_five_hundred_customers_cannot_show_a_plateau() -> None:
    """Not even where there is one; and the line mistakes two worlds in half."""
    found = confusion(WORLDS, n=500, draws=40, margin=3, rng=np.random.default_rng(3))
    assert found.boxes["flat"] == {"plateau": 0, "rise": 0, "cannot tell": 40}
    assert found.right("convex") < 0.7


def test_at_97_000_equivalence_accepts_flat_and_refuses_linear() -> None:
    """Facts 1.1."""
    pair = {name: WORLDS[name] for name in ("flat", "linear")}
    found = confusion(pair, n=97_000, draws=2, margin=3, rng=np.random.default_rng(4))
    assert found.boxes["flat"]["plateau"] == 2
    assert found.boxes["linear"]["plateau"] == 0


def test_the_table_of_calls_adds_up_to_a_hundred() -> None:
    """In both halves; another half is refused."""
    found = confusion(WORLDS, n=500, draws=5, margin=3, rng=np.random.default_rng(5))
    for which in ("boxes", "lines"):
        table = found.table(which).set_index("true world")
        assert table.sum(axis=1).tolist() == [100] * 4
    with pytest.raises(ValueError, match="'boxes' or 'lines'"):
        found.table("means")


def test_worlds_that_cannot_be_are_refused() -> None:
    """A wrong name, and more than everybody."""
    with pytest.raises(ValueError, match="choose one of flat, linear, convex, zone"):
        delight_world("round")
    with pytest.raises(ValueError, match="together below 1"):
        delight_world("flat", share_exceeded=0.5)


def test_the_same_seed_draws_the_same_customers() -> None:
    """And gives the truth back."""
    one, truth = customers(WORLDS["flat"], n=50, rng=np.random.default_rng(6))
    other, _ = customers(WORLDS["flat"], n=50, rng=np.random.default_rng(6))
    assert one.equals(other)
    assert truth is WORLDS["flat"]


@pytest.mark.parametrize(("mean", "ratio"), [(3.0, 1.06), (3.8, 1.17), (4.5, 1.53)])
def test_the_ceiling_ratios_of_the_syllabus(mean: float, ratio: float) -> None:
    """A Band: samples of 20,000 scatter by .03 to .05, and 2 SD hold the printed one.

    The exact ratios are 1.02, 1.17 and 1.48.
    """
    world = FivePoints(satisfied=mean)
    drawn = []
    for seed in range(20):
        table, _ = marks_and_satisfaction(
            world, n=20_000, rng=np.random.default_rng(seed)
        )
        drawn.append(penalty_and_reward(table["mark"], table["satisfaction"]).ratio)
    error = np.std(drawn, ddof=1)
    assert abs(np.mean(drawn) - world.truth.ratio) < 4 * error / np.sqrt(20)
    assert abs(ratio - world.truth.ratio) < 2 * error


def test_the_higher_the_mean_the_stronger_the_false_bend() -> None:
    """And with a mean near the floor it bends the other way."""
    means = (1.8, 2.2, 3.0, 3.8, 4.5)
    ratios = [FivePoints(satisfied=mean).truth.ratio for mean in means]
    assert ratios == sorted(ratios)
    assert ratios[0] < 1
    with pytest.raises(ValueError, match="between -1 and 1"):
        FivePoints(correlation=1)


def test_one_inclination_flattens_when_asked_and_climbs_when_acted_on() -> None:
    """The signs of Mittal and Kamakura (A06), from one straight line."""
    world = SayAndDo()
    assert world.bend_said < 0.8
    assert world.bend_done > 5
    x = np.linspace(-2, 2, 41)
    assert np.all(np.diff(world.says(x)) > 0)
    assert np.all(np.diff(world.does(x), n=2) > 0)
    assert "buying bends up" in world.describe()


def test_saying_and_doing_are_those_of_drawn_customers() -> None:
    """200,000 customers of satisfaction 1; 4 standard errors."""
    world, rng = SayAndDo(), np.random.default_rng(7)
    lean = 0.6 + 0.8 * rng.standard_normal(200_000)
    said = np.clip(np.round(world.said + lean), 1, 5).mean()
    assert said == pytest.approx(float(world.says(1.0)), abs=4 * 0.0015)
    done = (lean > world.threshold).mean()
    assert done == pytest.approx(float(world.does(1.0)), abs=4 * 0.0008)
