"""Pictures of pilots: four ways to count, the weeks, every dealing, sizes and looks."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.pilot import DealtAgain, DealtLooks, FourWays, OverTime
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "ways_message": "Volunteers show {most:+.1f}, the lot {lot:+.1f}; planted is "
        "{truth:+.1f}",
        "ways_x": "what the pilot seems to do, points",
        "before and after": "volunteers, before and after",
        "against others": "volunteers, against others",
        "both at once": "volunteers, both at once",
        "by lot": "drawn by lot, both at once",
        "truth": "planted",
        "weeks_message": "Late parents came {ratio:.1f} times as often once it cost "
        "them money",
        "weeks_plain": "What was tried, beside what went on anyway",
        "weeks_x": "week",
        "weeks_y": "late pick-ups a week, each centre",
        "with": "fine",
        "without": "no fine",
        "on": "fine in force",
        "again_message": "Of {ways:,} ways to deal, {odd:,} {verb} so large a gap",
        "again_one": "gives",
        "again_many": "give",
        "again_x": "late pick-ups a week, drawn less others",
        "again_dot": "each dot is one way to deal the units",
        "found": "the real\nlot: {found:+.1f}",
        "again_y": "of 100 dealings",
        "sizes_message": "More customers help a little; more branches help",
        "sizes_x": "customers asked in each branch",
        "sizes_y": "branches needed on each side",
        "sizes_line": "{icc:.0%}",
        "sizes_head": "of the scatter\nis the branch's",
        "looks_message": "Cards that do nothing: {hits} of {n} cross the line at some "
        "look",
        "looks_x": "bills seen at each look",
        "looks_y": "tips with less without, standard errors",
        "usual": "usual\n{line:.2f}",
        "flat": "{looks} looks\n{line:.2f}",
    }
)

_TICKS = 6  # looks that are all named below the axis
_DOTS_UP_TO = 400  # ways that are drawn as dots; beyond, as bars


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _signed(text: str) -> str:
    """Write a minus as long as a plus."""
    return text.replace("-", "\N{MINUS SIGN}")


@style.styled
def plot_ways_of_counting(
    found: FourWays,
    *,
    truth: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what four ways of counting say of one pilot, beside the planted truth.

    Parameters
    ----------
    found
        Four answers; the last one, by lot, is drawn blue.
    truth
        What the pilot truly does; dashed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.pilot.WORDS``.
    """
    said = _words(words)
    ways = found.ways
    ax = style.new_axes(ax, height=0.9 + 0.75 * len(ways))
    last = len(ways) - 1
    for row, (name, way) in enumerate(ways.items()):
        colour = palette.FOUND if row == last else palette.REST
        ink = palette.FOUND if row == last else palette.MUTED
        low, high = way.low, way.high
        if low is not None and high is not None and np.isfinite([low, high]).all():
            ax.hlines(row, low, high, colors=colour, lw=3)
        ax.plot(way.estimate, row, "o", mfc=palette.PAPER, mec=colour, mew=2.4, ms=10)
        ax.annotate(
            _signed(f"{said[name]}: {way.estimate:+.1f}"),
            xy=(0.01, row),
            xycoords=ax.get_yaxis_transform(),
            xytext=(0, 9),
            textcoords="offset points",
            color=ink,
            fontweight="bold",
            bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1},
            zorder=4,
        )
    ax.vlines(truth, -0.75, last + 0.4, colors=palette.INK, linestyles="--", lw=1.8)
    ends = [e for w in ways.values() for e in (w.low, w.high) if e is not None]
    ends = [e for e in ends if np.isfinite(e)] + [0.0, truth]
    room = 0.06 * (max(ends) - min(ends))
    ax.set(xlim=(min(ends) - room, max(ends) + room), ylim=(last + 0.5, -0.8))
    ax.set_yticks(())
    ax.grid(visible=False)
    ax.axvline(0, color=palette.HAIRLINE, lw=1.6, zorder=0)
    ax.spines["left"].set_visible(False)
    ax.annotate(
        f" {said['truth']}",
        xy=(truth, last + 0.4),
        va="bottom",
        fontweight="bold",
    )
    ax.set_xlabel(said["ways_x"])
    *_, most, lot = [way.estimate for way in ways.values()]
    message = said["ways_message"].format(most=most, lot=lot, truth=truth)
    style.say_message(ax, _signed(message))
    return ax


