"""Who went down, who went up, and who stayed: by hand and by closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.change import count_changes

scores = st.lists(
    st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=1, max_size=60
)


def test_ten_customers_by_hand():
    """4 down, 1 up, 5 the same: four to one, and a mean that fell by 0.3."""
    before = [7, 7, 7, 6, 6, 6, 5, 5, 4, 7]
    after = [6, 7, 6, 5, 6, 6, 4, 6, 4, 7]
    found = count_changes(before, after)
    assert (found.down, found.same, found.up) == (4, 5, 1)
    assert found.ratio().estimate == 4
    assert found.mean_change == pytest.approx(-0.3)


@given(pairs=scores)
def test_down_and_up_swap_when_time_runs_backwards(pairs):
    """After and before change places: so do the two counts, and the mean its sign."""
    before, after = np.array(pairs).T
    forth, back = count_changes(before, after), count_changes(after, before)
    assert (forth.down, forth.up, forth.same) == (back.up, back.down, back.same)
    assert forth.mean_change == pytest.approx(-back.mean_change)


@given(pairs=scores)
def test_everybody_is_counted_once(pairs):
    """Down, same and up add up to all."""
    before, after = np.array(pairs).T
    found = count_changes(before, after)
    assert found.down + found.same + found.up == found.n == len(pairs)


def test_the_ratio_has_the_interval_of_two_cells_of_one_sample():
    """Log scale, variance one over each count: by hand for 40 and 10."""
    before = np.array([5] * 100)
    after = np.array([4] * 40 + [6] * 10 + [5] * 50)
    ratio = count_changes(before, after).ratio()
    half = 1.959964 * np.sqrt(1 / 40 + 1 / 10)
    assert (ratio.low, ratio.high) == pytest.approx(
        (4 * np.exp(-half), 4 * np.exp(half)), rel=1e-6
    )


def test_the_summary_gives_the_three_shares_before_the_ratio():
    """A ratio alone hides who did not move."""
    table = count_changes([5, 5, 5, 5], [4, 6, 5, 5]).summary()
    assert table["quantity"].tolist()[:3] == ["less loyal", "same", "more loyal"]
    assert table["estimate"].tolist()[:3] == [0.25, 0.5, 0.25]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ([1, 2], [1], "same order"),
        ([], [], "same order"),
        ([1.0, np.nan], [1, 2], "1 customers lack a score"),
    ],
)
def test_errors_teach(before, after, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        count_changes(before, after)


def test_nobody_up_is_no_ratio():
    """It would have no bound; the three shares say it."""
    with pytest.raises(ValueError, match="three shares"):
        count_changes([5, 5], [4, 5]).ratio()
