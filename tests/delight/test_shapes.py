"""Plant a shape, find it again; then spoil it, and see what is lost."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from cxlab.delight import SHAPES, fit_shapes
from cxlab.delight.shapes import bent_columns
from cxlab.simulate.delight import customers, delight_world

EDGES = (-1.0, 1.0)
GAP = np.linspace(-3, 3, 61)
NUMBERS = {
    "flat": (50, 4, 0, 0),
    "linear": (50, 4, 4, 4),
    "convex": (50, 2, 2, 9),
    "zone": (50, 4, 0, 6),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_line_without_scatter_is_found_exactly(shape: str) -> None:
    """Its numbers to rounding error, and its name (a trace of scatter, for the log)."""
    rng = np.random.default_rng(1)
    y = bent_columns(GAP, EDGES) @ NUMBERS[shape] + 1e-4 * rng.standard_normal(61)
    found = fit_shapes(GAP, y, edges=EDGES)
    assert found.best == shape
    assert found.fitted[shape] == pytest.approx(NUMBERS[shape], abs=1e-3)
    assert found.line([0.0], shape=shape) == pytest.approx(
        bent_columns(np.array([0.0]), EDGES) @ NUMBERS[shape], abs=1e-3
    )


def test_slopes_and_errors_are_those_of_statsmodels() -> None:
    """Ordinary least squares on the same columns."""
    table, world = customers(
        delight_world("convex"), n=2000, rng=np.random.default_rng(3)
    )
    found = fit_shapes(table["gap"], table["loyalty"], edges=world.edges)
    other = sm.OLS(
        table["loyalty"], bent_columns(table["gap"].to_numpy(), world.edges)
    ).fit()
    assert [s.estimate for s in found.slopes] == pytest.approx(list(other.params[1:]))
    half = [(s.high - s.low) / 2 / 1.959964 for s in found.slopes]
    assert half == pytest.approx(list(other.bse[1:]), rel=1e-6)


def test_the_scatter_charge_is_bic() -> None:
    """n log(RSS / n) + k log(n), for the straight line."""
    rng = np.random.default_rng(4)
    y = 2 * GAP + rng.standard_normal(61)
    rss = np.sum((y - np.polyval(np.polyfit(GAP, y, 1), GAP)) ** 2)
    found = fit_shapes(GAP, y, edges=EDGES)
    assert found.bic["linear"] == pytest.approx(61 * np.log(rss / 61) + np.log(61))


def test_a_line_that_bends_down_is_no_delight() -> None:
    """Gentler above than below: neither convex nor a zone may claim it."""
    rng = np.random.default_rng(5)
    y = bent_columns(GAP, EDGES) @ (50, 4, 4, -3) + 1e-4 * rng.standard_normal(61)
    found = fit_shapes(GAP, y, edges=EDGES)
    assert found.bic["convex"] == np.inf
    assert found.bic["zone"] == np.inf


@pytest.mark.parametrize("shape", SHAPES)
def test_planted_slopes_lie_within_three_standard_errors(shape: str) -> None:
    """Facts 1.1; of 60 slopes over 20 seeds at most one may miss."""
    world, missed = delight_world(shape), 0
    for seed in range(20):
        table, _ = customers(world, n=3000, rng=np.random.default_rng(seed))
        found = fit_shapes(table["gap"], table["loyalty"], edges=world.edges)
        for one, truth in zip(found.slopes, world.slopes, strict=True):
            error = (one.high - one.low) / 2 / 1.959964
            missed += abs(one.estimate - truth) > 3 * error
    assert missed <= 1


@given(st.floats(0.1, 20), st.floats(-50, 50))
def test_the_winner_does_not_depend_on_the_scale_of_loyalty(
    stretch: float, move: float
) -> None:
    """Points, percent or stars: the shape is the same."""
    table, world = customers(delight_world("zone"), n=800, rng=np.random.default_rng(6))
    plain = fit_shapes(table["gap"], table["loyalty"], edges=world.edges)
    other = fit_shapes(
        table["gap"], move + stretch * table["loyalty"], edges=world.edges
    )
    assert other.best == plain.best
    assert other.lead == pytest.approx(plain.lead, rel=1e-3)


def test_an_empty_part_is_refused_with_its_counts() -> None:
    """Nobody above the band: no slope there."""
    with pytest.raises(ValueError, match=r"stand 20, .*, 0 customers"):
        fit_shapes(GAP, GAP, edges=(-1.0, 3.0))
    with pytest.raises(ValueError, match="one gap and one score"):
        fit_shapes(GAP, GAP[:-1], edges=EDGES)


def test_the_sentence_names_the_winner() -> None:
    """And the summary holds the three slopes."""
    table, world = customers(
        delight_world("flat"), n=5000, rng=np.random.default_rng(7)
    )
    found = fit_shapes(table["gap"], table["loyalty"], edges=world.edges)
    assert "the shape that fits best is 'flat' (n = 5,000)" in str(found)
    assert found.summary()["quantity"].tolist() == [
        "slope below the band",
        "slope within the band",
        "slope above the band",
    ]
