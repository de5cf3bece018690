"""Balances: by hand, against the plain loop, and whatever the decay."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab.account import Ledger, Rules, balances, opening_balances, replay, scan
from cxlab.account.scan import in_order

NEVER = Rules(loss_weight=2, decay_deposit=0, decay_withdrawal=0)
HALF = math.log(2)


def log(*rows):
    """Touches from (customer, month, gap)."""
    who, month, gap = zip(*rows, strict=True)
    given_ = {"customer": who, "month": month, "kind": "call"}
    table = pd.DataFrame(given_).assign(size=gap, expectation=0.0)
    return table.astype({"month": float, "size": float})


def many(seed, *, n=400, customers=40, months=60, whole=False):
    rng = np.random.default_rng(seed)
    when = rng.uniform(0, months, n)
    return log(
        *zip(
            rng.integers(customers, size=n).tolist(),
            (np.ceil(when) if whole else when).tolist(),
            rng.normal(size=n).tolist(),
            strict=True,
        )
    )


def looped(touches, rules):
    """Balance after each touch by the plain loop, whole instants."""
    after = pd.Series(0.0, index=touches.index)
    for _, own in touches.groupby("customer"):
        for month in own["month"].unique():
            before = own[own["month"] <= month].sort_values("month", kind="stable")
            rows = before[["month", "size", "expectation"]].itertuples(index=False)
            state = replay([tuple(row) for row in rows], rules=rules)
            after[own.index[own["month"] == month]] = state.balance(rules)
    return after


def scale(touches, rules):
    """What rounding is measured against: all that was ever booked."""
    size = (touches["size"] - touches["expectation"]).abs()
    return size.groupby(touches["customer"]).sum().max() * max(1, rules.loss_weight)


def test_three_touches_by_hand() -> None:
    """Half fades in a month: 1, then .5 - 2, then .25 - 1 + 1."""
    rules = Rules(loss_weight=2, decay_deposit=HALF, decay_withdrawal=HALF)
    touches = log(("Ann", 1, 1), ("Ann", 2, -1), ("Ann", 3, 1))
    assert balances(touches, rules=rules).tolist() == pytest.approx([1, -1.5, 0.25])


def test_two_signs_fade_at_two_paces() -> None:
    """Deposits stay, withdrawals halve: 1 - 2, then 1 - 1."""
    rules = Rules(loss_weight=2, decay_deposit=0, decay_withdrawal=HALF)
    touches = log(("Ann", 0, 1), ("Ann", 0, -1), ("Ann", 1, 0))
    assert balances(touches, rules=rules).tolist() == pytest.approx([-1, -1, 0])


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("buffer", [0.0, 0.3, -0.2])
def test_the_fast_scan_is_the_plain_loop(seed: int, whole: bool, buffer: float) -> None:
    """To 1e-12 of what was booked, also with instants shared and with a buffer."""
    rules = Rules(decay_deposit=0.1, decay_withdrawal=0.4, buffer=buffer)
    touches = many(seed, n=70, whole=whole, customers=60 if seed else 3)
    found, plain = balances(touches, rules=rules), looped(touches, rules)
    assert np.allclose(found, plain, rtol=0, atol=1e-12 * scale(touches, rules))


def test_power_forgetting_sums_the_whole_history() -> None:
    """After 3 months (1 + 3)^-1 of a deposit is left, after 1 month half."""
    rules = Rules(decay_deposit=1, decay_withdrawal=1, forgetting="power")
    touches = log(("Ann", 0, 1), ("Ann", 2, 1), ("Ann", 3, 0), ("Ben", 3, 1))
    assert balances(touches, rules=rules).tolist() == pytest.approx(
        [1, 1 + 1 / 3, 1 / 4 + 1 / 2, 1]
    )


def test_power_forgetting_books_an_instant_whole() -> None:
    """Both touches of an instant see each other, whatever their order."""
    rules = Rules(loss_weight=2, forgetting="power")
    touches = log(("Ann", 1, 1), ("Ann", 1, -1), ("Ann", 1, 4))
    assert balances(touches, rules=rules).tolist() == pytest.approx([3, 3, 3])


@pytest.mark.parametrize("decay", [0, 1e-12, 0.15, 50, 1e6, 1e308])
def test_ten_years_of_daily_touches_are_safe_at_any_decay(decay: float) -> None:
    """3,653 days; the closed form of a geometric sum, to 1e-12, and no warning."""
    days = np.arange(3653) / 30.4375
    touches = pd.DataFrame({"customer": 7, "month": days, "kind": "call"})
    touches = touches.assign(size=1.0, expectation=0.0)
    rules = Rules(decay_deposit=decay, decay_withdrawal=decay)
    left = math.exp(-min(decay / 30.4375, 1e6))
    ends = 3653 if decay < 1e-9 else (1 - left**3653) / (1 - left)
    assert balances(touches, rules=rules).iloc[-1] == pytest.approx(ends, rel=1e-7)
    assert looped(touches.tail(40), rules).iloc[-1] == pytest.approx(
        balances(touches.tail(40), rules=rules).iloc[-1], rel=1e-12
    )


def test_one_long_history_among_many_short_ones_is_booked_alike() -> None:
    """The few longest are finished one by one; nothing changes there."""
    rng = np.random.default_rng(1)
    who = np.append(np.arange(200).repeat(2), np.zeros(500, dtype=int))
    when, gap = rng.uniform(0, 9, 900).tolist(), rng.normal(size=900).tolist()
    touches, rules = log(*zip(who.tolist(), when, gap, strict=True)), Rules()
    alone = touches[touches["customer"] == 0]
    together = balances(touches, rules=rules)[alone.index]
    assert together.tolist() == pytest.approx(balances(alone, rules=rules).tolist())


@pytest.mark.parametrize("piece", [1, 7, 100])
def test_pieces_are_cut_between_customers_and_change_nothing(monkeypatch, piece):
    """Also where a customer has more touches than a piece holds."""
    touches = many(6, n=150, customers=5, whole=True)
    whole = balances(touches, rules=Rules())
    monkeypatch.setattr(scan, "_PIECE", piece)
    assert balances(touches, rules=Rules()).tolist() == whole.tolist()


def test_customers_may_have_any_names_and_months_any_order() -> None:
    """Names, ids with gaps, and negative ids."""
    touches = many(5)
    found = balances(touches, rules=Rules())
    for rename in (str, lambda i: 10**12 + 7 * i, lambda i: -1 - i):
        other = touches.assign(customer=[rename(i) for i in touches["customer"]])
        assert balances(other, rules=Rules()).tolist() == found.tolist()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.one_of(st.integers(-3, 3), st.floats(-1e300, 1e300)),
        ),
        max_size=40,
    )
)
def test_touches_are_put_in_order_and_those_of_an_instant_stay(rows) -> None:
    """As sorting by customer and month does it, also for months beyond all reason."""
    who = np.array([w for w, _ in rows], dtype=np.int64)
    when = np.array([float(m) for _, m in rows])
    order, sorted_ = in_order(who, when)
    assert order.tolist() == np.lexsort((when, who)).tolist()
    assert sorted_.tolist() == sorted(who.tolist())


def test_an_opening_balance_is_what_was_booked_before_the_month() -> None:
    """Month 2 runs from 1 to 2: the touch at 1 counts, that at 1.5 does not."""
    touches = log(("Ann", 1, 1), ("Ann", 1.5, 1), ("Ann", 2, -1))
    asked = pd.DataFrame({"customer": "Ann", "month": [1, 2, 3]})
    asked.loc[3] = ["Ben", 2]
    assert opening_balances(touches, asked, rules=NEVER).tolist() == [0, 1, 0, 0]


def test_a_ledger_is_added_to_and_never_changed() -> None:
    """An older touch is refused and leaves no trace, a copy changes nothing."""
    ledger = Ledger(NEVER)
    ledger.book(log(("Ann", 3, 1), ("Ben", 1, 1)))
    with pytest.raises(ValueError, match="before month 3"):
        ledger.book(log(("Ben", 2, 1), ("Ann", 2, 1)))
    copy = ledger.touches
    copy["size"] = 99
    assert (len(ledger.touches), ledger.balance("Ann"), ledger.balance("Ben")) == (
        2,
        1,
        1,
    )


def test_a_ledger_tells_a_later_balance_and_no_earlier_one() -> None:
    """Half a month's fading; and no account without a touch."""
    ledger = Ledger(Rules(decay_deposit=HALF))
    ledger.book(log(("Ann", 3, 1)))
    assert ledger.balance("Ann", month=4) == pytest.approx(0.5)
    with pytest.raises(ValueError, match="replay it"):
        ledger.balance("Ann", month=2)
    with pytest.raises(ValueError, match="opened by the first touch"):
        ledger.balance("Ben")
    assert Ledger(Rules()).touches.empty
    with pytest.raises(ValueError, match="whole history"):
        Ledger(Rules(forgetting="power"))


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(1, 25))
def test_booking_page_by_page_equals_replaying_the_log(seed: int, pages: int) -> None:
    """Replay equals incremental update, to 1e-12 of what was booked."""
    touches = many(seed, n=60, customers=6).sort_values("month")
    rules = Rules(decay_deposit=0.2, decay_withdrawal=0.05)
    ledger = Ledger(rules)
    for page in np.array_split(np.arange(60), pages):
        ledger.book(touches.iloc[page])
    ends = balances(ledger.touches, rules=rules)
    last = ends.groupby(ledger.touches["customer"]).last()
    kept = [ledger.balance(who) for who in last.index]
    assert np.allclose(last, kept, rtol=0, atol=1e-12 * scale(touches, rules))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"size": [math.nan]}, "row 0 has no finite size"),
        ({"month": [math.inf]}, "row 0 has no finite month"),
    ],
)
def test_a_touch_without_a_number_is_named(change, match) -> None:
    """And not counted as nothing."""
    with pytest.raises(ValueError, match=match):
        balances(log(("Ann", 1, 1)).assign(**change), rules=NEVER)
    with pytest.raises(ValueError, match="lack the column"):
        balances(log(("Ann", 1, 1)).drop(columns="kind"), rules=NEVER)


@pytest.mark.parametrize(
    ("rule", "match"),
    [
        ({"loss_weight": -1}, "loss_weight=-1"),
        ({"decay_deposit": math.inf}, "finite"),
        ({"curvature": 0}, "curvature above 0"),
        ({"buffer": math.nan}, "finite buffer"),
        ({"forgetting": "linear"}, "exponential, power"),
        ({"forgetting": "power", "buffer": 1}, "one of the two"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused(rule, match) -> None:
    """With what is allowed."""
    with pytest.raises(ValueError, match=match):
        Rules(**rule)
