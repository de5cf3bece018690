"""Pictures of drivers: how much worse each makes it, and how the credit is split."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal

from matplotlib.axes import Axes

from cxlab import palette
from cxlab.drivers import DriverRatios, DriverShares
from cxlab.plots import style
from cxlab.results import Estimate
from cxlab.simulate.do_feel import SplitCurve

WORDS = MappingProxyType(
    {
        "re_explain": "explain\nagain",
        "switch": "switch to\nthe phone",
        "transfer": "be trans-\nferred",
        "repeat": "contact\nagain",
        "re_explain_noun": "Explaining again",
        "switch_noun": "A switch",
        "transfer_noun": "A transfer",
        "repeat_noun": "A repeat contact",
        "ratios_message": "{driver} looks {raw:.1f} times as bad, and is "
        "{own:.1f} times",
        "ratios_x": "times likelier to be disloyal",
        "raw": "raw",
        "adjusted": "like with like",
        "truth": "planted truth",
        "printed": "the book",
        "shares_message": "Counted one by one they explain {alone:.0f} parts of 100; "
        "together, {r2:.0f}",
        "shares_x": "parts explained, of 100",
        "alone": "counted first",
        "last": "last",
        "share": "fair share",
        "sum": "all\ntogether",
        "do_message": "Equal weights look like {do:.0f} to {feel:.0f}: the worse "
        "question gets the smaller share",
        "do_x": "reliability of the answers on doing",
        "do_y": "share of doing, of 100",
        "do_book": "the book: one third",
        "do_equal": "true weights: equal",
        "no_method": "everybody answers\nin the same manner",
        "method": "manners differ",
    }
)


Side = Literal["left", "center", "right"]


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _rows(ax: Axes, names: Sequence[str], said: Mapping[str, str]) -> None:
    """Prepare one row per name, the first on top, with room for its own labels."""
    ax.set_ylim(-len(names) + 0.42, 0.72)
    ax.set_yticks([-k for k in range(len(names))], [said.get(n, n) for n in names])
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.spines["left"].set_visible(False)


def _mark(
    ax: Axes, y: float, found: Estimate, *, colour: str, marker: str, real: bool
) -> None:
    """Draw an estimate with its interval: filled if its customers are real."""
    if found.low is not None and found.high is not None:
        ax.hlines(y, found.low, found.high, colors=colour, lw=2)
    looks = _open(colour) | ({"markerfacecolor": colour} if real else {})
    ax.plot(found.estimate, y, marker, **looks)


def _name(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    colour: str,
    *,
    up: float,
    side: Side = "center",
) -> None:
    ax.annotate(
        text,
        xy=(x, y),
        xytext=(0, up),
        textcoords="offset points",
        ha=side,
        va="bottom" if up > 0 else "top",
        color=colour,
        annotation_clip=False,
    )


@style.styled
def plot_driver_ratios(
    raw: DriverRatios,
    adjusted: DriverRatios,
    *,
    truth: Mapping[str, float] | None = None,
    printed: Mapping[str, float] | None = None,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw each driver's raw ratio beside the one that compares like with like.

    Parameters
    ----------
    raw, adjusted
        The ratios of the same drivers.
    truth
        Draws the planted ratio of each driver as a dashed line.
    printed
        Marks ratios that a book prints.
    real
        True fills the marks: the customers are real.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.drivers.WORDS``.
    """
    said = _words(words)
    names = sorted(raw.names, key=lambda name: -raw.of(name).estimate)
    ax = style.new_axes(ax, height=1.0 + 0.75 * len(names))
    _rows(ax, names, said)
    for k, name in enumerate(names):
        _mark(ax, 0.13 - k, raw.of(name), colour=palette.REST, marker="o", real=real)
        own = adjusted.of(name)
        _mark(ax, -0.13 - k, own, colour=palette.FOUND, marker="D", real=real)
        if truth is not None:
            x = truth[name]
            ax.vlines(x, -k - 0.3, -k + 0.3, colors=palette.INK, linestyles="--")
        if printed is not None and name in printed:
            ax.plot(printed[name], 0.44 - k, "s", color=palette.BOOK, markersize=8)
            style.label_end(
                ax, printed[name], 0.44 - k, said["printed"], colour=palette.BOOK
            )
    ax.axvline(1, color=palette.INK, lw=1)
    top = names[0]
    _name(ax, raw.of(top).estimate, 0.13, said["raw"], palette.MUTED, up=-9)
    _name(ax, adjusted.of(top).estimate, -0.13, said["adjusted"], palette.FOUND, up=-9)
    if truth is not None:
        _name(ax, truth[top], 0.3, said["truth"], palette.INK, up=3)
    ax.set_xlabel(said["ratios_x"])
    ax.set_xlim(left=min(0.9, ax.get_xlim()[0]))
    message = said["ratios_message"].format(
        driver=said.get(f"{top}_noun", top),
        raw=raw.of(top).estimate,
        own=adjusted.of(top).estimate,
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_driver_shares(
    shares: DriverShares,
    *,
    truth: Mapping[str, float] | None = None,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what each driver explains counted first, counted last, and as a fair share.

    Parameters
    ----------
    shares
        The split of R2; the last row holds the sums.
    truth
        Draws the split of the planted world, 0-1 and summing to 1, as dashed lines.
    real
        True fills the marks: the customers are real.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.drivers.WORDS``.
    """
    said = _words(words)
    order = sorted(
        range(len(shares.names)), key=lambda k: -shares.contributions[k].estimate
    )
    names = [shares.names[k] for k in order]
    ax = style.new_axes(ax, height=1.1 + 0.6 * (len(names) + 1))
    _rows(ax, [*names, said["sum"]], said)
    for row, k in enumerate(order):
        _between(ax, row, shares.last[k], shares.alone[k])
        part = _hundred(shares.contributions[k])
        _mark(ax, -row, part, colour=palette.FOUND, marker="o", real=real)
        if truth is not None:
            x = 100 * truth[shares.names[k]] * shares.r2.estimate
            ax.vlines(x, -row - 0.3, -row + 0.3, colors=palette.INK, linestyles="--")
    bottom = len(names)
    _between(ax, bottom, sum(shares.last), sum(shares.alone))
    _mark(ax, -bottom, _hundred(shares.r2), colour=palette.FOUND, marker="o", real=real)
    ax.axhline(0.5 - bottom, color=palette.MUTED, lw=0.8)
    first, last, r2 = 100 * sum(shares.alone), 100 * sum(shares.last), shares.r2
    _name(ax, first, -bottom, said["alone"], palette.MUTED, up=-9, side="right")
    _name(ax, last, -bottom, said["last"], palette.MUTED, up=-9)
    _name(ax, 100 * r2.estimate, -bottom, "R²", palette.FOUND, up=-9)
    top = _hundred(shares.contributions[order[0]]).estimate
    _name(ax, top, 0, said["share"], palette.FOUND, up=15)
    ax.set_xlim(left=0)
    ax.set_ylim(bottom=-bottom - 0.75)
    ax.set_xlabel(said["shares_x"])
    message = said["shares_message"].format(alone=first, r2=100 * r2.estimate)
    style.say_message(ax, message)
    return ax


def _hundred(part: Estimate) -> Estimate:
    """Return an estimate in parts of a hundred."""
    ends = [None if x is None else 100 * x for x in (part.low, part.high)]
    return Estimate(
        quantity=part.quantity,
        estimate=100 * part.estimate,
        low=ends[0],
        high=ends[1],
        level=part.level,
        n=part.n,
    )


def _between(ax: Axes, row: int, last: float, alone: float) -> None:
    """Draw the span from what is added last to what is explained alone."""
    ax.hlines(-row, 100 * last, 100 * alone, colors=palette.HAIRLINE, lw=7, zorder=1)
    for x in (last, alone):
        ax.vlines(100 * x, -row - 0.14, -row + 0.14, colors=palette.REST, lw=3)


@style.styled
def plot_do_share(
    curve: SplitCurve,
    *,
    found: Estimate | None = None,
    book: float = 1 / 3,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the share of doing by how well it is measured, though the weights are equal.

    Parameters
    ----------
    curve
        The exact shares, with and without a manner of answering.
    found
        The share of doing in one sample from the curve's own world, 0-1.
    book
        What the book prints, 0-1.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.drivers.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    x, left = curve.reliabilities, curve.reliabilities[0]
    alike, differ = (100 * curve.shares(method=method) for method in (False, True))
    ax.plot(x, alike, color=palette.THIRD, linestyle="-.")
    ax.plot(x, differ, color=palette.FOUND)
    _name(ax, x[-1], alike[-1], said["no_method"], palette.THIRD, up=5, side="right")
    k = len(x) // 4
    _name(ax, x[k], differ[k], said["method"], palette.FOUND, up=-10, side="left")
    ax.axhline(100 * book, color=palette.BOOK, lw=1.8)
    ax.axhline(50, color=palette.INK, linestyle="--", lw=1.8)
    _name(ax, x[-1], 100 * book, said["do_book"], palette.BOOK, up=-4, side="right")
    style.label_end(ax, left, 53.5, said["do_equal"], colour=palette.INK)
    if found is not None:
        part, at = _hundred(found), curve.truth.reliability_do
        ax.vlines(at, part.low or 0, part.high or 0, colors=palette.FOUND)
        ax.plot(at, part.estimate, "o", **_open(palette.FOUND))
        text = said["do_message"].format(do=part.estimate, feel=100 - part.estimate)
        style.say_message(ax, text)
    ax.set(ylim=(0, 70), xlim=(left, x[-1] + 0.02))
    ax.set_xlabel(said["do_x"])
    style.say_y(ax, said["do_y"])
    return ax


def _open(colour: str) -> dict[str, Any]:
    """Return the looks of a mark whose customers are not real."""
    return {
        "color": colour,
        "markerfacecolor": palette.PAPER,
        "markeredgewidth": 2,
        "markersize": 9,
        "zorder": 3,
    }
