"""The chain as boxes and arrows, with what each arrow carries written on it.

The drawing is laid out again whenever the figure is drawn: the same chain fits a page,
a slide and a phone, where there is room for the estimates but not for their intervals.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, Protocol

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from cxlab import palette
from cxlab.paths import PathModel
from cxlab.paths.model import ARROW
from cxlab.plots import style
from cxlab.plots.chain_layout import BOX_PAD, Arrow, Layout

WORDS = MappingProxyType(
    {
        "message": "{arrows} arrows; the strongest, {start} → {end}, carries {size}",
        "drawing": "{boxes} boxes and {arrows} arrows",
        "interval": "{low} to {high}",
        "unit": "SD per SD",
        "weak": "SD per SD; dashed: may be nothing",
    }
)

# Columns and rows, from the top left; and where on its arrow a label finds room.
ECSI_PLACES: Mapping[str, tuple[float, float]] = MappingProxyType(
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

Role = Literal["found", "book", "world"]
_COLOURS: Mapping[str, str] = MappingProxyType(
    {"found": palette.FOUND, "book": palette.BOOK, "world": palette.INK}
)


class HasSummary(Protocol):
    """Any result of the course: it gives the tidy table."""

    def summary(self) -> pd.DataFrame:
        """Return the tidy table."""
        ...


@style.styled
def plot_chain(
    result: PathModel | HasSummary | pd.DataFrame,
    *,
    places: Mapping[str, tuple[float, float]] | None = None,
    labels: Mapping[str, float] | None = None,
    role: Role = "found",
    ax: Axes | None = None,
    words: Mapping[str, str] | None = None,
) -> Axes:
    """Draw a chain of boxes, each arrow as strong as it was found to be.

    Parameters
    ----------
    result
        A tidy table whose quantities are arrows such as ``"Value > Loyalty"``, a result
        that gives one, or a bare model (drawn without numbers). An arrow whose interval
        holds zero is dashed and grey.
    places
        Column and row of each box, from the top left; None: the customary places of
        ECSI, or one column for each step of the chain.
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
    pairs = [tuple(str(name).split(ARROW)) for name in table["quantity"]]
    known = (
        dict(ECSI_PLACES) if {n for p in pairs for n in p} <= set(ECSI_PLACES) else {}
    )
    where = dict(places or known or _by_steps(pairs))
    at = {**(ECSI_LABELS if where == known else {}), **(labels or {})}
    ax = style.new_axes(ax, height=0.7 + 1.2 * len({row for _, row in where.values()}))
    ax.set_axis_off()
    boxes = {name: _box(ax, said.get(name, name)) for name in where}
    arrows = [
        _arrow(
            ax, row, boxes, at=at.get(str(row["quantity"]), 0.5), role=role, said=said
        )
        for _, row in table.iterrows()
    ]
    ax.add_artist(Layout(ax, {boxes[n]: xy for n, xy in where.items()}, arrows))
    weak = ((table["low"] <= 0) & (table["high"] >= 0)).any()
    if table["estimate"].notna().any():
        style.say_y(ax, said["weak" if weak else "unit"])
    style.say_message(ax, _message(table, len(where), said))
    return ax


def _table(result: PathModel | HasSummary | pd.DataFrame) -> pd.DataFrame:
    if isinstance(result, PathModel):
        empty = {"quantity": result.path_names, "estimate": np.nan}
        return pd.DataFrame(empty).assign(low=np.nan, high=np.nan)
    table = result if isinstance(result, pd.DataFrame) else result.summary()
    strange = [q for q in table["quantity"] if str(q).count(ARROW) != 1]
    if strange:
        raise ValueError(
            f"{strange[0]!r} is no arrow. plot_chain draws quantities such as "
            "'Value > Loyalty'; give a table of paths."
        )
    return table


def _by_steps(pairs: list[tuple[str, ...]]) -> dict[str, tuple[float, float]]:
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
) -> Arrow:
    start, end = str(row["quantity"]).split(ARROW)
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
    shown = "" if np.isnan(low) else spoken
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
    if table["estimate"].isna().all():
        return said["drawing"].format(**counts)
    top = table.iloc[int(table["estimate"].abs().argmax())]
    start, end = (said.get(n, n) for n in str(top["quantity"]).split(ARROW))
    size = _number(float(top["estimate"]))
    return said["message"].format(start=start, end=end, size=size, **counts)


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
