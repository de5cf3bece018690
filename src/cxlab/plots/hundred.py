"""One square for each customer of a hundred: counts that everybody can check."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from cxlab import palette
from cxlab.plots import style
from cxlab.surveys import TwoGroups

WORDS = MappingProxyType(
    {
        "message": "{satisfied} of the {leavers} who mean to leave said they were "
        "satisfied",
        "message_groups": "{few} of {n} satisfied customers mean to leave, {many} of "
        "{n} dissatisfied ones",
        "message_two": "The same odds, {odds:.1f} times as high: yet {few} or {many} "
        "of 100 leavers were satisfied",
        "satisfied": "{n} satisfied",
        "dissatisfied": "{n} dissatisfied",
        "leave": "{n} mean to leave",
    }
)

Block = tuple[str, int, int]  # name of the group, its customers, who means to leave

_ROW = 10  # squares in a row
_SIDE = 0.82  # of a square, in the space of one
_LABEL = 3.0  # rows that a label of two lines takes


@style.styled
def plot_hundred(
    groups: TwoGroups | Sequence[TwoGroups],
    *,
    real: bool = True,
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw customers as squares, those who mean to leave dark, by satisfied or not.

    Parameters
    ----------
    groups
        One table, or several to be drawn side by side; ``table.of(200)`` draws the same
        shares with two hundred squares.
    real
        True fills the squares (real customers, or a published table); False leaves
        them open.
    ax
        Axes to draw on, for one table; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.hundred.WORDS``.
    """
    said = {**WORDS, **(words or {})}
    tables = [groups] if isinstance(groups, TwoGroups) else list(groups)
    if ax is not None and len(tables) > 1:
        raise ValueError(
            f"{len(tables)} tables on one axes: leave ax out, and a figure with a "
            "panel for each is made."
        )
    hundreds = [table.whole() for table in tables]
    stacks = [list(_blocks(table)) for table in hundreds]
    if ax is not None:
        panels = [ax]
    elif len(tables) == 1:  # both groups side by side fill the width
        stacks = [[block] for block in stacks[0]]
        panels = style.new_panels(1, 2, height=4.2)
    else:
        panels = style.new_panels(1, len(tables), height=4.8)
    depth = max(map(_depth, stacks))
    for panel, stack in zip(panels, stacks, strict=True):
        panel.axis("off")
        panel.set(xlim=(-0.2, _ROW + 0.2), ylim=(depth, 0), aspect="equal")
        panel.set_anchor("NW")
        _draw(panel, stack, said, real=real)
    style.say_message(panels[0], _message(hundreds, tables, said))
    return panels[0]


def _message(
    hundreds: Sequence[TwoGroups], tables: Sequence[TwoGroups], said: Mapping[str, str]
) -> str:
    if len(tables) == 1:
        only = hundreds[0]
        (other, satisfied) = only.counts.sum(axis=1)
        if other == satisfied:
            return said["message_groups"].format(
                few=round(only.satisfied_leave),
                many=round(only.dissatisfied_leave),
                n=round(satisfied),
            )
        return said["message"].format(
            satisfied=round(only.satisfied_leave),
            leavers=round(only.satisfied_leave + only.dissatisfied_leave),
        )
    shares = [100 * t.satisfied_among_leavers for t in tables]
    return said["message_two"].format(
        odds=tables[0].odds_ratio, few=round(min(shares)), many=round(max(shares))
    )


def _blocks(table: TwoGroups) -> Iterator[Block]:
    """Give for each group its name, its customers, and how many mean to leave."""
    for name, (leave, stay) in zip(
        ("satisfied", "dissatisfied"), table.counts[::-1], strict=True
    ):
        yield name, round(leave + stay), round(leave)


def _depth(stack: Sequence[Block]) -> float:
    """Rows that the groups take, with a label between two of them."""
    rows = sum(ceil(n / _ROW) for _, n, _ in stack)
    return rows + _LABEL * (len(stack) - 1)


def _draw(
    ax: Axes, stack: Sequence[Block], said: Mapping[str, str], *, real: bool
) -> None:
    top = 0.0
    for name, n, leave in stack:
        top += _LABEL if top else 0.0  # the first label stands above the axes
        lines = (
            (said[name].format(n=n), 19, palette.INK),
            (said["leave"].format(n=leave), 4, palette.BOOK),
        )
        for text, up, colour in lines:
            ax.annotate(
                text,
                xy=(0, top),
                xytext=(0, up),
                textcoords="offset points",
                va="bottom",
                color=colour,
                fontweight="bold",
                annotation_clip=False,
            )
        for place in range(n):
            row, column = divmod(place, _ROW)
            ax.add_patch(_square(column, top + row, leaves=place < leave, real=real))
        top += ceil(n / _ROW)


def _square(x: float, y: float, *, leaves: bool, real: bool) -> Rectangle:
    colour = palette.BOOK if leaves else palette.REST
    return Rectangle(
        (x, y),
        _SIDE,
        _SIDE,
        facecolor=colour if real else palette.PAPER,
        edgecolor=colour,
        alpha=1.0 if leaves or not real else 0.45,
        hatch="/////" if leaves and not real else None,
        linewidth=1.2,
    )
