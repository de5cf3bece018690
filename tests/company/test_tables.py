"""The tables of a company fit each other, and the schemas of people's own tables."""

import numpy as np
import pandas as pd
import pytest

from cxlab.account import Rules
from cxlab.company import STRATEGIES, Plan, Truth, company
from cxlab.tables import SCHEMAS

FIRST = pd.Timestamp("2024-01-01")
KEYS = {
    "branches": "branch_id",
    "employees": "employee_id",
    "customers": "customer_id",
    "touches": "touch_id",
    "contacts": "contact_id",
    "surveys": "survey_id",
    "purchases": "purchase_id",
}


def _by_month(table, time, small):
    """Count rows by month and branch, in the order of ``small.months``."""
    home = small.customers.set_index("customer_id")["branch_id"]
    keys = {
        "month": table[time].dt.to_period("M").dt.start_time.to_numpy(),
        "branch_id": table["customer_id"].map(home).astype(str).to_numpy(),
    }
    counted = pd.DataFrame(keys).value_counts()
    wanted = small.months[["month", "branch_id"]].astype({"branch_id": str})
    return counted.reindex(pd.MultiIndex.from_frame(wanted), fill_value=0).to_numpy()


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_every_table_has_the_columns_that_people_are_asked_for(small, name) -> None:
    assert tuple(small.tables[name].columns) == SCHEMAS[name].names


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_every_value_is_one_that_people_may_give(small, name) -> None:
    """Ends of scales, whole numbers, choices, and what may be blank."""
    for column in SCHEMAS[name].columns:
        values = small.tables[name][column.name]
        assert column.optional or values.notna().all(), column.name
        known = values.dropna()
        if column.kind == "number":
            low, high = (
                np.inf * sign if end is None else end
                for end, sign in ((column.low, -1), (column.high, 1))
            )
            assert known.between(low, high).all(), column.name
            assert not column.whole or (known % 1 == 0).all(), column.name
        if column.kind in ("date", "time"):
            assert known.dt.tz is None
            assert known.between("1990-01-01", "2024-09-01").all(), column.name
        if column.kind == "choice":
            assert set(known) <= set(column.choices)


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_ids_are_strings_and_unique(small, name, key) -> None:
    ids = small.tables[name][key]
    assert ids.is_unique
    assert isinstance(ids.iloc[0], str)


@pytest.mark.parametrize("name", [*KEYS, "months"])
def test_every_id_of_another_table_is_found_there(small, name) -> None:
    table = small.tables[name]
    for owner, key in KEYS.items():
        if key in table and owner != name:
            there = set(small.tables[owner][key])
            assert set(table[key].dropna()) <= there, key


@pytest.mark.parametrize(
    ("name", "time"),
    [
        ("touches", "time"),
        ("contacts", "time"),
        ("surveys", "time"),
        ("purchases", "date"),
    ],
)
def test_nothing_happens_before_joining_or_after_leaving(small, name, time) -> None:
    rows = small.tables[name][["customer_id", time]].astype({"customer_id": str})
    rows = rows.merge(small.customers.astype({"customer_id": str}), on="customer_id")
    assert (rows[time] >= rows["joined"]).all()
    gone = rows["left"].notna()
    assert (rows.loc[gone, time] < rows.loc[gone, "left"] + pd.Timedelta("1D")).all()


def test_employees_serve_between_their_first_day_and_their_last(grown) -> None:
    served = grown.contacts.dropna(subset=["employee_id"])[["employee_id", "time"]]
    staff = grown.employees.astype({"employee_id": str})
    rows = served.astype({"employee_id": str}).merge(staff, on="employee_id")
    assert (rows["joined"] <= rows["time"]).all()
    last = rows["left"].fillna(pd.Timestamp("2100-01-01")) + pd.Timedelta("1D")
    assert (rows["time"] < last).all()
    assert grown.employees["left"].notna().sum() > 50


def test_customers_meet_employees_of_their_own_branch(small) -> None:
    rows = small.contacts.dropna(subset=["employee_id"])
    home = small.customers.set_index("customer_id")["branch_id"].astype(str)
    desk = small.employees.set_index("employee_id")["branch_id"].astype(str)
    at = rows["employee_id"].astype(str).map(desk).to_numpy()
    assert (rows["customer_id"].astype(str).map(home).to_numpy() == at).all()


@pytest.mark.parametrize(
    ("column", "table", "time"),
    [
        ("left", "customers", "left"),
        ("joined", "customers", "joined"),
        ("contacts", "contacts", "time"),
    ],
)
def test_months_count_what_the_other_tables_hold(small, column, table, time) -> None:
    rows = small.tables[table].dropna(subset=[time])
    rows = rows[rows[time] >= FIRST]
    assert (_by_month(rows, time, small) == small.months[column]).all()


def test_complaints_are_contacts_about_a_complaint(small) -> None:
    rows = small.contacts[small.contacts["issue"] == "complaint"]
    assert (_by_month(rows, "time", small) == small.months["complaints"]).all()


def test_customers_at_opening_are_those_who_had_not_left(small) -> None:
    """The next opening: this one, less who left, and with who joined."""
    for _, one in small.months.groupby("branch_id", observed=True):
        after = (one["customers"] - one["left"] + one["joined"]).to_numpy()
        assert (one["customers"].to_numpy()[1:] == after[:-1]).all()
    stayed = 1 - small.months["left"] / small.months["customers"]
    assert small.months["loyalty"].to_numpy() == pytest.approx(stayed, abs=1e-6)


