"""Pictures of a table of arrows: beside the printed one, mended, and put to test."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.paths import PathDraws, Shuffled
from cxlab.paths.model import ARROW
from cxlab.plots import style
from cxlab.plots.forest import Series, forest, mark
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
_COLUMNS = 22  # of dots


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
    book = Series(
        table=printed,
        name=said["printed"],
        colour=palette.BOOK,
        marker="s",
        shift=-0.17,
    )
    ours = Series(
        table=found, name=said["found"], colour=palette.FOUND, marker="o", shift=0.17
    )
    forest(ax, _arrows(found), [book, ours])
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
    first = Series(
        table=before,
        name=said["plain"],
        colour=palette.BOOK,
        marker="s",
        shift=-0.17,
    )
    second = Series(
        table=after, name=said["mended"], colour=palette.FOUND, marker="o", shift=0.17
    )
    forest(ax, _arrows(before), [first, second])
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
    first = Series(
        table=tidy(planted.plain.values()),
        name=said["their_way"],
        colour=palette.BOOK,
        marker="s",
        filled=False,
        shift=-0.17,
    )
    second = Series(
        table=tidy(planted.mended.values()),
        name=said["mended"],
        colour=palette.FOUND,
        marker="o",
        filled=False,
        shift=0.17,
    )
    names = [said.get(name, name) for name in planted.plain]
    forest(ax, names, [first, second], head=0.8, edge=1.5)
    mark(ax, planted.truth, said["truth"], dashed=True, side="right")
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
    ours = Series(table=table, name="", colour=palette.FOUND, marker="o")
    forest(ax, names, [ours], zero=False, head=1.1)
    mark(ax, 1.0, said["one_box"])
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
    mark(ax, drawn, said["drawn"].format(drawn=drawn), colour=palette.BOOK)
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


def _stack(values: np.ndarray, border: float) -> tuple[np.ndarray, np.ndarray]:
    """Pile values up in columns, none of which straddles the border."""
    wide = (values.max() - values.min()) / _COLUMNS
    column = np.floor((values - border) / wide)
    height = np.array([(column[:k] == c).sum() for k, c in enumerate(column)])
    return border + (column + 0.5) * wide, height + 0.7
