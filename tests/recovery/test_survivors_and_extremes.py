"""Who is left and who was chosen: averages that move while nobody changes."""

import numpy as np
import pytest
from scipy.stats import truncnorm

from cxlab.recovery import expected_second, look_twice, survivors


def test_the_published_averages_of_survivors() -> None:
    """Half gone: +.798 SD; a fifth gone: +.350 (syllabus 32)."""
    assert survivors(0.5).rise == pytest.approx(0.798, abs=0.0005)
    assert survivors(0.2).rise == pytest.approx(0.350, abs=0.0005)


def test_the_rise_is_that_of_a_bell_curve_cut_off() -> None:
    """Another implementation."""
    for share in (0.03, 0.4, 0.9):
        found = survivors(share)
        assert found.rise == pytest.approx(truncnorm(found.cut, np.inf).mean())


def test_a_count_of_many_customers_agrees() -> None:
    """100,000 bonds; 4 standard errors."""
    bonds = np.sort(np.random.default_rng(1).standard_normal(100_000))
    kept = bonds[30_000:]
    assert survivors(0.3).rise == pytest.approx(kept.mean(), abs=4 * 0.005)


def test_survivors_are_said_in_words_and_rows() -> None:
    """Sentence, alt text, table."""
    found = survivors(0.5)
    assert "50% leave" in str(found)
    assert str(found) in found.describe()
    assert found.summary()["estimate"].tolist() == [found.cut, found.rise]


@pytest.mark.parametrize("share", [0, 1, 50])
def test_a_share_lies_between_nobody_and_everybody(share) -> None:
    """50 is not a share."""
    with pytest.raises(ValueError, match="Give a fifth as"):
        survivors(share)


def test_five_customers_by_hand() -> None:
    """Mean 3; the two lowest of the first answer stand at -1.5 on both."""
    found = look_twice([1, 2, 3, 4, 5], [2, 1, 3, 5, 4], share=0.4)
    sd = np.sqrt(2.5)
    assert found.first == pytest.approx(-1.5 / sd)
    assert found.second.estimate == pytest.approx(-1.5 / sd)
    assert found.correlation == pytest.approx(0.8)
    assert found.n == 2
    assert found.rise == pytest.approx(0)


def test_the_second_answer_falls_back_by_the_correlation() -> None:
    """Two bell-shaped answers, correlation .6, 40,000 customers; 4 standard errors."""
    rng = np.random.default_rng(2)
    x, u = rng.standard_normal((2, 40_000))
    found = look_twice(x, 0.6 * x + 0.8 * u)
    assert found.first == pytest.approx(-1.4, abs=0.02)
    assert found.second.estimate == pytest.approx(found.expected, abs=4 * 0.009)
    assert found.rise > 0.5
    assert "stand at -1.40 SD" in found.describe()
    assert len(found.summary()) == 2


def test_errors_of_extremes_teach() -> None:
    """Shapes, shares, correlations, answers all alike, one customer."""
    with pytest.raises(ValueError, match="two answers of each"):
        look_twice([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="at most a half"):
        look_twice([1, 2], [1, 2], share=0.7)
    with pytest.raises(ValueError, match="nobody stands out"):
        look_twice([1, 1], [1, 2])
    with pytest.raises(ValueError, match="1 customer chosen"):
        look_twice([1, 2, 3], [1, 2, 3])
    with pytest.raises(ValueError, match="between -1 and 1"):
        expected_second(-1, correlation=2)
