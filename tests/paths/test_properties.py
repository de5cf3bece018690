"""What must not matter to a table of arrows, tried on the real survey."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.datasets import load_mobi
from cxlab.paths import ECSI, corrected, fit, htmt, path_model

MOBI = load_mobi()
HOW = st.fixed_dictionaries(
    {
        "scheme": st.sampled_from(["centroid", "factorial", "path"]),
        "scaled": st.booleans(),
    }
)


@given(seed=st.integers(0, 2**32 - 1), how=HOW)
def test_the_order_of_the_people_does_not_matter(seed, how):
    mixed = MOBI.sample(frac=1, random_state=seed)
    np.testing.assert_allclose(
        fit(mixed, ECSI, **how).paths, fit(MOBI, ECSI, **how).paths, atol=1e-8
    )


@given(flipped=st.sets(st.sampled_from(ECSI.items)), how=HOW)
def test_asking_an_item_the_other_way_round_changes_signs_only(flipped, how):
    """Scores may turn round; nothing may change in size."""
    asked = MOBI.assign(**{item: 11 - MOBI[item] for item in flipped})
    before, after = fit(MOBI, ECSI, **how), fit(asked, ECSI, **how)
    np.testing.assert_allclose(abs(after.paths), abs(before.paths), atol=1e-8)
    np.testing.assert_allclose(abs(after.loadings), abs(before.loadings), atol=1e-8)
    np.testing.assert_allclose(after.r2, before.r2, atol=1e-8)
    np.testing.assert_allclose(htmt(after), htmt(before), atol=1e-8)


@given(
    factors=st.lists(st.floats(0.01, 100), min_size=24, max_size=24),
    shift=st.floats(-50, 50),
    scheme=st.sampled_from(["centroid", "factorial", "path"]),
)
def test_units_do_not_matter_once_scaled(factors, shift, scheme):
    items = list(ECSI.items)
    other = MOBI[items] * np.array(factors) + shift
    np.testing.assert_allclose(
        fit(other, ECSI, scheme=scheme).paths,
        fit(MOBI, ECSI, scheme=scheme).paths,
        atol=1e-7,
    )


@given(factor=st.floats(0.01, 100), how=HOW)
def test_one_unit_for_all_never_matters(factor, how):
    np.testing.assert_allclose(
        fit(MOBI * factor, ECSI, **how).paths, fit(MOBI, ECSI, **how).paths, atol=1e-7
    )


@given(order=st.permutations(ECSI.items), how=HOW)
def test_names_and_the_order_of_columns_do_not_matter(order, how):
    """The same boxes under other names, items and boxes in another order."""
    blocks = {
        name[::-1]: [f"q_{item}" for item in order if item in items]
        for name, items in reversed(ECSI.blocks)
    }
    model = path_model(blocks, [(a[::-1], b[::-1]) for a, b in ECSI.paths])
    renamed = MOBI[list(order)].rename(columns=lambda item: f"q_{item}")
    found = fit(renamed, model, **how).paths
    np.testing.assert_allclose(found, fit(MOBI, ECSI, **how).paths, atol=1e-8)


@given(times=st.integers(2, 4), how=HOW)
def test_asking_everybody_twice_changes_no_arrow(times, how):
    doubled = pd.concat([MOBI] * times, ignore_index=True)
    np.testing.assert_allclose(
        fit(doubled, ECSI, **how).paths, fit(MOBI, ECSI, **how).paths, atol=1e-8
    )


@given(
    loadings=st.lists(st.floats(0.4, 0.95), min_size=6, max_size=6),
    r=st.floats(-0.9, 0.9),
    seed=st.integers(0, 2**32 - 1),
)
def test_a_planted_arrow_is_recovered_whatever_the_noise(loadings, r, seed):
    """A sample with exactly the moments of a one-factor-per-box world."""
    model = path_model({"A": "a1 a2 a3", "B": "b1 b2 b3"}, ["A > B"])
    if abs(r) < 0.05:
        r = 0.05  # with no arrow at all there is nothing to weigh by
    items = model.membership * np.array(loadings)[:, None]
    table = items @ np.array([[1, r], [r, 1]]) @ items.T
    np.fill_diagonal(table, 1)
    raw = np.random.default_rng(seed).normal(size=(40, 6))
    white, _ = np.linalg.qr(raw - raw.mean(axis=0))
    exact = white @ np.linalg.cholesky(table).T
    data = pd.DataFrame(exact, columns=list(model.items))
    assert corrected(fit(data, model)).paths["A > B"] == pytest.approx(r, abs=1e-6)
