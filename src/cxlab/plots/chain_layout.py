"""Where the boxes, arrows and labels of a chain find room, at every size of figure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from cxlab import palette

BOX_PAD = 5.0  # points between the text of a box and its edge
_ROOM_FOR_INTERVALS = 4.8  # inches: narrower axes show estimates alone


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """One arrow of the drawing, with its artists."""

    start: Text
    end: Text
    line: FancyArrowPatch
    estimate: Text
    interval: Text
    at: float  # where along the arrow the label stands, 0-1


class Layout(Artist):
    """Puts boxes, arrows and labels in place each time the figure is drawn."""

    def __init__(
        self,
        ax: Axes,
        boxes: Mapping[Text, tuple[float, float]],
        arrows: list[Arrow],
    ) -> None:
        super().__init__()
        self._ax, self._boxes, self._arrows = ax, boxes, arrows
        self.set_zorder(0)  # before everything that it moves
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Move everything to where the axes of this size have room for it."""
        room = np.array([self._ax.bbox.width, self._ax.bbox.height])
        inch = self._ax.figure.dpi
        half = {box: _half(box, renderer, inch) for box in self._boxes}
        grid = np.array(list(self._boxes.values()), dtype=float)
        halves = np.array(list(half.values()))
        low, high = grid.min(axis=0), grid.max(axis=0)
        before = np.array([halves[grid[:, k] == low[k], k].max() for k in (0, 1)])
        after = np.array([halves[grid[:, k] == high[k], k].max() for k in (0, 1)])
        span = np.where(high > low, high - low, 1.0)
        spots = before + (grid - low) / span * (room - before - after)
        spots[:, high == low] = room[high == low] / 2
        spots[:, 1] = room[1] - spots[:, 1]  # rows are counted from the top
        centre = dict(zip(self._boxes, spots, strict=True))
        for box, spot in centre.items():
            box.set_position(tuple(spot / room))
        intervals = room[0] > _ROOM_FOR_INTERVALS * inch
        for arrow in self._arrows:
            self._place(arrow, centre, half, room, intervals=intervals)

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
        lift = line / 2 if intervals and arrow.interval.get_text() else 0.0
        up = np.array([0.0, lift])
        arrow.estimate.set_position(tuple((middle + up) / room))
        arrow.interval.set_position(tuple((middle - up) / room))
        arrow.estimate.set_visible(bool(arrow.estimate.get_text()))
        arrow.interval.set_visible(intervals and bool(arrow.interval.get_text()))


def _half(box: Text, renderer: RendererBase, inch: float) -> np.ndarray:
    """Half the width and height of a box, in pixels."""
    text = box.get_window_extent(renderer)
    pad = (BOX_PAD + 1) / 72 * inch
    return np.array([text.width / 2 + pad, text.height / 2 + pad])


def _exit(way: np.ndarray, half: np.ndarray) -> float:
    """Where a line from the centre of a box leaves it, as a share of the line."""
    with np.errstate(divide="ignore"):
        return float(np.min(half / np.abs(way)))
