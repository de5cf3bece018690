"""On a common scale both parts of the gap come back; from 80 and 8 they do not."""

import numpy as np
import pandas as pd
import pytest

from cxlab import gap
from cxlab.simulate.gap import paired_firms


def test_the_line_lies_between_no_and_yes():
    """By hand: no at 4 and 5, yes at 7 and 8."""
    assert gap.line_of([8, 4, 7, 5], [True, False, True, False]) == 6


def test_one_who_errs_does_not_move_the_line():
    """A yes at 3 costs one error wherever the line is drawn above it."""
    assert gap.line_of([3, 4, 5, 7, 8], [True, False, False, True, True]) == 6


def test_a_line_nobody_crossed_cannot_be_seen():
    """All yes: the line lies below them all, and that is all we know."""
    with pytest.raises(ValueError, match="all 3 said yes"):
        gap.line_of([4, 5, 6], [True, True, True])


def test_four_firms_by_hand():
    """Each scores itself 2 points higher; the lines are 5 and 7: 2 points more."""
    pairs = pd.DataFrame(
        {
            "self_score": [4.0, 6.0, 8.0, 10.0],
            "customer_score": [2.0, 4.0, 6.0, 8.0],
            "firm_says_yes": [False, True, True, True],
            "customers_say_yes": [False, False, False, True],
        }
    )
    found = gap.decompose(pairs, n_boot=100, rng=np.random.default_rng(1))
    sd = np.std([2, 4, 6, 8], ddof=1)
    assert found.flattery.estimate == pytest.approx(2 / sd)
    assert found.threshold_gap.estimate == pytest.approx(2 / sd)
    assert found.limits_of_agreement == pytest.approx((2, 2))


@pytest.mark.parametrize(
    ("flattery", "stricter"), [(2.25, 0.0), (0.0, 2.25), (1.2, 1.05)]
)
def test_worlds_that_print_the_same_shares_are_told_apart(flattery, stricter):
    """Same 80 and 8 in all three; the pairs find each planted truth, over seeds."""
    errors = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        world = paired_firms(
            n_firms=362, flattery=flattery, threshold_gap=stricter, rng=rng
        )
        assert world.believe == pytest.approx(0.80, abs=0.005)
        found = gap.decompose(world.pairs, n_boot=100, rng=rng)
        errors.append(
            [
                found.flattery.estimate - flattery,
                found.threshold_gap.estimate - stricter,
            ]
        )
    assert np.abs(np.mean(errors, axis=0)).max() < 0.06
    assert np.std(errors, axis=0).max() < 0.15


def test_the_intervals_keep_their_promise():
    """Firms drawn anew: the planted flattery is caught in about 95 of 100 worlds."""
    caught = np.zeros(2)
    for seed in range(200):
        rng = np.random.default_rng(1000 + seed)
        world = paired_firms(n_firms=200, flattery=1.2, threshold_gap=1.05, rng=rng)
        found = gap.decompose(world.pairs, n_boot=200, rng=rng)
        caught += [
            found.flattery.low <= 1.2 <= found.flattery.high,
            found.threshold_gap.low <= 1.05 <= found.threshold_gap.high,
        ]
    assert (caught / 200).min() > 0.88


def test_a_missing_column_is_named():
    """And all that are needed are listed."""
    with pytest.raises(ValueError, match="no column firm_says_yes, customers_say_yes"):
        gap.decompose(
            pd.DataFrame({"self_score": [1], "customer_score": [1]}),
            rng=np.random.default_rng(1),
        )
