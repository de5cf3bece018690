"""A company's own tables, read by hand, and a planted link found again."""

import numpy as np
import pandas as pd
import pytest

from cxlab.strategy import STATES, STRATEGIES, read_tables
from cxlab.strategy.months import customer_months, last_seen

END = pd.Timestamp("2024-12-31")
OPENS = pd.date_range("2024-01-01", periods=12, freq="MS")


def _customers(n: int, left: dict[int, str] | None = None) -> pd.DataFrame:
    """N customers of long standing, some of whom leave on a day."""
    gone = pd.Series([(left or {}).get(k) for k in range(n)], dtype="datetime64[ns]")
    ids = [f"c{k}" for k in range(n)]
    joined = pd.Timestamp("2023-01-05")
    return pd.DataFrame({"customer_id": ids, "joined": joined, "left": gone})


def _world(*, worse: float, better: float, seed: int, n: int = 3000):
    """Who had a hard contact leaves next month with one chance, others with another."""
    rng = np.random.default_rng(seed)
    customers, rows = _customers(n), []
    here = np.ones(n, dtype=bool)
    hard = np.zeros(n, dtype=bool)
    for opens in OPENS:
        chance = np.where(hard, worse, better)
        goes = here & (rng.random(n) < chance)
        customers.loc[goes, "left"] = opens + pd.Timedelta(days=20)
        here &= ~goes
        calls = np.flatnonzero(here & (rng.random(n) < 0.5))
        effort = rng.choice([2, 6], len(calls))
        hard = np.zeros(n, dtype=bool)
        hard[calls] = effort == 6
        names = [f"c{k}" for k in calls]
        time = opens + pd.Timedelta(days=10)
        rows.append(
            pd.DataFrame({"customer_id": names, "time": time, "effort": effort})
        )
    return {"customers": customers, "contacts": pd.concat(rows, ignore_index=True)}


def test_what_happens_in_a_month_is_set_against_leaving_in_the_next() -> None:
    """A contact on the day of leaving is no cause of it."""
    watched = customer_months(_customers(2, {0: "2024-03-20"}), until=END)
    marked = watched.after(pd.Series(["c0", "c0"]), pd.Series(OPENS[[1, 2]]))
    months = np.flatnonzero(marked[0]) + watched.first
    assert months.astype("datetime64[M]").astype(str).tolist() == ["2024-03"]
    assert watched.count(marked) == (1, 1)


def test_a_month_watched_in_part_is_left_out() -> None:
    """Who leaves on the 30th cannot be seen on the 15th."""
    customers = _customers(1)
    whole, part = (
        customer_months(customers, until=pd.Timestamp(day)).shape[1]
        for day in ("2024-05-31", "2024-05-30")
    )
    assert whole - part == 1


def test_a_customer_is_new_for_a_hundred_days() -> None:
    """Joined on 5 January: the months opening on days 27, 56 and 87 are young."""
    customers = _customers(1).assign(joined=pd.Timestamp("2024-01-05"))
    watched = customer_months(customers, until=END)
    assert int(watched.younger(100).sum()) == 3


def test_events_of_strangers_and_outside_the_watch_mark_nothing() -> None:
    """Nor does a time that is missing."""
    watched = customer_months(_customers(1), until=END)
    times = pd.Series(pd.to_datetime(["2024-05-01", "2031-01-01", None]))
    assert not watched.after(pd.Series(["stranger", "c0", "c0"]), times).any()


def test_the_ceiling_by_hand() -> None:
    """Ten months after hard contacts with 2 leaving, ten after easy ones with 1.

    The extra is 1 in 10. Of all months, 10 of 211 follow a hard contact, so of 12,000
    months a year that is 57 customers of 1,000.
    """
    leave = {0: "2024-02-10", 1: "2024-02-11", 10: "2024-02-12", 20: "2024-01-03"}
    customers = _customers(21, leave).assign(joined=pd.Timestamp("2023-12-05"))
    rows = pd.DataFrame(
        {
            "customer_id": [f"c{k}" for k in range(20)],
            "time": pd.Timestamp("2024-01-15"),
            "effort": [6] * 10 + [2] * 10,
        }
    )
    watched_until = pd.DataFrame({"time": [END]})
    found = read_tables({"customers": customers, "contacts": rows, "x": watched_until})
    months = 12 * 17 + 2 * 3 + 1
    ease = found["ease"]
    assert (ease.worse.estimate, ease.better.estimate) == (0.2, 0.1)
    assert ease.ceiling.estimate == pytest.approx(12000 * 10 / months * 0.1)
    assert not ease.clear


