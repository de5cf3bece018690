"""A plain curve flattens where it has little room left, and only there."""

import numpy as np
import pytest
from scipy.special import logit

from cxlab import surveys


def test_three_quarters_loyal_at_the_bottom_looks_like_a_threshold():
    """75.1 of 100 at 1 gives +22 points to 5 and +2.0 points to 7 (facts, D05)."""
    found = surveys.flattening(0.751, lift=0.22)
    at = dict(zip(found.answers, found.curves[0], strict=True))
    assert at[5] - at[1] == pytest.approx(0.22)
    assert at[7] - at[5] == pytest.approx(0.020, abs=0.001)


def test_there_is_no_kink_in_any_of_the_curves():
    """On the logit scale every curve is a straight line."""
    found = surveys.flattening(np.arange(0.01, 0.78, 0.01), lift=0.22)
    bends = np.diff(logit(found.curves), n=2, axis=1)
    assert np.abs(bends).max() < 1e-9


def test_only_high_starting_points_flatten():
    """Of 77 whole percents the last few, without a gap."""
    starts = np.arange(1, 78) / 100
    found = surveys.flattening(starts, lift=0.22)
    assert found.flattens.sum() == 12
    assert found.first_flat == pytest.approx(0.66)
    assert found.flattens[-12:].all()


def test_from_the_middle_the_curve_goes_on():
    """Symmetry: from 39 to 61 of 100 the steps below and above the knee match."""
    found = surveys.flattening(0.39, lift=0.22)
    assert found.step_after[0] > 0.85 * found.step_before
    assert not found.flattens[0]
    assert np.isnan(found.first_flat)


def test_a_lift_beyond_everybody_is_refused():
    """No share passes 100%."""
    with pytest.raises(ValueError, match="starts below 1 less the lift"):
        surveys.flattening(0.80, lift=0.22)


def test_the_knee_lies_within_the_scale():
    """After the last answer nothing can flatten."""
    with pytest.raises(ValueError, match="between the answers 1 and 7"):
        surveys.flattening(0.5, lift=0.2, knee=7)
