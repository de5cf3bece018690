"""A figure is laid out anew for each width, and touches nobody else's settings."""

import matplotlib as mpl
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cxlab import palette
from cxlab.plots import style
from cxlab.records import UNSEEN

LONG = "A slide with two bars hides where most of your customers are, always and always"


@style.styled
def _draw(message: str = LONG) -> Axes:
    ax = style.new_axes(height=3)
    ax.plot([0, 1], [0, 1])
    style.say_message(ax, message)
    style.say_y(ax, "effort, 1 easy to 7 hard")
    return ax


def _size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def test_the_style_ends_with_the_plot() -> None:
    """A trainee's own plots keep their own look."""
    before = dict(mpl.rcParams)
    _draw()
    assert dict(mpl.rcParams) == before


def test_a_long_message_breaks_between_words() -> None:
    """It fits the width and loses no word."""
    figure = style.figure_of(_draw())
    assert "\n" in figure.texts[0].get_text()
    assert style.message_of(figure) == LONG


def test_a_figure_is_drawn_for_a_phone_and_put_back() -> None:
    """The size on the page is not changed by drawing a narrow one."""
    figure = style.figure_of(_draw())
    before = tuple(figure.get_size_inches())
    narrow = style.png(figure, width=palette.NARROW_INCHES, height=3)
    assert _size(narrow) == (round(palette.NARROW_INCHES * 192), 576)
    assert tuple(figure.get_size_inches()) == before


def test_a_slide_leaves_the_message_to_its_headline() -> None:
    """Nothing is said twice."""
    figure = style.figure_of(_draw())
    assert style.png(figure, width=4, height=3, message=False)
    assert style.message_of(figure) == LONG


def test_no_text_is_smaller_than_the_look_allows() -> None:
    """At least 11 points as shown on a page."""
    ax = _draw()
    texts = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.title]
    assert min(text.get_fontsize() for text in texts) >= palette.FIGURE_PT


def test_the_axes_given_are_the_axes_drawn_on() -> None:
    """No plot makes a figure of its own when it is given a place."""
    ax = Figure().add_subplot()
    assert style.new_axes(ax) is ax


def test_axes_without_a_figure_are_refused() -> None:
    """After a figure is cleared its axes stand nowhere."""
    ax = _draw()
    ax.remove()
    with pytest.raises(ValueError, match="stand on no figure"):
        style.figure_of(ax)


def test_small_multiples_share_their_axes() -> None:
    """Otherwise the eye compares what cannot be compared."""
    panels = style.new_panels(2, 2)
    panels[0].set_xlim(0, 7)
    assert panels[3].get_xlim() == (0, 7)


def test_where_nobody_looks_nothing_is_drawn(monkeypatch):
    monkeypatch.setenv(UNSEEN, "1")
    assert style.png(style.new_axes().figure, width=4, height=3) == b""
