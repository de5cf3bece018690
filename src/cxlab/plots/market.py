"""Pictures of the price of delight: dealings, leaving, the map, and three returns."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from cxlab import palette
from cxlab.market import ExactTest, GestureReturn
from cxlab.plots import style
from cxlab.simulate.market import Outcome
from cxlab.simulate.market_map import ForgettingCurve, PriceMap

Floats = NDArray[np.float64]

WORDS = MappingProxyType(
    {
        "dealings_message": "If the joke did nothing, {many} dealings would be so odd",
        "dealings_x": "tips among the {n} bills with a joke",
        "dealings_y": "of 100 dealings",
        "dealings_found": "found: {yes}",
        "leaving_message": "Ease goes on working; delight comes to be expected",
        "leaving_x": "month",
        "leaving_y": "leave in a month, of 100 customers",
        "idle": "nothing",
        "ease": "ease",
        "delight": "delight",
        "rival": "rival",
        "map_message": "Where ease costs {ease:.2f}, a delight is the better buy "
        "below {border:.2f}",
        "map_x": "forgotten in a month, of 100",
        "map_y": "price of the delight, euros",
        "map_delight": "delight pays more",
        "map_alone": "only delight pays",
        "map_both": "ease pays more",
        "map_ease": "only ease pays",
        "map_neither": "neither pays",
        "here": "your knobs",
        "returns_message": "The story brings {told:,.0f} for one euro; all {n:,} "
        "gestures bring {all:.2f}",
        "returns_x": "euros brought for each euro spent",
        "told": "the gesture that was told",
        "everything": "all who stayed",
        "all": "all, beyond those without",
        "truth": "planted",
        "pays": "1 pays for itself",
        "forgetting_message": "A little forgetting hurts where customers are easy to "
        "take, and helps where they are not",
        "forgetting_plain": "What a delight wins depends on what is forgotten",
        "forgetting_y": "customer-months won by the delight",
        "easy": "easy to take",
        "hard": "hard to take",
    }
)


_TINT = "#9db8d6"  # of the hatching: found, far lighter
_NAMED_AT = 60  # of 100 forgotten: where the bands of the map carry their names


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_dealings(
    test: ExactTest, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw how likely each count of tips is if the gesture was dealt and did nothing.

    Parameters
    ----------
    test
        The experiment; counts as odd as the one found are drawn blue.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.market.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.7)
    seen = test.chances > 1e-5 * test.chances.max()
    counts, heights = test.counts[seen], 100 * test.chances[seen]
    colours = [palette.FOUND if o else palette.REST for o in test.as_odd[seen]]
    ax.bar(counts, heights, width=0.8, color=colours)
    top = float(heights.max())
    ax.plot(test.yes, 0.06 * top, "v", color=palette.FOUND, ms=9, clip_on=False)
    ax.vlines(test.yes, 0.08 * top, 0.29 * top, colors=palette.FOUND, lw=1.6)
    ax.text(
        test.yes,
        0.31 * top,
        said["dealings_found"].format(yes=test.yes),
        ha="center",
        color=palette.FOUND,
        fontweight="bold",
    )
    ax.set_xlabel(said["dealings_x"].format(n=test.n))
    style.say_y(ax, said["dealings_y"])
    style.say_message(ax, said["dealings_message"].format(many=test.of_many))
    return ax


@style.styled
def plot_leaving(
    delight: Outcome,
    ease: Outcome,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many leave, month by month, after a delight and after ease.

    Parameters
    ----------
    delight, ease
        What either action brought.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.market.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    months = np.arange(1, len(delight.acted) + 1)
    lines = (
        ("rival", delight.acted["leaves_rival"], palette.FOURTH, "-."),
        ("idle", delight.idle["leaves"], palette.REST, "-"),
        ("delight", delight.acted["leaves"], palette.THIRD, "-"),
        ("ease", ease.acted["leaves"], palette.FOUND, "-"),
    )
    for name, shares, colour, dashes in lines:
        rate = 100 * shares.to_numpy()
        ax.plot(months, rate, dashes, color=colour, lw=2.6)
        ink = palette.MUTED if name == "idle" else colour
        style.label_end(ax, months[-1], rate[-1], said[name], colour=ink)
    ax.margins(y=0.15)
    ax.set_xlabel(said["leaving_x"])
    style.say_y(ax, said["leaving_y"])
    style.say_message(ax, said["leaving_message"])
    return ax


@style.styled
def plot_price_map(
    prices: PriceMap,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw where a delight brings more for its money than ease.

    Parameters
    ----------
    prices
        The two prices of the delight, by how much is forgotten.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.market.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.8)
    x, border = 100 * prices.forgetting, prices.border
    top = 1.3 * max(prices.pays.max(), prices.delight.cost, border.max())
    ax.fill_between(x, 0, border, facecolor="none", edgecolor=_TINT, hatch="//", lw=0)
    ax.plot(x, border, color=palette.FOUND, lw=3.2)
    first = "map_delight" if prices.ease_brings >= 1 else "map_alone"
    bands = [(first, 0 * border, border)]
    if prices.ease_brings >= 1:
        ax.plot(x, prices.pays, "--", color=palette.MUTED, lw=1.8)
        bands += [("map_both", border, prices.pays), ("map_ease", prices.pays, top)]
    else:
        bands += [("map_neither", border, top)]
    for name, low, high in bands:
        _name_band(ax, said[name], x, (low + high) / 2)
    mine = (100 * prices.market.forgetting, prices.delight.cost)
    ax.plot(*mine, "D", mfc=palette.PAPER, mec=palette.INK, mew=2.4, ms=9, zorder=5)
    ax.annotate(
        said["here"],
        xy=mine,
        xytext=(10 if mine[0] < 60 else -10, 0),
        textcoords="offset points",
        va="center",
        ha="left" if mine[0] < 60 else "right",
    )
    ax.set(xlim=(0, 100), ylim=(0, top))
    ax.grid(visible=False)
    ax.set_xlabel(said["map_x"])
    style.say_y(ax, said["map_y"])
    message = said["map_message"].format(ease=prices.ease.cost, border=min(prices.here))
    style.say_message(ax, message)
    return ax


def _name_band(ax: Axes, name: str, x: Floats, middle: Floats) -> None:
    """Write the name of a band into its middle, on paper, so that it can be read."""
    ax.text(
        _NAMED_AT,
        float(np.interp(_NAMED_AT, x, middle)),
        name,
        ha="center",
        va="center",
        fontweight="bold",
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 2},
    )


@style.styled
def plot_returns(
    found: GestureReturn,
    *,
    truth: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what a euro brings by the story, by all who stayed, and by comparison.

    Parameters
    ----------
    found
        The three returns.
    truth
        The planted return on all gestures; dashed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.market.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.4)
    rows = (("told", found.told), ("everything", found.everything))
    for row, (name, value) in enumerate(rows):
        ax.hlines(row, 0.1, value, colors=palette.REST, lw=3)
        ax.plot(value, row, "o", mfc=palette.PAPER, mec=palette.REST, mew=2.4, ms=10)
        _name(ax, row, said[name], f"{value:,.0f}", palette.MUTED)
    low, high = found.all.low or 0.1, found.all.high or 0.1
    ax.hlines(2, max(low, 0.1), max(high, 0.1), colors=palette.FOUND, lw=3)
    estimate = max(found.all.estimate, 0.1)
    ax.plot(estimate, 2, "o", mfc=palette.PAPER, mec=palette.FOUND, mew=2.4, ms=10)
    _name(ax, 2, said["all"], f"{found.all.estimate:.2f}", palette.FOUND)
    ax.vlines(truth, 1.75, 2.25, colors=palette.INK, linestyles="--", lw=1.8)
    ax.axvline(1, color=palette.HAIRLINE, lw=1.6, zorder=0)
    ax.annotate(
        said["pays"],
        (1, 1),
        (4, 0),
        ("data", "axes fraction"),
        "offset points",
        va="top",
        color=palette.MUTED,
    )
    ax.set(xscale="log", xlim=(0.1, 3 * found.told), ylim=(2.5, -1.05), yticks=())
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    ax.spines["left"].set_visible(False)
    ax.grid(visible=False)
    ax.set_xlabel(said["returns_x"])
    message = said["returns_message"].format(
        told=found.told, all=found.all.estimate, n=found.all.n
    )
    style.say_message(ax, message)
    return ax


def _name(ax: Axes, row: int, name: str, value: str, colour: str) -> None:
    """Write over a row what it counts, and the number."""
    ax.annotate(
        f"{name}: {value}",
        xy=(0.1, row),
        xytext=(0, 10),
        textcoords="offset points",
        va="bottom",
        color=colour,
        fontweight="bold",
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1},
    )


@style.styled
def plot_forgetting(
    curve: ForgettingCurve,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what a delight wins by how much is forgotten, with and without a rival.

    Parameters
    ----------
    curve
        Customer-months won.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.market.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    x = 100 * curve.forgetting
    lines = (
        ("easy", curve.easy, palette.FOUND, "-"),
        ("hard", curve.hard, palette.THIRD, "-."),
    )
    for name, won, colour, dashes in lines:
        ax.plot(x, won, dashes, color=colour, lw=2.8)
        k = int(np.searchsorted(x, 40))
        side = 12 if name == "easy" else -16
        ax.annotate(
            said[name],
            xy=(x[k], won[k]),
            xytext=(0, side),
            textcoords="offset points",
            ha="right" if name == "easy" else "left",
            color=colour,
            fontweight="bold",
        )
    ax.set(xlim=(0, 100), ylim=(0, None))
    ax.set_xlabel(said["map_x"])
    style.say_y(ax, said["forgetting_y"])
    both_ways = curve.easy_change < 0 < curve.hard_change
    key = "forgetting_message" if both_ways else "forgetting_plain"
    style.say_message(ax, said[key])
    return ax
