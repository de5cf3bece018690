"""Thousands of refits at the price of one must be the same refits."""

import numpy as np
import pandas as pd
import pytest

from cxlab.datasets import load_mobi, load_published
from cxlab.paths import ECSI, bootstrap, corrected, fit, jackknife, path_model

# semPLS (Monecke & Leisch 2012, JSS 48(3)): its own bootstrap of 500 draws.
PRINTED = load_published("ecsi_printed")
SL = "Satisfaction > Loyalty"


@pytest.fixture(scope="module")
def mobi():
    return load_mobi()


@pytest.fixture(scope="module")
def draws(mobi):
    return bootstrap(mobi, ECSI, rng=np.random.default_rng(42), n_boot=5000)


@pytest.fixture(scope="module")
def corrected_draws(mobi):
    rng = np.random.default_rng(42)
    return bootstrap(mobi, ECSI, rng=rng, of="corrected paths", n_boot=5000)


def people(seed, n_boot, n):
    """Whom `bootstrap` draws: the same calls of the same generator."""
    return np.random.default_rng(seed).integers(0, n, size=(n_boot, n))


@pytest.mark.parametrize("scheme", ["centroid", "factorial", "path"])
@pytest.mark.parametrize("scaled", [True, False])
def test_side_by_side_is_one_after_the_other(mobi, scheme, scaled):
    """The same people, refitted one draw at a time from their answers."""
    how = {"scheme": scheme, "scaled": scaled}
    found = bootstrap(mobi, ECSI, rng=np.random.default_rng(7), n_boot=30, **how).draws
    one_by_one = [fit(mobi.iloc[who], ECSI, **how).paths for who in people(7, 30, 250)]
    np.testing.assert_allclose(found, one_by_one, atol=1e-8)


def test_corrected_draws_are_corrected_one_by_one_too(mobi):
    rng = np.random.default_rng(8)
    found = bootstrap(mobi, ECSI, rng=rng, of="corrected paths", n_boot=20).draws
    one_by_one = [
        corrected(fit(mobi.iloc[who], ECSI)).paths for who in people(8, 20, 250)
    ]
    np.testing.assert_allclose(found, one_by_one, rtol=1e-6, atol=1e-7)


def test_the_size_of_a_chunk_changes_nothing(mobi, monkeypatch):
    """Draws are cut into chunks for the processor's sake only."""
    small = path_model({"Q": "PERQ1 PERQ2", "S": "CUSA1 CUSA2"}, ["Q > S"])
    whole = bootstrap(mobi, small, rng=np.random.default_rng(1), n_boot=40)
    monkeypatch.setattr("cxlab.paths.draws.CHUNK", 7)
    cut = bootstrap(mobi, small, rng=np.random.default_rng(1), n_boot=40)
    np.testing.assert_allclose(whole.draws, cut.draws, atol=1e-9)


def test_leaving_one_out_is_a_refit_without_that_person(mobi):
    left_out = jackknife(mobi, ECSI).draws
    assert left_out.shape == (250, 12)
    for gone in (0, 249):
        again = fit(mobi.drop(index=mobi.index[gone]), ECSI).paths
        np.testing.assert_allclose(left_out[gone], again, atol=1e-8)


def test_the_published_standard_errors(draws):
    """Theirs come from 500 draws: .015 is four of their Monte Carlo errors."""
    np.testing.assert_allclose(
        draws.standard_errors, PRINTED["standard_error"], atol=0.015
    )


def test_the_published_bca_intervals(mobi, draws):
    """90%, 500 draws: an end may be off by .04, four Monte Carlo errors at most."""
    found = draws.bca(jackknife(mobi, ECSI), level=0.9)[["low", "high"]]
    np.testing.assert_allclose(found, PRINTED[["bca_low", "bca_high"]], atol=0.04)


def test_the_interval_of_the_corrected_arrow_says_nothing(corrected_draws):
    """Band: about .3 to 2.7, where the plain table prints .31 to .63."""
    row = corrected_draws.summary().set_index("quantity").loc[SL]
    assert 0.15 < row["low"] < 0.4
    assert 2.3 < row["high"] < 3.3


def test_a_quarter_of_the_draws_find_two_boxes_more_than_alike(mobi):
    """Band .20-.30; dropping them would narrow the interval by what it should show."""
    rng = np.random.default_rng(42)
    r = bootstrap(mobi, ECSI, rng=rng, of="corrected correlations", n_boot=5000)
    assert 0.2 < (r.draws >= 1).any(axis=1).mean() < 0.3


