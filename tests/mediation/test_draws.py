"""Thousands of draws at the price of one are the same draws, and their intervals."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import bootstrap as scipy_bootstrap

from cxlab import mediation
from cxlab.datasets import load_tal_or
from cxlab.mediation import engine

NAMES = {"x": "x", "m": "m", "y": "y"}
TAL_OR = {"x": "cond", "m": "pmi", "y": "reaction"}


@pytest.fixture(scope="module")
def article():
    return load_tal_or()


@pytest.fixture(scope="module")
def drawn(article):
    rng = np.random.default_rng(1)
    return mediation.bootstrap(article, **TAL_OR, rng=rng, n_boot=20_000)


def chain(seed, n=60, b=0.5):
    rng = np.random.default_rng(seed)
    x, first, second, other = rng.standard_normal((4, n))
    m = 0.5 * x + first
    columns = {"x": x, "m": m, "o": other, "y": b * m + second}
    return pd.DataFrame(columns)


@pytest.mark.parametrize("m", ["m", ["m", "o"]])
@pytest.mark.parametrize("covariates", [[], ["c"]])
def test_side_by_side_is_one_after_the_other(m, covariates, monkeypatch):
    """The same people, refitted one draw at a time from their rows."""
    monkeypatch.setattr(engine, "CHUNK", 100)
    data = chain(1).assign(c=np.random.default_rng(9).standard_normal(60))
    names = {"x": "x", "m": m, "y": "y", "covariates": covariates}
    found = mediation.bootstrap(data, **names, rng=np.random.default_rng(7), n_boot=100)
    who = np.random.default_rng(7).integers(0, 60, size=(100, 60), dtype=np.int32)
    for draw, rows in list(zip(found.draws, who, strict=True))[:12]:
        one = mediation.fit(data.iloc[rows], **names)
        expected = [one.carried, one.direct, one.total, *one.a, *one.b, *one.indirect]
        np.testing.assert_allclose(draw, expected, atol=1e-10)


def test_leaving_one_out_is_refitting_without_them():
    data = chain(2, n=20)
    found = mediation.bootstrap(data, **NAMES, rng=np.random.default_rng(1), n_boot=100)
    without = [mediation.fit(data.drop(k), **NAMES).carried for k in data.index]
    np.testing.assert_allclose(found.left_out[:, 0], without)


def test_bca_is_that_of_scipy():
    """Another implementation, on as many draws; both ends within chance."""
    data = chain(3, n=50)
    columns = tuple(data[c].to_numpy() for c in "xmy")

    def carried(x, m, y):
        one = pd.DataFrame({"x": x, "m": m, "y": y})
        return mediation.fit(one, **NAMES).carried

    theirs = scipy_bootstrap(
        columns,
        carried,
        paired=True,
        vectorized=False,
        n_resamples=999,
        method="BCa",
        rng=np.random.default_rng(1),
    ).confidence_interval
    drawn = mediation.bootstrap(
        data, **NAMES, rng=np.random.default_rng(2), n_boot=9_999
    )
    ours = drawn.bca()
    assert ours.low == pytest.approx(theirs.low, abs=0.04)
    assert ours.high == pytest.approx(theirs.high, abs=0.06)


def test_the_intervals_of_the_article_lie_in_their_bands(article, drawn):
    """Syllabus 41: percentile from about .007, BCa .014 to .530, within chance."""
    percentile, bca = drawn.percentile(), drawn.bca()
    assert percentile.low == pytest.approx(0.007, abs=0.006)
    assert percentile.high == pytest.approx(0.52, abs=0.02)
    assert bca.low == pytest.approx(0.014, abs=0.007)
    assert bca.high == pytest.approx(0.53, abs=0.03)
    assert 0.03 < drawn.p_value() < 0.05


def test_monte_carlo_needs_the_slopes_alone(article):
    """For one mediator: two bell curves, multiplied."""
    found = mediation.fit(article, **TAL_OR)
    rng = np.random.default_rng(1)
    drawn = mediation.monte_carlo(found, rng=rng, n_draws=20_000)
    a = rng.normal(found.a["pmi"], found.a_errors["pmi"], 200_000)
    b = rng.normal(found.b["pmi"], found.b_errors["pmi"], 200_000)
    low, high = np.quantile(a * b, [0.025, 0.975])
    assert drawn.percentile().low == pytest.approx(low, abs=0.008)
    assert drawn.percentile().high == pytest.approx(high, abs=0.02)
    with pytest.raises(ValueError, match="slopes, not from people"):
        drawn.bca()


def test_with_many_people_all_four_ways_agree():
    """Where the product hardly leans, nobody needs to choose."""
    data = chain(4, n=4000)
    found, rng = mediation.fit(data, **NAMES), np.random.default_rng(1)
    drawn = mediation.bootstrap(data, **NAMES, rng=rng, n_boot=1000)
    ways = [found.sobel(), drawn.percentile(), drawn.bca()]
    ways.append(mediation.monte_carlo(found, rng=rng).percentile())
    assert np.ptp([one.low for one in ways]) < 0.006
    assert np.ptp([one.high for one in ways]) < 0.006


def test_the_interval_keeps_its_promise_over_surveys():
    """The planted .25 lies in about 95 of 100 intervals."""
    rng, hits = np.random.default_rng(5), []
    for seed in range(150):
        one = mediation.bootstrap(
            chain(1000 + seed, n=120), **NAMES, rng=rng, n_boot=300
        ).percentile()
        hits.append(one.low <= 0.25 <= one.high)
    assert np.mean(hits) == pytest.approx(0.95, abs=0.055)


def test_several_mediators_share_what_is_carried():
    """Only m leads anywhere; what is left over for the other holds nought."""
    drawn = mediation.bootstrap(
        chain(6, n=400), x="x", m=["m", "o"], y="y", rng=np.random.default_rng(1)
    )
    table = drawn.summary().set_index("quantity")
    assert table.loc["through m", "low"] > 0
    assert table.loc["through o", "low"] < 0 < table.loc["through o", "high"]
    parts = drawn.of_one("through m") + drawn.of_one("through o")
    np.testing.assert_allclose(parts, drawn.of_one("carried"))


def test_a_draw_without_an_answer_is_counted_and_left_out():
    """One of eight got the treatment: many draws have nobody who did."""
    data = chain(7, n=8).assign(x=[1.0] + [0.0] * 7)
    drawn = mediation.bootstrap(data, **NAMES, rng=np.random.default_rng(1), n_boot=400)
    assert 0.25 < drawn.failed / 400 < 0.45
    assert len(drawn.of_one()) == 400 - drawn.failed
    assert f"{drawn.failed} without an answer" in str(drawn)


def test_a_p_value_is_never_nought():
    drawn = mediation.bootstrap(
        chain(8, n=400), **NAMES, rng=np.random.default_rng(1), n_boot=100
    )
    assert drawn.p_value() == pytest.approx(2 / 101)


def test_few_draws_and_unknown_quantities_are_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="99 draws: an interval"):
        mediation.bootstrap(chain(1), **NAMES, rng=rng, n_boot=99)
    drawn = mediation.bootstrap(chain(1), **NAMES, rng=rng, n_boot=100)
    with pytest.raises(ValueError, match="no quantity 'indirect'"):
        drawn.percentile("indirect")
    with pytest.raises(ValueError, match="level=95"):
        drawn.percentile(level=95)


def test_other_draws_flicker_less_the_more_there_are(article):
    """Four times the draws halve the error of the lower end."""
    found = mediation.flicker(
        article, **TAL_OR, rng=np.random.default_rng(1), sizes=(250, 1000), analysts=80
    )
    assert found.spread(250) / found.spread(1000) == pytest.approx(2, abs=0.6)
    assert 0 < found.share_with_zero(1000) < 0.5
    assert found.analysts == 80
    assert "with 1,000 draws" in found.describe()


def test_one_analyst_cannot_flicker(article):
    with pytest.raises(ValueError, match="analysts=1"):
        mediation.flicker(article, **TAL_OR, rng=np.random.default_rng(1), analysts=1)
