"""The paradox, the bond and the invitation, on tables small enough for a whiteboard."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress

from cxlab.recovery import (
    InvitationPlan,
    compare_tilts,
    count_invited,
    tilt_by_bond,
    unmake,
)
from cxlab.recovery.shares import difference_of_shares


def _table(groups) -> pd.DataFrame:
    """Build a table from (failed, recovered, left, loyal, how many)."""
    names = ["failed", "recovered", "left", "loyal"]
    rows = [row[:4] for row in groups for _ in range(row[4])]
    return pd.DataFrame(rows, columns=names).astype(bool)


WHITEBOARD = _table(
    [
        (0, 0, 0, 1, 50),
        (0, 0, 0, 0, 50),
        (1, 1, 1, 0, 40),
        (1, 1, 0, 1, 36),
        (1, 1, 0, 0, 24),
    ]
)


def test_a_hundred_put_right_by_hand() -> None:
    """40 left, 36 of 60 loyal: +10 of 100 in the survey, -14 when all are counted."""
    found = unmake(WHITEBOARD, WHITEBOARD)
    assert found.survey.estimate == pytest.approx(0.10)
    assert found.by_lot.estimate == pytest.approx(0.10)
    assert found.honest.estimate == pytest.approx(-0.14)
    assert found.honest.n == 200
    assert "+10 are loyal in the survey" in found.describe()
    assert list(found.summary()["quantity"]) == ["survey", "by lot", "all counted"]


def test_the_interval_is_the_one_newcombe_printed() -> None:
    """56/70 less 48/80: .0524 to .3339 (Newcombe 1998, table II, method 10)."""
    found = difference_of_shares((56, 70), (48, 80))
    assert found.low == pytest.approx(0.0524, abs=0.00005)
    assert found.high == pytest.approx(0.3339, abs=0.00005)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_a_difference_turns_its_sign_with_the_groups(a, m, b, n) -> None:
    """One less other is minus other less one, ends included; all within -1..1."""
    one, other = (min(a, m), m), (min(b, n), n)
    there, back = difference_of_shares(one, other), difference_of_shares(other, one)
    assert there.low == pytest.approx(-back.high)
    assert -1 <= there.low <= there.estimate <= there.high <= 1


def test_a_slope_after_failure_is_held_against_one_without() -> None:
    """Another implementation of both lines; the ratio less 1."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=60)
    had = np.arange(60) < 30
    after = np.where(had, 0.3, 0.7) * x + rng.normal(size=60, scale=0.1)
    found = tilt_by_bond(pd.DataFrame({"failed": had, "before": x, "after": after}))
    one, two = linregress(x[had], after[had]), linregress(x[~had], after[~had])
    assert found.failed.estimate == pytest.approx(one.slope - 1)
    assert found.others.estimate == pytest.approx(two.slope - 1)
    assert found.others.high == pytest.approx(two.slope - 1 + 1.959964 * two.stderr)
    assert found.buffer.estimate == pytest.approx(one.slope / two.slope - 1)
    assert found.called == "sharpens"


def test_fifths_hold_the_mean_change_by_hand() -> None:
    """Ten customers in each group, two in a fifth; a failure costs one point."""
    first = np.repeat(np.arange(10.0), 2)
    had = np.tile([True, False], 10)
    table = pd.DataFrame({"failed": had, "before": first, "after": first - had})
    found = tilt_by_bond(table)
    assert found.fifths["fifth"].tolist() == [1, 2, 3, 4, 5]
    assert found.fifths["failed"].tolist() == [-1] * 5
    assert found.fifths["others"].tolist() == [0] * 5
    assert found.called == "cannot tell"
    assert "cannot tell" in found.describe()
    assert len(found.summary()) == 3
    row = compare_tilts({"A": found}).loc[0]
    assert row.tolist()[:3] == ["A", found.failed.estimate, found.others.estimate]
    assert row["the bond adds"].startswith("0.00 (95% interval")


def test_all_the_invited_are_counted() -> None:
    """4 invited, 2 came, 3 loyal; 4 not invited, none put right, 2 loyal."""
    table = pd.DataFrame(
        {
            "failed": True,
            "invited": [True] * 4 + [False] * 4,
            "recovered": [True] * 2 + [False] * 6,
            "loyal": [True] * 3 + [False] * 3 + [True] * 2,
        }
    )
    found = count_invited(table)
    assert (found.reached.estimate, found.brought.estimate) == (0.5, 0.25)
    assert found.per_recovery == 0.5
    assert str(found).startswith("Of 100 invited, 50 more are put right and 25.0")
    assert found.summary()["n"].tolist() == [8, 8]


def test_half_the_reach_takes_four_times_the_customers() -> None:
    """But for the little that the scatter itself changes."""
    many, few = (InvitationPlan(worth=0.1, reach=r).needed for r in (0.3, 0.6))
    assert many / few == pytest.approx(4, rel=0.02)


def test_a_plan_sees_what_it_was_planned_for() -> None:
    """Power .8 at the needed number; by hand for one plan."""
    plan = InvitationPlan(worth=0.2, reach=0.5, loyal=0.4)
    assert plan.gain == pytest.approx(0.1)
    # The two z values add to 2.8016; squared, times .49, over .01 it is 384.6.
    assert plan.needed == 385
    assert plan.sees(plan.needed) == pytest.approx(0.8, abs=0.001)
    assert "invite 385" in plan.describe()


def test_errors_teach() -> None:
    """Missing columns, the dead who vote, empty groups, impossible plans."""
    with pytest.raises(ValueError, match=r"lacks \['loyal'\]"):
        unmake(WHITEBOARD.drop(columns="loyal"), WHITEBOARD)
    with pytest.raises(ValueError, match="who left is counted as loyal"):
        unmake(WHITEBOARD.assign(left=True), WHITEBOARD)
    with pytest.raises(ValueError, match="need at least one"):
        unmake(WHITEBOARD[WHITEBOARD["failed"]], WHITEBOARD)
    with pytest.raises(ValueError, match=r"lacks \['invited'\]"):
        count_invited(WHITEBOARD)
    with pytest.raises(ValueError, match="worth=10"):
        InvitationPlan(worth=10, reach=0.3)
    with pytest.raises(ValueError, match="is everybody"):
        InvitationPlan(worth=0.9, reach=0.9)
    some = pd.DataFrame({"failed": [True] * 3 + [False] * 3, "before": range(6)})
    with pytest.raises(ValueError, match=r"lacks \['after'\]"):
        tilt_by_bond(some)
    with pytest.raises(ValueError, match="not missing by chance"):
        tilt_by_bond(some.assign(after=np.nan))
    with pytest.raises(ValueError, match="do not agree"):
        tilt_by_bond(some.assign(after=[0, 1, 2, 5, 4, 3]))
    with pytest.raises(ValueError, match="a slope needs three"):
        tilt_by_bond(some[1:].assign(after=0))
