"""Pictures of the net promoter score: what a mean hides, what a margin promises."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from cxlab import palette
from cxlab.plots import style
from cxlab.surveys import CoverageCurve, Distribution, net_promoter

WORDS = MappingProxyType(
    {
        "mean_message": "The same mean of {mean:.0f}, and a score of {low:.0f} or of "
        "{high:.0f}",
        "bar": "{n:.0f} of 100",
        "mean_x": "answer, 0 bad to 10 good",
        "panel": "{name}: score {score:.0f}",
        "cover_message": "With {n} customers the textbook interval promises "
        "{level:.0f} of 100 and keeps {wald:.0f}",
        "cover_y": "of 100 intervals, hold the truth",
        "cover_x": "customers asked",
        "wald": "textbook",
        "adjusted": "three imaginary customers",
        "promise": "promised",
    }
)
_CLASSES = ((0, 6, "BOOK"), (7, 8, "REST"), (9, 10, "FOUND"))


@style.styled
def plot_same_mean(
    answers: Sequence[Distribution],
    *,
    names: Sequence[str],
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw answers from 0 to 10 side by side, invented ones, with their scores.

    Parameters
    ----------
    answers
        Distributions on the scale "nps".
    names
        One for each.
    ax
        Axes to draw on, for one distribution; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.promoters.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    panels = [ax] if ax else style.new_panels(len(answers), 1, height=4.2)
    scores = []
    for panel, found, name in zip(panels, answers, names, strict=True):
        people = found.counts.index.repeat(found.counts)
        scores.append(net_promoter(people, scale=found.scale.name).score)
        for low, high, colour in _CLASSES:
            part = found.shares.loc[low:high]
            part = part[part > 0]
            bars = panel.bar(
                part.index,
                100 * part,
                width=0.8,
                facecolor=palette.PAPER,
                edgecolor=getattr(palette, colour),
                hatch="" if colour == "REST" else "////",
                linewidth=1.8,
            )
            labels = [said["bar"].format(n=100 * share) for share in part]
            panel.bar_label(bars, labels, padding=3)
        panel.set(xticks=range(11), xlim=(-0.6, 10.9), ylim=(0, 128), yticks=[])
        panel.spines["left"].set_visible(False)
        panel.grid(visible=False)
        style.say_y(panel, said["panel"].format(name=name, score=scores[-1]))
    panels[-1].set_xlabel(said["mean_x"])
    style.say_message(
        panels[0],
        said["mean_message"].format(
            mean=answers[0].mean().estimate, low=min(scores), high=max(scores)
        ),
    )
    return panels[0]


@style.styled
def plot_coverage(
    curve: CoverageCurve,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how often both intervals keep their promise, by number of customers.

    Parameters
    ----------
    curve
        Exact coverage at several sizes.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.promoters.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=3.9)
    n = np.array(curve.n)
    ax.axhline(100 * curve.level, color=palette.INK, linestyle="--", lw=1.6)
    ax.plot(n, 100 * curve.wald, color=palette.FOURTH, marker="s", ms=4, mfc="white")
    ax.plot(n, 100 * curve.adjusted, color=palette.FOUND, marker="o", ms=4, mfc="white")
    bottom = 100 * curve.wald.min()
    ax.set(xlim=(n[0] - 2, n[-1] + 2), ylim=(min(bottom - 2, 84), 100.5))
    ax.yaxis.set_major_locator(MultipleLocator(5))
    ax.set_xlabel(said["cover_x"])
    style.say_y(ax, said["cover_y"])
    right: dict[str, Any] = {"ha": "right", "fontweight": "bold"}
    last = n[-1]
    floor = ax.get_ylim()[0]
    ax.annotate(
        said["wald"],
        xy=(last, floor + 0.45 * (100 * curve.level - floor)),
        color=palette.FOURTH,
        **right,
    )
    ax.annotate(said["adjusted"], xy=(last, 98), color=palette.FOUND, **right)
    style.say_message(
        ax,
        said["cover_message"].format(
            n=n[0], level=100 * curve.level, wald=100 * curve.wald[0]
        ),
    )
    return ax
