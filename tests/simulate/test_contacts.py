"""A contact log keeps the shares it was told, and looks like an export."""

import numpy as np
import pytest

from cxlab.resolution import LOG_COLUMNS
from cxlab.simulate.contacts import ContactWorld, contact_log, queue_waits

WORLD = ContactWorld()


def _log(n: int = 2000, seed: int = 1, world: ContactWorld = WORLD):
    return contact_log(world, n=n, rng=np.random.default_rng(seed))[0]


def test_it_has_the_columns_that_the_door_expects() -> None:
    """And no value is missing."""
    log = _log()
    assert list(log.columns) == list(LOG_COLUMNS)
    assert not log.isna().any(axis=None)


def test_it_is_in_no_order() -> None:
    """As an export is: neither by day nor by customer."""
    log = _log()
    assert not log["day"].is_monotonic_increasing
    assert not log["customer"].is_monotonic_increasing


def test_every_customer_is_in_it() -> None:
    """And an issue has at most two contacts."""
    log = _log()
    assert log["customer"].nunique() == 2000
    assert log.groupby(["customer", "issue"], observed=True).size().max() == 2


def test_issues_come_in_the_shares_planted() -> None:
    """Of first issues: within 4 standard errors of a share of 20,000."""
    world = ContactWorld(follow_share=0, other_share=0)
    cases = _log(20_000, world=world).drop_duplicates("customer")
    found = cases["issue"].value_counts(normalize=True)
    for issue, share in world.issues.items():
        assert abs(found[issue] - share) < 4 * np.sqrt(share * (1 - share) / 20_000)


def test_the_same_seed_draws_the_same_log() -> None:
    """Re-running a cell repeats its numbers."""
    assert _log(seed=7).equals(_log(seed=7))
    assert not _log(seed=7).equals(_log(seed=8))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"true_share": 40.0}, r"Give 75% as 0\.75"),
        ({"issues": {"a": 0.5}}, "add up to 1"),
        ({"followed": "move"}, "must be issues of this world"),
        ({"other_share": 2.0}, "shares lie between 0 and 1"),
    ],
)
def test_a_world_that_cannot_be_is_refused(wrong, message: str) -> None:
    """Before anything is drawn."""
    with pytest.raises(ValueError, match=message):
        ContactWorld(**wrong)


def test_no_customers_make_no_log() -> None:
    """The message gives the number."""
    with pytest.raises(ValueError, match="n=0"):
        _log(0)


def test_a_queue_repeats_itself_from_its_seed() -> None:
    """And leaves out the tenth in which it builds up."""
    one, two = (
        queue_waits(load=0.5, agents=1, n=1000, rng=np.random.default_rng(3))
        for _ in (1, 2)
    )
    assert len(one) == 900
    assert np.array_equal(one, two)
