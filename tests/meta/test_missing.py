"""What is missing, why studies differ, and correlations bare bones."""

import numpy as np
import pytest

from cxlab import meta
from cxlab.datasets import load_bcg, load_published


@pytest.fixture(scope="module")
def bcg():
    rows = load_bcg()
    return meta.log_risk_ratios(
        rows["BCGTB"],
        rows["BCGVacc"] - rows["BCGTB"],
        rows["NoVaccTB"],
        rows["NoVacc"] - rows["NoVaccTB"],
    )


def test_latitude_explains_three_quarters_of_the_spread(bcg):
    """Chain 3.6 (metafor): .2515, -.0291, tau2 .0764, R2 75.62%."""
    line = meta.moderate(bcg, load_bcg()["Latitude"])
    assert line.intercept.estimate == pytest.approx(0.2515, abs=5e-5)
    assert line.slope.estimate == pytest.approx(-0.0291, abs=5e-5)
    # the reference stops as soon as tau squared moves by less than 1e-5
    assert line.tau2 == pytest.approx(0.0764, abs=6e-5)
    assert 100 * line.explained == pytest.approx(75.62, abs=0.01)
    assert list(line.summary()["quantity"]) == ["intercept", "slope"]


def test_the_printed_question_of_egger_comes_out(bcg):
    """Chain 3.6 (metafor, regtest): z = -.8033, the trials are not lopsided."""
    found = meta.asymmetry(bcg)
    assert found.z == pytest.approx(-0.8033, abs=5e-5)
    assert found.p == pytest.approx(0.4218, abs=5e-5)


def test_the_printed_filling_comes_out(bcg):
    """Chain 3.6 (metafor, trimfill): one trial is put in, and the average is -.6571."""
    filled = meta.trim_and_fill(bcg)
    assert (filled.missing, filled.side) == (1, "right")
    assert filled.pooled.average.estimate == pytest.approx(-0.6571, abs=5e-5)
    assert filled.pooled.studies.names[-1] == "filled 1"


def test_an_even_funnel_is_left_alone():
    """A mirror finds nothing where everything has its mirror image."""
    effects = np.array([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0])
    some = meta.studies(effects, [1, 0.4, 0.2, 0.1, 0.2, 0.4, 1])
    filled = meta.trim_and_fill(some, method="DL")
    assert filled.missing == 0
    assert meta.asymmetry(some).slope == pytest.approx(0, abs=1e-9)


def test_the_other_half_of_a_funnel_is_filled_in():
    """Take the small studies of one side away, and about as many are put back."""
    rng = np.random.default_rng(3)
    errors = np.linspace(0.02, 0.5, 60)
    effects = errors * rng.standard_normal(60)
    keep = (effects > 0) | (errors < 0.2)
    some = meta.studies(effects[keep], errors[keep] ** 2)
    filled = meta.trim_and_fill(some, method="DL")
    gone = int((~keep).sum())
    assert filled.side == "left"
    assert gone / 2 < filled.missing < 1.5 * gone
    assert filled.pooled.average.estimate < meta.pool(some).average.estimate


def test_the_printed_bare_bones_come_out():
    """Chain 3.6: mean .1730, chance 23.1% of the variance, SD of the truths .1163."""
    rows = load_published("commitment_performance")
    bare = meta.bare_bones(rows["r"], rows["people"])
    assert bare.mean.estimate == pytest.approx(0.1730, abs=5e-5)
    assert 100 * bare.by_chance == pytest.approx(23.1, abs=0.05)
    assert bare.sd_truth == pytest.approx(0.1163, abs=5e-5)
    assert bare.people == 14_169


def test_noise_divided_out_raises_mean_and_spread_alike():
    """By hand: reliabilities .64 and 1 divide by .8."""
    r, n = [0.1, 0.4, 0.2], [100, 100, 200]
    plain, clean = meta.bare_bones(r, n), meta.bare_bones(r, n, noise=(0.64, 1.0))
    assert clean.mean.estimate == pytest.approx(plain.mean.estimate / 0.8)
    assert clean.sd_truth == pytest.approx(plain.sd_truth / 0.8)
    assert list(plain.summary()["level"]) == [0.8]


def test_what_cannot_be_asked_is_refused_with_a_way_out(bcg):
    """Each message names what was given and what to do."""
    with pytest.raises(ValueError, match="not the same for all"):
        meta.moderate(bcg, np.ones(13))
    with pytest.raises(ValueError, match="at least two studies"):
        meta.bare_bones([0.1], [10])
    with pytest.raises(ValueError, match="a reliability lies above 0"):
        meta.bare_bones([0.1, 0.2], [10, 10], noise=(0.0, 1.0))
