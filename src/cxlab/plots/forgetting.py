"""Pictures of forgetting: curves through seven points, and an account's long memory."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from cxlab import palette
from cxlab.memory import Afterlife, Forgetting
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "message": "Forgetting slows down: {best} follows the points, one steady pace "
        "does not",
        "message_plain": "Two curves of forgetting through {n} points",
        "x": "time since learning",
        "y": "saved on learning again, percent",
        "power": "power of time",
        "log form": "log form",
        "exponential": "one steady pace",
        "exponential with a floor": "a pace and a floor",
        "after_message": "After two years {power:.0f}% of a touch is left, or "
        "{exponential:.0f}%: the shape decides",
        "after_message_plain": "What two shapes of forgetting leave of a touch",
        "after_x": "months since the touch",
        "after_y": "left of it, percent",
        "slows": "slows down",
        "steady": "keeps its pace",
    }
)
_TICKS = {1: "1 h", 24: "1 day", 744: "31 days"}


@style.styled
def plot_forgetting_curves(
    hours: ArrayLike,
    left: ArrayLike,
    curves: Sequence[Forgetting],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what was left after a time, and two curves through it.

    Parameters
    ----------
    hours, left : array_like, shape (n,)
        The points; shares 0-1.
    curves
        The better one first.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.forgetting.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=4.2)
    when, what = np.asarray(hours, dtype=float), np.asarray(left, dtype=float)
    line = np.geomspace(when.min(), when.max(), 200)
    for curve, colour, dashes in zip(
        curves, (palette.FOUND, palette.FOURTH), ("-", (0, (5, 2))), strict=False
    ):
        ax.plot(line, 100 * curve.at(line), color=colour, linestyle=dashes)
    ax.plot(when, 100 * what, "s", color=palette.BOOK, ms=7, zorder=3)
    ax.set_xscale("log")
    ax.set_xticks(list(_TICKS), list(_TICKS.values()))
    ax.set_xticks([], minor=True)
    ax.set(ylim=(0, 70), xlabel=said["x"])
    # the better curve is named below all points, the other above all curves
    places = ((when[0], -0.3, "top"), (7.0, 0.03, "bottom"))
    for curve, colour, (x, shift, va) in zip(
        curves, (palette.FOUND, palette.FOURTH), places, strict=False
    ):
        ax.text(
            x,
            100 * (float(curve.at(x)) + shift),
            said[curve.name],
            color=colour,
            fontweight="bold",
            va=va,
        )
    style.say_y(ax, said["y"])
    far = len(curves) == 2 and curves[0].explained - curves[1].explained > 0.2
    message = said["message" if far else "message_plain"]
    style.say_message(ax, message.format(best=f"a {said[curves[0].name]}", n=len(when)))
    return ax


@style.styled
def plot_afterlife(
    found: Afterlife,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what is left of one touch if forgetting keeps its pace, and if it slows.

    Parameters
    ----------
    found
        What is left, month by month.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.forgetting.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=4.0)
    middle = len(found.power) // 2
    for key, left, colour, dashes, side in (
        ("slows", found.power, palette.FOUND, "-", 1),
        ("steady", found.exponential, palette.FOURTH, (0, (5, 2)), 1),
    ):
        ax.plot(found.months, 100 * left, color=colour, linestyle=dashes)
        ax.annotate(
            said[key],
            xy=(middle, 100 * left[middle]),
            xytext=(0, 8 * side),
            textcoords="offset points",
            color=colour,
            fontweight="bold",
        )
    ax.set(ylim=(0, 105), xticks=np.arange(0, len(found.power), 12))
    ax.set_xlabel(said["after_x"])
    style.say_y(ax, said["after_y"])
    if len(found.power) > 24:
        message = said["after_message"].format(
            power=100 * found.power[24], exponential=100 * found.exponential[24]
        )
    else:
        message = said["after_message_plain"]
    style.say_message(ax, message)
    return ax
