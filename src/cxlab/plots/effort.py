"""Pictures of a slide with two bars: as it is shown, filled in, and what it needs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.effort import GroupShares, NeededLinks
from cxlab.fourfold import TwoBars
from cxlab.latent import Link
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "bars_message": "{high:.0f} of 100 against {low:.0f} of 100, and nothing "
        "between",
        "groups_message": "Between the two bars live {between:.0f} of 100 customers: "
        "{middle} of 100 disloyal",
        "real_message": "Real customers, ranked by satisfaction: {high:.0f} against "
        "{low:.0f} of 100, and {between:.0f} of 100 between",
        "links_message": "The same two bars need a link of {strong:.2f} or "
        "{weak:.2f}: the cut-off decides",
        "disloyal": "disloyal, of 100 customers",
        "easiest": "easiest\ncontacts",
        "hardest": "hardest\ncontacts",
        "between": "{between:.0f} of 100,\nnot on the slide",
        "nothing": "not on the slide",
        "and": " and ",
        "truth": "planted truth",
        "printed": "the book",
        "links_y": "latent correlation needed, 0 to 1",
        "links_x": "share of customers in each bar",
    }
)
CUTS = MappingProxyType({1 / 20: "1/20", 1 / 10: "1/10", 1 / 5: "1/5", 1 / 3: "1/3"})

Line = Literal["-", "--"]

_BAR = 0.78  # width of a bar, in groups


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _five_places(ax: Axes, y_label: str) -> None:
    """Prepare the axes that the slide and its filled-in version share."""
    ax.set(xlim=(-0.6, 4.6), ylim=(0, 112), yticks=[0, 25, 50, 75, 100], xticks=[0, 4])
    ax.tick_params(axis="x", length=0)
    style.say_y(ax, y_label)


def _value(ax: Axes, x: float, y: float, share: float, **font: Any) -> None:
    ax.annotate(
        f"{100 * share:.0f}",
        xy=(x, y),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        va="bottom",
        **font,
    )


@style.styled
def plot_two_bars(
    bars: TwoBars, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw the slide as it is shown: two bars, and an empty space between them.

    Parameters
    ----------
    bars
        The two printed shares.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.effort.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    _five_places(ax, said["disloyal"])
    for place, share in ((0, bars.low), (4, bars.high)):
        _bar(ax, place, 100 * share, colour=palette.BOOK, real=True)
        _value(ax, place, 100 * share, share, color=palette.BOOK, fontweight="bold")
    ax.set_xticklabels([said["easiest"], said["hardest"]])
    ax.text(2, -4, said["nothing"], ha="center", va="top", color=palette.MUTED)
    message = said["bars_message"].format(high=100 * bars.high, low=100 * bars.low)
    style.say_message(ax, message)
    return ax


@style.styled
def plot_groups(
    groups: GroupShares,
    *,
    truth: Link | None = None,
    printed: TwoBars | None = None,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw all five groups: the two ends bold, as on the slide, the middle pale.

    Parameters
    ----------
    groups
        Shares in five groups, with intervals.
    truth
        Draws the planted shares as dashed lines.
    printed
        Marks the book's two bars beside the ends.
    real
        True fills the bars and colours the ends as ours; False hatches them and
        colours the ends as the book's, which such a world was calibrated to.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.effort.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    _five_places(ax, said["disloyal"])
    bold = palette.FOUND if real else palette.BOOK
    low, high = groups.limits
    for place, share in enumerate(groups.shares):
        end = place in (0, 4)
        _bar(ax, place, 100 * share, colour=bold if end else palette.REST, real=real)
        font = {"color": bold, "fontweight": "bold"} if end else {}
        _value(ax, place, 100 * high[place], share, **font)
    ax.vlines(range(5), 100 * low, 100 * high, colors=palette.INK, lw=1.6)
    if truth is not None:
        _levels(ax, dict(enumerate(truth.shares)), palette.INK, "--")
        _key(ax, said["truth"], palette.INK, "--")
    if printed is not None:
        _levels(ax, {0: printed.low, 4: printed.high}, palette.BOOK, "-")
        _key(ax, said["printed"], palette.BOOK, "-")
    between = 100 * sum(groups.sizes[1:-1]) / groups.n
    ax.set_xticklabels([name.replace(" ", "\n", 1) for name in groups.ends])
    below = said["between"].format(between=between)
    ax.text(2, -4, below, ha="center", va="top", color=palette.MUTED)
    *first, last = (f"{100 * share:.0f}" for share in groups.shares[1:-1])
    message = said["real_message" if real else "groups_message"].format(
        between=between,
        middle=", ".join(first) + said["and"] + last,
        low=100 * groups.low,
        high=100 * groups.high,
    )
    style.say_message(ax, message)
    return ax


def _bar(ax: Axes, place: float, height: float, *, colour: str, real: bool) -> None:
    """Draw one bar: filled if its customers are real, else open; hatched if bold."""
    pale = colour == palette.REST
    if real:
        ax.bar(place, height, width=_BAR, color=colour, alpha=0.45 if pale else 1)
        return
    ax.bar(
        place,
        height,
        width=_BAR,
        facecolor=palette.PAPER,
        edgecolor=colour,
        hatch="" if pale else "////",
        linewidth=1.4 if pale else 2.4,
    )


def _levels(ax: Axes, shares: Mapping[int, float], colour: str, line: Line) -> None:
    """Draw a short level line across bars."""
    for place, share in shares.items():
        y = 100 * share
        ax.hlines(y, place - 0.48, place + 0.48, colors=colour, linestyles=line, lw=1.8)


def _key(ax: Axes, name: str, colour: str, line: Line) -> None:
    """Say once, where there is room, what the level lines are."""
    ax.hlines(91, -0.48, 0.1, colors=colour, linestyles=line, lw=1.8)
    ax.annotate(
        name,
        xy=(0.1, 91),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        color=colour,
    )


@style.styled
def plot_needed_links(
    needed: NeededLinks,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw which correlation one slide needs, by how many customers its bars hold.

    Parameters
    ----------
    needed
        The links, one for each cut-off.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.effort.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    x, y = needed.share_extremes, needed.correlations
    ax.plot(x, y, color=palette.FOUND, marker="s", markersize=7)
    for share in CUTS:
        near = np.isclose(x, share)
        if near.any():
            ax.annotate(
                f"{y[near][0]:.2f}",
                xy=(share, y[near][0]),
                xytext=(0, -10),
                textcoords="offset points",
                ha="center",
                va="top",
                color=palette.FOUND,
                fontweight="bold",
            )
    ax.set_xscale("log")
    ax.set_xticks(list(CUTS), list(CUTS.values()))
    ax.set_xticks([], minor=True)
    ax.set(ylim=(0, 1.02), xlim=(0.92 * min(x.min(), 1 / 22), 1.09 * x.max()))
    ax.set_xlabel(said["links_x"])
    style.say_y(ax, said["links_y"])
    style.say_message(ax, said["links_message"].format(strong=y.max(), weak=y.min()))
    return ax
