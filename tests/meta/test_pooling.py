"""Pooled studies: by hand, closed forms, printed tables, and a planted truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import meta
from cxlab.datasets import load_bcg, load_published


def bcg():
    rows = load_bcg()
    return meta.log_risk_ratios(
        rows["BCGTB"],
        rows["BCGVacc"] - rows["BCGTB"],
        rows["NoVaccTB"],
        rows["NoVacc"] - rows["NoVaccTB"],
    )


def commitment():
    rows = load_published("commitment_performance")
    return meta.correlations(rows["r"], rows["people"])


def teachers():
    rows = load_published("teacher_expectancy")
    return meta.studies(rows["effect"], rows["variance"])


def test_the_tables_are_whole():
    """13 trials, 61 samples of 14,169 people, 19 experiments (chain 3.6)."""
    samples = load_published("commitment_performance")
    assert (len(samples), samples["people"].sum()) == (61, 14_169)
    assert load_bcg()[["BCGTB", "NoVaccTB"]].sum().tolist() == [1065, 1510]
    assert len(load_published("teacher_expectancy")) == 19


def test_by_hand_the_exact_study_weighs_more():
    """Variances 1 and 4: weights 4 to 1, so the average is (4 x 10 + 20) / 5."""
    two = meta.studies([10.0, 20.0], [1.0, 4.0])
    fixed = meta.pool(two, method="fixed")
    assert fixed.average.estimate == pytest.approx(12)
    assert fixed.weights == pytest.approx([0.8, 0.2])
    assert fixed.q == pytest.approx(0.8 * 4 * 1.25 + 0.2 * 64 * 1.25)


@pytest.mark.parametrize("method", ["DL", "HE", "PM", "REML"])
def test_with_equal_variances_every_way_gives_the_sample_variance_less_chance(method):
    """Closed form: tau2 = s^2 - v, and each study weighs the same."""
    some = meta.studies([0.0, 0.1, 0.5, 0.8], [0.01] * 4)
    expected = np.var(some.effects, ddof=1) - 0.01
    pooled = meta.pool(some, method=method)
    assert pooled.tau2.estimate == pytest.approx(expected, rel=1e-8)
    assert pooled.average.estimate == pytest.approx(0.35)


def test_maximum_likelihood_does_not_pay_for_the_mean():
    """With equal variances it divides by k where the others divide by k - 1."""
    some = meta.studies([0.0, 0.1, 0.5, 0.8], [0.01] * 4)
    assert meta.spread(some, method="ML") == pytest.approx(np.var(some.effects) - 0.01)


# chain 3.6: metafor 3.8.1, Raudenbush (2009) table 16.3
PRINTED = [
    (bcg, "fixed", -0.4303, None),
    (bcg, "DL", -0.7141, 0.3088),
    (bcg, "REML", -0.7145, 0.3132),
    (bcg, "PM", -0.7150, 0.3181),
    (commitment, "fixed", 0.1938, None),
    (commitment, "DL", 0.1865, 0.01808),
    (commitment, "REML", 0.1866, 0.01743),
    (commitment, "PM", 0.1866, 0.01784),
    (teachers, "fixed", 0.0604, None),
    (teachers, "DL", 0.0893, 0.0259),
    (teachers, "REML", 0.0837, 0.0188),
    (teachers, "ML", 0.0777, 0.0126),
    (teachers, "HE", 0.1143, 0.0804),
]


@pytest.mark.parametrize(("data", "method", "average", "tau2"), PRINTED)
def test_the_printed_tables_come_out(data, method, average, tau2):
    """To the printed decimals: half a unit of the last one, and what iteration leaves.

    The reference program stops as soon as tau squared moves by less than 1e-5.
    """
    pooled = meta.pool(data(), method=method)
    assert pooled.average.estimate == pytest.approx(average, abs=5.1e-5)
    if tau2 is not None:
        unit = 1e-5 if tau2 < 0.0185 and tau2 != 0.0126 else 1e-4
        stopped = 1e-5 if method in {"PM", "REML", "ML"} else 0
        assert pooled.tau2.estimate == pytest.approx(tau2, abs=0.51 * unit + stopped)


def test_the_printed_intervals_come_out():
    """Average, next study, Knapp and Hartung, I squared and Q of the BCG trials."""
    pooled = meta.pool(bcg())
    ends = (pooled.average.low, pooled.average.high)
    assert ends == pytest.approx((-1.0669, -0.3622), abs=5e-5)
    following = (pooled.next_study.low, pooled.next_study.high)
    assert following == pytest.approx((-1.8667, 0.4376), abs=5e-5)
    assert 100 * pooled.i2.estimate == pytest.approx(92.22, abs=0.005)
    assert pooled.q == pytest.approx(152.233, abs=5e-4)
    wider = meta.pool(bcg(), knapp_hartung=True).average
    assert (wider.low, wider.high) == pytest.approx((-1.1084, -0.3206), abs=5e-5)


def test_the_next_company_on_the_scale_of_correlations():
    """Chain 3.6: Fisher z, REML, led back: .1848, prediction -.074 to .420."""
    rows = load_published("commitment_performance")
    back = meta.pool(meta.fisher(rows["r"], rows["people"])).back()
    assert back.average.estimate == pytest.approx(0.1848, abs=5e-5)
    following = (back.next_study.low, back.next_study.high)
    assert following == pytest.approx((-0.074, 0.420), abs=5e-4)
    assert back.studies.effects == pytest.approx(rows["r"])
    teacher = meta.pool(teachers()).next_study
    # the reference's tau squared is off by up to 1e-5, worth 7e-5 here
    assert (teacher.low, teacher.high) == pytest.approx((-0.2036, 0.3711), abs=1.2e-4)


@pytest.mark.parametrize("data", [bcg, commitment, teachers])
def test_restricted_likelihood_is_highest_where_we_stop(data):
    """By its definition: a step to either side is worse."""
    some = data()
    best = meta.spread(some)

    def likelihood(tau2):
        w = 1 / (some.variances + tau2)
        mean = (w * some.effects).sum() / w.sum()
        left = (w * (some.effects - mean) ** 2).sum()
        return (np.log(w).sum() - np.log(w.sum()) - left) / 2

    assert likelihood(best) > likelihood(best * 1.001)
    assert likelihood(best) > likelihood(best * 0.999)


def test_limits_of_the_spread_are_where_the_scatter_is_too_much_or_too_little():
    """By its definition: Q at each end is a quantile of chi-square with 12 df."""
    from cxlab.meta.spread import scatter

    some = bcg()
    x = np.ones((13, 1))
    low, high = meta.spread_limits(some)
    seen = [scatter(some.effects, some.variances, x, end) for end in (low, high)]
    assert seen == pytest.approx([23.3367, 4.40379], abs=1e-4)


def test_a_planted_truth_lies_in_the_interval_as_often_as_promised():
    """400 literatures of 15 studies: coverage of 95% within 4 standard errors."""
    rng, hits = np.random.default_rng(7), 0
    for _ in range(400):
        v = rng.uniform(0.005, 0.05, 15)
        y = 0.2 + 0.15 * rng.standard_normal(15) + np.sqrt(v) * rng.standard_normal(15)
        one = meta.pool(meta.studies(y, v), method="DL", knapp_hartung=True).average
        hits += one.low <= 0.2 <= one.high
    assert abs(hits / 400 - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 400)


@given(
    st.lists(st.floats(-2, 2), min_size=3, max_size=8),
    st.floats(-3, 3),
    st.sampled_from(["DL", "PM", "HE", "REML"]),
)
def test_a_shift_moves_the_average_and_nothing_else(effects, shift, method):
    """The spread of truths does not know where zero is."""
    v = np.linspace(0.05, 0.4, len(effects))
    one = meta.pool(meta.studies(effects, v), method=method)
    other = meta.pool(meta.studies(np.array(effects) + shift, v), method=method)
    moved = other.average.estimate - one.average.estimate
    assert moved == pytest.approx(shift, abs=1e-6)
    assert other.tau2.estimate == pytest.approx(one.tau2.estimate, abs=1e-6)
    assert min(effects) - 1e-9 <= one.average.estimate <= max(effects) + 1e-9


def test_studies_that_agree_have_no_spread():
    """Less scatter than chance would give: tau squared is 0, and never negative."""
    same = meta.studies([0.3, 0.3, 0.3], [0.1, 0.2, 0.3])
    for method in meta.SPREADS:
        assert meta.spread(same, method=method) == 0
    assert meta.pool(same).i2.estimate == 0


def test_the_results_say_themselves():
    """One sentence, one tidy table, and words for the telephone."""
    pooled = meta.pool(bcg())
    assert str(pooled).startswith("average: -0.7145 log risk ratio")
    quantities = ["average", "the next study", "tau squared", "I squared"]
    assert list(pooled.summary()["quantity"]) == quantities
    assert "the truth of the next lies between -1.87 and 0.44" in pooled.describe()
    assert len(bcg().table()) == len(bcg()) == 13


def test_what_cannot_be_pooled_is_refused_with_a_way_out():
    """Each message names what was given and what to do."""
    with pytest.raises(ValueError, match="at least two studies"):
        meta.studies([0.1], [0.1])
    with pytest.raises(ValueError, match="not above 0"):
        meta.studies([0.1, 0.2], [0.1, 0.0])
    with pytest.raises(ValueError, match="2 studies: give one for each"):
        meta.studies([0.1, 0.2], [0.1, 0.1], names=["a"])
    with pytest.raises(ValueError, match="no such way"):
        meta.pool(bcg(), method="bayes")
    with pytest.raises(ValueError, match="no such way"):
        meta.spread(bcg(), method="fixed")
    with pytest.raises(ValueError, match="between -1 and 1"):
        meta.correlations([1.0, 0.2], [10, 10])
    with pytest.raises(ValueError, match="three people or fewer"):
        meta.fisher([0.1, 0.2], [3, 10])
    with pytest.raises(ValueError, match="a count of 0"):
        meta.log_risk_ratios([0, 1], [9, 9], [1, 1], [9, 9])
    with pytest.raises(ValueError, match=r"with meta\.fisher"):
        meta.pool(bcg()).back()
