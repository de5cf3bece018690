"""An answer is judged kindly, and the judge never gives the answer away."""

from hypothesis import given
from hypothesis import strategies as st

from cxlab.answers import judge_answer


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.binary()))
def test_a_check_never_raises_and_never_tells(answer: object) -> None:
    """Whatever is typed, the answer itself is never shown."""
    judged = judge_answer(
        answer, expect=4711.0, hint="Count again.", near_misses={1.0: "One."}
    )
    assert judged.outcome in ("right", "not yet", "not answered")
    assert "4711" not in judged.hint


def test_right_wins_over_a_near_miss() -> None:
    """At some knobs a likely mistake happens to be right."""
    judged = judge_answer(
        5, expect=5, hint="No.", near_misses={5: "That is the difference."}
    )
    assert judged.outcome == "right"


def test_a_letter_is_read_kindly() -> None:
    """A capital or a full stop is no mistake."""
    for typed in ("B", "b", " b. "):
        judged = judge_answer(typed, expect="b", hint="No.", near_misses={})
        assert judged.outcome == "right"
