"""Control charts drawn: the points, their limits, and what lies outside."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, StrMethodFormatter
from numpy.typing import ArrayLike

from cxlab import palette
from cxlab.control import ONE_RULE, Chart, Rule
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "all_inside": "All {n} weeks lie inside: each is a week like the others",
        "baseline_inside": "Nothing since the baseline lies outside: no reason to ask",
        "signals": "{n} of the {after} {points} after the baseline give a signal",
        "some_outside": "{n} of {all} {points} give a signal",
        "points": "weeks",
        "x": "week",
        "baseline": "baseline",
        "high": "upper\n{x}",
        "low": "lower\n{x}",
        "worlds_message": "Limits from the first {n} weeks, then frozen: which world "
        "has changed?",
        "worlds_y": "points of 100",
        "corrected_message": "Nothing happens in any of them but the answer to last "
        "week",
        "corrected_title": "{name}: sigma {sd:.1f}",
        "yard_message": "Limits of chance put {plain} of {n} {points} outside; limits "
        "of the {points} themselves, {wide}",
        "chance": "limits of chance alone",
        "like": "limits of their own",
    }
)

Ticks = Sequence[tuple[float, str]]
_SMALL = 3.6  # points: marks of small multiples
_MANY = 70  # points: beyond, only signals are marked


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _say(number: float) -> str:
    """Write a limit with as many digits as a reader wants."""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.1f}"


@style.styled
def plot_control(
    chart: Chart,
    *,
    rules: Sequence[Rule] = ONE_RULE,
    real: bool = False,
    ticks: Ticks = (),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one control chart: points, mean, limits, baseline and signals.

    Parameters
    ----------
    chart
        From `xmr` or one of its kin.
    rules
        What counts as a signal.
    real
        True fills the marks; False leaves them open.
    ticks
        Pairs of a point (1 is the first) and what to write under it; empty numbers
        the points.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.control.WORDS``; ``y`` labels the axis above.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    _draw_chart(ax, chart, rules, real=real)
    for edge, name in ((chart.high[-1], said["high"]), (chart.low[-1], said["low"])):
        if chart.floor < edge < chart.ceiling:
            text = name.format(x=_say(float(edge)))
            at = chart.values.size + 0.5
            style.label_end(ax, at, float(edge), text, colour=palette.MUTED)
    _room(ax, [chart])
    if chart.baseline < chart.values.size:
        _name_baseline(ax, chart, said["baseline"])
    _say_x(ax, ticks, said)
    style.say_y(ax, said.get("y", chart.unit or chart.quantity))
    style.say_message(ax, _message(chart, rules, said))
    return ax


def _message(chart: Chart, rules: Sequence[Rule], said: Mapping[str, str]) -> str:
    if "message" in said:
        return said["message"]
    points = chart.signals(rules)["point"].to_numpy()
    n, frozen = chart.values.size, chart.baseline < chart.values.size
    later = points[points >= chart.baseline]
    if frozen and not later.size:
        return said["baseline_inside"]
    if frozen:
        return said["signals"].format(
            n=later.size,
            after=n - chart.baseline,
            points=said["points"],
        )
    if points.size:
        return said["some_outside"].format(n=points.size, all=n, points=said["points"])
    return said["all_inside"].format(n=n)


def _draw_chart(
    ax: Axes, chart: Chart, rules: Sequence[Rule], *, real: bool, size: float = 5.5
) -> None:
    """Draw limits, points and signals; points are numbered from 1."""
    x = np.arange(1, chart.values.size + 1)
    if chart.baseline < x.size:
        ax.axvspan(0.5, chart.baseline + 0.5, color=palette.WASH, zorder=0)
    for edge in (chart.low, chart.high):
        ax.plot(x, edge, color=palette.MUTED, lw=1.4, drawstyle="steps-mid")
    ax.hlines(chart.centre, 1, x.size, color=palette.REST, lw=1.2)
    ax.plot(x, chart.values, color=palette.FOUND, lw=1.3, alpha=0.75)
    at = chart.signals(rules)["point"].to_numpy()
    calm = np.setdiff1d(np.arange(x.size), at)
    if x.size <= _MANY:
        values = chart.values[calm]
        _marks(ax, x[calm], values, "o", palette.FOUND, real=real, size=size)
    _marks(ax, x[at], chart.values[at], "D", palette.FOURTH, real=real, size=1 + size)
    ax.set_xlim(0.5, x.size + 0.5)


def _marks(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    shape: str,
    colour: str,
    *,
    real: bool,
    size: float,
) -> None:
    ax.plot(
        np.asarray(x),
        np.asarray(y),
        shape,
        color=colour,
        markerfacecolor=colour if real else palette.PAPER,
        markersize=size,
        markeredgewidth=1.5 if size > _SMALL + 1 else 1.1,
        linestyle="none",
    )


def _room(ax: Axes, charts: Sequence[Chart]) -> None:
    """Leave a line of text above and below all that is drawn."""
    low = min(min(c.values.min(), c.low.min()) for c in charts)
    high = max(max(c.values.max(), c.high.max()) for c in charts)
    space = 0.14 * (high - low)
    ax.set_ylim(max(low - space, charts[0].floor), high + 1.4 * space)
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))


def _name_baseline(ax: Axes, chart: Chart, name: str) -> None:
    ax.annotate(
        name,
        xy=(chart.baseline + 0.5, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-4, -3),
        textcoords="offset points",
        ha="right",
        va="top",
        color=palette.MUTED,
        fontstyle="italic",
    )


def _say_x(ax: Axes, ticks: Ticks, said: Mapping[str, str]) -> None:
    if ticks:
        ax.set_xticks([at for at, _ in ticks], [name for _, name in ticks])
    else:
        ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_xlabel(said["x"])


@style.styled
def plot_control_worlds(
    charts: Mapping[str, Chart],
    *,
    rules: Sequence[Rule] = ONE_RULE,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw made-up worlds one over the other, each with its own frozen limits.

    Parameters
    ----------
    charts
        By name of the world; all with the same baseline.
    rules
        What counts as a signal: marked by a diamond.
    words
        Replaces words of ``cxlab.plots.control.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(len(charts), 1, height=5.4)
    for ax, (name, chart) in zip(panels, charts.items(), strict=True):
        _draw_chart(ax, chart, rules, real=False, size=_SMALL)
        ax.set_title(name, loc="left", fontweight="bold", pad=2)
        ax.yaxis.set_major_locator(MaxNLocator(4))
    _room(panels[0], list(charts.values()))
    panels[0].set_title(said["worlds_y"], loc="right", color=palette.MUTED, pad=2)
    some = next(iter(charts.values()))
    _name_baseline(panels[0], some, said["baseline"])
    _say_x(panels[-1], (), said)
    style.say_message(panels[0], said["worlds_message"].format(n=some.baseline))
    return panels[0]


@style.styled
def plot_corrected(
    worlds: Mapping[str, pd.DataFrame],
    *,
    target: float,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what becomes of the same weeks under several answers to the last one.

    Parameters
    ----------
    worlds
        By kind of answer: ``week`` and ``score``, points.
    target
        Points aimed at: dashed.
    words
        Replaces words of ``cxlab.plots.control.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(len(worlds), 1, height=5.2)
    for ax, (name, weeks) in zip(panels, worlds.items(), strict=True):
        ax.axhline(target, color=palette.INK, lw=1.4, ls=(0, (4, 3)))
        ax.plot(weeks["week"], weeks["score"], color=palette.FOUND, lw=1.3, alpha=0.75)
        place = weeks["week"], weeks["score"]
        _marks(ax, *place, "o", palette.FOUND, real=False, size=_SMALL)
        title = said["corrected_title"].format(name=name, sd=weeks["score"].std())
        ax.set_title(title, loc="left", fontweight="bold", pad=3)
        ax.yaxis.set_major_locator(MaxNLocator(4))
        ax.margins(y=0.09)
    panels[-1].set_xlabel(said["x"])
    style.say_message(panels[0], said["corrected_message"])
    return panels[0]


@style.styled
def plot_yardsticks(
    plain: Chart,
    wide: Chart,
    *,
    real: bool = False,
    percent: bool = False,
    ticks: Ticks = (),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the same points against the limits of chance and against their own.

    Parameters
    ----------
    plain
        The chart that knows chance alone: from `p_chart` or `u_chart`.
    wide
        The chart that has learned what weeks are like: `p_prime_chart` or `xmr`.
    real
        True fills the marks; False leaves them open.
    percent
        True shows shares as counts of 100.
    ticks, ax, words
        As for `plot_control`.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.3)
    times = 100 if percent else 1
    x = np.arange(1, plain.values.size + 1)
    ax.fill_between(
        x, times * plain.low, times * plain.high, color=palette.REST, alpha=0.4, lw=0
    )
    for edge in (wide.low, wide.high):
        ax.plot(x, times * edge, color=palette.FOUND, lw=1.8)
    y = times * plain.values
    out, far = np.abs(plain.z) > 3, np.abs(wide.z) > 3
    ax.plot(x, y, color=palette.REST, lw=0.8)
    size = 5.5 if x.size <= _MANY else 3.5
    _marks(ax, x[~far], y[~far], "o", palette.FOUND, real=real, size=size)
    _marks(ax, x[far], y[far], "D", palette.FOURTH, real=real, size=7)
    high = max(float(times * wide.high.max()), float(y.max()))
    low = min(float(times * wide.low.min()), float(y.min()))
    space = 0.22 * (high - low)
    ax.set(xlim=(0.5, x.size + 0.5), ylim=(low - space, high + space))
    for top, text, colour in (
        (True, "\N{EM DASH} " + said["like"], palette.FOUND),
        (False, "\N{FULL BLOCK} " + said["chance"], palette.MUTED),
    ):
        ax.annotate(
            text,
            xy=(0.015, 1 if top else 0),
            xycoords="axes fraction",
            xytext=(0, -3 if top else 3),
            textcoords="offset points",
            va="top" if top else "bottom",
            color=colour,
            fontweight="bold",
        )
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    _say_x(ax, ticks, said)
    style.say_y(ax, said.get("y", plain.unit or plain.quantity))
    message = said["yard_message"].format(
        plain=int(out.sum()), wide=int(far.sum()), n=x.size, points=said["points"]
    )
    style.say_message(ax, message)
    return ax
