"""Pictures of first contacts: a hundred customers, windows, and calls from the web."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.resolution import Doors, WebGoal, WindowCurve

WORDS = MappingProxyType(
    {
        "doors_message": "Of 100 customers {done} were done; the company books "
        "{company}",
        "done": "{n} say that\nall was done",
        "silent": "{n} gave up",
        "elsewhere": "{n} came back\nelsewhere",
        "late": "{n} came back\ntoo late",
        "counted": "{n} came back\nin time",
        "booked": "booked as resolved: {n}",
        "not_booked": "booked as not resolved: {n}",
        "window_message": "However long the company looks, it books {end:.0f} or more; "
        "{customer:.0f} say that all was done",
        "window_x": "days in which a callback counts",
        "window_y": "resolved at first contact, of 100",
        "same": "company, same channel",
        "any": "company, every channel",
        "customer": "customers",
        "truth": "planted truth",
        "web_message": "From {now:.0f} to {goal:.0f} of 100 calls: the web must fail "
        "{fall:.0f}% less often",
        "web_y": "calls, for every 100 of today",
        "today": "today",
        "later": "goal: {goal:.0f} of 100",
        "from_web": "tried the\nweb first",
        "not_web": "did not",
    }
)
_PER_ROW = 20  # dots


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def whole_people(shares: Mapping[str, float], people: int = 100) -> dict[str, int]:
    """Round shares to whole people who add up: the largest remainders round up.

    Examples
    --------
    >>> whole_people({"a": 0.345, "b": 0.345, "c": 0.31})
    {'a': 35, 'b': 34, 'c': 31}
    """
    exact = {name: people * share for name, share in shares.items()}
    whole = {name: int(value) for name, value in exact.items()}
    by_rest = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in by_rest[: people - sum(whole.values())]:
        whole[name] += 1
    return whole


@style.styled
def plot_doors(
    doors: Doors,
    *,
    real: bool = False,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a hundred customers by what became of their first contact.

    Parameters
    ----------
    doors
        Where first contacts go; shares become whole people.
    real
        True fills the dots: the customers are real.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.resolution.WORDS``.
    """
    said = _words(words)
    people = whole_people(doors.shares())
    ax = style.new_axes(ax, height=4.2)
    ticks, y = [], 0.0
    for name, n in people.items():
        looks = {"done": (palette.FOUND, "o"), "counted": (palette.INK, "x")}
        colour, marker = looks.get(name, (palette.REST, "o"))
        place = np.arange(n)
        below = -(place // _PER_ROW)
        ax.plot(
            place % _PER_ROW,
            y + below,
            linestyle="",
            marker=marker,
            color=colour,
            markerfacecolor=colour if real else palette.PAPER,
            markeredgewidth=1.7,
            markersize=5.5,
        )
        ticks.append(y + below.min(initial=0) / 2)
        y += below.min(initial=0) - 1.9
        if name == "late":
            ax.axhline(y + 0.55, color=palette.INK, lw=1)
            edge, y = y + 0.55, y - 0.9
    booked = people["done"] + sum(people[n] for n in ("silent", "elsewhere", "late"))
    for text, n, up in (("booked", booked, 5), ("not_booked", 100 - booked, -5)):
        ax.annotate(
            said[text].format(n=n),
            xy=(1, edge),
            xycoords=("axes fraction", "data"),
            xytext=(0, up),
            textcoords="offset points",
            ha="right",
            va="bottom" if up > 0 else "top",
            fontweight="bold",
        )
    labels = [said[name].format(n=n) for name, n in people.items()]
    ax.set_yticks(ticks, labels)
    ax.set(xticks=[], xlim=(-0.7, _PER_ROW - 0.3), ylim=(y + 1.2, 0.9))
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False)
    ax.spines[["left", "bottom"]].set_visible(False)
    message = said["doors_message"].format(done=people["done"], company=booked)
    style.say_message(ax, message)
    return ax


