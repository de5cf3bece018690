"""A picture of a ratio that depends on where customers start."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.simulate.change import RatioByShift, shift_for_ratio

WORDS = MappingProxyType(
    {
        "message": "Near the top of the scale, a drop of {drop:.2f} points makes it "
        "{printed:g} to 1",
        "x": "shift, points of 7 (left: loyalty falls)",
        "y": "less loyal for each more loyal (log scale)",
        "start": "start at {start:g}",
        "printed": "the book: {printed:g}",
    }
)
TICKS = (0.5, 1, 2, 4, 8, 16)


@style.styled
def plot_ratio_by_shift(
    curves: RatioByShift,
    *,
    printed: float = 4.0,
    drawn: Sequence[tuple[float, Estimate]] = (),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many become less loyal for each who becomes more loyal.

    Parameters
    ----------
    curves
        Exact ratios by shift, one curve per start.
    printed
        The ratio that the book prints.
    drawn
        Pairs of a shift and the ratio found in a drawn sample, with its interval.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.change.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=4.0)
    top = max(curves.starts)
    for start, ratios, colour, line in zip(
        curves.starts, curves.ratios, palette.SERIES[::2], ("-", "-."), strict=False
    ):
        ax.plot(curves.shifts, ratios, color=colour, linestyle=line)
        place = int(np.argmin(np.abs(curves.shifts + (0.33 if start == top else 0.12))))
        ax.annotate(
            said["start"].format(start=start),
            xy=(curves.shifts[place], ratios[place]),
            xytext=(4, 4) if start == top else (-4, -4),
            textcoords="offset points",
            ha="left" if start == top else "right",
            va="bottom" if start == top else "top",
            color=colour,
            fontweight="bold",
        )
    ax.axhline(printed, color=palette.BOOK, lw=1.6)
    ax.annotate(
        said["printed"].format(printed=printed),
        xy=(curves.shifts.max(), printed),
        xytext=(0, 4),
        textcoords="offset points",
        ha="right",
        color=palette.BOOK,
        fontweight="bold",
    )
    for shift, found in drawn:
        ax.vlines(shift, found.low or 0, found.high or 0, colors=palette.INK, lw=1.6)
        ax.plot(shift, found.estimate, "o", mec=palette.INK, mfc=palette.PAPER, ms=7)
    ax.set_yscale("log")
    ax.set_yticks(TICKS, [f"{t:g}" for t in TICKS])
    ax.set_yticks([], minor=True)
    ax.set_ylim(min(0.6, 0.8 * curves.ratios.min()), 1.3 * curves.ratios.max())
    ax.set_xticks([-0.4, -0.2, 0])
    ax.set_xlabel(said["x"])
    style.say_y(ax, said["y"])
    drop = -shift_for_ratio(printed, start=top).shift
    style.say_message(ax, said["message"].format(drop=drop, printed=printed))
    return ax
