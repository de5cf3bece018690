"""Readings of a company's own tables: planted truth is found, and no row is shown."""

import re

import numpy as np
import pandas as pd
import pytest

from cxlab import readings
from cxlab.readings import CannotRead, Reading
from cxlab.readings.chain import BOXES
from cxlab.results import Estimate

SEED = 11
N = 3000


def _points(mean, rng, *, low=1, high=7, noise=1.0):
    drawn = np.rint(mean + rng.normal(scale=noise, size=len(mean)))
    return pd.Series(np.clip(drawn, low, high)).astype("Int64")


@pytest.fixture(scope="module")
def surveys():
    """Quality moves satisfaction by .6, which moves staying by .7; effort takes .5."""
    rng = np.random.default_rng([SEED, 1])
    branch = rng.integers(0, 20, N)
    quality = rng.normal(4.5, 1, N)
    satisfaction = 4.5 + 0.6 * (quality - 4.5) + rng.normal(scale=0.5, size=20)[branch]
    effort = _points(np.full(N, 3.5), rng, noise=1.6)
    stay = 4.5 + 0.7 * (satisfaction - 4.5) - 0.5 * (effort - 3.5).astype(float)
    met = pd.Series(rng.integers(-2, 3, N))
    stay = stay - 1.0 * (met < 0) + 0.9 * (met > 0)
    return pd.DataFrame(
        {
            "branch_id": [f"B{one:02}" for one in branch],
            "quality": _points(quality, rng, noise=0.3),
            "value": _points(quality, rng),
            "satisfaction": _points(satisfaction, rng),
            "effort": effort,
            "stay": _points(stay, rng, noise=0.5),
            "recommend": _points(satisfaction + 2.5, rng, low=0, high=10),
            "met": met.astype("Int64"),
        }
    )


@pytest.fixture(scope="module")
def contacts():
    """A transfer makes a contact twice as likely to be hard; telling again does not."""
    rng = np.random.default_rng([SEED, 2])
    transfers, again = rng.random(N) < 0.3, rng.random(N) < 0.4
    hard = rng.random(N) < np.where(transfers, 0.4, 0.2)
    start = pd.Timestamp("2025-01-01")
    first = pd.DataFrame(
        {
            "customer_id": [f"C{one:05}" for one in range(N)],
            "issue": rng.choice(["bill", "repair"], N),
            "time": start + pd.to_timedelta(rng.uniform(0, 300, N), unit="D"),
            "channel": rng.choice(["web", "phone"], N),
            "effort": pd.array(np.where(hard, 6, 2), dtype="Int64"),
            "transfers": pd.array(transfers.astype(int), dtype="Int64"),
            "repeated_information": pd.array(again, dtype="boolean"),
        }
    )
    back = first.sample(frac=0.3, random_state=SEED).assign(effort=pd.NA)
    # 1 in 2 of those who come back takes another door
    other = rng.random(len(back)) < 0.5
    back["channel"] = np.where(other, "email", back["channel"])
    back["time"] += pd.to_timedelta(rng.uniform(0.1, 6.9, len(back)), unit="D")
    return pd.concat([first, back], ignore_index=True)


@pytest.fixture(scope="module")
def customers():
    """Up to day 100 they leave four times as fast as afterwards."""
    rng = np.random.default_rng([SEED, 3])
    early, late = rng.exponential(250, N), 100 + rng.exponential(1000, N)
    days = np.where(early < 100, early, late)
    joined = pd.Timestamp("2024-01-01") + pd.to_timedelta(
        rng.integers(0, 600, N), unit="D"
    )
    left = joined + pd.to_timedelta(np.ceil(days), unit="D")
    end = pd.Timestamp("2025-12-31")
    return pd.DataFrame(
        {
            "customer_id": [f"C{one:05}" for one in range(N)],
            "joined": joined,
            "left": left.where(left <= end),
        }
    )


