"""What 80 and 8 alone can say: two shares, their distance, and a ridge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from cxlab import gap

shares = st.floats(0.01, 0.99)


def test_eighty_against_eight_is_two_and_a_quarter_standard_deviations():
    """The syllabus's 2.247, from the printed shares."""
    assert gap.gap_in_sd(0.80, 0.08).estimate == pytest.approx(2.2467, abs=5e-5)


def test_sampling_error_is_not_the_story():
    """290 and 29 of 362 firms: .757 to .839 and .056 to .113."""
    found = gap.printed_gap(believers=290, achievers=29, n=362)
    ends = [
        found.believe.low,
        found.believe.high,
        found.deliver.low,
        found.deliver.high,
    ]
    assert ends == pytest.approx([0.757, 0.839, 0.056, 0.113], abs=0.0005)
    assert found.gap.low > 2


@given(believe=shares, deliver=shares)
def test_swapping_believers_and_achievers_turns_the_gap_round(believe, deliver):
    """The distance has a direction and no favourite."""
    there = gap.gap_in_sd(believe, deliver).estimate
    back = gap.gap_in_sd(deliver, believe).estimate
    assert there == pytest.approx(-back, abs=1e-12)


@given(part=st.floats(0, 1))
def test_every_point_of_the_ridge_prints_the_same_two_shares(part):
    """A normal world with any mixture of flattery and stricter line: 80 and 8."""
    found = gap.ridge(0.80, 0.08, n=362)
    flattery = part * found.total.estimate
    customers_line = norm.ppf(0.92)
    firms_line = customers_line - found.stricter_line(flattery)
    assert norm.sf(customers_line) == pytest.approx(0.08)
    assert norm.sf(firms_line - flattery) == pytest.approx(0.80)


def test_the_interval_of_the_gap_agrees_with_samples_drawn_anew():
    """The delta method against 20,000 pairs of samples."""
    import numpy as np

    rng = np.random.default_rng(1)
    p, d = rng.binomial(362, [0.80, 0.08], size=(20_000, 2)).T / 362
    spread = (norm.ppf(p) - norm.ppf(d)).std()
    found = gap.gap_in_sd(0.80, 0.08, n=362)
    assert (found.high - found.estimate) / 1.96 == pytest.approx(spread, rel=0.03)


@pytest.mark.parametrize("share", [0, 1, 80])
def test_a_share_at_the_end_or_in_percent_is_refused(share):
    """The curves would be infinitely far apart, or the share is none."""
    with pytest.raises(ValueError, match=r"Give 80% as 0\.8"):
        gap.gap_in_sd(share, 0.08)
