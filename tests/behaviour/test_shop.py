"""A shop of made-up households: what regularity, time and a mailing really do there."""

import numpy as np
import pandas as pd
import pytest

from cxlab import behaviour


def trips(*, growth: float = 0.0, n: int = 400) -> pd.DataFrame:
    """Return trips of households that differ in how often they come, and little else.

    The last one in four stops coming half-way through; spending grows by ``growth``
    dollars a week, for everybody.
    """
    rng = np.random.default_rng(5)
    chance = rng.uniform(0.3, 1.0, n)
    week, household = np.meshgrid(np.arange(1, 53), np.arange(n), indexing="ij")
    comes = rng.random(week.shape) < chance[household]
    comes &= ~((household % 4 == 3) & (week > 26))
    week, household = week[comes], household[comes]
    dollars = 30 + growth * week + rng.normal(0, 1, len(week))
    return pd.DataFrame(
        {
            "household": household,
            "week": week,
            "dollars": dollars,
            "card_discount": dollars / 4,
        }
    )


def test_trips_are_sums_of_lines() -> None:
    """Three lines, two baskets."""
    lines = pd.DataFrame(
        {
            "household": [7, 7, 8],
            "basket": [1, 1, 2],
            "week": [3, 3, 4],
            "dollars": [2.0, 3.0, 4.0],
            "card_discount": [0.5, 0.0, 1.0],
        }
    )
    found = behaviour.trips_of(lines)
    assert found["dollars"].tolist() == [5, 4]
    assert found["card_discount"].tolist() == [0.5, 1]
    with pytest.raises(ValueError, match="no column week"):
        behaviour.trips_of(lines.drop(columns="week"))


def test_regulars_differ_in_what_was_planted_only() -> None:
    """They come more often; a trip and the discount are the same for all."""
    found = behaviour.by_regularity(trips())
    assert found.difference("spent").low > 5
    assert found.difference("a_trip").estimate == pytest.approx(0, abs=0.3)
    assert found.difference("discount").estimate == pytest.approx(0, abs=1e-9)
    assert found.means("discount")["estimate"].tolist() == pytest.approx([0.2] * 5)
    assert found.means("stayed")["estimate"].iloc[-1] == pytest.approx(0.75, abs=0.1)
    assert "dollars a week" in str(found)
    assert "share of the shelf price" in found.describe()


def test_a_household_that_never_returns_has_spent_nothing() -> None:
    """It counts in the spending, and it has no trip to average."""
    table = trips()
    table = table.loc[~((table["household"] == 0) & (table["week"] > 26))]
    people = behaviour.by_regularity(table).households
    assert people.loc[0, "spent"] == 0
    assert people.loc[0, "stayed"] == 0
    assert np.isnan(people.loc[0, "a_trip"])


def test_time_that_does_nothing_is_seen_to_do_nothing() -> None:
    """A gap from the first month on, and no growth; planted growth comes back.

    One dollar a trip more each week, about three trips a month, and seven months from
    the middle of the first three to that of the last.
    """
    still = behaviour.by_tenure(trips())
    assert still.gap_first.low > 0
    assert still.growth.low < 0 < still.growth.high
    growing = behaviour.by_tenure(trips(growth=1.0))
    assert growing.growth.estimate == pytest.approx(28 * 3, rel=0.15)
    assert still.n_every + still.n_some <= 400
    with pytest.raises(ValueError, match="'every' or 'some'"):
        still.of("all")


def test_a_mailing_to_the_best_does_nothing_and_looks_great() -> None:
    """Sent to the most regular half: a large gap, and no change of its own."""
    table = trips()
    often = table.loc[table["week"] < 10].groupby("household")["week"].nunique()
    best = often.index[often >= often.median()]
    found = behaviour.judge_mailing(
        table, mailed=list(best), answered=list(best[::2]), first=10, last=15
    )
    assert found.level.low > 3
    # those who happened to come often before fall back a little: no gain
    assert found.change.estimate < 1
    assert found.fifths["mailed"].is_monotonic_increasing
    by_hand = found.mean("mailed", "during") - found.mean("others", "during")
    assert found.level.estimate == pytest.approx(by_hand)


