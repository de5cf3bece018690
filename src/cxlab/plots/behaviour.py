"""Pictures of loyal customers: corners, regulars, tenure and double jeopardy."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.behaviour import BrandModel, Held, Regulars, Tenure
from cxlab.behaviour.regulars import BEHAVIOURS
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "held_message": "Hard to leave lifts loyalty most where customers are not "
        "satisfied",
        "held_y": "loyalty, points, 1 low to 7 high",
        "held_free": "easy to leave",
        "held_held": "hard to leave",
        "held_low": "less satisfied",
        "held_high": "satisfied",
        "regulars_message": "Regulars stay and come often; a trip and a discount look "
        "alike",
        "regulars_x": "from least to most regular",
        "stayed": "still there, of 100",
        "spent": "dollars a week",
        "a_trip": "dollars a trip",
        "discount": "card takes off, %",
        "tenure_message": "The gap is there in the first month and does not grow",
        "tenure_y": "dollars in a month with a visit",
        "tenure_x": "month since first seen",
        "every": "came every month",
        "some": "missed a month",
        "brands_message": "Smaller brands have fewer buyers, who buy less often",
        "brands_x": "households that buy it, of 100",
        "brands_y": "purchases of each buyer in the year",
        "brands_curve": "size alone",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_held(
    held: Held, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw loyalty in four corners: satisfied or not, easy or hard to leave.

    Parameters
    ----------
    held
        From `cxlab.behaviour.held_by`; REAL customers, filled marks.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.behaviour.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    looks = {
        False: (palette.FOUND, "o", "held_free"),
        True: (palette.THIRD, "s", "held_held"),
    }
    for is_held, (colour, mark, name) in looks.items():
        rows = held.corners.loc[held.corners["held"] == is_held]
        at = rows["satisfied"].to_numpy(dtype=float) + (0.02 if is_held else -0.02)
        mean = rows["loyalty"].to_numpy()
        reach = np.abs(rows[["low", "high"]].to_numpy().T - mean)
        ax.errorbar(at, mean, yerr=reach, fmt=f"{mark}-", color=colour, ms=8)
        ax.annotate(
            said[name],
            (at[int(is_held)], mean[int(is_held)]),
            xytext=(10, 18) if is_held else (12, -20),
            textcoords="offset points",
            ha="right" if is_held else "left",
            color=colour,
            fontweight="bold",
        )
    ax.set_xlim(-0.25, 1.25)
    ax.set_ylim(3.6, 7)
    ax.set_xticks([0, 1], [said["held_low"], said["held_high"]])
    style.say_y(ax, said["held_y"])
    style.say_message(ax, said["held_message"])
    return ax


@style.styled
def plot_regulars(
    regulars: Regulars, *, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw what households did later, from the least to the most regular fifth.

    Parameters
    ----------
    regulars
        From `cxlab.behaviour.by_regularity`; REAL households, filled marks.
    words
        Replaces words of ``cxlab.plots.behaviour.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(2, 2, height=5.4, share_y=False)
    for panel, behaviour in zip(panels, BEHAVIOURS, strict=True):
        rows = regulars.means(behaviour)
        times = 100 if behaviour in {"stayed", "discount"} else 1
        mean = times * rows["estimate"].to_numpy()
        reach = np.abs(times * rows[["low", "high"]].to_numpy().T - mean)
        panel.errorbar(
            rows["group"], mean, yerr=reach, fmt="o-", color=palette.FOUND, ms=6
        )
        panel.set_ylim(0, 1.15 * float((mean + reach[1]).max()))
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        style.say_y(panel, said[behaviour])
    panels[2].set_xlabel(said["regulars_x"])
    style.say_message(panels[0], said["regulars_message"])
    return panels[0]


@style.styled
def plot_tenure(
    tenure: Tenure, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw spending by months since first seen, of those who kept coming and others.

    Parameters
    ----------
    tenure
        From `cxlab.behaviour.by_tenure`; REAL households, filled marks.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.behaviour.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    looks = {"every": (palette.FOUND, "o"), "some": (palette.THIRD, "s")}
    for group, (colour, mark) in looks.items():
        rows = tenure.of(group)
        ax.plot(rows["month"], rows["dollars"], f"{mark}-", color=colour, ms=6)
        ax.annotate(
            said[group],
            (rows["month"].iloc[0], rows["dollars"].iloc[0]),
            xytext=(0, 12),
            textcoords="offset points",
            color=colour,
            fontweight="bold",
        )
    ax.set_ylim(0, 1.25 * float(tenure.months["dollars"].max()))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_xlabel(said["tenure_x"])
    style.say_y(ax, said["tenure_y"])
    style.say_message(ax, said["tenure_message"])
    return ax


@style.styled
def plot_brands(
    brands: pd.DataFrame,
    model: BrandModel,
    *,
    real: bool,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw each brand's buyers and how often they buy it, and what size alone gives.

    Parameters
    ----------
    brands
        From `cxlab.behaviour.brand_table`.
    model
        Brands that differ in size alone: the planted truth, or a fit.
    real
        Whether the brands are REAL (filled marks) or made up (open marks).
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.behaviour.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    shares = np.geomspace(brands["share"].min() / 1.5, brands["share"].max() * 1.1, 40)
    curve = model.curve(shares)
    colour, dash = (palette.REST, "-") if real else (palette.INK, "--")
    ax.plot(100 * curve["buyers"], curve["per_buyer"], dash, color=colour, lw=1.8)
    ax.plot(
        100 * brands["buyers"],
        brands["per_buyer"],
        "o",
        color=palette.FOUND,
        markerfacecolor=palette.FOUND if real else "none",
        markeredgewidth=1.8,
        ms=8,
    )
    top = max(float(brands["per_buyer"].max()), float(curve["per_buyer"].max()))
    ax.annotate(
        said["brands_curve"],
        (100 * curve["buyers"].iloc[26], curve["per_buyer"].iloc[26]),
        xytext=(4, -16),
        textcoords="offset points",
        va="top",
        color=palette.MUTED if real else palette.INK,
    )
    ax.set_xlim(0, None)
    ax.set_ylim(0, 1.12 * top)
    ax.set_xlabel(said["brands_x"])
    style.say_y(ax, said["brands_y"])
    style.say_message(ax, said["brands_message"])
    return ax
