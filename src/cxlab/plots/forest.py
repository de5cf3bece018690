"""Rows of estimates with intervals under each other: the picture of a tidy table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter
from matplotlib.transforms import blended_transform_factory

from cxlab import palette
from cxlab.plots import style

EDGE = 3.0  # an interval that reaches further is cut off with an arrow
_NARROW = 4.5  # inches: in a narrower figure row names are cut short


@dataclass(frozen=True, kw_only=True)
class Series:
    """One column of estimates with intervals, drawn in one way."""

    table: pd.DataFrame  # tidy, one row for each row of the picture
    name: str
    colour: str
    marker: str
    filled: bool = True
    shift: float = 0.0  # rows, downwards


def forest(
    ax: Axes,
    names: Sequence[str],
    series: Sequence[Series],
    *,
    zero: bool = True,
    head: float = 0.6,
    edge: float = EDGE,
) -> None:
    """Draw rows of estimates with intervals, the first row on top."""
    place = np.arange(len(names), dtype=float)
    for one in series:
        _intervals(ax, one, place + one.shift, edge)
    if zero:
        ax.axvline(0, color=palette.INK, lw=1.0)
    ax.set(yticks=place, ylim=(len(names) - 0.4, -head))
    ax.yaxis.set_major_formatter(_RowNames(names))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    _key(ax, [one for one in series if one.name])


class _RowNames(Formatter):
    """Names the rows; where the figure is narrow, long words are cut short."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the name of the row at this height."""
        del pos  # matplotlib counts its ticks; the height says which row it is
        name = self._names[round(x)] if 0 <= round(x) < len(self._names) else ""
        figure = self.axis.get_figure(root=True)  # type: ignore[union-attr]
        if figure is None or figure.get_size_inches()[0] >= _NARROW:
            return name
        return re.sub(r"(\w{6})\w{3,}", r"\1.", name)


def _intervals(ax: Axes, one: Series, place: np.ndarray, edge: float) -> None:
    low, high = one.table["low"].to_numpy(), one.table["high"].to_numpy()
    left, right = np.clip(low, -edge, edge), np.clip(high, -edge, edge)
    ax.hlines(place, left, right, color=one.colour, lw=2.2)
    for cut, end, head in ((low < -edge, -edge, "<"), (high > edge, edge, ">")):
        ax.scatter(np.full(cut.sum(), end), place[cut], marker=head, color=one.colour)
    ax.scatter(
        np.clip(one.table["estimate"], -edge, edge),
        place,
        marker=one.marker,
        s=44,
        edgecolor=one.colour,
        facecolor=one.colour if one.filled else palette.PAPER,
        linewidth=1.6,
        zorder=3,
        label=one.name,
    )


def _key(ax: Axes, series: Sequence[Series]) -> None:
    """Name each series once, in its own colour, above the picture."""
    if not series:
        return
    style.say_y(ax, " ")  # room for one line above the picture
    figure = style.figure_of(ax)
    key = ax.legend(
        loc="lower left",
        bbox_to_anchor=(0.005, 1),
        bbox_transform=blended_transform_factory(figure.transFigure, ax.transAxes),
        ncols=len(series),
        handletextpad=0.1,
        columnspacing=1.2,
        borderpad=0,
    )
    key.set_in_layout(False)  # it may be wider than the axes on a phone
    for text, one in zip(key.get_texts(), series, strict=True):
        text.set_color(one.colour)


def mark(
    ax: Axes,
    x: float,
    name: str,
    *,
    dashed: bool = False,
    side: Literal["left", "right"] = "left",
    colour: str = palette.INK,
) -> None:
    """Draw a line to compare with, named beside its upper end."""
    ax.axvline(x, color=colour, lw=1.6, linestyle=(0, (4, 3)) if dashed else "-")
    ax.annotate(
        name,
        xy=(x, 1),
        xycoords=ax.get_xaxis_transform(),
        xytext=(-5 if side == "left" else 5, -1),
        textcoords="offset points",
        ha="right" if side == "left" else "left",
        va="top",
        color=colour,
    )
