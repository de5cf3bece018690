"""The arrows of a panel: by hand, in closed form, by another program, in the limit."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.sandbox.regression.gmm import IV2SLS

from cxlab.panel import MODELS, cross_lag, from_moments
from cxlab.simulate.panel import BranchWorld, branch_world, draw_waves


def drawn(name="forward", *, n=300, waves=5, seed=1):
    world = branch_world(name)
    return draw_waves(world, n=n, waves=waves, rng=np.random.default_rng(seed))


def four(found):
    """Arrows as a matrix, rows before and columns now."""
    a, d = found.stays
    rows = [[a, found.forward], [found.reverse, d]]
    return np.array([[one.estimate for one in row] for row in rows])


def stacked(waves, model):
    """The same comparisons as one long table for another program."""
    x = waves - waves.mean(axis=0)
    if model == "changes":
        change = np.diff(x, axis=1)
        parts = change[:, 1:], change[:, :-1], x[:, :-2]
    else:
        parts = x[:, 1:], x[:, :-1], x[:, :-1]
    return [part.reshape(-1, 2) for part in parts]


def test_levels_are_least_squares_with_errors_that_let_a_branchs_waves_be_alike():
    """statsmodels, clustered by branch, without its small-sample factor."""
    waves = drawn(waves=4)
    after, before, _ = stacked(waves, "levels")
    found = cross_lag(waves)
    branch = np.repeat(np.arange(len(waves)), 3)
    options = {"groups": branch, "use_correction": False}
    other = sm.OLS(after[:, 1], before).fit(cov_type="cluster", cov_kwds=options)
    assert found.forward.estimate == pytest.approx(other.params[0])
    half = (found.forward.high - found.forward.low) / 2
    factor = np.sqrt(len(waves) / (len(waves) - 1))
    assert half == pytest.approx(1.959964 * other.bse[0] * factor, rel=1e-6)


def test_centring_is_least_squares_with_one_dummy_a_branch():
    waves = drawn(n=40, waves=4)
    after, before, _ = stacked(waves, "centred")
    dummies = np.kron(np.eye(40), np.ones((3, 1)))
    other = sm.OLS(after[:, 0], np.hstack([before, dummies])).fit()
    assert four(cross_lag(waves, model="centred"))[:, 0] == pytest.approx(
        other.params[:2]
    )


def test_changes_are_two_stage_least_squares_on_earlier_levels():
    waves = drawn()
    after, before, handles = stacked(waves, "changes")
    other = IV2SLS(after[:, 1], before, handles).fit()
    assert four(cross_lag(waves, model="changes"))[:, 1] == pytest.approx(other.params)


@pytest.mark.parametrize("periods", [2, 3, 5, 10])
@pytest.mark.parametrize("stays", [0.0, 0.3, 0.8])
def test_centring_is_off_by_what_nickell_worked_out(periods, stays):
    """Closed form for one score that only follows itself, endlessly many branches."""
    rho, t = stays, periods
    mean = (1 - rho**t) / (t * (1 - rho))
    short = (1 + rho) / (t - 1) * (1 - mean)
    bias = -short / (1 - 2 * rho / ((1 - rho) * (t - 1)) * (1 - mean))
    world = BranchWorld(forward=0, stays=stays)
    found = from_moments(world.moments(t + 1), model="centred")
    assert found[0, 0] == pytest.approx(stays + bias)
    assert found[0, 1] == pytest.approx(0, abs=1e-12)


@given(
    forward=st.floats(-0.3, 0.3),
    reverse=st.floats(-0.3, 0.3),
    stays=st.floats(0, 0.6),
    trait=st.floats(0, 9),
    link=st.floats(-1, 1),
    waves=st.integers(3, 12),
)
def test_changes_on_earlier_levels_find_every_truth(
    forward, reverse, stays, trait, link, waves
):
    """However large the trait, in however few waves: exact in the limit."""
    world = BranchWorld(
        forward=forward,
        reverse=reverse,
        stays=stays,
        trait_variance=trait,
        trait_link=link,
    )
    assert world.limit("changes", waves=waves) == pytest.approx((forward, reverse))


@given(trait=st.floats(0, 9), link=st.floats(-1, 1), waves=st.integers(3, 12))
def test_centring_takes_any_trait_out(trait, link, waves):
    """What it finds does not depend on what never changes."""
    plain = BranchWorld(trait_variance=0).limit("centred", waves=waves)
    world = BranchWorld(trait_variance=trait, trait_link=link)
    assert world.limit("centred", waves=waves) == pytest.approx(plain)


@pytest.mark.parametrize("model", MODELS)
def test_the_limit_is_what_many_branches_come_near(model):
    """Within 4 standard errors of 20,000 branches."""
    world = branch_world("forward")
    waves = draw_waves(world, n=20_000, waves=4, rng=np.random.default_rng(5))
    found = cross_lag(waves, model=model)
    limits = world.limit(model, waves=4)
    for arrow, limit in zip((found.forward, found.reverse), limits, strict=True):
        error = (arrow.high - arrow.low) / 2 / 1.96
        assert abs(arrow.estimate - limit) < 4 * error


@pytest.mark.parametrize("model", MODELS)
def test_levels_of_branches_and_waves_do_not_matter_where_they_should_not(model):
    """A good year for all moves no arrow; a stable gift, only without centring."""
    waves = drawn()
    year = waves + np.array([0, 5, -3, 2, 9])[None, :, None]
    assert four(cross_lag(year, model=model)) == pytest.approx(
        four(cross_lag(waves, model=model))
    )
    gift = waves + np.linspace(-9, 9, len(waves))[:, None, None]
    same = np.allclose(
        four(cross_lag(gift, model=model)), four(cross_lag(waves, model=model))
    )
    assert same == (model == "centred")


@pytest.mark.parametrize("model", MODELS)
def test_the_two_scores_may_change_places(model):
    waves = drawn(n=60)
    found, turned = (
        cross_lag(panel, model=model) for panel in (waves, waves[:, :, ::-1])
    )
    assert found.forward.estimate == pytest.approx(turned.reverse.estimate)
    assert found.reverse.high == pytest.approx(turned.forward.high)


@pytest.mark.parametrize("model", MODELS)
def test_intervals_keep_their_promise(model):
    """95% intervals around the limit: 100 panels, 4 standard errors of a count."""
    world, rng = branch_world("forward"), np.random.default_rng(7)
    limit = world.limit(model, waves=4)[1]
    hits = 0
    for _ in range(100):
        found = cross_lag(draw_waves(world, n=150, waves=4, rng=rng), model=model)
        hits += found.reverse.low <= limit <= found.reverse.high
    assert 87 <= hits <= 100


def test_a_reading_names_the_arrows_that_clear_zero():
    readings = {
        name: cross_lag(drawn(name, n=3000), model="changes").reading
        for name in ("forward", "reverse", "trait")
    }
    assert readings == {
        "forward": "staff move customers",
        "reverse": "customers move staff",
        "trait": "neither way",
    }
    assert cross_lag(drawn("trait", n=3000)).reading == "both ways"


def test_the_summary_is_tidy_and_its_rows_are_arrows():
    table = cross_lag(drawn(), names=("A", "B")).summary()
    assert list(table["quantity"]) == [
        "A before > A now",
        "A before > B now",
        "B before > A now",
        "B before > B now",
    ]
    assert (table["unit"] == "points per point").all()


def test_a_table_gives_what_its_block_of_numbers_gives():
    waves = drawn(n=30)
    rows = pd.DataFrame(waves.reshape(-1, 2), columns=["staff", "customers"])
    rows["branch"], rows["wave"] = np.repeat(range(30), 5), np.tile(range(5), 30)
    shuffled = rows.sample(frac=1, random_state=1)
    assert four(cross_lag(shuffled)) == pytest.approx(four(cross_lag(waves)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cross_lag(drawn(), model="lisrel"), "choose one of levels, centred"),
        (lambda: cross_lag(drawn(waves=2), model="changes"), "needs at least 3"),
        (lambda: cross_lag(drawn(n=5)), "at least 6"),
        (lambda: cross_lag(np.ones((9, 4))), "must be"),
        (lambda: from_moments(np.ones((4, 4)), model="levels"), "covariance of every"),
    ],
)
def test_errors_teach(call, message):
    with pytest.raises(ValueError, match=message):
        call()