@pytest.fixture(scope="module")
def touches(customers):
    rng = np.random.default_rng([SEED, 4])
    who = customers.loc[rng.integers(0, N, 3 * N)].reset_index(drop=True)
    until = who["left"].fillna(pd.Timestamp("2025-12-31"))
    share = rng.random(len(who))
    good = who["left"].isna() | (rng.random(len(who)) < 0.5)
    return pd.DataFrame(
        {
            "customer_id": who["customer_id"],
            "time": who["joined"] + (until - who["joined"]) * share,
            "kind": "call",
            "size": pd.array(np.where(good, 6, 1), dtype="Int64"),
            "expectation": pd.array(np.full(len(who), 4), dtype="Int64"),
        }
    )


@pytest.fixture(scope="module")
def months():
    """Quality moves employees, who move customers, who stay and pay."""
    rng = np.random.default_rng([SEED, 5])
    branch = pd.DataFrame({"branch_id": [f"B{one:02}" for one in range(40)]})
    z = rng.normal(size=40)
    for box in BOXES:
        branch[box] = z
        z = 0.9 * z + np.sqrt(1 - 0.81) * rng.normal(size=40)
    table = branch.merge(
        pd.DataFrame({"month": pd.date_range("2025-01-01", periods=6, freq="MS")}),
        how="cross",
    ).assign(customers=100)
    return table.assign(profit=100 * table["profit"])


def test_scores_have_intervals(surveys):
    found = readings.scores(surveys)
    satisfied = found.estimates[1]
    assert satisfied.estimate == pytest.approx((surveys["satisfaction"] >= 6).mean())
    assert [one.n for one in found.estimates] == [N] * 3
    assert len(readings.scores(surveys.drop(columns="effort")).estimates) == 2


def test_effort_is_counted_at_both_ends_and_between(surveys):
    found = readings.effort_groups(surveys)
    assert found.headline.low > 1
    shares = [one.estimate for one in found.estimates[1:]]
    assert shares == sorted(shares)
    assert sum(one.n for one in found.estimates[1:]) == N
    easy = surveys[surveys["effort"] <= 2]
    assert shares[0] == pytest.approx((easy["stay"] <= 3).mean())


def test_odds_that_cannot_be_compared_are_left_out(surveys):
    found = readings.effort_groups(surveys.assign(stay=7))
    assert [one.estimate for one in found.estimates] == [0, 0, 0]
    assert "cannot be compared" in found.sentence


def test_a_trouble_that_does_nothing_is_told_from_one_that_does(contacts):
    """Planted: .4 against .2 with a transfer, nothing for telling it again."""
    found = {one.quantity: one for one in readings.driver_ratios(contacts).estimates}
    moved = found["hard, if transferred"]
    again = found["hard, if told it all again"]
    assert moved.low < 2 < moved.high
    assert again.low < 1 < again.high


def test_two_rules_differ_by_those_who_took_another_door(contacts):
    """Planted: 30% come back within a week, half of them through another channel."""
    narrow, wide = readings.first_contact(contacts).estimates
    assert narrow.low < 0.85 < narrow.high
    assert wide.low < 0.70 < wide.high


def test_a_lift_of_fifteen_points_is_no_plateau(surveys):
    """Planted: .9 of six steps, which is 15 points of 100."""
    found = readings.delight(surveys)
    assert found.headline.low < 15 < found.headline.high
    assert "delight goes with loyalty" in found.sentence


def test_more_leave_in_debit_than_in_credit(customers, touches):
    debit, credit = readings.account(customers, touches).estimates
    assert debit.low > credit.high


def test_early_and_late_rates_are_found(customers):
    """Planted: 4 and 1 of 1,000 a day; half a day of rounding is within."""
    early, late = readings.first_days(customers).estimates
    assert early.low < 4.0 < early.high
    assert late.low < 1.0 < late.high


