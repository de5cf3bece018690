"""The pictures of word of mouth, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from cxlab import palette, plots
from cxlab.datasets import load_published
from cxlab.plots import style
from cxlab.simulate.adoption import AVERAGE_MARKET, sizes_found
from cxlab.simulate.growth import firms, hidden_worlds
from cxlab.simulate.wordofmouth import TellingWorld, chains, experiences
from cxlab.wordofmouth import (
    count_chains,
    count_tellings,
    fit_by_curve,
    fit_by_regression,
    fit_by_years,
    size_share,
    slope_by_window,
)


def _message(ax):
    return style.message_of(style.figure_of(ax))


def _texts(ax):
    return [text.get_text() for text in ax.texts]


def _marks(ax, kind="o"):
    return [line for line in ax.lines if line.get_marker() == kind]


@pytest.mark.parametrize(("share", "block"), [(0.86, "smaller"), (0.5, "larger")])
def test_the_area_of_a_block_is_its_words(share, block) -> None:
    """Open and hatched, for nobody is real; the truth is dashed."""
    world = TellingWorld(share_good=share)
    log, _ = experiences(world, n=3000, rng=np.random.default_rng(1))
    words = count_tellings(log)
    ax = plots.plot_two_blocks(words, truth=world)
    good, bad = (p for p in ax.patches if isinstance(p, Rectangle))
    area = good.get_width() * good.get_height() / bad.get_width() / bad.get_height()
    assert area == pytest.approx(words.heard.estimate)
    assert good.get_hatch()
    assert to_hex(good.get_facecolor()) == palette.PAPER
    assert ax.lines[0].get_linestyle() == "--"
    assert _message(ax).endswith(f"{block} block")


def test_chains_stand_beside_the_formula_with_the_longest_named() -> None:
    """Counts on a log scale; the formula is dashed."""
    found = count_chains(chains(0.4, n=2000, rng=np.random.default_rng(2))["size"])
    ax = plots.plot_chain_sizes(found, reach=0.4)
    truth, marks = ax.lines[:2]
    assert marks.get_ydata().sum() == 2000
    assert truth.get_ydata()[0] == pytest.approx(2000 * float(size_share(1, reach=0.4)))
    assert ax.get_yscale() == "log"
    assert _message(ax).endswith(f"the one you hear about has {found.longest}")


def test_each_world_has_its_panel_with_the_printed_slope_in_orange() -> None:
    """Truth dashed, four years each, the printed one a filled square."""
    rng = np.random.default_rng(3)
    truths = hidden_worlds(rng=rng)
    slopes = {
        k: slope_by_window(firms(t, n=200, rng=rng)[0]) for k, t in truths.items()
    }
    ax = plots.plot_growth_windows(slopes, truths=truths, printed=0.147)
    panels = style.figure_of(ax).axes
    assert [panel.get_title().strip() for panel in panels] == ["A", "B", "C"]
    for panel, truth in zip(panels, truths.values(), strict=True):
        square = _marks(panel, "s")[0]
        assert to_hex(square.get_color()) == palette.BOOK
        dashed = panel.lines[0].get_ydata()
        assert dashed == pytest.approx([truth.slope_at(w) for w in (-1, 0, 1, 2)])
        assert len(_marks(panel)) == 4
    assert "printed\n0.147" in _texts(ax)


def test_the_printed_series_is_drawn_in_filled_squares_beside_its_fits() -> None:
    """PUBLISHED TABLE; the factor is in the message."""
    sales = load_published("vcr_sales")["sales"]
    fits = [fit_by_curve(sales), fit_by_years(sales), fit_by_regression(sales)]
    ax = plots.plot_three_fits(sales, fits, first=1980)
    square = _marks(ax, "s")[0]
    assert square.get_ydata().tolist() == sales.tolist()
    assert to_hex(square.get_color()) == palette.BOOK
    assert ax.lines[0].get_ydata() == pytest.approx(fits[0].fitted)
    assert _message(ax).endswith("differs 3.3-fold")


def test_the_estimates_close_in_on_the_dashed_truth() -> None:
    """Medians marked, the years before the peak shaded."""
    sizes = sizes_found(
        AVERAGE_MARKET, years=(5, 8, 12), markets=40, rng=np.random.default_rng(4)
    )
    ax = plots.plot_before_peak(sizes)
    medians = [mark.get_ydata()[0] for mark in _marks(ax)]
    assert medians == pytest.approx([sizes.quartiles(k)[1] / 1000 for k in (5, 8, 12)])
    assert ax.lines[0].get_ydata()[0] == 10
    assert {"planted truth", "sales peak"} <= set(_texts(ax))
