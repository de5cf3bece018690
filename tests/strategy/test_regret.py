"""Regret compares plans that lived through the same chances."""

import numpy as np
import pandas as pd
import pytest

from cxlab.strategy import Played, Scenarios

TABLE = pd.DataFrame(
    [[10.0, 30.0, 20.0], [14.0, 32.0, 26.0], [8.0, 31.0, 15.0]],
    index=["ease", "people", "delight"],
)
PLAYED = Played(profits=TABLE)


def test_the_best_plan_has_the_highest_mean() -> None:
    """By hand: people 24, ease 20, delight 18."""
    assert PLAYED.expected.tolist() == [24, 20, 18]
    assert PLAYED.best == "people"
    assert PLAYED.regrets().tolist() == [0, 4, 6]


def test_regret_is_taken_replay_by_replay() -> None:
    """Gaps 4, 2, 6: mean 4, sd 2, and t(2) = 4.303 gives 4 -+ 4.97."""
    found = PLAYED.regret("ease")
    assert found.estimate == pytest.approx(4)
    assert found.high - found.estimate == pytest.approx(4.3027 * 2 / 3**0.5, rel=1e-4)


def test_a_year_common_to_all_plans_leaves_regret_as_it_is() -> None:
    """That is what the same seeds are for."""
    stormy = Played(profits=TABLE + np.array([-500.0, 0.0, 700.0]))
    assert stormy.regret("ease").low == pytest.approx(PLAYED.regret("ease").low)
    assert stormy.regret("ease").estimate == pytest.approx(4)


def test_plans_that_cannot_be_told_from_the_best_are_named() -> None:
    """Three replays are few: all intervals of regret reach 0."""
    assert PLAYED.as_good() == ["people", "ease", "delight"]
    many = Played(profits=pd.concat([TABLE] * 5, axis=1, ignore_index=True))
    assert many.as_good() == ["people"]


def test_places_and_firsts() -> None:
    """People is first in every replay."""
    assert [PLAYED.rank(p) for p in TABLE.index] == [2, 1, 3]
    assert PLAYED.firsts()["people"] == 1
    assert PLAYED.firsts().sum() == pytest.approx(1)


def test_the_result_says_itself() -> None:
    """In a sentence, and in the tidy table."""
    assert "people is best; delight leaves 6" in str(PLAYED)
    assert str(PLAYED) in PLAYED.describe()
    assert PLAYED.summary()["estimate"].tolist() == [0, 4, 6]


def test_an_unknown_plan_is_refused() -> None:
    """And the best ones are offered."""
    with pytest.raises(ValueError, match="no plan 'speed' among the 3 played"):
        PLAYED.regret("speed")


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (TABLE.iloc[:, :1], "3 plans in 1 replays"),
        (pd.concat([TABLE, TABLE]), "Two plans have one name"),
        (TABLE.where(TABLE > 9), "a profit is missing"),
    ],
)
def test_what_is_no_table_of_plans_is_refused(broken, says) -> None:
    with pytest.raises(ValueError, match=says):
        Played(profits=broken)


def _two() -> Scenarios:
    return Scenarios(
        played={"here": PLAYED, "there": Played(profits=-TABLE + TABLE.mean().mean())}
    )


def test_the_best_plan_differs_between_two_opposite_companies() -> None:
    """Turned upside down, the worst plan becomes the best."""
    both = _two()
    assert both.best == {"here": "people", "there": "delight"}
    assert both.always is None
    assert both.pure_best == both.best
    assert "2 plans come first somewhere" in str(both)
    assert "here: people; there: delight" in both.describe()


def test_the_safest_plan_has_the_smallest_worst_regret() -> None:
    """By hand: ease 4 and 2, people 0 and 6, delight 6 and 0."""
    both = _two()
    assert both.safest == "ease"
    assert both.worst_regret("ease") == pytest.approx(4)
    assert both.worst_regret("people") == pytest.approx(6)
    assert len(both.summary()) == 6


def test_one_plan_may_be_best_everywhere() -> None:
    """Then the table says so."""
    same = Scenarios(played={"here": PLAYED, "there": PLAYED})
    assert same.always == "people"
    assert str(same) == "people is best in all 2 scenarios."


def test_scenarios_need_the_same_plans() -> None:
    """Or their regrets cannot stand in one table."""
    with pytest.raises(ValueError, match="Play the same plans"):
        Scenarios(played={"here": PLAYED, "there": Played(profits=TABLE.iloc[:2])})


def test_a_table_of_regrets_shows_the_best_and_those_asked_for_once() -> None:
    table = PLAYED.table(best=1, also=["people", "delight"])
    assert list(table.index) == ["people", "delight"]
    assert table["place"].tolist() == [1, 3]
    assert table["regret, money"]["delight"].startswith("6 (95% interval")


def test_choosing_by_scenario_is_held_against_the_best_always() -> None:
    """By hand: ease 3 on average, people 3, delight 3; reading well leaves 0."""
    both = _two()
    assert both.best_always[1] == pytest.approx(3)
    assert both.mean_regret(both.best) == pytest.approx(0)
    assert both.mean_regret({"here": "ease", "there": "people"}) == pytest.approx(5)


def test_the_share_of_luck_is_given_for_each_scenario_the_smallest_first() -> None:
    """Years ten times as wild leave more to luck."""
    wild = TABLE + 10 * TABLE.mean()
    played = {"wild": Played(profits=wild), "calm": PLAYED}
    found = Scenarios(played=played).luck(rng=np.random.default_rng(1))
    assert list(found) == ["calm", "wild"]
    assert found["calm"].estimate < found["wild"].estimate