@style.styled
def plot_over_time(
    weeks: OverTime, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw both groups week by week, each unit pale behind its group.

    Parameters
    ----------
    weeks
        What each unit did, and which were drawn.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.pilot.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    x = weeks.paths.index.to_numpy()
    groups = (
        (weeks.with_it, weeks.pilot, palette.FOUND, "o", said["with"]),
        (weeks.without, ~weeks.pilot, palette.REST, "s", said["without"]),
    )
    for mean, mine, colour, mark, name in groups:
        each = weeks.paths.loc[:, mine].to_numpy()
        ax.plot(x, each, color=colour, lw=0.9, alpha=0.35)
        ax.plot(x, mean, mark + "-", color=colour, ms=6, lw=2.6)
        ink = palette.MUTED if colour == palette.REST else colour
        style.label_end(ax, x[-1] + 0.2, float(mean.iloc[-1]), name, colour=ink)
    on = (weeks.starts - 0.5, weeks.ends + 0.5)
    ax.axvspan(*on, color=palette.WASH, zorder=0)
    ax.set_ylim(0, 1.12 * float(weeks.paths.to_numpy().max()))
    ax.annotate(
        said["on"],
        xy=(sum(on) / 2, 0.99),
        xycoords=ax.get_xaxis_transform(),
        ha="center",
        va="top",
        color=palette.MUTED,
    )
    first = int(x[0])
    before, _ = weeks.mean_of(first, weeks.starts - 1)
    during, _ = weeks.mean_of(weeks.starts, weeks.ends)
    ax.set_xticks([first, weeks.starts, weeks.ends + 1, int(x[-1])])
    ax.set_xlabel(said["weeks_x"])
    style.say_y(ax, said["weeks_y"])
    style.say_message(ax, said["weeks_message"].format(ratio=during / before))
    return ax


@style.styled
def plot_dealt_again(
    dealt: DealtAgain,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the difference of every dealing as a dot, and the real one among them.

    Parameters
    ----------
    dealt
        All differences; those as odd as the real one are drawn blue.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.pilot.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    top = float(np.abs(dealt.differences).max()) * 1.12
    edges = np.linspace(-top, top, 30)
    middles = (edges[1:] + edges[:-1]) / 2
    place = np.digitize(dealt.differences, edges) - 1
    if dealt.ways <= _DOTS_UP_TO:
        tallest = _dots(ax, dealt, middles, place)
        head = said["again_dot"]
    else:
        share = 100 / dealt.ways
        for odd, colour in ((False, palette.REST), (True, palette.FOUND)):
            mine = place[dealt.as_odd == odd]
            heights = share * np.bincount(mine, minlength=len(middles))
            ax.bar(middles, heights, width=0.85 * (edges[1] - edges[0]), color=colour)
        tallest = share * float(np.bincount(place).max())
        head = said["again_y"]
    at = middles[np.digitize(dealt.found, edges) - 1]
    right = at > 0
    ax.annotate(
        _signed(said["found"].format(found=dealt.found)),
        xy=(at, 0.09 * tallest),
        xytext=(at + (0.05 if right else -0.05) * top, 0.45 * tallest),
        ha="right" if right else "left",
        color=palette.FOUND,
        fontweight="bold",
        arrowprops={"arrowstyle": "-", "color": palette.FOUND, "lw": 1.6},
    )
    ax.set(xlim=(-top, top), ylim=(0, 1.08 * tallest), yticks=())
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["again_x"])
    style.say_y(ax, head)
    count = int(dealt.as_odd.sum())
    verb = said["again_one"] if count == 1 else said["again_many"]
    message = said["again_message"].format(ways=dealt.ways, odd=count, verb=verb)
    style.say_message(ax, message)
    return ax


def _dots(
    ax: Axes,
    dealt: DealtAgain,
    middles: np.ndarray,
    place: np.ndarray,
) -> float:
    """Stack a dot for each dealing; return the height of the tallest stack."""
    order = np.argsort(place, kind="stable")
    sizes = np.bincount(place, minlength=len(middles))
    rank = np.concatenate([np.arange(size) for size in sizes]) + 0.5
    x, odd = middles[place[order]], dealt.as_odd[order]
    ax.plot(x[~odd], rank[~odd], "o", color=palette.REST, ms=5)
    ax.plot(x[odd], rank[odd], "D", color=palette.FOUND, ms=8)
    return float(sizes.max())


@style.styled
def plot_pilot_sizes(
    plans: Mapping[float, pd.DataFrame],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many branches are needed, by customers asked in each.

    Parameters
    ----------
    plans
        Tables of `UnitPlan.by_customers`, by the share of scatter between branches.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.pilot.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    colours = (palette.REST, palette.FOUND, palette.THIRD, palette.FOURTH)
    highest = 0.0
    for k, (icc, plan) in enumerate(sorted(plans.items())):
        x, y = plan["customers asked in each"], plan["branches on each side"]
        colour = colours[k % len(colours)]
        ax.plot(x, y, "osD^"[k % 4] + "-", color=colour, mfc=palette.PAPER, mew=2, ms=7)
        ink = palette.MUTED if colour == palette.REST else colour
        name = said["sizes_line"].format(icc=icc)
        style.label_end(ax, float(x.iloc[-1]), float(y.iloc[-1]), name, colour=ink)
        highest = max(highest, float(y.iloc[-1]))
    ticks = list(next(iter(plans.values()))["customers asked in each"])
    ax.set(xscale="log", ylim=(0, None))
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    ax.annotate(
        said["sizes_head"],
        xy=(ticks[-1], highest),
        xytext=(6, 14),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=palette.MUTED,
    )
    ax.set_xlabel(said["sizes_x"])
    style.say_y(ax, said["sizes_y"])
    style.say_message(ax, said["sizes_message"])
    return ax


@style.styled
def plot_looks(
    dealt: DealtLooks,
    *,
    usual: float,
    flat: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw dealings that do nothing, look by look, and those that cross the line.

    Parameters
    ----------
    dealt
        About a hundred dealings; those that cross the usual line are drawn blue, with
        an open mark where they first do.
    usual, flat
        The line of one look, and the one for all looks, standard errors.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.pilot.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.6)
    x = np.asarray(dealt.seen)
    over = dealt.crossed(usual)
    ax.plot(x, dealt.z[~over].T, color=palette.REST, lw=0.8, alpha=0.45)
    first = (np.abs(dealt.z) >= usual).argmax(axis=1)
    for path, stop in zip(dealt.z[over], first[over], strict=True):
        # whoever stops there never sees the rest
        ax.plot(x[stop:], path[stop:], color=palette.FOUND, lw=0.8, alpha=0.4)
        ax.plot(x[: stop + 1], path[: stop + 1], color=palette.FOUND, lw=1.7)
    at = dealt.z[over, first[over]]
    ax.plot(
        x[first[over]], at, "o", mfc=palette.PAPER, mec=palette.FOUND, mew=2.2, ms=8
    )
    for line, side, dashes, colour, name in (
        (usual, -1, "-", palette.INK, said["usual"]),
        (flat, 1, "--", palette.MUTED, said["flat"]),
    ):
        ax.axhline(line, ls=dashes, color=colour, lw=1.6)
        ax.axhline(-line, ls=dashes, color=colour, lw=1.6)
        ax.annotate(
            name.format(line=line, looks=len(x)),
            xy=(1.0, side * line),
            xycoords=ax.get_yaxis_transform(),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontweight="bold",
        )
    top = max(float(np.abs(dealt.z).max()), flat) + 0.5
    few = x if len(x) <= _TICKS else x[[0, len(x) // 2, -1]]
    ax.set(ylim=(-top, top), xticks=few)
    ax.grid(visible=False)
    ax.set_xlabel(said["looks_x"])
    style.say_y(ax, said["looks_y"])
    message = said["looks_message"].format(hits=int(over.sum()), n=len(dealt.z))
    style.say_message(ax, message)
    return ax
