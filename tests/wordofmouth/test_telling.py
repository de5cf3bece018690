"""Good and bad words: per experience, and over all that is heard."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.simulate.wordofmouth import TellingWorld, experiences
from cxlab.wordofmouth import (
    TwoReadings,
    count_tellings,
    heard_ratio,
    share_good_needed,
)

ratios = st.floats(0.05, 20)
shares = st.floats(0.02, 0.98)


def test_six_of_seven_reconcile_two_to_one_with_three_to_one() -> None:
    """Syllabus 22: TARP's 2:1 and East's 3:1 need g = 6/7."""
    assert share_good_needed(heard=3, told=2) == pytest.approx(6 / 7, rel=1e-12)


def test_seven_customers_by_hand() -> None:
    """Thirty good words and ten bad ones, though bad is told to twice as many."""
    log = pd.DataFrame({"experience": ["good"] * 6 + ["bad"], "told": [5] * 6 + [10]})
    found = count_tellings(log)
    assert (found.told_good, found.told_bad) == (30, 10)
    assert (found.told.estimate, found.heard.estimate) == (2.0, 3.0)


@given(shares, ratios, ratios)
def test_the_share_needed_undoes_the_ratio_heard(
    share: float, good: float, bad: float
) -> None:
    """One formula, read forwards and backwards."""
    heard = heard_ratio(share_good=share, tell_good=good, tell_bad=bad)
    assert share_good_needed(heard=heard, told=bad / good) == pytest.approx(share)


@given(shares, st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_the_same_holds_for_any_log(share: float, a: int, b: int, c: int) -> None:
    """Counted, not only planted: the share of good follows from the two ratios."""
    log = pd.DataFrame({"experience": ["good", "good", "bad"], "told": [a, b, c]})
    found = count_tellings(log)
    needed = share_good_needed(heard=found.heard.estimate, told=found.told.estimate)
    assert needed == pytest.approx(found.share_good)


def test_a_printed_pair_is_read_in_two_ways() -> None:
    """25 against 65: bad words win if of all, good ones if each of its own group."""
    pair = TwoReadings(well=0.25, badly=0.65)
    assert pair.of_all == pytest.approx(0.3846, abs=5e-5)
    assert pair.of_each(6 / 7) == pytest.approx(6 * 0.25 / 0.65)
    assert pair.of_each(pair.needed(3)) == pytest.approx(3)


def test_both_ratios_find_the_planted_truth_as_often_as_they_promise() -> None:
    """400 worlds of 600 customers: 95% intervals, 4 standard errors of a share."""
    rng, world = np.random.default_rng(1), TellingWorld(share_good=0.7)
    caught = np.zeros(2)
    for _ in range(400):
        found = count_tellings(experiences(world, n=600, rng=rng)[0])
        for k, (one, truth) in enumerate(
            [(found.told, world.told), (found.heard, world.heard)]
        ):
            assert one.low is not None
            assert one.high is not None
            caught[k] += one.low < truth < one.high
    assert caught / 400 == pytest.approx(0.95, abs=4 * 0.0109)


def test_as_many_good_as_bad_experiences_and_the_bad_words_win() -> None:
    """The knob of the lesson, turned to one half."""
    world = TellingWorld(share_good=0.5)
    assert world.heard == 0.5
    log, truth = experiences(world, n=4000, rng=np.random.default_rng(2))
    assert truth is world
    assert count_tellings(log).heard.estimate == pytest.approx(0.5, abs=0.05)


def test_errors_say_what_to_do() -> None:
    """A share of one, a ratio of nought, a log without bad words, a strange word."""
    with pytest.raises(ValueError, match=r"above 0 and below 1, such as 0\.86"):
        heard_ratio(share_good=1, tell_good=5, tell_bad=10)
    with pytest.raises(ValueError, match="report the two counts"):
        heard_ratio(share_good=0.5, tell_good=0, tell_bad=10)
    with pytest.raises(ValueError, match="Give 'three to one' as 3"):
        share_good_needed(heard=0, told=2)
    with pytest.raises(ValueError, match="Report the counts"):
        count_tellings(pd.DataFrame({"experience": ["good"], "told": [5]}))
    with pytest.raises(ValueError, match="write 'good' or 'bad'"):
        count_tellings(pd.DataFrame({"experience": ["so so"], "told": [5]}))


def test_the_words_say_what_the_numbers_are() -> None:
    """One sentence, one tidy table."""
    log = pd.DataFrame({"experience": ["good"] * 6 + ["bad"], "told": [5] * 6 + [10]})
    found = count_tellings(log)
    assert "2.0 times as many" in str(found)
    assert str(found) in found.describe()
    assert found.summary()["n"].tolist() == [7, 7]
