"""The pictures of the chain's links, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import palette, plots
from cxlab.links import Fading, TimesAsLikely, top_against_next
from cxlab.plots import style
from cxlab.simulate.links import BranchWorld, Unmasked, unmask


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def test_a_fading_push_is_drawn_arrow_by_arrow():
    ax = plots.plot_fading([Fading(link=r, arrows=6) for r in (0.4, 0.8)])
    named, other = ax.lines
    assert named.get_ydata() == pytest.approx([0.4**k for k in range(1, 7)])
    assert to_hex(named.get_color()) == palette.FOUND
    assert to_hex(other.get_color()) == palette.REST
    assert _texts(ax) == ["0.4", "0.8"]
    assert _message(ax) == "6 arrows of 0.4 hand on 0.0041 of a push"


def test_six_times_the_share_ends_at_a_sixth():
    ax = plots.plot_times_as_likely(TimesAsLikely(times=6))
    shares, end, by_odds = ax.lines
    assert shares.get_xdata()[-1] == pytest.approx(100 / 6)
    assert end.get_ydata() == [100]
    assert np.interp(50, by_odds.get_xdata(), by_odds.get_ydata()) == pytest.approx(
        600 / 7, abs=0.01
    )
    assert {to_hex(line.get_color()) for line in ax.lines} == {palette.BOOK}
    assert _message(ax).endswith("at most 16 of 100 fours can come back")


def test_real_customers_are_a_filled_mark_with_both_intervals():
    found = top_against_next(
        [5] * 40 + [4] * 60,
        [1] * 30 + [0] * 10 + [1] * 30 + [0] * 30,
        top=(5, 5),
        below=(4, 4),
    )
    ax = plots.plot_times_as_likely(TimesAsLikely(times=6), found)
    mark = next(line for line in ax.lines if to_hex(line.get_color()) == palette.FOUND)
    assert (*mark.get_xdata(), *mark.get_ydata()) == pytest.approx((50, 75))
    assert to_hex(mark.get_markerfacecolor()) == palette.FOUND
    ends = [c.get_segments()[0] for c in ax.collections]
    across = next(e for e in ends if e[0][0] != e[1][0])
    assert across[:, 0] == pytest.approx(
        [100 * found.below.low, 100 * found.below.high]
    )


@pytest.fixture(scope="module")
def worlds():
    rng = np.random.default_rng(1)
    return {
        name: unmask(
            BranchWorld(kind=kind, strength=0.5), n=400, n_pushed=400, rng=rng, n_boot=5
        )
        for name, kind in {"A": "reverse", "B": "chain"}.items()
    }


def test_each_world_has_a_panel_with_seen_and_pushed_arrows(worlds):
    """Open marks: nobody is real. The truth is dashed ink."""
    first = plots.plot_unmasked(worlds)
    panels = style.figure_of(first).axes
    for ax, (name, one) in zip(panels, worlds.items(), strict=True):
        assert _texts(ax) == [name]
        truth = next(line for line in ax.lines if line.get_linestyle() == "--")
        assert truth.get_ydata() == pytest.approx(one.world.truth.to_numpy())
        assert to_hex(truth.get_color()) == palette.INK
        marks = {
            line.get_marker(): line
            for line in ax.lines
            if line.get_marker() in {"o", "s"} and len(line.get_xdata())
        }
        seen = [arrow.estimate for arrow in one.seen.arrows]
        assert marks["o"].get_ydata() == pytest.approx(seen)
        pushed = [arrow.estimate for arrow in one.pushed]
        assert marks["s"].get_ydata() == pytest.approx(pushed)
        assert to_hex(marks["o"].get_markerfacecolor()) == palette.PAPER


def test_the_picture_of_worlds_says_itself(worlds):
    said = Unmasked.describe(worlds)
    assert f"A: seen {worlds['A'].seen.mean:.2f}" in said
    message = _message(plots.plot_unmasked(worlds))
    assert message == "2 chains look alike; push them, and 1 is left"


def test_chains_that_do_not_look_alike_are_not_said_to(worlds):
    rng = np.random.default_rng(2)
    weak = BranchWorld(kind="chain", strength=0.1)
    other = unmask(weak, n=400, n_pushed=60, rng=rng, n_boot=5)
    ax = plots.plot_unmasked({"A": worlds["A"], "B": other})
    assert _message(ax) == "Pushed, 0 of 2 chains hand something on"
