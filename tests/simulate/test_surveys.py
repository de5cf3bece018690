"""The worlds of surveys keep what they were told."""

import numpy as np
import pytest

from cxlab import surveys
from cxlab.simulate import surveys as worlds


def test_repeated_surveys_agree_with_their_market_on_average():
    """Within 4 Monte Carlo standard errors, over 2,000 surveys of 100."""
    truth = surveys.per_hundred(
        share_satisfied=0.9, leave_if_satisfied=0.2, stay_if_dissatisfied=0.28
    )
    drawn = worlds.repeated_surveys(
        truth, n=100, surveys=2000, rng=np.random.default_rng(1)
    )
    mean = np.mean([d.counts for d in drawn], axis=0)
    assert np.abs(mean - truth.counts).max() < 4 * np.sqrt(100 * 0.25 / 2000)
    assert all(d.n == 100 for d in drawn)


def test_the_share_who_stay_is_the_share_asked_for():
    """By an independent large run, within two points."""
    found = worlds.race(n=200_000, rng=np.random.default_rng(2), share_stay=0.75)
    assert found.stayed.mean() == pytest.approx(0.75, abs=0.02)


def test_equal_scores_are_equally_good_in_a_large_world():
    """A quarter of a million customers cannot tell them apart."""
    found = worlds.race(n=250_000, rng=np.random.default_rng(3))
    areas = [surveys.auc(found.scores[c], found.stayed) for c in found.scores]
    assert max(areas) - min(areas) < 0.004
    assert set(found.noise.values()) == {1.0}


def test_more_noise_predicts_less():
    """The truth of a race is its noise."""
    found = worlds.race(
        n=20_000, rng=np.random.default_rng(4), noise={"sharp": 0.3, "dull": 2.0}
    )
    sharp, dull = (surveys.auc(found.scores[c], found.stayed) for c in found.scores)
    assert sharp > dull + 0.05


@pytest.mark.parametrize("version", surveys.CES_VERSIONS)
def test_answers_about_effort_run_as_their_version_says(version):
    """Negative with satisfaction in 1.0, positive in 2.0."""
    table = worlds.effort_answers(
        n=500, ces_version=version, rng=np.random.default_rng(5)
    )
    found = surveys.direction(
        table["effort"], table["satisfaction"], scale=f"ces {version}"
    )
    assert found.verdict == "as stated"


def test_the_same_seed_asks_the_same_customers():
    """Re-running a cell repeats its numbers."""
    one, two = (worlds.race(n=50, rng=np.random.default_rng(6)) for _ in (1, 2))
    assert one.scores.equals(two.scores)


def test_worlds_refuse_what_cannot_be():
    """Each message says what is allowed."""
    rng = np.random.default_rng(7)
    with pytest.raises(ValueError, match="at least 20 customers"):
        worlds.race(n=5, rng=rng)
    with pytest.raises(ValueError, match=r"the versions are 1\.0, 2\.0"):
        worlds.effort_answers(n=5, ces_version="3.0", rng=rng)
    with pytest.raises(ValueError, match="at least one agent"):
        worlds.agents(n_agents=0, per_agent=1, spread=0, rng=rng)
