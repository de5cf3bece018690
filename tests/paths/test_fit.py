"""The table of arrows: by hand, in closed form, as published, and refused."""

import numpy as np
import pandas as pd
import pytest

from cxlab.datasets import load_mobi, load_published
from cxlab.paths import ECSI, fit, fit_matrix, path_model, scores

# Monecke & Leisch (2012), semPLS, J. Statistical Software 48(3), and the results of
# SmartPLS 2.0 that the package carries: the same 250 people.
PRINTED = load_published("ecsi_printed").set_index("path")
COLUMNS = {"centroid": "centroid", "factorial": "factorial", "path": "path_weighting"}
# The settings of Tenenhaus et al. (2005), CSDA 48, 159-205 (unscaled, centroid),
# recomputed by an independent program; three decimals.
UNSCALED = [0.493, 0.545, 0.066, 0.540, 0.153, 0.037, 0.544, 0.200, 0.540, 0.212]
UNSCALED += [0.4655, 0.050]
R2 = [0.2547, 0.3105, 0.3446, 0.6803, 0.2768, 0.4573]
R2_UNSCALED = [0.243, 0.297, 0.335, 0.672, 0.292, 0.432]
LOADINGS = [0.7434, 0.6007, 0.5776, 0.7684, 0.7445, 0.7715, 0.6866, 0.6118]
LOADINGS += [0.8033, 0.6374, 0.7835, 0.7691, 0.7558, 0.7752, 0.7794, 0.9043, 0.9379]
LOADINGS += [0.7990, 0.8462, 0.8519, 1.0, 0.8138, 0.2191, 0.9168]

SMALL = path_model(
    {
        "Image": "IMAG1 IMAG2 IMAG3 IMAG4 IMAG5",
        "Expectation": "CUEX1 CUEX2 CUEX3",
        "Value": "PERV1 PERV2",
        "Satisfaction": "CUSA1 CUSA2 CUSA3",
    },
    ["Image > Satisfaction", "Expectation > Satisfaction", "Value > Satisfaction"],
)


def table(rows, names):
    return pd.DataFrame(rows, list(names), list(names), dtype=float)


@pytest.fixture(scope="module")
def mobi():
    return load_mobi()


def test_two_boxes_by_hand():
    """Items that do not move together, .6 and .3 with the other box.

    Weights are as .6 to .3; the score's variance is .6**2 + .3**2 = .45; so the arrow
    is .45 / sqrt(.45).
    """
    items = table([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]], ["a1", "a2", "b"])
    fitted = fit_matrix(items, path_model({"A": "a1 a2", "B": "b"}, ["A > B"]))
    assert fitted.weights["a1"] / fitted.weights["a2"] == pytest.approx(2)
    assert fitted.paths["A > B"] == pytest.approx(np.sqrt(0.45))


def test_one_item_a_box_is_ordinary_regression(mobi):
    """With nothing to weigh, the arrows are standardised regression weights."""
    model = path_model(
        {"Q": "PERQ1", "S": "CUSA1", "L": "CUSL3"}, ["Q > S", "Q > L", "S > L"]
    )
    z = (mobi - mobi.mean()) / mobi.std()
    by_least_squares, *_ = np.linalg.lstsq(z[["PERQ1", "CUSA1"]], z["CUSL3"])
    found = fit(mobi, model).paths[["Q > L", "S > L"]]
    np.testing.assert_allclose(found, by_least_squares, atol=1e-12)


def test_planted_paths_between_equal_weight_composites_are_recovered():
    """The population in which a score is the sum of its items: nothing is lost.

    Two items a box that correlate .5, so that a sum has variance 3 and items of
    different boxes correlate .75 r.
    """
    r = table([[1, 0.6, 0.5], [0.6, 1, 0.4], [0.5, 0.4, 1]], "ABC")
    items = np.kron(r, np.full((2, 2), 0.75))
    for k in range(3):
        items[2 * k : 2 * k + 2, 2 * k : 2 * k + 2] = [[1, 0.5], [0.5, 1]]
    names = ["a1", "a2", "b1", "b2", "c1", "c2"]
    model = path_model(
        {"A": "a1 a2", "B": "b1 b2", "C": "c1 c2"}, ["A > B", "A > C", "B > C"]
    )
    fitted = fit_matrix(table(items, names), model)
    expected = [0.6, (0.5 - 0.6 * 0.4) / 0.64, (0.4 - 0.6 * 0.5) / 0.64]
    np.testing.assert_allclose(fitted.paths, expected, atol=1e-9)


@pytest.mark.parametrize("scheme", COLUMNS)
def test_the_twelve_published_paths(mobi, scheme):
    """SmartPLS prints eight decimals; ours agree to the last but its rounding."""
    found = fit(mobi, ECSI, scheme=scheme).paths
    assert list(found.index) == list(PRINTED.index)
    np.testing.assert_allclose(found, PRINTED[COLUMNS[scheme]], atol=2e-8)


def test_the_unscaled_table_of_2005(mobi):
    """Known to three decimals, so half a unit of the third."""
    found = fit(mobi, ECSI, scaled=False)
    np.testing.assert_allclose(found.paths, UNSCALED, atol=5e-4)
    np.testing.assert_allclose(found.r2, R2_UNSCALED, atol=5e-4)


def test_the_published_r2_and_loadings(mobi):
    """To the four decimals at hand."""
    found = fit(mobi, ECSI)
    np.testing.assert_allclose(found.r2, R2, atol=5e-5)
    np.testing.assert_allclose(found.loadings, LOADINGS, atol=5e-5)


