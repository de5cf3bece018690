"""Two letters per manager: the room's own gap, with the interval it can bear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import gap


@pytest.mark.parametrize("text", ["YN YY NN", "yn,yy,nn", " YN;\nyy  Nn "])
def test_a_room_is_read_however_it_was_typed(text):
    """In a hurry, at a workshop."""
    room = gap.read_room(text)
    assert room["as_firm"].tolist() == [True, True, False]
    assert room["as_customer"].tolist() == [False, True, False]


@pytest.mark.parametrize("typed", ["Y", "YNY", "10", "YX"])
def test_an_answer_that_is_none_names_its_manager(typed):
    """So that he can be asked again."""
    with pytest.raises(ValueError, match=f"manager 2 answered '{typed}'"):
        gap.read_room(f"YN {typed} NN")


def test_an_empty_room_is_told_what_to_type():
    """The message shows an example."""
    with pytest.raises(ValueError, match="'YN YY NN'"):
        gap.read_room("  ")


def test_the_gap_by_hand():
    """Ten managers: 8 yes as a firm, 3 as customers, 5 points in ten."""
    room = gap.read_room("YN YN YN YN YN YN YY YY NY NN")
    found = gap.room_gap(room)
    assert (found.only_as_firm, found.only_as_customer) == (6, 1)
    assert found.gap.estimate == pytest.approx(0.5)
    # Agresti and Min: (6 - 1) / 12 +- 1.96 sqrt(7 + 1 - 25 / 12) / 12
    assert found.gap.low == pytest.approx(5 / 12 - 1.959964 * (71 / 12) ** 0.5 / 12)


def test_a_room_of_one_opinion_still_has_a_margin():
    """Five of five see the gap: the interval is not 100 to 100."""
    found = gap.room_gap(gap.read_room("YN YN YN YN YN"))
    assert found.gap.estimate == 1
    assert found.gap.low < 0.8


@given(
    st.lists(st.sampled_from(["YY", "YN", "NY", "NN"]), min_size=1, max_size=40),
    st.randoms(),
)
def test_the_order_in_the_room_does_not_matter(answers, random):
    """Nor does anything but who answered what."""
    once = gap.room_gap(gap.read_room(" ".join(answers))).gap
    random.shuffle(answers)
    assert gap.room_gap(gap.read_room(" ".join(answers))).gap == once


def test_the_interval_keeps_its_promise_in_a_room_of_twelve():
    """Exact: every room of twelve with its chance (true gap .5)."""
    from scipy.stats import multinomial

    n, shares = 12, [0.6, 0.1, 0.3]
    caught = 0.0
    for only_firm in range(n + 1):
        for only_customer in range(n + 1 - only_firm):
            same = n - only_firm - only_customer
            text = "YN " * only_firm + "NY " * only_customer + "YY " * same
            found = gap.room_gap(gap.read_room(text)).gap
            if found.low <= 0.5 <= found.high:
                counts = [only_firm, only_customer, same]
                caught += multinomial.pmf(counts, n, shares)
    assert 0.94 < caught < 0.985
    assert np.isfinite(caught)
