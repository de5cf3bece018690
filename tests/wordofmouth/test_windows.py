"""The year before the survey cannot tell three worlds apart; other years can."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import linregress

from cxlab.simulate.growth import KINDS, GrowthWorld, firms, hidden_worlds
from cxlab.wordofmouth import slope_by_window

WORLDS = [GrowthWorld(kind=kind) for kind in KINDS]


@pytest.mark.parametrize("world", WORLDS, ids=KINDS)
def test_every_world_shows_the_printed_slope_and_correlation(
    world: GrowthWorld,
) -> None:
    """.147 and .484 in the year before the survey; 40,000 firms, 4 standard errors."""
    table, truth = firms(world, n=40_000, rng=np.random.default_rng(1))
    assert truth is world
    found = slope_by_window(table)
    for window, one in found.slopes.items():
        assert one.estimate == pytest.approx(world.slope_at(window), abs=4 * 0.0016)
    r = np.corrcoef(table["score"], table[0])[0, 1]
    assert r == pytest.approx(0.484, abs=4 * 0.004)
    scatters = table[[-1, 0, 1, 2]].std()
    assert scatters.to_numpy() == pytest.approx(world.growth_sd, rel=0.015)


def test_the_slope_rises_after_the_survey_only_where_the_score_comes_first() -> None:
    """Twenty seeds of 2,000 firms: the letter of the lesson is always found."""
    for seed in range(20):
        rng = np.random.default_rng([seed, 3])
        truths = hidden_worlds(rng=rng)
        found = {
            k: slope_by_window(firms(t, n=2000, rng=rng)[0]) for k, t in truths.items()
        }
        best = max(found, key=lambda k: found[k].rise)
        assert truths[best].kind == "score first"


def test_the_slope_and_its_interval_are_those_of_scipy() -> None:
    """Another implementation, by the t distribution."""
    rng = np.random.default_rng(2)
    table = pd.DataFrame({"score": rng.normal(size=30), 0: rng.normal(size=30)})
    one = slope_by_window(table, windows=(0,)).slopes[0]
    other = linregress(table["score"], table[0])
    assert one.estimate == pytest.approx(other.slope)
    assert one.high == pytest.approx(other.slope + 2.0484071 * other.stderr)


def test_seven_points_are_one_percent_by_hand() -> None:
    """Three firms on a line: 1 / 7."""
    table = pd.DataFrame({"score": [0, 7, 14], 0: [1, 2, 3], 1: [1, 1, 1]})
    found = slope_by_window(table, windows=(0, 1))
    assert found.rise == pytest.approx(-1 / 7)
    assert found.windows == (0, 1)
    assert "0.143 in the year before" in found.describe()
    assert found.summary()["unit"].unique().tolist() == ["% growth per point"]


def test_errors_say_what_is_missing() -> None:
    """A year, firms, a spread of scores, a kind that is none."""
    table = pd.DataFrame({"score": [1, 2, 3], 0: [1, 2, 3]})
    with pytest.raises(ValueError, match=r"growth for the windows \[1\]"):
        slope_by_window(table, windows=(0, 1))
    with pytest.raises(ValueError, match="needs three"):
        slope_by_window(table[:2], windows=(0,))
    with pytest.raises(ValueError, match="the same score"):
        slope_by_window(table.assign(score=1), windows=(0,))
    with pytest.raises(ValueError, match="choose one of 'score first'"):
        GrowthWorld(kind="luck")
    with pytest.raises(ValueError, match=r"above 0 and below 0\.8"):
        GrowthWorld(kind="score first", correlation=0.9)
