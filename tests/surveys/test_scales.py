"""A scale is stated and held: wrong versions, reversed columns, stray answers."""

import numpy as np
import pytest

from cxlab import surveys
from cxlab.simulate.surveys import effort_answers


def test_a_version_is_never_guessed():
    """The answers 1 to 5 fit both versions, so they decide nothing."""
    with pytest.raises(ValueError, match="it is not guessed"):
        surveys.ces([1, 2, 5])
    with pytest.raises(ValueError, match=r"ces_version='2': it must be '1\.0' or"):
        surveys.ces([1, 2, 5], ces_version="2")


def test_an_answer_off_the_scale_is_named_with_its_place():
    """A seven on a five-point scale is somebody's mistake, and not ours to mend."""
    with pytest.raises(surveys.OffTheScale, match=r"7 at position 2 .* 1 of 3 answers"):
        surveys.ces([1, 7, 5], ces_version="1.0")


@pytest.mark.parametrize("stray", [2.5, "easy", 0, True + 10])
def test_only_whole_points_of_the_scale_are_answers(stray):
    """Half points, words and zeros are refused alike."""
    with pytest.raises(surveys.OffTheScale, match="at position 3"):
        surveys.scale_named("ces 2.0").check([1, 7, stray])


def test_who_did_not_answer_stays_missing():
    """Nothing is filled in."""
    checked = surveys.scale_named("csat").check([5, None, np.nan, 1])
    assert checked.isna().tolist() == [False, True, True, False]


@pytest.mark.parametrize("version", surveys.CES_VERSIONS)
def test_the_right_version_passes_over_seeds(version):
    """Stated as asked, no column of 200 customers is refused."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        asked = effort_answers(n=200, ces_version=version, rng=rng)
        surveys.ces(
            asked["effort"], ces_version=version, satisfaction=asked["satisfaction"]
        )


@pytest.mark.parametrize("version", surveys.CES_VERSIONS)
def test_a_column_turned_round_is_found_out_over_seeds(version):
    """The commonest fault of effort data is refused with its reason."""
    ends = {"1.0": 6, "2.0": 8}[version]
    for seed in range(20):
        rng = np.random.default_rng(seed)
        asked = effort_answers(n=200, ces_version=version, rng=rng)
        with pytest.raises(surveys.ReversedScale, match="correct it at its source"):
            surveys.ces(
                ends - asked["effort"],
                ces_version=version,
                satisfaction=asked["satisfaction"],
            )


def test_version_one_stated_as_two_is_found_out_though_no_answer_is_off():
    """The numbers alone cannot show it: 1 to 5 lie on 1 to 7."""
    asked = effort_answers(n=200, ces_version="1.0", rng=np.random.default_rng(5))
    surveys.ces(asked["effort"], ces_version="2.0")
    with pytest.raises(surveys.ReversedScale, match="satisfied customers gave"):
        surveys.ces(
            asked["effort"], ces_version="2.0", satisfaction=asked["satisfaction"]
        )


def test_few_customers_decide_nothing():
    """Ten answers cannot convict a column; the verdict says so."""
    asked = effort_answers(n=10, ces_version="1.0", rng=np.random.default_rng(1))
    found = surveys.direction(asked["effort"], asked["satisfaction"], scale="ces 2.0")
    assert found.verdict == "cannot tell"


def test_without_any_spread_the_direction_cannot_be_told():
    """Everybody answered 7: there is no correlation, and no crash."""
    found = surveys.direction([7, 7, 7, 7, 7], [1, 2, 3, 4, 5], scale="ces 2.0")
    assert found.verdict == "cannot tell"


def test_the_direction_agrees_with_fisher_by_hand():
    """r = .6, n = 28: atanh .6 = .6931, one standard error is a fifth."""
    rng = np.random.default_rng(3)
    raw = rng.standard_normal((28, 2))
    scores = np.clip(np.round(4 + 1.5 * raw[:, 0]), 1, 7)
    other = scores + raw[:, 1] * 1.5
    found = surveys.direction(scores, other, scale="ces 2.0", level=0.95)
    half = (np.arctanh(found.high) - np.arctanh(found.low)) / 2
    assert half == pytest.approx(1.959964 / 5, rel=1e-6)


def test_columns_of_different_customers_are_refused():
    """Pairs that are none would give a direction that is none."""
    with pytest.raises(ValueError, match="the same customers, in the same order"):
        surveys.direction([1, 2, 3], [1, 2], scale="ces 1.0")


def test_an_unknown_scale_lists_the_known():
    """A scale is chosen from a closed list."""
    with pytest.raises(ValueError, match=r"'ces 1\.0'"):
        surveys.scale_named("ces")


def test_a_box_of_all_answers_is_no_box():
    """The share would be 1 whatever customers say."""
    with pytest.raises(ValueError, match="1 to 4"):
        surveys.top_box([1, 2, 3], scale="csat", box=5)


def test_answers_are_counted_also_where_nobody_gave_them():
    """An empty bar is information."""
    found = surveys.distribution([10, 10, 0, None], scale="nps")
    assert found.counts.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert (found.n, found.missing) == (3, 1)


def test_the_mean_has_the_textbook_interval():
    """By hand: 1, 3, 5 has mean 3 and standard error 2 / sqrt(3)."""
    found = surveys.distribution([1, 3, 5], scale="csat").mean()
    assert found.estimate == 3
    assert found.high - 3 == pytest.approx(1.959964 * 2 / 3**0.5, rel=1e-6)


def test_no_answer_at_all_is_said():
    """A mean of nobody is not zero."""
    with pytest.raises(ValueError, match="left csat unanswered"):
        surveys.distribution([None, None], scale="csat")
    with pytest.raises(ValueError, match="no answers at all"):
        surveys.distribution([], scale="csat")