def test_a_mailing_that_works_is_found() -> None:
    """Dealt by lot; six dollars a trip more in its weeks."""
    table = trips()
    lot = table["household"] % 2 == 0
    during = table["week"].between(10, 15)
    table["dollars"] += 6.0 * (lot & during)
    found = behaviour.judge_mailing(
        table, mailed=range(0, 400, 2), answered=[], first=10, last=15
    )
    assert found.change.low > 0
    assert found.change.estimate == pytest.approx(6 * 0.65, abs=1.5)


def shelf() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return lines and products of one category with three makers."""
    lines = pd.DataFrame(
        {
            "household": [1, 1, 1, 2, 2, 3, 3, 4],
            "basket": [1, 1, 2, 3, 4, 5, 7, 6],
            "product": [10, 10, 11, 10, 12, 10, 10, 99],
        }
    )
    products = pd.DataFrame(
        {
            "product": [12, 10, 11, 50],
            "category": ["TEA", "TEA", "TEA", None],
            "maker": ["3", "1", "2", "9"],
        }
    )
    return lines, products


def test_a_maker_counts_once_a_trip() -> None:
    """Two packs in one basket are one purchase; who buys no tea is there with zeros."""
    counts = behaviour.count_buyers(*shelf(), category="TEA")
    assert counts["1"].tolist() == [1, 1, 2, 0]
    assert counts.index.tolist() == [1, 2, 3, 4]
    with pytest.raises(ValueError, match="in capitals"):
        behaviour.count_buyers(*shelf(), category="tea")


def test_categories_are_taken_by_size_and_not_by_result() -> None:
    """One category qualifies; a product nobody knows belongs to none."""
    found = behaviour.check_categories(*shelf(), fewest_buyers=1, fewest_brands=3)
    assert found.table["category"].tolist() == ["TEA"]
    assert found.table["brands"].tolist() == [3]
    assert found.brands["TEA"]["buyers"].tolist() == [0.75, 0.25, 0.25]
    assert "3 makers of tea" in found.describe("TEA")
    with pytest.raises(ValueError, match="Ask for fewer"):
        behaviour.check_categories(*shelf(), fewest_brands=4)


def test_a_smallest_maker_below_the_line_is_counted() -> None:
    """Brands on the line of 6 purchases; then the smallest is pushed off it."""
    model = behaviour.BrandModel(mean=6.0, spread=0.8, strength=1.0)
    brands = model.curve([0.5, 0.3, 0.2])
    for push, below in ((0.9, 1), (1.1, 0)):
        pushed = brands.assign(per_buyer=brands["per_buyer"] * [1, 1, push])
        found = behaviour.CategoryCheck(
            table=pd.DataFrame({"rank_r": [1.0]}),
            brands={"TEA": pushed},
            wholes={"TEA": (6.0, 1 - float(model.purchases[0]))},
        )
        assert found.model("TEA").strength == pytest.approx(1.0, rel=1e-4)
        assert found.below == below


def test_weeks_that_cannot_be_are_refused() -> None:
    """Each message says which weeks would do."""
    table = trips(n=60)
    with pytest.raises(ValueError, match="be seen to stay"):
        behaviour.by_regularity(table, watch=50)
    with pytest.raises(ValueError, match="ten households"):
        behaviour.by_regularity(table.loc[table["household"] < 20])
    with pytest.raises(ValueError, match="Choose one of"):
        behaviour.by_regularity(table).means("referred")
    with pytest.raises(ValueError, match="no more than the table holds"):
        behaviour.by_tenure(table, months=13)
    with pytest.raises(ValueError, match="later or a shorter"):
        behaviour.judge_mailing(table, mailed=[1, 2], answered=[], first=3, last=9)
    with pytest.raises(ValueError, match="two must not"):
        behaviour.judge_mailing(table, mailed=[], answered=[], first=10, last=12)
