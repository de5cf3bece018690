"""Pictures of branches and people: lines that cross, parts of 100, a pulled league."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator, ScalarFormatter

from cxlab import palette
from cxlab.levels import Components, League, Levels, slopes
from cxlab.plots import style
from cxlab.plots.forest import Series, forest

WORDS = MappingProxyType(
    {
        "branches_message_cross": "Between branches the line rises, inside each it "
        "falls",
        "branches_message_same": "Between branches the line is {between:.1f} steep, "
        "inside them {within:.1f}",
        "branches_x": "minutes with an adviser",
        "branches_y": "loyalty, points of 100, high is loyal",
        "branch": "a branch's mean",
        "customer": "a customer",
        "levels_message": "Means of branches go together more closely than people do",
        "levels_message_not": "Means of branches do not always go together more "
        "closely than people",
        "levels_x": "correlation, from -1 to 1",
        "among people": "among people",
        "between branches": "between branches",
        "inside a branch": "inside a branch",
        "components_message": "Of 100 parts of the differences, {n} the {name}'s",
        "components_few": "less than one is",
        "components_many": "{n:.0f} are",
        "components_x": "parts of 100",
        "printed": "printed",
        "found": "found",
        "funnel_message": "Half of the best {k} have at most {few:.0f} marks; half of "
        "all have at most {all:.0f}",
        "funnel_x": "marks, a log scale",
        "funnel_y": "mean mark, 1 poor to 5 very good",
        "luck": "grey: 19 of 20, if it\nwere luck alone",
        "league_message": "Luck taken off, {stay} of the best {k} stay among the "
        "best {k}",
        "league_x": "mean mark, 1 poor to 5 very good",
        "raw": "raw",
        "shrunken": "luck taken off",
        "middle": "all",
        "marks": "{n} marks",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_branches(
    drawn: pd.DataFrame,
    *,
    x: str = "minutes",
    y: str = "loyalty",
    groups: str = "branch",
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw customers, a short line inside each branch, and one through the means.

    Parameters
    ----------
    drawn
        One row per customer, GENERATED: open marks.
    x, y, groups
        Its columns.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.levels.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.8)
    found = slopes(drawn[x], drawn[y], drawn[groups])
    ax.plot(
        drawn[x],
        drawn[y],
        "o",
        ms=3,
        mfc="none",
        mec=palette.HAIRLINE,
        mew=0.9,
        zorder=1,
    )
    by = drawn.groupby(groups)[[x, y]]
    means, half = by.mean(), drawn.groupby(groups)[x].std()
    for (across, up), reach in zip(means.to_numpy(), half, strict=True):
        ends = np.array([-reach, reach])
        ax.plot(
            across + ends,
            up + found.within * ends,
            color=palette.THIRD,
            lw=1.3,
            zorder=2,
        )
    ax.plot(
        means[x],
        means[y],
        "o",
        ms=7,
        mfc=palette.PAPER,
        mec=palette.FOUND,
        mew=1.8,
        zorder=4,
    )
    ends = np.array([means[x].min() - 0.5, means[x].max() + 0.5])
    line = drawn[y].mean() + found.between * (ends - drawn[x].mean())
    ax.plot(ends, line, color=palette.FOUND, zorder=3)
    _name(ax, (ends[1], line[1]), said["between branches"], palette.FOUND, above=True)
    last = int(means[y].to_numpy().argmin())
    reach = float(half.iloc[last])
    across, up = means.to_numpy()[last]
    end = across + reach, up + found.within * reach
    _name(ax, end, said["inside a branch"], palette.THIRD, above=False)
    low, high = np.quantile(drawn[x], [0.005, 0.995])
    ax.set(xlim=(low, high), ylim=np.quantile(drawn[y], [0.02, 0.985]))
    ax.set_xlabel(said["branches_x"])
    style.say_y(ax, said["branches_y"])
    key = "cross" if found.between > 0 > found.within else "same"
    message = said[f"branches_message_{key}"].format(
        between=found.between, within=found.within
    )
    style.say_message(ax, message)
    return ax


def _name(
    ax: Axes, at: tuple[float, float], name: str, colour: str, *, above: bool
) -> None:
    ax.annotate(
        name,
        xy=at,
        xytext=(8, 9) if above else (0, -6),
        textcoords="offset points",
        ha="right" if above else "center",
        va="bottom" if above else "top",
        color=colour,
        fontweight="bold",
        zorder=5,
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1, "alpha": 0.85},
    )


@style.styled
def plot_levels(
    found: Mapping[str, Levels],
    *,
    printed: str = "",
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw one link at three levels, for one table or for two beside each other.

    Parameters
    ----------
    found
        The three correlations of each table, by the name that stands over them.
    printed
        Which of the tables is a PUBLISHED TABLE: filled squares, in orange.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.levels.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    shifts = np.linspace(-0.14, 0.14, len(found)) if len(found) > 1 else [0.0]
    series = [
        Series(
            table=one.summary(),
            name=name,
            colour=palette.BOOK if name == printed else palette.FOUND,
            marker="s" if name == printed else "o",
            shift=float(shift),
        )
        for (name, one), shift in zip(found.items(), shifts, strict=True)
    ]
    tables = [one.table.fillna({"low": one.table["estimate"]}) for one in series]
    names = [said[name] for name in tables[0]["quantity"]]
    forest(ax, names, series)
    ax.set_xlim(-1, max(0.5, *(t["high"].max() + 0.05 for t in tables)))
    ax.set_xlabel(said["levels_x"])
    closer = all(abs(one.between) > abs(one.people) for one in found.values())
    style.say_message(ax, said["levels_message" if closer else "levels_message_not"])
    return ax


@style.styled
def plot_components(
    found: Components,
    *,
    printed: pd.Series | None = None,
    least: str,
    names: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how the differences between marks divide, REAL: filled bars.

    Parameters
    ----------
    found
        The components.
    printed
        Their variances as printed, by factor: filled squares, in orange.
    least
        The factor of the message.
    names
        What a factor is called in the picture.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.levels.WORDS``.
    """
    said, called = _words(words), dict(names or {})
    ax = style.new_axes(ax, height=3.4)
    parts = 100 * found.shares
    rows = np.arange(len(parts))
    colours = [
        palette.REST if name == "rest" else palette.FOUND for name in parts.index
    ]
    ax.barh(rows, parts, height=0.5, color=colours)
    beside = parts.copy()
    if printed is not None:
        squares = 100 * printed[parts.index] / printed.sum()
        ax.plot(
            squares,
            rows,
            "s",
            color=palette.BOOK,
            ms=8,
            ls="none",
            zorder=4,
            mec=palette.PAPER,
        )
        top = len(parts) - 1
        ax.annotate(
            said["printed"],
            xy=(squares.iloc[top], top),
            xytext=(-8, -15),
            textcoords="offset points",
            ha="right",
            va="top",
            color=palette.BOOK,
            annotation_clip=False,
        )
        beside = pd.concat([parts, squares], axis=1).max(axis=1)
    for row, (part, end) in enumerate(zip(parts, beside, strict=True)):
        ax.annotate(
            f"{part:.1f}",
            xy=(end, row),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontweight="bold",
        )
    ax.set_yticks(rows, [called.get(name, name) for name in parts.index])
    ax.set(ylim=(len(parts) - 0.3, -0.6), xlim=(0, 1.14 * parts.max()))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["components_x"])
    few = said["components_few" if parts[least] < 1 else "components_many"]
    message = said["components_message"].format(
        n=few.format(n=parts[least]), name=called.get(least, least)
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_funnel(
    league: League,
    *,
    k: int = 10,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw every group's mean over its number of answers, and what luck alone does.

    Parameters
    ----------
    league
        REAL: filled marks.
    k
        How many of the best are circled.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.levels.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.6)
    table, middle = league.table, league.middle
    at = np.geomspace(table["answers"].min(), table["answers"].max(), 60)
    reach = 1.96 * np.sqrt(league.icc.within / at)
    ax.fill_between(at, middle - reach, middle + reach, color=palette.HAIRLINE, lw=0)
    ax.axhline(middle, color=palette.REST, lw=1.4)
    ax.plot(
        table["answers"],
        table["mean"],
        "o",
        ms=3.6,
        color=palette.FOUND,
        alpha=0.55,
        mew=0,
    )
    best = league.top(k)
    ax.plot(
        best["answers"], best["mean"], "o", ms=9, mfc="none", mec=palette.INK, mew=1.6
    )
    ax.set_xscale("log")
    ax.xaxis.set_major_locator(FixedLocator([10, 20, 50, 100, 200, 500]))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(ScalarFormatter())
    ax.annotate(
        said["luck"],
        xy=(1, 0),
        xycoords="axes fraction",
        xytext=(-4, 4),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color=palette.MUTED,
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1},
    )
    ax.set_xlabel(said["funnel_x"])
    style.say_y(ax, said["funnel_y"])
    message = said["funnel_message"].format(
        k=k, few=best["answers"].median(), all=table["answers"].median()
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_league(
    league: League,
    *,
    k: int = 10,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the best k of the raw table, and what is left of each with luck taken off.

    Parameters
    ----------
    league
        REAL: filled marks.
    k
        How many.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.levels.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=1.4 + 0.36 * k)
    best, rows = league.top(k), np.arange(k)
    ax.hlines(rows, best["shrunken"], best["mean"], color=palette.HAIRLINE, lw=3)
    reach = 1.96 * best["sd"]
    ax.hlines(
        rows,
        best["shrunken"] - reach,
        best["shrunken"] + reach,
        color=palette.FOUND,
        lw=1.6,
        zorder=2,
    )
    ax.plot(best["mean"], rows, "o", ms=7, color=palette.REST, zorder=3)
    ax.plot(best["shrunken"], rows, "o", ms=8, color=palette.FOUND, zorder=4)
    ax.axvline(league.middle, color=palette.MUTED, lw=1.4)
    above = ax.get_xaxis_transform()
    raw, pulled = best["mean"].iloc[0], best["shrunken"].iloc[0]
    font: dict[str, Any] = {"transform": above, "va": "bottom"}
    ax.text(
        league.middle, 1.01, said["middle"], ha="center", color=palette.MUTED, **font
    )
    ax.text(pulled, 1.01, said["shrunken"], ha="right", color=palette.FOUND, **font)
    ax.text(raw, 1.01, said["raw"], ha="left", color=palette.MUTED, **font)
    ax.set_yticks(rows, [said["marks"].format(n=n) for n in best["answers"]])
    ax.set(ylim=(k - 0.4, -0.7))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["league_x"])
    stay = int((best["place by shrunken"] <= k).sum())
    style.say_message(ax, said["league_message"].format(stay=stay, k=k))
    return ax
