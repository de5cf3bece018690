"""What must hold for every account, and the couplings that break it, on purpose."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.account import (
    Rules,
    balances,
    customer_months,
    fit_account,
    opening_balances,
)
from cxlab.simulate.account import AccountWorld, customers_and_touches

TOUCH = st.tuples(
    st.integers(0, 3),
    st.one_of(st.integers(0, 6).map(float), st.floats(0, 6)),
    st.floats(-5, 5),
)
LOG = st.lists(TOUCH, min_size=1, max_size=25)
DECAY = st.floats(0, 3)
EXPONENTIAL = st.builds(
    Rules, loss_weight=st.floats(0, 5), decay_deposit=DECAY, decay_withdrawal=DECAY
)
POWER = st.builds(
    Rules,
    loss_weight=st.floats(0, 5),
    decay_deposit=DECAY,
    decay_withdrawal=DECAY,
    forgetting=st.just("power"),
)
RULES = st.one_of(EXPONENTIAL, POWER)


def table(rows):
    frame = pd.DataFrame(rows, columns=["customer", "month", "size"])
    return frame.assign(kind="call", expectation=0.0)


def close(one, other, rows, rules):
    """Equal to 1e-12 of all that was ever booked."""
    booked = sum(abs(gap) for _, _, gap in rows) * max(1.0, rules.loss_weight)
    return np.allclose(one, other, rtol=0, atol=1e-12 * booked + 1e-300)


@settings(max_examples=25)
@given(LOG, RULES, st.randoms(use_true_random=False))
def test_the_order_of_the_log_and_inside_an_instant_does_not_matter(
    rows, rules, random
) -> None:
    """Shuffled, each touch sees the same balance."""
    order = list(range(len(rows)))
    random.shuffle(order)
    found = balances(table(rows), rules=rules)
    shuffled = balances(table([rows[i] for i in order]), rules=rules)
    assert close(found.to_numpy()[order], shuffled, rows, rules)


@settings(max_examples=25)
@given(LOG, RULES, TOUCH)
def test_adding_a_deposit_never_lowers_a_balance_and_so_never_raises_the_hazard(
    rows, rules, touch
) -> None:
    """The hazard falls with the balance, so it is enough to look at balances."""
    more = [*rows, (*touch[:2], abs(touch[2]))]
    found = balances(table(rows), rules=rules).to_numpy()
    higher = balances(table(more), rules=rules).to_numpy()[:-1]
    assert (higher - found).min() >= -1e-12 * sum(abs(g) + 5 for *_, g in more)


@settings(max_examples=25)
@given(LOG, RULES, LOG, st.integers(1, 6))
def test_future_touches_never_change_the_past(rows, rules, later, month) -> None:
    """Whatever is booked after the opening of a month, its opening balance stays."""
    asked = pd.DataFrame({"customer": range(4), "month": month})
    after = [(who, month - 1 + 0.001 + when, gap) for who, when, gap in later]
    found = opening_balances(table(rows), asked, rules=rules)
    assert close(
        found,
        opening_balances(table([*rows, *after]), asked, rules=rules),
        [*rows, *later],
        rules,
    )


@settings(max_examples=25)
@given(LOG)
def test_without_decay_and_with_weight_one_it_is_a_running_sum(rows) -> None:
    """All that was ever booked, signs and all."""
    rules = Rules(loss_weight=1, decay_deposit=0, decay_withdrawal=0)
    found = balances(table(rows), rules=rules)
    sums = [
        sum(gap for w, m, gap in rows if w == who and m <= when)
        for who, when, _ in rows
    ]
    assert close(found, sums, rows, rules)


@settings(max_examples=15)
@given(LOG, RULES)
def test_without_touches_every_balance_dies_away(rows, rules) -> None:
    """Unless nothing is ever forgotten."""
    asked = pd.DataFrame({"customer": range(4), "month": [8, 80, 800, 8000]})
    gone = [
        opening_balances(table(rows), asked.assign(customer=k), rules=rules)
        for k in range(4)
    ]
    booked = sum(abs(g) for *_, g in rows) * max(1.0, rules.loss_weight)
    slowest = rules.kept(7993).max()
    assert max(abs(one[-1]) for one in gone) <= booked * slowest + 1e-9


def test_a_buffer_makes_the_order_inside_an_instant_matter() -> None:
    """Good first, and the bad day is softened; bad first, and it counts in full."""
    rules = Rules(buffer=1.0)
    good, bad = (0, 1.0, 2.0), (0, 1.0, -1.0)
    softened, full = (
        balances(table(rows), rules=rules).iloc[0]
        for rows in ([good, bad], [bad, good])
    )
    assert softened - full > 1


def test_betrayal_makes_a_deposit_lower_the_balance() -> None:
    """Where credit sharpens a withdrawal, a kind word beforehand can cost loyalty."""
    rules = Rules(buffer=-1.0, decay_deposit=0, decay_withdrawal=0)
    bad = (0, 2.0, -1.0)
    with_word = balances(table([(0, 1.0, 0.5), bad]), rules=rules).iloc[-1]
    assert with_word < balances(table([bad]), rules=rules).iloc[-1] - 0.5


def test_expectations_that_follow_experience_make_a_delight_cost_later() -> None:
    """Expect what you had last time: a delight makes the same old day a withdrawal."""
    rules = Rules(decay_deposit=1, decay_withdrawal=0.1)

    def end(sizes):
        rows = pd.DataFrame({"customer": 0, "month": [1.0, 2.0], "kind": "call"})
        learned = rows.assign(size=sizes, expectation=[5.0, sizes[0]])
        return balances(learned, rules=rules).iloc[-1]

    assert end([7.0, 5.0]) < end([5.0, 5.0]) - 1


def test_nobody_has_a_touch_after_leaving_and_such_a_log_is_refused() -> None:
    """The world stops with the customer; a log that does not is a mistake."""
    world = AccountWorld()
    rng = np.random.default_rng(1)
    touches, customers, _ = customers_and_touches(world, n=300, months=24, rng=rng)
    ends = customers.set_index("customer").query("left")["months"]
    late = touches.merge(ends.rename("end"), left_on="customer", right_index=True)
    assert (late["month"] < late["end"]).all()
    gone = int(ends.index[0])
    extra = touches.head(1).assign(customer=gone, month=float(ends.iloc[0]) + 1)
    with pytest.raises(ValueError, match="their customer left"):
        customer_months(pd.concat([touches, extra]), customers)


def test_no_future_touch_leaks_into_a_fit() -> None:
    """Touches after the last opening change no number of the fit."""
    rng = np.random.default_rng(2)
    world = AccountWorld()
    touches, customers, _ = customers_and_touches(world, n=400, months=12, rng=rng)
    stayed = customers.loc[~customers["left"], "customer"]
    extra = touches.head(1).loc[[0] * len(stayed)]
    extra = extra.assign(customer=stayed.to_numpy(), month=12.0, size=0.0)
    one = fit_account(customer_months(touches, customers), one_decay=True)
    more = pd.concat([touches, extra])
    other = fit_account(customer_months(more, customers), one_decay=True)
    assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-9)
