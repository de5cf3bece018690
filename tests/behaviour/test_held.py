"""Loyal or locked in, and what a correlation means in people."""

import numpy as np
import pandas as pd
import pytest

from cxlab import behaviour, datasets


def real() -> behaviour.Held:
    """Return the fit to the real telephone customers."""
    table = datasets.load_corp_rep()
    switching = table[[f"switch_{k}" for k in range(1, 5)]].mean(axis=1)
    loyalty = table[[f"cusl_{k}" for k in range(1, 4)]].mean(axis=1)
    return behaviour.held_by(table["cusa"], switching, loyalty)


def test_real_customers_give_the_three_numbers_of_the_facts() -> None:
    """Satisfaction .910, switching .692, both -.068 (p .088)."""
    held = real()
    found = [term.estimate for term in held.terms]
    assert found == pytest.approx([0.910, 0.692, -0.068], abs=5e-4)
    assert held.p_both == pytest.approx(0.088, abs=5e-4)
    assert held.satisfaction.n == 343


def test_a_plane_without_scatter_comes_back() -> None:
    """Loyalty = 1 + .5 s + .25 t - .1 s t, read off exactly; so are the slopes."""
    s, t = (a.ravel() for a in np.meshgrid(np.arange(1, 6.0), np.arange(1, 6.0)))
    held = behaviour.held_by(s, t, 1 + 0.5 * s + 0.25 * t - 0.1 * s * t)
    assert held.intercept == pytest.approx(1)
    assert [x.estimate for x in held.terms] == pytest.approx([0.5, 0.25, -0.1])
    assert held.slope_at(2) == pytest.approx(0.3)
    assert "satisfaction 0.500, switching 0.250, both -0.100" in held.in_words()


def test_corners_by_hand() -> None:
    """Twelve customers, three in each corner; the held who are unhappy gain two."""
    kinds = {(1, 1): 1.0, (1, 5): 3.0, (7, 1): 5.0, (7, 5): 6.0}
    rows = [(s, t, y + d) for (s, t), y in kinds.items() for d in (-1, 0, 1)]
    table = pd.DataFrame(rows, columns=["s", "t", "y"])
    held = behaviour.held_by(table["s"], table["t"], table["y"])
    assert held.extra_of_held == pytest.approx(2)
    assert held.corner(satisfied=True, held=True) == pytest.approx(6)
    assert held.corners["n"].tolist() == [3] * 4
    assert held.summary()["quantity"].tolist() == ["satisfaction", "switching", "both"]
    assert "2.00 points more" in str(held)
    assert "hard to leave: 3.00 (3 customers)" in held.describe()


def test_forgotten_missing_codes_are_refused() -> None:
    """Nobody differs, or too few answered: both are said."""
    with pytest.raises(ValueError, match="Check which code"):
        behaviour.held_by([5.0] * 12, [1.0] * 12, [4.0] * 12)
    with pytest.raises(ValueError, match="one of each"):
        behaviour.held_by([5.0] * 12, [1.0] * 11, [4.0] * 12)


def test_a_correlation_in_people() -> None:
    """A sixth of pi and a quarter of pi; drawn pairs say the same."""
    assert behaviour.share_in_both_halves(0.5) == pytest.approx(2 / 3)
    assert behaviour.share_in_both_halves(1.0) == 1
    x, y = np.random.default_rng(1).standard_normal((2, 40000))
    both = (0.45 * x + np.sqrt(1 - 0.45**2) * y)[x > 0] > 0
    assert both.mean() == pytest.approx(behaviour.share_in_both_halves(0.45), abs=0.01)
    with pytest.raises(ValueError, match=r"Give 0\.45"):
        behaviour.share_in_both_halves(45)
