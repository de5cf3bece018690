"""Worlds of weeks: what was planted comes out."""

import numpy as np
import pytest

from cxlab.control import p_chart, p_prime_chart, xmr
from cxlab.simulate.control import (
    ChasedWorld,
    ComplaintWorld,
    WeeklyWorld,
    chased_weeks,
    complaint_weeks,
    three_worlds,
    weekly_scores,
)


def test_levels_stay_step_or_creep() -> None:
    """Two weeks before the change; a creep of a tenth of a sigma a week."""
    world = WeeklyWorld(level=70, sigma=5, begins=2)
    kinds = three_worlds(world, shift=1, weeks=20)
    assert kinds["stays"].levels(4).tolist() == [70] * 4
    assert kinds["steps"].levels(4).tolist() == [70, 70, 75, 75]
    assert kinds["creeps"].levels(4).tolist() == [70, 70, 70.5, 71]


def test_sigma_and_level_are_found_again() -> None:
    """20 seeds of 100 weeks; 4 standard errors of their mean."""
    charts = []
    for seed in range(20):
        weeks, world = weekly_scores(
            WeeklyWorld(), n=100, rng=np.random.default_rng(seed)
        )
        charts.append(xmr(weeks["score"]))
    assert np.mean([c.centre for c in charts]) == pytest.approx(70, abs=4 * 0.112)
    assert np.mean([c.sigma[0] for c in charts]) == pytest.approx(
        world.sigma, abs=4 * 0.085
    )


def test_a_step_hardly_widens_the_limits() -> None:
    """It adds one moving range; the standard deviation of all weeks swallows it."""
    rng = np.random.default_rng(1)
    weeks, _ = weekly_scores(WeeklyWorld(shift=3, begins=50), n=100, rng=rng)
    assert xmr(weeks["score"]).sigma[0] < 6
    assert weeks["score"].std() > 8


@pytest.mark.parametrize(("gain", "wander"), [(0, 0), (1, 0), (0.5, 0), (0.4, 0.3)])
def test_chased_weeks_stray_as_the_closed_form_says(gain, wander) -> None:
    """20,000 weeks; within 3%."""
    world = ChasedWorld(gain=gain, wander=wander)
    weeks, _ = chased_weeks(world, n=20_000, rng=np.random.default_rng(2))
    assert weeks["score"].std() == pytest.approx(world.spread, rel=0.03)
    assert weeks["score"].mean() == pytest.approx(70, abs=0.3)


def test_whoever_copies_last_week_walks_away() -> None:
    """The next level is the last score."""
    world = ChasedWorld(copies=True)
    weeks, _ = chased_weeks(world, n=50, rng=np.random.default_rng(3))
    assert weeks["level"].to_numpy()[1:] == pytest.approx(
        weeks["score"].to_numpy()[:-1]
    )
    assert world.spread == np.inf


def test_sigma_z_is_found_again() -> None:
    """Laney's stretch over 20 seeds of 100 weeks; within 4 standard errors."""
    world = ComplaintWorld()
    assert world.sigma_z == pytest.approx(
        np.sqrt(1 + 0.002**2 / (0.02 * 0.98 / 2e4)), rel=1e-4
    )
    found, screams = [], []
    for seed in range(20):
        weeks, _ = complaint_weeks(world, n=100, rng=np.random.default_rng(seed))
        counts = weeks["complaints"], weeks["customers"]
        plain, wide = p_chart(*counts), p_prime_chart(*counts)
        found.append(wide.sigma[0] / plain.sigma[0])
        screams.append((plain.outside, wide.outside))
    assert np.mean(found) == pytest.approx(world.sigma_z, abs=4 * 0.043)
    assert np.mean(screams, axis=0)[0] > 10
    assert np.mean(screams, axis=0)[1] < 2


def test_alike_weeks_scatter_by_chance_alone() -> None:
    """Then the plain p chart is right."""
    world = ComplaintWorld(unlike=0)
    weeks, _ = complaint_weeks(world, n=400, rng=np.random.default_rng(4))
    assert world.sigma_z == 1
    assert p_chart(weeks["complaints"], weeks["customers"]).outside <= 5


def test_worlds_that_cannot_be_are_refused() -> None:
    """Sigma 0, gains beyond two, shares beyond one."""
    with pytest.raises(ValueError, match="sigma is above 0"):
        WeeklyWorld(sigma=0)
    with pytest.raises(ValueError, match="gain=3"):
        ChasedWorld(gain=3)
    with pytest.raises(ValueError, match="above 0 points"):
        ChasedWorld(sigma=0)
    with pytest.raises(ValueError, match="a share lies"):
        ComplaintWorld(share=2)