def test_a_planted_link_is_found_again() -> None:
    """5 of 100 against 1: over eight seeds the mean is within half a point of 4."""
    worlds = [_world(worse=0.05, better=0.01, seed=k) for k in range(8)]
    found = [read_tables(tables)["ease"] for tables in worlds]
    assert np.mean([one.extra.estimate for one in found]) == pytest.approx(
        0.04, abs=5e-3
    )
    assert all(one.clear for one in found)


def test_without_a_link_the_interval_holds_none() -> None:
    """Spoiled: hard contacts change nothing, and the reading says so in 7 of 8."""
    worlds = [_world(worse=0.02, better=0.02, seed=k) for k in range(8)]
    assert sum(read_tables(tables)["ease"].clear for tables in worlds) <= 1


def test_failures_put_right_within_a_month_are_told_from_those_left() -> None:
    """Twelve failures; six are followed by something better than expected."""
    ids = [f"c{k}" for k in range(12)]
    day = pd.Timestamp("2024-01-10")
    bad = pd.DataFrame({"customer_id": ids, "time": day, "size": 3, "expectation": 5})
    good = bad.iloc[:6].assign(time=day + pd.Timedelta(days=5), size=6)
    late = bad.iloc[6:].assign(time=day + pd.Timedelta(days=40), size=6)
    left = dict.fromkeys(range(6, 10), "2024-02-10")
    customers = _customers(13, left)
    touches, watched = pd.concat([bad, good, late]), pd.DataFrame({"time": [END]})
    tables = {"customers": customers, "touches": touches, "watched": watched}
    reading = read_tables(tables)["recovery"]
    assert reading.worse.n == 6
    assert (reading.worse.estimate, reading.better.estimate) == (4 / 6, 0)


def test_branches_are_the_unit_of_what_staff_do() -> None:
    """Ten branches: the unhappy half loses 3 of 100 a month, the happy half 1."""
    months = pd.DataFrame(
        {
            "branch_id": [f"b{k}" for k in range(10)],
            "left": [3, 3, 3, 3, 3, 1, 1, 1, 1, 1],
            "customers": 100,
            "employee_satisfaction": [3.0] * 5 + [5.0] * 5,
        }
    )
    extra = pd.DataFrame({"time": [END]})
    tables = {"customers": _customers(20), "months": months, "x": extra}
    people = read_tables(tables)["people"]
    assert people.extra.estimate == pytest.approx(0.02)
    assert people.extra.n == 10
    assert people.ceiling.estimate == pytest.approx(12000 * 0.5 * 0.02)


def test_what_cannot_be_read_is_named() -> None:
    """And groups under five are not shown."""
    customers = _customers(30, {1: "2023-02-10"})
    few = pd.DataFrame({"customer_id": ["c1"], "time": END, "effort": [7]})
    found = read_tables({"customers": customers, "contacts": few})
    assert found.missing["delight"] == "no table of touches was given"
    assert "fewer than 5 customers" in found.missing["ease"]
    with pytest.raises(ValueError, match="no reading for 'ease': one of the groups"):
        found["ease"]
    assert found.order == ["onboarding"]


def test_the_readings_say_themselves() -> None:
    tables = _world(worse=0.05, better=0.01, seed=3, n=800)
    tables["customers"].loc[:99, "joined"] = pd.Timestamp("2024-01-05")
    found = read_tables(tables)
    assert found.largest == "ease"
    assert list(found.table().index) == ["ease", "onboarding"]
    assert "the highest ceiling is that of ease" in str(found)
    assert str(found) in found.describe()
    assert "after a hard contact" in str(found["ease"])
    names = ["leave in a year", "ceiling of ease", "ceiling of onboarding"]
    assert list(found.summary()["quantity"]) == names


def test_every_strategy_has_its_two_states() -> None:
    """And names the tables that it takes."""
    assert set(STATES) == set(STRATEGIES)


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ({}, "Give at least customers"),
        (
            {"customers": _customers(3, {0: "2024-05-05"}).drop(columns="joined")},
            "lacks joined",
        ),
        ({"customers": pd.concat([_customers(3)] * 2)}, "lacks unique ids"),
        ({"customers": _customers(3)}, "no month was watched"),
    ],
)
def test_tables_that_cannot_be_read_are_refused(tables, says) -> None:
    with pytest.raises(ValueError, match=says):
        read_tables(tables)


def test_tables_without_a_date_are_refused() -> None:
    with pytest.raises(ValueError, match="No table holds a date"):
        last_seen({"branches": pd.DataFrame({"region": ["north"]})})
