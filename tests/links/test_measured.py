"""Chains as companies measure them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from cxlab.links import measure_chain, pushed_effect, top_against_next

BOXES = ["A", "B", "C", "D"]


@pytest.fixture
def rng():
    return np.random.default_rng(1)


def branches(seed=1, n=60):
    drawn = np.random.default_rng(seed).standard_normal((n, 5))
    drawn[:, 1:4] += 0.8 * drawn[:, [0]]
    return pd.DataFrame(drawn, columns=[*BOXES, "size"])


def test_an_arrow_is_the_correlation_of_neighbours(rng):
    table = branches()
    found = measure_chain(table, BOXES, rng=rng, n_boot=20)
    assert [one.quantity for one in found.arrows] == ["A > B", "B > C", "C > D"]
    assert found.arrows[1].estimate == pytest.approx(table["B"].corr(table["C"]))
    assert found.ends.estimate == pytest.approx(table["A"].corr(table["D"]))
    links = [one.estimate for one in found.arrows]
    assert found.product.estimate == pytest.approx(np.prod(links))


def test_the_interval_is_fishers(rng):
    """By hand: atanh(r) plus and minus 1.96 / sqrt(60 - 3)."""
    one = measure_chain(branches(), BOXES, rng=rng, n_boot=20).arrows[0]
    z = np.arctanh(one.estimate)
    ends = np.tanh([z - 1.959964 / 57**0.5, z + 1.959964 / 57**0.5])
    assert (one.low, one.high) == pytest.approx(tuple(ends), rel=1e-6)


def test_branches_made_alike_give_the_partial_correlation(rng):
    """(r_xy - r_xz r_yz) / sqrt((1 - r_xz^2)(1 - r_yz^2))."""
    table = branches()
    r = table.corr()
    x, y, z = "B", "C", "A"
    partial = r.loc[x, y] - r.loc[x, z] * r.loc[y, z]
    partial /= np.sqrt((1 - r.loc[x, z] ** 2) * (1 - r.loc[y, z] ** 2))
    found = measure_chain(table, ["B", "C", "D"], held=["A"], rng=rng, n_boot=20)
    assert found.arrows[0].estimate == pytest.approx(partial)
    assert found.held == ("A",)
    assert "alike in A" in found.describe()


@given(scale=st.floats(0.01, 100), shift=st.floats(-50, 50))
def test_units_do_not_matter(scale, shift):
    """A correlation is the same in dollars and in euros."""
    table = branches()
    how = {"n_boot": 5, "rng": np.random.default_rng(2)}
    plain = measure_chain(table, BOXES, **how)
    other = table.assign(B=scale * table["B"] + shift)
    again = measure_chain(other, BOXES, n_boot=5, rng=np.random.default_rng(2))
    assert again.summary()["estimate"].to_numpy() == pytest.approx(
        plain.summary()["estimate"].to_numpy(), abs=1e-8
    )
    assert again.product.low == pytest.approx(plain.product.low, abs=1e-8)


def test_the_interval_of_the_product_holds_the_truth():
    """95 of 100, by 4 standard errors of a count of 100: at least 86."""
    truth, hits = 0.5**3, 0
    rng = np.random.default_rng(3)
    for _ in range(100):
        x = rng.standard_normal((150, 4))
        for k in (1, 2, 3):
            x[:, k] = 0.5 * x[:, k - 1] + np.sqrt(0.75) * x[:, k]
        table = pd.DataFrame(x, columns=BOXES)
        product = measure_chain(table, BOXES, rng=rng, n_boot=200).product
        hits += product.low <= truth <= product.high
    assert hits >= 86


def test_a_chain_needs_boxes_that_are_there_and_differ(rng):
    table = branches()
    with pytest.raises(ValueError, match="at least three boxes"):
        measure_chain(table, ["A", "B"], rng=rng)
    with pytest.raises(ValueError, match=r"columns of the table\. It has"):
        measure_chain(table, ["A", "B", "X"], rng=rng)
    with pytest.raises(ValueError, match="does not differ between branches"):
        measure_chain(table.assign(C=1.0), BOXES, rng=rng)
    with pytest.raises(ValueError, match="a number in every"):
        measure_chain(table.assign(C=np.nan), BOXES, rng=rng)


def test_a_push_is_read_off_the_two_halves():
    """Means 2 and 1; variances 2 and 2 over two branches each; per SD of lift."""
    found = pushed_effect(
        [1.0, 3.0, 0.0, 2.0], [1, 1, 0, 0], quantity="A > B", lift=2.0
    )
    assert found.estimate == pytest.approx(0.5)
    assert found.high - found.estimate == pytest.approx(1.959964 * 2**0.5 / 2)
    with pytest.raises(ValueError, match="two branches or more pushed"):
        pushed_effect([1.0, 2.0], [1, 0], quantity="A > B")


def test_fives_and_fours_by_hand():
    """6 of 8 against 3 of 6: 1.5 times the share, 3 times the odds."""
    answers = [5] * 8 + [4] * 6 + [1] * 5
    returns = [1] * 6 + [0] * 2 + [1] * 3 + [0] * 3 + [1] * 5
    found = top_against_next(answers, returns, top=(5, 5), below=(4, 4))
    assert found.ratio.estimate == pytest.approx(1.5)
    assert found.odds.estimate == pytest.approx(3.0)
    assert (found.top.n, found.below.n, found.ratio.n) == (8, 6, 14)
    low, high = confint_proportions_2indep(6, 8, 3, 6, compare="ratio", method="log")
    assert (found.ratio.low, found.ratio.high) == pytest.approx((low, high))


def test_groups_that_overlap_or_say_one_thing_are_refused():
    with pytest.raises(ValueError, match="must end before the top"):
        top_against_next([4, 5], [0, 1], top=(4, 5), below=(4, 4))
    with pytest.raises(ValueError, match="report the four counts"):
        top_against_next([4, 5], [0, 1], top=(5, 5), below=(4, 4))
    with pytest.raises(ValueError, match="one of each per customer"):
        top_against_next([4, 5], [0], top=(5, 5), below=(4, 4))
