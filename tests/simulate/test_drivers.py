"""The messy world keeps its printed shares, and knows its own truth exactly."""

from dataclasses import replace

import numpy as np
import pytest

from cxlab.simulate.drivers import PRINTED, MessyWorld, journeys

WORLD = MessyWorld()


def _draw(world: MessyWorld, n: int = 400_000, seed: int = 1):
    return journeys(world, n=n, rng=np.random.default_rng(seed))[0]


@pytest.mark.parametrize("messiness", [0.0, 2.0, 4.0])
def test_the_printed_shares_are_kept_whatever_the_messiness(messiness: float) -> None:
    """An independent run: 56, 57, 59, 62 and 40, within 4 standard errors."""
    table = _draw(replace(WORLD, messiness=messiness))
    for name, share in [*PRINTED.items(), ("disloyal", WORLD.base)]:
        error = np.sqrt(share * (1 - share) / len(table))
        assert abs(table[name].mean() - share) < 4 * error, name


def test_the_exact_ratios_are_those_of_a_large_draw() -> None:
    """Raw ratios of 400,000 customers: each has a standard error of .6%."""
    table, exact = _draw(WORLD), WORLD.raw_ratios
    for name in WORLD.names:
        shares = table.groupby(name)["disloyal"].mean()
        assert shares[1] / shares[0] == pytest.approx(exact[name], rel=4 * 0.006)


def test_a_repeat_contact_looks_like_the_book_and_does_less() -> None:
    """Raw near 2.5, its own near 1.8: what the lesson turns on."""
    assert WORLD.raw_ratios["repeat"] == pytest.approx(2.5, abs=0.05)
    assert WORLD.own_ratios["repeat"] == pytest.approx(1.8, abs=0.05)


def test_every_driver_looks_worse_than_it_is() -> None:
    """And the more so the messier the cases."""
    for name in WORLD.names:
        raw = [replace(WORLD, messiness=m).raw_ratios[name] for m in (0, 1, 2, 3)]
        assert raw == sorted(raw)
        assert raw[0] == pytest.approx(WORLD.own_ratios[name], rel=0.02)


def test_what_would_vanish_is_found_by_taking_it_away() -> None:
    """Nobody calls twice: the level is that of a world drawn without repeats."""
    odds = {**WORLD.own_odds, "repeat": 1.0}
    level = WORLD._level
    without = replace(WORLD, own_odds=odds)
    without.__dict__["_level"] = level  # the same world otherwise
    share = _draw(without)["disloyal"].mean()
    assert 1 - share / WORLD.base == pytest.approx(WORLD.vanishing("repeat"), abs=0.01)


def test_two_in_three_customers_met_two_or_more() -> None:
    """Exact, and counted."""
    table = _draw(WORLD)
    counted = (table[list(WORLD.names)].sum(axis=1) >= 2).mean()
    assert counted == pytest.approx(WORLD.share_two_or_more, abs=4 * 0.0008)


def test_the_split_is_a_split() -> None:
    """It sums to 1, and without company it follows the drivers' own weight."""
    assert sum(WORLD.split.values()) == pytest.approx(1)
    alone = replace(WORLD, messiness=0).split
    assert list(alone.values()) == sorted(alone.values())
    assert alone["re_explain"] < WORLD.split["re_explain"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"base": 40}, "between 0 and 1"),
        ({"messiness": -1}, "messiness is 0 or more"),
        ({"own_odds": {"repeat": 2.0}}, "same drivers in the same order"),
    ],
)
def test_a_world_that_cannot_be_is_refused(wrong, message: str) -> None:
    """Before anything is drawn."""
    with pytest.raises(ValueError, match=message):
        MessyWorld(**wrong)


def test_nobody_is_drawn_from_no_world() -> None:
    """At least one customer."""
    with pytest.raises(ValueError, match="at least one customer"):
        journeys(WORLD, n=0, rng=np.random.default_rng(1))
