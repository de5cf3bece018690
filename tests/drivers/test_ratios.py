"""Raw ratios carry the company a driver keeps; adjusted ones compare like with like."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cxlab.drivers import adjusted_ratios, raw_ratios
from cxlab.results import SUMMARY_COLUMNS
from cxlab.simulate.drivers import MessyWorld, journeys

WORLD = MessyWorld()
ALL = list(WORLD.names)


def _table(cells: list[tuple[int, int, int, int]]) -> pd.DataFrame:
    """Make customers of (transferred, called again, how many, how many disloyal)."""
    rows = [(t, r, int(i < hits)) for t, r, n, hits in cells for i in range(n)]
    return pd.DataFrame(rows, columns=["transfer", "repeat", "disloyal"])


# Within each row of callers transfers multiply by 1.5: 10 -> 15%, 40 -> 60%.
BY_HAND = _table([(0, 0, 80, 8), (1, 0, 20, 3), (0, 1, 20, 8), (1, 1, 80, 48)])


def _both(data: pd.DataFrame, drivers: list[str]):
    keywords = {"outcome": "disloyal", "drivers": drivers}
    return raw_ratios(data, **keywords), adjusted_ratios(data, **keywords)


def test_the_raw_ratio_is_two_shares_by_hand() -> None:
    """51 of 100 transferred against 16 of 100."""
    raw = raw_ratios(BY_HAND, outcome="disloyal", drivers=["transfer"])
    assert raw.of("transfer").estimate == pytest.approx(51 / 16)
    assert raw.base == pytest.approx(67 / 200)


def test_like_with_like_is_half_of_the_raw_ratio_by_hand() -> None:
    """1.5 in both rows; the log-odds model smooths them, so within a tenth."""
    raw, adjusted = _both(BY_HAND, ["transfer", "repeat"])
    assert raw.of("transfer").estimate > 3
    assert adjusted.of("transfer").estimate == pytest.approx(1.5, abs=0.1)


def test_one_driver_has_nothing_to_be_adjusted_for() -> None:
    """With a single driver both ways give the same ratio and interval."""
    raw, adjusted = (way.of("transfer") for way in _both(BY_HAND, ["transfer"]))
    assert adjusted.estimate == pytest.approx(raw.estimate)
    assert adjusted.low == pytest.approx(raw.low)
    assert adjusted.high == pytest.approx(raw.high)


def test_the_regression_is_that_of_another_implementation() -> None:
    """statsmodels' Logit, standardised by hand over the customers observed."""
    data, _ = journeys(WORLD, n=3000, rng=np.random.default_rng(5))
    fit = sm.Logit(data["disloyal"], sm.add_constant(data[ALL])).fit(disp=0)
    for name in ALL:
        one, none = (
            fit.predict(
                sm.add_constant(data[ALL].assign(**{name: v}), has_constant="add")
            )
            for v in (1, 0)
        )
        found = adjusted_ratios(data, outcome="disloyal", drivers=ALL).of(name)
        assert found.estimate == pytest.approx(one.mean() / none.mean(), rel=1e-8)


def test_raw_ratios_overstate_every_driver_and_adjusted_ones_find_it() -> None:
    """Over twenty seeds, in the mean, within 4 standard errors of that mean."""
    found = {"raw": [], "adjusted": []}
    for seed in range(20):
        data, _ = journeys(WORLD, n=4000, rng=np.random.default_rng(seed))
        for ratios in _both(data, ALL):
            found[ratios.method].append([r.estimate for r in ratios.ratios])
    truth = np.array(list(WORLD.own_ratios.values()))
    raw, adjusted = np.array(found["raw"]), np.array(found["adjusted"])
    error = adjusted.std(axis=0, ddof=1) / np.sqrt(20)
    assert np.all(raw > 1.15 * truth)
    assert np.all(np.abs(adjusted.mean(axis=0) - truth) < 4 * error)


def test_the_interval_of_the_adjusted_ratio_keeps_its_promise() -> None:
    """95% of 300 samples of 1,500, give or take 4 standard errors of a count."""
    truth, inside = np.array(list(WORLD.own_ratios.values())), np.zeros(4)
    for seed in range(300):
        data, _ = journeys(WORLD, n=1500, rng=np.random.default_rng([9, seed]))
        found = adjusted_ratios(data, outcome="disloyal", drivers=ALL).ratios
        inside += [r.low <= t <= r.high for r, t in zip(found, truth, strict=True)]
    assert np.all(np.abs(inside - 285) < 4 * np.sqrt(300 * 0.95 * 0.05))


