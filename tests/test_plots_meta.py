"""The pictures of studies and of the jury, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import meta, palette, plots
from cxlab.datasets import load_published
from cxlab.plots import style
from cxlab.simulate.evidence import EvidenceWorld, as_studies, literature


def message(ax):
    return style.message_of(style.figure_of(ax))


def test_every_study_is_a_filled_square_at_its_people():
    """61 samples; the bands are the two intervals, and the message says the wider."""
    rows = load_published("commitment_performance")
    pooled = meta.pool(meta.fisher(rows["r"], rows["people"])).back()
    ax = plots.plot_studies(pooled, people=rows["people"])
    squares = next(line for line in ax.lines if line.get_marker() == "s")
    assert list(squares.get_ydata()) == list(rows["people"])
    assert squares.get_xdata() == pytest.approx(rows["r"])
    low, high = (patch.get_x() for patch in ax.patches)
    assert (low, high) == (pooled.next_study.low, pooled.average.low)
    assert message(ax).endswith("between -0.07 and 0.42")


def test_what_is_printed_is_open_and_what_is_hidden_is_crossed():
    """The truth is dashed ink; the printed average is blue and further right."""
    world = EvidenceWorld()
    done, _ = literature(world, k=80, rng=np.random.default_rng(1))
    ax = plots.plot_drawer(
        done,
        printed=meta.pool(as_studies(done[done["printed"]])).back(),
        everything=meta.pool(as_studies(done)).back(),
        truth=float(np.tanh(world.truth)),
    )
    crosses, rings, truth, found = ax.lines
    assert len(crosses.get_xdata()) == int((~done["printed"]).sum())
    assert rings.get_markerfacecolor() == palette.PAPER
    assert truth.get_linestyle() == "--"
    assert to_hex(found.get_color()) == palette.FOUND
    assert found.get_xdata()[0] > truth.get_xdata()[0]
    assert message(ax).startswith(f"{len(crosses.get_xdata())} of 80 studies stay")


def test_the_board_shows_three_answers_and_a_verdict_for_each_arrow():
    """Seven rows; the message counts them."""
    cases = meta.weigh(load_published("chain_papers"))
    ax = plots.plot_board(cases)
    said = [text.get_text() for text in ax.texts]
    yes = sum(c.together + c.direction + c.unopposed for c in cases)
    assert said.count("■") == yes
    assert said.count("open") == 2
    assert message(ax) == "2 of 7 arrows hold, 3 with limits; 2 stay open"
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows[0] == "Service inside\n→ Staff satisfied"
