"""A picture of ordinal coefficients beside the printed ones."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.surveys import OrdinalFit

WORDS = MappingProxyType(
    {
        "message": "{name}: the odds of a higher answer are {times:.1f} times as high",
        "x": "log odds of a higher answer",
        "y": "square: printed, dot: ours",
    }
)


@style.styled
def plot_ordinal(
    fit: OrdinalFit,
    *,
    printed: pd.Series | None = None,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw each coefficient with its interval, and the printed one beside it.

    Parameters
    ----------
    fit
        The ordinal model.
    printed
        Printed coefficients, by the same names.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.ordinal.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=3.8)
    table = fit.summary()
    rows = np.arange(len(table))
    ax.axvline(0, color=palette.MUTED, lw=1)
    ax.hlines(rows + 0.12, table["low"], table["high"], colors=palette.FOUND, lw=2)
    ax.plot(table["estimate"], rows + 0.12, "o", color=palette.FOUND, ms=8)
    if printed is not None:
        values = printed.loc[fit.coefficients.index]
        ax.plot(values, rows - 0.16, "s", color=palette.BOOK, ms=7)
    ax.set_yticks(rows, list(table["quantity"]))
    ax.set(ylim=(len(table) - 0.4, -0.6))
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(said["x"])
    style.say_y(ax, said["y"])
    top = int(table["estimate"].abs().to_numpy().argmax())
    style.say_message(
        ax,
        said["message"].format(
            name=table["quantity"][top], times=np.exp(table["estimate"][top])
        ),
    )
    return ax
