"""Pictures of a choice: where customers leave, what plans bring, and what luck does."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.strategy import Played, Readings, Scenarios

WORDS = MappingProxyType(
    {
        "ceilings_message": "{first} could keep most: at best {most:.0f} of 1,000 "
        "customers a year",
        "ceilings_none": "These tables allow no reading",
        "ceilings_x": "of 1,000 customers a year",
        "months_message": "After {months} months you stand {gap:,.0f} thousand {side} "
        "the best plan",
        "months_same": "After {months} months you stand where the best plan does",
        "months_behind": "behind",
        "months_ahead": "ahead of",
        "months_x": "month",
        "months_y": "profit beyond doing nothing, thousand",
        "months_zero": "do nothing",
        "regrets_message": "No single strategy is best in all {n} companies",
        "regrets_always": "{plan} is the best single strategy in all {n} companies",
        "regrets_x": "left on the table, thousand",
        "regrets_read": "read first",
        "outcomes_message": "Of the spread between two managers, {luck:.0%} is luck",
        "outcomes_x": "thousand beyond the mean of all",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_ceilings(
    readings: Readings,
    *,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many customers each strategy could keep at most, with intervals.

    Parameters
    ----------
    readings
        What the tables say.
    real
        True fills the bars, as real data are drawn; otherwise they are hatched.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.strategy.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    for row, name in enumerate(readings.order):
        one = readings[name]
        colour = palette.FOUND if row == 0 else palette.REST
        ax.barh(
            row,
            one.ceiling.estimate,
            height=0.62,
            facecolor=colour if real else palette.PAPER,
            edgecolor=colour,
            hatch=None if real else "//",
            lw=1.6,
        )
        low, high = one.ceiling.low, one.ceiling.high
        if low is not None and high is not None:
            ax.plot([low, high], [row, row], color=palette.INK, lw=2.4)
    ax.axvline(0, color=palette.MUTED, lw=1)
    ax.set_yticks(range(len(readings.order)), readings.order)
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set_xlabel(said["ceilings_x"], loc="right")
    if readings.order:
        most = readings[readings.largest].ceiling.estimate
        message = said["ceilings_message"].format(
            first=readings.largest.capitalize(), most=most
        )
    else:
        message = said["ceilings_none"]
    style.say_message(ax, message)
    return ax


@style.styled
def plot_months(
    lines: Mapping[str, pd.Series],
    *,
    mine: str,
    best: str,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what plans have brought so far, month by month, beyond doing nothing.

    Parameters
    ----------
    lines
        By plan: money of each month, less that of doing nothing in the same month.
    mine, best
        Names of two of the lines: your plan, and the best one.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.strategy.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    months = np.arange(1, len(lines[mine]) + 1)
    ends = {}
    looks = {mine: (palette.FOUND, "-", 3.0), best: (palette.INK, "--", 2.2)}
    for name, money in lines.items():
        so_far = money.to_numpy(float).cumsum() / 1000
        colour, dashes, width = looks.get(name, (palette.REST, "-", 1.6))
        ax.plot(months, so_far, dashes, color=colour, lw=width)
        ink = palette.MUTED if colour == palette.REST else colour
        ends[name] = (so_far[-1], ink)
    ax.plot([1, months[-1]], [0, 0], color=palette.MUTED, lw=1.2)
    ends[said["months_zero"]] = (0.0, palette.MUTED)
    low, high = ax.get_ylim()
    for place, (name, (_, ink)) in zip(
        _apart([end for end, _ in ends.values()], least=0.075 * (high - low)),
        ends.items(),
        strict=True,
    ):
        style.label_end(ax, months[-1], place, name, colour=ink)
    ax.set_xlabel(said["months_x"])
    ax.set_xticks([m for m in months if m == 1 or m % 6 == 0])
    style.say_y(ax, said["months_y"])
    gap = ends[mine][0] - ends[best][0]
    side = said["months_behind"] if gap < 0 else said["months_ahead"]
    key = "months_same" if round(abs(gap)) == 0 else "months_message"
    message = said[key].format(months=len(months), gap=abs(gap), side=side)
    style.say_message(ax, message)
    return ax


def _apart(places: Sequence[float], *, least: float) -> list[float]:
    """Push labels apart until none covers another; their order stays."""
    order = np.argsort(places, kind="stable")
    moved = np.asarray(places, float)
    for _ in range(50):
        for lower, upper in pairwise(order):
            short = least - (moved[upper] - moved[lower])
            if short > 0:
                moved[lower] -= short / 2
                moved[upper] += short / 2
    return [float(place) for place in moved]


@style.styled
def plot_regrets(
    scenarios: Scenarios,
    *,
    read: Mapping[str, str] | None = None,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what each pure strategy leaves on the table, company by company.

    Parameters
    ----------
    scenarios
        The same plans, played in several companies.
    read
        By company: the plan that somebody chose who read its tables first; a column of
        its own.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.strategy.WORDS``.

    Notes
    -----
    A circle's area is the regret against the best plan of the whole grid. What comes
    first in its row is blue and square; it need not be 0, since a mixture may be best.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.8)
    table = scenarios.pure().T / 1000
    if read is not None:
        regrets = scenarios.regrets() / 1000
        chosen = [float(regrets[name][plan]) for name, plan in read.items()]
        table[said["regrets_read"]] = pd.Series(chosen, index=list(read))
        ax.axvline(len(table.columns) - 1.5, color=palette.HAIRLINE, lw=1.2)
    most = float(table.to_numpy().max()) or 1.0
    for row, (_, values) in enumerate(table.iterrows()):
        for column, value in enumerate(values):
            _regret(ax, column, row, value, best=value <= values.min(), most=most)
    ax.set_yticks(range(len(table)), [str(name) for name in table.index])
    ax.set_xticks(range(len(table.columns)), list(table.columns), rotation=75)
    for label in ax.get_xticklabels():
        label.set_horizontalalignment("left")
        label.set_rotation_mode("anchor")
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.set(xlim=(-0.6, len(table.columns) - 0.4), ylim=(len(table) - 0.4, -0.6))
    ax.grid(visible=False)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    winners = set(scenarios.pure_best.values())
    key = "regrets_always" if len(winners) == 1 else "regrets_message"
    message = said[key].format(n=len(table), plan=min(winners).capitalize())
    ax.set_xlabel(said["regrets_x"], loc="right", color=palette.MUTED)
    style.say_message(ax, message)
    return ax


def _regret(
    ax: Axes, column: int, row: int, value: float, *, best: bool, most: float
) -> None:
    """Draw one regret: how much, and whether it is the least of its row."""
    colour = palette.FOUND if best else palette.REST
    ax.scatter(
        column,
        row,
        s=130 + 360 * value / most,
        marker="s" if best else "o",
        facecolor=palette.PAPER,
        edgecolor=colour,
        linewidth=2.6 if best else 1.4,
    )
    ax.text(
        column,
        row,
        f"{value:.0f}",
        ha="center",
        va="center",
        color=palette.FOUND if best else palette.INK,
        fontweight="bold" if best else "normal",
    )


@style.styled
def plot_outcomes(
    played: Played,
    plans: Mapping[str, str],
    *,
    luck: float,
    mine: str = "",
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw every replay of some plans: how far luck moves a result, and how far skill.

    Parameters
    ----------
    played
        Plans and replays.
    plans
        Which plans are drawn, from the top: how each is called, and its name.
    luck
        Share of luck in the spread between two managers, 0-1.
    mine
        The plan that is drawn in blue, as it is called.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.strategy.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.9)
    middle = float(played.profits.to_numpy(float).mean())
    for row, (called, plan) in enumerate(plans.items()):
        money = (played.profits.loc[plan].to_numpy(float) - middle) / 1000
        colour = palette.FOUND if called == mine else palette.REST
        ax.plot(money, np.full(len(money), row), "o", mfc="none", mec=colour, ms=7)
        ax.plot([money.mean()] * 2, [row - 0.3, row + 0.3], color=palette.INK, lw=3)
    ax.set_yticks(range(len(plans)), list(plans))
    ax.set(ylim=(len(plans) - 0.5, -0.5))
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set_xlabel(said["outcomes_x"], loc="right")
    style.say_message(ax, said["outcomes_message"].format(luck=luck))
    return ax
