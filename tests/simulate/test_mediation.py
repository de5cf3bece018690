"""A world that carries nothing, and a survey that finds something all the same."""

import numpy as np
import pytest

from cxlab import mediation
from cxlab.simulate.mediation import CarriedWorld, found_by_strength, survey

NAMES = {"x": "Quality", "m": "Satisfaction", "y": "Loyalty"}


@pytest.mark.parametrize("b", [0.0, 0.4])
@pytest.mark.parametrize("confounding", [0.0, 0.6])
def test_a_long_survey_finds_what_was_worked_out(b, confounding):
    world = CarriedWorld(b=b, confounding=confounding)
    people, truth = survey(world, n=60_000, rng=np.random.default_rng(1))
    assert truth is world
    plain = mediation.fit(people, **NAMES)
    held = mediation.fit(people, **NAMES, covariates=["Goodwill"])
    assert plain.carried == pytest.approx(world.found, abs=0.012)
    assert held.carried == pytest.approx(world.carried, abs=0.012)


def test_goodwill_is_no_part_of_quality():
    people, _ = survey(CarriedWorld(), n=20_000, rng=np.random.default_rng(2))
    assert people["Quality"].corr(people["Goodwill"]) == pytest.approx(0, abs=0.03)


def test_asking_for_the_hidden_cause_mends_every_world():
    """Over several strengths the truth lies in nearly every mended interval."""
    rng = np.random.default_rng(3)
    found = found_by_strength([0, 0.3, 0.6, 0.8], n=800, n_boot=200, rng=rng)
    assert sum(one.low <= 0 <= one.high for one in found.held) >= 3
    assert found.without[-1].low > 0.2
    assert [one.estimate for one in found.without] == sorted(
        one.estimate for one in found.without
    )
    assert len(found.summary()) == 8
    assert "strength 0.8" in found.describe()


def test_worlds_and_surveys_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match=r"confounding=1\.0"):
        CarriedWorld(confounding=1.0)
    with pytest.raises(ValueError, match="at least 10 customers"):
        survey(CarriedWorld(), n=3, rng=np.random.default_rng(1))
