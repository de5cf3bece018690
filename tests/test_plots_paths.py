"""What a picture says is what its result says."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from cxlab import palette
from cxlab.datasets import load_mobi
from cxlab.paths import ECSI, PathDraws, Shuffled, bootstrap
from cxlab.plots import (
    plot_mended,
    plot_paths,
    plot_shuffles,
    plot_twins,
    plot_worlds,
    style,
)
from cxlab.results import Estimate
from cxlab.simulate.paths import PlantedArrow


def tidy(rows):
    return pd.DataFrame(rows, columns=["quantity", "estimate", "low", "high"])


FOUND = tidy([("A > B", 0.5, 0.3, 0.7), ("B > C", 0.1, -0.1, 0.3)])
PRINTED = tidy([("A > B", 0.5, 0.2, 0.6), ("B > C", 0.6, 0.5, 0.7)])


def draws(of, names, estimate, spread):
    """Draws that lie evenly around an estimate."""
    steps = np.linspace(-1, 1, 201)[:, None] * np.asarray(spread)
    return PathDraws(
        of=of,
        quantities=tuple(names),
        estimate=np.asarray(estimate, dtype=float),
        draws=np.asarray(estimate) + steps,
        n=250,
        unit="SD",
    )


def message(ax):
    return style.message_of(style.figure_of(ax))


def dots(ax, colour):
    """Points drawn in one colour, as (x, y)."""
    mine = [c for c in marks(ax) if to_hex(c.get_edgecolor()[0]) == colour]
    return np.vstack([c.get_offsets() for c in mine])


def marks(ax):
    """What `scatter` drew, without the lines of intervals."""
    drawn = [c for c in ax.collections if isinstance(c, PathCollection)]
    return [c for c in drawn if len(c.get_offsets())]


def test_ours_stand_beside_the_printed_ones():
    ax = plot_paths(FOUND, printed=PRINTED)
    np.testing.assert_allclose(dots(ax, palette.FOUND)[:, 0], [0.5, 0.1])
    np.testing.assert_allclose(dots(ax, palette.BOOK)[:, 0], [0.5, 0.6])
    assert message(ax) == "1 of 2 printed arrows come out again; 1 may be nothing"


def test_tables_of_different_arrows_are_refused():
    with pytest.raises(ValueError, match="2 arrows were found and 1 printed"):
        plot_paths(FOUND, printed=PRINTED.head(1))


def test_rows_are_named_from_the_top():
    ax = plot_paths(FOUND, printed=PRINTED)
    style.png(style.figure_of(ax), width=6.8, height=4)
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["A → B", "B → C"]
    assert ax.yaxis_inverted()


def test_a_phone_cuts_long_words_short():
    long = FOUND.replace({"quantity": {"A > B": "Satisfaction > Loyalty"}})
    ax = plot_paths(long, printed=PRINTED)
    figure = style.figure_of(ax)
    assert ax.yaxis.get_major_formatter()(0) == "Satisfaction → Loyalty"
    figure.set_size_inches(palette.NARROW_INCHES, 4)
    assert ax.yaxis.get_major_formatter()(0) == "Satisf. → Loyalty"


def test_mending_may_leave_an_arrow_to_be_nothing():
    names = ["A > B", "B > C"]
    plain = draws("paths", names, [0.5, 0.4], [0.1, 0.1])
    mended = draws("corrected paths", names, [0.9, 0.5], [0.2, 9.0])
    ax = plot_mended(plain, mended)
    assert message(ax).endswith("1 of 2 arrows may be nothing instead of 0")
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["as printed", "noise divided out"]


def test_an_interval_that_runs_off_is_cut_with_an_arrow():
    """Never wider than 3, and never silently."""
    wide = draws("corrected paths", ["A > B"], [0.5], [9.0])
    ax = plot_mended(draws("paths", ["A > B"], [0.5], [0.1]), wide)
    ends = sorted(float(c.get_offsets()[0, 0]) for c in marks(ax))
    assert ends[0] == -3
    assert ends[-1] == 3


def test_a_world_shows_its_truth_and_open_marks():
    """GENERATED data are never drawn filled."""
    found = Estimate(quantity="S > L", estimate=0.3, low=0.2, high=0.4)
    one = {"unlike": found}
    planted = PlantedArrow(arrow="S > L", truth=0.5, plain=one, mended=one)
    ax = plot_worlds(planted)
    dashed = [line for line in ax.lines if line.is_dashed()]
    assert dashed[0].get_xdata()[0] == 0.5
    assert all(to_hex(c.get_facecolor()[0]) == palette.PAPER for c in marks(ax))


def test_twins_are_counted_over_all_pairs_and_shown_from_the_top():
    names = ["A ~ B", "A ~ C", "B ~ C"]
    ax = plot_twins(draws("r", names, [0.5, 0.95, 0.9], [0.1, 0.1, 0.05]), top=2)
    assert message(ax) == "1 of 3 pairs of boxes may be one box"
    assert ax.yaxis.get_major_formatter()(0) == "A, C"
    assert len(dots(ax, palette.FOUND)) == 2


def test_each_dot_is_one_in_a_hundred_deals():
    """Uniform deals from 0 to 1 against .25: 75 reach it, on the right of the line."""
    shuffled = Shuffled(
        of="R2",
        quantities=("Loyalty",),
        estimate=np.array([0.25]),
        dealt=np.linspace(0, 1, 1001)[:, None],
        n=250,
        unit="share",
    )
    ax = plot_shuffles(shuffled, "Loyalty")
    reach, rest = dots(ax, palette.FOUND), dots(ax, palette.REST)
    assert (len(reach), len(rest)) == (75, 25)
    assert reach[:, 0].min() > 0.25 > rest[:, 0].max()
    assert message(ax).endswith("as well in 75 of 100 deals")


def test_every_picture_can_speak_another_language():
    ax = plot_paths(FOUND, printed=PRINTED, words={"x": "ст. отклонения"})
    assert ax.get_xlabel() == "ст. отклонения"


@pytest.mark.parametrize("width", [palette.FIGURE_INCHES, palette.NARROW_INCHES])
def test_the_real_pictures_fit_a_page_and_a_phone(width):
    """No warning of a layout that collapsed: warnings are errors."""
    mobi = load_mobi()
    of = ("paths", "corrected paths")
    plain, mended = (
        bootstrap(mobi, ECSI, rng=np.random.default_rng(1), of=name, n_boot=100)
        for name in of
    )
    assert style.png(style.figure_of(plot_mended(plain, mended)), width=width, height=5)
