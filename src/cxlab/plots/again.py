"""The same market asked again and again: which intervals hold the truth."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.plots import style
from cxlab.surveys import Repeated

WORDS = MappingProxyType(
    {
        "message": "{caught} of {n} surveys give an interval that holds the truth",
        "message_two": "{least} of 100 intervals hold the truth with {first}, {most} "
        "with {second}",
        "truth": "truth",
        "y": "one line a survey",
    }
)


@style.styled
def plot_repeated(
    asked: Repeated | Sequence[Repeated],
    *,
    x_label: str,
    shown: int = 40,
    log: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw each survey's interval as one line; those that miss the truth stand out.

    Parameters
    ----------
    asked
        Surveys with their intervals, or several ways of making them, side by side.
    x_label
        What was estimated, with its unit.
    shown
        Surveys drawn; the message counts all.
    log
        True for ratios: distances are then as large downwards as upwards.
    ax
        Axes to draw on, for one way; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.again.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ways = [asked] if isinstance(asked, Repeated) else list(asked)
    if ax is not None and len(ways) > 1:
        raise ValueError(f"{len(ways)} ways on one axes: leave ax out.")
    panels = style.new_panels(1, len(ways), height=4.4) if ax is None else [ax]
    for panel, way in zip(panels, ways, strict=True):
        _draw(panel, way, shown=shown)
        panel.axvline(way.truth, color=palette.INK, linestyle="--", lw=1.6, zorder=3)
        panel.annotate(
            said["truth"],
            xy=(way.truth, 0),
            xycoords=("data", "axes fraction"),
            xytext=(5, 4),
            textcoords="offset points",
            fontweight="bold",
        )
        panel.grid(visible=False)
        panel.spines["left"].set_visible(False)
        panel.set(yticks=[], ylim=(min(shown, way.n) + 2.5, -0.5))
        if log:
            panel.set_xscale("log")
            _plain_ticks(panel, way)
        else:
            panel.xaxis.set_major_locator(MaxNLocator(4))
        style.say_y(panel, way.name or said["y"])
    if len(ways) == 1:
        panels[0].set_xlabel(x_label)
    else:
        figure = style.figure_of(panels[0])
        figure.supxlabel(x_label, fontsize=palette.FIGURE_PT)
    style.say_message(panels[0], _message(ways, said))
    return panels[0]


def _message(ways: Sequence[Repeated], said: Mapping[str, str]) -> str:
    if len(ways) == 1:
        return said["message"].format(caught=ways[0].caught.sum(), n=ways[0].n)
    first, *_, last = ways
    least, most = (100 * way.share_caught.estimate for way in (first, last))
    return said["message_two"].format(
        least=f"{least:.0f}", first=first.name, most=f"{most:.0f}", second=last.name
    )


def _draw(ax: Axes, way: Repeated, *, shown: int) -> None:
    """Draw the first surveys: open marks, for nobody was really asked."""
    for row, ((middle, low, high), holds) in enumerate(
        zip(way.values[:shown], way.caught[:shown], strict=True)
    ):
        colour = palette.FOUND if holds else palette.FOURTH
        ax.plot([low, high], [row, row], color=colour, lw=1.4 if holds else 2.6)
        ax.plot(
            middle,
            row,
            marker="o" if holds else "D",
            mec=colour,
            mfc=palette.PAPER,
            ms=4 if holds else 5.5,
            mew=1.4,
        )


def _plain_ticks(ax: Axes, way: Repeated) -> None:
    """Label a log axis with plain numbers that fit."""
    _, low, high = way.values.T
    ticks = np.array([0.1, 0.3, 1, 3, 10, 30, 100, 300])
    kept = ticks[(ticks >= low.min() / 1.5) & (ticks <= high.max() * 1.5)]
    ax.set_xticks(kept, [f"{tick:g}" for tick in kept])
    ax.set_xticks([], minor=True)
