"""What an episode leaves, and how much each part of it makes of the memory."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.memory import FEATURES, design, features, printed_trial, share_after, weights

MOMENTS = st.lists(st.floats(0, 10), min_size=2, max_size=9)


def test_the_printed_example_of_two_patients():
    """Peak 8 and 8, end 7 and 1: the rule says 7.5 and 4.5 (Kahneman 2011)."""
    two = features([[2, 8, 5, 7], [2, 8, 5, 7, 4, 2, 1]])
    assert two["peak_end"].tolist() == [7.5, 4.5]
    assert two["duration"].tolist() == [4, 7]


@given(row=MOMENTS)
def test_moments_in_another_order_change_the_end_alone(row):
    table = features([row, row[::-1]])
    for part in ("peak", "mean", "duration"):
        assert table[part][0] == pytest.approx(table[part][1])
    assert table["end"].tolist() == [row[-1], row[0]]


def test_designed_parts_have_nothing_to_do_with_each_other():
    table = features(design())[list(FEATURES)]
    assert len(table) == 16
    assert table.corr().to_numpy() == pytest.approx(np.eye(4), abs=1e-12)


def test_a_design_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="Move the mean or the length"):
        design(peaks=(6.0,), means=(5.9,), ends=(1.0,))


def test_an_episode_without_moments_is_refused():
    with pytest.raises(ValueError, match="at least one moment"):
        features([[1, 2], []])


def test_weights_by_hand():
    """Two by two: moving the end by 6 moves the memory by 3, whatever the peak."""
    calls = pd.DataFrame({"peak": [8, 8, 6, 6, 8], "end": [7, 1, 7, 1, 7]})
    calls["memory"] = calls["peak"] / 2 + calls["end"] / 2
    found = weights(calls, of="memory", on=["peak", "end"])
    assert [e.estimate for e in found.of.values()] == pytest.approx([0.5, 0.5])


def test_an_interval_is_the_textbook_one():
    """One part, five rows: slope .9, residual sum 1.9, t(3) = 3.1824."""
    table = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [2, 2, 4, 4, 5.5]})
    one = weights(table, of="y", on=["x"])["x"]
    slope, left = 0.9, ((table["y"] - 3.5 - 0.9 * (table["x"] - 3)) ** 2).sum()
    reach = 3.182446305 * np.sqrt(left / 3 / 10)
    assert (one.estimate, one.low, one.high) == pytest.approx(
        (slope, slope - reach, slope + reach)
    )


def test_parts_that_cannot_be_told_apart_are_refused():
    table = features([[1, 2, 3], [4, 5, 9], [2, 2, 8], [1, 6, 6], [1, 3, 3], [2, 9, 9]])
    with pytest.raises(ValueError, match="can be computed from the others"):
        weights(table, of="mean", on=["peak", "end", "peak_end"])


def test_the_colonoscopy_trial():
    """50.4 of 100 and an odds ratio of 1.41 are 58.9 of 100 (2003; p = .038)."""
    trial = printed_trial(base=0.504, ratio=1.41, p=0.038, n=682)
    assert trial.share.estimate == pytest.approx(0.589, abs=5e-4)
    assert (trial.ratio.low, trial.ratio.high) == pytest.approx(
        (1.019, 1.951), abs=1e-3
    )
    assert trial.more == pytest.approx(8.5, abs=0.05)
    assert "50.4 of 100" in str(trial)
    assert trial.describe().endswith("58.9 with it.")
    assert list(trial.summary()["quantity"]) == ["odds ratio", "share after the change"]


@given(base=st.floats(0.01, 0.99), ratio=st.floats(0.1, 10))
def test_an_odds_ratio_and_back(base, ratio):
    after = share_after(base, ratio)
    assert after / (1 - after) == pytest.approx(ratio * base / (1 - base))


@pytest.mark.parametrize(("base", "ratio"), [(0, 2), (1, 2), (50.4, 1.41), (0.5, 0)])
def test_a_percent_is_no_share(base, ratio):
    with pytest.raises(ValueError, match="between 0 and 1"):
        share_after(base, ratio)


def test_an_odds_ratio_of_one_has_no_error():
    with pytest.raises(ValueError, match="exactly 1"):
        printed_trial(base=0.5, ratio=1, p=0.5, n=10)
