"""Which issue calls for which other one can be counted in any log."""

import numpy as np
import pandas as pd
import pytest

from cxlab.resolution import first_contacts, next_issue_table, next_issues
from cxlab.simulate.contacts import ContactWorld, contact_log


def _cases(seed: int = 1, **world: float) -> pd.DataFrame:
    truth = ContactWorld(**world)
    log, _ = contact_log(truth, n=10_000, rng=np.random.default_rng(seed))
    return first_contacts(log)


def test_the_planted_pair_comes_first_over_seeds() -> None:
    """New contract, then first bill: three in ten, and a little by chance."""
    for seed in range(10):
        pair = next_issues(_cases(seed))[0]
        assert (pair.issue, pair.next_issue) == ("new contract", "first bill")
        # three in ten and a little more; 2,000 cases have a standard error of .010
        assert 0.26 < pair.after.estimate < 0.36
        assert pair.usual < 0.05


def test_where_nothing_follows_nothing_stands_out() -> None:
    """Without the follow-on, every pair is near what is usual."""
    pairs = next_issues(_cases(follow_share=0.0))
    # a share near .02 of 2,000 cases and more has a standard error of .003
    assert all(abs(p.after.estimate - p.usual) < 0.015 for p in pairs)


def test_what_could_be_avoided_is_what_is_above_usual() -> None:
    """Three of four contracts are followed by a bill, one of five others: 2.2 calls."""
    rows = [("c", i, "contract", 0.0) for i in range(4)]
    rows += [("c", i, "bill", 5.0) for i in range(3)]
    rows += [("o", 9 + i, "fault", 0.0) for i in range(5)] + [("o", 9, "bill", 4.0)]
    cases = pd.DataFrame(rows, columns=["_", "customer", "issue", "first_day"])
    top = next_issues(cases.assign(seen_days=60.0))[0]
    assert (top.after.estimate, top.usual) == (0.75, 0.2)
    assert top.avoidable == pytest.approx(2.2)


def test_a_later_issue_is_not_the_next_one() -> None:
    """Beyond the days asked for, it follows nothing."""
    cases = pd.DataFrame(
        {
            "customer": [1, 1, 2],
            "issue": ["contract", "bill", "fault"],
            "first_day": [0.0, 40.0, 0.0],
            "seen_days": [60.0, 60.0, 60.0],
        }
    )
    assert next_issues(cases, within_days=30) == []
    assert next_issues(cases, within_days=45)[0].after.estimate == 1.0


def test_another_customer_follows_nobody() -> None:
    """The next row of the table may be somebody else."""
    cases = pd.DataFrame(
        {
            "customer": [1, 2],
            "issue": ["contract", "bill"],
            "first_day": [0.0, 1.0],
            "seen_days": [60.0, 60.0],
        }
    )
    assert next_issues(cases) == []


def test_the_pairs_make_a_tidy_table() -> None:
    """In the order given, with intervals."""
    pairs = next_issues(_cases())[:3]
    table = next_issue_table(pairs)
    assert table["quantity"].iloc[0] == "new contract > first bill"
    assert (table["low"] < table["estimate"]).all()
    assert "is followed by 'first bill' in" in str(pairs[0])


def test_a_time_nobody_was_watched_for_is_refused() -> None:
    """Choose a shorter one, or wait."""
    with pytest.raises(ValueError, match="within_days=500"):
        next_issues(_cases(), within_days=500)
