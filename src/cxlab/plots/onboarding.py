"""Pictures of the first 100 days: two stories, an experiment, three answers."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.onboarding import (
    CalledOrNot,
    Flow,
    Rates,
    ThreeAnswers,
    Trial,
    TwoStories,
)
from cxlab.plots import style

WORDS = MappingProxyType(
    {
        "stories_message": "Two stories meet the same two figures, and part by "
        "{gap:.0f} of 100 after two years",
        "stories_x": "days since the customer joined",
        "still_here": "still here, of 100",
        "printed": "printed",
        "onboarding": "first days",
        "sorting": "sorting",
        "trial_message": "Mending the first days for half, by lot, tells which story "
        "it was",
        "trial_x": "more here on day {day:g}, of 100",
        "truth": "planted",
        "answers_message": "One table, three answers: {low:.0f}, {middle:.0f} or "
        "{high:.0f} of 100 lost by month {month}",
        "answers_x": "lost by month {month}, of 100",
        "counted": "young rows\ncounted",
        "followed": "followed\nfrom the start",
        "last_month": "one month\neach",
        "rates_message": "The longer the silence, the slower the return, and it does "
        "not stop at day 100",
        "rates_x": "days since the first purchase",
        "rates_y": "first returns per 1,000 silent a day",
        "silent": "after day {day:g}",
        "flow_message": "On day {day:g}, {here:.0f} of 100 are advocates; one minus "
        "Kaplan-Meier says {naive:.0f}",
        "flow_x": "days since the sale",
        "flow_y": "customers in each phase, of 100",
        "naive": "1 - Kaplan-Meier",
        "called_message": "The called leave less only if we count calls that came "
        "later",
        "called_message_plain": "Left, by whether a call came, counted in two ways",
        "called_y": "left by week {week}, of 100",
        "called": "called",
        "others": "not called",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_two_stories(
    found: TwoStories,
    *,
    days: float = 1095,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw who is still here by both stories, with the two printed shares.

    Parameters
    ----------
    found
        The stories.
    days
        How far to draw.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.onboarding.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    grid = np.linspace(0, days, 600)
    stories = (
        ("sorting", found.sorting, palette.FOURTH, "-."),
        ("onboarding", found.onboarding, palette.FOUND, "-"),
    )
    for name, story, colour, dashes in stories:
        here = 100 * story.survival(grid)
        ax.plot(grid, here, dashes, color=colour, lw=2.4)
        style.label_end(ax, days, here[-1], said[name], colour=colour)
    points = [0.0, found.early_day, found.late_day]
    shares = [100.0, 100 * found.early_here, 100 * found.late_here]
    ax.plot(points[1:], shares[1:], "s", color=palette.BOOK, ms=9, zorder=4)
    for day, share in zip(points[1:], shares[1:], strict=True):
        ax.annotate(
            f"{share:.0f} {said['printed']}",
            (day, share),
            xytext=(9, 6),
            textcoords="offset points",
            color=palette.BOOK,
            fontweight="bold",
        )
    ax.axvline(2 * found.late_day, color=palette.HAIRLINE, lw=1.2, zorder=0)
    ax.set(ylim=(0, 104), xlim=(0, days))
    ax.set_xticks([found.early_day, found.late_day, 2 * found.late_day, days])
    ax.set_xlabel(said["stories_x"])
    style.say_y(ax, said["still_here"])
    later = 2 * found.late_day
    gap = 100 * float(found.sorting.survival(later) - found.onboarding.survival(later))
    style.say_message(ax, said["stories_message"].format(gap=gap))
    return ax


@style.styled
def plot_trials(
    found: Mapping[str, tuple[Trial, float]],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what mending the first days gains in some worlds, beside the truth.

    Parameters
    ----------
    found
        For each world its trial and its true gain, of 100.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.onboarding.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.2)
    rows = range(len(found))
    for row, (trial, truth) in zip(rows, found.values(), strict=True):
        gap = trial.gap
        ax.plot([truth, truth], [row - 0.32, row + 0.32], "--", color=palette.INK, lw=2)
        if gap.low is not None and gap.high is not None:
            ax.plot([gap.low, gap.high], [row, row], color=palette.FOUND, lw=2.2)
        ax.plot(
            gap.estimate,
            row,
            "o",
            mec=palette.FOUND,
            mfc=palette.PAPER,
            mew=2,
            ms=9,
            zorder=4,
        )
    last = list(found.values())[-1][1]
    ax.text(last, len(found) - 1.4, f" {said['truth']} ", color=palette.INK, va="top")
    ax.axvline(0, color=palette.MUTED, lw=1)
    ax.set_yticks(list(rows), list(found))
    ax.set_ylim(len(found) - 0.3, -0.6)
    ax.grid(visible=True, axis="x")
    ax.grid(visible=False, axis="y")
    day = next(iter(found.values()))[0].day
    ax.set_xlabel(said["trial_x"].format(day=day))
    style.say_message(ax, said["trial_message"])
    return ax


@style.styled
def plot_three_answers(
    found: ThreeAnswers,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw three answers to one question, from one table.

    Parameters
    ----------
    found
        The answers.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.onboarding.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.2)
    names = ("counted", "followed", "last_month")
    shares = [100 * one.estimate for one in found.answers]
    ax.barh(
        range(3),
        shares,
        height=0.55,
        color=palette.PAPER,
        edgecolor=palette.FOUND,
        hatch="///",
        lw=1.6,
    )
    for row, (share, one) in enumerate(zip(shares, found.answers, strict=True)):
        if one.low is not None and one.high is not None:
            ends = [100 * one.low, 100 * one.high]
            ax.plot(ends, [row, row], color=palette.INK, lw=2.2)
        ax.text(
            max(share, 100 * (one.high or 0)) + 3,
            row,
            f"{share:.0f}",
            va="center",
            fontweight="bold",
            fontsize=14,
        )
    ax.set_yticks(range(3), [said[name] for name in names])
    ax.invert_yaxis()
    ax.set_xlim(0, 108)
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(said["answers_x"].format(month=found.month))
    low, middle, high = sorted(shares)
    style.say_message(
        ax,
        said["answers_message"].format(
            low=low, middle=middle, high=high, month=found.month
        ),
    )
    return ax


@style.styled
def plot_return_rates(
    found: Rates,
    *,
    lost_after: float = 100,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how fast silent customers return, by how long they have been silent.

    Parameters
    ----------
    found
        The rates; the last piece may be open.
    lost_after
        Day after which somebody calls a customer lost.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.onboarding.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    low, high = (1000 * one for one in found.limits)
    rates = 1000 * found.rates
    ends = np.where(np.isfinite(found.edges), found.edges, 1.5 * found.edges[-2])
    for k, rate in enumerate(rates):
        lost = found.edges[k] >= lost_after
        colour = palette.FOURTH if lost else palette.FOUND
        ax.fill_between(
            ends[k : k + 2], low[k], high[k], color=colour, alpha=0.25, lw=0
        )
        ax.plot(ends[k : k + 2], [rate, rate], color=colour, lw=2.6)
        if lost:
            middle = ends[k : k + 2].mean()
            ax.text(middle, rate + 0.2, f"{rate:.1f}", ha="center", color=colour)
    ax.axvline(lost_after, color=palette.MUTED, ls=":", lw=1.6)
    ax.text(
        lost_after + 8,
        0.93 * rates.max(),
        said["silent"].format(day=lost_after),
        color=palette.FOURTH,
        va="top",
    )
    ax.set(xlim=(0, ends[-1]), ylim=(0, None))
    ax.set_xlabel(said["rates_x"])
    style.say_y(ax, said["rates_y"])
    style.say_message(ax, said["rates_message"])
    return ax


@style.styled
def plot_flow(
    found: Flow,
    *,
    day: float,
    naive: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the share of customers in each phase, stacked from the last to the first.

    Parameters
    ----------
    found
        The flow; its last two states are the goal and having left.
    day
        Day of the comparison in the message.
    naive
        What one minus Kaplan-Meier says of the goal on that day, 0-1.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.onboarding.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.2)
    goal, gone = found.states[-2:]
    grid = np.linspace(0, day, 300)
    shares = 100 * found.at(grid)
    arrived, left = shares[:, -2], shares[:, -1]
    ax.fill_between(
        grid, 0, arrived, fc=palette.PAPER, ec=palette.FOUND, hatch="///", lw=0
    )
    ax.plot(grid, arrived, color=palette.FOUND, lw=2.2)
    ax.fill_between(
        grid, 100 - left, 100, fc=palette.PAPER, ec=palette.REST, hatch="...", lw=0
    )
    ax.plot(grid, 100 - left, color=palette.REST, lw=2.2)
    style.label_end(ax, day, arrived[-1] / 2, goal, colour=palette.FOUND)
    style.label_end(ax, day, 100 - left[-1] / 2, gone, colour=palette.MUTED)
    bottom = arrived
    for k in range(len(found.states) - 3, -1, -1):
        top = bottom + shares[:, k]
        if shares[-1, k] > 6:
            middle = (bottom[-1] + top[-1]) / 2
            style.label_end(ax, day, middle, found.states[k], colour=palette.MUTED)
        if shares[:, k].max() > 0:
            ax.plot(grid, top, color=palette.HAIRLINE, lw=1)
        bottom = top
    at = 0.93 * day  # the mark stands before the edge, clear of the names behind it
    ax.plot([at, day], [100 * naive] * 2, color=palette.BOOK, lw=2, zorder=5)
    ax.plot(
        at, 100 * naive, "D", mec=palette.BOOK, mfc=palette.PAPER, mew=2, ms=8, zorder=6
    )
    ax.annotate(
        said["naive"].replace("-", "\N{MINUS SIGN}", 1),
        (at, 100 * naive),
        xytext=(-10, 0),
        textcoords="offset points",
        ha="right",
        va="center",
        color=palette.BOOK,
    )
    ax.set(xlim=(0, day), ylim=(0, 100))
    ax.set_xlabel(said["flow_x"])
    style.say_y(ax, said["flow_y"])
    message = said["flow_message"].format(day=day, here=arrived[-1], naive=100 * naive)
    style.say_message(ax, message)
    return ax


@style.styled
def plot_called(
    found: Mapping[str, CalledOrNot],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw who left, the called beside the others, by each way of counting.

    Parameters
    ----------
    found
        Ways of counting, by name: the trap first, the landmark last.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.onboarding.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    sides = (
        ("called", -0.16, palette.FOUND, "o"),
        ("others", 0.16, palette.MUTED, "s"),
    )
    for place, one in enumerate(found.values()):
        for name, shift, colour, marker in sides:
            share = one.called if name == "called" else one.others
            x = place + shift
            if share.low is not None and share.high is not None:
                ax.plot([x, x], [100 * share.low, 100 * share.high], color=colour)
            middle = 100 * share.estimate
            ax.plot(x, middle, marker, mec=colour, mfc=palette.PAPER, mew=2, ms=9)
            if place == 0:
                ax.annotate(
                    said[name],
                    (x, middle),
                    xytext=(10, 0),
                    textcoords="offset points",
                    va="center",
                    color=colour,
                )
    ax.set_xticks(range(len(found)), list(found))
    ax.set_xlim(-0.5, len(found) - 0.4)
    ways = list(found.values())
    first, last = ways[0], ways[-1]
    ax.set_ylim(0, 125 * max(one.others.estimate for one in found.values()))
    style.say_y(ax, said["called_y"].format(week=first.week))
    only = (first.gap.low or 0) > 0 and (last.gap.low or 0) <= 0 <= (last.gap.high or 0)
    style.say_message(ax, said["called_message" if only else "called_message_plain"])
    return ax
