"""The pictures of recovery, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.plots import style
from cxlab.recovery import (
    InvitationPlan,
    look_twice,
    survivors,
    tilt_by_bond,
    unmake,
)
from cxlab.simulate.recovery import RecoveryWorld, customers, three_bonds


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def test_the_message_says_how_far_the_average_rose() -> None:
    """Two averages are drawn; those who left are hatched."""
    ax = plots.plot_survivors(survivors(0.5))
    assert _message(ax) == "Nobody has changed, and the average is 0.80 SD higher"
    assert {"all", "those\nwho stay", "gone"} == set(_texts(ax))
    assert ax.collections[0].get_hatch()
    assert ax.collections[-1].get_segments()[0][0][0] == survivors(0.5).rise


def test_real_customers_are_filled_and_both_places_named() -> None:
    """One row for each answer they were chosen by."""
    found = look_twice([1, 2, 3, 4, 5], [2, 3, 1, 5, 4], share=0.4)
    ax = plots.plot_extremes({"one": found, "other": found})
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    assert [m.get_xdata()[0] for m in marks[:2]] == [found.first, found.second.estimate]
    assert to_hex(marks[1].get_markerfacecolor()) == palette.FOUND
    assert "chosen by other" in _texts(ax)


def test_bars_are_the_differences_of_100_beside_the_planted_one() -> None:
    """Open and hatched; the honest one in blue; the truth dashed."""
    world, rng = RecoveryWorld(), np.random.default_rng(1)
    tables = [
        customers(world, n=4000, rng=rng, deal=d)[0] for d in ("complaints", "lot")
    ]
    found = unmake(*tables)
    ax = plots.plot_unmade(found, truth=world.gap)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx([100 * x.estimate for x in found.rungs.values()])
    assert to_hex(ax.patches[2].get_edgecolor()) == palette.FOUND
    assert all(bar.get_hatch() for bar in ax.patches)
    assert f"planted: \N{MINUS SIGN}{-100 * world.gap:.0f}" in _texts(ax)
    assert _message(ax).startswith(f"{100 * found.survey.estimate:+.0f} of 100")


def test_each_world_has_its_panel_with_two_lines() -> None:
    """Without a failure dashed, after one open marks."""
    worlds = three_bonds(RecoveryWorld(), strength=0.3).values()
    rng = np.random.default_rng(2)
    tilts = {
        k: tilt_by_bond(customers(w, n=2000, rng=rng, deal="lot")[0])
        for k, w in zip("ABC", worlds, strict=True)
    }
    ax = plots.plot_tilts(tilts)
    panels = style.figure_of(ax).axes
    assert [p.get_xlabel()[0] for p in panels] == ["A", "B", "C"]
    for panel, tilt in zip(panels, tilts.values(), strict=True):
        _, others, failed = panel.lines
        assert others.get_linestyle() == "--"
        assert failed.get_ydata().tolist() == tilt.fifths["failed"].tolist()
    assert _message(ax).startswith("The higher the first answer")


def test_the_plan_is_marked_on_its_line() -> None:
    """On a log scale, at its reach."""
    plan = InvitationPlan(worth=0.1, reach=0.3)
    ax = plots.plot_invitations(plan)
    assert ax.lines[1].get_ydata()[0] == plan.needed
    assert ax.get_yscale() == "log"
    assert (
        _message(ax)
        == f"Reach 30 of 100 invited, and it takes {plan.needed:,} in each group"
    )
