"""Dealing the questions anew: what stays tidy then was never evidence."""

import numpy as np
import pytest

from cxlab.datasets import load_mobi
from cxlab.paths import ECSI, fit, path_model, shuffle_items

TWO = path_model({"A": "PERQ1 PERQ2", "B": "CUSA1 CUSA2"}, ["A > B"])


@pytest.fixture(scope="module")
def mobi():
    return load_mobi()


def test_a_deal_is_a_fit_with_the_headings_mixed(mobi):
    """Four questions: every deal is one of three ways to pair them."""
    four = mobi[list(TWO.items)]
    pairs = [("PERQ1", "PERQ2"), ("PERQ1", "CUSA1"), ("PERQ1", "CUSA2")]
    expected = []
    for first in pairs:
        second = [item for item in TWO.items if item not in first]
        model = path_model({"A": first, "B": second}, ["A > B"])
        expected.append(fit(four, model).r2["B"])
    found = shuffle_items(mobi, TWO, rng=np.random.default_rng(1), n_deals=60).dealt
    apart = np.abs(found - np.array(expected)[None, :]).min(axis=1)
    assert apart.max() < 1e-8
    assert len(np.unique(found.round(6))) == 3


def test_the_drawing_itself_is_the_first_row(mobi):
    shuffled = shuffle_items(mobi, ECSI, rng=np.random.default_rng(1), n_deals=5)
    np.testing.assert_allclose(shuffled.estimate, fit(mobi, ECSI).r2, atol=1e-12)
    summary = shuffled.summary()
    assert list(summary["quantity"][:2]) == ["Expectation", "Quality"]
    assert summary["quantity"][6] == "dealt: Expectation"


def test_random_boxes_explain_loyalty_as_well_as_the_drawing(mobi):
    """Band, REAL data: in some 90 of 100 deals, standard error under 2."""
    shuffled = shuffle_items(mobi, ECSI, rng=np.random.default_rng(1), n_deals=500)
    assert 0.82 < shuffled.share_as_high("Loyalty") < 0.97


def test_arrows_of_random_boxes_point_the_same_way(mobi):
    """Band: of twelve arrows, eleven or more are above zero in nine deals of ten."""
    rng = np.random.default_rng(1)
    dealt = shuffle_items(mobi, ECSI, rng=rng, of="paths", n_deals=300).dealt
    assert ((dealt > 0).sum(axis=1) >= 11).mean() > 0.88


def test_only_the_true_drawing_holds_questions_that_belong_together(mobi):
    """The other side's best point: its mean loading beats nearly every deal."""
    rng = np.random.default_rng(1)
    shuffled = shuffle_items(mobi, ECSI, rng=rng, of="loadings", n_deals=300)
    beaten = shuffled.dealt.mean(axis=1) < shuffled.estimate.mean()
    assert beaten.mean() > 0.98


def test_it_describes_what_its_picture_shows(mobi):
    shuffled = shuffle_items(mobi, ECSI, rng=np.random.default_rng(1), n_deals=50)
    said = shuffled.describe("Loyalty")
    assert said.startswith("Dealt at random, the questions reach the 0.46 of the dr")
    assert "Of 50 deals, half lie above 0." in said


def test_no_deal_is_refused(mobi):
    with pytest.raises(ValueError, match="0 deals were asked for"):
        shuffle_items(mobi, TWO, rng=np.random.default_rng(1), n_deals=0)


def test_an_unknown_statistic_is_refused(mobi):
    with pytest.raises(ValueError, match=r"'path'.*did you mean 'paths'"):
        shuffle_items(mobi, TWO, rng=np.random.default_rng(1), of="path")


def test_an_unknown_quantity_is_refused(mobi):
    shuffled = shuffle_items(mobi, TWO, rng=np.random.default_rng(1), n_deals=3)
    with pytest.raises(ValueError, match="No quantity is called 'C'"):
        shuffled.of_one("C")
