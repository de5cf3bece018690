"""Five groups instead of two: by hand, by invariants, and planted truth recovered."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import effort
from cxlab.latent import Link, implied_link
from cxlab.simulate.effort import contacts

TEN = pd.DataFrame(
    {
        "effort": [1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0],
        "disloyal": [0, 0, 0, 1, 1, 0, 0, 1, 1, 1],
    }
)


def _drawn(n: int = 500, seed: int = 1, r: float = 0.6) -> pd.DataFrame:
    truth = Link(correlation=r, base=0.5, share_extreme=0.2)
    return contacts(truth, n=n, rng=np.random.default_rng(seed))[0]


def test_ten_customers_by_hand():
    """Two to a group: the slide shows 0 and 100%, and six customers are missing."""
    fifths = effort.disloyal_by_fifth(TEN)
    assert (fifths.hits, fifths.sizes) == ((0, 1, 1, 1, 2), (2, 2, 2, 2, 2))
    assert (fifths.low, fifths.high, fifths.base) == (0, 1, 0.5)
    assert fifths.last_step == 0.5
    assert fifths.off_slide == pytest.approx(3 / 5)


@given(seed=st.integers(0, 10_000), power=st.floats(0.2, 5))
def test_a_relabelling_that_keeps_the_order_leaves_the_groups_unchanged(seed, power):
    """Only the ranking counts: squares or roots of effort make the same fifths."""
    table = _drawn(n=83, seed=seed)
    bent = 1 + 6 * ((table["effort"] - 1) / 6) ** power
    other = table.assign(effort=bent)
    assert effort.disloyal_by_fifth(other) == effort.disloyal_by_fifth(table)


@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_rows_does_not_matter(seed):
    """Customers come in any order."""
    table = _drawn(n=97, seed=seed)
    mixed = table.sample(frac=1, random_state=seed)
    assert effort.disloyal_by_fifth(mixed) == effort.disloyal_by_fifth(table)


@given(seed=st.integers(0, 10_000), s=st.floats(0.05, 0.45))
def test_nobody_is_lost_between_the_groups(seed, s):
    """The groups hold all customers and all disloyal ones."""
    table = _drawn(n=400, seed=seed)
    found = effort.disloyal_by_group(table, share_extreme=s)
    assert found.n == len(table)
    assert found.base == pytest.approx(table["disloyal"].mean())


@given(seed=st.integers(0, 10_000))
def test_a_reversed_scale_turns_the_groups_round(seed):
    """8 - effort: the commonest bug with effort scores shows at once."""
    table = _drawn(n=100, seed=seed)
    turned = effort.disloyal_by_fifth(table.assign(effort=8 - table["effort"]))
    assert turned.hits == effort.disloyal_by_fifth(table).hits[::-1]


def test_customers_with_the_same_answer_stay_together():
    """Half-point answers tie; a group may be a little larger, never split at random."""
    values = np.repeat(np.arange(1, 7.01, 0.5), [3, 5, 8, 6, 9, 7, 8, 9, 7, 6, 5, 4, 3])
    found = effort.share_by_group(values, values > 4)
    assert set(found.hits) <= {0, found.hits[2], *found.sizes}
    assert sum(found.sizes) == 80


@pytest.mark.parametrize("seed", range(5))
def test_the_planted_correlation_is_recovered(seed):
    """From the two end bars alone, within 4 standard errors of the interval."""
    truth = implied_link(0.09, 0.96, share_extreme=0.2)
    table, _ = contacts(truth, n=20_000, rng=np.random.default_rng(seed))
    found = effort.disloyal_by_fifth(table).correlation()
    half = (found.high - found.low) / 2 / 1.96
    assert abs(found.estimate - truth.correlation) < 4 * half
    assert half < 0.006


def test_its_interval_covers_the_truth_about_as_often_as_it_says():
    """95 of 100 samples, give or take 4 Monte Carlo standard errors at 120 samples.

    The groups are cut at the sample's own ranks, which makes the bars vary a little
    less than independent shares: coverage may be above 95, and must not fall below.
    """
    truth = Link(correlation=0.6, base=0.4, share_extreme=0.2)
    covered = 0
    for seed in range(120):
        table, _ = contacts(truth, n=1500, rng=np.random.default_rng([9, seed]))
        found = effort.disloyal_by_fifth(table).correlation()
        covered += found.low <= truth.correlation <= found.high
    assert covered / 120 > 0.95 - 4 * np.sqrt(0.95 * 0.05 / 120)


def test_the_interval_widens_with_the_root_of_fewer_customers():
    """A quarter of the customers, twice the width."""
    wide = effort.disloyal_by_fifth(_drawn(n=5_000)).correlation()
    narrow = effort.disloyal_by_fifth(_drawn(n=20_000)).correlation()
    widths = [e.high - e.low for e in (wide, narrow)]
    # the two samples differ, so their own bars differ by a few percent
    assert widths[0] / widths[1] == pytest.approx(2, rel=0.1)


def test_a_bar_at_a_hundred_percent_still_gives_a_finite_link():
    """Ten of ten: half a customer is moved inwards, and the interval is wide."""
    found = effort.disloyal_by_fifth(TEN)
    assert 0.3 < found.link().correlation < 1
    assert found.correlation().low < 0


def test_a_slide_that_falls_needs_a_negative_link_and_a_level_one_none():
    """With few customers chance may turn the bars round; the estimate must not stop."""
    up = effort.GroupShares(
        hits=(2, 3, 5, 6, 8), sizes=(10, 10, 10, 10, 10), share_extreme=0.2
    )
    down = replace(up, hits=up.hits[::-1])
    level = replace(up, hits=(5, 5, 5, 5, 5))
    assert down.correlation().estimate == pytest.approx(-up.correlation().estimate)
    assert down.link().shares == pytest.approx(up.link().shares[::-1])
    assert level.correlation().estimate == 0
    assert level.correlation().low < 0 < level.correlation().high


def test_the_odds_ratio_sets_the_last_group_against_the_first():
    """By hand: 3 of 4 against 1 of 4 is 3 to 1 against 1 to 3, or 9."""
    groups = effort.GroupShares(
        hits=(1, 1, 2, 2, 3), sizes=(4, 4, 4, 4, 4), share_extreme=0.2
    )
    assert groups.odds_ratio().estimate == pytest.approx(9)
    assert groups.odds_ratio().n == 8


def test_the_curve_over_cut_offs_falls_and_says_its_ends():
    """.88 at thirds to .61 at twentieths; farther ends need less."""
    needed = effort.needed_links(0.09, 0.96)
    assert np.all(np.diff(needed.correlations) < 0)
    assert needed.spread == pytest.approx(0.88 - 0.61, abs=0.006)
    assert "from 0.61 to 0.88" in str(needed)
    assert "0.78 at 20.0%" in needed.describe()
    assert len(needed.summary()) == len(effort.CUT_OFFS)


def test_the_sheet_for_monday_holds_five_answers_or_none():
    """An empty cell is a finding; a missing one is a mistake."""
    sheet = effort.ask_of_a_slide(["fifths", "50", "", "55 of 100", ""])
    assert sheet.loc["base", "answer"] == "55 of 100"
    assert (effort.ask_of_a_slide()["answer"] == "").all()
    with pytest.raises(ValueError, match="2 answers to 5 questions"):
        effort.ask_of_a_slide(["fifths", "50"])


def test_the_least_loyal_are_as_near_to_the_share_as_ties_allow():
    """Points 1 to 5, two customers each, wanted 50%: 40% or 60%; never half a tie."""
    loyalty = np.repeat([1, 2, 3, 4, 5], 2)
    found = effort.least_loyal(loyalty, share=0.45)
    assert found.mean() == pytest.approx(0.4)
    assert loyalty[found].max() < loyalty[~found].min()


def test_real_customers_draw_nearly_the_same_slide_with_satisfaction():
    """REAL, 250 mobile-phone customers: counted once by hand."""
    from cxlab import datasets

    mobi = datasets.load_mobi()
    satisfaction = mobi[["CUSA1", "CUSA2", "CUSA3"]].mean(axis=1)
    loyalty = mobi[["CUSL1", "CUSL3"]].mean(axis=1)
    found = effort.share_by_group(
        -satisfaction, effort.least_loyal(loyalty, share=0.555)
    )
    assert found.sizes == (56, 47, 60, 36, 51)
    assert (found.low, found.high) == pytest.approx((0.16, 0.94), abs=0.005)


def test_the_groups_are_a_value_that_says_itself():
    """A sentence, an alt text, and the tidy table with intervals."""
    fifths = effort.disloyal_by_fifth(_drawn(n=1000))
    assert "of 100 customers are disloyal" in str(fifths)
    assert "drawn bold, as on the slide" in fifths.describe()
    table = fifths.summary()
    assert table["quantity"].iloc[0] == "disloyal, easiest contacts"
    assert (
        (table["low"] < table["estimate"]) & (table["estimate"] < table["high"])
    ).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.drop(columns="effort"), "effort is missing"),
        (lambda d: d.assign(effort=d["effort"] + 1), "CES 2.0 runs the other way"),
        (lambda d: d.assign(effort=[np.nan] * 10), "none may be missing"),
        (lambda d: d.assign(disloyal=5), "who counts as disloyal"),
        (lambda d: d[:3], "at least 5"),
        (lambda d: d.assign(effort=[1.0] * 5 + [7.0] * 5), "not parted at random"),
    ],
)
def test_errors_about_a_table_teach(change, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        effort.disloyal_by_fifth(change(TEN))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: effort.share_by_group([1, np.nan, 2, 3, 4], [0] * 5), "1 of 5"),
        (lambda: effort.needed_links(0.09, 0.96, share_extremes=[]), "no cut-off"),
        (lambda: effort.least_loyal([1, 2], share=55), "strictly between 0"),
        (lambda: effort.disloyal_by_group(TEN, share_extreme=0.5), "less than half"),
    ],
)
def test_errors_about_a_call_teach(call, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        call()
