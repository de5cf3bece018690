"""The fit finds what was planted, and a wrong decay hides it."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import GLM, families

from cxlab.account import (
    Rules,
    compare_forms,
    customer_months,
    fit_account,
    hazard_table,
    leave_by_balance,
    opening_balances,
    profile_weight,
    search_jump,
)
from cxlab.simulate.account import WORLDS, AccountWorld, customers_and_touches

ALIKE = Rules(loss_weight=2.25, decay_deposit=0.15, decay_withdrawal=0.15)
TWO = Rules(loss_weight=2.25, decay_deposit=0.1, decay_withdrawal=0.2)


def drawn(seed, *, n=3000, rules=TWO, kind="account"):
    rng = np.random.default_rng([seed, 30])
    world = AccountWorld(kind=kind, rules=rules)
    touches, customers, _ = customers_and_touches(world, n=n, months=24, rng=rng)
    return touches, customer_months(touches, customers)


@pytest.fixture(scope="module")
def fits():
    """25 seeds: alike; two decays; two decays of which one is sought."""
    rows = []
    for seed in range(25):
        _, alike = drawn(seed, rules=ALIKE)
        _, two = drawn(seed)
        rows.append(
            (
                fit_account(alike, one_decay=True),
                fit_account(two),
                fit_account(two, one_decay=True),
            )
        )
    return list(zip(*rows, strict=True))


def values(fitted, name):
    return np.array([one[name].estimate for one in fitted])


def held(fitted, name, truth):
    """How many 95% intervals hold the truth."""
    return sum(one[name].low <= truth <= one[name].high for one in fitted)


def test_the_weight_is_found_where_both_signs_fade_alike(fits) -> None:
    """Syllabus 30 and L112: 2.07-2.44 is three standard deviations of .062 a seed."""
    weights = values(fits[0], "loss_weight")
    assert weights.mean() == pytest.approx(2.25, abs=0.05)
    assert ((weights > 2.07) & (weights < 2.44)).sum() >= 23
    assert 0.045 < weights.std(ddof=1) < 0.095
    assert values(fits[0], "decay_deposit").mean() == pytest.approx(0.15, abs=0.005)


def test_weight_and_both_decays_are_found_where_they_differ(fits) -> None:
    """L112: 2.277 (sd .110), .101 (.008) and .203 (.016); means to three errors."""
    assert values(fits[1], "loss_weight").mean() == pytest.approx(2.25, abs=0.066)
    assert values(fits[1], "decay_deposit").mean() == pytest.approx(0.1, abs=0.005)
    assert values(fits[1], "decay_withdrawal").mean() == pytest.approx(0.2, abs=0.01)
    assert values(fits[1], "slope").mean() == pytest.approx(0.45, abs=0.015)
    assert values(fits[1], "start").mean() == pytest.approx(-3, abs=0.04)


def test_the_intervals_hold_the_truth_as_often_as_they_promise(fits) -> None:
    """Seven kinds, 175 intervals: 95% are 166, and 158 is three errors below."""
    caught = held(fits[0], "loss_weight", 2.25) + held(fits[0], "decay_deposit", 0.15)
    for name, truth in {
        "loss_weight": 2.25,
        "decay_deposit": 0.1,
        "decay_withdrawal": 0.2,
        "slope": 0.45,
        "start": -3,
    }.items():
        caught += held(fits[1], name, truth)
    assert 158 <= caught <= 174


@pytest.mark.parametrize("name", ["loss_weight", "decay_deposit", "decay_withdrawal"])
def test_the_standard_errors_are_the_scatter_over_seeds(fits, name) -> None:
    """25 seeds tell a standard deviation to a seventh; four of these."""
    scatter = np.log(values(fits[1], name)).std(ddof=1)
    error = np.mean([one.covariance.loc[name, name] ** 0.5 for one in fits[1]])
    assert 0.6 < scatter / error < 1.5


def test_a_wrong_decay_looks_like_weak_loss_aversion(fits) -> None:
    """L113: near 1.60, and the interval never holds 2.25."""
    wrong = values(fits[2], "loss_weight")
    assert wrong.mean() == pytest.approx(1.6, abs=0.04)
    assert wrong.max() < 1.8
    assert held(fits[2], "loss_weight", 2.25) == 0


def test_the_better_decays_show_in_the_likelihood(fits) -> None:
    """One number more, and always far more likely: the data do tell."""
    gains = [
        a.log_likelihood - b.log_likelihood for a, b in zip(*fits[1:], strict=True)
    ]
    assert min(gains) > 4


def test_for_given_decays_it_is_a_plain_logistic_regression(fits) -> None:
    """statsmodels on what is left of both signs: same slopes, same likelihood."""
    _, months = drawn(0)
    fit = fits[1][0]
    sums, _ = months.opening_sums(fit.rules)
    design = np.column_stack([np.ones(len(sums)), sums])
    peer = GLM(months.left.astype(float), design, family=families.Binomial()).fit()
    start, good, bad = peer.params
    assert start == pytest.approx(fit["start"].estimate, abs=1e-4)
    assert -good == pytest.approx(fit["slope"].estimate, rel=1e-4)
    assert bad / -good == pytest.approx(fit["loss_weight"].estimate, rel=1e-4)
    assert peer.llf == pytest.approx(fit.log_likelihood, abs=1e-6)


def test_the_top_is_reached_also_where_plain_scoring_swings_over_it() -> None:
    """A light withdrawal that fades fast: no small move climbs higher."""
    rules = Rules(loss_weight=0.5, decay_deposit=0.1, decay_withdrawal=0.3)
    for seed in range(3):
        _, months = drawn(seed, n=600, rules=rules)
        fit = fit_account(months)
        chance = fit.leave(months.opening(fit.rules))
        push = fit.columns(months).T @ (months.left - chance)
        assert np.abs(fit.covariance @ push).max() < 1e-6


def test_opening_balances_of_the_layout_are_those_of_the_ledger() -> None:
    """Also with touches inside a month, and what lies after the last opening."""
    rng = np.random.default_rng(4)
    customers = pd.DataFrame({"customer": list("abcde"), "months": [3, 1, 5, 2, 4]})
    customers["left"] = [True, False, True, False, False]
    who = rng.integers(5, size=60)
    when = rng.uniform(0, 1, 60) * customers["months"].to_numpy()[who]
    touches = pd.DataFrame({"customer": customers["customer"].to_numpy()[who]})
    touches = touches.assign(month=np.where(who % 2, np.floor(when), when), kind="x")
    touches = touches.assign(size=rng.normal(size=60), expectation=0.0)
    months = customer_months(touches, customers)
    asked = pd.DataFrame(
        {"customer": months.customers[months.row_customer], "month": months.row_month}
    )
    ledger = opening_balances(touches, asked, rules=TWO)
    assert months.opening(TWO) == pytest.approx(ledger, abs=1e-12)
    assert (
        months.left.tolist()
        == [*[False] * 2, True, False, *[False] * 4, True] + [False] * 6
    )


def test_the_slope_in_the_decays_is_that_of_a_small_step() -> None:
    """Central differences of 1e-6."""
    _, months = drawn(1, n=200)
    _, slopes = months.opening_sums(TWO)
    for sign, name in enumerate(("decay_deposit", "decay_withdrawal")):
        up, down = (
            months.opening_sums(Rules(**{name: 0.15 + by}))[0][:, sign]
            for by in (1e-6, -1e-6)
        )
        exact = months.opening_sums(Rules())[1][:, sign]
        assert (up - down) / 2e-6 == pytest.approx(exact, abs=1e-6)
    assert slopes.max() <= 0


def test_the_curve_of_the_weight_gives_the_interval_again(fits) -> None:
    """Profile and normal interval agree within a tenth of its width."""
    _, months = drawn(3)
    fit = fits[1][3]
    curve = profile_weight(months, fit=fit, points=7)
    best, (low, high) = fit["loss_weight"], curve.limits
    assert curve.falls.min() == pytest.approx(0, abs=1e-6)
    assert low == pytest.approx(best.low, abs=0.04)
    assert high == pytest.approx(best.high, abs=0.04)
    with pytest.raises(ValueError, match="odd number"):
        profile_weight(months, fit=fit, points=6)


def test_a_given_weight_is_kept_and_costs_likelihood(fits) -> None:
    """Weight 1, as if good and bad counted alike."""
    _, months = drawn(0)
    plain = fit_account(months, loss_weight=1.0)
    assert plain["loss_weight"].estimate == 1
    assert plain["loss_weight"].low is None
    assert plain.log_likelihood < fits[1][0].log_likelihood - 10


def test_the_hazard_by_hand() -> None:
    """Six customers: 1 of 6, then 1 of 5, then 2 of 3."""
    six = pd.DataFrame({"months": [1, 2, 2, 3, 3, 3]})
    six["left"] = [True, True, False, True, True, False]
    table = hazard_table(six)
    assert table["could leave"].tolist() == [6, 5, 3]
    assert table["hazard"].tolist() == pytest.approx([1 / 6, 1 / 5, 2 / 3])
    assert table["still here"].iloc[-1] == pytest.approx(5 / 6 * 4 / 5 / 3)


def test_no_group_of_balances_spans_zero_and_none_is_lost() -> None:
    """So debit and credit can be told apart."""
    _, months = drawn(0, n=600)
    found = leave_by_balance(months, rules=TWO)
    assert found.could.sum() == len(months.left)
    assert found.left.sum() == months.left.sum()
    assert (np.diff(found.balance) > 0).all()
    debit, credit = found.side(debit=True), found.side(debit=False)
    assert debit.n == (months.opening(TWO) < 0).sum()
    assert debit.estimate > 3 * credit.estimate


@pytest.mark.parametrize("kind", WORLDS)
def test_each_world_is_told_from_its_rivals(kind) -> None:
    """Two seeds of 1,500 customers: the true form has the lowest BIC."""
    for seed in range(2):
        touches, months = drawn(seed, n=1500, kind=kind)
        broken = touches["kind"] == "broken promise"
        forms = compare_forms(months, betrayals=broken)
        assert forms.best == kind
        assert (forms.behind == 0) == (kind == "account")


@pytest.mark.parametrize(
    ("kind", "at_zero"),
    [
        ("account", False),
        ("overdraft", True),
        ("betrayal", False),
        ("last touch", True),
    ],
)
def test_a_jump_at_zero_is_found_where_there_is_one_or_no_account_at_all(
    kind, at_zero
) -> None:
    """Also where only the last touch counts: its sign is a jump, and no overdraft."""
    _, months = drawn(1, n=2000, kind=kind)
    found = search_jump(months, draws=999, rng=np.random.default_rng(1))
    assert abs(found.best) <= 0.25 if at_zero else not found.at_zero
    assert found.at_zero == at_zero
    with pytest.raises(ValueError, match="has a jump"):
        found.fit.columns(months)


def test_a_search_without_a_jump_finds_one_in_about_five_of_a_hundred() -> None:
    """25 small worlds without a jump: at most 4 (chance of more: 1 in 140)."""
    rng = np.random.default_rng(9)
    count = 0
    for seed in range(25):
        _, months = drawn(seed, n=300)
        smooth = fit_account(months, one_decay=True)
        how = {"places": np.linspace(-2, 2, 5), "draws": 999, "rng": rng}
        count += search_jump(months, smooth=smooth, **how).p_value < 0.05
    assert count <= 4


def test_what_cannot_be_fitted_is_refused_with_its_reason() -> None:
    """Nobody left; one sign; strangers."""
    touches, _ = drawn(0, n=50)
    stay = pd.DataFrame({"customer": range(50), "months": 24, "left": False})
    with pytest.raises(ValueError, match="0 of 1200 customer-months"):
        fit_account(customer_months(touches, stay))
    good = touches[touches["size"] > 5]
    ends = stay.assign(left=[True] + [False] * 49)
    with pytest.raises(ValueError, match="one sign"):
        fit_account(customer_months(good, ends))
    with pytest.raises(ValueError, match="not among the customers"):
        customer_months(touches, stay.head(10))
    with pytest.raises(ValueError, match="stands twice"):
        customer_months(touches, pd.concat([stay, stay]))
    with pytest.raises(ValueError, match="whole months"):
        hazard_table(pd.DataFrame({"months": [0], "left": [True]}))
    with pytest.raises(ValueError, match="True or False"):
        hazard_table(pd.DataFrame({"months": [1], "left": [1]}))
    with pytest.raises(ValueError, match="lack the column left"):
        hazard_table(pd.DataFrame({"months": [1]}))
