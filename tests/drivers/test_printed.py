"""What four printed shares and one printed ratio say before any data are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.drivers import attributable_share, forced_overlap, mean_number
from cxlab.simulate.drivers import PRINTED


def test_the_printed_shares_force_an_overlap() -> None:
    """56 + 57 + 59 + 62 of 100: 2.34 each, and (2.34 - 1) / 3 met two or more."""
    shares = list(PRINTED.values())
    assert mean_number(shares) == pytest.approx(2.34)
    assert forced_overlap(shares) == pytest.approx(1.34 / 3)


def test_the_least_overlap_can_be_reached() -> None:
    """Forty-seven of a hundred met all three, the others one each: 80, 60 and 54."""
    met_all, one_each = 47, (33, 13, 7)
    shares = [(met_all + alone) / 100 for alone in one_each]
    assert met_all + sum(one_each) == 100
    assert forced_overlap(shares) == pytest.approx(met_all / 100)


def test_rare_drivers_need_not_overlap() -> None:
    """Below one driver a customer nothing is forced."""
    assert forced_overlap([0.3, 0.2, 0.1]) == 0


def test_the_part_that_would_vanish_by_hand() -> None:
    """62 of 100 with 2.5 times the risk: 93 of 193 parts are due to it."""
    assert attributable_share(0.62, 2.5) == pytest.approx(0.93 / 1.93)


def test_a_driver_without_effect_explains_nothing() -> None:
    """Nobody is saved by taking away what does no harm."""
    assert attributable_share(0.62, 1.0) == 0


@given(st.floats(0.01, 0.99), st.floats(1.01, 50))
def test_the_vanishing_part_is_what_two_groups_give(share: float, ratio: float) -> None:
    """Overall risk less the risk of the unharmed, over the overall risk."""
    overall = share * ratio + (1 - share)
    assert attributable_share(share, ratio) == pytest.approx((overall - 1) / overall)


def test_a_percent_is_refused_with_its_remedy() -> None:
    """The commonest slip."""
    with pytest.raises(ValueError, match=r"Give 62% as 0\.62"):
        forced_overlap([62, 57])
    with pytest.raises(ValueError, match=r"Give 62% as 0\.62"):
        attributable_share(62, 2.5)


def test_one_driver_has_nothing_to_overlap_with() -> None:
    """The message says what is needed."""
    with pytest.raises(ValueError, match="at least two drivers"):
        forced_overlap([0.6])
