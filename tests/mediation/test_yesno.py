"""What is carried to a yes or a no."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from cxlab import mediation
from cxlab.datasets import load_framing


@pytest.fixture(scope="module")
def story():
    """Return the framing study with words turned into 0 and 1."""
    table = load_framing()
    words = pd.get_dummies(table[["educ", "gender"]], drop_first=True, dtype=float)
    return table[["treat", "emo", "cong_mesg", "age", "income"]].join(words)


NAMES = {"x": "treat", "m": "emo", "y": "cong_mesg"}


def held(story):
    return [name for name in story if name not in NAMES.values()]


def test_the_effect_lies_in_the_printed_band(story):
    """R's vignette prints .0798 and .0854, statsmodels' tests .0759 and .0854."""
    rng = np.random.default_rng(1)
    found = mediation.yes_no(
        story, **NAMES, covariates=held(story), rng=rng, n_boot=200
    )
    assert 0.07 < found.carried.estimate < 0.09
    assert 0.01 < found.carried.low < found.carried.high < 0.18
    parts = found.carried.estimate + found.direct.estimate
    assert parts == pytest.approx(found.total.estimate)


def test_the_slopes_behind_it_are_those_of_statsmodels(story):
    """The same average, from another probit and the mediator's noise drawn."""
    import statsmodels.api as sm

    columns = ["treat", *held(story)]
    early = sm.OLS(story["emo"], sm.add_constant(story[columns])).fit()
    late = sm.Probit(story["cong_mesg"], sm.add_constant(story[[*columns, "emo"]])).fit(
        disp=0
    )
    noise = np.random.default_rng(1).normal(0, early.scale**0.5, (2000, len(story)))
    yes = {}
    for treated in (0, 1):
        for moved in (0, 1):
            emo = early.predict(
                sm.add_constant(story[columns].assign(treat=moved), has_constant="add")
            )
            reach = (
                sm.add_constant(
                    story[columns].assign(treat=treated), has_constant="add"
                ).to_numpy()
                @ late.params.to_numpy()[:-1]
            )
            b = late.params["emo"]
            yes[treated, moved] = ndtr(reach + b * (emo.to_numpy() + noise)).mean()
    carried = np.mean([yes[t, 1] - yes[t, 0] for t in (0, 1)])
    found = mediation.yes_no(
        story,
        **NAMES,
        covariates=held(story),
        rng=np.random.default_rng(1),
        n_boot=100,
    )
    assert found.carried.estimate == pytest.approx(carried, abs=5e-4)
    assert found.total.estimate == pytest.approx(yes[1, 1] - yes[0, 0], abs=2e-3)


def test_a_planted_share_is_found():
    """Treatment lifts m by one, and m decides; nothing goes past it."""
    rng = np.random.default_rng(3)
    x = rng.integers(0, 2, 4000)
    m = x + rng.standard_normal(4000)
    y = (m + rng.standard_normal(4000) > 1).astype(int)
    data = pd.DataFrame({"x": x, "m": m, "y": y})
    found = mediation.yes_no(data, x="x", m="m", y="y", rng=rng, n_boot=100)
    truth = ndtr(0) - ndtr(-1 / np.sqrt(2))
    assert found.carried.estimate == pytest.approx(truth, abs=0.03)
    assert found.direct.low < 0 < found.direct.high
    assert list(found.summary()["quantity"]) == ["carried", "direct", "total"]


def test_an_outcome_with_three_values_is_refused(story):
    with pytest.raises(ValueError, match="'emo' holds 3"):
        mediation.yes_no(
            story, x="treat", m="age", y="emo", rng=np.random.default_rng(1)
        )
