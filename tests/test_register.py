"""Verdicts are a closed list, and an illustration is never evidence."""

import pytest

from cxlab import register


def test_every_claim_names_a_source() -> None:
    """A claim without a source would be a rumour."""
    assert all(claim.source and claim.says for claim in register.claims().values())


def test_an_unknown_claim_names_the_nearest() -> None:
    """Most unknown ids are typing slips."""
    with pytest.raises(ValueError, match="the nearest is 'E13'"):
        register.claim_named("E13O")


@pytest.mark.parametrize("verdict", ["holds", "overstated", "misquoted"])
def test_an_illustration_alone_carries_no_verdict(verdict: str) -> None:
    """A world we made up shows a mechanism; it proves nothing about theirs."""
    with pytest.raises(ValueError, match="never evidence"):
        register.check_verdict(verdict, ("illustration",))


@pytest.mark.parametrize("verdict", ["open", "cannot be tested here"])
def test_an_illustration_may_leave_a_claim_open(verdict: str) -> None:
    """That is what a simulation is for."""
    register.check_verdict(verdict, ("illustration",))
    register.check_verdict("holds", ("illustration", "arithmetic"))


def test_a_made_up_verdict_is_refused() -> None:
    """The list is closed, so that a verdict means the same in every lesson."""
    with pytest.raises(ValueError, match="is no verdict"):
        register.check_verdict("rather true", ("arithmetic",))


def test_evidence_is_named() -> None:
    """A verdict that rests on nothing is an opinion."""
    with pytest.raises(ValueError, match="no kind of evidence"):
        register.check_verdict("holds", ())
    with pytest.raises(ValueError, match="no kind of evidence"):
        register.check_verdict("holds", ("gut feeling",))


def test_real_data_speak_of_an_interval() -> None:
    """An estimate from a sample without an interval is half a finding."""
    with pytest.raises(ValueError, match=r"as \{ratio:\.2f\}, which says its interval"):
        register.interval_note("They stay twice as often.", ("real data",))
    assert (
        register.interval_note("No interval: all were counted.", ("real data",)) == ""
    )


@pytest.mark.parametrize("kind", register.EVIDENCE)
def test_where_there_is_no_interval_the_reason_is_said(kind: str) -> None:
    """Arithmetic has none to give, and a reader need not guess why."""
    if kind != "real data":
        assert register.interval_note("x", (kind,)).startswith("No interval: ")
