"""Pictures of two answers to one question: sectors, a room, firms and customers."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.gap import Decomposition, RoomGap
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "sectors_message": "Everywhere firms think better of themselves than consumers "
        "do: by {least:.0f} to {most:.0f} points",
        "sectors_x": "of 100 who call the firm customer-centric",
        "firms": "firms",
        "consumers": "consumers",
        "room_message": "The same {n} people: {firm} say yes as a firm, {customer} as "
        "customers",
        "room_y": "say yes, of 100 managers",
        "as_firm": "as a firm",
        "as_customer": "as a customer",
        "agree_message": "On average firms score themselves {mean:.1f} points above "
        "their customers, but each firm by its own amount",
        "agree_x": "mean of both scores, points",
        "agree_y": "own less customers' score, points",
        "limits": "95 of 100\nfirms",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_sectors(
    sectors: pd.DataFrame,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what firms and consumers say, sector by sector.

    Parameters
    ----------
    sectors
        Columns ``sector``, ``firms`` and ``consumers``, percent.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.room.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.4)
    names = [str(name) for name in sectors["sector"]]
    shares = sectors[["consumers", "firms"]].to_numpy(dtype=float)
    for row, (sector, ends) in enumerate(zip(names, shares, strict=True)):
        ax.plot(ends, (row, row), color=palette.HAIRLINE, lw=5, zorder=1)
        ax.text(0, row - 0.26, sector, va="bottom", fontweight="bold")
        for x, name, colour, side in (
            (ends[0], "consumers", palette.THIRD, "right"),
            (ends[1], "firms", palette.BOOK, "left"),
        ):
            ax.plot(x, row, "s", color=colour, ms=11, zorder=2)
            text = f"{x:.0f}" if row else f"{said[name]} {x:.0f}"
            ax.annotate(
                text,
                xy=(x, row),
                xytext=(0 if row else 6 if side == "right" else -6, -9),
                textcoords="offset points",
                ha="center" if row else side,
                va="top",
                color=colour,
                fontweight="bold",
            )
    ax.set(xlim=(-2, 102), ylim=(len(sectors) - 0.35, -0.75), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["sectors_x"])
    gaps = sectors["firms"] - sectors["consumers"]
    message = said["sectors_message"].format(least=gaps.min(), most=gaps.max())
    style.say_message(ax, message)
    return ax


@style.styled
def plot_room(
    room: RoomGap,
    *,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what the room says as firms and as customers, with its intervals.

    Parameters
    ----------
    room
        Both shares and the gap.
    real
        True fills the bars: your own room; False hatches them.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.room.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    n = room.gap.n or 0
    for place, (name, share) in enumerate(
        (("as_firm", room.as_firm), ("as_customer", room.as_customer))
    ):
        colour = palette.BOOK if name == "as_firm" else palette.FOUND
        ax.bar(
            place,
            100 * share.estimate,
            width=0.62,
            facecolor=colour if real else palette.PAPER,
            edgecolor=colour,
            hatch=None if real else "////",
            linewidth=2.2,
        )
        low, high = 100 * (share.low or 0), 100 * (share.high or 0)
        ax.vlines(place, low, high, colors=palette.INK, lw=1.8)
        ax.annotate(
            f"{n * share.estimate:.0f} / {n}",
            xy=(place, high),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            color=colour,
            fontweight="bold",
        )
    ax.set_xticks([0, 1], [said["as_firm"], said["as_customer"]])
    ax.set(xlim=(-0.7, 1.7), ylim=(0, 115), yticks=[0, 25, 50, 75, 100])
    style.say_y(ax, said["room_y"])
    style.say_message(
        ax,
        said["room_message"].format(
            n=n,
            firm=f"{n * room.as_firm.estimate:.0f}",
            customer=f"{n * room.as_customer.estimate:.0f}",
        ),
    )
    return ax


@style.styled
def plot_agreement(
    found: Decomposition,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how far each firm's own score lies above that of its customers.

    Parameters
    ----------
    found
        Differences and means per firm (Bland and Altman's picture).
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.room.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    ax.plot(
        found.means,
        found.differences,
        "o",
        mec=palette.FOUND,
        mfc="none",
        ms=4.5,
        mew=1,
        alpha=0.55,
    )
    low, high = found.limits_of_agreement
    middle = float(found.differences.mean())
    ax.axhspan(low, high, color=palette.WASH, zorder=0)
    ax.axhline(0, color=palette.INK, lw=1)
    ax.axhline(middle, color=palette.FOUND, lw=2.4)
    ax.annotate(
        said["limits"],
        xy=(1, high),
        xycoords=("axes fraction", "data"),
        xytext=(-4, -4),
        textcoords="offset points",
        ha="right",
        va="top",
        color=palette.MUTED,
    )
    ax.set_xlabel(said["agree_x"])
    style.say_y(ax, said["agree_y"])
    style.say_message(ax, said["agree_message"].format(mean=middle))
    return ax
