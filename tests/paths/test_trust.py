"""Whether the boxes deserve their arrows: reliability, distinctness, correction."""

import numpy as np
import pandas as pd
import pytest

from cxlab.datasets import load_mobi
from cxlab.paths import ECSI, corrected, fit, fit_matrix, htmt, path_model, reliability

SMALL = path_model(
    {
        "Image": "IMAG1 IMAG2 IMAG3 IMAG4 IMAG5",
        "Expectation": "CUEX1 CUEX2 CUEX3",
        "Value": "PERV1 PERV2",
        "Satisfaction": "CUSA1 CUSA2 CUSA3",
    },
    ["Image > Satisfaction", "Expectation > Satisfaction", "Value > Satisfaction"],
)
THREE = path_model(
    {"A": "a1 a2 a3", "B": "b1 b2 b3", "C": "c1 c2 c3"}, ["A > B", "A > C", "B > C"]
)
LATENT = np.array([[1, 0.6, 0.5], [0.6, 1, 0.4], [0.5, 0.4, 1]])
PLANTED = [0.6, (0.5 - 0.6 * 0.4) / 0.64, (0.4 - 0.6 * 0.5) / 0.64]


def population(loadings, latent=LATENT, model=THREE):
    """Correlations of items that each show one latent box, and noise of their own."""
    items = model.membership * np.asarray(loadings)[:, None]
    table = items @ latent @ items.T
    np.fill_diagonal(table, 1)
    return pd.DataFrame(table, list(model.items), list(model.items))


@pytest.fixture(scope="module")
def mobi():
    return load_mobi()


def test_noise_shrinks_an_arrow_by_the_reliability():
    """Closed form: one box before, one after, all loadings .8, two items each.

    A sum of two such items has reliability 4 * .64 / (2 + 2 * .64) = .7805, and the
    arrow shrinks from .6 to .6 * .7805.
    """
    pair = path_model({"A": "a1 a2", "B": "b1 b2"}, ["A > B"])
    fitted = fit_matrix(population([0.8] * 4, LATENT[:2, :2], pair), pair)
    shared = 4 * 0.64 / (2 + 2 * 0.64)
    assert fitted.paths["A > B"] == pytest.approx(0.6 * shared)
    assert corrected(fitted).rho_a["A"] == pytest.approx(shared)


@pytest.mark.parametrize("scheme", ["centroid", "factorial", "path"])
@pytest.mark.parametrize("scaled", [True, False])
def test_the_correction_recovers_planted_arrows(scheme, scaled):
    """Exact in the population, for uneven loadings too; the plain table is not."""
    items = population([0.9, 0.8, 0.6, 0.7, 0.85, 0.5, 0.8, 0.65, 0.75])
    fitted = fit_matrix(items, THREE, scheme=scheme, scaled=scaled)
    mended = corrected(fitted)
    np.testing.assert_allclose(mended.paths, PLANTED, atol=1e-8)
    np.testing.assert_allclose(mended.correlations, LATENT, atol=1e-8)
    assert abs(fitted.paths["A > B"] - PLANTED[0]) > 0.1


def test_htmt_of_equal_loadings_is_the_correlation_of_the_boxes():
    """Closed form of Henseler et al.: equal loadings cancel."""
    fitted = fit_matrix(population([0.7] * 9), THREE)
    np.testing.assert_allclose(htmt(fitted), [0.6, 0.5, 0.4], atol=1e-12)


def test_reliability_of_three_equal_items_by_hand():
    """Loadings .8: items correlate .64, alpha = 3 * .64 / (1 + 2 * .64) = .8421."""
    table = reliability(fit_matrix(population([0.8] * 9), THREE))
    assert table.loc["A", "alpha"] == pytest.approx(0.8421, abs=5e-5)
    assert table.loc["A", "rho_a"] == pytest.approx(table.loc["A", "alpha"])
    assert table.loc["A", "items"] == 3


def test_a_single_item_has_no_reliability(mobi):
    """One question says nothing about its own noise; PLSc takes it at its word."""
    fitted = fit(mobi, ECSI)
    assert reliability(fitted).loc["Complaints"].drop("items").isna().all()
    assert corrected(fitted).rho_a["Complaints"] == 1


def test_the_published_reliabilities_of_the_small_model(mobi):
    """Fixtures of seminr 2.3.1, path weighting: alpha, rhoC, AVE, rhoA."""
    found = reliability(fit(mobi, SMALL, scheme="path"))
    published = [
        [0.7228, 0.8183, 0.4780, 0.7453],
        [0.4519, 0.7332, 0.4805, 0.4617],
        [0.8236, 0.9179, 0.8483, 0.8575],
        [0.7792, 0.8715, 0.6934, 0.7840],
    ]
    columns = ["alpha", "rho_c", "ave", "rho_a"]
    np.testing.assert_allclose(found[columns], published, atol=6e-5)


def test_the_published_htmt_of_the_small_model(mobi):
    """Fixtures of seminr 2.3.1, three decimals."""
    found = htmt(fit(mobi, SMALL))
    np.testing.assert_allclose(
        found, [0.888, 0.652, 0.910, 0.589, 0.865, 0.741], atol=5e-4
    )


def test_the_published_correction_of_the_small_model(mobi):
    """Fixtures of seminr 2.3.1, factorial scheme."""
    mended = corrected(fit(mobi, SMALL, scheme="factorial"))
    np.testing.assert_allclose(mended.paths, [0.5377, 0.2410, 0.2583], atol=5e-5)
    assert mended.r2["Satisfaction"] == pytest.approx(0.8857, abs=5e-5)


def test_the_correction_turns_the_full_story_over(mobi):
    """PLSc on the full model: .98 where PLS prints .48, and a change of sign."""
    mended = corrected(fit(mobi, ECSI))
    assert mended.paths["Satisfaction > Loyalty"] == pytest.approx(0.9828, abs=5e-5)
    assert mended.paths["Image > Loyalty"] == pytest.approx(-0.1138, abs=5e-5)
    assert str(mended).endswith("Satisfaction > Loyalty goes from 0.48 to 0.98 SD")


def test_no_seven_boxes_could_have_the_corrected_correlations(mobi):
    mended = corrected(fit(mobi, ECSI))
    assert mended.smallest_eigenvalue < 0
    assert not mended.admissible
    assert corrected(fit(mobi, SMALL)).admissible


def test_a_reliability_that_is_not_positive_gives_no_corrected_arrow():
    """Items that pull against each other: noise cannot be divided out of them."""
    names = ["a1", "a2", "b"]
    rows = [[1, -0.5, 0.4], [-0.5, 1, 0.3], [0.4, 0.3, 1]]
    model = path_model({"A": "a1 a2", "B": "b"}, ["A > B"])
    mended = corrected(fit_matrix(pd.DataFrame(rows, names, names), model))
    assert mended.rho_a["A"] < 0
    assert mended.paths.isna().all()
    assert not mended.admissible
