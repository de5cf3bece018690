"""The return on all gestures: by hand, and where it is planted."""

import numpy as np
import pytest

from cxlab.market import return_on_gestures
from cxlab.simulate.gestures import GestureWorld, draw_guests

WORLD = GestureWorld()


def test_a_thousand_gestures_by_hand() -> None:
    """840 against 800 of a thousand, worth 600, at 30: 24,000 for 30,000."""
    came = np.repeat([600.0, 0.0], [840, 160])
    others = np.repeat([600.0, 0.0], [800, 200])
    found = return_on_gestures(came, others, cost=30)
    assert found.all.estimate == pytest.approx(0.8)
    assert found.everything == pytest.approx(16.8)
    assert found.told == pytest.approx(20)
    error = np.sqrt(600**2 * (0.84 * 0.16 + 0.8 * 0.2) / 999) / 30
    assert found.all.high - 0.8 == pytest.approx(1.959964 * error)


def test_the_planted_return_is_found_and_its_interval_keeps_its_promise() -> None:
    """60 hotels of 4,000: 95% of intervals; 3 standard errors allow 52 to 60."""
    found = []
    for seed in range(60):
        guests = draw_guests(WORLD, n=4000, rng=np.random.default_rng(seed))
        found.append(
            return_on_gestures(guests.given, guests.without, cost=WORLD.cost).all
        )
    hits = sum(one.low < WORLD.per_money < one.high for one in found)
    assert 52 <= hits <= 60
    mean = np.mean([one.estimate for one in found])
    assert mean == pytest.approx(WORLD.per_money, abs=0.08)


def test_a_gesture_that_does_nothing_still_has_its_story_and_its_stayers() -> None:
    """Both flattering counts stay high where the planted return is near nothing."""
    idle = GestureWorld(drop=0.0, story=0.3)
    guests = draw_guests(idle, n=20_000, rng=np.random.default_rng(1))
    found = return_on_gestures(guests.given, guests.without, cost=idle.cost)
    assert idle.per_money == pytest.approx(0.01)
    assert found.everything > 15
    assert found.told > 20
    assert found.all.low < 0.01 < found.all.high


def test_the_mean_story_is_the_planted_one_and_the_typical_one_far_smaller() -> None:
    """A tame tail, so that the mean can be counted: spread 1."""
    tame = GestureWorld(spread=1.0)
    guests = draw_guests(tame, n=200_000, rng=np.random.default_rng(2))
    assert guests.stories.mean() == pytest.approx(3, rel=0.02)
    assert np.median(guests.stories) == pytest.approx(tame.typical_story(), rel=0.02)
    assert WORLD.typical_story() < 0.1


def test_the_result_speaks() -> None:
    """Sentence, picture and table."""
    found = return_on_gestures([600] * 9 + [0], [600] * 8 + [0] * 2, cost=30)
    assert "the best gesture brings 20" in str(found)
    assert str(found) in found.describe()
    assert found.summary()["estimate"].tolist() == pytest.approx([20, 18, 2])


def test_what_cannot_be_is_refused() -> None:
    """A free gesture has no return per unit, and one side alone no comparison."""
    with pytest.raises(ValueError, match="cost=0: a return is counted per unit"):
        return_on_gestures([1, 2], [1, 2], cost=0)
    with pytest.raises(ValueError, match="2 customers with and 0 without"):
        return_on_gestures([1, 2], [], cost=1)
    with pytest.raises(ValueError, match=r"again=0\.9 and drop=0\.2"):
        GestureWorld(again=0.9, drop=0.2)
    with pytest.raises(ValueError, match="money is above 0"):
        GestureWorld(cost=0)
