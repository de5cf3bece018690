"""The same seed gives the same tables, on every Python and on every machine."""

import hashlib

import pytest

from cxlab.company import Plan, company

RECORDED = {
    "branches": "626c366bd3ef8dc2",
    "employees": "15ab9296f4088b2d",
    "customers": "2996ba3fb2b0cfd1",
    "touches": "d919bdab585b2f08",
    "contacts": "841196d51863235f",
    "surveys": "4b1e85ebfa615e59",
    "purchases": "65548d7fcd280daf",
    "months": "cffd9a96e9e566ec",
}


def _checksum(table) -> str:
    """First digits of the SHA-256 of a table as CSV; times and ids as they print."""
    text = table.to_csv(index=False, lineterminator="\n", float_format="%.6f")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _drawn(seed):
    plan = Plan(ease=40, delight=40, onboarding=40, people=40, recovery=40)
    size = {"months": 5, "n_branches": 4, "plan": plan, "plan_from": 2}
    return company(240, **size, seed=seed).tables


@pytest.mark.parametrize("name", list(RECORDED))
def test_the_tables_are_those_recorded_once(name) -> None:
    """Recorded on Python 3.11; if the company is changed on purpose, record again."""
    assert _checksum(_drawn(2024)[name]) == RECORDED[name]


def test_the_same_seed_gives_the_same_tables_and_another_gives_others() -> None:
    first, again, other = _drawn(1), _drawn(1), _drawn(2)
    assert all(first[name].equals(again[name]) for name in first)
    assert not any(first[name].equals(other[name]) for name in first)
