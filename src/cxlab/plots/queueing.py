"""A picture of what a promise costs in agents, by how much the plan knows."""

from collections.abc import Mapping
from types import MappingProxyType

from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.queueing import Plans

WORDS = MappingProxyType(
    {
        "message": "What the plan cannot know costs {extra} agents; if it knew how "
        "busy the day is, {known}",
        "x": "agents on top of {least}",
        "the time of day": "the time\nof day",
        "time and weekday": "time and\nweekday",
        "time and the day's level": "time and the\nday's level",
        "the rate of every slot": "the rate of\nevery slot",
        "kept": "else {kept:.0f} of 100 in time",
        "kept_all": "{kept:.0f} of 100 in time",
    }
)


@style.styled
def plot_plans(
    plans: Plans, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw the agents needed on top of chance, by what the plan knows.

    Parameters
    ----------
    plans
        The same promise for plans that know more and more.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.queueing.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=3.9)
    extra = [plan.agents - plans.least for plan in plans.plans]
    for row, (plan, more) in enumerate(zip(plans.plans, extra, strict=True)):
        ax.barh(-row, more, height=0.42, color=palette.FOUND)
        ax.annotate(
            f"+{more}",
            xy=(more, -row),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=palette.FOUND,
            fontweight="bold",
        )
        text = said["kept" if more else "kept_all"].format(kept=100 * plan.kept)
        ax.annotate(
            text,
            xy=(0, -row + 0.24),
            xytext=(3, 1),
            textcoords="offset points",
            va="bottom",
            color=palette.MUTED,
        )
    ax.set_yticks(
        [-row for row in range(len(extra))],
        [said.get(plan.known, plan.known) for plan in plans.plans],
    )
    ax.tick_params(axis="y", length=0)
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x")
    ax.set(xlim=(0, max(1, 1.15 * max(extra))), ylim=(0.4 - len(extra), 0.75))
    ax.set_xlabel(said["x"].format(least=plans.least))
    style.say_message(ax, said["message"].format(extra=extra[0], known=extra[-2]))
    return ax
