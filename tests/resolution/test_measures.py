"""One log, two honest answers, and what lies between them."""

import numpy as np
import pandas as pd
import pytest

from cxlab.resolution import (
    doors_taken,
    first_contact_measures,
    first_contacts,
    window_curve,
)
from cxlab.simulate.contacts import ContactWorld, contact_log

WORLD = ContactWorld()


def _cases(world: ContactWorld = WORLD, *, n: int = 20_000, seed: int = 1):
    log, _ = contact_log(world, n=n, rng=np.random.default_rng(seed))
    return first_contacts(log)


# Five cases: done; back in time; back elsewhere; back late; never back.
FIVE = pd.DataFrame(
    {
        "customer": range(5),
        "done": pd.array([True, False, False, False, False], dtype="boolean"),
        "next_days": [np.inf, 3, 2, 9, np.inf],
        "next_same_days": [np.inf, 3, np.inf, 9, np.inf],
        "seen_days": [30.0] * 5,
    }
)


def test_five_cases_by_hand() -> None:
    """The company counts one callback of five; the customers one done."""
    found = first_contact_measures(FIVE, window_days=7)
    assert (found.company.estimate, found.customer.estimate) == (0.8, 0.2)
    assert found.gap == pytest.approx(0.6)
    either = first_contact_measures(FIVE, window_days=7, same_channel=False)
    assert either.company.estimate == pytest.approx(0.6)


def test_each_of_five_cases_takes_its_own_door() -> None:
    """Done, counted, elsewhere, late, silent: a fifth each."""
    doors = doors_taken(FIVE)
    assert list(doors.shares().values()) == pytest.approx([0.2] * 5)
    assert doors.company == pytest.approx(0.8)
    assert doors.n == 5


def test_who_was_done_and_comes_back_is_booked_as_failed() -> None:
    """The company's rule errs to that side, too: a thank-you is a failure."""
    thanks = FIVE.assign(next_same_days=[1, 3, np.inf, 9, np.inf])
    doors = doors_taken(thanks)
    assert doors.back_though_done == pytest.approx(0.2)
    company = first_contact_measures(thanks).company.estimate
    assert doors.company == pytest.approx(company)


def test_both_measures_come_out_as_planted_over_seeds() -> None:
    """Twenty logs of 5,000: the mean within 4 standard errors of the exact shares."""
    found = []
    for seed in range(20):
        measured = first_contact_measures(_cases(n=5000, seed=seed))
        found.append([measured.company.estimate, measured.customer.estimate])
    truth = [WORLD.doors(window_days=7).company, WORLD.true_share]
    error = np.std(found, axis=0, ddof=1) / np.sqrt(20)
    assert np.all(np.abs(np.mean(found, axis=0) - truth) < 4 * error)


def test_the_doors_are_counted_as_they_were_built() -> None:
    """All five shares within 4 standard errors of a share of 20,000 and more."""
    doors, truth = doors_taken(_cases()), WORLD.doors(window_days=7)
    for name, share in truth.shares().items():
        error = np.sqrt(share * (1 - share) / doors.n)
        assert abs(doors.shares()[name] - share) < 4 * error, name


def test_a_longer_window_and_all_channels_close_part_of_the_gap() -> None:
    """What stays is silence: 40 + a quarter of 60 = 55 at the very most."""
    curve = window_curve(_cases(), windows=[1, 7, 28, 56])
    same = [m.company.estimate for m in curve.same_channel]
    either = [m.company.estimate for m in curve.any_channel]
    assert same == sorted(same, reverse=True)
    assert all(a < s for a, s in zip(either, same, strict=True))
    assert either[-1] == pytest.approx(0.55, abs=0.015)  # 4 errors of .0033, and a bit
    assert curve.windows.tolist() == [1, 7, 28, 56]
    assert len({m.company.n for m in curve.same_channel}) == 1


def test_a_log_that_ends_too_early_flatters_nobody() -> None:
    """Cases whose window is still open are left out, and counted as left out."""
    log, _ = contact_log(WORLD, n=4000, rng=np.random.default_rng(3))
    short = first_contacts(log[log["day"] <= 60])
    found = first_contact_measures(short, window_days=14)
    assert found.open_cases == (short["seen_days"] < 14).sum() > 0
    truth = WORLD.doors(window_days=14).company
    assert found.company.low < truth < found.company.high


def test_a_window_nobody_was_watched_for_is_refused() -> None:
    """Choose a shorter one, or wait."""
    with pytest.raises(ValueError, match=r"watched for 90 days; the longest .* 30"):
        first_contact_measures(FIVE, window_days=90)


def test_a_window_cannot_be_negative() -> None:
    """The message names the number given."""
    with pytest.raises(ValueError, match="window_days=-1"):
        doors_taken(FIVE, window_days=-1)


def test_without_a_question_there_is_no_customers_view() -> None:
    """The log alone cannot know it."""
    mute = FIVE.assign(done=pd.array([pd.NA] * 5, dtype="boolean"))
    with pytest.raises(ValueError, match="Ask a sample"):
        first_contact_measures(mute)


def test_both_measures_read_as_a_sentence() -> None:
    """And stand in one tidy table."""
    found = first_contact_measures(FIVE)
    assert str(found) == (
        "Within 7 days the company counts 80% as resolved at first contact; of the "
        "customers, 20% say that all was done."
    )
    assert list(found.summary()["quantity"]) == ["company's view", "customers' view"]


def test_the_pictures_can_be_told_on_the_telephone() -> None:
    """Alt texts come from the results."""
    assert "gave up" in doors_taken(FIVE).describe()
    curve = window_curve(_cases(n=500), windows=[1, 7])
    assert "stays near" in curve.describe()
