"""The chain as boxes and arrows, with what each arrow carries written on it.

The drawing is laid out again whenever the figure is drawn: the same chain fits a page,
a slide and a phone. A long chain without branches winds from row to row, so that its
intervals stay beside their estimates even there; where arrows cross, a phone has room
for the estimates alone.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, Protocol, runtime_checkable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from cxlab import palette
from cxlab.paths import PathModel
from cxlab.paths.model import ARROW
from cxlab.plots import style
from cxlab.plots.chain_layout import BOX_PAD, Arrow, Layout, Places, winding
from cxlab.results import Estimate, tidy

WORDS = MappingProxyType(
    {
        "message": "{arrows} arrows; the strongest, {start} → {end}, carries {size}",
        "drawing": "{boxes} boxes and {arrows} arrows",
        "interval": "{low} to {high}",
        "unit": "{unit}",
        "weak": "{unit}; dashed: may be nothing",
    }
)

# Columns and rows, from the top left; and where on its arrow a label finds room.
ECSI_PLACES: Places = MappingProxyType(
    {
        "Image": (0, 0),
        "Expectation": (0, 1),
        "Quality": (0, 2),
        "Value": (1.55, 2),
        "Satisfaction": (2, 1),
        "Complaints": (3, 2),
        "Loyalty": (3, 0),
    }
)
ECSI_LABELS: Mapping[str, float] = MappingProxyType(
    {
        "Image > Satisfaction": 0.45,
        "Expectation > Value": 0.32,
        "Quality > Satisfaction": 0.7,
        "Value > Satisfaction": 0.3,
    }
)

_UNIT = "SD per SD"  # of arrows whose table names no unit
_LONG_NAME = 13  # letters; a longer name of two words is written in two lines

Role = Literal["found", "book", "world"]
_COLOURS: Mapping[str, str] = MappingProxyType(
    {"found": palette.FOUND, "book": palette.BOOK, "world": palette.INK}
)


class HasSummary(Protocol):
    """A result whose tidy table holds arrows and nothing else."""

    def summary(self) -> pd.DataFrame:
        """Return the tidy table."""
        ...


@runtime_checkable
class HasArrows(Protocol):
    """A result that says which of its numbers are arrows: the form common to all."""

    @property
    def arrows(self) -> Sequence[Estimate]:
        """One estimate for each arrow; its quantity is such as ``"Value > Profit"``."""
        ...


Drawable = (
    PathModel
    | HasArrows
    | HasSummary
    | Sequence[Estimate]
    | Sequence[str]
    | pd.DataFrame
)


@style.styled
def plot_chain(
    result: Drawable,
    *,
    places: Places | None = None,
    labels: Mapping[str, float] | None = None,
    role: Role = "found",
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a chain of boxes, each arrow as strong as it was found to be.

    Parameters
    ----------
    result
        Estimates whose quantities are arrows such as ``"Value > Loyalty"``: a list of
        them, a result with ``arrows``, a tidy table or a result that gives one. Or a
        bare model, or names of arrows, drawn without numbers. An arrow whose interval
        holds zero is dashed and grey; where units differ, each arrow says its own.
    places
        Column and row of each box, from the top left; None: the customary places of
        ECSI, a winding row for a long chain without branches, or one column for each
        step.
    labels
        Where on its arrow a label stands, 0 start .. 1 end; 0.5 if not given.
    role
        "book" for printed arrows, "found" for ours, "world" for planted ones.
    ax
        Axes to draw on; None makes a new figure.
    words
        Replaces words of ``cxlab.plots.chain.WORDS``, or names a box otherwise.
    """
    said = {**WORDS, **(words or {})}
    table = _table(result)
    pairs = [_start_and_end(name) for name in table["quantity"]]
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    known = dict(ECSI_PLACES) if set(names) <= set(ECSI_PLACES) else {}
    row = None if places or known else _one_row(pairs)
    where = dict(places or known or (winding(row, 3) if row else _by_steps(pairs)))
    narrow = winding(row, 2) if row else where
    at = {**(ECSI_LABELS if where == known else {}), **(labels or {})}
    rows = len({place for _, place in narrow.values()})
    ax = style.new_axes(ax, height=0.7 + (1.0 if row else 1.2) * rows)
    ax.set_axis_off()
    boxes = {name: _box(ax, _two_lines(said.get(name, name))) for name in where}
    mixed = len(set(table["unit"])) > 1
    arrows = [
        _arrow(
            ax,
            one,
            boxes,
            at=at.get(str(one["quantity"]), 0.5),
            role=role,
            said=said,
            beneath=str(one["unit"]) if mixed else "",
        )
        for _, one in table.iterrows()
    ]
    wide, slim = ({boxes[n]: xy for n, xy in p.items()} for p in (where, narrow))
    ax.add_artist(Layout(ax, wide, arrows, narrow=slim))
    weak = ((table["low"] <= 0) & (table["high"] >= 0)).any()
    if table["estimate"].notna().any() and not mixed:
        key = "weak" if weak else "unit"
        style.say_y(ax, said[key].format(unit=table["unit"].iloc[0]))
    style.say_message(ax, _message(table, len(where), said))
    return ax


