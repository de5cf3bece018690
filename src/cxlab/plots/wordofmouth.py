"""Pictures of word of mouth: two blocks of words, chains, and a slope year by year."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cxlab import palette
from cxlab.plots import style
from cxlab.simulate.growth import GrowthWorld
from cxlab.simulate.wordofmouth import TellingWorld
from cxlab.wordofmouth import Chains, Tellings, WindowSlopes, mean_size, size_share

WORDS = MappingProxyType(
    {
        "blocks_message": "Bad news is told {told:.1f} times as often, and still "
        "fills the smaller block",
        "blocks_message_larger": "Bad news is told {told:.1f} times as often, and "
        "fills the larger block",
        "blocks_x": "experiences, of 100",
        "blocks_y": "people told of one experience",
        "good": "good words\n{share:.0f} of 100",
        "bad": "bad\n{share:.0f}",
        "truth": "planted truth",
        "chains_message": "Of 100 chains {alone:.0f} end at once; the one you hear "
        "about has {longest:,}",
        "chains_x": "customers in the chain",
        "chains_y": "chains",
        "longest": "you hear\nabout this",
        "mean": "mean {mean:.2f}",
        "windows_message": "Three worlds share the slope of one year; they part where "
        "nobody looked",
        "windows_x": "year of growth, from the survey",
        "windows_y": "growth, % for each point of the score",
        "printed": "printed\n{slope:.3f}",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_two_blocks(
    tellings: Tellings,
    *,
    truth: TellingWorld | None = None,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw good and bad words as two blocks: how common times how often told.

    Parameters
    ----------
    tellings
        The counts; the area of a block is its words.
    truth
        The world they were drawn from, dashed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.wordofmouth.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    cut = 100 * tellings.share_good
    heard = 100 * tellings.told_good / (tellings.told_good + tellings.told_bad)
    _block(ax, (0, cut), tellings.tell_good, palette.FOUND, "////")
    _block(ax, (cut, 100), tellings.tell_bad, palette.FOURTH, "\\\\\\\\")
    _name_block(ax, (0, cut), tellings.tell_good, said["good"], heard)
    _name_block(ax, (cut, 100), tellings.tell_bad, said["bad"], 100 - heard)
    tallest = max(tellings.tell_good, tellings.tell_bad)
    if truth is not None:
        edge = 100 * truth.share_good
        x = [0, edge, edge, 100, 100]
        y = [truth.tell_good, truth.tell_good, truth.tell_bad, truth.tell_bad, 0]
        ax.plot(x, y, color=palette.INK, ls="--", lw=1.6)
        ax.annotate(
            said["truth"],
            xy=(0, truth.tell_good),
            xytext=(4, 5),
            textcoords="offset points",
        )
    ax.set(xlim=(-1, 101), ylim=(0, 1.12 * tallest))
    ax.set_xlabel(said["blocks_x"])
    style.say_y(ax, said["blocks_y"])
    larger = tellings.told_bad > tellings.told_good
    message = said["blocks_message_larger" if larger else "blocks_message"]
    style.say_message(ax, message.format(told=tellings.told.estimate))
    return ax


def _block(
    ax: Axes, ends: tuple[float, float], height: float, colour: str, hatch: str
) -> None:
    """Draw one open block; it was made up, so it is hatched."""
    low, high = ends
    ax.add_patch(
        Rectangle(
            (low, 0),
            high - low,
            height,
            facecolor=palette.PAPER,
            edgecolor=colour,
            hatch=hatch,
            lw=2,
        )
    )


def _name_block(
    ax: Axes, ends: tuple[float, float], height: float, text: str, share: float
) -> None:
    """Write in a block how many of 100 words it holds."""
    ax.text(
        sum(ends) / 2,
        height / 2,
        text.format(share=share),
        ha="center",
        va="center",
        fontweight="bold",
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 3},
    )


@style.styled
def plot_chain_sizes(
    chains: Chains,
    *,
    reach: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many chains have each size, beside what the formula expects.

    Parameters
    ----------
    chains
        The chains that were counted; open marks.
    reach
        The planted truth: new customers for each customer; its shares are dashed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.wordofmouth.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    sizes = np.arange(1, chains.longest + 1)
    expected = chains.begun * size_share(sizes, reach=reach)
    ax.plot(sizes, expected, color=palette.INK, ls="--", lw=1.6)
    sizes_seen, many = zip(*chains.counts.items(), strict=True)
    ax.plot(
        sizes_seen,
        many,
        "o",
        mec=palette.FOUND,
        mfc=palette.PAPER,
        mew=2,
        ms=7,
    )
    ax.axvline(mean_size(reach), color=palette.MUTED, lw=1)
    ax.annotate(
        said["mean"].format(mean=chains.mean.estimate),
        xy=(mean_size(reach), chains.begun),
        xytext=(6, 4),
        textcoords="offset points",
        va="bottom",
        color=palette.MUTED,
    )
    ax.annotate(
        said["longest"],
        xy=(chains.longest, chains.counts[chains.longest]),
        xytext=(4, 34),
        textcoords="offset points",
        ha="right",
        arrowprops={"arrowstyle": "-", "color": palette.FOUND},
        va="bottom",
        color=palette.FOUND,
        fontweight="bold",
    )
    k = min(len(sizes) - 1, max(1, len(sizes) // 3))
    ax.annotate(
        said["truth"],
        xy=(sizes[k], expected[k]),
        xytext=(8, 6),
        textcoords="offset points",
    )
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(yscale="log", ylim=(0.5, 2.4 * chains.begun))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    ax.yaxis.set_minor_formatter(FuncFormatter(lambda *_: ""))
    ax.set_xlabel(said["chains_x"])
    style.say_y(ax, said["chains_y"])
    style.say_message(
        ax,
        said["chains_message"].format(
            alone=100 * chains.alone.estimate, longest=chains.longest
        ),
    )
    return ax


@style.styled
def plot_growth_windows(
    slopes: Mapping[str, WindowSlopes],
    *,
    truths: Mapping[str, GrowthWorld],
    printed: float,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw growth for each point of the score, year by year, one panel a world.

    Parameters
    ----------
    slopes
        The slopes found, by the letter of the world; open marks with intervals.
    truths
        The worlds; their slopes are dashed.
    printed
        The slope that a study prints for the year before its survey.
    words
        Replaces words of ``cxlab.plots.wordofmouth.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(1, len(slopes), height=3.8)
    for ax, (letter, found) in zip(panels, slopes.items(), strict=True):
        years = [w - 0.5 for w in found.windows]
        truth = [truths[letter].slope_at(w) for w in found.windows]
        ax.axvspan(0, max(years) + 0.6, color=palette.WASH, zorder=0)
        ax.plot(years, truth, color=palette.INK, ls="--", lw=1.4, zorder=1)
        for x, one in zip(years, found.slopes.values(), strict=True):
            ax.vlines(x, one.low or 0, one.high or 0, colors=palette.FOUND, lw=2)
            ax.plot(
                x, one.estimate, "o", mec=palette.FOUND, mfc=palette.PAPER, mew=2, ms=8
            )
        ax.plot(-0.5, printed, "s", color=palette.BOOK, ms=7, zorder=4)
        ax.set_title(f"\n{letter}", fontweight="bold")
        ends = min(found.windows), max(found.windows)
        ax.set(xlim=(years[0] - 0.6, years[-1] + 0.6), xticks=[years[0], years[-1]])
        ax.set_xticklabels([f"{ends[0] - 1:+d}", f"{ends[1]:+d}"])
    tops = [one.high or 0 for found in slopes.values() for one in found.slopes.values()]
    panels[0].set(ylim=(-0.09, 1.2 * max(tops)), yticks=[0, 0.1, 0.2])
    panels[0].text(
        0.03,
        0.02,
        said["printed"].format(slope=printed),
        transform=panels[0].transAxes,
        color=palette.BOOK,
        fontweight="bold",
    )
    style.figure_of(panels[0]).supxlabel(said["windows_x"], fontsize=palette.FIGURE_PT)
    # as words over the first panel alone, it would squeeze the others on a phone
    panels[0].annotate(
        said["windows_y"],
        xy=(0, 1),
        xycoords="axes fraction",
        xytext=(0, 20),
        textcoords="offset points",
        color=palette.MUTED,
    ).set_in_layout(False)
    style.say_message(panels[0], said["windows_message"])
    return panels[0]