def test_revenue_is_what_customers_bought(small) -> None:
    home = small.customers.set_index("customer_id")["branch_id"].astype(str)
    rows = small.purchases.assign(
        branch=small.purchases["customer_id"].astype(str).map(home),
        month=small.purchases["date"].dt.to_period("M").dt.start_time,
    )
    bought = rows.groupby(["month", "branch"])["amount"].sum()
    booked = small.months.set_index(["month", "branch_id"])["revenue"]
    booked = booked[booked > 0]
    assert bought.to_numpy() == pytest.approx(booked.sort_index().to_numpy(), abs=1e-6)


def test_profit_is_revenue_less_cost_and_the_costs_are_the_truths(small) -> None:
    """Costs by hand: goods, serving, minutes, adverts, hiring, mending."""
    months, truth = small.months, small.truth
    assert months["profit"].to_numpy() == pytest.approx(
        (months["revenue"] - months["cost"]).to_numpy(), abs=0.005
    )
    assert small.profit.sum() == pytest.approx(months["profit"].sum())
    new = small.customers[small.customers["joined"] >= FIRST]
    by_hand = (
        (1 - truth.margin) * months["revenue"].sum()
        + truth.serving * months["customers"].sum()
        + truth.minute * small.contacts["minutes"].sum()
        + truth.joining * (new["acquired_by"] == "adverts").sum()
        + truth.hiring * small.employees["left"].notna().sum()
        + truth.mending * (small.touches["kind"] == "recovery").sum()
    )
    assert months["cost"].sum() == pytest.approx(by_hand, abs=0.01 * len(months))


def test_the_mean_of_a_months_surveys_is_its_customer_satisfaction(small) -> None:
    rows = small.surveys.assign(
        month=small.surveys["time"].dt.to_period("M").dt.start_time
    )
    means = rows.groupby(["month", "branch_id"], observed=True)["satisfaction"].mean()
    booked = small.months.set_index(["month", "branch_id"])["customer_satisfaction"]
    assert means.to_numpy() == pytest.approx(booked.sort_index(), abs=1e-6)


def test_every_contact_is_a_touch_and_every_survey_follows_one(small) -> None:
    felt = small.touches[small.touches["kind"] == "contact"]
    both = [
        table[["customer_id", "time"]].astype({"customer_id": str}).value_counts()
        for table in (felt, small.contacts)
    ]
    assert both[0].sort_index().equals(both[1].sort_index())
    assert small.surveys["effort"].notna().any()


def test_tables_lie_in_the_order_of_time(small) -> None:
    for name in ("touches", "contacts", "surveys"):
        assert small.tables[name]["time"].is_monotonic_increasing


def test_there_is_no_employee_on_the_web_and_no_minutes(small) -> None:
    web = small.contacts["channel"] == "web"
    assert small.contacts.loc[web, ["employee_id", "minutes"]].isna().all(axis=None)
    assert small.contacts.loc[~web, ["employee_id", "minutes"]].notna().all(axis=None)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_plan_costs_what_it_says(strategy) -> None:
    """Where a strategy can do nothing, profit falls by its money and by that alone."""
    nothing = {
        "ease_effort": 0,
        "ease_solved": 0,
        "ease_smooth": 0,
        "delight_gestures": 0,
        "onboarding_cut": 0,
        "people_internal": 0,
        "recovery_noticed": 0,
        "recovery_mended": 0,
    }
    one = {"n_customers": 100, "n_branches": 2, "months": 2, "truth": Truth(**nothing)}
    plan = Plan(**{strategy: 40})
    before, after = company(**one).profit, company(**one, plan=plan).profit
    assert (before - after).to_numpy() == pytest.approx([40, 40], abs=0.03)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"n_customers": 50}, "ten customers for each branch"),
        ({"months": 0}, "at least one month"),
        ({"seed": -1}, "whole number of at least 0"),
        ({"plan_from": 0}, "1 is the first month"),
    ],
)
def test_a_company_that_cannot_be_is_refused(wrong, says) -> None:
    with pytest.raises(ValueError, match=says):
        company(**wrong)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"service_share": 1.2}, "lies between 0 and 1"),
        ({"service_sd": -1}, "standard deviation"),
        ({"start": np.nan}, "finite"),
        ({"voice": 1.0}, "between -1 and 1"),
        ({"dose": 0}, "above 0"),
        ({"learns": -0.1}, "lies between 0 and 1"),
        ({"swing_stays": 1.0}, "grow without end"),
        ({"transfers": -1}, "counted from 0"),
        ({"basket": 0}, "all four are above 0"),
        ({"rules": Rules(forgetting="power")}, "exponential forgetting"),
    ],
)
def test_a_truth_that_cannot_be_is_refused(wrong, says) -> None:
    with pytest.raises(ValueError, match=says):
        Truth(**wrong)


def test_customers_who_bring_customers_without_end_are_refused() -> None:
    truth = Truth(friends=30.0)
    with pytest.raises(ValueError, match="bring customers without end"):
        company(100, months=9, n_branches=2, truth=truth)


@pytest.mark.parametrize("money", [-1.0, np.inf, np.nan])
def test_money_that_cannot_be_spent_is_refused(money) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        Plan(delight=money)


def test_every_coefficient_says_its_unit_and_its_meaning() -> None:
    table = Truth().table()
    assert (table["unit"].str.len() > 0).all()
    assert (table["meaning"].str.len() > 3).all()
    assert len(table) > 70
