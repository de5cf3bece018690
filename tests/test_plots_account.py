"""Pictures of the account show the numbers they were given."""

import numpy as np
import pandas as pd
import pytest

from cxlab import palette, plots
from cxlab.account import (
    Rules,
    customer_months,
    fit_account,
    leave_by_balance,
    profile_weight,
    repay,
    search_jump,
    statement,
)
from cxlab.plots import style
from cxlab.simulate.account import AccountWorld, customers_and_touches


def _message(ax):
    return style.message_of(style.figure_of(ax))


@pytest.fixture(scope="module")
def drawn():
    rng = np.random.default_rng(1)
    world = AccountWorld(kind="overdraft")
    touches, customers, _ = customers_and_touches(world, n=800, months=18, rng=rng)
    rows = customer_months(touches, customers)
    fit = fit_account(rows, one_decay=True)
    return rows, fit, leave_by_balance(rows, rules=fit.rules)


def test_a_statement_passes_through_its_own_balances() -> None:
    """Marks at the lines; below zero is filled; the message says how it stands."""
    log = pd.DataFrame({"customer": "Ann", "month": [1.0, 2.0, 4.0], "kind": "x"})
    log = log.assign(size=[6.0, 4.0, 6.0], expectation=5.0)
    found = statement(log, "Ann", rules=Rules())
    ax = plots.plot_statement(found)
    good, bad = (line.get_ydata().tolist() for line in ax.lines[-2:])
    balances = found.lines["balance"].tolist()
    assert (good, bad) == ([balances[0], balances[2]], [balances[1]])
    assert _message(ax) == (
        f"After 3 touches the balance is \N{MINUS SIGN}{-found.closing:.1f}; it was "
        f"\N{MINUS SIGN}{-found.lowest:.1f} at its lowest"
    )


def test_a_repayment_stops_where_it_is_repaid() -> None:
    """Two good days, and the message says so; without repayment it is plain."""
    ax = plots.plot_repayment(repay(rules=Rules()))
    alone, paid = ax.lines[1], ax.lines[2]
    assert (len(alone.get_xdata()), len(paid.get_xdata())) == (13, 3)
    assert _message(ax).startswith("A bad day is repaid after 2 good ones")
    never = repay(rules=Rules(decay_withdrawal=0), per_month=0)
    assert _message(plots.plot_repayment(never)).startswith("What one bad day leaves")


def test_who_leaves_is_drawn_open_with_its_fitted_line(drawn) -> None:
    """Of 100; open marks, for nobody is real; blue is what was fitted."""
    _, fit, counted = drawn
    ax = plots.plot_leave_by_balance(counted, fit)
    line, marks = ax.lines[1], ax.lines[2]
    assert marks.get_ydata().tolist() == pytest.approx((100 * counted.shares).tolist())
    assert marks.get_markerfacecolor() == palette.PAPER
    assert line.get_color() == palette.FOUND
    debit = counted.side(debit=True).estimate
    assert _message(ax).startswith(f"In debit {100 * debit:.0f} of 100")


def test_four_worlds_have_a_panel_each(drawn) -> None:
    """Named, on one scale."""
    _, fit, counted = drawn
    ax = plots.plot_four_accounts(dict.fromkeys("ABCD", (counted, fit)))
    panels = style.figure_of(ax).axes
    assert [panel.texts[0].get_text() for panel in panels] == list("ABCD")
    assert len({panel.get_ylim() for panel in panels}) == 1


def test_a_search_marks_its_jump_and_says_how_many_are_at_zero(drawn) -> None:
    """One search, shown twice."""
    rows, fit, _ = drawn
    rng = np.random.default_rng(1)
    found = search_jump(rows, places=np.linspace(-1, 1, 5), smooth=fit, rng=rng)
    assert found.at_zero
    ax = plots.plot_jumps(dict.fromkeys("ABCD", found))
    assert ax.lines[-1].get_xdata() == [found.best]
    assert _message(ax) == "A jump at zero shows in 4 of 4 worlds"


def test_the_curve_of_weights_marks_truth_and_printed_ones(drawn) -> None:
    """Squares are printed; dashed is planted; the strip is the interval."""
    rows, fit, _ = drawn
    curve = profile_weight(rows, fit=fit, points=5)
    ax = plots.plot_weight_profile(curve, truth=2.25, printed=(1.31, 2.25))
    squares = [line for line in ax.lines if line.get_marker() == "s"]
    assert [line.get_xdata()[0] for line in squares] == [1.31, 2.25]
    assert {line.get_color() for line in squares} == {palette.BOOK}
    low, high = curve.limits
    assert f"from {low:.2f} to {high:.2f}" in _message(ax)
