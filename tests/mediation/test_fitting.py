"""What is carried: by hand, as printed, and as least squares has it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab import mediation
from cxlab.datasets import load_mobi, load_tal_or

TAL_OR = {"x": "cond", "m": "pmi", "y": "reaction"}
SCORES = {"x": "Quality", "m": "Satisfaction", "y": "Loyalty"}


@pytest.fixture(scope="module")
def article():
    return load_tal_or()


@pytest.fixture(scope="module")
def scores():
    """Return plain averages of the questions, as the lesson makes them."""
    mobi = load_mobi()
    questions = {
        "Quality": [f"PERQ{k}" for k in range(1, 8)],
        "Satisfaction": ["CUSA1", "CUSA2", "CUSA3"],
        "Loyalty": ["CUSL1", "CUSL3"],
        "Value": ["PERV1", "PERV2"],
    }
    return pd.DataFrame({k: mobi[v].mean(axis=1) for k, v in questions.items()})


def people(seed, n=40, columns="xmny"):
    rng = np.random.default_rng(seed)
    return pd.DataFrame(rng.standard_normal((n, len(columns))), columns=list(columns))


def test_six_people_by_hand():
    """q moves s by one; l is s plus q, so half of the whole goes through s."""
    data = pd.DataFrame({"q": [1, 1, 2, 2, 3, 3], "s": [0, 2, 1, 3, 2, 4]})
    found = mediation.fit(data.assign(l=data.q + data.s), x="q", m="s", y="l")
    assert found.a["s"] == pytest.approx(1)
    assert found.b["s"] == pytest.approx(1)
    assert (found.direct, found.total) == pytest.approx((1, 2))
    assert found.share_carried == pytest.approx(0.5)


def test_the_printed_arrows_of_the_article_come_out(article):
    """Slopes as the tests of the R package psych hold them, to four decimals."""
    found = mediation.fit(article, **TAL_OR)
    assert found.a["pmi"] == pytest.approx(0.4765, abs=5e-5)
    assert found.b["pmi"] == pytest.approx(0.5064, abs=5e-5)
    assert found.direct == pytest.approx(0.2544, abs=5e-5)
    assert found.total == pytest.approx(0.4957, abs=5e-5)
    assert found.carried == pytest.approx(0.2413, abs=5e-5)


def test_the_printed_tests_of_the_article_come_out(article):
    """T values from psych's tests; Sobel as tabled by lavaan (chain 3.8)."""
    found = mediation.fit(article, **TAL_OR)
    t = found.a["pmi"] / found.a_errors["pmi"]
    assert t == pytest.approx(2.0218, abs=5e-5)
    assert found.b["pmi"] / found.b_errors["pmi"] == pytest.approx(5.2185, abs=5e-4)
    assert found.p_of_a["pmi"] == pytest.approx(0.0454, abs=5e-5)
    assert found.sobel_error == pytest.approx(0.1280, abs=5e-5)
    assert found.sobel_p == pytest.approx(0.0594, abs=5e-5)


def test_quality_satisfaction_and_loyalty_as_lavaan_has_them(scores):
    found = mediation.fit(scores, **SCORES)
    assert found.a["Satisfaction"] == pytest.approx(0.8245, abs=5e-5)
    assert found.b["Satisfaction"] == pytest.approx(0.9125, abs=5e-5)
    assert found.direct == pytest.approx(0.1241, abs=5e-5)
    assert found.carried == pytest.approx(0.7524, abs=5e-5)
    assert found.total == pytest.approx(0.8765, abs=5e-5)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), mediators=st.integers(1, 3), held=st.booleans())
def test_the_whole_is_what_is_carried_and_what_goes_past(seed, mediators, held):
    data = people(seed, columns="xcmnoy")
    found = mediation.fit(
        data, x="x", m=list("mno"[:mediators]), y="y", covariates=["c"] if held else []
    )
    assert found.total == pytest.approx(found.carried + found.direct, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), times=st.floats(0.1, 10), plus=st.floats(-5, 5))
def test_what_is_carried_follows_the_units(seed, times, plus):
    """Counting the mediator otherwise changes nothing; the outcome, in proportion."""
    data = people(seed)
    names = {"x": "x", "m": "m", "y": "y"}
    before = mediation.fit(data, **names)
    other_m = mediation.fit(data.assign(m=times * data["m"] + plus), **names)
    other_y = mediation.fit(data.assign(y=times * data["y"] + plus), **names)
    assert other_m.carried == pytest.approx(before.carried, abs=1e-9)
    assert other_m.sobel_error == pytest.approx(before.sobel_error, abs=1e-9)
    assert other_y.carried == pytest.approx(times * before.carried, abs=1e-8)


def test_all_slopes_and_errors_are_those_of_statsmodels(article):
    """Another implementation, with two mediators and two things held equal."""
    import statsmodels.api as sm

    held, middle = ["gender", "age"], ["pmi", "import"]
    found = mediation.fit(article, x="cond", m=middle, y="reaction", covariates=held)
    late = sm.OLS(
        article["reaction"], sm.add_constant(article[["cond", *held, *middle]])
    )
    outcome = late.fit()
    np.testing.assert_allclose(found.b, outcome.params[middle])
    np.testing.assert_allclose(found.b_errors, outcome.bse[middle])
    early = sm.OLS(article["import"], sm.add_constant(article[["cond", *held]])).fit()
    assert found.a["import"] == pytest.approx(early.params["cond"])
    assert found.a_errors["import"] == pytest.approx(early.bse["cond"])
    table = found.summary().set_index("quantity")
    low, high = outcome.conf_int().loc["cond"]
    assert table.loc["cond > reaction", ["low", "high"]].tolist() == pytest.approx(
        [low, high]
    )


def test_every_arrow_stands_in_the_tidy_table(scores):
    table = mediation.fit(scores, **SCORES).summary()
    assert list(table["quantity"]) == [
        "Quality > Satisfaction",
        "Satisfaction > Loyalty",
        "Quality > Loyalty",
    ]
    assert (table["low"] < table["high"]).all()


def test_it_says_what_it_found(scores):
    found = mediation.fit(scores, **SCORES)
    assert str(found) == (
        "Quality to Loyalty: 0.88 in all, of which 0.75 through Satisfaction and 0.12 "
        "past it."
    )
    assert "Quality > Loyalty 0.12 (-0.15 to 0.39)" in found.describe()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"m": "price"}, "no column 'price'"),
        ({"m": "x"}, "x: one column cannot play two parts"),
        ({"m": []}, "No mediator"),
        ({"m": "word"}, "'word' holds no numbers"),
        ({"m": "gap"}, "1 values are missing"),
        ({"m": "still"}, "'still' has one value only"),
        ({"m": ["m", "twin"]}, "a sum of the others"),
    ],
)
def test_what_cannot_be_computed_is_refused(change, said):
    data = people(1).assign(word="a", still=1.0)
    data["gap"] = data["m"].where(data.index > 0)
    data["twin"] = data["m"] + data["x"]
    with pytest.raises(ValueError, match=said):
        mediation.fit(data, **{"x": "x", "m": "m", "y": "y", **change})


def test_a_handful_of_people_and_a_loose_covariate_are_refused():
    with pytest.raises(ValueError, match="4 people for 3 columns"):
        mediation.fit(people(1, n=4), x="x", m="m", y="y")
    with pytest.raises(TypeError, match=r"Give a list: \['n'\]"):
        mediation.fit(people(1), x="x", m="m", y="y", covariates="n")
