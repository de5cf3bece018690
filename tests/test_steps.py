"""A step or a line: the published AICs, and planted shapes found again."""

import numpy as np
import pytest

from cxlab import datasets
from cxlab.steps import step_or_line


@pytest.fixture(scope="module")
def phones():
    table = datasets.load_mlc_churn()
    return step_or_line(
        table["number_customer_service_calls"], table["churn"] == "yes", at=4
    )


@pytest.mark.parametrize(
    ("curve", "published"),
    [("line", 3874.9), ("line and hinge", 3782.0), ("line and step", 3746.8)],
)
def test_the_aics_are_as_published(phones, curve, published):
    """Syllabus 10 and facts, effort 1.5."""
    assert phones.aic[curve] == pytest.approx(published, abs=0.05)


def test_the_shares_are_as_published(phones):
    """Flat at about .11 up to three calls, then .44, .60 and .65."""
    assert phones.shares[:7].round(2).tolist() == [
        0.12,
        0.11,
        0.11,
        0.11,
        0.44,
        0.6,
        0.65,
    ]
    assert phones.best == "step"
    assert "44% at 4" in phones.describe()


def test_a_step_fits_the_two_pooled_shares_exactly(phones):
    """A logistic regression on one yes-or-no gives back the two shares."""
    fitted = phones.fitted["step"]
    assert (fitted[0], fitted[-1]) == pytest.approx(
        (phones.below, phones.above), abs=1e-6
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", ["line", "step"])
def test_a_planted_shape_is_found(shape, seed):
    """The extra number that a nested curve spends must not pay: at most chance."""
    rng = np.random.default_rng(seed)
    calls = rng.integers(0, 8, size=8000)
    log_odds = -2 + 0.4 * calls if shape == "line" else -2 + 2.0 * (calls >= 4)
    left = rng.random(8000) < 1 / (1 + np.exp(-log_odds))
    aic = step_or_line(calls, left, at=4).aic
    assert aic[shape] - min(aic.values()) < 4  # chance: one number too many gains < 4
    other = "step" if shape == "line" else "line"
    assert aic[other] - aic[shape] > 100


def test_the_summary_has_a_row_for_each_number_of_calls_and_each_curve(phones):
    """Everything in the picture can be printed."""
    table = phones.summary()
    assert len(table) == len(phones.values) + 4
    assert table["n"].sum() == 5000


@pytest.mark.parametrize(
    ("calls", "left", "at", "message"),
    [([0, 1], [0], 1, "one number"), ([0, 1], [0, 1], 9, "Put the step")],
)
def test_errors_teach(calls, left, at, message):
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        step_or_line(calls, left, at=at)
