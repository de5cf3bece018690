"""Where the boxes, arrows and labels of a chain find room, at every size of figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from cxlab import palette

BOX_PAD = 5.0  # points between the text of a box and its edge
Places = Mapping[str, tuple[float, float]]  # column and row, from the top left

_WIDE = 4.8  # inches: narrower axes are a phone's
_LEVEL = 0.2  # rise per run up to which labels stand over and under the arrow
_STEEP = 4.0  # rise per run from which labels stand beside the arrow


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One arrow of the drawing, with its artists."""

    start: Text
    end: Text
    line: FancyArrowPatch
    estimate: Text
    interval: Text
    at: float  # where along the arrow the label stands, 0-1


def winding(names: Sequence[str], columns: int) -> Places:
    """Place a long chain in rows, to the right and back again.

    Examples
    --------
    >>> winding("ABCD", 3)
    {'A': (0, 0), 'B': (1, 0), 'C': (2, 0), 'D': (2, 1)}
    """
    places = {}
    for k, name in enumerate(names):
        row, column = divmod(k, columns)
        places[name] = (column if row % 2 == 0 else columns - 1 - column, row)
    return places


class Layout(Artist):
    """Puts boxes, arrows and labels in place each time the figure is drawn.

    Where a phone has places of its own, the chain winds: its arrows run along rows and
    columns, and labels stand beside them and not on them.
    """

    def __init__(
        self,
        ax: Axes,
        boxes: Mapping[Text, tuple[float, float]],
        arrows: list[Arrow],
        *,
        narrow: Mapping[Text, tuple[float, float]],
    ) -> None:
        super().__init__()
        self._ax, self._arrows = ax, arrows
        self._wide, self._narrow = boxes, narrow
        self._winds = boxes != narrow
        self.set_zorder(0)  # before everything that it moves
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Move everything to where the axes of this size have room for it."""
        room = np.array([self._ax.bbox.width, self._ax.bbox.height])
        inch = self._ax.figure.dpi
        wide = bool(room[0] > _WIDE * inch)
        places = self._wide if wide else self._narrow
        half = {box: _half(box, renderer, inch) for box in places}
        grid = np.array(list(places.values()), dtype=float)
        halves = np.array(list(half.values()))
        low, high = grid.min(axis=0), grid.max(axis=0)
        before = np.array([halves[grid[:, k] == low[k], k].max() for k in (0, 1)])
        after = np.array([halves[grid[:, k] == high[k], k].max() for k in (0, 1)])
        span = np.where(high > low, high - low, 1.0)
        spots = before + (grid - low) / span * (room - before - after)
        spots[:, high == low] = room[high == low] / 2
        spots[:, 1] = room[1] - spots[:, 1]  # rows are counted from the top
        centre = dict(zip(places, spots, strict=True))
        for box, spot in centre.items():
            box.set_position(tuple(spot / room))
        for arrow in self._arrows:
            self._place(arrow, centre, half, room, intervals=wide or self._winds)

    def _place(
        self,
        arrow: Arrow,
        centre: Mapping[Text, np.ndarray],
        half: Mapping[Text, np.ndarray],
        room: np.ndarray,
        *,
        intervals: bool,
    ) -> None:
        start, end = centre[arrow.start], centre[arrow.end]
        way = end - start
        leave = start + way * _exit(way, half[arrow.start])
        arrive = end - way * _exit(way, half[arrow.end])
        arrow.line.set_positions(tuple(leave / room), tuple(arrive / room))
        middle = leave + arrow.at * (arrive - leave)
        line = 1.25 * palette.FIGURE_PT / 72 * self._ax.figure.dpi
        both = intervals and bool(arrow.interval.get_text())
        up, aside = np.array([0.0, line / 2 if both else 0.0]), np.zeros(2)
        if self._winds and abs(way[1]) < _LEVEL * abs(way[0]):
            up = np.array([0.0, 0.85 * line])
        elif self._winds and abs(way[1]) > _STEEP * abs(way[0]):
            aside = self._aside(arrow, middle, room, both=both)
        arrow.estimate.set_position(tuple((middle + aside + up) / room))
        arrow.interval.set_position(tuple((middle + aside - up) / room))
        arrow.estimate.set_visible(bool(arrow.estimate.get_text()))
        arrow.interval.set_visible(intervals and bool(arrow.interval.get_text()))

    def _aside(
        self, arrow: Arrow, middle: np.ndarray, room: np.ndarray, *, both: bool
    ) -> np.ndarray:
        """Return the step from an upright arrow to its labels, towards the middle."""
        labels = [arrow.estimate, arrow.interval] if both else [arrow.estimate]
        width = max(label.get_window_extent().width for label in labels)
        step = width / 2 + palette.FIGURE_PT / 72 * self._ax.figure.dpi
        return np.array([-step if middle[0] > room[0] / 2 else step, 0.0])


def _half(box: Text, renderer: RendererBase, inch: float) -> np.ndarray:
    """Half the width and height of a box, in pixels."""
    text = box.get_window_extent(renderer)
    pad = (BOX_PAD + 1) / 72 * inch
    return np.array([text.width / 2 + pad, text.height / 2 + pad])


def _exit(way: np.ndarray, half: np.ndarray) -> float:
    """Where a line from the centre of a box leaves it, as a share of the line."""
    with np.errstate(divide="ignore"):
        return float(np.min(half / np.abs(way)))
