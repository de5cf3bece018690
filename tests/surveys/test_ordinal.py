"""The ordinal model, against printed coefficients and a likelihood of our own."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from cxlab import surveys
from cxlab.datasets import load_housing, load_published

GROUPS = {
    "influence": ["Low", "Medium", "High"],
    "building": ["Tower", "Apartment", "Atrium", "Terrace"],
    "contact": ["Low", "High"],
}
NAMES = {"Infl": "influence", "Type": "building", "Cont": "contact"}


def _housing():
    return load_housing().rename(columns=NAMES)


@pytest.fixture(scope="module")
def fit() -> surveys.OrdinalFit:
    """1,681 tenants of Copenhagen."""
    return surveys.fit_ordinal(
        _housing(), outcome="Sat", predictors=GROUPS, weights="Freq"
    )


def test_the_six_printed_coefficients_come_out(fit):
    """MASS, help page of polr: all six to four decimals."""
    printed = load_published("housing_polr").set_index("term")
    assert fit.coefficients.index.tolist() == printed.index.tolist()
    assert fit.coefficients.to_numpy() == pytest.approx(
        printed["coefficient"].to_numpy(), abs=1e-4
    )
    assert fit.errors.to_numpy() == pytest.approx(
        printed["standard_error"].to_numpy(), abs=1e-3
    )


def test_the_cuts_and_the_likelihood_come_out(fit):
    """Low|Medium -.496, Medium|High .691, residual deviance 3479.149."""
    assert fit.cuts == pytest.approx((-0.4961, 0.6907), abs=1e-3)
    assert -2 * fit.log_likelihood == pytest.approx(3479.149, abs=0.001)


def test_a_likelihood_written_down_again_agrees(fit):
    """Counts as weights, another optimiser: the same top."""
    table = _housing()
    x = np.column_stack(
        [table[name] == g for name, groups in GROUPS.items() for g in groups[1:]]
    ).astype(float)
    place = table["Sat"].cat.codes.to_numpy()

    def minus_log(beta: np.ndarray) -> float:
        cuts = np.array([-np.inf, beta[0], beta[0] + np.exp(beta[1]), np.inf])
        eta = x @ beta[2:]
        chance = expit(cuts[place + 1] - eta) - expit(cuts[place] - eta)
        return float(-(table["Freq"] * np.log(chance)).sum())

    best = minimize(minus_log, np.zeros(8), method="BFGS")
    assert best.x[2:] == pytest.approx(fit.coefficients.to_numpy(), abs=1e-4)


def test_an_order_is_never_guessed():
    """Alphabetically, High comes before Low."""
    table = _housing().astype({"Sat": str})
    with pytest.raises(TypeError, match="say which answer is low"):
        surveys.fit_ordinal(table, outcome="Sat", predictors=GROUPS, weights="Freq")


def test_a_planted_effect_comes_back():
    """Twice the odds of a higher answer: log 2 within 3 standard errors."""
    rng = np.random.default_rng(12)
    n = 4000
    helped = rng.random(n) < 0.5
    felt = np.log(2) * helped + rng.logistic(size=n)
    answer = pd.cut(felt, [-np.inf, -0.5, 0.5, np.inf], labels=["low", "mid", "high"])
    table = pd.DataFrame(
        {"answer": answer, "help": np.where(helped, "yes", "no"), "count": 1}
    )
    found = surveys.fit_ordinal(
        table, outcome="answer", predictors={"help": ["no", "yes"]}, weights="count"
    )
    assert abs(found.coefficients.iloc[0] - np.log(2)) < 3 * found.errors.iloc[0]
