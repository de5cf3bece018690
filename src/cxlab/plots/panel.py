"""Pictures of panels: who is fooled by which world, waves, width, and soldiers."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory

from cxlab import palette
from cxlab.panel import CrossLag
from cxlab.plots import style
from cxlab.plots.chain import plot_chain
from cxlab.plots.forest import Series, forest
from cxlab.results import Estimate, tidy
from cxlab.simulate.panel import BranchWorld

WORDS = MappingProxyType(
    {
        "slide_message": "This wave on the wave before: the data say “{reading}”",
        "who_message": "As they stand, scores mislead in {levels} of {worlds} worlds; "
        "own mean out, in {centred}; changes, in {changes}",
        "forward": "→ customers",
        "reverse": "→ staff",
        "levels": "as they stand",
        "centred": "own mean out",
        "changes": "changes",
        "world_forward": "Staff move customers",
        "world_reverse": "Customers move staff",
        "world_trait": "Nothing moves anything",
        "fooled": "\N{MULTIPLICATION X} fooled",
        "dashed": "dashed: truth",
        "bars": "bars: chance",
        "x": "points per point",
        "waves_message": "Taking own means out invents an arrow, which takes many "
        "waves to melt",
        "waves_x": "waves",
        "waves_y": "arrow back, points per point",
        "on_truth": "changes, on the truth",
        "soldiers_message": "With the stable part out, an arrow appears",
    }
)
_MODELS = ("levels", "centred", "changes")
_ARROWS = ("forward", "reverse")


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_cross_lag(
    found: CrossLag,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the four arrows from one wave to the next, as a slide does.

    Parameters
    ----------
    found
        From `cross_lag`.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.panel.WORDS``, or names a box otherwise.
    """
    said = _words(words)
    first, second = found.names
    places = {
        f"{first} before": (0.0, 0.0),
        f"{second} before": (0.0, 1.0),
        f"{first} now": (1.0, 0.0),
        f"{second} now": (1.0, 1.0),
    }
    labels = {
        f"{first} before > {second} now": 0.27,
        f"{second} before > {first} now": 0.27,
    }
    message = said["slide_message"].format(reading=found.reading)
    more = {**said, "message": message, "unit": said["x"]}
    more["weak"] = f"{said['x']}; dashed: may be nothing"
    return plot_chain(found, places=places, labels=labels, ax=ax, words=more)


