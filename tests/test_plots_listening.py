"""The pictures of empty corners and of words, read back from what was drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from cxlab import necessity, palette, plots, text
from cxlab.plots import style
from cxlab.simulate.necessity import WORLDS, answers, corner_world


def message(ax):
    return style.message_of(style.figure_of(ax))


def texts(ax):
    return [one.get_text() for one in ax.texts]


def test_each_world_shows_its_planted_edges_dashed():
    """None in the plain world, two where both corners are barred; open marks."""
    rng = np.random.default_rng(1)
    truths = {name: corner_world(name) for name in WORLDS}
    drawn = {n: answers(w, n=200, rng=rng)[0] for n, w in truths.items()}
    ax = plots.plot_corner_worlds(drawn, truths)
    panels = style.figure_of(ax).axes
    assert [len(panel.get_lines()) for panel in panels] == [1, 1, 2, 0]
    assert {line.get_linestyle() for p in panels for line in p.get_lines()} == {"--"}
    marks = panels[0].collections[0]
    assert to_hex(marks.get_facecolor()[0]) == palette.PAPER
    assert "0.48" in message(ax)


def test_a_ceiling_points_out_the_exceptions():
    x, y = [1, 2, 3, 4, 5], [1, 5, 2, 4, 5]
    ax = plots.plot_ceiling(x, y, necessity.ceiling(x, y), exceptions=[1], bad=2)
    edge, peers, ring = ax.get_lines()
    assert edge.get_color() == palette.FOUND
    assert peers.get_xdata().tolist() == [1, 2]
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (2, 5)
    assert message(ax) == "1 of 2 customers are loyal all the same"


def test_without_exceptions_the_message_is_the_empty_share():
    x, y = [1, 1, 2, 2, 3, 4, 5], [1, 2, 2, 3, 1, 5, 4]
    ax = plots.plot_ceiling(x, y, necessity.ceiling(x, y), real=False)
    assert message(ax) == "44 of 100 parts of the room are empty"
    assert ax.get_lines()[1].get_markerfacecolor() == palette.PAPER


@pytest.mark.parametrize(("size", "says"), [(0.1, "as empty as"), (0.6, "emptier")])
def test_a_dot_stands_on_its_band_or_beyond_it(size, says):
    """Filled where customers are real; the message follows the real rows."""
    draws = np.linspace(0, 0.2, 400)
    one = necessity.Plain(
        name="quality", size=size, draws=draws, rank_correlation=0.5, level=0.95, n=9
    )
    ax = plots.plot_against_plain([one], real=[True])
    [dot] = ax.get_lines()
    assert dot.get_xdata()[0] == pytest.approx(100 * size)
    assert dot.get_markerfacecolor() == palette.FOUND
    assert says in message(ax)


@pytest.fixture(scope="module")
def counted():
    reviews = ["love it so", "love the tea", "not it", "not the tea at all, not so"]
    return text.count_words(reviews, [True, True, False, False])


def test_words_stand_in_order_and_on_their_side(counted):
    ax = plots.plot_words(counted, ["not", "love", "tea"])
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "love",
        "tea",
        "not",
    ]
    marks = {line.get_marker(): line.get_xdata()[0] for line in ax.get_lines()[:3]}
    assert marks["o"] > 0 > marks["D"]
    assert message(ax) == "The delighted write “love”, the others “not”"


def test_the_length_picture_counts_the_longest_fifth(counted):
    score = text.learn_score(counted)
    lists = text.list_score(counted, k=1)
    calls = text.by_length(
        {"two lists": lists, "mean lean": score},
        [
            "love",
            "love it",
            "not it all",
            "not the tea at all",
            "not so, not so, no, no",
        ],
        [True, True, False, False, False],
    )
    ax = plots.plot_by_length(calls)
    assert [line.get_ydata()[-1] for line in ax.get_lines()] == [100, 100, 100]
    assert "two lists" in message(ax)
    assert set(texts(ax)) == {"really", "two lists", "mean lean"}


def test_an_unfair_trial_is_grey(counted):
    score = text.learn_score(counted)
    tried = ["love it", "not it", "love"], [True, False, True]
    rows = [text.held_out(score, *tried, name=name) for name in ("leaked", "held out")]
    ax = plots.plot_accuracy(rows, unfair=["leaked"])
    leaked, fair = ax.get_lines()[:2]
    assert (leaked.get_color(), leaked.get_marker()) == (palette.REST, "D")
    assert (fair.get_color(), fair.get_marker()) == (palette.FOUND, "o")
    assert "for 67" in message(ax)
