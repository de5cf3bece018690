"""A literature with a drawer: what is printed agrees with its closed form."""

import numpy as np
import pytest

from cxlab import meta
from cxlab.simulate.evidence import EvidenceWorld, as_studies, literature, repaired


@pytest.mark.parametrize("drawer", [0.0, 0.5, 0.9])
def test_what_is_printed_agrees_with_the_closed_form(drawer):
    """200,000 studies of one size against the formula, within 4 standard errors."""
    world = EvidenceWorld(drawer=drawer, smallest=100, largest=100)
    done, _ = literature(world, k=200_000, rng=np.random.default_rng(5))
    share, mean = world.printed(100)
    seen = np.arctanh(done.loc[done["printed"], "r"])
    assert done["printed"].mean() == pytest.approx(share, abs=4 * 0.5 / 447)
    assert seen.mean() == pytest.approx(mean, abs=4 * seen.std() / len(seen) ** 0.5)


def test_without_a_drawer_everything_is_printed_and_the_truth_is_found():
    """The average of all studies is the planted one, within 4 standard errors."""
    world = EvidenceWorld(drawer=0.0)
    done, truth = literature(world, k=400, rng=np.random.default_rng(2))
    assert done["printed"].all()
    pooled = meta.pool(as_studies(done)).average
    error = (pooled.high - pooled.estimate) / 1.96
    assert abs(pooled.estimate - truth.truth) < 4 * error


def test_the_drawer_adds_most_where_studies_are_small():
    """Nothing is added to a study so large that it is always printed."""
    world = EvidenceWorld(heterogeneity=0.0)
    added = [world.printed(n)[1] - world.truth for n in (50, 200, 800, 20_000)]
    assert added == sorted(added, reverse=True)
    assert added[-1] == pytest.approx(0, abs=1e-6)


def test_both_repairs_leave_part_of_the_drawer_or_dig_too_deep():
    """All studies find the truth; the printed ones are above it, the filled between."""
    world = EvidenceWorld()
    found = repaired(world, k=100, n_worlds=30, rng=np.random.default_rng(4))
    truth = np.tanh(world.truth)
    average = found["average"]
    assert average["all studies"] == pytest.approx(truth, abs=0.01)
    assert average["printed"] > average["mirror images filled in"] > truth
    assert (found["low"] < found["average"]).all()


def test_worlds_that_cannot_be_are_refused():
    """Each message says what may be given."""
    with pytest.raises(ValueError, match="less than 1"):
        EvidenceWorld(drawer=1.0)
    with pytest.raises(ValueError, match="at least 4 people"):
        EvidenceWorld(smallest=3)
    with pytest.raises(ValueError, match="at least two studies"):
        literature(EvidenceWorld(), k=1, rng=np.random.default_rng(1))
