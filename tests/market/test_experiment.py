"""The exact test: by hand, as printed, as scipy has it, and under no effect."""

from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from cxlab.datasets import load_tip_joke
from cxlab.market import ExactTest, exact_test

COUNTS = st.tuples(st.integers(0, 30), st.integers(0, 30))


@pytest.mark.parametrize("bills", [6, 8])
def test_all_tips_with_the_joke_come_once_in_as_many_ways_as_there_are(bills) -> None:
    """Three jokes for six bills: 20 ways; four for eight: 70."""
    half = bills // 2
    found = ExactTest(yes=half, n=half, other_yes=0, other_n=half)
    assert found.p_upper == pytest.approx(1 / comb(bills, half))
    assert found.p_value == pytest.approx(2 / comb(bills, half))


def test_the_joke_hits_the_printed_p() -> None:
    """30 of 72 against 30 of 139: .0035."""
    bills = load_tip_joke()
    found = exact_test(bills["card"] == "joke", bills["tip"])
    assert (found.yes, found.n, found.other_yes, found.other_n) == (30, 72, 30, 139)
    assert found.p_value == pytest.approx(0.0035, abs=0.00005)
    assert found.of_many == "4 of 1,000"
    assert "30 of 72 with the gesture" in str(found)
    assert str(found) in found.describe()


@given(one=COUNTS, other=COUNTS)
def test_it_is_fishers_exact_test(one, other) -> None:
    """The other implementation is scipy's."""
    table = [list(one), list(other)]
    if not (sum(one) and sum(other)):
        return
    found = ExactTest(yes=one[0], n=sum(one), other_yes=other[0], other_n=sum(other))
    assert found.p_value == pytest.approx(fisher_exact(table).pvalue)
    upper = fisher_exact(table, alternative="greater").pvalue
    assert found.p_upper == pytest.approx(upper)
    assert found.chances.sum() == pytest.approx(1)


def test_a_joke_that_does_nothing_is_called_odd_in_at_most_five_of_100() -> None:
    """An exact test keeps its promise at every size; here among 40 bills."""
    rng = np.random.default_rng(1)
    odd = sum(
        exact_test(pd.Series(joke), pd.Series(tip)).p_value < 0.05
        for joke, tip in zip(
            rng.permuted(np.tile([True, False], (400, 20)), axis=1),
            rng.random((400, 40)) < 0.3,
            strict=True,
        )
    )
    assert 0 < odd <= 0.05 * 400


def test_the_difference_is_newcombes() -> None:
    """His first table, row (a): 56 of 70 less 48 of 80 is .2, from .0524 to .3339."""
    found = ExactTest(yes=56, n=70, other_yes=48, other_n=80).difference
    ends = (found.estimate, found.low, found.high)
    assert ends == pytest.approx((0.2, 0.0524, 0.3339), abs=0.00005)


def test_the_summary_is_the_tidy_table() -> None:
    """Both shares and their difference, with intervals."""
    table = ExactTest(yes=30, n=72, other_yes=30, other_n=139).summary()
    assert table["n"].tolist() == [72, 139, 211]
    assert table["low"].lt(table["estimate"]).all()


def test_a_tiny_chance_is_never_called_none() -> None:
    """0 of 1,000 would be a bug."""
    assert not ExactTest(yes=50, n=50, other_yes=0, other_n=50).of_many.startswith("0")


def test_counts_that_cannot_be_are_refused() -> None:
    """More yes than customers, or nobody on one side."""
    with pytest.raises(ValueError, match="5 of 3 and 1 of 4"):
        ExactTest(yes=5, n=3, other_yes=1, other_n=4)
    with pytest.raises(ValueError, match="0 with the gesture and 4 without"):
        ExactTest(yes=0, n=0, other_yes=1, other_n=4)


def test_a_missing_answer_is_refused() -> None:
    """And not counted as no."""
    with pytest.raises(ValueError, match="yes holds"):
        exact_test(pd.Series([True, False]), pd.Series([True, None]))
    with pytest.raises(ValueError, match="2 rows of gesture and 3 of yes"):
        exact_test(pd.Series([True, False]), pd.Series([True, False, True]))
