"""Pictures of what is carried: how it leans and flickers, and what could fake it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.mediation import CarriedDraws, Flicker, HiddenCause, MeasuredCause
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.simulate.mediation import FoundByStrength

WORDS = MappingProxyType(
    {
        "ways_message": "One study, {ways} ways: {holding} of {ways} intervals hold "
        "nought",
        "ways_x": "carried",
        "draws": "each draw of the people",
        "flicker_message": "Same people, other dice: with {draws:,} draws {count} of "
        "100 analysts find nothing",
        "flicker_x": "lower end of the interval",
        "flicker_row": "{draws:,} draws",
        "flicker_end": "{count} of 100 below",
        "strength_message": "The stronger what nobody asked, the more satisfaction "
        "seems to carry",
        "strength_x": "strength of the hidden cause, 0 to 1",
        "carried": "carried",
        "without": "not asked",
        "held": "asked, held equal",
        "truth": "truth",
        "hidden_message": "To have made it all up, a hidden cause needs a strength of "
        "{needed:.2f}",
        "needed": "nothing left\nat {needed:.2f}",
        "measured": "asked: {names}",
    }
)
_BINS = 40
_ROW = 0.26  # height of an interval's row, in heights of the highest bar


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_carried_ways(
    draws: CarriedDraws,
    intervals: Mapping[str, Estimate],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the draws of what is carried, and under them its interval by several ways.

    Parameters
    ----------
    draws
        From ``mediation.bootstrap``.
    intervals
        What is carried with its interval, by name of the way.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.mediation.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.4)
    heights, edges = np.histogram(draws.of_one(), bins=_BINS)
    tall = heights / heights.max()
    ax.bar(
        edges[:-1],
        tall,
        width=np.diff(edges),
        align="edge",
        color=palette.HAIRLINE,
        edgecolor=palette.PAPER,
        linewidth=0.6,
    )
    places = -_ROW * (np.arange(len(intervals)) + 1)
    for place, one in zip(places, intervals.values(), strict=True):
        colour = palette.MUTED if _holds_zero(one) else palette.FOUND
        ax.hlines(place, *_ends(one), colors=colour, lw=2.6)
        ax.plot(one.estimate, place, "o", color=colour, ms=7)
    ax.axvline(0, color=palette.INK, lw=1.2)
    ax.set_yticks(places, list(intervals))
    ax.set_ylim(places[-1] - _ROW * 0.7, 1.05)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["ways_x"])
    style.say_y(ax, said["draws"])
    holding = sum(_holds_zero(one) for one in intervals.values())
    message = said["ways_message"].format(ways=len(intervals), holding=holding)
    style.say_message(ax, message)
    return ax


@style.styled
def plot_flicker(
    flicker: Flicker,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one dot for each analyst: the lower end of the interval that they got.

    Parameters
    ----------
    flicker
        Lower ends by number of draws.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.mediation.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    sizes = list(flicker.lows)
    for row, (draws, lows) in enumerate(flicker.lows.items()):
        below = lows <= 0
        heights = row + 0.08 - 0.3 * _spread_out(len(lows))
        ax.plot(lows[~below], heights[~below], "o", color=palette.FOUND, ms=4.5)
        ax.plot(lows[below], heights[below], "x", color=palette.INK, ms=6, mew=1.8)
        name = said["flicker_row"].format(draws=draws)
        end = said["flicker_end"].format(count=_of_100(flicker, draws))
        for text, x, side, colour in (
            (name, 0, "left", palette.FOUND),
            (end, 1, "right", palette.INK),
        ):
            ax.annotate(
                text,
                xy=(x, row - 0.34),
                xycoords=ax.get_yaxis_transform(),
                ha=side,
                va="bottom",
                color=colour,
                fontweight="bold",
            )
    ax.axvline(0, color=palette.INK, lw=1.4)
    ax.set(ylim=(len(sizes) - 0.75, -0.68), yticks=[])
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["flicker_x"])
    most = sizes[-1]
    count = _of_100(flicker, most)
    style.say_message(ax, said["flicker_message"].format(draws=most, count=count))
    return ax


@style.styled
def plot_found_by_strength(
    found: FoundByStrength,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what surveys find in worlds with a hidden cause of growing strength.

    Parameters
    ----------
    found
        Surveys with and without the hidden cause among the questions.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.mediation.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    truth = found.worlds[0].carried
    ax.axhline(truth, color=palette.INK, lw=1.8, linestyle=(0, (4, 3)))
    ends = found.strengths[-1]
    for name, series, colour, marker, aside in (
        ("without", found.without, palette.FOUND, "o", 0.0),
        ("held", found.held, palette.THIRD, "s", 0.02),
    ):
        places = found.strengths + aside
        middle = [one.estimate for one in series]
        low, high = zip(*map(_ends, series), strict=True)
        ax.vlines(places, low, high, colors=colour, lw=1.8)
        ax.plot(places, middle, marker, mec=colour, mfc=palette.PAPER, ms=8, mew=2)
        lift = 10 if name == "without" else -10
        edge = max(high) if name == "without" else min(low)
        ax.annotate(
            said[name],
            xy=(ends, edge),
            xytext=(6, lift / 2),
            textcoords="offset points",
            ha="right",
            va="bottom" if lift > 0 else "top",
            color=colour,
            fontweight="bold",
        )
    ax.annotate(
        said["truth"],
        xy=(found.strengths[:2].mean(), truth),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        va="bottom",
    )
    ax.margins(x=0.08, y=0.18)
    ax.set_xlabel(said["strength_x"])
    style.say_y(ax, said["carried"])
    style.say_message(ax, said["strength_message"])
    return ax


@style.styled
def plot_hidden_cause(
    hidden: HiddenCause,
    *,
    asked: Sequence[MeasuredCause] = (),
    real: bool = True,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what would be carried in truth, the stronger a cause that nobody asked.

    Parameters
    ----------
    hidden
        The curve with its band.
    asked
        Causes that were asked, to compare the needed strength with.
    real
        False draws open marks: a made-up world.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.mediation.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    needed = hidden.needed
    kept = hidden.strengths <= min(0.95, _ends(needed)[1] + 0.02)
    x = hidden.strengths[kept]
    ax.fill_between(
        x, hidden.low[kept], hidden.high[kept], color=palette.FOUND, alpha=0.14, lw=0
    )
    ax.plot(x, hidden.carried[kept], color=palette.FOUND)
    ax.axhline(0, color=palette.INK, lw=1.2)
    fill = palette.FOUND if real else palette.PAPER
    ax.hlines(0, *_ends(needed), colors=palette.FOUND, lw=5, alpha=0.55)
    ax.plot(needed.estimate, 0, "o", ms=10, mec=palette.FOUND, mfc=fill, mew=2)
    top = hidden.high[0] if hidden.carried[0] > 0 else hidden.low[0]
    ax.set_ylim(-0.42 * top, 1.15 * top)
    nothing = said["needed"].format(needed=needed.estimate)
    _point_at(ax, nothing, (needed.estimate, 0), at=(0.98, 0.97), colour=palette.FOUND)
    if asked:
        _mark_asked(ax, hidden, asked, said["measured"])
    ax.set_xlim(0, x[-1])
    ax.set_xlabel(said["strength_x"])
    style.say_y(ax, said["carried"])
    message = said["hidden_message"].format(needed=needed.estimate)
    style.say_message(ax, message)
    return ax


def _mark_asked(
    ax: Axes, hidden: HiddenCause, asked: Sequence[MeasuredCause], said: str
) -> None:
    """Mark the causes that were asked on the curve, all named in one line."""
    ordered = sorted(asked, key=lambda one: one.strength)
    places = [one.strength for one in ordered]
    heights = [hidden.at(place) for place in places]
    ax.plot(places, heights, "D", color=palette.THIRD, ms=7, zorder=4)
    names = said.format(names=", ".join(one.name for one in ordered))
    middle = float(np.mean(places)), float(np.mean(heights))
    _point_at(ax, names, middle, at=(0.02, 0.03), colour=palette.THIRD)


def _point_at(
    ax: Axes,
    said: str,
    point: tuple[float, float],
    *,
    at: tuple[float, float],
    colour: str,
) -> None:
    """Name a point from where there is room, with a thin line that leads to it."""
    ax.annotate(
        said,
        xy=point,
        xytext=at,
        textcoords="axes fraction",
        ha="right" if at[0] > 0.5 else "left",
        va="top" if at[1] > 0.5 else "bottom",
        color=colour,
        fontweight="bold",
        arrowprops={"arrowstyle": "-", "color": colour, "lw": 1, "shrinkB": 6},
    )


def _holds_zero(one: Estimate) -> bool:
    low, high = _ends(one)
    return low <= 0 <= high


def _ends(one: Estimate) -> tuple[float, float]:
    """Return both ends of an interval; the estimate twice if it has none."""
    if one.low is None or one.high is None:
        return one.estimate, one.estimate
    return one.low, one.high


def _of_100(flicker: Flicker, draws: int) -> int:
    return round(100 * flicker.share_with_zero(draws))


def _spread_out(count: int) -> np.ndarray:
    """Return heights from 0 to 1 that keep neighbours apart, the same every time."""
    golden = (np.sqrt(5) - 1) / 2
    return np.asarray((golden * np.arange(count)) % 1)
