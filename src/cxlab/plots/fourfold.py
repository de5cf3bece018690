"""A picture of two printed shares whose summary moves with a figure nobody printed."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.fourfold import BaseRateCurve
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "message": "The same two shares explain {most:.0%} or {least:.0%}: it depends "
        "on how many are satisfied",
        "x": "satisfied customers, of 100 (not printed)",
        "y": "0 no link to 1 no exceptions",
        "latent": "latent correlation",
        "phi": "share explained",
    }
)


@style.styled
def plot_base_rate(
    curve: BaseRateCurve,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what one pair of shares comes to, by the share of satisfied customers.

    Parameters
    ----------
    curve
        The same two shares at many base rates.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.fourfold.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=3.6)
    x = 100 * curve.share_satisfied
    lines = (
        (curve.latent_correlation, said["latent"], palette.THIRD, "-."),
        (curve.phi_squared, said["phi"], palette.FOUND, "-"),
    )
    for y, name, colour, line in lines:
        ax.plot(x, y, color=colour, linestyle=line)
        middle = int(np.argmin(np.abs(x - 50)))
        ax.annotate(
            name,
            xy=(x[middle], y[middle]),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            color=colour,
            fontweight="bold",
        )
    ax.set(ylim=(0, 1), xlim=(0, 100), xticks=[0, 25, 50, 75, 100])
    ax.set_xlabel(said["x"])
    style.say_y(ax, said["y"])
    phi = curve.phi_squared
    style.say_message(ax, said["message"].format(most=phi.max(), least=phi.min()))
    return ax
