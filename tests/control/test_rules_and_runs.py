"""What counts as a signal, and how long a chart waits for one."""

import numpy as np
import pytest

from cxlab.control import (
    FOUR_RULES,
    ONE_RULE,
    Rule,
    alarm_in_time,
    chased_spread,
    drawn_run_length,
    find_signals,
    rules_named,
    run_length,
    run_lengths,
)


def test_each_rule_by_hand() -> None:
    """The last point completes each of them, on either side."""
    cases = {
        0: [0, 3.1],
        1: [2.1, 0, 2.1],
        2: [1.1, 1.1, 0, 1.1, 1.1],
        3: [0.1] * 8,
    }
    for number, z in cases.items():
        alone = find_signals(z, rules=FOUR_RULES[number : number + 1])
        assert alone["point"].tolist() == [len(z) - 1]
        assert find_signals(-np.array(z), rules=FOUR_RULES)["side"].tolist() == [
            "below"
        ]
        assert find_signals(z[:-1], rules=FOUR_RULES).empty


def test_both_sides_do_not_add_up() -> None:
    """One far up and one far down are not two of three."""
    assert find_signals([2.5, 0, -2.5], rules=FOUR_RULES).empty


def test_a_point_back_inside_is_no_signal() -> None:
    """Two were beyond, the third is not: nothing new has happened."""
    assert find_signals([2.5, 2.5, 0], rules=FOUR_RULES)["point"].tolist() == [1]


def test_the_first_rule_met_is_named() -> None:
    """A point beyond three that also completes a pair is said to be beyond three."""
    found = find_signals([2.5, 3.5], rules=FOUR_RULES)
    assert found["rule"].tolist() == ["1 beyond 3 sigmas"]


def test_average_run_lengths_are_the_published_ones() -> None:
    """One rule 370.4 = 1 / .0027; four rules 91.75 (Champ & Woodall 1987)."""
    assert run_length(ONE_RULE).mean == pytest.approx(370.4, abs=0.05)
    assert run_length(FOUR_RULES).mean == pytest.approx(91.75, abs=0.005)


def test_a_point_with_one_rule_waits_like_a_die() -> None:
    """Closed form: the geometric law."""
    run = run_length((Rule(name="one side or other", hits=1, of=1, beyond=0.0),))
    assert run.mean == pytest.approx(1)
    shifted = run_length(ONE_RULE, shift=2)
    chance = 1 / shifted.mean
    assert shifted.silent(3) == pytest.approx((1 - chance) ** np.arange(4))
    assert shifted.first_of(2) == pytest.approx(1 / (1 - (1 - chance) ** 2))


def test_eight_in_a_row_by_the_formula_for_coins() -> None:
    """The first of eight alike among fair coins takes 2^8 - 1 throws."""
    assert run_length(FOUR_RULES[3:]).mean == pytest.approx(2**8 - 1)


@pytest.mark.parametrize(("rules", "shift"), [("four", 0.0), ("four", 0.7), ("one", 1)])
def test_exact_and_drawn_agree(rules, shift) -> None:
    """Two methods, 3,000 charts; 4 standard errors."""
    rng = np.random.default_rng(1)
    drawn = drawn_run_length(rules_named(rules), shift=shift, n=3000, rng=rng)
    error = (drawn.high - drawn.low) / 2 / 1.96
    assert drawn.estimate == pytest.approx(
        run_length(rules_named(rules), shift=shift).mean, abs=4 * error
    )


def test_drawn_signals_are_those_of_the_chart() -> None:
    """A third way: long rows read by the rules themselves; 4 standard errors."""
    rows = np.random.default_rng(2).standard_normal((400, 60))
    silent = np.mean([find_signals(row, rules=FOUR_RULES).empty for row in rows])
    exact = run_length(FOUR_RULES).silent(60)[-1]
    assert silent == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 400))


def test_more_rules_and_larger_shifts_signal_sooner() -> None:
    """Shifts to either side alike."""
    lengths = run_lengths(FOUR_RULES, [0, 0.5, 1, 2])
    assert (np.diff(lengths) < 0).all()
    assert (lengths < run_lengths(ONE_RULE, [0, 0.5, 1, 2])).all()
    down, up = run_lengths(FOUR_RULES, [-0.5, 0.5])
    assert down == pytest.approx(up)


def test_twelve_charts_cry_sooner_than_one() -> None:
    """The mean is the sum of the chances of silence; one chart gives it back."""
    run = run_length(FOUR_RULES)
    assert run.first_of(1) == pytest.approx(run.mean, rel=1e-6)
    assert run.first_of(12) < run.mean / 8
    assert run.first_of(12) == pytest.approx((run.silent(3000)[:-1] ** 12).sum())
    assert "91.8 points" in str(run)
    assert "moved by 1 sigmas" in str(run_length(ONE_RULE, shift=1))


def test_short_baselines_cry_more_often() -> None:
    """Known limits: 1 - (1 - .0027)^52 = 13%; learned from few weeks, far more."""
    rng = np.random.default_rng(3)
    shares = [alarm_in_time(b, n=1000, rng=rng) for b in (8, 20, 2000)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.3
    assert shares[-1] == pytest.approx(1 - (1 - 0.0027) ** 52, abs=0.01)


def test_chasing_doubles_the_variance() -> None:
    """Gain 1: 2 (Deming's funnel, rule 2); half a gap: 4/3; a wandering level pays."""
    assert chased_spread(1) ** 2 == pytest.approx(2)
    assert chased_spread(0.5) ** 2 == pytest.approx(4 / 3)
    assert chased_spread(0.3, wander=0.3) < chased_spread(1, wander=0.3)
    assert chased_spread(0, wander=0.3) == np.inf


def test_errors_of_rules_teach() -> None:
    """Names, impossible rules, no rules, gains beyond two."""
    with pytest.raises(ValueError, match="choose one of one, four"):
        rules_named("all")
    with pytest.raises(ValueError, match="3 of 2 points"):
        Rule(name="odd", hits=3, of=2, beyond=1)
    with pytest.raises(ValueError, match="never signals"):
        run_length(())
    with pytest.raises(ValueError, match="makes the next gap larger"):
        chased_spread(2)
