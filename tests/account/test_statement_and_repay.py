"""A statement adds up line by line; a bad day is repaid by arithmetic."""

import math

import numpy as np
import pandas as pd
import pytest

from cxlab.account import Rules, balances, deposits_to_break_even, repay, statement

RULES = Rules(loss_weight=2, decay_deposit=math.log(2), decay_withdrawal=math.log(4))


def _touches() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer": ["Ann", "Ben", "Ann", "Ann"],
            "month": [2.0, 1.0, 1.0, 2.0],
            "kind": ["late", "call", "kind word", "sorry"],
            "size": [3.0, 6.0, 7.0, 6.0],
            "expectation": 5.0,
        }
    )


def test_the_lines_by_hand() -> None:
    """2 in; half of it fades; a lateness of 2 takes 4; an excuse of 1."""
    found = statement(_touches(), "Ann", rules=RULES)
    assert found.lines["kind"].tolist() == ["kind word", "late", "sorry"]
    assert found.lines["faded"].tolist() == pytest.approx([0, -1, 0])
    assert found.lines["paid in"].tolist() == [2, 0, 1]
    assert found.lines["taken out"].tolist() == [0, 4, 0]
    assert found.lines["balance"].tolist() == pytest.approx([2, -3, -2])
    assert (found.closing, found.lowest, found.in_debit) == (
        pytest.approx(-2),
        pytest.approx(-3),
        2,
    )
    assert str(found).startswith("Ann: 3 touches, 3.0 points paid in and 4.0 taken out")


def test_every_line_adds_up_to_the_next_and_ends_where_the_ledger_ends() -> None:
    """Forty touches at twenty instants."""
    rng = np.random.default_rng(1)
    touches = pd.DataFrame({"customer": 1, "month": rng.integers(1, 20, 40) * 1.0})
    touches = touches.assign(kind="x", size=rng.normal(size=40), expectation=0.0)
    lines = statement(touches, 1, rules=RULES).lines
    sums = (lines["faded"] + lines["paid in"] - lines["taken out"]).cumsum()
    assert sums.tolist() == pytest.approx(lines["balance"].tolist())
    ends = balances(touches, rules=RULES)[touches["month"].idxmax()]
    assert lines["balance"].iloc[-1] == pytest.approx(ends)
    last = lines.groupby("month")["balance"].last()
    path = statement(touches, 1, rules=RULES).path(last.index)
    assert path.tolist() == pytest.approx(last.tolist())


def test_no_statement_for_strangers_or_with_a_buffer() -> None:
    """The message says why."""
    with pytest.raises(ValueError, match="no touch of customer 'Zoe'"):
        statement(_touches(), "Zoe", rules=RULES)
    with pytest.raises(ValueError, match="no amount of its own"):
        statement(_touches(), "Ann", rules=Rules(buffer=1))


def test_break_even_is_the_weight_now_and_fades_with_the_withdrawal() -> None:
    """Facts, section 1: lambda at once, lambda exp(-d gap) later."""
    rules = Rules(loss_weight=2.25, decay_withdrawal=0.2)
    assert deposits_to_break_even(rules=rules) == 2.25
    assert deposits_to_break_even(rules=rules, months=5) == pytest.approx(
        2.25 * math.exp(-1)
    )
    with pytest.raises(ValueError, match="at once"):
        deposits_to_break_even(rules=rules, months=-1)


def test_repaying_by_hand() -> None:
    """-2, then -.5 + 1 at the end of the first month: repaid."""
    found = repay(rules=RULES)
    assert found.balance[:2] == pytest.approx([-2, 0.5])
    assert (found.months, found.deposits) == (1, 1)
    assert "repaid after 1 months" in str(found)


def test_repaying_is_the_balance_of_that_log() -> None:
    """A bad day in month 0, then a good one each month, through the ledger."""
    rules = Rules(decay_deposit=0.3, decay_withdrawal=0.05)
    months = np.arange(13.0)
    log = pd.DataFrame({"customer": 1, "month": months, "kind": "x"})
    log = log.assign(size=np.where(months, 1.0, -1.0), expectation=0.0)
    found = repay(rules=rules, months=12)
    assert found.balance == pytest.approx(balances(log, rules=rules).to_numpy())


def test_without_good_days_a_bad_day_that_stays_is_never_repaid() -> None:
    """None, and a sentence that says so."""
    found = repay(rules=Rules(decay_withdrawal=0), per_month=0, months=5)
    assert found.months is None
    assert found.deposits is None
    assert "not repaid within 5 months" in str(found)
    with pytest.raises(ValueError, match="per_month=-1"):
        repay(rules=Rules(), per_month=-1)
