"""The board paper: six headings, computed sentences, and one's own words kept short."""

import numpy as np
import pandas as pd
import pytest

from cxlab.results import Estimate
from cxlab.strategy import (
    CRITERIA,
    STRATEGIES,
    BoardPaper,
    Played,
    Reading,
    Readings,
    criteria,
    customers_needed,
    luck_and_skill,
)
from cxlab.strategy.paper import ROOM

TABLE = pd.DataFrame(
    [[10e3, 30e3, 20e3], [14e3, 32e3, 26e3], [8e3, 31e3, 15e3]],
    index=["ease 75, people 25", "people", "delight"],
)


def _reading(strategy: str, ceiling: float, *, reach: float = 5) -> Reading:
    worse, better = (Estimate(quantity="leave", estimate=x) for x in (0.05, 0.03))
    extra = Estimate(quantity="extra", estimate=0.02, low=0.01, high=0.03)
    most = Estimate(
        quantity="ceiling", estimate=ceiling, low=ceiling - reach, high=ceiling + reach
    )
    return Reading(
        strategy=strategy, worse=worse, better=better, extra=extra, ceiling=most
    )


def _paper(**other) -> BoardPaper:
    readings = Readings(
        readings={k: _reading(k, v) for k, v in {"ease": 30, "people": 12}.items()},
        missing={"delight": "no table of touches was given"},
        leaving=Estimate(quantity="leave", estimate=180, low=170, high=190),
    )
    given = {
        "readings": readings,
        "shares": {"ease": 3, "people": 1},
        "budget": 800,
        "months": 24,
        "played": Played(profits=TABLE),
        "chosen": "ease 75, people 25",
        "luck": luck_and_skill(TABLE, rng=np.random.default_rng(1)),
    }
    return BoardPaper(**{**given, **other})


def test_the_paper_answers_every_question_of_a_board() -> None:
    """In the order in which the rubric asks."""
    paper = _paper()
    text = paper.markdown()
    assert list(paper.sections) == list(CRITERIA)
    places = [text.index(f"**{heading}.**") for heading in CRITERIA]
    assert places == sorted(places)


def test_the_decision_names_its_money_and_what_is_given_up() -> None:
    """By hand: three quarters of 800."""
    paper = _paper()
    said = paper.sections["The decision"]
    assert said.startswith("Each month: 600 on ease, 200 on people.")
    assert "Given up for it: delight, onboarding, recovery." in said
    assert paper.title == "Ease 75, people 25: 800 a month"


def test_the_regret_stands_with_its_interval() -> None:
    """4,000 behind the best, second of three."""
    said = _paper().sections["How sure we are"]
    assert "number 2 of 3" in said
    assert "left 4,000 (95% interval" in said
    assert "against the best, people" in said


def test_the_evidence_is_a_table_with_intervals() -> None:
    """And says what could not be read."""
    said = _paper().sections["What our customers did"]
    assert "| ease | after a hard contact : after an easy one | 50 : 30 |" in said
    assert "30 (25 to 35)" in said
    assert "No reading of delight: no table of touches was given." in said


@pytest.mark.parametrize(("reach", "says"), [(5, "are apart"), (15, "overlap")])
def test_the_other_side_says_whether_the_first_two_are_apart(reach, says) -> None:
    readings = Readings(
        readings={
            k: _reading(k, v, reach=reach)
            for k, v in {"ease": 30, "people": 12}.items()
        },
        missing={},
        leaving=Estimate(quantity="leave", estimate=180, low=170, high=190),
    )
    said = _paper(readings=readings).sections["The other side"]
    assert f"The intervals of ease and people {says}" in said


def test_own_words_stand_in_place_of_ours() -> None:
    """Escaped, on one line, and no longer than there is room."""
    said = _paper(mind="a <b>pilot</b>\nfails").sections["The other side"]
    assert said == "We would change our mind: a &lt;b&gt;pilot&lt;/b&gt; fails"
    long = _paper(mind="word " * 200).sections["The other side"]
    assert len(long) <= ROOM + 30
    assert long.endswith("…")


def test_a_name_signs_the_paper() -> None:
    assert _paper(name="Ana").markdown().endswith("*Ana*")
    assert not _paper().markdown().endswith("*")


def test_the_test_is_sized_by_the_textbook() -> None:
    """1,504 a side for 5 against 3 of 100, as tables of sample sizes say (Fleiss)."""
    assert customers_needed(0.05, 0.03) == 1504
    assert customers_needed(0.03, 0.05) == 1504
    assert "takes 1,504 customer-months a side" in _paper().sections["The test"]


def test_no_size_shows_a_fall_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="give two different shares"):
        customers_needed(0.03, 0.03)


def test_a_paper_can_be_written_for_keeping_the_money() -> None:
    """And without any reading."""
    empty = Readings(
        readings={},
        missing={},
        leaving=Estimate(quantity="leave", estimate=180, low=170, high=190),
    )
    paper = _paper(readings=empty, shares={}, chosen="people")
    assert "Keep the money." in paper.sections["The decision"]
    assert "half of the branches by lot" in paper.sections["The test"]
    assert "a reading that we lack" in paper.sections["The other side"]
    assert paper.title == "Keep the money: 800 a month"


def test_where_several_get_most_the_highest_ceiling_is_tested() -> None:
    """And staff are dealt by branch, for customers of one branch share them."""
    even = dict.fromkeys(["delight", "ease", "people"], 20)
    assert "Deal ease by lot." in _paper(shares=even).sections["The test"]
    assert "half of the branches" in _paper(shares={"people": 1}).sections["The test"]


def test_a_budget_spread_over_all_gives_up_depth() -> None:
    shares = dict.fromkeys(STRATEGIES, 20)
    assert "more of any one of them" in _paper(shares=shares).sections["The decision"]


def test_the_form_lists_what_a_reader_looks_for() -> None:
    table = criteria()
    assert list(table.index) == list(CRITERIA)
    assert table["a reader looks for"].str.len().min() > 30
