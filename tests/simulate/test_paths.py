"""The world of boxes is as we set it, and the correction finds it where it can."""

import numpy as np
import pytest

from cxlab.paths import corrected, fit, fit_matrix, path_model
from cxlab.simulate.paths import BoxWorld, alike_boxes, find_planted, survey


def test_correlations_of_boxes_follow_the_paths_by_hand():
    """Along Q > S > L and Q > L: .2 + .5 * .6 = .5, and .5 + .2 * .6 = .62."""
    between = alike_boxes(0.6).between
    assert between.loc["Quality", "Satisfaction"] == pytest.approx(0.6)
    assert between.loc["Quality", "Loyalty"] == pytest.approx(0.5)
    assert between.loc["Satisfaction", "Loyalty"] == pytest.approx(0.62)


def test_questions_of_one_box_share_the_square_of_the_loading():
    items = alike_boxes(0.6, loading=0.8).items
    assert items.loc["Q1", "Q2"] == pytest.approx(0.64)
    assert items.loc["Q1", "S1"] == pytest.approx(0.64 * 0.6)
    assert (np.diag(items) == 1).all()


@pytest.mark.parametrize("alike", [0.3, 0.6, 0.95])
def test_endless_data_mend_exactly_and_only_when_mended(alike):
    truth = alike_boxes(alike)
    fitted = fit_matrix(truth.items, truth.model)
    np.testing.assert_allclose(corrected(fitted).paths, truth.truth, atol=1e-7)
    assert fitted.paths["Satisfaction > Loyalty"] < 0.42


def test_a_large_survey_comes_near_the_world():
    """100,000 people: a correlation is off by .01 at most, three standard errors."""
    truth = alike_boxes(0.6)
    answers, same = survey(truth, n=100_000, rng=np.random.default_rng(1))
    assert same is truth
    np.testing.assert_allclose(answers.corr(), truth.items, atol=0.012)
    mended = corrected(fit(answers, truth.model)).paths
    np.testing.assert_allclose(mended, truth.truth, atol=0.03)


def test_boxes_may_be_given_in_any_order():
    """The arrows say which comes first, not the list."""
    model = path_model({"C": "c", "B": "b", "A": "a"}, ["A > B", "B > C"])
    between = BoxWorld(model=model, paths=(0.5, 0.4)).between
    assert between.loc["A", "C"] == pytest.approx(0.2)


def test_a_world_that_cannot_be_is_refused():
    model = path_model({"A": "a", "B": "b", "C": "c"}, ["A > C", "B > C"])
    with pytest.raises(ValueError, match="arrows into C would explain more than all"):
        BoxWorld(model=model, paths=(0.8, 0.7))
    with pytest.raises(ValueError, match="1 sizes were given for 2 arrows"):
        BoxWorld(model=model, paths=(0.8,))
    with pytest.raises(ValueError, match=r"loading=1\.5"):
        BoxWorld(model=model, paths=(0.1, 0.1), loading=1.5)


def test_one_box_with_two_names_is_refused():
    with pytest.raises(ValueError, match="At 1 they are one box"):
        alike_boxes(1.0)


def test_two_people_are_no_survey():
    with pytest.raises(ValueError, match="n=2: ask at least 3 people"):
        survey(alike_boxes(0.5), n=2, rng=np.random.default_rng(1))


WORLDS = {"two things": alike_boxes(0.6), "near twins": alike_boxes(0.95)}


@pytest.fixture(scope="module")
def planted():
    rng = np.random.default_rng(1)
    return find_planted(WORLDS, "Satisfaction > Loyalty", n=2000, n_boot=300, rng=rng)


def test_mending_finds_the_planted_arrow_where_boxes_are_two_things(planted):
    """2,000 people: off by .08 at most, three standard errors; plain is all below."""
    plain, mended = planted.plain["two things"], planted.mended["two things"]
    assert planted.truth == 0.5
    assert mended.estimate == pytest.approx(0.5, abs=0.08)
    assert plain.high < 0.5


def test_near_twins_cannot_be_mended(planted):
    """The plain interval stays short around the wrong number; the other one gapes."""
    plain, mended = planted.plain["near twins"], planted.mended["near twins"]
    assert plain.high < 0.5
    assert mended.high - mended.low > 5 * (plain.high - plain.low)


def test_a_planted_arrow_describes_its_picture(planted):
    said = planted.describe()
    assert said.startswith(
        "The planted arrow is 0.50. Found: two things, as printed 0."
    )
    assert len(planted.summary()) == 4


def test_worlds_with_different_truths_cannot_be_compared():
    with pytest.raises(ValueError, match=r"is \[0\.3, 0\.95\] in these worlds"):
        find_planted(
            {"a": alike_boxes(0.3), "b": alike_boxes(0.95)},
            "Quality > Satisfaction",
            n=50,
            n_boot=10,
            rng=np.random.default_rng(1),
        )