def test_the_published_total_effects_on_loyalty(mobi):
    total = fit(mobi, ECSI).total_effects
    starts = ["Image", "Expectation", "Quality", "Value", "Satisfaction"]
    found = [total[f"{start} > Loyalty"] for start in starts]
    np.testing.assert_allclose(
        found, [0.3988, 0.2185, 0.3227, 0.0999, 0.5209], atol=5e-5
    )


def test_the_small_model_of_seminr(mobi):
    """Fixtures of seminr 2.3.1 (factorial_coefficients, path_coef1, rsquared1)."""
    factorial = fit(mobi, SMALL, scheme="factorial").paths
    weighted = fit(mobi, SMALL, scheme="path")
    np.testing.assert_allclose(
        factorial, [0.446873985, 0.172941539, 0.315219423], atol=1e-8
    )
    np.testing.assert_allclose(
        weighted.paths, [0.447003897, 0.171830104, 0.316425319], atol=1e-8
    )
    assert weighted.r2["Satisfaction"] == pytest.approx(0.590603, abs=5e-7)
    assert weighted.adjusted_r2["Satisfaction"] == pytest.approx(0.585611, abs=5e-7)


def test_an_indirect_effect_is_the_product_of_its_arrows():
    chain = path_model({"A": "a", "B": "b", "C": "c"}, ["A > B", "B > C"])
    r = table([[1, 0.5, 0.3], [0.5, 1, 0.4], [0.3, 0.4, 1]], "abc")
    fitted = fit_matrix(r, chain)
    assert fitted.indirect_effects["A > C"] == pytest.approx(0.5 * 0.4)
    assert fitted.indirect_effects["A > B"] == pytest.approx(0)


def test_scores_have_variance_one_and_give_the_arrows_back(mobi):
    fitted = fit(mobi, ECSI, scaled=False)
    people = scores(mobi, fitted)
    assert people.shape == (250, 7)
    np.testing.assert_allclose(people.std(), 1)
    np.testing.assert_allclose(people.corr(), fitted.correlations, atol=1e-12)


def test_a_covariance_table_is_as_good_as_the_answers(mobi):
    """Papers print correlations; this one has items to spare."""
    from_table = fit_matrix(mobi.corr(), SMALL, n=250)
    assert from_table.n == 250
    np.testing.assert_allclose(from_table.paths, fit(mobi, SMALL).paths, atol=1e-12)


def test_the_summary_is_the_tidy_table(mobi):
    summary = fit(mobi, SMALL).summary()
    assert list(summary.columns[:2]) == ["quantity", "estimate"]
    assert summary["n"].eq(250).all()
    assert summary["low"].isna().all()


def test_a_fit_says_its_largest_arrow(mobi):
    assert str(fit(mobi, ECSI)).endswith("Expectation > Quality: 0.56 SD")


def test_a_fit_describes_all_its_arrows(mobi):
    said = fit(mobi, ECSI).describe()
    assert said.startswith("The strongest of 12 arrows, Expectation > Quality, carries")
    assert "Satisfaction > Loyalty 0.48" in said


def test_gaps_are_refused_not_filled(mobi):
    with_gaps = mobi.astype(float)
    with_gaps.loc[[3, 5], "CUSA1"] = np.nan
    with pytest.raises(ValueError, match=r"2 answers are missing \(CUSA1\)"):
        fit(with_gaps, ECSI)


def test_a_missing_column_is_named_with_the_nearest(mobi):
    model = path_model({"S": "CUSA1 CUSA", "L": "CUSL1"}, ["S > L"])
    with pytest.raises(ValueError, match=r"called 'CUSA'.*did you mean 'CU"):
        fit(mobi, model)


def test_an_item_that_never_varies_is_refused(mobi):
    with pytest.raises(ValueError, match="Everybody gave the same answer to CUSCO"):
        fit(mobi.assign(CUSCO=7), ECSI)


def test_words_are_refused(mobi):
    with pytest.raises(TypeError, match="CUSCO holds str, not numbers"):
        fit(mobi.assign(CUSCO="good"), ECSI)


def test_two_people_are_too_few(mobi):
    with pytest.raises(ValueError, match=r"2 rows were given\. Give at least 3"):
        fit(mobi.head(2), ECSI)


def test_an_unknown_scheme_is_refused(mobi):
    with pytest.raises(ValueError, match=r"'centroids'.*did you mean 'centroid'"):
        fit(mobi, ECSI, scheme="centroids")


def test_a_table_without_an_item_is_refused(mobi):
    with pytest.raises(ValueError, match="No item is called 'IMAG1'"):
        fit_matrix(mobi[["CUSA1", "CUSL1"]].corr(), ECSI)


def test_r2_is_not_adjusted_without_n(mobi):
    with pytest.raises(ValueError, match="Give n= to fit_matrix"):
        _ = fit_matrix(mobi.corr(), SMALL).adjusted_r2


def test_weights_that_never_settle_are_an_error():
    """A box that moves with no neighbour has no direction to settle on."""
    items = table(np.eye(4), ["a1", "a2", "b1", "b2"])
    model = path_model({"A": "a1 a2", "B": "b1 b2"}, ["A > B"])
    with pytest.raises(ValueError, match="did not settle in 300 sweeps"):
        fit_matrix(items, model)
