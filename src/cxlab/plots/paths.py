"""Pictures of a table of arrows: beside the printed one, mended, and put to test."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter
from matplotlib.transforms import blended_transform_factory

from cxlab import palette
from cxlab.paths import PathDraws, Shuffled
from cxlab.paths.model import ARROW
from cxlab.plots import style
from cxlab.results import tidy
from cxlab.simulate.paths import PlantedArrow

WORDS = MappingProxyType(
    {
        "paths_message": "{inside} of {rows} printed arrows come out again; {weak} may "
        "be nothing",
        "mended_message": "With the noise divided out, {after} of {rows} arrows may be "
        "nothing instead of {before}",
        "world_message": "Unlike boxes can be mended; near twins cannot",
        "twins_message": "{count} of {pairs} pairs of boxes may be one box",
        "shuffles_message": "Dealt at random, the questions do as well in {count} of "
        "100 deals",
        "printed": "printed",
        "found": "found again",
        "plain": "as printed",
        "mended": "noise divided out",
        "their_way": "the printed way",
        "x": "SD per SD",
        "twins_x": "correlation without noise",
        "one_box": "one box",
        "truth": "truth",
        "shuffles_x": "share of {quantity} explained (R²)",
        "drawn": "as drawn: {drawn:.2f}",
        "dealt": "each dot: 1 in 100 random deals",
    }
)
_EDGE = 3.0  # SD per SD: an interval that reaches further is cut off with an arrow
_COLUMNS = 22  # of dots
_NARROW = 4.5  # inches: in a narrower figure row names are cut short


@dataclass(frozen=True, kw_only=True)
class _Series:
    """One column of estimates with intervals, drawn in one way."""

    table: pd.DataFrame  # tidy, one row for each row of the picture
    name: str
    colour: str
    marker: str
    filled: bool = True
    shift: float = 0.0  # rows, downwards


@style.styled
def plot_paths(
    found: pd.DataFrame,
    *,
    printed: pd.DataFrame,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw our arrows beside the printed ones, each with its interval.

    Parameters
    ----------
    found, printed
        Tidy tables with the same quantities in the same order.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.paths.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    if len(printed) != len(found):
        raise ValueError(
            f"{len(found)} arrows were found and {len(printed)} printed. Give tables "
            "with the same arrows in the same order."
        )
    printed = printed.reset_index(drop=True)
    ax = style.new_axes(ax, height=5.6)
    book = _Series(
        table=printed,
        name=said["printed"],
        colour=palette.BOOK,
        marker="s",
        shift=-0.17,
    )
    ours = _Series(
        table=found, name=said["found"], colour=palette.FOUND, marker="o", shift=0.17
    )
    _forest(ax, _arrows(found), [book, ours])
    ax.set_xlabel(said["x"])
    inside = (printed["estimate"] >= found["low"]) & (
        printed["estimate"] <= found["high"]
    )
    message = said["paths_message"].format(
        inside=int(inside.sum()), rows=len(found), weak=_may_be_nothing(found)
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_mended(
    plain: PathDraws,
    mended: PathDraws,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw each arrow as printed, and again with the noise of the answers divided out.

    Parameters
    ----------
    plain, mended
        Draws of "paths" and of "corrected paths" of the same model.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.paths.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=5.8)
    before, after = plain.summary(), mended.summary()
    first = _Series(
        table=before,
        name=said["plain"],
        colour=palette.BOOK,
        marker="s",
        shift=-0.17,
    )
    second = _Series(
        table=after, name=said["mended"], colour=palette.FOUND, marker="o", shift=0.17
    )
    _forest(ax, _arrows(before), [first, second])
    ax.set_xlabel(said["x"])
    message = said["mended_message"].format(
        rows=len(before), before=_may_be_nothing(before), after=_may_be_nothing(after)
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_worlds(
    planted: PlantedArrow,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one planted arrow as found in several worlds, plain and mended.

    Parameters
    ----------
    planted
        From `find_planted`.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.paths.WORDS``, or names a world otherwise.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=2.9)
    first = _Series(
        table=tidy(planted.plain.values()),
        name=said["their_way"],
        colour=palette.BOOK,
        marker="s",
        filled=False,
        shift=-0.17,
    )
    second = _Series(
        table=tidy(planted.mended.values()),
        name=said["mended"],
        colour=palette.FOUND,
        marker="o",
        filled=False,
        shift=0.17,
    )
    names = [said.get(name, name) for name in planted.plain]
    _forest(ax, names, [first, second], head=0.8, edge=1.5)
    _mark(ax, planted.truth, said["truth"], dashed=True, side="right")
    ax.set_xlabel(said["x"])
    style.say_message(ax, said["world_message"])
    return ax


@style.styled
def plot_twins(
    draws: PathDraws,
    *,
    top: int = 10,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the pairs of boxes that are most alike, against a line at one box.

    Parameters
    ----------
    draws
        Draws of "corrected correlations" or of "HTMT".
    top
        How many pairs, from the most alike.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.paths.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    whole = draws.summary().sort_values("estimate", ascending=False)
    table = whole.head(top).reset_index(drop=True)
    ax = style.new_axes(ax, height=1.4 + 0.36 * len(table))
    names = [str(pair).replace(" ~ ", ", ") for pair in table["quantity"]]
    ours = _Series(table=table, name="", colour=palette.FOUND, marker="o")
    _forest(ax, names, [ours], zero=False, head=1.1)
    _mark(ax, 1.0, said["one_box"])
    ax.set_xlabel(said["twins_x"])
    count = int((whole["high"] >= 1).sum())
    style.say_message(ax, said["twins_message"].format(count=count, pairs=len(whole)))
    return ax


@style.styled
def plot_shuffles(
    shuffled: Shuffled,
    quantity: str,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one quantity in 100 typical random deals, and as drawn.

    Parameters
    ----------
    shuffled
        From `shuffle_items`.
    quantity
        One of its quantities, such as ``"Loyalty"``.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.paths.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=3.6)
    drawn = float(shuffled.estimate[shuffled.quantities.index(quantity)])
    # 100 dots that stand for all deals alike: the middle of each hundredth.
    dots = np.quantile(shuffled.of_one(quantity), (np.arange(100) + 0.5) / 100)
    x, y = _stack(dots, drawn)
    reach = dots >= drawn
    for these, colour, face in (
        (reach, palette.FOUND, palette.FOUND),
        (~reach, palette.REST, palette.PAPER),
    ):
        ax.scatter(x[these], y[these], s=46, edgecolor=colour, facecolor=face, lw=1.2)
    _mark(ax, drawn, said["drawn"].format(drawn=drawn), colour=palette.BOOK)
    ax.set(yticks=[], ylim=(0, y.max() + 1.2))
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["shuffles_x"].format(quantity=quantity))
    style.say_y(ax, said["dealt"])
    count = round(100 * shuffled.share_as_high(quantity))
    style.say_message(ax, said["shuffles_message"].format(count=count))
    return ax


def _arrows(table: pd.DataFrame) -> list[str]:
    return [str(name).replace(ARROW, " → ") for name in table["quantity"]]


def _may_be_nothing(table: pd.DataFrame) -> int:
    return int(((table["low"] <= 0) & (table["high"] >= 0)).sum())


def _forest(
    ax: Axes,
    names: Sequence[str],
    series: Sequence[_Series],
    *,
    zero: bool = True,
    head: float = 0.6,
    edge: float = _EDGE,
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


def _intervals(ax: Axes, one: _Series, place: np.ndarray, edge: float) -> None:
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


def _key(ax: Axes, series: Sequence[_Series]) -> None:
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


def _mark(
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


def _stack(values: np.ndarray, border: float) -> tuple[np.ndarray, np.ndarray]:
    """Pile values up in columns, none of which straddles the border."""
    wide = (values.max() - values.min()) / _COLUMNS
    column = np.floor((values - border) / wide)
    height = np.array([(column[:k] == c).sum() for k, c in enumerate(column)])
    return border + (column + 0.5) * wide, height + 0.7
