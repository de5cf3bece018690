"""The market of two firms: closed forms, what must hold, and customers one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.simulate.market import Action, Market, delight, ease
from cxlab.simulate.market_map import forgetting_curve, price_map

SHARE = st.floats(0, 1)


def test_three_months_by_hand() -> None:
    """New: 2.5 of 100. Then .27 is expected, and 2.635 would leave but for arrivals."""
    months = Market(moving=0.0).act(delight(0.5)).acted
    assert months["leaves"][0] == pytest.approx(0.025)
    assert months["expected"][1] == pytest.approx(0.9 * 0.3)
    assert months["leaves"][1] == pytest.approx(0.03 - 0.005 * 0.73)
    assert months["expected"][2] == pytest.approx(0.9 * (0.27 + 0.3 * 0.73))
    assert months["ours"][1] == pytest.approx(50 * 0.975)


def test_ease_in_a_market_without_a_rival_is_a_geometric_sum() -> None:
    """Fifty customers, of whom 97.5 instead of 97 of 100 stay, month after month."""
    found = Market(moving=0.0, horizon=24).act(ease(0.5))
    sums = [50 * (1 - stay**24) / (1 - stay) for stay in (0.975, 0.97)]
    assert found.kept == pytest.approx(sums[0] - sums[1])
    assert found.spent == pytest.approx(0.5 * sums[0])
    assert found.per_money == pytest.approx(40 * (1 - sums[1] / sums[0]))


def test_two_firms_settle_where_as_many_leave_as_come() -> None:
    """With ease for ever: 30 / 55 of all customers."""
    found = Market(horizon=600).act(ease(0.5))
    assert found.acted["ours"].iloc[-1] == pytest.approx(100 * 30 / 55)


@given(forgetting=SHARE, learning=SHARE, weight=st.floats(0, 3))
def test_nobody_is_lost_where_all_who_leave_move(forgetting, learning, weight) -> None:
    """What one firm wins the other loses, and idle firms stay as they are."""
    market = Market(forgetting=forgetting, weight=weight, horizon=12)
    found = market.act(delight(0.5, learning=learning))
    assert (found.acted["ours"] + found.acted["theirs"]).tolist() == pytest.approx(
        [100] * 12
    )
    assert found.rival_loses == pytest.approx(found.kept)
    assert found.idle["ours"].tolist() == pytest.approx([50] * 12)
    assert found.acted["expected"].between(0, 1).all()


@given(forgetting=SHARE, moving=SHARE, cost=st.floats(0.1, 5))
def test_ease_that_is_expected_is_a_delight(forgetting, moving, cost) -> None:
    """All that parts them is how soon they are expected."""
    market = Market(forgetting=forgetting, moving=moving, horizon=12)
    one, other = market.act(delight(cost)), market.act(ease(cost, learning=0.3))
    assert one.per_money == pytest.approx(other.per_money)
    assert one.per_money <= market.act(ease(cost)).per_money + 1e-9


def test_single_customers_drawn_one_by_one_do_as_the_sums_say() -> None:
    """200,000 of them; the sums take all customers of a firm to expect the same."""
    market, action, rng = Market(horizon=24), delight(0.5), np.random.default_rng(1)
    n = 200_000
    ours, expects = np.arange(n) < n // 2, np.zeros(n)
    found = []
    for _ in range(24):
        found.append(ours.mean())
        felt = np.where(ours, expects - 1, market.weight * expects)
        goes = rng.random(n) < market.leaving + action.drop * felt
        expects = np.where(ours, expects + action.learning * (1 - expects), expects)
        expects *= 1 - market.forgetting
        ours ^= goes
    exact = market.act(action).acted["ours"] / 100
    # drift of independent coins over two years: below .002
    assert found == pytest.approx(exact.tolist(), abs=0.004)


def test_the_map_agrees_with_running_the_market_at_its_lines() -> None:
    """At the even price both bring the same; at the paying price exactly the cost."""
    market, how = Market(), {"delight": delight(0.5), "ease": ease(0.5)}
    prices = price_map(market, **how, steps=5)
    even, pays = prices.here
    assert market.act(delight(even)).per_money == pytest.approx(prices.ease_brings)
    assert market.act(delight(pays)).per_money == pytest.approx(1)
    assert prices.even[-1] == pytest.approx(0.5), "all forgotten: as good as ease"
    assert prices.best == "ease"
    assert str(prices) in prices.describe()


def test_the_best_buy_follows_the_prices() -> None:
    """A cheap delight, dear ease, or neither."""
    market = Market()
    best = {
        (one, other): price_map(
            market, delight=delight(one), ease=ease(other), steps=2
        ).best
        for one, other in ((0.1, 0.5), (0.5, 0.5), (2.0, 2.0))
    }
    assert list(best.values()) == ["delight", "ease", "neither"]


def test_the_published_signs_come_out() -> None:
    """Rust & Oliver: the rival is hurt; forgetting hurts the easy case, helps the hard.

    The easy case needs something missed to count; without it forgetting helps there,
    too.
    """
    market = Market()
    found = market.act(delight(0.5))
    assert found.rival_loses > 0
    assert found.acted["leaves_rival"].iloc[-1] > 0.03 > found.acted["leaves"].iloc[-1]
    curve = forgetting_curve(market, delight(0.5), steps=3)
    assert curve.easy_change < 0 < curve.hard_change
    blind = forgetting_curve(replace(market, weight=0.0), delight(0.5), steps=3)
    assert blind.easy_change > 0
    assert str(curve) in curve.describe()


def test_an_outcome_speaks() -> None:
    """Sentence, picture and table."""
    found = Market().act(ease(0.5))
    assert (
        str(found) == "Within 36 months each unit of money spent on ease brings 1.94."
    )
    assert str(found) in found.describe()
    assert found.gain == pytest.approx(found.brought - found.spent)
    assert found.summary()["quantity"].tolist()[0] == "spent"
    assert found.still_new == 1


def test_markets_and_actions_that_cannot_be_are_refused() -> None:
    """Each with what to do instead."""
    with pytest.raises(ValueError, match=r"forgetting=1\.5"):
        Market(forgetting=1.5)
    with pytest.raises(ValueError, match="horizon=0"):
        Market(horizon=0)
    with pytest.raises(ValueError, match="half a customer of 100 as"):
        Action(name="x", cost=0)
    with pytest.raises(ValueError, match=r"drop=0\.5 of leaving=0\.03"):
        Market().act(delight(0.5, drop=0.5))
    with pytest.raises(ValueError, match="steps=1"):
        price_map(Market(), delight=delight(1), ease=ease(1), steps=1)