def _table(result: Drawable) -> pd.DataFrame:
    if isinstance(result, pd.DataFrame):
        table = result
    elif isinstance(result, PathModel):
        table = _bare(result.path_names)
    elif isinstance(result, HasArrows):
        table = tidy(result.arrows)
    elif isinstance(result, Sequence):
        named = [one for one in result if isinstance(one, str)]
        given = [one for one in result if isinstance(one, Estimate)]
        table = _bare(named) if named else tidy(given)
    else:
        table = result.summary()
    strange = [q for q in table["quantity"] if str(q).count(ARROW) != 1]
    if strange:
        raise ValueError(
            f"{strange[0]!r} is no arrow. plot_chain draws quantities such as "
            "'Value > Loyalty'; give a table of paths."
        )
    unit = table["unit"].replace("", _UNIT) if "unit" in table else _UNIT
    return table.assign(unit=unit)


def _bare(names: Sequence[str]) -> pd.DataFrame:
    """Arrows without numbers."""
    return tidy(Estimate(quantity=name, estimate=float("nan")) for name in names)


def _start_and_end(arrow: object) -> tuple[str, str]:
    start, _, end = str(arrow).partition(ARROW)
    return start, end


def _one_row(pairs: list[tuple[str, str]]) -> list[str] | None:
    """Return the boxes of a plain chain in their order; None if it branches."""
    after = dict(pairs)
    start = {a for a, _ in pairs} - {b for _, b in pairs}
    if len(pairs) < 2 or len(start) != 1:
        return None
    row = [start.pop()]
    while row[-1] in after and len(row) <= len(pairs):
        row.append(after[row[-1]])
    return row if len(row) == len(pairs) + 1 == len(set(row)) else None


def _two_lines(name: str) -> str:
    """Break a long name at the space nearest to its middle."""
    if len(name) <= _LONG_NAME or "\n" in name or " " not in name:
        return name
    spaces = [k for k, letter in enumerate(name) if letter == " "]
    middle = min(spaces, key=lambda k: abs(2 * k + 1 - len(name)))
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def _by_steps(pairs: list[tuple[str, str]]) -> dict[str, tuple[float, float]]:
    """One column for each step from the left; boxes of a step under each other."""
    depth = {name: 0 for pair in pairs for name in pair}
    for _ in depth:
        for start, end in pairs:
            depth[end] = max(depth[end], depth[start] + 1)
    rows = dict.fromkeys(depth, 0.0)
    for step in set(depth.values()):
        same = [name for name in depth if depth[name] == step]
        for k, name in enumerate(same):
            rows[name] = k - (len(same) - 1) / 2
    return {name: (depth[name], rows[name]) for name in depth}


def _box(ax: Axes, name: str) -> Text:
    box = ax.text(
        0.5,
        0.5,
        name,
        transform=ax.transAxes,
        ha="center",
        va="center",
        zorder=3,
        bbox={
            "boxstyle": f"square,pad={BOX_PAD / palette.FIGURE_PT}",
            "facecolor": palette.WASH,
            "edgecolor": palette.MUTED,
            "linewidth": 1.0,
        },
    )
    box.set_in_layout(False)
    return box


def _arrow(
    ax: Axes,
    row: pd.Series,
    boxes: Mapping[str, Text],
    *,
    at: float,
    role: Role,
    said: Mapping[str, str],
    beneath: str,
) -> Arrow:
    start, end = _start_and_end(row["quantity"])
    size, low, high = (float(row[c]) for c in ("estimate", "low", "high"))
    bare = bool(np.isnan(size))
    weak = low <= 0 <= high  # False without an interval
    colour = palette.MUTED if bare else palette.REST if weak else _COLOURS[role]
    line = FancyArrowPatch(
        (0, 0),
        (1, 1),
        transform=ax.transAxes,
        arrowstyle="-|>",
        mutation_scale=13,
        shrinkA=0,
        shrinkB=1,
        color=colour,
        linewidth=1.4 if bare else 1.2 + 4.5 * min(abs(size), 1.0),
        linestyle=(0, (3, 2)) if weak else "-",
        zorder=1,
    )
    ax.add_artist(line)
    line.set_in_layout(False)
    spoken = said["interval"].format(low=_number(low), high=_number(high))
    label = palette.INK if weak or bare else colour
    shown = "" if bare else _number(size)
    estimate = _label(ax, shown, label, bold=not weak, pad=0.15)
    shown = beneath if np.isnan(low) else spoken
    interval = _label(ax, shown, palette.MUTED, bold=False, pad=0.4)
    return Arrow(
        start=boxes[start],
        end=boxes[end],
        line=line,
        estimate=estimate,
        interval=interval,
        at=at,
    )


def _label(ax: Axes, said: str, colour: str, *, bold: bool, pad: float) -> Text:
    text = ax.text(
        0.5,
        0.5,
        said,
        transform=ax.transAxes,
        ha="center",
        va="center",
        color=colour,
        fontweight="bold" if bold else "normal",
        zorder=2 - pad,  # the estimate over the wider margin of its interval
        bbox={"boxstyle": f"square,pad={pad}", "facecolor": palette.PAPER, "lw": 0},
    )
    text.set_in_layout(False)
    return text


def _message(table: pd.DataFrame, boxes: int, said: Mapping[str, str]) -> str:
    counts = {"boxes": boxes, "arrows": len(table)}
    if table["estimate"].isna().all() or len(set(table["unit"])) > 1:
        return said["drawing"].format(**counts)
    top = table.iloc[int(table["estimate"].abs().argmax())]
    start, end = (said.get(n, n) for n in _start_and_end(top["quantity"]))
    size = _number(float(top["estimate"]))
    return said["message"].format(start=start, end=end, size=size, **counts)


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
