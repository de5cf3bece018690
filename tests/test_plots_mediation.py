"""What the pictures of mediation say is what their results say."""

import numpy as np
import pytest

from cxlab import palette
from cxlab.datasets import load_tal_or
from cxlab.mediation import (
    Flicker,
    bootstrap,
    fit,
    hidden_cause,
    measured,
)
from cxlab.plots import (
    plot_carried_ways,
    plot_flicker,
    plot_found_by_strength,
    plot_hidden_cause,
    style,
)
from cxlab.simulate.mediation import CarriedWorld, found_by_strength, survey

NAMES = {"x": "cond", "m": "pmi", "y": "reaction"}
CHAIN = {"x": "Quality", "m": "Satisfaction", "y": "Loyalty"}


def message(ax):
    return style.message_of(style.figure_of(ax))


def points(ax, marker):
    """Where the points of one kind stand."""
    return np.hstack([x.get_xydata().T for x in ax.lines if x.get_marker() == marker])


def texts(ax):
    return [text.get_text() for text in ax.texts]


@pytest.fixture(scope="module")
def people():
    world = CarriedWorld(b=0.4, confounding=0.3)
    return survey(world, n=300, rng=np.random.default_rng(1))[0]


def test_each_way_has_its_row_and_the_message_counts_those_that_hold_nought():
    article, rng = load_tal_or(), np.random.default_rng(1)
    drawn = bootstrap(article, **NAMES, rng=rng, n_boot=2000)
    ways = {"Sobel": fit(article, **NAMES).sobel(), "BCa": drawn.bca()}
    ax = plot_carried_ways(drawn, ways)
    np.testing.assert_allclose(points(ax, "o")[0], [0.2413, 0.2413], atol=1e-4)
    assert [one.get_text() for one in ax.get_yticklabels()] == ["Sobel", "BCa"]
    assert message(ax) == "One study, 2 ways: 1 of 2 intervals hold nought"


def test_each_analyst_is_a_dot_and_those_below_nought_are_crosses():
    lows = {100: np.array([-0.01, 0.02, 0.0]), 400: np.array([0.01, 0.02, 0.03])}
    ax = plot_flicker(Flicker(lows=lows, level=0.95, n=50))
    assert points(ax, "x").shape[1] == 2
    assert points(ax, "o").shape[1] == 4
    assert "67 of 100 below" in texts(ax)
    assert message(ax).endswith("with 400 draws 0 of 100 analysts find nothing")


def test_found_points_are_open_and_the_truth_is_dashed():
    rng = np.random.default_rng(1)
    found = found_by_strength([0, 0.5], n=100, n_boot=100, rng=rng)
    ax = plot_found_by_strength(found)
    shown = points(ax, "o")
    np.testing.assert_allclose(shown[1], [one.estimate for one in found.without])
    circles = [line for line in ax.lines if line.get_marker() == "o"]
    assert {line.get_markerfacecolor() for line in circles} == {palette.PAPER}
    assert ax.lines[0].get_linestyle() == "--"


def test_the_curve_ends_in_nothing_at_the_needed_strength(people):
    rng = np.random.default_rng(2)
    hidden = hidden_cause(people, **CHAIN, rng=rng, n_boot=200)
    goodwill = measured(people, "Goodwill", **CHAIN)
    ax = plot_hidden_cause(hidden, asked=[goodwill], real=False)
    needed = hidden.needed.estimate
    np.testing.assert_allclose(points(ax, "o").ravel(), [needed, 0])
    on_curve = [goodwill.strength, hidden.at(goodwill.strength)]
    np.testing.assert_allclose(points(ax, "D").ravel(), on_curve)
    assert "asked: Goodwill" in texts(ax)
    assert f"{needed:.2f}" in message(ax)
