"""The lid over a cloud of customers, and how much room it leaves empty.

The empty corner is bounded by a ceiling: the highest loyalty that anybody reached with
so much experience or less. CE-FDH takes it as it is, in steps; CR-FDH draws a straight
line through the corners of the steps. Both rest on the few customers at the edge, which
is their strength (one exception counts) and their weakness (one slip counts too).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

CEILINGS = ("CE-FDH", "CR-FDH")
CORNERS = ("upper left", "lower right")
_HAIR = 1e-12  # areas differ by rounding where they are the same


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """A ceiling, the customers who hold it up, and the empty share beyond it."""

    kind: str  # CE-FDH, steps; CR-FDH, a line
    corner: str  # the empty one: "upper left" or "lower right"
    size: float  # d: empty part of the scope, 0-1
    scope: tuple[float, float, float, float]  # lowest and highest x, and y
    peers_x: Floats  # the customers at the corners of the steps
    peers_y: Floats
    n: int  # customers

    @property
    def line(self) -> tuple[float, float]:
        """Intercept and slope of the line through the peers (CR-FDH)."""
        if len(self.peers_x) < 2:
            return float(self.peers_y[0]), 0.0
        slope, intercept = np.polyfit(self.peers_x, self.peers_y, 1)
        return float(intercept), float(slope)

    def edge(self) -> tuple[Floats, Floats]:
        """Return the corners of the ceiling, as they are drawn from left to right."""
        low, high, bottom, top = self.scope
        if self.kind == "CR-FDH":
            intercept, slope = self.line
            x = np.linspace(low, high, 201)
            return x, np.clip(intercept + slope * x, bottom, top)
        if self.corner == "upper left":
            x = np.append(np.repeat(self.peers_x, 2)[1:], high)
            return x, np.repeat(self.peers_y, 2)
        x = np.append(np.repeat(self.peers_x, 2)[1:], low)
        return x[::-1], np.repeat(self.peers_y, 2)[::-1]

    def summary(self) -> pd.DataFrame:
        """Return the empty share as the tidy table."""
        name = f"empty share, {self.corner}, {self.kind}"
        return tidy([Estimate(quantity=name, estimate=self.size, n=self.n)])

    def __str__(self) -> str:
        """Say how much is empty."""
        return (
            f"{self.size:.0%} of the room is empty in the {self.corner} corner "
            f"({self.kind}, {self.n} customers)."
        )

    def describe(self) -> str:
        """Say what a picture of the cloud and its ceiling shows."""
        return (
            f"A cloud of {self.n} customers and its ceiling ({self.kind}), which rests "
            f"on {len(self.peers_x)} of them; {self.size:.0%} of the room, in the "
            f"{self.corner} corner, is empty."
        )


def ceiling(
    x: ArrayLike, y: ArrayLike, *, kind: str = "CE-FDH", corner: str = "upper left"
) -> Ceiling:
    """Return the ceiling over customers, and how much of the room it leaves empty.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        What may be needed (experience) and what it may be needed for (loyalty), both
        rising from bad to good.
    kind : str
        "CE-FDH" for steps, "CR-FDH" for a line through the corners of the steps.
    corner : str
        "upper left" if x may be necessary for y; "lower right" if it may be enough.

    Notes
    -----
    The scope is the rectangle from the lowest to the highest x and y; d is the empty
    area over the area of the scope. The corner lower right is the corner upper left of
    the same picture turned by half a turn.

    References
    ----------
    Dul (2016), Organizational Research Methods 19, 10-52.

    Examples
    --------
    Seven customers on a board of 4 by 4. Over experience 1 to 2 nobody is above 2,
    over 2 to 4 nobody above 3: three and four squares of sixteen are empty.

    >>> x, y = [1, 1, 2, 2, 3, 4, 5], [1, 2, 2, 3, 1, 5, 4]
    >>> ceiling(x, y).size
    0.4375

    The line through the corners (1, 2), (2, 3) and (4, 5) leaves half of 3 by 3.

    >>> round(ceiling(x, y, kind="CR-FDH").size, 9)
    0.28125
    """
    across, up = _turned(*_pairs(x, y), corner)
    order = np.lexsort((up, across))
    across, up = across[order], up[order]
    size = float(effect_sizes(across, up[None, :], kind=kind)[0])
    tops = np.maximum.accumulate(up)
    last = np.append(np.diff(across) > 0, True)
    levels = tops[last]
    rises = np.append(True, np.diff(levels) > 0)
    sign = 1.0 if corner == "upper left" else -1.0
    a, b = _pairs(x, y)
    return Ceiling(
        kind=kind,
        corner=corner,
        size=size,
        scope=(float(a.min()), float(a.max()), float(b.min()), float(b.max())),
        peers_x=sign * across[last][rises],
        peers_y=sign * levels[rises],
        n=len(a),
    )


def effect_sizes(x: ArrayLike, draws: ArrayLike, *, kind: str = "CE-FDH") -> Floats:
    """Return d, the empty share upper left, for many draws of y over the same x.

    Parameters
    ----------
    x : array_like, shape (n,)
        In rising order.
    draws : array_like, shape (n_draws, n)
        Each row pairs the same x anew.
    kind : str
        "CE-FDH" or "CR-FDH".

    Returns
    -------
    ndarray, shape (n_draws,)
        Shares of the scope, 0-1.

    Examples
    --------
    >>> effect_sizes([1, 2, 3], [[1, 2, 3], [3, 1, 2]]).tolist()
    [0.75, 0.0]
    """
    across, up = np.asarray(x, dtype=float), np.asarray(draws, dtype=float)
    if kind not in CEILINGS:
        raise ValueError(
            f"kind={kind!r} is no ceiling. Choose one of: {', '.join(CEILINGS)}."
        )
    if np.any(np.diff(across) < 0):
        raise ValueError(
            "x does not rise from row to row. Sort the customers by x first, each with "
            "her own y."
        )
    highest, lowest = up.max(axis=1), up.min(axis=1)
    room = (across[-1] - across[0]) * (highest - lowest)
    if np.any(room <= 0):
        raise ValueError(
            "All customers have the same x, or the same y: there is no room to be "
            "empty. Take a question on which they differ."
        )
    tops = np.maximum.accumulate(up, axis=1)
    if kind == "CE-FDH":
        # where several share an x, all but the last have no width
        empty = (highest[:, None] - tops[:, :-1]) @ np.diff(across)
    else:
        empty = _over_lines(across, tops, highest, lowest)
    return np.asarray(empty / room)


def _over_lines(
    across: Floats, tops: Floats, highest: Floats, lowest: Floats
) -> Floats:
    """Return the area above the line through the peers, for each row of steps."""
    last = np.append(np.diff(across) > 0, True)
    x, levels = across[last], tops[:, last]
    first = np.ones((len(levels), 1), dtype=bool)
    peer = np.hstack([first, np.diff(levels, axis=1) > 0])
    count = peer.sum(axis=1)
    middle_x = (peer @ x) / count
    middle_y = (peer * levels).sum(axis=1) / count
    from_middle = np.where(peer, x - middle_x[:, None], 0.0)
    spread = (from_middle**2).sum(axis=1)
    together = (from_middle * levels).sum(axis=1)
    slanted = count > 1  # with one peer it is the top left one: nothing is empty
    slope = np.divide(together, spread, out=np.ones_like(together), where=slanted)
    left = middle_y + slope * (x[0] - middle_x)
    right = middle_y + slope * (x[-1] - middle_x)

    def below(height: Floats) -> Floats:
        """Return the area between the line and a height above it."""
        ends = (np.maximum(height - end, 0.0) ** 2 for end in (left, right))
        return np.asarray(np.subtract(*ends) / (2 * slope))

    return np.where(slanted, below(highest) - below(lowest), 0.0)


def _pairs(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    across, up = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if across.ndim != 1 or across.shape != up.shape or len(across) < 2:
        raise ValueError(
            f"x has shape {across.shape} and y {up.shape}. Give one x and one y for "
            "each of at least two customers."
        )
    if not (np.isfinite(across).all() and np.isfinite(up).all()):
        raise ValueError(
            "An answer is missing. A ceiling rests on single customers: leave those "
            "out who gave one answer only, and say how many."
        )
    return across, up


def _turned(x: Floats, y: Floats, corner: str) -> tuple[Floats, Floats]:
    """Turn the picture so that the corner asked about is upper left."""
    if corner not in CORNERS:
        raise ValueError(
            f"corner={corner!r}: choose {' or '.join(map(repr, CORNERS))}."
        )
    return (x, y) if corner == CORNERS[0] else (-x, -y)
