"""The net promoter score: definition, margin, and coverage added up exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxlab import surveys
from cxlab.surveys.promise import samples


def test_the_printed_example():
    """p = .50, d = .17, n = 400: 33 points, give or take 7.3; 863 for 5 points."""
    found = surveys.net_promoter_from_shares(0.50, 0.17, n=400)
    assert found.score == pytest.approx(33)
    assert surveys.margin(0.50, 0.17, n=400) == pytest.approx(7.3407, abs=1e-4)
    assert surveys.n_for_margin(0.50, 0.17, points=5) == 863


def test_863_is_the_first_that_suffices():
    """One customer fewer would miss the five points."""
    assert surveys.margin(0.50, 0.17, n=863) <= 5 < surveys.margin(0.50, 0.17, n=862)


@pytest.mark.parametrize(
    ("n", "wald", "adjusted"),
    [(15, 0.883, 0.957), (30, 0.930, 0.950), (100, 0.946, 0.951)],
)
def test_coverage_is_what_exact_enumeration_gives(n, wald, adjusted):
    """The syllabus's six figures, p = .6 and d = .1."""
    for method, value in (("wald", wald), ("adjusted", adjusted)):
        found = surveys.coverage(0.6, 0.1, n=n, method=method)
        assert found == pytest.approx(value, abs=0.0005)


def test_coverage_agrees_with_samples_really_drawn():
    """An independent way: 40,000 samples of 15 customers, within 4 errors."""
    rng = np.random.default_rng(4)
    p, d, _ = rng.multinomial(15, [0.6, 0.1, 0.3], size=40_000).T / 15
    reach = 1.959964 * np.sqrt((p + d - (p - d) ** 2) / 15)
    caught = np.abs(p - d - 0.5) <= reach
    exact = surveys.coverage(0.6, 0.1, n=15, method="wald")
    assert caught.mean() == pytest.approx(exact, abs=4 * np.sqrt(0.1 / 40_000))


@given(n=st.integers(1, 60), p=st.floats(0, 1), part=st.floats(0, 1))
def test_the_samples_listed_are_all_there_are(n, p, part):
    """Their chances add up to one, whatever the true shares."""
    d = (1 - p) * part
    first, second, chance = samples(p, d, n=n)
    assert len(chance) == (n + 1) * (n + 2) // 2
    assert chance.sum() == pytest.approx(1)
    assert (chance * (first - second)).sum() / n == pytest.approx(p - d, abs=1e-9)


def test_all_eights_and_nines_with_sixes_share_a_mean_and_no_score():
    """Mean 8 both times; 0 points and 33.3 points."""
    calm, torn = [8] * 9, [9, 9, 6] * 3
    assert np.mean(calm) == np.mean(torn) == 8
    assert surveys.net_promoter(calm, scale="nps").score == 0
    assert surveys.net_promoter(torn, scale="nps").score == pytest.approx(100 / 3)


@pytest.mark.parametrize("scale", ["mobi", "csat", ""])
def test_a_question_from_one_to_ten_is_not_a_promoter_score(scale):
    """The classes are defined on 0 to 10; the scale must be said."""
    with pytest.raises(ValueError, match="defined on a question answered from 0 to 10"):
        surveys.net_promoter([9, 10, 3], scale=scale)


def test_the_passives_count_in_the_base():
    """One promoter of four is a quarter."""
    found = surveys.net_promoter([10, 8, 7, 7, None], scale="nps")
    assert (found.score, found.n) == (25, 4)


@given(p=st.floats(0, 1), part=st.floats(0, 1), n=st.integers(1, 10_000))
def test_an_interval_stays_on_the_scale(p, part, n):
    """-100 to 100, also when all are of one kind."""
    found = surveys.net_promoter_from_shares(p, (1 - p) * part, n=n).interval()
    assert -100 <= found.low <= found.high <= 100


def test_a_unanimous_sample_is_not_reported_without_a_margin():
    """Wald says 100 to 100; the adjusted interval does not."""
    found = surveys.net_promoter([10] * 12, scale="nps")
    wald, honest = found.interval(method="wald"), found.interval()
    assert wald.low == wald.high == 100
    assert honest.low < 90


def test_shares_that_pass_one_are_refused():
    """50 is not 50%."""
    with pytest.raises(ValueError, match=r"Give 50% as 0\.5"):
        surveys.margin(50, 17, n=400)


def test_an_unknown_method_lists_the_known():
    """A slip must not fall back to some default."""
    with pytest.raises(ValueError, match="adjusted, wald"):
        surveys.coverage(0.5, 0.1, n=10, method="wild")


def test_a_sample_too_large_to_list_is_refused():
    """Six hundred customers are 180,000 samples; by then both intervals agree."""
    with pytest.raises(ValueError, match="1 to 500"):
        surveys.coverage(0.5, 0.1, n=600)


def test_the_curve_holds_the_single_figures():
    """The picture and the table must agree."""
    found = surveys.coverage_by_n(0.6, 0.1, sizes=[15, 30])
    assert found.wald[0] == surveys.coverage(0.6, 0.1, n=15, method="wald")
    assert found.adjusted[1] == surveys.coverage(0.6, 0.1, n=30)


def test_the_adjusted_interval_keeps_its_promise_in_every_market():
    """36 markets at three sizes: never below 93 of 100, and nearly always closer."""
    for n in (15, 30, 100):
        found = surveys.coverage_over_markets(n=n)
        assert len(found.wald) == 36
        assert found.adjusted.min() > 0.93
        assert found.wald.min() < found.adjusted.min()
        assert found.adjusted_closer > 0.9
