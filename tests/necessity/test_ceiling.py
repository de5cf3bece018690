"""Ceilings, on boards small enough to count their squares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import necessity

X, Y = [1, 1, 2, 2, 3, 4, 5], [1, 2, 2, 3, 1, 5, 4]
ANSWERS = st.lists(
    st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=3, max_size=30
).filter(lambda pairs: all(len(set(side)) > 1 for side in zip(*pairs, strict=True)))


def test_stairs_by_hand():
    """Seven of sixteen squares: three over 1 to 2, twice two over 2 to 4."""
    found = necessity.ceiling(X, Y)
    assert found.size == 7 / 16
    assert found.peers_x.tolist() == [1, 2, 4]
    assert found.peers_y.tolist() == [2, 3, 5]


def test_the_line_by_hand():
    """Through (1, 2), (2, 3), (4, 5): half of three by three squares, of sixteen."""
    found = necessity.ceiling(X, Y, kind="CR-FDH")
    assert found.line == pytest.approx((1, 1))
    assert found.size == pytest.approx(4.5 / 16)


def test_a_line_that_leaves_the_room_counts_only_inside_it():
    """Peers (1, 1), (2, 6), (3, 6) no: (1, 1), (2, 6): the top is reached at once."""
    found = necessity.ceiling([1, 2, 3], [1, 6, 2], kind="CR-FDH")
    assert found.size == pytest.approx(0.5 * 1 * 5 / (2 * 5))


def test_a_line_may_start_below_the_room():
    """Peers (0, 0), (1, 0.1), (2, 4): least squares dips below the lowest answer."""
    found = necessity.ceiling([0, 1, 2], [0, 0.1, 4], kind="CR-FDH")
    intercept, slope = found.line
    heights = np.clip(intercept + slope * np.linspace(0, 2, 200_001), 0, 4)
    assert intercept < 0
    assert found.size == pytest.approx(np.mean(4 - heights) / 4, abs=1e-5)


def test_one_customer_in_the_corner_is_enough():
    """One with the worst experience and the highest loyalty: nothing is empty."""
    for kind in necessity.CEILINGS:
        assert necessity.ceiling([*X, 1], [*Y, 5], kind=kind).size == 0


def test_the_other_corner_is_the_same_picture_turned():
    turned = necessity.ceiling([6 - x for x in X], [6 - y for y in Y])
    found = necessity.ceiling(X, Y, corner="lower right")
    again = necessity.ceiling(
        [6 - x for x in X], [6 - y for y in Y], corner="lower right"
    )
    assert again.size == 7 / 16
    assert found.size == turned.size


@given(ANSWERS)
def test_the_order_and_the_units_of_answers_change_nothing(pairs):
    x, y = np.array(pairs, dtype=float).T
    for kind in necessity.CEILINGS:
        size = necessity.ceiling(x, y, kind=kind).size
        assert -1e-9 <= size <= 1
        other = necessity.ceiling(10 * x[::-1] - 3, 5 * y[::-1], kind=kind).size
        assert other == pytest.approx(size, abs=1e-9)


@given(ANSWERS)
def test_stairs_equal_squares_counted_one_by_one(pairs):
    """Another way to the same number: ask for each square who stands left and above."""
    x, y = np.array(pairs).T
    squares = [
        not any((x <= a) & (y > b))
        for a in range(x.min(), x.max())
        for b in range(y.min(), y.max())
    ]
    assert necessity.ceiling(x, y).size == pytest.approx(np.mean(squares))


def test_many_draws_at_once_equal_one_at_a_time():
    rng = np.random.default_rng(4)
    x = np.sort(rng.integers(1, 8, size=40))
    draws = rng.integers(1, 8, size=(20, 40))
    draws[:, :2] = [1, 7]
    for kind in necessity.CEILINGS:
        single = [necessity.ceiling(x, y, kind=kind).size for y in draws]
        assert necessity.effect_sizes(x, draws, kind=kind) == pytest.approx(single)


def test_the_edge_encloses_what_is_empty():
    """What is drawn is what is counted: the area under the drawn edge, by hand."""
    for kind in necessity.CEILINGS:
        found = necessity.ceiling(X, Y, kind=kind)
        edge_x, edge_y = found.edge()
        assert np.trapezoid(5 - edge_y, edge_x) / 16 == pytest.approx(
            found.size, abs=1e-4
        )


def test_mistakes_are_told():
    with pytest.raises(ValueError, match="is no ceiling"):
        necessity.ceiling(X, Y, kind="CE")
    with pytest.raises(ValueError, match="choose 'upper left' or 'lower right'"):
        necessity.ceiling(X, Y, corner="top")
    with pytest.raises(ValueError, match="no room to be empty"):
        necessity.ceiling([1, 1, 1], [1, 2, 3])
    with pytest.raises(ValueError, match="one x and one y"):
        necessity.ceiling([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="answer is missing"):
        necessity.ceiling([1, np.nan, 3], [1, 2, 3])
    with pytest.raises(ValueError, match="Sort the customers"):
        necessity.effect_sizes([2, 1], [[1, 2]])


def test_exceptions_are_named_by_row():
    found = necessity.corners(
        [2, 3, 8, 9, 5], [9, 1, 9, 2, 10], bad=5, good=8, disloyal=5, loyal=9
    )
    assert found.loyal_though_bad.tolist() == [0, 4]
    assert found.disloyal_though_good.tolist() == [3]
    assert found.against_necessary.estimate == pytest.approx(2 / 3)
    with pytest.raises(ValueError, match="bad must end"):
        necessity.corners([1, 9], [1, 9], bad=8, good=5, disloyal=5, loyal=9)
    with pytest.raises(ValueError, match="Move the two marks"):
        necessity.corners([6, 7], [1, 9], bad=5, good=8, disloyal=5, loyal=9)
