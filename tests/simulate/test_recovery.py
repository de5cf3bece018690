"""The world of recoveries does what it says, and its truth is found again."""

import numpy as np
import pytest
from scipy.stats import norm

from cxlab.recovery import count_invited, tilt_by_bond, unmake
from cxlab.simulate.recovery import (
    RecoveryWorld,
    both_deals,
    customers,
    three_bonds,
)


def _draw(world, seed, deal="lot", n=4000):
    return customers(world, n=n, rng=np.random.default_rng(seed), deal=deal)[0]


def test_without_leaving_the_gap_is_one_bell_curve() -> None:
    """A quarter SD lost, and answers scatter by 1 / sqrt(.7) around it."""
    world = RecoveryWorld(share_leaving=0)
    assert world.gap == pytest.approx(norm.cdf(-0.25 * np.sqrt(0.7)) - 0.5)


def test_there_is_a_paradox_only_where_more_comes_back_than_was_lost() -> None:
    """The credit against the cost, where nobody leaves."""
    assert not RecoveryWorld(share_leaving=0, recovery_credit=0.49).paradox
    assert RecoveryWorld(share_leaving=0, recovery_credit=0.51).paradox


def test_shares_of_the_world_are_those_that_were_set() -> None:
    """40,000 customers; 4 standard errors of the smallest group."""
    world = RecoveryWorld()
    table = _draw(world, 1, "complaints", n=40_000)
    had = table[table["failed"]]
    assert len(had) / len(table) == pytest.approx(0.4, abs=0.01)
    assert had["complained"].mean() == pytest.approx(0.3, abs=0.015)
    assert had["complained"].equals(had["recovered"])
    unhelped = _draw(world, 1, "lot", n=40_000).query("failed and not recovered")
    assert unhelped["left"].mean() == pytest.approx(0.5, abs=0.025)
    assert unhelped["after"].isna().equals(unhelped["left"])
    agree = np.corrcoef(*table.loc[~table["failed"], ["before", "after"]].T.to_numpy())
    assert agree[0, 1] == pytest.approx(world.reliability, abs=0.015)


def test_the_survey_turns_the_sign_and_counting_all_turns_it_back() -> None:
    """Twenty seeds: a paradox in every survey, and none in the world."""
    world = RecoveryWorld()
    honest = []
    for seed in range(20):
        found = unmake(_draw(world, seed, "complaints"), _draw(world, seed + 100))
        assert found.survey.low > 0
        assert found.honest.high < 0
        honest.append(found.honest.estimate)
    # 800 put right and 2,400 without a failure: one standard error is .02
    assert np.mean(honest) == pytest.approx(world.gap, abs=4 * 0.02 / np.sqrt(20))


def test_the_share_loyal_after_a_failure_is_the_closed_form() -> None:
    """Both states, also where a bond sharpens; 4 standard errors of 20,000."""
    world = RecoveryWorld(buffer=-0.3, share_failed=0.99)
    table = _draw(world, 5, n=40_000).query("failed")
    for recovered, side in table.groupby("recovered")["loyal"]:
        truth = world.loyal_after(recovered=bool(recovered))
        assert side.mean() == pytest.approx(truth, abs=4 * 0.0035)


@pytest.mark.parametrize("kind", ["softens", "does nothing", "sharpens"])
def test_the_planted_bond_is_found_again(kind) -> None:
    """Over ten seeds; the mean interval's half width is .07, so 3 SE are .035."""
    world = three_bonds(RecoveryWorld(), strength=0.3)[kind]
    found = [tilt_by_bond(_draw(world, [seed, 1])) for seed in range(10)]
    mean = np.mean([one.buffer.estimate for one in found])
    assert mean == pytest.approx(world.buffer, abs=0.035)
    wanted = {"softens": "softens", "sharpens": "sharpens"}.get(kind)
    assert wanted is None or {one.called for one in found} == {wanted}
    assert all(one.others.estimate < -0.2 for one in found)


def test_both_deals_differ_in_who_is_put_right() -> None:
    """Those who complain in the one, half of those with a failure in the other."""
    complaints, lot = both_deals(RecoveryWorld(), n=4000, rng=np.random.default_rng(4))
    assert complaints["recovered"].equals(complaints["complained"])
    share = lot.loc[lot["failed"], "recovered"].mean()
    assert share == pytest.approx(0.5, abs=0.05)


def test_an_invitation_reaches_more_and_brings_less() -> None:
    """Thirty of 100 more are put right; all who were invited are counted."""
    found = count_invited(_draw(RecoveryWorld(), 3, "invitation", n=40_000))
    assert found.reached.estimate == pytest.approx(0.3, abs=0.03)
    assert 0 < found.brought.estimate < found.reached.estimate


def test_errors_teach() -> None:
    """No share, everybody gone, a bond that turns round, an unknown deal."""
    with pytest.raises(ValueError, match=r"complain_rate=0: a share above 0"):
        RecoveryWorld(complain_rate=0)
    with pytest.raises(ValueError, match="nobody would answer"):
        RecoveryWorld(share_leaving=1)
    with pytest.raises(ValueError, match="between -1 and 1"):
        RecoveryWorld(buffer=-1)
    with pytest.raises(ValueError, match="choose one of 'complaints'"):
        _draw(RecoveryWorld(), 1, "luck")
