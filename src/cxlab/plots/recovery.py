"""Pictures of recovery: who is left, who was chosen, a paradox unmade, and a bond."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from cxlab import palette
from cxlab.plots import style
from cxlab.recovery import Extremes, InvitationPlan, Survivors, Tilt, Unmade

WORDS = MappingProxyType(
    {
        "survivors_message": "Nobody has changed, and the average is {rise:.2f} SD "
        "higher",
        "survivors_x": "bond, SD from the average of all",
        "survivors_y": "customers",
        "gone": "gone",
        "all": "all",
        "left": "those\nwho stay",
        "extremes_message": "Chosen by one answer, real customers look less extreme "
        "by the other",
        "extremes_x": "place, SD from the average of all",
        "chosen": "chosen by {name}",
        "first": "on it",
        "second": "on the other",
        "unmade_message": "{survey:+.0f} of 100 in the survey, {honest:+.0f} when "
        "everybody is counted",
        "unmade_x": "loyal, of 100: put right less no failure",
        "survey": "who complained and stayed",
        "by lot": "by lot, who stayed",
        "all counted": "by lot, all counted",
        "truth": "planted",
        "tilt_message": "The higher the first answer, the deeper the fall, with or "
        "without a failure",
        "tilt_plain": "What a failure adds stands between the two lines",
        "tilt_x": "fifths by first answer, 5 high",
        "tilt_y": "change of the answer, SD",
        "others": "no failure",
        "failed": "failure",
        "plan_message": "Reach {reach:.0f} of 100 invited, and it takes {needed:,} in "
        "each group",
        "plan_x": "reached, of 100 invited",
        "plan_y": "customers needed in each group",
    }
)

_RUNG_COLOURS = {
    "survey": palette.REST,
    "by lot": palette.REST,
    "all counted": palette.FOUND,
}


def _words(words: Mapping[str, str] | None) -> dict[str, str]:
    return {**WORDS, **(words or {})}


def _signed(text: str) -> str:
    """Write a minus as long as a plus."""
    return text.replace("-", "\N{MINUS SIGN}")


@style.styled
def plot_survivors(
    found: Survivors,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the bell curve of bonds, those who left, and both averages.

    Parameters
    ----------
    found
        Who leaves and where the average then lies.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.recovery.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    x = np.linspace(-3, 3, 301)
    y = np.exp(-(x**2) / 2)
    gone = x <= found.cut
    ax.fill_between(
        x, 0, y, where=gone, facecolor="none", edgecolor=palette.REST, hatch="///", lw=0
    )
    ax.plot(x, y, color=palette.INK, lw=1.6)
    ax.vlines(found.cut, 0, np.exp(-(found.cut**2) / 2), colors=palette.REST, lw=1.6)
    ax.vlines(0, 0, 1.24, colors=palette.INK, linestyles="--", lw=1.8)
    ax.vlines(found.rise, 0, 1.24, colors=palette.FOUND, lw=3)
    for place, name, colour, side in (
        (0.0, said["all"], palette.INK, "right"),
        (found.rise, said["left"], palette.FOUND, "left"),
    ):
        ax.annotate(
            name,
            xy=(place, 1.24),
            xytext=(6 if side == "left" else -6, 0),
            textcoords="offset points",
            ha=side,
            va="top",
            color=colour,
            fontweight="bold",
        )
    ax.annotate(
        said["gone"],
        xy=(min(found.cut - 0.35, -0.75), 0.18),
        ha="center",
        color=palette.MUTED,
        fontweight="bold",
        bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 2},
    )
    ax.set(xlim=(-3, 3), ylim=(0, 1.27), yticks=())
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(said["survivors_x"])
    style.say_message(ax, said["survivors_message"].format(rise=found.rise))
    return ax


@style.styled
def plot_extremes(
    pairs: Mapping[str, Extremes],
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw where real customers stand on the answer they were chosen by, and another.

    Parameters
    ----------
    pairs
        Both places, by the name of the answer by which customers were chosen.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.recovery.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=1.5 + 1.2 * len(pairs))
    for row, (name, pair) in enumerate(pairs.items()):
        second = pair.second
        ax.plot((pair.first, second.estimate), (row, row), color=palette.REST, lw=1.4)
        ax.plot(pair.first, row, "o", color=palette.REST, ms=9)
        ax.hlines(row, second.low or 0, second.high or 0, colors=palette.FOUND, lw=2.4)
        ax.plot(second.estimate, row, "o", color=palette.FOUND, ms=9)
        ax.text(-1.55, row - 0.36, said["chosen"].format(name=name), va="center")
        for place, word, colour in (
            (pair.first, said["first"], palette.MUTED),
            (second.estimate, said["second"], palette.FOUND),
        ):
            ax.annotate(
                _signed(f"{word}\n{place:.2f}"),
                xy=(place, row),
                xytext=(0, -9),
                textcoords="offset points",
                ha="center",
                va="top",
                color=colour,
            )
    ax.axvline(0, color=palette.INK, lw=1)
    ax.set(xlim=(-1.6, 0.12), ylim=(len(pairs) - 0.35, -0.6), yticks=())
    ax.xaxis.set_major_locator(MaxNLocator(4))
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(said["extremes_x"])
    style.say_message(ax, said["extremes_message"])
    return ax


@style.styled
def plot_unmade(
    found: Unmade,
    *,
    truth: float,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw the same comparison in three tables, beside the planted truth.

    Parameters
    ----------
    found
        Three differences of shares.
    truth
        The planted difference, a share; dashed.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.recovery.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    for row, (name, gap) in enumerate(found.rungs.items()):
        colour = _RUNG_COLOURS[name]
        value = 100 * gap.estimate
        low, high = (100 * end for end in (gap.low or 0.0, gap.high or 0.0))
        ax.barh(
            row,
            value,
            height=0.42,
            facecolor=palette.PAPER,
            edgecolor=colour,
            hatch="///",
            lw=2,
        )
        ax.hlines(row, low, high, colors=palette.INK, lw=2)
        ax.annotate(
            _signed(f"{said[name]}: {value:+.0f}"),
            xy=(0, row - 0.24),
            xycoords=ax.get_yaxis_transform(),
            xytext=(0, 2),
            textcoords="offset points",
            va="bottom",
            fontweight="bold",
            color=palette.MUTED if colour == palette.REST else colour,
            bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1},
            zorder=4,
        )
    ax.vlines(100 * truth, -0.5, 2.3, colors=palette.INK, linestyles="--", lw=1.8)
    ax.annotate(
        _signed(f"{said['truth']}: {100 * truth:+.0f}"),
        xy=(100 * truth, 2.3),
        xytext=(0, -2),
        textcoords="offset points",
        ha="center",
        va="top",
        fontweight="bold",
    )
    ax.axvline(0, color=palette.INK, lw=1)
    ends = [100 * gap.estimate for gap in found.rungs.values()] + [100 * truth]
    ax.set(xlim=(min(*ends, -16) - 8, max(*ends, 16) + 6), ylim=(2.75, -0.75))
    ax.set_yticks(())
    ax.grid(visible=False)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(said["unmade_x"])
    message = said["unmade_message"].format(
        survey=100 * found.survey.estimate, honest=100 * found.honest.estimate
    )
    style.say_message(ax, _signed(message))
    return ax


@style.styled
def plot_tilts(
    tilts: Mapping[str, Tilt], *, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw the mean change by first answer, with and without a failure, world by world.

    Parameters
    ----------
    tilts
        The slopes and the fifths of each world, by its name.
    words
        Replaces words of ``cxlab.plots.recovery.WORDS``.
    """
    said = _words(words)
    panels = style.new_panels(1, len(tilts), height=4.0)
    for ax, (name, tilt) in zip(panels, tilts.items(), strict=True):
        table = tilt.fifths
        ax.axhline(0, color=palette.INK, lw=1)
        ax.plot(
            table["fifth"],
            table["others"],
            "--",
            color=palette.REST,
            lw=2,
            label=said["others"],
        )
        ax.plot(
            table["fifth"],
            table["failed"],
            "-o",
            color=palette.FOUND,
            mfc=palette.PAPER,
            mew=2,
            ms=7,
            label=said["failed"],
        )
        ax.set(xlim=(0.6, 5.4), xticks=(1, 3, 5))
        ax.set_xlabel(name, fontweight="bold")
    middle = panels[len(panels) // 2]
    middle.set_xlabel(f"{middle.get_xlabel()}\n{said['tilt_x']}")
    lines = panels[0].get_lines()[1:]
    figure = style.figure_of(panels[0])
    figure.legend(handles=lines, loc="outside lower center", ncols=2)
    style.say_y(panels[0], said["tilt_y"])
    falls = all(max(t.failed.estimate, t.others.estimate) < 0 for t in tilts.values())
    style.say_message(panels[0], said["tilt_message" if falls else "tilt_plain"])
    return panels[0]


@style.styled
def plot_invitations(
    plan: InvitationPlan,
    *,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw how many customers a test takes, by how many of the invited it reaches.

    Parameters
    ----------
    plan
        The test as it is planned; marked on the line.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.recovery.WORDS``.
    """
    said = _words(words)
    ax = style.new_axes(ax, height=3.6)
    reach = np.linspace(0.1, 0.9, 81)
    needed = [
        InvitationPlan(worth=plan.worth, reach=float(r), loyal=plan.loyal).needed
        for r in reach
    ]
    ax.plot(100 * reach, needed, color=palette.FOUND, lw=2.8)
    ax.plot(
        100 * plan.reach,
        plan.needed,
        "o",
        mec=palette.FOUND,
        mfc=palette.PAPER,
        mew=2.4,
        ms=10,
    )
    ax.annotate(
        f"{plan.needed:,}",
        xy=(100 * plan.reach, plan.needed),
        xytext=(9, 9),
        textcoords="offset points",
        color=palette.FOUND,
        fontweight="bold",
    )
    ax.set(yscale="log", xlim=(5, 95), xticks=(10, 30, 50, 70, 90))
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    ax.set_xlabel(said["plan_x"])
    style.say_y(ax, said["plan_y"])
    message = said["plan_message"].format(reach=100 * plan.reach, needed=plan.needed)
    style.say_message(ax, message)
    return ax
