"""The pictures of delight, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.delight import (
    SurveyPlan,
    fit_shapes,
    judge_lift,
    means_by_answer,
    three_groups,
    vary_met_band,
)
from cxlab.plots import style
from cxlab.simulate.delight import customers, delight_world, hidden_worlds, sample_lift
from cxlab.simulate.delight_ceiling import FivePoints
from cxlab.simulate.delight_intent import SayAndDo


@pytest.fixture(scope="module")
def four():
    rng = np.random.default_rng(1)
    truths = hidden_worlds(share_exceeded=0.16, rng=rng)
    tables = {name: customers(w, n=3000, rng=rng)[0] for name, w in truths.items()}
    edges = truths["A"].edges
    groups = {
        k: three_groups(t["gap"], t["loyalty"], met=edges) for k, t in tables.items()
    }
    fits = {
        k: fit_shapes(t["gap"], t["loyalty"], edges=edges) for k, t in tables.items()
    }
    return truths, groups, fits


@pytest.fixture(scope="module")
def sweep():
    rng = np.random.default_rng(2)
    answers = rng.integers(3, 11, size=400)
    tried = {"lows": (5, 6), "highs": (7, 8)}
    loyalty = 5 * answers + rng.normal(0, 5, 400)
    return vary_met_band(answers, loyalty, fixed=(6, 8), margin=3, **tried)


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _marks(ax):
    return [line for line in ax.lines if line.get_marker() == "o"]


def test_three_boxes_draw_the_three_means_of_each_world(four) -> None:
    """Open marks: nobody is real."""
    _, groups, _ = four
    panels = style.figure_of(plots.plot_three_boxes(groups)).axes
    assert [ax.get_xlabel() for ax in panels] == ["A", "B", "C", "D"]
    drawn = [mark.get_ydata()[0] for mark in _marks(panels[1])]
    assert drawn == pytest.approx(groups["B"].means)
    assert to_hex(_marks(panels[0])[0].get_markerfacecolor()) == palette.PAPER


def test_four_lines_hold_the_truth_dashed_and_the_fit_blue(four) -> None:
    """And the message names the two worlds whose three means are the same."""
    truths, groups, fits = four
    ax = plots.plot_four_lines(fits, groups, truths=truths)
    fitted, truth = ax.lines[:2]
    assert to_hex(fitted.get_color()) == palette.FOUND
    assert truth.get_linestyle() == "--"
    assert truth.get_ydata() == pytest.approx(truths["A"].line(truth.get_xdata()))
    twins = sorted(k for k, w in truths.items() if w.shape in ("linear", "zone"))
    assert _message(ax).startswith(f"{twins[0]} and {twins[1]} share all three means")


def test_without_twins_the_message_claims_none(four) -> None:
    """Two worlds with different means."""
    _, groups, fits = four
    shares = (0.1, 0.16, 0.2, 0.3)
    other = {
        name: delight_world("convex", share_exceeded=share)
        for name, share in zip("ABCD", shares, strict=True)
    }
    ax = plots.plot_four_lines(fits, groups, truths=other)
    assert _message(ax) == "The whole line tells what three means cannot"


def test_each_size_has_its_interval_and_its_answer() -> None:
    """Sorted by size, beside a margin drawn to both sides."""
    rng, flat = np.random.default_rng(3), delight_world("flat")
    judged = {
        n: judge_lift(sample_lift(flat, n=n, rng=rng), margin=3) for n in (97_000, 500)
    }
    ax = plots.plot_lifts_by_size(judged)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["500", "97,000"]
    assert _texts(ax)[:2] == ["cannot tell", "small enough"]
    assert _message(ax).endswith("97,000: small enough")


def test_each_band_has_its_row_and_real_customers_are_filled(sweep) -> None:
    """The band fixed first is bold."""
    ax = plots.plot_lifts_by_band(sweep)
    labels = ax.get_yticklabels()
    assert [t.get_text() for t in labels] == [
        "5 to 7", "6 to 7", "5 to 8", "6 to 8, fixed",
    ]  # fmt: skip
    assert labels[3].get_fontweight() == "bold"
    assert {to_hex(m.get_markerfacecolor()) for m in _marks(ax)} == {palette.FOUND}
    assert "under 4 of 4 bands" in _message(ax)


def test_means_by_answer_stand_at_their_answers() -> None:
    """With the lift in the message and the band shaded."""
    found = means_by_answer([1, 1, 2, 2, 3, 3], [10, 20, 30, 50, 80, 90], least=2)
    ax = plots.plot_by_answer(found, met=(2, 2), lift=45)
    assert [m.get_ydata()[0] for m in _marks(ax)] == [15, 40, 85]
    assert "45 points more loyal" in _message(ax)


def test_the_power_curve_marks_both_sizes() -> None:
    """16 of 100 and 99 of 100."""
    ax = plots.plot_power(SurveyPlan())
    assert {"16", "99"} <= set(_texts(ax))
    assert (
        _message(ax)
        == "Of 100 surveys of 500 customers, 84 miss a true lift of 3 points"
    )


def test_the_ceiling_picture_names_each_ratio() -> None:
    """Three worlds, and the straight way on is dashed."""
    worlds = [FivePoints(satisfied=mean) for mean in (3.0, 3.8, 4.5)]
    ax = plots.plot_bent_by_ceiling(worlds)
    assert _texts(ax) == ["1.02 to 1", "1.17 to 1", "1.48 to 1"]
    assert sum(line.get_linestyle() == "--" for line in ax.lines) == 3


def test_saying_and_doing_both_run_from_0_to_100() -> None:
    """The one above the diagonal, the other below."""
    says, does, _ = plots.plot_say_and_do(SayAndDo()).lines
    for line in (says, does):
        assert line.get_ydata()[[0, -1]] == pytest.approx([0, 100])
    assert says.get_ydata()[60] > 50 > does.get_ydata()[60]
