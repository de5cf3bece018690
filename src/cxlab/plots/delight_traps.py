"""Pictures of what fakes a plateau: too few customers, a ceiling, and asking."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from cxlab import palette
from cxlab.delight import SurveyPlan
from cxlab.plots import style
from cxlab.simulate.delight_ceiling import FivePoints
from cxlab.simulate.delight_intent import SayAndDo

Floats = NDArray[np.float64]

WORDS = MappingProxyType(
    {
        "power_message": "Of 100 surveys of {few} customers, {missed:.0f} miss a true "
        "lift of {lift:g} points",
        "power_x": "customers asked",
        "power_y": "surveys, of 100",
        "sees": "sees a lift of {lift:g}",
        "rules_out": "shows that 0 is\nwithin {margin:g}",
        "ceiling_message": "The link is straight in all three worlds; only the mean "
        "moves towards the ceiling",
        "ceiling_y": "satisfaction, points, 1 low to 5 high",
        "low": "low mark",
        "middle": "middle mark",
        "top": "top mark",
        "ratio": "{ratio:.2f} to 1",
        "do_message": "What customers say flattens where what they do still climbs",
        "do_x": "satisfaction, SD from the mean",
        "do_y": "0 at its lowest, 100 at its highest",
        "says": "say",
        "does": "do",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_power(
    plan: SurveyPlan,
    *,
    lift: float = 3.0,
    margin: float = 3.0,
    marks: Sequence[int] = (500, 10_000),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how often surveys of each size see a lift, and how often they rule it out.

    Parameters
    ----------
    plan
        The groups and their scatter.
    lift
        A true lift, points.
    margin
        What would be small enough, points.
    marks
        Sizes to be marked, the smallest first.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight_traps.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    sizes = np.geomspace(100, 100_000, 121)
    sees = [100 * plan.sees(lift, n) for n in sizes]
    rules_out = [100 * plan.rules_out(margin, n) for n in sizes]
    ax.plot(sizes, sees, color=palette.FOUND)
    ax.plot(sizes, rules_out, color=palette.THIRD, ls="-.")
    for n in marks:
        y = 100 * plan.sees(lift, n)
        ax.plot(n, y, "o", mec=palette.FOUND, mfc=palette.PAPER, mew=2, ms=8)
        ax.annotate(
            f"{y:.0f}",
            xy=(n, y),
            xytext=(-5, 7),
            textcoords="offset points",
            ha="right",
            color=palette.FOUND,
            fontweight="bold",
        )
    k = int(np.searchsorted(sees, 60))
    names = (
        (said["sees"].format(lift=lift), sizes[k], sees[k], palette.FOUND, "right"),
        (
            said["rules_out"].format(margin=margin),
            sizes[int(np.searchsorted(rules_out, 40))],
            36,
            palette.THIRD,
            "left",
        ),
    )
    for text, x, y, colour, side in names:
        ax.annotate(
            text,
            xy=(x, y),
            xytext=(-8 if side == "right" else 10, 0),
            textcoords="offset points",
            ha="right" if side == "right" else "left",
            va="center",
            color=colour,
        )
    ax.set(xscale="log", ylim=(0, 108), xlim=(100, 100_000))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda n, _: f"{n:,.0f}"))
    ax.set_yticks(range(0, 101, 25))
    ax.set_xlabel(said["power_x"])
    style.say_y(ax, said["power_y"])
    few = min(marks)
    message = said["power_message"].format(
        few=few, missed=100 * (1 - plan.sees(lift, few)), lift=lift
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_bent_by_ceiling(
    worlds: Sequence[FivePoints],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw mean satisfaction after a low, a middle and the top mark, world by world.

    Parameters
    ----------
    worlds
        Three worlds with the same straight link and different means.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight_traps.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    colours = (palette.FOUND, palette.FOURTH, palette.THIRD)
    for dark, marker, world in zip(colours, ("o", "s", "D"), worlds, strict=True):
        low, middle, top = world.truth.means
        ax.plot((0, 1), (low, middle), color=dark)
        ax.plot((1, 2), (middle, 2 * middle - low), color=palette.INK, ls="--", lw=1.2)
        ax.plot((1, 2), (middle, top), color=dark)
        ax.plot((0, 1, 2), world.truth.means, marker, mec=dark, mfc=palette.PAPER, ms=8)
        ratio = said["ratio"].format(ratio=world.truth.ratio)
        style.label_end(ax, 2.03, top, ratio, colour=dark)
    ax.axhline(5, color=palette.MUTED, lw=1)
    ax.set(ylim=(1.7, 5.25), xlim=(-0.2, 2.1), xticks=(0, 1, 2))
    ax.set_xticklabels([said["low"], said["middle"], said["top"]])
    style.say_y(ax, said["ceiling_y"])
    style.say_message(ax, said["ceiling_message"])
    return ax


@style.styled
def plot_say_and_do(
    world: SayAndDo,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what customers say and what they do, by how satisfied they are.

    Parameters
    ----------
    world
        Both follow from one inclination.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.delight_traps.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.7)
    x = np.linspace(-world.reach, world.reach, 121)
    says, does = (100 * (y - y[0]) / (y[-1] - y[0]) for y in _both(world, x))
    ax.plot(x, says, color=palette.FOUND)
    ax.plot(x, does, color=palette.THIRD, ls="-.")
    bold: Any = {"textcoords": "offset points", "fontweight": "bold"}
    ax.annotate(
        said["says"],
        xy=(x[60], says[60]),
        xytext=(-8, 6),
        ha="right",
        color=palette.FOUND,
        **bold,
    )
    ax.annotate(
        said["does"],
        xy=(x[90], does[90]),
        xytext=(9, -5),
        va="top",
        color=palette.THIRD,
        **bold,
    )
    ax.plot((x[0], x[-1]), (0, 100), color=palette.REST, lw=1)
    ax.set(ylim=(0, 102), xlim=(x[0], x[-1]))
    ax.set_xlabel(said["do_x"])
    style.say_y(ax, said["do_y"])
    style.say_message(ax, said["do_message"])
    return ax


def _both(world: SayAndDo, x: Floats) -> tuple[Floats, Floats]:
    return world.says(x), world.does(x)
