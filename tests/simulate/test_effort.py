"""The world of contacts keeps what it was told, and can be fooled as intended."""

import numpy as np
import pytest

from cxlab.effort import disloyal_by_fifth, disloyal_by_group
from cxlab.latent import Link, implied_link
from cxlab.simulate.effort import contacts

TRUTH = implied_link(0.09, 0.96, share_extreme=0.2)


@pytest.mark.parametrize("cause", ["effort", "mood"])
def test_the_calibrated_world_draws_the_slide_it_was_calibrated_to(cause):
    """An independent run: all five groups within 4 Monte Carlo standard errors."""
    n = 400_000
    table, truth = contacts(TRUTH, n=n, rng=np.random.default_rng(3), cause=cause)
    found = disloyal_by_fifth(table).shares
    error = np.sqrt(truth.shares * (1 - truth.shares) / (n / 5))
    assert np.all(np.abs(found - truth.shares) < 4 * error)


def test_the_truth_comes_back_as_it_was_given():
    """What was planted can be laid beside what is found."""
    _, truth = contacts(TRUTH, n=10, rng=np.random.default_rng(1))
    assert truth is TRUTH


def test_effort_stays_on_its_scale():
    """1 easy to 7 hard, also for the most extreme of many contacts."""
    table, _ = contacts(TRUTH, n=100_000, rng=np.random.default_rng(2))
    assert table["effort"].between(1, 7).all()
    assert table["effort"].nunique() == 100_000


def test_the_same_seed_draws_the_same_contacts():
    """Re-running a cell repeats its numbers."""
    one, two = (contacts(TRUTH, n=50, rng=np.random.default_rng(7))[0] for _ in (1, 2))
    assert one.equals(two)


def test_making_contacts_easier_helps_only_where_effort_is_the_cause():
    """Both worlds draw one slide; one change in a random half tells them apart."""
    gaps = {}
    for cause in ("effort", "mood"):
        rng = np.random.default_rng(11)
        table, _ = contacts(TRUTH, n=200_000, rng=rng, cause=cause, relief=1.0)
        shares = table.groupby("eased")["disloyal"].mean()
        gaps[cause] = shares[True] - shares[False]
    assert gaps["effort"] < -0.2
    # no effect: the difference of two shares of 100,000 has a standard error of .0022
    assert abs(gaps["mood"]) < 4 * 0.0023


@pytest.mark.parametrize("s", [0.05, 1 / 3])
def test_any_cut_off_can_be_calibrated(s):
    """The knob of the lesson: the ends hit the bars whatever the groups are."""
    truth = implied_link(0.2, 0.8, share_extreme=s)
    table, _ = contacts(truth, n=200_000, rng=np.random.default_rng(4))
    found = disloyal_by_group(table, share_extreme=s)
    error = np.sqrt(0.2 * 0.8 / (200_000 * s))
    assert abs(found.low - 0.2) < 4 * error
    assert abs(found.high - 0.8) < 4 * error


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cause": "luck"}, "no such world"),
        ({"n": 0}, "at least one contact"),
        ({"relief": -1.0}, "0 or more standard deviations"),
    ],
)
def test_errors_teach(change, message):
    """What was given, what is allowed, what to do."""
    options = {"n": 10, "rng": np.random.default_rng(1)} | change
    with pytest.raises(ValueError, match=message):
        contacts(TRUTH, **options)


def test_a_mood_cannot_make_a_negative_link():
    """It colours both answers the same way."""
    truth = Link(correlation=-0.2, base=0.5, share_extreme=0.2)
    with pytest.raises(ValueError, match="go together"):
        contacts(truth, n=5, rng=np.random.default_rng(1), cause="mood")