def test_what_purchases_foretell():
    rng = np.random.default_rng([SEED, 6])
    pace, gone = rng.gamma(0.8, 1 / 8, 2000), rng.beta(0.8, 2.5, 2000)
    rows = []
    for customer, (rate, p) in enumerate(zip(pace, gone, strict=True)):
        week = rng.uniform(0, 12)
        while week < 60:
            rows.append((f"C{customer:04}", week))
            if len(rows) > 1 and rows[-2][0] == rows[-1][0] and rng.random() < p:
                break
            week += rng.exponential(1 / rate)
    log = pd.DataFrame(rows, columns=["customer_id", "week"])
    log["date"] = pd.Timestamp("2025-01-01") + pd.to_timedelta(log["week"] * 7, "D")
    found = readings.worth(log.assign(amount=20.0))
    alive, more, money, best = (one.estimate for one in found.estimates)
    assert 0.5 < alive < 1
    assert more > 0
    assert money == 20
    assert 0.2 < best < 1


def test_a_chain_over_branches_is_found(months):
    """Planted: every arrow .9, so the ends share .9 to the fourth."""
    found = readings.chain(months, seed=1)
    ends, product, *arrows = found.estimates
    assert ends.low < 0.9**4 < ends.high
    assert len(arrows) == 4
    assert product.estimate == pytest.approx(np.prod([a.estimate for a in arrows]))


def test_satisfaction_carries_what_was_planted():
    """Planted: .6 of a point to satisfaction, .7 from there, nothing past it."""
    rng = np.random.default_rng([SEED, 7])
    quality = rng.normal(4, 1, N)
    satisfaction = 4 + 0.6 * (quality - 4) + rng.normal(scale=0.5, size=N)
    stay = 4 + 0.7 * (satisfaction - 4) + rng.normal(scale=0.5, size=N)
    asked = {"quality": quality, "satisfaction": satisfaction, "stay": stay}
    through, direct, total = readings.carried(pd.DataFrame(asked), seed=1).estimates
    assert through.low < 0.42 < through.high
    assert direct.low < 0 < direct.high
    assert total.estimate == pytest.approx(through.estimate + direct.estimate)


def test_paths_and_branches(surveys):
    found = readings.paths(surveys, seed=1)
    assert found.headline.quantity == "Satisfaction > Loyalty"
    assert found.headline.low > 0.4
    one, mean, raw, fair = (e.estimate for e in readings.branches(surveys).estimates)
    assert 0.05 < one < mean < 1
    assert fair < raw


def test_no_row_and_no_small_group_is_shown(surveys, contacts, customers, touches):
    """Aggregates only; a group of four is left out of the table."""
    found = [
        readings.scores(surveys),
        readings.driver_ratios(contacts),
        readings.first_contact(contacts),
        readings.account(customers, touches),
        readings.first_days(customers),
        readings.branches(surveys),
    ]
    for one in found:
        said = f"{one.table.to_string()} {one} {one.alt}"
        assert not re.search(r"\b[CB]\d{2,5}\b|\d{4}-\d\d-\d\d", said)
    small = Estimate(quantity="of four", estimate=0.5, n=4)
    large = Estimate(quantity="of five", estimate=0.4, n=5)
    reading = Reading(about="Two groups", estimates=(large, small), sentence="")
    assert reading.table["quantity"].tolist() == ["of five"]


@pytest.mark.parametrize(
    ("read", "message"),
    [
        (lambda s: readings.scores(s.drop(columns="recommend")), "has no recommend"),
        (lambda s: readings.scores(s.head(4)), "4 rows of the table surveys"),
        (lambda s: readings.branches(s.assign(branch_id="A")), "Fewer than two"),
        (readings.driver_ratios, "needs effort and two troubles"),
    ],
)
def test_what_a_table_cannot_tell_is_said(surveys, read, message):
    with pytest.raises(CannotRead, match=message):
        read(surveys)


def test_short_logs_cannot_tell(contacts, customers, months):
    with pytest.raises(CannotRead, match="30 days or more before"):
        readings.first_contact(contacts[contacts["time"] < "2025-01-20"])
    with pytest.raises(CannotRead, match="Fewer than five customers"):
        readings.first_days(customers.assign(left=pd.NaT))
    with pytest.raises(CannotRead, match="has 3 branches"):
        readings.chain(months[months["branch_id"] < "B03"], seed=1)
