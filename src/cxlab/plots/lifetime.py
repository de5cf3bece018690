"""Pictures of a customer's worth: the lift, the coins, survival, and the forecast."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from cxlab import palette
from cxlab.lifetime import Contract, Forecast, Lift
from cxlab.plots import style
from cxlab.simulate.lifetime import Subscribers

WORDS = MappingProxyType(
    {
        "lift_message": "Five points more retention bring {low:.0f}% to {high:.0f}% "
        "more value, and never {printed:.0f}%",
        "lift_message_reached": "Five points more retention bring {low:.0f}% to "
        "{high:.0f}% more value",
        "lift_y": "rise by five points, %",
        "lift_x": "of 100 customers, so many stayed before",
        "value": "value today",
        "tenure": "years stayed",
        "base": "customers next year",
        "printed": "printed: {low:.0f} to {high:.0f}%",
        "coins_message": "Who is left has better coins, and nobody changed",
        "coins_y": "customers",
        "coins_x": "own chance to stay, of 100 renewals",
        "coins_after": "after {years} years: {n:,} left",
        "coins_start": "at the start: {n:,}",
        "survival_message": "One rate for all buries customers who are still there",
        "survival_y": "still there, of 100 customers",
        "survival_x": "years",
        "held_back": "held back",
        "one_rate": "one rate for all",
        "forecast_low": "Of {came:,.0f} purchases that nobody had seen, "
        "{foretold:,.0f} were foretold: {miss:.0f} of 100 too few",
        "forecast_high": "{foretold:,.0f} purchases were foretold, {came:,.0f} came: "
        "{miss:.0f} of 100 too many",
        "forecast_y": "repeat purchases since week 0",
        "forecast_x": "week",
        "came": "came",
        "foretold": "foretold",
        "fitted": "fitted",
        "same_pace": "same pace",
        "mean": "mean",
    }
)


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


@style.styled
def plot_lift(
    lifts: Sequence[Lift],
    *,
    printed: tuple[float, float],
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what the same points more retention bring, from each starting rate.

    Parameters
    ----------
    lifts
        Of the same points, by rising retention.
    printed
        Smallest and largest rise in print, percent.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.lifetime.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.4)
    x = [100 * lift.retention for lift in lifts]
    ax.axhspan(*printed, color=palette.BOOK, alpha=0.14, lw=0, zorder=0)
    text = said["printed"].format(low=printed[0], high=printed[1])
    ax.text(x[0], printed[1] - 4, text, color=palette.BOOK, va="top")
    looks = {
        "value": (palette.FOUND, "s-"),
        "tenure": (palette.THIRD, "^:"),
        "base": (palette.MUTED, "v--"),
    }
    for name, (colour, look) in looks.items():
        y = [getattr(lift, name) for lift in lifts]
        ax.plot(x, y, look, color=colour, ms=7, clip_on=False)
        style.label_end(
            ax, x[-1], y[-1], said[name].replace(" ", "\n", 1), colour=colour
        )
    ax.set(ylim=(0, 105), xticks=range(50, 100, 10))
    ax.set_xlabel(said["lift_x"])
    style.say_y(ax, said["lift_y"])
    values = [lift.value for lift in lifts]
    short = max(values) < printed[1]
    message = said["lift_message" if short else "lift_message_reached"]
    told = {"low": min(values), "high": max(values), "printed": printed[1]}
    style.say_message(ax, message.format(**told))
    return ax


@style.styled
def plot_coins(
    world: Subscribers,
    *,
    after: Sequence[int] = (0, 2, 8),
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how the chances to stay are spread among those who are left.

    Parameters
    ----------
    world
        Customers with a coin each.
    after
        Renewals after which to look.
    words
        Replaces words of ``cxlab.plots.lifetime.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(len(after), 1, height=4.6)
    edges = np.linspace(0, 100, 21)
    for ax, years in zip(panels, after, strict=True):
        coins = 100 * world.there(years)
        ax.hist(
            coins,
            bins=edges.tolist(),
            facecolor=palette.PAPER,
            edgecolor=palette.FOUND,
            hatch="////",
        )
        ax.axvline(coins.mean(), color=palette.INK, ls="--", lw=1.6)
        key = "coins_after" if years else "coins_start"
        text = said[key].format(years=years, n=len(coins))
        ax.text(0.02, 0.92, text, transform=ax.transAxes, va="top")
        if ax is panels[0]:
            ax.annotate(
                said["mean"],
                xy=(coins.mean(), 0.92),
                xycoords=ax.get_xaxis_transform(),
                xytext=(5, 0),
                textcoords="offset points",
                va="top",
            )
        ax.set(xlim=(0, 100))
    panels[-1].set_xlabel(said["coins_x"])
    style.say_y(panels[0], said["coins_y"])
    style.say_message(panels[0], said["coins_message"])
    return panels[0]


@style.styled
def plot_survival(
    tables: Mapping[str, NDArray[np.float64]],
    fits: Mapping[str, Contract],
    *,
    fitted: int,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw printed survival, the curve of unlike customers, and that of one rate.

    Parameters
    ----------
    tables
        Per name, customers still there of 100, at the start and after each year.
    fits
        The model of each, fitted to the first years.
    fitted
        Years that were fitted; the rest was held back.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.lifetime.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.6)
    looks = zip(tables.items(), (palette.FOUND, palette.THIRD), strict=False)
    for (name, table), colour in looks:
        years = np.arange(len(table))
        smooth = np.linspace(0, len(table) - 1, 121)
        ax.plot(years, table, "s", color=palette.BOOK, ms=6.5, zorder=3)
        ax.plot(smooth, 100 * fits[name].survival(smooth), color=colour, zorder=2)
        rate = (table[fitted] / 100) ** (1 / fitted)
        ax.plot(smooth, 100 * rate**smooth, ls=":", lw=1.8, color=palette.MUTED)
        style.label_end(
            ax, years[-1], table[-1], name.replace(" ", "\n"), colour=colour
        )
    last = len(next(iter(tables.values()))) - 1
    ax.axvspan(fitted + 0.5, last + 0.4, color=palette.WASH, zorder=0)
    ax.text(fitted + 0.7, 97, said["held_back"], va="top", color=palette.MUTED)
    first = next(iter(tables.values()))
    rate = (first[fitted] / 100) ** (1 / fitted)
    ax.annotate(
        said["one_rate"],
        xy=(2.5, 100 * rate**2.5),
        xytext=(10, 16),
        textcoords="offset points",
        color=palette.MUTED,
    )
    ax.set(ylim=(0, 101), xlim=(-0.2, last + 0.4), xticks=range(0, last + 1, 2))
    ax.set_xlabel(said["survival_x"])
    style.say_y(ax, said["survival_y"])
    style.say_message(ax, said["survival_message"])
    return ax


@style.styled
def plot_forecast(
    result: Forecast,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what a cohort bought week by week, what was fitted and what was foretold.

    Parameters
    ----------
    result
        From ``cxlab.lifetime.forecast``.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.lifetime.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.6)
    start, weeks, last = result.start, result.weeks, result.weeks[-1]
    ax.axvspan(start, last, color=palette.WASH, zorder=0)
    ahead = weeks >= start
    band = (result.low[ahead], result.high[ahead])
    ax.fill_between(weeks[ahead], *band, color=palette.FOUND, alpha=0.22, lw=0)
    ax.plot(
        weeks[: start + 1], result.expected[: start + 1], color=palette.FOUND, lw=1.6
    )
    ax.plot(weeks[ahead], result.expected[ahead], color=palette.FOUND)
    shown = slice(0, None, 3)
    ax.plot(
        weeks[shown], result.actual[shown], "o", color=palette.INK, ms=4.5, zorder=3
    )
    pace = [result.actual[start], result.actual[start] + result.same_pace]
    ax.plot([start, last], pace, ls=":", lw=1.8, color=palette.MUTED)
    ends = {
        "foretold": (result.expected[-1], palette.FOUND),
        "came": (result.actual[-1], palette.INK),
        "same_pace": (pace[1], palette.MUTED),
    }
    top = 1.05 * max(result.high[-1], result.actual[-1], pace[1])
    gap, below = 0.085 * top, -top
    for name, (y, colour) in sorted(ends.items(), key=lambda item: item[1][0]):
        below = max(y, below + gap)
        style.label_end(ax, last, below, said[name], colour=colour)
    ax.text(start + 1, 0.02 * top, said["held_back"], color=palette.MUTED)
    ax.text(start - 1, 0.02 * top, said["fitted"], color=palette.MUTED, ha="right")
    ax.set(xlim=(0, last), ylim=(0, top), xticks=range(0, int(last) + 1, 13))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: f"{v:,.0f}"))
    ax.set_xlabel(said["forecast_x"])
    style.say_y(ax, said["forecast_y"])
    key = "forecast_low" if result.miss < 0 else "forecast_high"
    told = {"came": result.came, "foretold": result.foretold}
    style.say_message(ax, said[key].format(**told, miss=100 * abs(result.miss)))
    return ax
