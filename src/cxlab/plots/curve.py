"""A picture of smooth curves: which of them flatten, and from where they began."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.surveys import Flattening

WORDS = MappingProxyType(
    {
        "message": "No kink anywhere: the curve flattens after {knee} from {flat} of "
        "{n} starting points",
        "x": "answer, 1 hard to 7 easy",
        "y": "loyal customers of 100",
        "flat": "flattens",
        "rises": "goes on rising",
    }
)


@style.styled
def plot_flattening(
    curves: Flattening,
    *,
    every: int = 6,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw curves with the same lift from many starts; those that flatten are blue.

    Parameters
    ----------
    curves
        One curve per starting point.
    every
        Draws every such curve, counted from the highest start.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.curve.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=4.2)
    flat = curves.flattens
    kept = np.arange(len(curves.starts))[::-1][::every]
    for i in kept:
        ax.plot(
            curves.answers,
            100 * curves.curves[i],
            color=palette.FOUND if flat[i] else palette.REST,
            linestyle="-" if flat[i] else (0, (4, 2)),
            lw=2.4 if flat[i] else 1.4,
        )
    ax.axvline(curves.knee, color=palette.HAIRLINE, lw=1.2, zorder=0)
    ax.set(ylim=(0, 108), yticks=[0, 25, 50, 75, 100], xticks=curves.answers)
    ax.set_xlabel(said["x"])
    for name, colour, these in (
        ("flat", palette.FOUND, [i for i in kept if flat[i]]),
        ("rises", palette.MUTED, [i for i in kept if not flat[i]]),
    ):
        if these:
            first = these[0] if name == "flat" else these[len(these) // 2]
            ax.annotate(
                said[name],
                xy=(curves.answers[2], 100 * curves.curves[first, 2]),
                xytext=(0, 6),
                textcoords="offset points",
                ha="center",
                color=colour,
                fontweight="bold",
                bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1},
            )
    style.say_y(ax, said["y"])
    style.say_message(
        ax,
        said["message"].format(knee=curves.knee, flat=flat.sum(), n=len(curves.starts)),
    )
    return ax
