"""Pictures of clouds with empty corners, and of how empty a corner is by itself."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from cxlab import palette
from cxlab.necessity import Ceiling, Plain
from cxlab.plots import style
from cxlab.simulate.necessity import CornerWorld

WORDS = MappingProxyType(
    {
        "worlds_message": "One correlation, {r:.2f}, and four different worlds",
        "necessary": "necessary only",
        "sufficient": "sufficient only",
        "both": "both",
        "plain": "neither",
        "experience": "experience, 1 bad to 10 good",
        "loyalty": "loyalty, 1 low to 10 high",
        "worlds_y": "loyalty",
        "worlds_x": "experience",
        "ceiling_message": "{d:.0f} of 100 parts of the room are empty",
        "exceptions_message": "{k} of {n} customers are loyal all the same",
        "empty": "empty",
        "exceptions": "loyal all the same",
        "plain_message_inside": "Among real customers the corner is as empty as a "
        "plain correlation leaves it",
        "plain_message_some": "Some corners are emptier than a plain correlation "
        "leaves them",
        "plain_x": "empty, parts of 100",
        "found": "found",
        "band": "a plain correlation",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _bubbles(
    ax: Axes, x: ArrayLike, y: ArrayLike, *, real: bool, largest: float
) -> None:
    """Draw customers as circles, as large as there are many on one spot."""
    spots = pd.DataFrame({"x": x, "y": y}).value_counts().reset_index(name="n")
    area = largest * spots["n"] / spots["n"].max() if len(spots) < len(_flat(x)) else 34
    ax.scatter(
        spots["x"],
        spots["y"],
        s=area,
        facecolor=palette.REST if real else palette.PAPER,
        edgecolor=palette.PAPER if real else palette.REST,
        linewidth=0.7 if real else 1.4,
        alpha=0.85,
        zorder=2,
    )


def _flat(x: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(x, dtype=float)


@style.styled
def plot_corner_worlds(
    drawn: Mapping[str, pd.DataFrame],
    truths: Mapping[str, CornerWorld],
    *,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw customers of four worlds, with the lids and floors that were planted.

    Parameters
    ----------
    drawn
        Customers of each world, by its name: columns experience and loyalty.
    truths
        The worlds, by name.
    words
        Replaces words of ``cxlab.plots.necessity.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(2, 2, height=6.2)
    for ax, (name, customers) in zip(panels, drawn.items(), strict=True):
        _bubbles(
            ax, customers["experience"], customers["loyalty"], real=False, largest=70
        )
        for lid in (True, False):
            _planted(ax, truths[name], lid=lid)
        ax.set_title(said[name], loc="left", fontweight="bold")
        ax.set(xlim=(0.3, 10.7), ylim=(0.3, 10.7), xticks=(1, 4, 7, 10))
        ax.set_yticks((1, 4, 7, 10))
        ax.grid(visible=False)
    for ax in panels[2:]:
        ax.set_xlabel(said["worlds_x"])
    for ax in panels[::2]:
        ax.set_ylabel(said["worlds_y"])
    first = next(iter(truths.values()))
    style.say_message(panels[0], said["worlds_message"].format(r=first.correlation))
    return panels[0]


def _planted(ax: Axes, world: CornerWorld, *, lid: bool) -> None:
    """Draw the planted lid, or floor, as a dashed line half a point beyond it."""
    if not (world.necessary if lid else world.sufficient):
        return
    possible = world.chances > 0
    places = np.arange(1, len(possible) + 1)
    if lid:
        edge = 1.5 + np.array([np.flatnonzero(row).max() for row in possible])
    else:
        edge = 0.5 + np.array([np.flatnonzero(row).min() for row in possible])
    beyond = edge < len(possible) + 0.5 if lid else edge > 0.5
    ax.step(
        places[beyond], edge[beyond], where="mid", color=palette.INK, ls="--", lw=1.8
    )


@style.styled
def plot_ceiling(
    x: ArrayLike,
    y: ArrayLike,
    found: Ceiling,
    *,
    exceptions: Sequence[int] | NDArray[np.int64] = (),
    bad: int | None = None,
    real: bool = True,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw customers, the ceiling over them, and the room it leaves empty.

    Parameters
    ----------
    x, y
        Experience and loyalty, one pair per customer.
    found
        Their ceiling, upper left.
    exceptions
        Rows of customers to be pointed out: loyal after a bad experience.
    bad
        How many had a bad experience, for the message; None leaves the empty share.
    real
        True fills the marks: the customers are real.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.necessity.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.6)
    across, up = _flat(x), _flat(y)
    _bubbles(ax, across, up, real=real, largest=110)
    edge_x, edge_y = found.edge()
    top = found.scope[3]
    ax.fill_between(
        edge_x,
        edge_y,
        top,
        facecolor=palette.WASH,
        edgecolor=palette.HAIRLINE,
        hatch="//",
        linewidth=0,
        zorder=1,
    )
    ax.plot(edge_x, edge_y, color=palette.FOUND, zorder=3)
    ax.plot(
        found.peers_x,
        found.peers_y,
        "o",
        color=palette.FOUND,
        markersize=8,
        zorder=4,
        markerfacecolor=palette.FOUND if real else palette.PAPER,
        markeredgewidth=2,
    )
    ax.annotate(
        said["empty"],
        xy=(found.scope[0], top),
        xytext=(6, -6),
        textcoords="offset points",
        va="top",
        color=palette.INK,
        bbox={"facecolor": palette.WASH, "edgecolor": "none", "pad": 1.5},
        zorder=5,
    )
    rows = np.asarray(exceptions, dtype=int)
    if len(rows):
        ax.plot(
            across[rows],
            up[rows],
            "o",
            markersize=15,
            markerfacecolor="none",
            markeredgecolor=palette.INK,
            markeredgewidth=2,
            zorder=6,
            clip_on=False,
        )
        lowest = rows[np.lexsort((-across[rows], up[rows]))[0]]
        ax.annotate(
            said["exceptions"],
            xy=(across[lowest], up[lowest]),
            xytext=(12, -5),
            textcoords="offset points",
            va="top",
            bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1.5},
            zorder=7,
        )
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.grid(visible=False)
    ax.set_xlabel(said["experience"])
    style.say_y(ax, said["loyalty"])
    if bad is None:
        message = said["ceiling_message"].format(d=100 * found.size)
    else:
        message = said["exceptions_message"].format(k=len(rows), n=bad)
    style.say_message(ax, message)
    return ax


@style.styled
def plot_against_plain(
    found: Sequence[Plain],
    *,
    real: Sequence[bool],
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how empty each corner is, over what a plain correlation leaves empty.

    Parameters
    ----------
    found
        One row each, the first on top.
    real
        For each row, whether its customers are real: filled marks, or open ones.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.necessity.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=1.3 + 0.85 * len(found))
    edges = 100 * np.linspace(0, max(one.draws.max() for one in found), 26)
    middles = (edges[1:] + edges[:-1]) / 2
    for row, (one, is_real) in enumerate(zip(found, real, strict=True)):
        counts, _ = np.histogram(100 * one.draws, bins=edges)
        heights = 0.62 * counts / counts.max()
        ax.fill_between(middles, -row, heights - row, color=palette.HAIRLINE, lw=0)
        low, high = (100 * end for end in one.band)
        ax.hlines(-row, low, high, colors=palette.REST, lw=5, zorder=2)
        ax.plot(
            100 * one.size,
            -row,
            "o",
            color=palette.FOUND,
            markersize=11,
            zorder=3,
            markerfacecolor=palette.FOUND if is_real else palette.PAPER,
            markeredgewidth=2.2,
        )
    first = found[0]
    _under(ax, 100 * first.size, said["found"], palette.FOUND, side="left")
    _under(ax, 100 * first.band[0], said["band"], palette.MUTED, side="left", row=1)
    ax.set_yticks([-k for k in range(len(found))], [one.name for one in found])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set(ylim=(-len(found) + 0.55, 0.85), xlim=(-0.5, None))
    ax.set_xlabel(said["plain_x"])
    judged = [o.verdict for o, r in zip(found, real, strict=True) if r or not any(real)]
    key = "some" if "emptier" in judged else "inside"
    style.say_message(ax, said[f"plain_message_{key}"])
    return ax


def _under(
    ax: Axes,
    x: float,
    text: str,
    colour: str,
    *,
    side: Literal["left", "center", "right"],
    row: int = 0,
) -> None:
    ax.annotate(
        text,
        xy=(x, -row),
        xytext=(-3, -9),
        textcoords="offset points",
        ha=side,
        va="top",
        color=colour,
    )
