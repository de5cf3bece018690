"""Pictures of waiting: false alarms, the cost of correcting, and a printed series."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.control import FOUR_RULES, ONE_RULE, chased_spread, run_lengths
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "runs_message": "Four rules see a small change sooner, and cry {times:.0f} "
        "times as often when there is none",
        "runs_x": "true change, in sigmas of one week",
        "runs_y": "weeks until a signal, on average (log)",
        "one": "one rule",
        "four": "four rules",
        "printed": "published: {printed:g}",
        "gain_message": "Correcting a calm level does harm; a wandering one wants a "
        "little, not all",
        "gain_x": "part of each gap corrected",
        "gain_y": "how far weeks stray, in sigmas",
        "calm": "a level that stays",
        "wander": "a level that wanders",
        "waves_message": "From {first} to {last} of 100: beyond all luck of the draw, "
        "but not asked in one manner",
        "waves_y": "with a problem in the past year, of 100",
    }
)
_TICKS = (2, 5, 10, 20, 50, 100, 200, 400)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_run_lengths(
    *,
    printed: float,
    furthest: float = 2.0,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how long charts wait before they signal, by how far the truth has moved.

    Parameters
    ----------
    printed
        The published average of the four rules when nothing has changed: a square.
    furthest
        Largest change drawn, in sigmas.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.control_waits.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    shifts = [furthest * k / 20 for k in range(21)]
    lines = {
        "one": run_lengths(ONE_RULE, shifts),
        "four": run_lengths(FOUR_RULES, shifts),
    }
    for (name, weeks), colour, line in zip(
        lines.items(), (palette.THIRD, palette.FOUND), ("-.", "-"), strict=True
    ):
        ax.plot(shifts, weeks, color=colour, linestyle=line)
        ax.plot(0, weeks[0], "o", color=colour, markersize=7, clip_on=False, zorder=3)
        above = name == "one"
        ax.annotate(
            said[name],
            xy=(shifts[9], weeks[9]),
            xytext=(4, 5) if above else (-4, -5),
            textcoords="offset points",
            ha="left" if above else "right",
            va="bottom" if above else "top",
            color=colour,
            fontweight="bold",
        )
    ax.plot(0, printed, "s", color=palette.BOOK, markersize=13, mfc="none", mew=2.2)
    ax.lines[-1].set_clip_on(False)
    ax.annotate(
        "\N{WHITE SQUARE} " + said["printed"].format(printed=printed),
        xy=(1, 1),
        xycoords="axes fraction",
        ha="right",
        va="top",
        color=palette.BOOK,
        fontweight="bold",
    )
    ax.set_yscale("log")
    ax.set_yticks(_TICKS, [str(tick) for tick in _TICKS])
    ax.minorticks_off()
    ax.set(xlim=(0, furthest), ylim=(1.8, 500), xticks=[0, 0.5, 1, 1.5, 2])
    ax.set_xlabel(said["runs_x"])
    style.say_y(ax, said["runs_y"])
    times = lines["one"][0] / lines["four"][0]
    style.say_message(ax, said["runs_message"].format(times=times))
    return ax


@style.styled
def plot_gains(
    *,
    wander: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how far weeks stray by how much of each gap is corrected, exactly.

    Parameters
    ----------
    wander
        How far the second level moves by itself each week, in sigmas.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.control_waits.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    gains = np.linspace(0, 1, 101)
    for name, moves, colour, line in (
        ("calm", 0.0, palette.FOUND, "-"),
        ("wander", wander, palette.FOURTH, "-."),
    ):
        y = np.array([chased_spread(float(g), wander=moves) for g in gains])
        ax.plot(gains, y, color=colour, linestyle=line)
        best = int(y.argmin())
        ax.plot(gains[best], y[best], "o", color=colour, clip_on=False, zorder=3)
        calm = name == "calm"
        ax.annotate(
            said[name],
            xy=(1, 1.03) if calm else (gains[4], y[4]),
            xytext=(-2 if calm else 8, 0),
            textcoords="offset points",
            ha="right" if calm else "left",
            va="bottom",
            color=colour,
            fontweight="bold",
        )
    ax.set(xlim=(0, 1), ylim=(0.95, 1.75), xticks=[0, 0.25, 0.5, 0.75, 1])
    ax.set_xlabel(said["gain_x"])
    style.say_y(ax, said["gain_y"])
    style.say_message(ax, said["gain_message"])
    return ax


@style.styled
def plot_printed_waves(
    waves: pd.DataFrame,
    *,
    asked: int = 1000,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw printed shares by year, with three sigmas of chance to each side.

    Parameters
    ----------
    waves : DataFrame
        ``year``, ``percent`` (0-100) and ``how``: how people were asked, where known.
    asked
        People in a wave whose number is not printed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.control_waits.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    p = waves["percent"] / 100
    reach = 300 * np.sqrt(p * (1 - p) / waves["asked"].fillna(asked))
    long = waves["year"].diff().gt(10).cumsum()  # a long gap is drawn as one
    x = 0.8 * long + waves.reset_index().index
    ax.errorbar(
        x, waves["percent"], yerr=reach, fmt="s", color=palette.BOOK, markersize=7, lw=2
    )
    for at, percent, up in zip(x, waves["percent"], reach, strict=True):
        ax.annotate(
            f"{percent:.0f}",
            xy=(at, percent + up),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            color=palette.BOOK,
            fontweight="bold",
        )
    for how, places in x.groupby(waves["how"]):
        low = float((waves["percent"] - reach)[places.index].min())
        ax.annotate(
            str(how),
            xy=(places.mean(), low),
            xytext=(0, -4),
            textcoords="offset points",
            ha="center",
            va="top",
            color=palette.MUTED,
            fontstyle="italic",
        )
    for at in (x[1:] + x.shift()[1:])[waves["year"].diff()[1:].gt(10)] / 2:
        ax.annotate("\N{HORIZONTAL ELLIPSIS}", xy=(at, 4), ha="center")
    years = [f"{year:.0f}" for year in waves["year"]]
    short = [
        y if k in {0, 1} else f"\N{APOSTROPHE}{y[2:]}" for k, y in enumerate(years)
    ]
    ax.set_xticks(x, short)
    ax.set(ylim=(0, 88), xlim=(-0.6, x.max() + 0.6))
    style.say_y(ax, said["waves_y"])
    first, last = (f"{waves['percent'].iloc[k]:.0f}" for k in (0, -1))
    style.say_message(ax, said["waves_message"].format(first=first, last=last))
    return ax
