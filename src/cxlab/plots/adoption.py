"""Pictures of a market that fills up: three fits of it, and how early it shows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from cxlab import palette
from cxlab.plots import style
from cxlab.simulate.adoption import SizesFound
from cxlab.wordofmouth import BassFit

WORDS = MappingProxyType(
    {
        "fits_message": "One series, three fits: the share who buy by themselves "
        "differs {ratio:.1f}-fold",
        "fits_y": "sales, thousands a year",
        "fits_x": "year",
        "fit": "{method}: p = {p:.4f}",
        "sizes_message": "Before the peak the market could hold almost anything",
        "sizes_y": "estimated buyers, thousands",
        "sizes_x": "years observed",
        "truth": "planted truth",
        "peak": "sales peak",
    }
)
_LOOKS = (
    (palette.REST, "-", 5.5),
    (palette.FOUND, "-.", 2.2),
    (palette.FOURTH, ":", 2.6),
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_three_fits(
    sales: Sequence[float],
    fits: Sequence[BassFit],
    *,
    first: int,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a printed series of sales and the curves that were fitted to it.

    Parameters
    ----------
    sales
        Sales per year; filled squares, for they are printed.
    fits
        One, two or three fits.
    first
        The first year of the series.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.adoption.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.1)
    years = first + np.arange(len(sales))
    for fit, (colour, dash, width) in zip(fits, _LOOKS, strict=False):
        name = said["fit"].format(method=fit.method, p=fit.curve.p)
        ax.plot(years, fit.fitted, dash, color=colour, lw=width, label=name)
    ax.plot(years, sales, "s", color=palette.BOOK, ms=8, zorder=4)
    ax.set(ylim=(0, 1.5 * max(sales)), xticks=years[::3])
    ax.legend(loc="upper left", borderaxespad=0, handlelength=2.4)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    ax.set_xlabel(said["fits_x"])
    style.say_y(ax, said["fits_y"])
    shares = [fit.curve.p for fit in fits]
    style.say_message(ax, said["fits_message"].format(ratio=max(shares) / min(shares)))
    return ax


@style.styled
def plot_before_peak(
    sizes: SizesFound,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what markets of one truth are thought to hold, as the years go by.

    Parameters
    ----------
    sizes
        Estimates by years observed; the middle half of the markets is drawn bold.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.adoption.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.1)
    truth = sizes.market.m / 1000
    ax.axvspan(0, sizes.market.peak, color=palette.WASH, zorder=0)
    ax.axhline(truth, color=palette.INK, ls="--", lw=1.6, zorder=1)
    for years, found in sizes.found.items():
        outer = np.quantile(found, [0.05, 0.95]) / 1000
        low, middle, high = (x / 1000 for x in sizes.quartiles(years))
        ax.vlines(years, outer[0], outer[1], colors=palette.FOUND, lw=1.2)
        ax.vlines(years, low, high, colors=palette.FOUND, lw=5)
        ax.plot(years, middle, "o", mec=palette.FOUND, mfc=palette.PAPER, mew=2, ms=8)
    ax.set(xlim=(min(sizes.found) - 0.8, max(sizes.found) + 0.8))
    ax.set(yscale="log", xticks=list(sizes.found))
    ax.set_yticks([5, 10, 20, 50, 100])
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:g}"))
    ax.yaxis.set_minor_formatter(FuncFormatter(lambda *_: ""))
    ax.annotate(
        said["truth"],
        xy=(max(sizes.found) + 0.7, truth),
        xytext=(0, 18),
        textcoords="offset points",
        ha="right",
    )
    ax.annotate(
        said["peak"],
        xy=(sizes.market.peak, 0.97),
        xycoords=ax.get_xaxis_transform(),
        xytext=(5, 0),
        textcoords="offset points",
        va="top",
        color=palette.MUTED,
    )
    ax.set_xlabel(said["sizes_x"])
    style.say_y(ax, said["sizes_y"])
    style.say_message(ax, said["sizes_message"])
    return ax