@pytest.mark.parametrize(
    ("of", "count", "unit"),
    [
        ("paths", 12, "SD"),
        ("total effects", 21, "SD"),
        ("R2", 6, "share"),
        ("loadings", 24, "r"),
        ("corrected paths", 12, "SD"),
        ("corrected correlations", 21, "r"),
        ("HTMT", 21, "ratio"),
    ],
)
def test_every_statistic_comes_in_the_same_shape(mobi, of, count, unit):
    found = bootstrap(mobi, ECSI, rng=np.random.default_rng(1), of=of, n_boot=50)
    summary = found.summary(level=0.9)
    assert found.draws.shape == (50, count)
    assert (summary["unit"] == unit).all()
    assert (summary["low"] <= summary["high"]).all()


def test_estimates_are_those_of_the_whole_survey(mobi, draws):
    fitted = fit(mobi, ECSI)
    total = bootstrap(mobi, ECSI, rng=np.random.default_rng(1), of="R2", n_boot=2)
    np.testing.assert_allclose(draws.estimate, fitted.paths, atol=1e-12)
    np.testing.assert_allclose(total.estimate, fitted.r2, atol=1e-12)


def test_one_quantity_is_its_row_of_the_table(draws):
    row = draws.summary(level=0.9).set_index("quantity").loc[SL]
    one = draws.one(SL, level=0.9)
    assert (one.estimate, one.low, one.high) == (row.estimate, row.low, row.high)


def test_draws_describe_every_interval(draws):
    """What is seen at a glance, for those who listen."""
    said = draws.describe()
    assert said.startswith("Of 12 paths, 3 have a 95% interval that holds 0.")
    assert said.count(" to ") == 12


def test_a_description_can_speak_of_bca_intervals_and_of_another_border(mobi, draws):
    left_out = jackknife(mobi, ECSI)
    low = draws.bca(left_out)["low"].iloc[0]
    said = draws.describe(left_out, border=0.5)
    assert f"Image > Expectation 0.50 ({low:.2f} to" in said
    assert "that holds 0.5." in said


def test_the_same_seed_draws_the_same_people_for_every_statistic(mobi):
    """So that two statistics can be compared draw by draw: one item a box."""
    single = path_model({"Q": "PERQ1", "S": "CUSA1"}, ["Q > S"])
    of = ("paths", "corrected paths", "loadings")
    plain, mended, loads = (
        bootstrap(mobi, single, rng=np.random.default_rng(5), of=name, n_boot=20).draws
        for name in of
    )
    np.testing.assert_allclose(plain, mended, atol=1e-12)
    np.testing.assert_allclose(loads, 1)


def test_a_score_that_comes_out_the_other_way_round_is_turned_back():
    """Loadings of one sign in every draw, though one item is asked in reverse."""
    rng = np.random.default_rng(2)
    mood = rng.normal(size=60)
    noise = rng.normal(size=(60, 3))
    data = pd.DataFrame(mood[:, None] * [1, -1, 1] + 0.5 * noise, columns=list("abc"))
    model = path_model({"A": "a b", "C": "c"}, ["A > C"])
    loadings = bootstrap(data, model, rng=rng, of="loadings", n_boot=300)
    assert (np.sign(loadings.draws) == np.sign(loadings.estimate)).all()
    assert (loadings.draws[:, 0] * loadings.draws[:, 1] < 0).all()


def test_draws_without_an_answer_are_counted_and_left_out():
    """Four people, one of whom alone varies: some draws leave him out."""
    data = pd.DataFrame({"a": [1, 1, 1, 5], "b": [1, 2, 3, 6]})
    model = path_model({"A": "a", "B": "b"}, ["A > B"])
    found = bootstrap(data, model, rng=np.random.default_rng(1), n_boot=200)
    assert 0 < found.failed < 200
    assert len(found.of_one("A > B")) == 200 - found.failed
    assert f"{found.failed} without an answer" in str(found)
    assert found.summary()["low"].notna().all()


def test_a_bca_interval_with_its_estimate_beyond_all_draws_is_finite(mobi):
    """Two draws may both lie above the estimate."""
    few = bootstrap(mobi, ECSI, rng=np.random.default_rng(1), n_boot=2)
    assert few.bca(jackknife(mobi, ECSI))[["low", "high"]].notna().all(axis=None)


def test_an_unknown_statistic_is_refused(mobi):
    with pytest.raises(ValueError, match=r"'path'.*did you mean 'paths'"):
        bootstrap(mobi, ECSI, rng=np.random.default_rng(1), of="path")


def test_an_unknown_quantity_is_refused(draws):
    with pytest.raises(ValueError, match="No quantity is called 'Loyalty > Satis"):
        draws.of_one("Loyalty > Satisfaction")


def test_one_draw_is_no_bootstrap(mobi):
    with pytest.raises(
        ValueError, match=r"1 draws were asked for\. Ask for at least 2"
    ):
        bootstrap(mobi, ECSI, rng=np.random.default_rng(1), n_boot=1)


def test_a_level_in_percent_is_refused(draws):
    with pytest.raises(ValueError, match=r"level=95 .*Use 0.95 for 95%"):
        draws.summary(level=95)
