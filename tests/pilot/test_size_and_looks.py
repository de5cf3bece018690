"""How many and when: printed constants, closed forms, and simulated looks."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from cxlab import pilot


def test_design_effect_by_hand() -> None:
    """20 branches, 50 customers each, icc .04: 1 + 49 x .04 = 2.96; 1,000 / 2.96."""
    assert pilot.design_effect(50, 0.04) == pytest.approx(2.96)
    assert pilot.counts_as(20, 50, 0.04) == pytest.approx(1000 / 2.96)


def test_design_effect_is_the_variance_of_branch_means() -> None:
    """Draw branches and customers; the mean of all varies as the formula says."""
    rng, icc = np.random.default_rng(3), 0.1
    between = np.sqrt(icc) * rng.standard_normal((4000, 10, 1))
    inside = np.sqrt(1 - icc) * rng.standard_normal((4000, 10, 20))
    found = (between + inside).mean(axis=(1, 2)).var() * 200
    # a variance from 4,000 draws is known to about 2%
    assert found == pytest.approx(pilot.design_effect(20, icc), rel=0.08)


@pytest.mark.parametrize(
    ("effect", "power", "each"), [(0.2, 0.8, 393), (0.5, 0.8, 64), (0.8, 0.8, 26)]
)
def test_sizes_of_cohens_tables(effect: float, power: float, each: int) -> None:
    """Cohen (1988), Table 2.4.1: small, medium and large at 5%, two-sided."""
    plan = pilot.UnitPlan(effect=effect, sd=1, icc=0, customers=1, power=power)
    # by the exact curve the small one needs one more than the printed 393
    assert plan.each == pytest.approx(each, abs=1)


def test_no_number_of_customers_gets_below_the_floor() -> None:
    plan = pilot.UnitPlan(effect=3, sd=15, icc=0.04, customers=20)
    each = [plan.asking(m).each for m in (20, 200, 2000, 2_000_000)]
    assert each == sorted(each, reverse=True)
    # Student's curve asks for one or two units more than the bell curve of the floor
    assert plan.floor < each[-1] <= plan.floor + 3


def test_a_plan_keeps_its_promise() -> None:
    """Draw the planned units 2,000 times: four of five see the effect."""
    from scipy.special import stdtrit

    plan = pilot.UnitPlan(effect=3, sd=15, icc=0.04, customers=50)
    rng, n = np.random.default_rng(8), plan.each
    drawn = plan.unit_sd * rng.standard_normal((2, 2000, n))
    drawn[0] += plan.effect
    gap = drawn[0].mean(axis=1) - drawn[1].mean(axis=1)
    error = np.sqrt(drawn.var(axis=2, ddof=1).sum(axis=0) / n)
    seen = float((gap / error > stdtrit(2 * n - 2, 0.975)).mean())
    # .80 to .83 planned, for n is whole; an error of .009
    assert seen == pytest.approx(plan.sees(n), abs=0.03)
    assert plan.sees(n - 1) < 0.8 <= plan.sees(n)


@pytest.mark.parametrize(
    ("looks", "error"),
    [(1, 0.050), (2, 0.083), (3, 0.107), (4, 0.126), (5, 0.142), (10, 0.193)],
)
def test_errors_of_repeated_looks(looks: int, error: float) -> None:
    """Armitage, McPherson and Rowe (1969), Table 2, printed to three decimals."""
    assert pilot.naive_looks(looks).error == pytest.approx(error, abs=6e-4)


def test_two_looks_in_closed_form() -> None:
    """The two differences are a bell curve in two directions, r = sqrt(1/2)."""
    line, r = pilot.naive_looks(2).lines[0], np.sqrt(0.5)
    flat = multivariate_normal(cov=[[1, r], [r, 1]])
    inside = flat.cdf([line, line], lower_limit=[-line, -line])
    assert pilot.naive_looks(2).error == pytest.approx(1 - inside, abs=1e-5)


@pytest.mark.parametrize(
    ("looks", "p"), [(2, 0.0294), (3, 0.0221), (4, 0.0182), (5, 0.0158)]
)
def test_flat_lines_as_printed(looks: int, p: float) -> None:
    """Pocock (1977), Table 1: the p at each look, to four decimals."""
    from scipy.special import ndtr

    line = pilot.flat_looks(looks).lines[0]
    assert 2 * ndtr(-line) == pytest.approx(p, abs=6e-5)


def test_falling_lines_as_printed() -> None:
    """Jennison and Turnbull (2000), Table 2.3: the last line of 2 to 5 looks."""
    ends = [pilot.falling_looks(k).lines[-1] for k in (2, 3, 4, 5)]
    assert ends == pytest.approx([1.977, 2.004, 2.024, 2.040], abs=6e-4)


def test_spending_is_exact_at_every_look_even_if_they_are_uneven() -> None:
    for spend in (pilot.spend_late, pilot.spend_evenly):
        looks = pilot.spending_looks([0.15, 0.5, 0.6, 1.0], spend=spend)
        spent = np.cumsum(looks.stops(0.0))
        allowed = [spend(t, 0.05) for t in looks.times]
        assert spent == pytest.approx(allowed, abs=1e-9)
        assert allowed[-1] == pytest.approx(0.05)


def test_simulated_walks_agree_with_the_exact_ones() -> None:
    """Chance of stopping at each look, and the mean then seen, from 40,000 walks."""
    looks, drift = pilot.flat_looks(4), 2.5
    rng = np.random.default_rng(4)
    steps = 0.5 * rng.standard_normal((40_000, 4)) + drift / 4
    walk = steps.cumsum(axis=1)
    over = walk / np.sqrt(looks.times) >= looks.lines[0]
    first = np.where(over.any(axis=1), over.argmax(axis=1), -1)
    power = float((first >= 0).mean())
    at = first[first >= 0]
    seen = (walk[first >= 0][np.arange(len(at)), at] / np.take(looks.times, at)).mean()
    # those below the lower line first are one in ten thousand: left out of this count
    assert power == pytest.approx(looks.power(drift), abs=0.008)
    assert seen / drift == pytest.approx(looks.exaggeration(drift), abs=0.02)


def test_a_higher_line_costs_power_and_an_early_stop_exaggerates() -> None:
    once, often, flat = pilot.naive_looks(1), pilot.naive_looks(5), pilot.flat_looks(5)
    drift = once.drift_for(0.8)
    assert drift == pytest.approx(1.960 + 0.842, abs=2e-3)
    assert flat.power(drift) < 0.8 < often.power(drift)
    assert flat.exaggeration(drift) > once.exaggeration(drift) > 1


def test_cards_dealt_again_are_called_as_often_as_the_bell_curve_says() -> None:
    """211 bills, 60 tips, 72 cards that do nothing: near .050 and .142."""
    tips = np.arange(211) < 60
    rng = np.random.default_rng(6)
    dealt = pilot.deal_and_look(tips, treated=72, looks=5, dealings=3000, rng=rng)
    # the error of a share of 3,000 is .006, and bills are no bell curve
    assert dealt.error_at_end(1.96).estimate == pytest.approx(0.05, abs=0.02)
    assert dealt.error(1.96).estimate == pytest.approx(0.142, abs=0.03)
    assert dealt.seen == (42, 84, 127, 169, 211)


def test_the_last_look_is_the_test_of_two_shares() -> None:
    """All 211 bills: z of 30 of 72 against 30 of 139 is what a textbook gives."""
    from cxlab.pilot.redealt import _z

    got = np.zeros((1, 211), dtype=bool)
    got[0, :72] = True
    yes = np.zeros((1, 211), dtype=bool)
    yes[0, :30], yes[0, 72:102] = True, True
    both = 60 / 211
    error = np.sqrt(both * (1 - both) * (1 / 72 + 1 / 139))
    assert _z(got, yes)[0] == pytest.approx((30 / 72 - 30 / 139) / error)


def test_errors_teach() -> None:
    with pytest.raises(ValueError, match="from 1 to 200"):
        pilot.naive_looks(0)
    with pytest.raises(ValueError, match="one line for each look"):
        pilot.Looks(times=(0.5, 1.0), lines=(2.0,))
    with pytest.raises(ValueError, match="rise from above 0 to 1"):
        pilot.Looks(times=(0.5, 0.4), lines=(2.0, 2.0))
    with pytest.raises(ValueError, match="each lies above 0"):
        pilot.Looks(times=(1.0,), lines=(0.0,))
    with pytest.raises(ValueError, match="No pilot shows an effect of nothing"):
        pilot.UnitPlan(effect=0, sd=1)
    with pytest.raises(ValueError, match="more than 100,000"):
        _ = pilot.UnitPlan(effect=1e-4, sd=1).each
    with pytest.raises(ValueError, match="Give 4% of the scatter as"):
        pilot.design_effect(10, 4)
    with pytest.raises(ValueError, match="Take at least two"):
        pilot.UnitPlan(effect=1, sd=1).sees(1)
    with pytest.raises(ValueError, match="ten customers or more"):
        pilot.deal_and_look(
            [True] * 20, treated=5, looks=5, dealings=9, rng=np.random.default_rng(1)
        )
