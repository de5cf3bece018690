"""Pictures of the delivery gap: two lines on one curve, a ridge, a hundred firms."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.gap import Decomposition, FirmShares, PrintedGap, Ridge
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "curve_message": "{believe:.0f} of 100 firms believe, {deliver:.0f} of 100 "
        "deliver: {gap:.2f} standard deviations apart",
        "curve_x": "quality of firms, SD from the middle",
        "believe": "firms' line:\n{n:.0f} of 100\nabove it",
        "deliver": "customers'\nline: {n:.0f}\nof 100",
        "ridge_message": "Every point on the line prints the same {believe:.0f} and "
        "{deliver:.0f}: the two shares know only the sum",
        "ridge_x": "firms flatter themselves by, SD of quality",
        "ridge_y": "customers are stricter by, SD of quality",
        "all_strict": "nobody flatters:\ncustomers are strict",
        "all_flattery": "one line for all:\nfirms flatter\nthemselves",
        "found": "paired scores\nfind the point",
        "truth": "planted",
        "firms_message": "{mean:.0f} of 100 customers are happy, and {majority:.0f} of "
        "100 firms make most of theirs happy",
        "firms_x": "happy customers of the firm, of 100",
        "firms_y": "one mark for each of 100 firms",
        "half": "half",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_printed_gap(
    gap: PrintedGap, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw both printed shares as two lines across one bell curve of firms.

    Parameters
    ----------
    gap
        The two shares and their distance.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.gap.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    x = np.linspace(-3.4, 3.4, 400)
    height = np.exp(-(x**2) / 2)
    ax.plot(x, height, color=palette.INK, lw=1.6)
    lines = {}
    for name, share, shade in (
        ("believe", gap.believe.estimate, 0.18),
        ("deliver", gap.deliver.estimate, 0.85),
    ):
        line = lines[name] = float(_line(share))
        above = x >= line
        ax.fill_between(x[above], height[above], color=palette.BOOK, alpha=shade, lw=0)
        ax.vlines(line, 0, 1.12, colors=palette.BOOK, lw=2.2)
    font: dict[str, Any] = {"va": "bottom", "color": palette.BOOK, "fontweight": "bold"}
    n = 100 * gap.believe.estimate
    ax.text(
        lines["believe"] - 0.1, 1.0, said["believe"].format(n=n), ha="right", **font
    )
    n = 100 * gap.deliver.estimate
    ax.text(lines["deliver"] + 0.1, 1.0, said["deliver"].format(n=n), **font)
    ax.annotate(
        "",
        xy=(lines["deliver"], 1.08),
        xytext=(lines["believe"], 1.08),
        arrowprops={"arrowstyle": "<->", "color": palette.INK, "lw": 1.4},
    )
    middle = (lines["believe"] + lines["deliver"]) / 2
    distance = f"{gap.gap.estimate:.2f} SD"
    ax.text(middle, 1.11, distance, ha="center", va="bottom", fontweight="bold")
    ax.set(ylim=(0, 1.32), yticks=[], xlim=(-3.4, 3.4), xticks=range(-3, 4))
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["curve_x"])
    style.say_message(
        ax,
        said["curve_message"].format(
            believe=100 * gap.believe.estimate,
            deliver=100 * gap.deliver.estimate,
            gap=gap.gap.estimate,
        ),
    )
    return ax


def _line(share: float) -> float:
    """Return where a line must be drawn for so many firms to lie above it."""
    from scipy.special import ndtri

    return float(-ndtri(share))


@style.styled
def plot_ridge(
    ridge: Ridge,
    *,
    believe: float,
    deliver: float,
    found: Decomposition | None = None,
    truth: tuple[float, float] | None = None,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw all stories behind the two shares, and the one that paired scores find.

    Parameters
    ----------
    ridge
        Self-flattery and stricter line with their fixed sum.
    believe, deliver
        The two printed shares, 0-1, for the message.
    found
        Both parts from paired scores, with intervals.
    truth
        Planted flattery and stricter line, drawn dashed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.gap.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.6)
    total = ridge.total.estimate
    low, high = ridge.total.low or total, ridge.total.high or total
    flattery = np.linspace(0, high, 50)
    ax.fill_between(
        flattery,
        np.maximum(low - flattery, 0),
        high - flattery,
        color=palette.BOOK,
        alpha=0.2,
        lw=0,
    )
    ax.plot(ridge.flattery, ridge.threshold_gap, color=palette.BOOK)
    ax.plot([0, total], [total, 0], "s", color=palette.BOOK, ms=8, clip_on=False)
    offset: dict[str, Any] = {
        "textcoords": "offset points",
        "color": palette.BOOK,
        "annotation_clip": False,
    }
    edge = 1.28 * high
    ax.annotate(said["all_strict"], xy=(0, high), xytext=(8, 2), va="bottom", **offset)
    ax.annotate(
        said["all_flattery"],
        xy=(edge, 0.45),
        xytext=(0, 0),
        ha="right",
        va="bottom",
        **offset,
    )
    if truth is not None:
        dashed: dict[str, Any] = {"colors": palette.INK, "linestyles": "--", "lw": 1.4}
        ax.hlines(truth[1], 0, truth[0], **dashed)
        ax.vlines(truth[0], 0, truth[1], **dashed)
        ax.text(0.03, truth[1] + 0.03, said["truth"], va="bottom")
    if found is not None:
        _draw_found(ax, found, said["found"])
    ax.set(xlim=(0, edge), ylim=(0, edge), xticks=[0, 1, 2], yticks=[0, 1, 2])
    ax.set_xlabel(said["ridge_x"])
    style.say_y(ax, said["ridge_y"])
    style.say_message(
        ax, said["ridge_message"].format(believe=100 * believe, deliver=100 * deliver)
    )
    return ax


def _draw_found(ax: Axes, found: Decomposition, label: str) -> None:
    """Draw the point that paired scores find, open, with both intervals."""
    x, y = found.flattery.estimate, found.threshold_gap.estimate
    (left, right), (bottom, top), _ = found.summary()[["low", "high"]].to_numpy(float)
    ax.hlines(y, left, right, colors=palette.FOUND, lw=2.4)
    ax.vlines(x, bottom, top, colors=palette.FOUND, lw=2.4)
    ax.plot(
        x,
        y,
        "o",
        mec=palette.FOUND,
        mfc=palette.PAPER,
        ms=11,
        mew=2.4,
    )
    ax.annotate(
        label,
        xy=(x, y),
        xytext=(26, 24),
        textcoords="offset points",
        color=palette.FOUND,
        fontweight="bold",
        annotation_clip=False,
    )


@style.styled
def plot_firm_shares(
    firms: FirmShares, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw one hundred firms, stacked by their share of happy customers.

    Parameters
    ----------
    firms
        The curve of firms.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.gap.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    bins = np.floor((100 * firms.hundred - 2) / 4)  # so that one ends at the half
    heights: dict[float, int] = {}
    for share, place in zip(firms.hundred, bins, strict=True):
        heights[place] = heights.get(place, 0) + 1
        most = share > 0.5
        ax.plot(
            4 * place + 4,
            heights[place] - 0.5,
            "D" if most else "o",
            ms=8 if most else 7,
            mew=2.6 if most else 1.4,
            mec=palette.FOUND if most else palette.REST,
            mfc=palette.PAPER,
        )
    ax.axvline(50, color=palette.INK, lw=1.4)
    top = max(heights.values()) + 1
    ax.text(51, top, said["half"], va="top")
    ax.set(xlim=(0, 100), ylim=(0, top), yticks=[], xticks=range(0, 101, 25))
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["firms_x"])
    style.say_y(ax, said["firms_y"])
    style.say_message(
        ax,
        said["firms_message"].format(
            mean=100 * firms.mean, majority=100 * firms.majority
        ),
    )
    return ax
