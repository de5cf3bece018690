"""A picture of a share that jumps, with a step and a straight line drawn through it."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.steps import StepOrLine

WORDS = MappingProxyType(
    {
        "message": "In an invented table, {below:.0f} of 100 leave below {at} calls "
        "and {above:.0f} of 100 from there on",
        "x": "calls to customer service",
        "y": "customers who left, of 100",
        "step": "step",
        "line": "line",
    }
)


@style.styled
def plot_step_or_line(
    shape: StepOrLine,
    *,
    least: int = 10,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the share that left by number of calls, with two curves through it.

    Parameters
    ----------
    shape
        Shares, intervals and curves.
    least
        Numbers of calls made by fewer customers are left out of the picture.
    real
        True fills the marks; False leaves them open.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.steps.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=3.8)
    kept = np.array(shape.sizes) >= least
    if not kept.any():
        raise ValueError(
            f"least={least}: no number of calls was made by so many customers (at most "
            f"{max(shape.sizes)}). Give a smaller number."
        )
    x = np.array(shape.values)[kept]
    low, high = (100 * end[kept] for end in shape.limits)
    step, line = (100 * np.array(shape.fitted[name])[kept] for name in ("step", "line"))
    ax.step(x, step, where="mid", color=palette.FOUND)
    ax.plot(x, line, color=palette.REST, linestyle="--")
    ax.vlines(x, low, high, colors=palette.INK, lw=1.6)
    fill = palette.INK if real else palette.PAPER
    ax.plot(x, 100 * shape.shares[kept], "o", mec=palette.INK, mfc=fill, ms=8)
    at = max(int(np.searchsorted(x, shape.at)) - 1, 0)
    places = ((step, "step", palette.FOUND, -16), (line, "line", palette.MUTED, 8))
    for y, name, colour, up in places:
        ax.annotate(
            said[name],
            xy=(x[at], y[at]),
            xytext=(0, up),
            textcoords="offset points",
            ha="center",
            color=colour,
            fontweight="bold",
        )
    ax.set(ylim=(0, 100), xticks=x)
    ax.set_xlabel(said["x"])
    style.say_y(ax, said["y"])
    style.say_message(
        ax,
        said["message"].format(
            below=100 * shape.below, above=100 * shape.above, at=shape.at
        ),
    )
    return ax
