"""Pictures of the chain's arithmetic, and of three worlds that draw the same chain."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.links import Fading, TimesAsLikely, TopAgainstNext
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.simulate.links import Unmasked

WORDS = MappingProxyType(
    {
        "fading_message": "{arrows} arrows of {link:g} hand on {left:.2g} of a push",
        "fading_x": "arrows passed",
        "fading_y": "left of one SD",
        "times_message": "If it is {times:g} times the share, at most {base:.0f} of "
        "100 fours can come back",
        "times_x": "fours who buy again, of 100",
        "times_y": "fives who buy again, of 100",
        "by_shares": "{times:g} times\nthe share",
        "by_odds": "{times:g} times\nthe odds",
        "real": "real phone\ncustomers",
        "alike_message": "{all} chains look alike; push them, and {left} is left",
        "unmasked_message": "Pushed, {left} of {all} chains hand something on",
        "unmasked_x": "arrow, 1 to {arrows}",
        "unmasked_y": "SD per SD",
        "seen": "seen",
        "pushed": "pushed",
        "truth": "truth",
    }
)

_ALIKE = 0.15  # mean links this near to each other look alike on a slide


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_fading(
    chains: Sequence[Fading],
    *,
    named: float = 0.4,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what is left of a push after each arrow, for several strengths of arrow.

    Parameters
    ----------
    chains
        One for each strength, of equal length.
    named
        Strength that the message speaks about and that is drawn in full colour.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.links.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    for chain in chains:
        main = bool(np.isclose(chain.link, named))
        colour = palette.FOUND if main else palette.REST
        steps = np.arange(1, chain.arrows + 1)
        ax.plot(steps, chain.left, color=colour, marker="o", lw=2.8 if main else 1.8)
        ax.annotate(
            f"{chain.link:g}",
            xy=(1, chain.link),
            xytext=(-8, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            color=palette.FOUND if main else palette.MUTED,
            fontweight="bold" if main else "normal",
        )
    ax.set(xlabel=said["fading_x"], ylim=(-0.02, 1.0), xlim=(0, chains[0].arrows + 0.3))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    style.say_y(ax, said["fading_y"])
    one = next((c for c in chains if bool(np.isclose(c.link, named))), chains[0])
    numbers = {"arrows": one.arrows, "link": one.link, "left": one.left[-1]}
    style.say_message(ax, said["fading_message"].format(**numbers))
    return ax


@style.styled
def plot_times_as_likely(
    printed: TimesAsLikely,
    found: TopAgainstNext | None = None,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw both readings of "so many times as likely", and real customers beside them.

    Parameters
    ----------
    printed
        The printed ratio.
    found
        Real customers with the top answer and one step below; None leaves them out.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.links.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    end = 100 * printed.largest_base
    ax.plot([0, end], [0, 100], color=palette.BOOK)
    ax.plot([end], [100], color=palette.BOOK, marker="o", clip_on=False)
    base = np.linspace(0, 0.999, 200)
    ax.plot(100 * base, 100 * printed.by_odds(base), color=palette.BOOK, ls="-.")
    bend = 100 * float(printed.by_odds(0.66))
    spots = {"by_shares": (end, 100.0, (9, -4)), "by_odds": (66.0, bend, (0, -14))}
    for name, (x, y, off) in spots.items():
        ax.annotate(
            said[name].format(times=printed.times),
            xy=(x, y),
            xytext=off,
            textcoords="offset points",
            va="top",
            color=palette.BOOK,
        )
    if found is not None:
        _real(ax, found, said["real"])
    ax.set(xlabel=said["times_x"], xlim=(0, 100), ylim=(0, 102))
    style.say_y(ax, said["times_y"])
    message = said["times_message"].format(times=printed.times, base=np.floor(end))
    style.say_message(ax, message)
    return ax


def _real(ax: Axes, found: TopAgainstNext, name: str) -> None:
    """One filled point with both intervals: fours across, fives upwards."""
    x, y = 100 * found.below.estimate, 100 * found.top.estimate
    ax.errorbar(
        [x],
        [y],
        xerr=_arms(found.below),
        yerr=_arms(found.top),
        fmt="o",
        color=palette.FOUND,
        markersize=8,
        capsize=0,
        zorder=4,
    )
    ax.annotate(
        name,
        xy=(x, y),
        xytext=(10, -12),
        va="top",
        textcoords="offset points",
        color=palette.FOUND,
    )


def _arms(one: Estimate) -> list[list[float]]:
    """Return the arms of an interval of a share, of 100, as errorbar wants them."""
    low = one.estimate if one.low is None else one.low
    high = one.estimate if one.high is None else one.high
    return [[100 * (one.estimate - low)], [100 * (high - one.estimate)]]


@style.styled
def plot_unmasked(
    worlds: Mapping[str, Unmasked],
    *,
    axes: Sequence[Axes] | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the arrows of several worlds as seen at one moment and as pushed.

    Parameters
    ----------
    worlds
        By the name that stands over each panel.
    axes
        One for each world; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.links.WORDS``.
    """
    said = _words(words)
    panels = list(axes) if axes else style.new_panels(1, len(worlds), height=3.8)
    for ax, (name, one) in zip(panels, worlds.items(), strict=True):
        steps = np.arange(1, len(one.pushed) + 1)
        truth = one.world.truth.to_numpy()
        ax.plot(steps, truth, color=palette.INK, ls=(0, (4, 3)), lw=1.6, zorder=1)
        _column(ax, steps - 0.16, one.seen.arrows, palette.FOUND, "o")
        _column(ax, steps + 0.16, one.pushed, palette.THIRD, "s")
        ax.set(xticks=[steps[0], steps[-1]], xlim=(0.4, len(steps) + 0.6))
        ax.annotate(
            name,
            xy=(0, 1),
            xycoords="axes fraction",
            xytext=(6, -2),
            textcoords="offset points",
            va="top",
            fontweight="bold",
        )
        ax.axhline(0, color=palette.INK, lw=1.0)
    first = panels[0]
    figure = style.figure_of(first)
    panels[len(panels) // 2].set_xlabel(said["unmasked_x"].format(arrows=len(steps)))
    style.say_y(first, said["unmasked_y"])
    low, high = first.get_ylim()
    first.set_ylim(low, high + 0.12 * (high - low))  # room for the panels' names
    key = figure.legend(
        handles=[
            first.plot(
                [], [], color=c, marker=m, mfc=palette.PAPER, ls=ls, label=label
            )[0]
            for c, m, ls, label in (
                (palette.FOUND, "o", "-", said["seen"]),
                (palette.THIRD, "s", "-", said["pushed"]),
                (palette.INK, "", "--", said["truth"]),
            )
        ],
        loc="outside lower left",
        ncols=3,
        handlelength=1.4,
        handletextpad=0.4,
        columnspacing=1.0,
        borderpad=0,
    )
    for text, colour in zip(
        key.get_texts(), (palette.FOUND, palette.THIRD, palette.INK), strict=True
    ):
        text.set_color(colour)
    style.say_message(first, _left_of(worlds, said))
    return first


def _left_of(worlds: Mapping[str, Unmasked], said: Mapping[str, str]) -> str:
    """Say how many chains are left; that they look alike only where they do."""
    seen = [one.seen.mean for one in worlds.values()]
    arrived = [
        [arrow.low is not None and arrow.low > 0 for arrow in one.pushed]
        for one in worlds.values()
    ]
    left = sum(2 * sum(one) > len(one) for one in arrived)
    alike = max(seen) - min(seen) < _ALIKE and left == 1
    key = "alike_message" if alike else "unmasked_message"
    return said[key].format(all=len(seen), left=left)


def _column(
    ax: Axes, x: np.ndarray, rows: Sequence[Estimate], colour: str, marker: str
) -> None:
    """Open marks with their intervals: nobody in these worlds is real."""
    low = [one.estimate if one.low is None else one.low for one in rows]
    high = [one.estimate if one.high is None else one.high for one in rows]
    ax.vlines(x, low, high, color=colour, lw=1.8, zorder=2)
    ax.plot(
        x,
        [one.estimate for one in rows],
        ls="",
        marker=marker,
        mfc=palette.PAPER,
        mec=colour,
        mew=1.5,
        ms=5.5,
        zorder=3,
    )
