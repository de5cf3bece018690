"""Pictures of expectation and memory: a chase, episodes, and what makes a memory."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.memory import Chase, Weights
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "chase_still": "The service stays better; after {months} months hardly anybody "
        "notices",
        "chase_still_slow": "The service stays better, and {gap:.2f} points of it are "
        "noticed after {months} months",
        "chase_grows": "Better every month, and never further ahead: {gap:.2f} points",
        "chase": "Expectations follow experience, {gap:.2f} points behind at the end",
        "chase_x": "month",
        "chase_y": "points, 1 bad to 10 good",
        "experience": "what they get",
        "expectation": "what they expect",
        "spread": "As they come, mean and peak-end move together: r = {r:.2f}; "
        "designed: r = {other:.2f}",
        "spread_x": "mean annoyance, 0 none to 10 worst",
        "spread_y": "peak-end, 0 to 10",
        "came": "as they come",
        "designed": "designed",
        "weights": "Only designed episodes give back what makes a memory",
        "weights_plain": "What makes a memory, asked in two ways",
        "weights_x": "points of memory for one point more",
        "peak": "peak",
        "end": "end",
        "mean": "mean",
        "planted": "planted",
    }
)
_PARTS = ("peak", "end", "mean")


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_chase(
    found: Chase, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw what customers get and what they expect; between them lies delight.

    Parameters
    ----------
    found
        An experience, and the expectation that follows it.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.memory.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    get, expect = found.experience, found.expectation
    ax.fill_between(found.months, expect, get, color=palette.WASH, zorder=0)
    ax.plot(found.months, get, color=palette.INK, linestyle="--")
    ax.plot(found.months, expect, color=palette.FOUND)
    low, high = min(expect.min(), get.min()), max(expect.max(), get.max())
    room = 0.22 * (high - low) or 0.5
    ax.set_ylim(low - room, high + room)
    middle = int(0.45 * (len(get) - 1))
    for key, line, colour, side in (
        ("experience", get, palette.INK, 1),
        ("expectation", expect, palette.FOUND, -1),
    ):
        ax.annotate(
            said[key],
            xy=(middle, line[middle]),
            xytext=(0, 10 * side),
            textcoords="offset points",
            ha="right" if side > 0 and get[-1] > get[0] else "left",
            va="bottom" if side > 0 else "top",
            color=colour,
            fontweight="bold",
        )
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_xlabel(said["chase_x"])
    style.say_y(ax, said["chase_y"])
    style.say_message(ax, _chase_message(found, said))
    return ax


def _chase_message(found: Chase, said: Mapping[str, str]) -> str:
    steps, gap = np.diff(found.experience), found.gap
    key = "chase"
    if np.allclose(steps, 0) and gap[0] > 0:
        key = "chase_still" if gap[-1] < 0.1 * gap[0] else "chase_still_slow"
    elif (steps > 0).all() and abs(gap[-1] - gap[-2]) < 0.001:
        key = "chase_grows"
    return said[key].format(months=len(gap) - 1, gap=gap[-1])


@style.styled
def plot_spread(
    came: pd.DataFrame,
    designed: pd.DataFrame,
    *,
    shown: int = 150,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw mean against peak-end, for episodes as they come and for designed ones.

    Parameters
    ----------
    came, designed
        Episodes with the columns mean and peak_end.
    shown
        Episodes drawn; the message counts all.
    words
        Replaces words of ``cxlab.plots.memory.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(1, 2, height=4.0)
    for panel, episodes, key in zip(
        panels, (came, designed), ("came", "designed"), strict=True
    ):
        some = episodes.head(shown)
        panel.scatter(
            some["mean"],
            some["peak_end"],
            s=26 if key == "came" else 60,
            facecolor="none",
            edgecolor=palette.FOUND,
            linewidth=1.2 if key == "came" else 2.0,
        )
        panel.text(9.7, 0.4, said[key], ha="right", fontweight="bold")
        panel.set(xlim=(0, 10.4), ylim=(0, 10.4), xticks=[0, 5, 10], yticks=[0, 5, 10])
    figure = style.figure_of(panels[0])
    figure.supxlabel(said["spread_x"], fontsize=palette.FIGURE_PT)
    style.say_y(panels[0], said["spread_y"])
    r, other = (float(t["mean"].corr(t["peak_end"])) for t in (came, designed))
    style.say_message(
        panels[0], said["spread"].format(r=r, other=0.0 if abs(other) < 5e-3 else other)
    )
    return panels[0]


@style.styled
def plot_memory_weights(
    ways: Sequence[Weights],
    *,
    truth: Mapping[str, float],
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the weight of peak, end and mean with its interval, beside the truth.

    Parameters
    ----------
    ways
        Weights from episodes as they come and from designed ones, in this order.
    truth
        What was planted, by part.
    words
        Replaces words of ``cxlab.plots.memory.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(1, len(ways), height=3.6)
    rows = np.arange(len(_PARTS))
    for panel, way in zip(panels, ways, strict=True):
        for row, part in zip(rows, _PARTS, strict=True):
            one = way[part]
            assert one.low is not None
            assert one.high is not None
            panel.plot([one.low, one.high], [row, row], color=palette.FOUND, lw=3)
            panel.plot(
                one.estimate,
                row,
                marker="o",
                ms=8,
                mec=palette.FOUND,
                mfc=palette.PAPER,
                mew=2,
            )
            panel.plot(
                [truth[part]] * 2,
                [row - 0.36, row + 0.36],
                color=palette.INK,
                linestyle="--",
                lw=1.8,
            )
        panel.set_title(way.name, loc="left", fontweight="bold", pad=8)
        panel.set(yticks=rows, yticklabels=[said[part] for part in _PARTS])
        panel.set_ylim(len(_PARTS) - 0.4, -0.6)
        panel.grid(visible=False)
        panel.axvline(0, color=palette.HAIRLINE, lw=1.2, zorder=0)
        panel.xaxis.set_major_locator(MaxNLocator(4))
    last = panels[-1]
    last.annotate(
        said["planted"],
        xy=(truth["mean"], 2.36),
        xytext=(6, 2),
        textcoords="offset points",
        fontweight="bold",
    )
    figure = style.figure_of(panels[0])
    figure.supxlabel(said["weights_x"], fontsize=palette.FIGURE_PT)
    held = [
        all(
            (way[part].low or 0.0) <= truth[part] <= (way[part].high or 0.0)
            for part in _PARTS
        )
        for way in ways
    ]
    only = len(held) == 2 and held == [False, True]
    style.say_message(panels[0], said["weights" if only else "weights_plain"])
    return panels[0]
