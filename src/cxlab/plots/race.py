"""A picture of many races between scores: who came first, and whose win stands."""

from collections.abc import Mapping
from types import MappingProxyType

from matplotlib.axes import Axes

from cxlab import palette
from cxlab.plots import style
from cxlab.surveys import Races

WORDS = MappingProxyType(
    {
        "message": "Three equal scores: each wins its share of {n} races, and the "
        "paired test crowns {crowned}",
        "lane": "{name}: first in {wins} races",
        "crowned": "filled: the paired test lets the win stand",
    }
)
_DEEP = 4  # marks in a column


@style.styled
def plot_races(
    races: Races, *, ax: Axes | None = None, words: Mapping[str, str] | None = None
) -> Axes:
    """Draw one open mark for each race, in the lane of the score that came first.

    Parameters
    ----------
    races
        Winners, and which of them the paired test lets stand.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.race.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    ax = style.new_axes(ax, height=4.4)
    longest = 0
    for lane, name in enumerate(races.names):
        won = [
            stands
            for winner, stands in zip(races.winners, races.crowned, strict=True)
            if winner == name
        ]
        top = lane * (_DEEP + 2.6)
        label = said["lane"].format(name=name, wins=len(won))
        ax.text(-0.5, top - 0.9, label, va="bottom", fontweight="bold")
        for place, stands in enumerate(sorted(won, reverse=True)):
            column, row = divmod(place, _DEEP)
            ax.plot(
                column,
                top + row,
                "o",
                ms=7,
                mew=1.4,
                mec=palette.FOUND,
                mfc=palette.FOUND if stands else palette.PAPER,
            )
        longest = max(longest, -(-len(won) // _DEEP))
    bottom = len(races.names) * (_DEEP + 2.6) - 1.6
    ax.text(-0.5, bottom, said["crowned"], va="top", color=palette.MUTED)
    ax.axis("off")
    ax.set(xlim=(-1, max(longest, 12)), ylim=(bottom + 1.6, -2.6))
    message = said["message"].format(n=races.n, crowned=sum(races.crowned))
    style.say_message(ax, message)
    return ax