def test_what_nobody_wrote_down_cannot_be_adjusted_for() -> None:
    """Let the messy case itself do harm: the adjusted ratio overstates as well."""
    world = replace(WORLD, hidden=0.8)
    data, _ = journeys(world, n=20_000, rng=np.random.default_rng(3))
    raw, adjusted = _both(data, ALL)
    for name in ALL:
        truth = world.own_ratios[name]
        assert truth < adjusted.of(name).low
        assert adjusted.of(name).estimate < raw.of(name).estimate


def test_unrelated_drivers_need_no_adjusting() -> None:
    """Without a messy case, raw and adjusted tend to the same ratio: the truth."""
    world = replace(WORLD, messiness=0)
    assert dict(world.raw_ratios) == pytest.approx(dict(world.own_ratios))
    data, _ = journeys(world, n=50_000, rng=np.random.default_rng(4))
    raw, adjusted = _both(data, ALL)
    for name in ALL:
        assert raw.of(name).estimate == pytest.approx(
            adjusted.of(name).estimate, rel=0.03
        )


def test_the_summary_is_the_tidy_table_of_the_course() -> None:
    """One row per driver."""
    raw, _ = _both(BY_HAND, ["transfer", "repeat"])
    table = raw.summary()
    assert tuple(table.columns) == SUMMARY_COLUMNS
    assert list(table["quantity"]) == ["transfer", "repeat"]
    assert set(table["unit"]) == {"times"}


def test_ratios_read_as_a_sentence() -> None:
    """The method comes first: a raw ratio must never pass for an adjusted one."""
    raw, _ = _both(BY_HAND, ["transfer"])
    assert str(raw) == "raw ratios of the share disloyal: transfer 3.19"


def test_two_sets_of_ratios_can_be_told_on_the_telephone() -> None:
    """The alt text of the picture names both ratios of each driver."""
    raw, adjusted = _both(BY_HAND, ["transfer", "repeat"])
    assert "transfer 3.2 raw and 1." in raw.describe(adjusted)


def test_true_and_false_are_taken_as_well() -> None:
    """What a log exports as booleans need not be recoded."""
    same = BY_HAND.astype(bool)
    assert str(_both(same, ["transfer"])[0]) == str(_both(BY_HAND, ["transfer"])[0])


@pytest.mark.parametrize("way", [raw_ratios, adjusted_ratios])
def test_a_column_that_is_no_yes_or_no_is_refused(way) -> None:
    """A count of transfers is another question."""
    odd = BY_HAND.assign(transfer=3)
    with pytest.raises(ValueError, match="only 0 and 1"):
        way(odd, outcome="disloyal", drivers=["transfer"])


@pytest.mark.parametrize("way", [raw_ratios, adjusted_ratios])
def test_a_missing_column_is_named_with_those_there_are(way) -> None:
    """A typo is found by reading the message."""
    with pytest.raises(ValueError, match=r"transfered.*transfer, repeat, disloyal"):
        way(BY_HAND, outcome="disloyal", drivers=["transfered"])


def test_an_empty_group_has_no_ratio() -> None:
    """With nobody on one side the counts say more."""
    nobody = BY_HAND.assign(transfer=1)
    with pytest.raises(ValueError, match="report the counts"):
        raw_ratios(nobody, outcome="disloyal", drivers=["transfer"])


def test_drivers_that_determine_each_other_are_refused() -> None:
    """Who was transferred always called again: nothing can tell them apart."""
    twins = BY_HAND.assign(repeat=BY_HAND["transfer"])
    with pytest.raises(ValueError, match="Leave one out"):
        adjusted_ratios(twins, outcome="disloyal", drivers=["transfer", "repeat"])


def test_a_driver_that_determines_the_outcome_is_refused() -> None:
    """Everybody who was transferred is disloyal, nobody else: no finite answer."""
    certain = BY_HAND.assign(disloyal=BY_HAND["transfer"])
    with pytest.raises(ValueError, match="determine the outcome"):
        adjusted_ratios(certain, outcome="disloyal", drivers=["transfer", "repeat"])


def test_an_unknown_driver_is_answered_with_those_there_are() -> None:
    """The result knows its names."""
    with pytest.raises(ValueError, match="Choose one of: transfer"):
        _both(BY_HAND, ["transfer"])[0].of("switch")
