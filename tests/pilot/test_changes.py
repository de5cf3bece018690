"""What changed anyway: four means by hand, worlds of volunteers, and weeks."""

import numpy as np
import pandas as pd
import pytest

from cxlab import pilot
from cxlab.simulate.pilot import BranchWorld, branches


def rows() -> pd.DataFrame:
    """Two branches with it and two without, two weeks before and two after."""
    weeks = [
        ("a", True, [8, 10], [14, 16]),
        ("b", True, [6, 6], [10, 12]),
        ("c", False, [9, 9], [10, 10]),
        ("d", False, [5, 7], [7, 9]),
    ]
    return pd.DataFrame(
        [
            {"branch": name, "drawn": got, "after": late, "late": value}
            for name, got, before, after in weeks
            for late, values in ((False, before), (True, after))
            for value in values
        ]
    )


def by_unit(table: pd.DataFrame) -> pd.DataFrame:
    return pilot.by_unit(
        table, unit="branch", pilot="drawn", after="after", value="late"
    )


def test_four_means_by_hand() -> None:
    found = pilot.difference_in_differences(by_unit(rows()))
    assert found.means == pilot.FourMeans(pilot=(7.5, 13.0), others=(7.5, 9.0))
    assert found.means.difference == 5.5 - 1.5
    assert found.difference.estimate == 4.0


def test_each_branch_counts_once_however_many_weeks_it_has() -> None:
    """Ten more weeks of one branch, all like its others, change nothing."""
    table = rows()
    longer = pd.concat([table, *[table[table["branch"] == "c"]] * 10])
    assert by_unit(longer).equals(by_unit(table))


def test_a_season_for_everybody_changes_before_and_after_and_nothing_else() -> None:
    plain, table = pilot.difference_in_differences(by_unit(rows())), rows()
    table["late"] += 7 * table["after"]
    later = pilot.difference_in_differences(by_unit(table))
    assert later.before_after.estimate == plain.before_after.estimate + 7
    assert later.difference.estimate == plain.difference.estimate


@pytest.mark.parametrize("chosen", ["volunteers", "lot"])
def test_what_each_way_of_counting_finds_in_the_long_run(chosen: str) -> None:
    """With many branches the closed forms of the world come out."""
    world = BranchWorld(n_branches=20_000)
    table, truth = branches(world, rng=np.random.default_rng(50), chosen=chosen)
    change = (table["after"] - table["before"]).groupby(table["pilot"]).mean()
    after = table["after"].groupby(table["pilot"]).mean()
    expected = truth.volunteers_did if chosen == "volunteers" else truth.effect
    # the mean of 10,000 changes of SD about 2.5 has an error of .04
    assert change[True] - change[False] == pytest.approx(expected, abs=0.15)
    if chosen == "volunteers":
        assert change[True] == pytest.approx(truth.before_after, abs=0.15)
        assert after[True] - after[False] == pytest.approx(truth.after_only, abs=0.2)


def test_the_worst_get_better_by_themselves() -> None:
    """Picked for a bad number, they come back although nothing was done."""
    world = BranchWorld(n_branches=20_000, effect=0, volunteer_bias=0, luck=3)
    table, _ = branches(world, rng=np.random.default_rng(1), chosen="worst")
    change = (table["after"] - table["before"]).groupby(table["pilot"]).mean()
    # 2 x .798 SD of what was chosen, times the part of its variance that is luck
    chance = 9 / (world.head_start**2 + world.spread**2 + 9)
    sd = np.sqrt(world.head_start**2 + world.spread**2 + 9)
    expected = world.keener * sd * chance
    assert change[True] - change[False] == pytest.approx(expected, abs=0.2)


def test_volunteers_deceive_and_the_lot_does_not() -> None:
    wrong, right = 0, 0
    for seed in range(20):
        rng = np.random.default_rng([seed, 1])
        keen, drawn = (
            pilot.difference_in_differences(
                branches(BranchWorld(), rng=rng, chosen=chosen)[0], rng=rng, draws=400
            ).difference
            for chosen in ("volunteers", "lot")
        )
        wrong += keen.low > 2  # type: ignore[operator]
        right += drawn.low <= 2 <= drawn.high  # type: ignore[operator]
    assert wrong >= 13
    assert right >= 17


def test_weeks_call_a_difference_where_nothing_happened() -> None:
    """Branches of two kinds, nothing done: rows shout, units cannot."""
    rng = np.random.default_rng(2)
    level = {"a": 5, "b": 5, "c": 12, "d": 12}
    table = pd.DataFrame(
        [
            {"b": k, "late": v + rng.normal()}
            for k, v in level.items()
            for _ in range(20)
        ]
    )
    found = pilot.false_alarms(table, unit="b", value="late")
    assert (len(found.ways), found.by_rows, found.by_units) == (3, 1, 0)
    assert found.ways["p, units"].min() >= 1 / 3
    assert "below 0.001" in set(found.table()["p, rows as units"])


def test_students_p_by_a_second_way() -> None:
    from scipy.stats import ttest_ind

    x, got = np.array([3.0, 5, 4, 8, 7, 9, 6]), np.arange(7) < 3
    assert pilot.rows_as_units(x, got) == pytest.approx(
        ttest_ind(x[got], x[~got]).pvalue, rel=1e-12
    )


def test_a_branch_that_is_in_both_groups_or_has_no_before_is_named() -> None:
    table = rows()
    table.loc[0, "drawn"] = False
    with pytest.raises(ValueError, match="branch 'a' is both in and out"):
        by_unit(table)
    with pytest.raises(ValueError, match="branch 'd' has no row before"):
        by_unit(rows()[lambda t: (t["branch"] != "d") | t["after"]])
    with pytest.raises(ValueError, match="no column 'drawn'"):
        by_unit(rows().drop(columns="drawn"))
    with pytest.raises(ValueError, match="give True and False"):
        by_unit(rows().astype({"drawn": int}))
    with pytest.raises(ValueError, match="one row for each unit"):
        pilot.difference_in_differences(rows())


def test_of_an_odd_number_the_smaller_half_is_in_the_pilot() -> None:
    table, _ = branches(BranchWorld(n_branches=13), rng=np.random.default_rng(1))
    assert table["pilot"].sum() == 6


def test_worlds_refuse_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        BranchWorld(n_branches=3)
    with pytest.raises(ValueError, match="above 0"):
        BranchWorld(luck=0)
    with pytest.raises(ValueError, match="'volunteers'"):
        branches(BranchWorld(), rng=np.random.default_rng(1), chosen="keen")
    with pytest.raises(ValueError, match="even number from 4"):
        pilot.false_alarms(
            pd.DataFrame({"b": list("abc"), "x": [1, 2, 3]}), unit="b", value="x"
        )
