"""Double jeopardy: sums by hand, closed forms, and a fit that was printed elsewhere."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import behaviour
from cxlab.simulate.behaviour import BrandWorld, buyers

# Goodhardt, Ehrenberg & Chatfield (1984): toothpaste, one quarter of 1973
SHARES = [0.25, 0.19, 0.1, 0.1, 0.09, 0.08, 0.03, 0.02]
BUYERS = [0.2, 0.17, 0.09, 0.08, 0.08, 0.07, 0.03, 0.02]


def test_the_fit_of_toothpaste_is_the_printed_one() -> None:
    """R package NBDdirichlet prints M 1.46, K .78 (.7788) and S 1.55 for this table."""
    model = behaviour.fit_brands(
        mean=0.56 * 2.6, category_buyers=0.56, shares=SHARES, buyers=BUYERS
    )
    assert model.mean == pytest.approx(1.456)
    assert model.spread == pytest.approx(0.7788, abs=5e-5)
    assert model.strength == pytest.approx(1.55, abs=0.005)


def test_two_purchases_by_hand() -> None:
    """Half forget; of these, 40 of 100 fall on the brand again: 50 + 20."""
    assert behaviour.repeat_rate(0.4, switching=0.5) == pytest.approx(0.7)
    assert behaviour.repeat_rate(0.4, switching=0.0) == 1
    assert behaviour.repeat_rate(0.4, switching=1.0) == pytest.approx(0.4)


def test_buyers_are_the_negative_binomial_of_a_thinned_category() -> None:
    """With one taste for all, a brand is a category with a smaller mean."""
    model = behaviour.BrandModel(mean=3.0, spread=0.8, strength=1e7)
    thin = 1 - (0.8 / (0.8 + 3.0 * 0.2)) ** 0.8
    assert model.buyers(0.2) == pytest.approx(thin, rel=1e-5)


def test_fixed_tastes_end_double_jeopardy() -> None:
    """Where nobody switches, a small brand's buyers buy as often as a large one's."""
    model = behaviour.BrandModel(mean=3.0, spread=0.8, strength=1e-4)
    assert model.per_buyer(0.05) == pytest.approx(model.per_buyer(0.5), rel=1e-3)


@given(
    st.floats(0.02, 0.4),
    st.floats(1.05, 2.0),
    st.floats(0.1, 10),
    st.floats(0.2, 3),
)
def test_small_brands_always_lose_twice(
    share: float, larger: float, strength: float, spread: float
) -> None:
    """For every mean, spread and switching: fewer buyers, and rarer purchases."""
    model = behaviour.BrandModel(mean=4.0, spread=spread, strength=strength)
    assert model.buyers(share) < model.buyers(share * larger)
    assert model.per_buyer(share) < model.per_buyer(share * larger)


def test_the_world_shows_what_it_planted() -> None:
    """Twenty draws: the mean of buyers and frequency lies on the curve."""
    world = BrandWorld(n_brands=4, market_share=0.5)
    rng = np.random.default_rng(7)
    drawn = [
        behaviour.brand_table(buyers(world, n=2000, rng=rng)[0]) for _ in range(20)
    ]
    mean = pd.concat(drawn).groupby("brand")[["buyers", "per_buyer"]].mean()
    truth = world.model.curve(world.shares)
    # three standard errors of twenty draws of 2,000
    assert mean["buyers"].to_numpy() == pytest.approx(truth["buyers"], abs=0.008)
    assert mean["per_buyer"].to_numpy() == pytest.approx(truth["per_buyer"], rel=0.03)


def test_the_fit_finds_the_planted_cloud() -> None:
    """20,000 households: switching comes back within .02."""
    world = BrandWorld(switching=0.6)
    counts, truth = buyers(world, n=20000, rng=np.random.default_rng(3))
    table = behaviour.brand_table(counts)
    model = behaviour.fit_brands(
        mean=float(counts.to_numpy().sum() / len(counts)),
        category_buyers=float((counts.sum(axis=1) > 0).mean()),
        shares=table["share"],
        buyers=table["buyers"],
    )
    assert model.switching == pytest.approx(truth.switching, abs=0.02)


def test_a_table_of_four_by_hand() -> None:
    """A: three buyers, six purchases of the eight they made; one buys nothing else."""
    counts = pd.DataFrame({"A": [3, 2, 1, 0], "B": [0, 1, 1, 0]})
    a, b = behaviour.brand_table(counts).to_dict("records")
    assert (a["share"], a["buyers"], a["per_buyer"]) == (0.75, 0.75, 2)
    assert (a["of_category"], a["only"]) == (0.75, pytest.approx(1 / 3))
    assert (b["share"], b["buyers"], b["per_buyer"]) == (0.25, 0.5, 1)
    assert (b["of_category"], b["only"]) == (pytest.approx(0.4), 0)


def test_what_cannot_be_is_refused() -> None:
    """Messages say what is allowed and what to do."""
    with pytest.raises(ValueError, match="not per buyer"):
        behaviour.fit_brands(mean=0.5, category_buyers=0.5, shares=[0.2], buyers=[0.1])
    with pytest.raises(ValueError, match="one cloud of tastes"):
        behaviour.fit_brands(mean=2.0, category_buyers=0.5, shares=[0.2], buyers=[0.5])
    with pytest.raises(ValueError, match=r"Give 0\.4"):
        behaviour.repeat_rate(40, switching=0.5)
    with pytest.raises(ValueError, match="above 0"):
        behaviour.BrandModel(mean=0, spread=1, strength=1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        behaviour.BrandModel(mean=1, spread=1, strength=1).buyers(1.0)
    with pytest.raises(ValueError, match="no purchase"):
        behaviour.brand_table(pd.DataFrame({"A": [0, 0]}))
    with pytest.raises(ValueError, match="more than 1/3"):
        BrandWorld(n_brands=3, market_share=0.2)
    with pytest.raises(ValueError, match="nobody ever changes"):
        BrandWorld(switching=0.0)
