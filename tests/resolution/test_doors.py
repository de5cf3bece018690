"""Four in ten are done; the company books seventy-eight. Arithmetic, not a lie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.resolution import expected_doors, fall_needed, web_share

WORKED = {
    "true_share": 0.4,
    "callback_share": 0.75,
    "same_channel": 0.65,
    "window_days": 7,
    "mean_delay_days": 5,
}


def test_forty_of_a_hundred_are_booked_as_seventy_eight() -> None:
    """1 - .6 * .75 * .65 * (1 - exp(-7/5)) = 77.96%."""
    doors = expected_doors(**WORKED)
    assert doors.company == pytest.approx(1 - 0.2925 * (1 - np.exp(-1.4)), abs=1e-15)
    assert round(100 * doors.company, 2) == 77.96


def test_where_sixty_failures_go_by_hand() -> None:
    """15 silent, 15.75 elsewhere, 29.25 through the same door, some of them late."""
    doors = expected_doors(**WORKED)
    assert doors.silent == pytest.approx(0.15)
    assert doors.elsewhere == pytest.approx(0.1575)
    assert doors.late + doors.counted == pytest.approx(0.2925)
    assert doors.late / (doors.late + doors.counted) == pytest.approx(np.exp(-1.4))


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 90),
    st.floats(0.1, 60),
)
def test_nobody_is_lost_and_the_company_never_sees_less(
    true: float, back: float, same: float, window: float, delay: float
) -> None:
    """The five shares sum to 1, and the company's view is never below the truth."""
    doors = expected_doors(
        true_share=true,
        callback_share=back,
        same_channel=same,
        window_days=window,
        mean_delay_days=delay,
    )
    assert sum(doors.shares().values()) == pytest.approx(1)
    assert doors.company >= true - 1e-12


def test_only_an_endless_window_on_all_channels_leaves_the_silent() -> None:
    """40 + 15: who gives up is never counted."""
    doors = expected_doors(**{**WORKED, "same_channel": 1, "window_days": 1000})
    assert doors.company == pytest.approx(0.55)


@pytest.mark.parametrize(
    "wrong", [{"true_share": 40}, {"window_days": -1}, {"mean_delay_days": 0}]
)
def test_percents_and_negative_days_are_refused(wrong) -> None:
    """The remedy for the commonest slip is in the message."""
    with pytest.raises(ValueError, match=r"Give 75% as 0\.75"):
        expected_doors(**{**WORKED, **wrong})


def test_the_web_must_fail_less_than_half_as_often() -> None:
    """From 58 in 100 calls to 40 in 100: 28 beside 42, a fall of 30 in 58 or 51.7%."""
    fall = fall_needed(0.58, 0.40)
    assert fall == pytest.approx(1 - 28 / 58)
    assert round(100 * fall, 1) == 51.7
    assert web_share(failed_online=58 * (1 - fall), phoned_first=42) == pytest.approx(
        0.4
    )


def test_no_fall_keeps_the_share_and_a_whole_fall_ends_it() -> None:
    """Both ends of the scale."""
    assert fall_needed(0.58, 0.58) == 0
    assert fall_needed(0.58, 0.0) == 1


@pytest.mark.parametrize("shares", [(58, 40), (0.4, 0.58), (1.0, 0.4)])
def test_a_goal_above_today_is_refused(shares: tuple[float, float]) -> None:
    """Percents, swapped ends, and a call centre without phone-first callers."""
    with pytest.raises(ValueError, match=r"Give 58% as 0\.58"):
        fall_needed(*shares)


def test_no_calls_at_all_have_no_share() -> None:
    """Counts, and some of them."""
    with pytest.raises(ValueError, match="Give counts"):
        web_share(failed_online=0, phoned_first=0)
