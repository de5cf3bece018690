"""Pictures of an account: a statement, a bad day repaid, the weight that was found."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.account import Repayment, Statement, WeightProfile
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "statement_message": "After {n} touches the balance is {closing:+.1f}; it was "
        "{lowest:+.1f} at its lowest",
        "month": "month",
        "balance": "balance, points; below zero is debit",
        "paid in": "paid in",
        "taken out": "taken out",
        "debit": "in debit",
        "repay_message": "A bad day is repaid after {months} good ones, one a month; "
        "waiting alone takes longer than a year",
        "repay_message_plain": "What one bad day leaves, with good days and without",
        "repay_x": "months after the bad day",
        "repay_y": "what it leaves of the balance, points",
        "with": "one good day a month",
        "alone": "waiting alone",
        "profile_message": "The data allow weights from {low:.2f} to {high:.2f}",
        "profile_x": "weight of a withdrawal, deposits",
        "profile_y": "how much less likely, log likelihood",
        "allowed": "95% interval",
        "truth": "planted",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_statement(
    found: Statement, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw one customer's balance: jumps at the touches, fading between them.

    Parameters
    ----------
    found
        The statement.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.account.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    lines = found.lines
    ends = lines["month"].to_numpy(dtype=float)
    grid = np.linspace(0, ends[-1] * 1.04, 400)
    just = np.nextafter(ends, 0)
    months = np.sort(np.concatenate([grid, ends, just]))
    balance = found.path(months)
    ax.fill_between(
        months, balance, 0, where=balance < 0, color=palette.FOURTH, alpha=0.18, lw=0
    )
    ax.axhline(0, color=palette.INK, lw=1)
    ax.plot(months, balance, color=palette.FOUND, lw=2.2)
    signs = (("paid in", "^", palette.FOUND), ("taken out", "v", palette.FOURTH))
    for name, marker, colour in signs:
        here = lines[lines[name] > 0]
        ax.plot(
            here["month"],
            here["balance"],
            marker,
            mec=colour,
            mfc=palette.PAPER,
            mew=1.8,
            ms=8,
            ls="",
        )
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.12 * (high - low), high + 0.18 * (high - low))
    for place, (name, _, colour), sign in zip((0, 0.5), signs, "▲▼", strict=True):
        ax.text(
            0.01 + place,
            0.99,
            f"{sign} {said[name]}",
            transform=ax.transAxes,
            color=colour,
            va="top",
            fontweight="bold",
        )
    ax.set_xlim(0, None)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_xlabel(said["month"])
    style.say_y(ax, said["balance"])
    message = said["statement_message"].format(
        n=len(lines), closing=found.closing, lowest=found.lowest
    )
    style.say_message(ax, message.replace("-", "\N{MINUS SIGN}"))
    return ax


@style.styled
def plot_repayment(
    found: Repayment,
    *,
    months: int = 12,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what one bad day leaves, with a good day a month and without.

    Parameters
    ----------
    found
        As from ``cxlab.account.repay``.
    months
        How many to draw.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.account.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    shown = np.arange(min(months, len(found.balance) - 1) + 1)
    repaid = found.months
    last = shown if repaid is None else shown[: repaid + 1]
    ax.axhline(0, color=palette.INK, lw=1)
    rows = (
        ("alone", found.alone, shown, palette.REST, "s", -14),
        ("with", found.balance, last, palette.FOUND, "o", 12),
    )
    for name, values, where, colour, marker, up in rows:
        ax.plot(
            where,
            values[where],
            color=colour,
            marker=marker,
            mfc=palette.PAPER,
            mew=1.8,
        )
        middle = where[-1] if name == "with" else where[len(where) // 2]
        ax.annotate(
            said[name],
            xy=(middle, values[middle]),
            xytext=(8 if name == "with" else 0, up),
            textcoords="offset points",
            va="center",
            color=palette.FOUND if name == "with" else palette.MUTED,
            fontweight="bold",
        )
    top = max(0.0, float(found.balance[last].max()))
    low = float(found.alone.min())
    ax.set_ylim(low * 1.1, top + 0.25 * (top - low))
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    ax.set_xlabel(said["repay_x"])
    style.say_y(ax, said["repay_y"])
    slow = float(found.alone[min(12, len(found.alone) - 1)]) < 0
    name = "repay_message" if repaid is not None and slow else "repay_message_plain"
    style.say_message(ax, said[name].format(months=repaid))
    return ax


@style.styled
def plot_weight_profile(
    found: WeightProfile,
    *,
    truth: float,
    printed: Sequence[float] = (),
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how the likelihood falls with other weights, and where others stand.

    Parameters
    ----------
    found
        As from ``cxlab.account.profile_weight``.
    truth
        The weight that was planted.
    printed
        Weights printed elsewhere, drawn as squares at the foot.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.account.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    low, high = found.limits
    ax.axvspan(low, high, color=palette.HAIRLINE, alpha=0.6, zorder=0)
    ax.plot(found.weights, -found.falls, color=palette.FOUND, marker="o", ms=4)
    foot = -float(found.falls.max())
    ax.set_ylim(1.25 * foot, -0.16 * foot)
    ax.axvline(truth, color=palette.INK, ls="--", lw=1.6)
    ax.annotate(
        said["truth"],
        xy=(truth, 1),
        xycoords=ax.get_xaxis_transform(),
        xytext=(5, -3),
        textcoords="offset points",
        va="top",
        fontweight="bold",
    )
    for weight in printed:
        ax.plot(weight, 1.1 * foot, "s", color=palette.BOOK, ms=8, zorder=4)
        ax.annotate(
            f"{weight:g}",
            xy=(weight, 1.1 * foot),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            color=palette.BOOK,
            bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 0.5},
        )
    ax.margins(x=0.09)
    ax.xaxis.set_major_locator(MaxNLocator(5))
    ax.set_xlabel(said["profile_x"])
    style.say_y(ax, said["profile_y"])
    style.say_message(ax, said["profile_message"].format(low=low, high=high))
    return ax
