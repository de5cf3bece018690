"""The four worlds of the account do what they say."""

import numpy as np
import pytest

from cxlab.account import Rules, customer_months, leave_by_balance
from cxlab.simulate.account import KINDS, WORLDS, AccountWorld, customers_and_touches

RULES = Rules(loss_weight=2.25, decay_deposit=0.15, decay_withdrawal=0.15)


def _drawn(kind: str, *, n: int = 12_000):
    rng = np.random.default_rng(1)
    world = AccountWorld(kind=kind, rules=RULES)
    touches, customers, _ = customers_and_touches(world, n=n, months=24, rng=rng)
    return touches, customers, customer_months(touches, customers)


def test_the_plain_account_is_the_one_of_the_facts() -> None:
    """Loyalty 1: about 60% gone in 24 months, 23% of months in debit, 10.5 and 2.1%."""
    _, customers, months = _drawn("account")
    found = leave_by_balance(months, rules=RULES)
    assert customers["left"].mean() == pytest.approx(0.60, abs=0.03)
    assert (months.opening(RULES) < 0).mean() == pytest.approx(0.23, abs=0.015)
    assert found.side(debit=True).estimate == pytest.approx(0.105, abs=0.008)
    assert found.side(debit=False).estimate == pytest.approx(0.021, abs=0.002)


def test_touches_come_at_their_rates_while_customers_are_here() -> None:
    """80, 22 and 3 in a hundred months; four standard errors."""
    touches, customers, _ = _drawn("account")
    stayed = (customers["months"] - customers["left"]).sum()
    for kind, rate in zip(KINDS, (0.8, 0.22, 0.03), strict=True):
        count = (touches["kind"] == kind).sum()
        assert count / stayed == pytest.approx(rate, abs=4 * (rate / stayed) ** 0.5)
    assert set(touches["size"] - touches["expectation"]) == {-1, 1}


@pytest.mark.parametrize("kind", ["account", "overdraft", "betrayal"])
def test_the_hazard_is_the_one_that_was_set(kind: str) -> None:
    """Rows in debit against their mean chance, by the world's own formula."""
    touches, _, months = _drawn(kind)
    betrayed = months.ever(touches["kind"] == "broken promise") > 0
    odds = AccountWorld(kind=kind, rules=RULES).log_odds(
        months.opening(RULES), betrayed
    )
    chance = 1 / (1 + np.exp(-odds))
    for rows in (odds > -2.5, odds < -3.5, betrayed):
        error = (chance[rows].sum()) ** 0.5
        assert months.left[rows].sum() == pytest.approx(
            chance[rows].sum(), abs=4 * error
        )


def test_in_the_last_world_only_the_last_month_with_a_touch_counts() -> None:
    """Rows with the same last touch leave alike, however high their balance."""
    _, _, months = _drawn("last touch")
    last = RULES.balance(months.last_touch(RULES))
    balance = months.opening(RULES)
    here = last == 1
    rich, poor = here & (balance > 4), here & (balance < 1)
    expected = 1 / (1 + np.exp(3.45))
    for rows in (rich, poor):
        assert rows.sum() > 1500
        error = (expected / rows.sum()) ** 0.5
        assert months.left[rows].mean() == pytest.approx(expected, abs=4 * error)


def test_the_same_seed_draws_the_same_and_a_wrong_world_is_refused() -> None:
    """With the four names."""
    one, other = (_drawn("betrayal", n=50)[0] for _ in range(2))
    assert one.equals(other)
    with pytest.raises(ValueError, match="account, overdraft, betrayal, last touch"):
        AccountWorld(kind="savings")
    with pytest.raises(ValueError, match="without buffer"):
        AccountWorld(rules=Rules(buffer=1))
    assert len(WORLDS) == 4
