"""Fans are counted by who came; chains are mostly short, and their mean is known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab.simulate.wordofmouth import chains
from cxlab.wordofmouth import count_chains, count_fans, mean_size, size_share


def _ten() -> pd.DataFrame:
    ten = pd.DataFrame({"would recommend": [10, 10, 9, 9, 9, 9, 8, 7, 5, 2]})
    ten["told"] = [3, 0, 2, 0, 1, 0, 4, 0, 0, 6]
    ten["brought"] = [1, 0, 0, 0, 1, 0, 1, 0, 0, 0]
    return ten


def test_of_six_promises_two_brought_a_customer() -> None:
    """The lesson's ten; the one who brought without a promise is not counted."""
    fans = count_fans(_ten())
    assert (fans.asked, fans.promised, fans.told, fans.brought) == (10, 6, 3, 2)
    assert fans.summary()["estimate"].tolist() == pytest.approx([0.6, 0.5, 1 / 3])


def test_fans_need_their_columns_and_a_promise() -> None:
    """What was given, what is needed, what to do."""
    with pytest.raises(ValueError, match="lacks brought"):
        count_fans(_ten().drop(columns="brought"))
    with pytest.raises(ValueError, match="Lower `least`"):
        count_fans(_ten(), least=11)


@pytest.mark.parametrize("reach", [0, 0.2, 0.4, 0.8])
def test_the_sizes_add_up_and_have_the_mean_of_the_formula(reach: float) -> None:
    """Borel's distribution, summed to 3,000 customers."""
    sizes = np.arange(1, 3001)
    shares = size_share(sizes, reach=reach)
    assert shares.sum() == pytest.approx(1, abs=1e-9)
    assert (sizes * shares).sum() == pytest.approx(mean_size(reach), rel=1e-6)


@pytest.mark.parametrize("reach", [0.2, 0.5, 0.7])
def test_chains_drawn_have_the_mean_and_the_shares_of_the_formula(reach: float) -> None:
    """40,000 chains; 4 standard errors, the variance being R / (1 - R)^3."""
    found = chains(reach, n=40_000, rng=np.random.default_rng(3))
    error = np.sqrt(reach / (1 - reach) ** 3 / 40_000)
    assert found["size"].mean() == pytest.approx(mean_size(reach), abs=4 * error)
    counted = count_chains(found["size"])
    alone = float(size_share(1, reach=reach))
    assert counted.alone.estimate == pytest.approx(alone, abs=0.01)
    assert counted.brought.estimate == pytest.approx(reach, abs=0.02)


def test_the_lesson_reaches_every_seed_within_its_band() -> None:
    """Twenty seeds of 10,000 chains at .4: 1.667 within 4 errors of .0136."""
    means = [
        chains(0.4, n=10_000, rng=np.random.default_rng(seed))["size"].mean()
        for seed in range(20)
    ]
    assert means == pytest.approx([5 / 3] * 20, abs=4 * 0.0136)


def test_the_interval_of_the_reach_keeps_its_promise() -> None:
    """400 samples of 500 chains: whole chains are drawn, not customers."""
    rng, caught = np.random.default_rng(4), 0
    for _ in range(400):
        found = count_chains(chains(0.5, n=500, rng=rng)["size"]).brought
        assert found.low is not None
        assert found.high is not None
        caught += found.low < 0.5 < found.high
    assert caught / 400 == pytest.approx(0.95, abs=4 * 0.0109)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_the_share_brought_is_all_but_the_first_of_each_chain(sizes: list[int]) -> None:
    """And the mean is one over what is left."""
    found = count_chains(sizes)
    assert found.customers == sum(sizes)
    share = found.brought.estimate
    assert share == pytest.approx((sum(sizes) - len(sizes)) / sum(sizes), abs=1e-12)
    assert found.mean.estimate == pytest.approx(1 / (1 - share))


def test_steps_are_counted_from_the_first_customer() -> None:
    """A chain of one has none, and no chain has more steps than it has others."""
    found = chains(0.6, n=2000, rng=np.random.default_rng(5))
    assert (found["steps"][found["size"] == 1] == 0).all()
    assert (found["steps"] <= found["size"] - 1).all()


def test_a_reach_of_one_never_ends() -> None:
    """Refused where it is computed and where it is drawn."""
    with pytest.raises(ValueError, match="fewer than one other on average"):
        mean_size(1)
    with pytest.raises(ValueError, match="may never end"):
        chains(1.0, n=10, rng=np.random.default_rng(6))
    with pytest.raises(ValueError, match="too many to draw"):
        chains(0.99, n=1_000_000, rng=np.random.default_rng(6))
    with pytest.raises(ValueError, match="at least the customer who began it"):
        count_chains([])


def test_chains_say_the_usual_and_the_largest() -> None:
    """Mean beside the one that is told."""
    found = count_chains([1, 1, 1, 2, 5])
    assert "60% ended at once" in found.describe()
    assert found.summary()["estimate"].tolist() == pytest.approx([2.0, 0.5, 0.6])
