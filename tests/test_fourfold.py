"""Four cells, five ways to sum them up: the printed figures, and what must not move."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import datasets
from cxlab.fourfold import SatisfiedOrNot, TwoBars, by_base_rate, odds, odds_ratio

shares = st.floats(0.01, 0.99)


@pytest.mark.parametrize(
    ("high", "low", "published"),
    [(0.96, 0.09, 243), (0.94, 0.04, 376), (0.88, 0.04, 176), (0.81, 0.01, 422)],
)
def test_the_four_pairs_of_the_slide_have_the_published_odds_ratios(
    high, low, published
):
    """Facts D03: 96/9, 94/4, 88/4 and 81/1."""
    assert round(float(odds_ratio(high, low))) == published


def test_the_pairs_typed_into_the_table_are_those_of_the_claims():
    """One table, four pairs; hard and easy contacts are not mixed up."""
    table = datasets.load_published("effort_printed")
    high, low = table[["hard", "easy"]].max(axis=1), table[["hard", "easy"]].min(axis=1)
    found = odds_ratio(high / 100, low / 100).round()
    assert found.tolist() == [243, 376, 176, 422]
    assert (table["hard"] > table["easy"]).tolist() == [True, False, False, True]


@given(one=shares, other=shares)
def test_the_odds_ratio_inverts_when_the_groups_swap(one, other):
    """Hard against easy is one over easy against hard."""
    assert odds_ratio(one, other) == pytest.approx(1 / odds_ratio(other, one))


@given(one=shares, other=shares)
def test_the_odds_ratio_does_not_mind_the_opposite_question(one, other):
    """Who leaves or who stays: the ratio turns over and says the same."""
    assert odds_ratio(one, other) == pytest.approx(odds_ratio(1 - other, 1 - one))


def test_odds_work_on_whole_columns():
    """As in a spreadsheet."""
    assert odds([0.5, 0.75]).tolist() == [1, 3]


def test_two_bars_are_compared_in_three_ways():
    """87 points, 10.7 times, 242.67 times the odds; by hand from 96 and 9."""
    bars = TwoBars(low=0.09, high=0.96)
    assert bars.summary()["estimate"].round(2).tolist() == [87, 10.67, 242.67]
    assert "87 points apart" in str(bars)
    assert "9% after the easiest" in bars.describe()


@pytest.mark.parametrize(
    ("share_satisfied", "phi_squared", "latent"),
    [(0.9, 0.129, 0.650), (0.5, 0.272, 0.733)],
)
def test_the_20_28_table_is_as_published(share_satisfied, phi_squared, latent):
    """Syllabus 10: the same two shares at two base rates."""
    table = SatisfiedOrNot(
        share_satisfied=share_satisfied,
        leave_if_satisfied=0.20,
        stay_if_dissatisfied=0.28,
    )
    assert table.phi_squared == pytest.approx(phi_squared, abs=5e-4)
    assert table.latent_correlation == pytest.approx(latent, abs=5e-4)
    assert table.odds_ratio == pytest.approx(10.2857, abs=1e-4)


def test_phi_squared_is_the_squared_correlation_of_the_customers_behind_it():
    """Spread the cells out to 10,000 customers and correlate yes with yes."""
    table = SatisfiedOrNot(
        share_satisfied=0.8, leave_if_satisfied=0.2, stay_if_dissatisfied=0.28
    )
    counts = np.round(table.cells * 10_000).astype(int).ravel()
    satisfied = np.repeat([1, 1, 0, 0], counts)
    stays = np.repeat([1, 0, 1, 0], counts)
    r = np.corrcoef(satisfied, stays)[0, 1]
    assert table.phi_squared == pytest.approx(r**2, abs=1e-12)


@given(p=st.floats(0.05, 0.95), leave=st.floats(0.05, 0.6), stay=st.floats(0.05, 0.35))
def test_the_cells_add_up_and_the_odds_ratio_ignores_the_base(p, leave, stay):
    """More satisfied customers change every sum but this one."""
    one = SatisfiedOrNot(
        share_satisfied=p, leave_if_satisfied=leave, stay_if_dissatisfied=stay
    )
    (a, b), (c, d) = one.cells
    assert a + b + c + d == pytest.approx(1)
    assert a * d / (b * c) == pytest.approx(one.odds_ratio)


def test_the_curve_moves_with_the_base_and_the_odds_ratio_does_not():
    """The share explained falls towards 0 where nearly all are satisfied."""
    curve = by_base_rate(leave_if_satisfied=0.2, stay_if_dissatisfied=0.28)
    assert curve.phi_squared.argmax() not in (0, len(curve.tables) - 1)
    assert np.ptp([t.odds_ratio for t in curve.tables]) == 0
    assert "10.3 everywhere" in curve.describe()
    assert len(curve.summary()) == 3 * len(curve.tables)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: odds(96), "Give 96% as 0.96"),
        (lambda: odds_ratio(0.5, 0.0), "no bound"),
        (lambda: TwoBars(low=0.96, high=0.09), "lower one first"),
        (
            lambda: SatisfiedOrNot(
                share_satisfied=90, leave_if_satisfied=0.2, stay_if_dissatisfied=0.28
            ),
            "share_satisfied=90",
        ),
    ],
)
def test_errors_teach(call, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        call()
