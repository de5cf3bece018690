"""The strength a hidden cause needs: planted, found, beside causes that were asked."""

import numpy as np
import pytest

from cxlab import mediation
from cxlab.simulate.mediation import CarriedWorld, survey

NAMES = {"x": "Quality", "m": "Satisfaction", "y": "Loyalty"}


def asked(world, *, n=20_000, seed=1):
    people, _ = survey(world, n=n, rng=np.random.default_rng(seed))
    return people


def hidden(people, n_boot=100):
    rng = np.random.default_rng(2)
    return mediation.hidden_cause(people, **NAMES, rng=rng, n_boot=n_boot)


def test_where_nothing_is_carried_the_needed_strength_is_the_planted_one():
    """All that seems to be carried came from the hidden cause: the root gives it."""
    found = hidden(asked(CarriedWorld(b=0.0, confounding=0.6)))
    assert found.needed.estimate == pytest.approx(0.6, abs=0.015)
    assert found.leftover.estimate == pytest.approx(0.36, abs=0.02)


@pytest.mark.parametrize(("b", "strength"), [(0.4, 0.0), (0.4, 0.5), (-0.3, 0.7)])
def test_the_curve_gives_the_truth_at_the_planted_strength(b, strength):
    world = CarriedWorld(a=0.5, b=b, confounding=strength)
    found = hidden(asked(world))
    assert found.carried[0] == pytest.approx(world.found, abs=0.02)
    assert found.at(strength) == pytest.approx(world.carried, abs=0.02)


def test_without_a_hidden_cause_the_curve_starts_at_what_is_found():
    people = asked(CarriedWorld(b=0.4, confounding=0.3), n=300)
    assert hidden(people).carried[0] == pytest.approx(
        mediation.fit(people, **NAMES).carried
    )


def test_at_the_needed_strength_nothing_is_left():
    found = hidden(asked(CarriedWorld(b=0.4, confounding=0.3), n=300))
    assert found.at(found.needed.estimate) == pytest.approx(0, abs=0.002)
    assert found.needed.low < found.needed.estimate < found.needed.high


def test_where_the_arrow_points_down_the_hidden_cause_pushes_apart():
    """The same sizes come out for an outcome counted the other way round."""
    people = asked(CarriedWorld(b=0.4, confounding=0.3), n=300)
    up, down = hidden(people), hidden(people.assign(Loyalty=-people["Loyalty"]))
    assert down.needed.estimate == pytest.approx(up.needed.estimate)
    np.testing.assert_allclose(down.carried, -up.carried, atol=1e-9)


def test_a_cause_that_was_asked_lies_on_the_curve():
    """Exactly: b with the cause held equal is what the curve gives at its strength."""
    people = asked(CarriedWorld(b=0.4, confounding=0.5), n=400)
    goodwill = mediation.measured(people, "Goodwill", **NAMES)
    held = mediation.fit(people, **NAMES, covariates=["Goodwill"])
    a = mediation.fit(people, **NAMES).a["Satisfaction"]
    assert hidden(people).at(goodwill.strength) == pytest.approx(
        a * held.b["Satisfaction"], abs=2e-4
    )
    assert goodwill.carried == held.carried


def test_goodwill_shows_the_strength_that_was_planted():
    goodwill = mediation.measured(
        asked(CarriedWorld(b=0.4, confounding=0.5)), "Goodwill", **NAMES
    )
    assert goodwill.with_mediator == pytest.approx(0.5, abs=0.02)
    assert goodwill.with_outcome == pytest.approx(0.5, abs=0.02)


def test_it_says_where_nothing_is_left():
    found = hidden(asked(CarriedWorld(b=0.4, confounding=0.3), n=300))
    assert f"at {found.needed.estimate:.2f}" in found.describe()
    assert list(found.summary()["quantity"]) == [
        "leftover correlation",
        "needed strength",
    ]


def test_a_strength_that_cannot_be_is_refused():
    found = hidden(asked(CarriedWorld(), n=200))
    with pytest.raises(ValueError, match=r"strength=1\.2"):
        found.at(1.2)
