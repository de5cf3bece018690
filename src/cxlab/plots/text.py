"""Pictures of words: how they lean, what a score reads, how often it is right."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.text import HeldOut, WordCounts

WORDS = MappingProxyType(
    {
        "words_message": "The delighted write “{delight}”, the others “{pain}”",
        "words_x": "times as often, per word written",
        "more_others": "the others",
        "more_delighted": "the delighted",
        "length_message": "Of 100 reviews that the {naive} call unhappy, {x:.0f} stand "
        "in the longest fifth",
        "length_x": "words in a review, middle of each fifth",
        "length_y": "called unhappy, of 100",
        "really": "really",
        "accuracy_message": "Counting words is right for {best:.0f} of 100 reviews; "
        "saying “delighted” of all, for {base:.0f}",
        "accuracy_x": "called rightly, of 100 reviews",
        "base": "no score",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_words(
    counted: WordCounts,
    shown: Sequence[str],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how words lean, to delight or to pain, each with its interval.

    Parameters
    ----------
    counted
        The counted reviews.
    shown
        The words to draw; they are sorted by how they lean.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.text.WORDS``.
    """
    said = _words(words)
    table = pd.DataFrame(
        {"lean": counted.leans(), "reach": counted.lean_reach()}, index=counted.words
    ).loc[list(shown)]
    table = table.sort_values("lean", kind="stable", ascending=False)
    ax = style.new_axes(ax, height=1.5 + 0.3 * len(table))
    for row, (lean, reach) in enumerate(
        zip(table["lean"], table["reach"], strict=True)
    ):
        happy = lean > 0
        colour = palette.FOUND if happy else palette.FOURTH
        ax.hlines(-row, lean - reach, lean + reach, colors=colour, lw=2)
        ax.plot(lean, -row, "o" if happy else "D", color=colour, markersize=7)
    ax.axvline(0, color=palette.INK, lw=1)
    ax.set_yticks([-k for k in range(len(table))], [str(w) for w in table.index])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    far = float(np.ceil((table["lean"].abs() + table["reach"]).max()))
    ticks = np.arange(-far, far + 1)
    ax.set_xticks(ticks, [f"{2 ** abs(t):.0f}" for t in ticks])
    ax.set(xlim=(-far - 0.2, far + 0.2), ylim=(-len(table) + 0.3, 0.9))
    ax.set_xlabel(said["words_x"])
    sides: tuple[tuple[str, float, str], ...] = (
        ("more_others", 0.02, palette.FOURTH),
        ("more_delighted", 0.98, palette.FOUND),
    )
    for name, x, colour in sides:
        ax.text(
            x,
            1.01,
            said[name],
            transform=ax.transAxes,
            color=colour,
            ha="left" if x < 0.5 else "right",
            va="bottom",
            fontweight="bold",
        )
    ends = {"delight": str(table.index[0]), "pain": str(table.index[-1])}
    style.say_message(ax, said["words_message"].format(**ends))
    return ax


@style.styled
def plot_by_length(
    table: pd.DataFrame,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many are called unhappy, from the shortest reviews to the longest.

    Parameters
    ----------
    table
        As from ``cxlab.text.by_length``: words, really, and a column for each score;
        first the naive score, then the fair one.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.text.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    places = np.arange(len(table))
    looks = {"really": (palette.INK, "s", "-")}
    names = [name for name in table if name not in ("words", "really")]
    styles = ((palette.FOURTH, "D", "-."), (palette.FOUND, "o", "-"))
    looks |= {str(n): look for n, look in zip(names, styles, strict=True)}
    ends = {name: 100 * float(table[name].iloc[-1]) for name in looks}
    heights = _apart(ends, gap=6.0)
    for name, (colour, marker, line) in looks.items():
        values = 100 * table[name]
        ax.plot(places, values, line, color=colour, marker=marker, markersize=8)
        style.label_end(
            ax, places[-1] + 0.05, heights[name], said.get(name, name), colour=colour
        )
    ax.set_xticks(places, [f"{n:.0f}" for n in table["words"]])
    ax.set(ylim=(0, 1.25 * max(100 * table[n].max() for n in looks)))
    ax.set_xlim(-0.2, len(table) - 0.1)
    ax.set_xlabel(said["length_x"])
    style.say_y(ax, said["length_y"])
    naive = table[names[0]]
    share = 100 * naive.iloc[-1] / naive.sum()
    message = said["length_message"].format(naive=names[0], x=share)
    style.say_message(ax, message)
    return ax


def _apart(ends: Mapping[str, float], *, gap: float) -> dict[str, float]:
    """Move labels up until no two are closer than the gap."""
    placed: dict[str, float] = {}
    for name in sorted(ends, key=lambda key: ends[key]):
        highest = max(placed.values(), default=-gap)
        placed[name] = max(ends[name], highest + gap)
    return placed


@style.styled
def plot_accuracy(
    found: Sequence[HeldOut],
    *,
    unfair: Collection[str] = (),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how often each score is right, beside having no score at all.

    Parameters
    ----------
    found
        One row each, the first on top.
    unfair
        Names of those that were tried on what they had learned from; drawn grey.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.text.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=1.5 + 0.6 * len(found))
    fair = [one for one in found if one.name not in unfair]
    for row, one in enumerate(found):
        grey = one.name in unfair
        colour = palette.REST if grey else palette.FOUND
        share = one.accuracy
        assert share.low is not None
        assert share.high is not None
        ax.hlines(-row, 100 * share.low, 100 * share.high, colors=colour, lw=2.4)
        marker = "D" if grey else "o"
        ax.plot(100 * share.estimate, -row, marker, color=colour, markersize=9)
    base = 100 * fair[-1].base
    ax.axvline(base, color=palette.INK, lw=1.6)
    ax.annotate(
        said["base"],
        xy=(base, 0.62),
        xytext=(-5, 0),
        textcoords="offset points",
        ha="right",
        va="center",
    )
    ax.set_yticks([-k for k in range(len(found))], [one.name for one in found])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set(xlim=(45, 100), ylim=(-len(found) + 0.5, 0.9))
    ax.set_xlabel(said["accuracy_x"])
    best = max(fair, key=lambda one: one.accuracy.estimate)
    message = said["accuracy_message"].format(
        best=100 * best.accuracy.estimate, base=100 * best.base
    )
    style.say_message(ax, message)
    return ax
