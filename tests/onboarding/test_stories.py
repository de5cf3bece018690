"""The bank's figures: printed numbers, two stories, fees, and the trial that tells."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.onboarding import (
    TwoRates,
    TwoStories,
    first_year_fees,
    read_trial,
    three_answers,
    through_rates,
)
from cxlab.simulate.onboarding import OnboardingWorld, new_customers

BANK = TwoStories(early_here=0.84, late_here=0.68)


def test_the_bank_by_the_first_days():
    """Hazards .001744 and .000797 per day, ratio 2.19 (facts, loyalty 4)."""
    found = BANK.onboarding
    assert found.early == pytest.approx(0.001744, abs=5e-7)
    assert found.late == pytest.approx(0.000797, abs=5e-7)
    assert found.ratio == pytest.approx(2.19, abs=0.005)


def test_the_bank_by_sorting():
    """a = 98.9 and r = .2495 hit both shares; .588 against .508 on day 730 (L114)."""
    found = BANK.sorting
    assert found.a == pytest.approx(98.9, abs=0.05)
    assert found.r == pytest.approx(0.2495, abs=5e-5)
    assert found.survival([100, 365]) == pytest.approx([0.84, 0.68], abs=1e-12)
    assert found.survival(730) == pytest.approx(0.588, abs=5e-4)
    assert BANK.onboarding.survival(730) == pytest.approx(0.508, abs=5e-4)
    assert BANK.constant.survival(730) == pytest.approx(0.68**2)


def test_the_fees_of_the_first_year():
    """115.4 day by day, 117.3 in advance, 113.5 in arrears; 12 a month."""
    fees = first_year_fees(BANK.onboarding, monthly=12)
    assert fees.continuous == pytest.approx(115.4, abs=0.05)
    assert fees.advance == pytest.approx(117.3, abs=0.05)
    assert fees.arrears == pytest.approx(113.5, abs=0.05)


def test_two_rates_give_back_their_shares():
    again = through_rates(early=BANK.onboarding.early, late=BANK.onboarding.late)
    assert again.early_here == pytest.approx(0.84)
    assert again.late_here == pytest.approx(0.68)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.0012, 0.004), st.floats(0.0002, 0.001))
def test_both_stories_always_hit_both_shares_and_sorting_keeps_more_later(early, late):
    """Two numbers each, two shares: neither story can be refused by them."""
    pair = through_rates(early=early, late=late)
    days = [pair.early_day, pair.late_day]
    assert pair.sorting.survival(days) == pytest.approx(
        pair.onboarding.survival(days), abs=1e-9
    )
    assert pair.sorting.survival(730) > pair.onboarding.survival(730)


@pytest.mark.parametrize(
    ("early", "late", "says"),
    [(84, 68, "not percent"), (0.6, 0.7, "fewer"), (0.95, 0.5, "no faster early")],
)
def test_shares_that_cannot_be_are_refused(early, late, says):
    with pytest.raises(ValueError, match=says):
        TwoStories(early_here=early, late_here=late)


def test_a_world_prints_the_same_shares_whatever_its_mixture():
    """The two printed figures know nothing of the mixture; the mended half does."""
    for mixing in (0, 0.3, 1):
        world = OnboardingWorld(stories=BANK, mixing=mixing)
        here = world.survival(np.array([100.0, 365.0]))
        assert here == pytest.approx([0.84, 0.68])
        assert world.gain(365) == pytest.approx(100 * (1 - mixing) * BANK.gain(365))


def test_drawn_customers_follow_their_world():
    """40,000 drawn, against the closed form: within four errors on each day."""
    world = OnboardingWorld(stories=BANK, mixing=0.5)
    rng = np.random.default_rng(5)
    drawn, _ = new_customers(world, n=40_000, days=1000, rng=rng)
    for mended, half in drawn.groupby("mended"):
        for day in (50.0, 100.0, 365.0, 900.0):
            here = (half["days"] > day).mean()
            true = float(world.survival(day, mended=bool(mended)))
            assert here == pytest.approx(true, abs=4 * np.sqrt(0.25 / len(half)))


def test_the_trial_tells_the_pure_stories_apart():
    """Of 25 trials of 4,000 in each pure world, at least 20 rule the other one out."""
    said = {}
    for mixing in (0, 1):
        world = OnboardingWorld(stories=BANK, mixing=mixing)
        rng = np.random.default_rng([6, mixing])
        trials = [
            read_trial(new_customers(world, n=4000, days=365, rng=rng)[0], stories=BANK)
            for _ in range(25)
        ]
        said[mixing] = [trial.says for trial in trials]
        caught = [t.gap.low <= world.gain(365) <= t.gap.high for t in trials]
        assert sum(caught) >= 21
    assert said[0].count("first days") >= 20
    assert said[1].count("sorting") >= 20


def test_a_trial_needs_both_halves():
    alone = pd.DataFrame({"days": [5.0], "left": [True], "mended": [True]})
    with pytest.raises(ValueError, match="by lot"):
        read_trial(alone, stories=BANK)


def test_three_answers_by_hand():
    """Ten rows: 3 of 6 gone at tenure 1, 1 of 4 at tenure 2."""
    tenure = [1] * 6 + [2] * 4
    churn = [1, 1, 1, 0, 0, 0, 1, 0, 0, 0]
    found = three_answers(tenure, churn, month=2)
    assert found.counted.estimate == pytest.approx(4 / 10)
    assert found.followed.estimate == pytest.approx(1 - 7 / 10 * 3 / 4)
    assert found.last_month.estimate == pytest.approx(1 - 1 / 2 * 3 / 4)


def test_three_answers_of_the_invented_phone_customers():
    """56.2%, 8.6% and 90.3% by month 3 (facts, datasets.md, row 5)."""
    from cxlab import datasets

    table = datasets.load_wa_churn()
    found = three_answers(table["tenure"], table["churn"])
    printed = (0.562, 0.086, 0.903)
    for one, share in zip(found.answers, printed, strict=True):
        assert one.estimate == pytest.approx(share, abs=5e-4)
        assert one.low < one.estimate < one.high


def test_a_month_without_rows_and_half_months_are_refused():
    with pytest.raises(ValueError, match="no row"):
        three_answers([1, 3], [True, True], month=3)
    with pytest.raises(ValueError, match="whole months"):
        three_answers([1.5, 3], [True, True], month=1)


def test_constant_leaving_has_no_bend():
    even = TwoRates(early=0.001, late=0.001)
    assert even.survival(200) == pytest.approx(np.exp(-0.2))