@style.styled
def plot_who_is_fooled(
    table: pd.DataFrame, *, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw both arrows as three models find them in three worlds, beside the truth.

    Parameters
    ----------
    table
        From `nine_arrows`: a row per world, model and arrow. Marks stand at what
        endlessly many branches give; bars hold 95 of 100 panels.
    words
        Replaces words of ``cxlab.plots.panel.WORDS``.
    """
    said = _words(words)
    worlds = list(dict.fromkeys(table["world"]))
    figure = Figure(figsize=(palette.FIGURE_INCHES, 5.4), layout="constrained")
    panels: list[Axes] = list(figure.subplots(1, 2, sharex=True, sharey=True))
    for ax, arrow in zip(panels, _ARROWS, strict=True):
        rows = table[table["arrow"] == arrow]
        _fooled_panel(ax, rows, worlds)
        ax.set_title(said[arrow], loc="left", fontweight="bold", pad=2)
    figure.supxlabel(said["x"], fontsize=palette.FIGURE_PT)
    _name_rows(panels[0], worlds, said)
    for k, name in enumerate(("fooled", "dashed", "bars")):
        _say_in_gap(panels[1], 4 * k, said[name], k)
    counts = {m: _times_fooled(table, m) for m in _MODELS}
    message = said["who_message"].format(**counts, worlds=len(worlds))
    style.say_message(panels[0], message)
    return panels[0]


def _times_fooled(table: pd.DataFrame, model: str) -> int:
    """Worlds that fool a model in at least one arrow."""
    rows = table[(table["model"] == model) & table["fooled"]]
    return int(rows["world"].nunique())


def _fooled_panel(ax: Axes, rows: pd.DataFrame, worlds: Sequence[str]) -> None:
    for k, world in enumerate(worlds):
        one = rows[rows["world"] == world].set_index("model").loc[list(_MODELS)]
        y = 4 * k + 1 + np.arange(len(_MODELS))
        truth = float(one["truth"].iloc[0])
        ends = y[0] - 0.55, y[-1] + 0.55
        ax.vlines(truth, *ends, color=palette.INK, lw=1.6, ls=(0, (4, 3)), zorder=1)
        for place, (_, row) in zip(y, one.iterrows(), strict=True):
            colour = palette.FOURTH if row["fooled"] else palette.FOUND
            ax.hlines(place, row["low"], row["high"], color=colour, lw=2.2)
            ax.plot(
                row["limit"],
                place,
                "X" if row["fooled"] else "o",
                ms=9 if row["fooled"] else 7,
                mec=colour,
                mfc=palette.PAPER,
                mew=1.6,
                zorder=3,
            )
    ax.axvline(0, color=palette.MUTED, lw=0.8, zorder=0)
    ax.set(ylim=(4 * len(worlds) - 0.5, -0.5))
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.locator_params(axis="x", nbins=3)


def _say_in_gap(ax: Axes, row: float, said: str, k: int) -> None:
    """Explain a sign in the empty line beside the name of a world."""
    ax.text(
        0.98,
        row,
        said,
        transform=ax.get_yaxis_transform(),
        ha="right",
        va="center",
        color=(palette.FOURTH, palette.INK, palette.MUTED)[k],
    ).set_in_layout(False)


def _name_rows(ax: Axes, worlds: Sequence[str], said: Mapping[str, str]) -> None:
    """Name the models beside their rows, and each world above its own."""
    ticks, names = [], []
    for k, world in enumerate(worlds):
        for j, model in enumerate(_MODELS):
            ticks.append(4 * k + 1 + j)
            names.append(said[model])
        ax.text(
            0.01,
            4 * k,
            said.get(f"world_{world}", world),
            transform=blended_transform_factory(
                style.figure_of(ax).transFigure, ax.transData
            ),
            va="center",
            fontweight="bold",
            zorder=4,
        ).set_in_layout(False)
    ax.set_yticks(ticks, names)


@style.styled
def plot_invented_by_waves(
    world: BranchWorld,
    *,
    waves: Sequence[int] = tuple(range(3, 25)),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the arrow back that each model finds in the limit, by the number of waves.

    Parameters
    ----------
    world
        Whose arrow from customers to staff is the truth, dashed.
    waves
        Numbers of waves, each at least 3.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.panel.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    colours = (palette.FOURTH, palette.THIRD, palette.FOUND)
    for model, colour in zip(_MODELS, colours, strict=True):
        y = [world.limit(model, waves=k)[1] for k in waves]
        ax.plot(waves, y, color=colour)
        above = model != "centred"
        ax.annotate(
            said["on_truth" if model == "changes" else model],
            xy=(waves[-1], y[-1]),
            xytext=(0, 6 if above else -16),
            textcoords="offset points",
            ha="right",
            va="bottom" if above else "top",
            color=colour,
        )
    ax.axhline(world.reverse, color=palette.INK, ls=(0, (4, 3)), lw=1.6)
    low, high = ax.get_ylim()
    ax.set(xlim=(waves[0], waves[-1]), ylim=(low, high + 0.15 * (high - low)))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(said["waves_x"])
    style.say_y(ax, said["waves_y"])
    style.say_message(ax, said["waves_message"])
    return ax


@style.styled
def plot_soldiers(
    arrows: Mapping[str, Sequence[Estimate]],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw printed arrows by what was done with the stable part.

    Parameters
    ----------
    arrows
        Estimates, by the name of the model.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.panel.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.2)
    tables = {name: tidy(rows) for name, rows in arrows.items()}
    whole = pd.concat(tables.values(), ignore_index=True)
    model = np.repeat(list(tables), [len(table) for table in tables.values()])
    series = [
        Series(
            table=whole[model == name].reindex(whole.index),
            name=name,
            colour=colour,
            marker=shape,
        )
        for name, colour, shape in zip(
            tables, (palette.BOOK, palette.THIRD), ("s", "D"), strict=True
        )
    ]
    forest(ax, [str(name).replace(" > ", " → ") for name in whole["quantity"]], series)
    ax.set_xlabel(said["x"])
    style.say_message(ax, said["soldiers_message"])
    return ax