@style.styled
def plot_windows(
    curve: WindowCurve,
    *,
    truth: float | None = None,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw what the company counts as resolved, by how long it looks for a callback.

    Parameters
    ----------
    curve
        Both measures at several windows.
    truth
        Draws the planted share of customers whose whole issue was done.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.resolution.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=4.0)
    lines = (
        ([m.company for m in curve.same_channel], "same", palette.FOUND, "-", 5),
        ([m.company for m in curve.any_channel], "any", palette.THIRD, "-.", 5),
        ([m.customer for m in curve.same_channel], "customer", palette.FOURTH, "-", -6),
    )
    x = curve.windows
    for measured, name, colour, line, up in lines:
        y = [100 * m.estimate for m in measured]
        low = [100 * (m.low or 0) for m in measured]
        high = [100 * (m.high or 0) for m in measured]
        ax.fill_between(x, low, high, color=colour, alpha=0.2, lw=0)
        ax.plot(x, y, color=colour, linestyle=line)
        ax.annotate(
            said[name],
            xy=(x[-1], y[-1]),
            xytext=(0, up),
            textcoords="offset points",
            ha="right",
            va="bottom" if up > 0 else "top",
            color=colour,
        )
    if truth is not None:
        ax.axhline(100 * truth, color=palette.INK, linestyle="--", lw=1.8)
        ax.annotate(
            said["truth"],
            xy=(x[0], 100 * truth),
            xytext=(0, -6),
            textcoords="offset points",
            va="top",
        )
    ax.set(ylim=(0, 102), xlim=(0, x[-1]), yticks=[0, 25, 50, 75, 100])
    ax.set_xlabel(said["window_x"])
    style.say_y(ax, said["window_y"])
    message = said["window_message"].format(
        end=100 * curve.any_channel[-1].company.estimate,
        customer=100 * curve.any_channel[-1].customer.estimate,
    )
    style.say_message(ax, message)
    return ax


@style.styled
def plot_web_goal(
    goal: WebGoal, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw a hundred calls of today, and what is left of them at the goal.

    Parameters
    ----------
    goal
        Share of calls from the web, today and as a goal.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.resolution.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.8)
    others = 100 * (1 - goal.share_now)
    tops = (100 * goal.share_now, goal.calls_left - others)
    looks = ((palette.BOOK, palette.BOOK, ""), (palette.PAPER, palette.FOUND, "////"))
    for place, (top, (face, edge, hatch)) in enumerate(zip(tops, looks, strict=True)):
        ax.bar(place, others, width=0.78, color=palette.HAIRLINE)
        ax.bar(
            place,
            top,
            bottom=others,
            width=0.78,
            facecolor=face,
            edgecolor=edge,
            hatch=hatch,
            linewidth=2,
        )
    now, later = tops
    for place, y, text, colour in (
        (0, others + now / 2, f"{now:.0f}\n{said['from_web']}", palette.PAPER),
        (0, others / 2, f"{others:.0f}\n{said['not_web']}", palette.INK),
        (1, others + later / 2, f"{later:.0f}", palette.FOUND),
        (1, others / 2, f"{others:.0f}", palette.INK),
    ):
        label = ax.text(place, y, text, ha="center", va="center", color=colour)
        label.set_fontweight("bold")
        if colour == palette.FOUND:  # readable on the hatch
            label.set_bbox({"facecolor": palette.PAPER, "edgecolor": "none", "pad": 3})
    labels = [said["today"], said["later"].format(goal=100 * goal.share_goal)]
    ax.set_xticks([0, 1], labels)
    ax.tick_params(axis="x", length=0)
    ax.set(ylim=(0, 105), yticks=[0, 25, 50, 75, 100], xlim=(-0.5, 1.5))
    style.say_y(ax, said["web_y"])
    message = said["web_message"].format(
        now=100 * goal.share_now, goal=100 * goal.share_goal, fall=100 * goal.fall
    )
    style.say_message(ax, message)
    return ax
