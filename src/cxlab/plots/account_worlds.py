"""Pictures of worlds with and without accounts: who leaves by balance, and any jump."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.account import AccountFit, ByBalance, JumpSearch
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "one_message": "In debit {debit:.0f} of 100 leave in a month, in credit "
        "{credit:.0f}",
        "four_message": "Four worlds, four slopes that look like an account",
        "balance": "balance as the month opens, points",
        "leave": "of 100, leave in the month",
        "fitted": "account fitted",
        "jump_message": "A jump at zero shows in {n} of {all} worlds",
        "jump_x": "place of the jump, balance in points",
        "jump_y": "gain by a jump there, log likelihood",
        "no_jump": "no jump",
        "a_jump": "jump at {at:.2g}",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _leaving(ax: Axes, found: ByBalance, fit: AccountFit) -> None:
    """Draw shares with intervals as open marks, and the fitted curve."""
    low, high = found.limits
    ax.axvline(0, color=palette.INK, lw=1)
    grid = np.linspace(found.balance.min() - 0.3, found.balance.max(), 200)
    ax.plot(grid, 100 * fit.leave(grid), color=palette.FOUND, lw=2.2)
    ax.vlines(found.balance, 100 * low, 100 * high, color=palette.INK, lw=1.4)
    ax.plot(
        found.balance,
        100 * found.shares,
        "o",
        mec=palette.INK,
        mfc=palette.PAPER,
        mew=1.6,
        ms=6,
    )


@style.styled
def plot_leave_by_balance(
    found: ByBalance,
    fit: AccountFit,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw who leaves in a month, by the balance at its opening.

    Parameters
    ----------
    found
        Counted from customers.
    fit
        The account fitted to them.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.account_worlds.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    _leaving(ax, found, fit)
    top = 100 * float(found.limits[1].max())
    ax.set_ylim(0, 1.08 * top)
    at = float(found.balance[0])
    ax.annotate(
        said["fitted"],
        xy=(at, 100 * float(fit.leave(at))),
        xytext=(14, 4),
        textcoords="offset points",
        color=palette.FOUND,
        fontweight="bold",
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1},
    )
    ax.set_xlabel(said["balance"])
    style.say_y(ax, said["leave"])
    debit, credit = (100 * found.side(debit=d).estimate for d in (True, False))
    style.say_message(ax, said["one_message"].format(debit=debit, credit=credit))
    return ax


@style.styled
def plot_four_accounts(
    worlds: Mapping[str, tuple[ByBalance, AccountFit]],
    *,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw who leaves by balance, one panel a world, with the account fitted to it.

    Parameters
    ----------
    worlds
        What was counted and what was fitted, by the name of the world.
    words
        Replaces words of ``cxlab.plots.account_worlds.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(2, 2, height=5.2)
    for ax, (name, (found, fit)) in zip(panels, worlds.items(), strict=True):
        _leaving(ax, found, fit)
        ax.text(
            0.96,
            0.94,
            name,
            transform=ax.transAxes,
            va="top",
            ha="right",
            fontweight="bold",
        )
    panels[0].xaxis.set_major_locator(MaxNLocator(4, integer=True))
    top = max(100 * float(found.limits[1].max()) for found, _ in worlds.values())
    panels[0].set_ylim(0, 1.05 * top)
    style.figure_of(panels[0]).supxlabel(said["balance"], fontsize=palette.FIGURE_PT)
    style.say_y(panels[0], said["leave"])
    style.say_message(panels[0], said["four_message"])
    return panels[0]


@style.styled
def plot_jumps(
    searches: Mapping[str, JumpSearch],
    *,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how much a jump would help at each balance, one panel a world.

    Parameters
    ----------
    searches
        One search a world, by its name.
    words
        Replaces words of ``cxlab.plots.account_worlds.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(2, 2, height=4.8)
    top = max(float(one.gains.max()) for one in searches.values())
    for ax, (name, one) in zip(panels, searches.items(), strict=True):
        colour = palette.FOUND if one.found else palette.REST
        gains = np.maximum(one.gains, 0.0)
        ax.vlines(0, 0, 1.12 * top, color=palette.INK, ls="--", lw=1.4)
        ax.fill_between(one.places, gains, 0, color=colour, alpha=0.15, lw=0)
        ax.plot(one.places, gains, color=colour, lw=2.2)
        if one.found:
            ax.plot(
                one.best, gains.max(), "o", mec=colour, mfc=palette.PAPER, mew=1.8, ms=7
            )
        ax.text(
            0.04,
            0.94,
            said["a_jump" if one.found else "no_jump"].format(at=one.best),
            transform=ax.transAxes,
            va="top",
            color=palette.FOUND if one.found else palette.MUTED,
        )
        ax.text(
            0.96,
            0.94,
            name,
            transform=ax.transAxes,
            va="top",
            ha="right",
            fontweight="bold",
        )
    panels[0].set(ylim=(0, 1.4 * top), xticks=(-2, 0, 2))
    style.figure_of(panels[0]).supxlabel(said["jump_x"], fontsize=palette.FIGURE_PT)
    style.say_y(panels[0], said["jump_y"])
    count = sum(one.at_zero for one in searches.values())
    message = said["jump_message"].format(n=count, all=len(searches))
    style.say_message(panels[0], message)
    return panels[0]
