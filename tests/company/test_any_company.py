"""Whatever the truth, the plan, the size and the seed: the tables fit each other."""

from dataclasses import replace

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.account import Rules
from cxlab.company import SCENARIOS, STRATEGIES, Plan, company

money = st.floats(0, 500)
plans = st.builds(Plan, **dict.fromkeys(STRATEGIES, money))
rules = st.builds(
    Rules,
    loss_weight=st.floats(0, 4),
    decay_deposit=st.floats(0, 1),
    decay_withdrawal=st.floats(0, 1),
    curvature=st.floats(0.3, 1.5),
)
shares = st.floats(0, 1)


@settings(max_examples=20)
@given(
    name=st.sampled_from(list(SCENARIOS)),
    kept=rules,
    plan=plans,
    customers=st.integers(20, 120),
    branches=st.integers(1, 2),
    months=st.integers(1, 4),
    plan_from=st.integers(1, 5),
    seed=st.integers(0, 2**32),
    start=st.floats(-6, 2),
    part=st.fixed_dictionaries(
        {"service_share": shares, "failure_share": shares, "asked_share": shares}
        | {"learns": shares, "mended_share": shares, "issue_share": shares}
    ),
)
def test_the_tables_of_any_company_fit_each_other(
    name, kept, plan, customers, branches, months, plan_from, seed, start, part
) -> None:
    truth = replace(SCENARIOS[name], rules=kept, start=start, **part)
    made = company(
        customers,
        months=months,
        n_branches=branches,
        truth=truth,
        plan=plan,
        plan_from=plan_from,
        seed=seed,
    )
    book, people = made.months, made.customers
    assert len(book) == months * branches
    assert book["customers"].iloc[:branches].sum() == customers
    there = customers + book["joined"].sum()
    assert there == len(people)
    assert book["left"].sum() == people["left"].notna().sum()
    assert np.allclose(book["profit"], book["revenue"] - book["cost"], atol=0.006)
    assert np.isclose(book["revenue"].sum(), made.purchases["amount"].sum())
    assert len(made.contacts) == book["contacts"].sum()
    felt = made.touches[["size", "expectation"]].to_numpy()
    assert ((felt >= 1) & (felt <= 7)).all()
    assert (people["joined"] <= people["left"].fillna(pd.Timestamp("2100"))).all()
    left = people.set_index("customer_id")["left"].fillna(pd.Timestamp("2100-01-01"))
    for rows, time in ((made.touches, "time"), (made.purchases, "date")):
        until = rows["customer_id"].astype(str).map(left)
        assert (rows[time] < until + pd.Timedelta("1D")).all()
