"""How every picture of the course is drawn: quiet axes, the message as its title.

A figure is made without pyplot, so that nothing is drawn on somebody's current axes
and nothing is shown twice. Its text has the size at which it will be read; for a phone
and for a slide the same figure is laid out again, not shrunk.
"""

import io
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.textpath import text_to_path

from cxlab import palette
from cxlab.records import UNSEEN

P = ParamSpec("P")
R = TypeVar("R")

_MESSAGE = "cxlab-message"
_MESSAGE_PT = 13
_PIXELS_PER_INCH = 192  # twice the 96 of the page: sharp on a good screen

# Any: matplotlib types each key of its settings by itself.
RC: Any = {
    "font.family": "DejaVu Sans",  # ships with matplotlib: the same everywhere
    "font.size": palette.FIGURE_PT,
    "axes.labelsize": palette.FIGURE_PT,
    "axes.titlesize": palette.FIGURE_PT,
    "xtick.labelsize": palette.FIGURE_PT,
    "ytick.labelsize": palette.FIGURE_PT,
    "legend.fontsize": palette.FIGURE_PT,
    "legend.frameon": False,
    "text.color": palette.INK,
    "axes.labelcolor": palette.INK,
    "axes.edgecolor": palette.MUTED,
    "xtick.color": palette.MUTED,
    "ytick.color": palette.MUTED,
    "xtick.labelcolor": palette.INK,
    "ytick.labelcolor": palette.INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": palette.HAIRLINE,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.2,
    "hatch.linewidth": 1.2,
    "axes.prop_cycle": cycler(color=palette.SERIES),
    "figure.facecolor": palette.PAPER,
    "axes.facecolor": palette.PAPER,
    "mathtext.default": "regular",
}


def styled(plot: Callable[P, R]) -> Callable[P, R]:
    """Give a plot the course's style while it draws, and nobody else."""

    @wraps(plot)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with mpl.rc_context(RC):
            return plot(*args, **kwargs)

    return inner


def new_axes(ax: Axes | None = None, *, height: float = 4.0) -> Axes:
    """Return the axes given, or those of one new figure as wide as the text.

    Parameters
    ----------
    ax
        Axes to draw on; None makes a new figure.
    height
        Height of a new figure, inches.
    """
    if ax is not None:
        return ax
    figure = Figure(figsize=(palette.FIGURE_INCHES, height), layout="constrained")
    return figure.add_subplot()


def new_panels(
    rows: int, columns: int, *, height: float = 4.0, share_y: bool = True
) -> list[Axes]:
    """Return small multiples with shared axes, row by row, on one new figure.

    Parameters
    ----------
    rows, columns
        How many panels.
    height
        Height of the figure, inches.
    share_y
        False where each panel has a unit of its own.
    """
    figure = Figure(figsize=(palette.FIGURE_INCHES, height), layout="constrained")
    grid = figure.subplots(rows, columns, sharex=True, sharey=share_y, squeeze=False)
    return list(grid.ravel())


def figure_of(ax: Axes) -> Figure:
    """Return the whole figure on which these axes stand."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("These axes stand on no figure; draw them anew.")
    return figure


def say_message(ax: Axes, message: str) -> None:
    """Write the message of the picture over it, bold, from the left edge."""
    title = figure_of(ax).suptitle(
        message, x=0.01, ha="left", fontsize=_MESSAGE_PT, fontweight="bold"
    )
    title.set_gid(_MESSAGE)
    _wrap(title, figure_of(ax).get_size_inches()[0])


def message_of(figure: Figure) -> str:
    """Return the message of a picture on one line; empty if it has none."""
    title = _message_text(figure)
    return "" if title is None else " ".join(title.get_text().split())


def say_y(ax: Axes, label: str) -> None:
    """Write the label of the y axis horizontally above it, with unit and direction."""
    ax.set_title(label, loc="left", color=palette.MUTED, pad=8)


def label_end(ax: Axes, x: float, y: float, label: str, *, colour: str) -> None:
    """Name a line at its end, in its own colour, so that no legend is needed."""
    ax.annotate(
        label,
        xy=(x, y),
        xytext=(6, 0),
        textcoords="offset points",
        va="center",
        color=colour,
        annotation_clip=False,
    )


def _message_text(figure: Figure) -> Text | None:
    return next((t for t in figure.texts if t.get_gid() == _MESSAGE), None)


def _wrap(text: Text, width: float) -> None:
    """Break a title into lines that fit a figure of this width, in inches."""
    font = FontProperties(size=text.get_fontsize(), weight=text.get_fontweight())
    room = (width * 0.97) * 72
    lines: list[str] = []
    for word in text.get_text().split():
        longer = f"{lines[-1]} {word}" if lines else word
        measured, _, _ = text_to_path.get_text_width_height_descent(
            longer, font, ismath=False
        )
        if lines and measured <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    text.set_text("\n".join(lines))


def png(figure: Figure, *, width: float, height: float, message: bool = True) -> bytes:
    """Draw a figure for one width, its text at its own size, as PNG bytes.

    Parameters
    ----------
    figure
        The figure; its size is put back afterwards.
    width, height
        Inches on the page.
    message
        False leaves the message out, for a slide whose headline says it.

    Returns
    -------
    bytes
        Empty if the environment variable ``CXLAB_UNSEEN`` is set.
    """
    if os.environ.get(UNSEEN):
        return b""
    before_width, before_height = (float(x) for x in figure.get_size_inches())
    title = _message_text(figure)
    said = "" if title is None else title.get_text()
    figure.set_size_inches(width, height)
    if title is not None:
        if message:
            _wrap(title, width)
        else:
            title.set_text("")
    buffer = io.BytesIO()
    with mpl.rc_context(RC):
        figure.savefig(buffer, format="png", dpi=_PIXELS_PER_INCH, metadata={})
    figure.set_size_inches(before_width, before_height)
    if title is not None:
        title.set_text(said)
    return buffer.getvalue()
