"""The pictures of control charts, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import datasets, palette, plots
from cxlab.control import FOUR_RULES, p_chart, p_prime_chart, run_lengths, xmr
from cxlab.plots import style
from cxlab.simulate.control import (
    ChasedWorld,
    ComplaintWorld,
    chased_weeks,
    complaint_weeks,
)

WEEKS = [69, 74, 69, 73, 68, 73, 71, 75, 69, 69]


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _marked(ax, shape):
    return next(line for line in ax.lines if line.get_marker() == shape)


def test_a_calm_chart_says_so() -> None:
    """Open marks, both limits written, no signal."""
    ax = plots.plot_control(xmr(WEEKS, unit="points"))
    assert _message(ax) == "All 10 weeks lie inside: each is a week like the others"
    assert _texts(ax) == ["upper\n81.6", "lower\n60.4"]
    assert _marked(ax, "o").get_ydata().tolist() == WEEKS
    assert to_hex(_marked(ax, "o").get_markerfacecolor()) == palette.PAPER
    assert _marked(ax, "D").get_xdata().size == 0


def test_signals_after_the_baseline_are_marked() -> None:
    """The twelfth week lies outside; real weeks are filled."""
    chart = xmr([*WEEKS, 72, 90], baseline=10)
    ax = plots.plot_control(chart, real=True, ticks=[(1, "Mar")])
    assert _message(ax) == "1 of the 2 weeks after the baseline give a signal"
    assert _marked(ax, "D").get_xdata().tolist() == [12]
    assert to_hex(_marked(ax, "D").get_markerfacecolor()) == palette.FOURTH
    assert "baseline" in _texts(ax)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["Mar"]
    calm = plots.plot_control(xmr([*WEEKS, 72], baseline=10))
    assert _message(calm).startswith("Nothing since the baseline")
    odd = plots.plot_control(xmr([*WEEKS, 200]))
    assert _message(odd) == "1 of 11 weeks give a signal"


def test_each_world_has_its_panel() -> None:
    """Lettered, on one scale."""
    charts = {k: xmr([*WEEKS, *WEEKS[:k]], baseline=10) for k in (2, 4)}
    ax = plots.plot_control_worlds({"A": charts[2], "B": charts[4]}, rules=FOUR_RULES)
    panels = style.figure_of(ax).axes
    assert [p.get_title(loc="left") for p in panels] == ["A", "B"]
    assert len({p.get_ylim() for p in panels}) == 1
    assert "first 10 weeks" in _message(ax)


def test_answers_to_last_week_are_drawn_with_their_sigma() -> None:
    """The standard deviation stands over each panel, the target is dashed."""
    rng = np.random.default_rng(1)
    worlds = {"alone": chased_weeks(ChasedWorld(gain=0), n=20, rng=rng)[0]}
    ax = plots.plot_corrected(worlds, target=70)
    sd = worlds["alone"]["score"].std()
    assert ax.get_title(loc="left") == f"alone: sigma {sd:.1f}"
    assert ax.lines[0].get_ydata()[0] == 70


def test_two_yardsticks_count_what_each_puts_outside() -> None:
    """The band is chance, the lines are the weeks' own limits."""
    weeks, _ = complaint_weeks(ComplaintWorld(), n=52, rng=np.random.default_rng(2))
    counts = weeks["complaints"], weeks["customers"]
    plain, wide = p_chart(*counts), p_prime_chart(*counts)
    ax = plots.plot_yardsticks(plain, wide, percent=True)
    assert f"put {plain.outside} of 52 weeks outside" in _message(ax)
    assert _message(ax).endswith(f"themselves, {wide.outside}")
    assert ax.lines[1].get_ydata() == pytest.approx(100 * wide.high)


def test_waits_are_the_exact_ones() -> None:
    """Both lines; the published value as an open square."""
    ax = plots.plot_run_lengths(printed=91.75)
    four = ax.lines[2].get_ydata()
    assert four == pytest.approx(run_lengths(FOUR_RULES, ax.lines[2].get_xdata()))
    assert _marked(ax, "s").get_ydata().tolist() == [91.75]
    assert ax.get_yscale() == "log"
    assert "4 times as often" in _message(ax)


def test_a_wandering_level_has_a_best_correction() -> None:
    """The calm one has it at nothing."""
    ax = plots.plot_gains(wander=0.3)
    best = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert best[0] == 0
    assert 0.2 < best[1] < 0.35


def test_printed_waves_keep_their_gap_and_how_they_were_asked() -> None:
    """Squares at the printed shares; 35 years are further apart than two."""
    waves = datasets.load_published("rage_waves")
    ax = plots.plot_printed_waves(waves)
    squares = _marked(ax, "s")
    assert squares.get_ydata().tolist() == waves["percent"].tolist()
    steps = np.diff(squares.get_xdata())
    assert steps[0] > steps[1] == pytest.approx(1)
    assert {"telephone", "online"} <= set(_texts(ax))
