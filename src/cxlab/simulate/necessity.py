"""Four worlds with one correlation: which of their corners is empty is what we set.

Answers from 1 to 10 on experience and on loyalty. Two bell curves go together, and in
three of the worlds some pairs of answers cannot occur: high loyalty without experience,
low loyalty in spite of it, or both. The link is chosen so that the correlation of the
answers is the same in all four. A slide that prints it cannot tell them apart.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq

from cxlab.latent import share_below_both

Floats = NDArray[np.float64]

ANSWERS = np.arange(1, 11)
_MIDDLE, _SPREAD = 5.5, 2.8  # points: where people answer on the scale
_ROOM = 4  # points that loyalty can be above experience, or below it
_FAR = 9.0  # standard deviations: beyond them nobody is left

# name: (loyalty cannot rise above experience, cannot fall below it)
WORLDS = {
    "necessary": (True, False),
    "sufficient": (False, True),
    "both": (True, True),
    "plain": (False, False),
}


@dataclass(frozen=True, kw_only=True)
class CornerWorld:
    """A world of customers whose empty corners, and whose correlation, are known."""

    name: str
    necessary: bool  # nobody is loyal without the experience
    sufficient: bool  # nobody with the experience is disloyal
    link: float  # correlation of the two bell curves behind the answers
    chances: Floats  # shape (10, 10): of each pair, rows experience, columns loyalty

    @property
    def correlation(self) -> float:
        """Correlation of the answers, exactly."""
        return _correlation(self.chances)

    @property
    def empty_upper_left(self) -> float:
        """Part of the scope above what can occur, 0-1, exactly."""
        return _empty(self.chances)

    @property
    def empty_lower_right(self) -> float:
        """Part of the scope below what can occur, 0-1, exactly."""
        return _empty(self.chances[::-1, ::-1])


def corner_world(name: str, *, link: float = 0.5) -> CornerWorld:
    """Make one of the four worlds.

    Parameters
    ----------
    name : str
        "necessary", "sufficient", "both" or "plain".
    link : float
        Correlation of the bell curves in the plain world, from 0 up to .7. The other
        worlds get the link that gives their answers the same correlation.

    Examples
    --------
    >>> world = corner_world("necessary")
    >>> round(world.correlation - corner_world("plain").correlation, 9)
    0.0
    >>> round(81 * world.empty_upper_left), world.empty_lower_right
    (15, 0.0)
    """
    if name not in WORLDS:
        raise ValueError(f"There is no world {name!r}. Choose one of: {list(WORLDS)}.")
    if not 0 <= link <= 0.7:
        raise ValueError(
            f"link={link}: choose from 0 to .7, where all four worlds can share one "
            "correlation."
        )
    necessary, sufficient = WORLDS[name]
    wanted = _correlation(_chances(link, necessary=False, sufficient=False))
    corners = {"necessary": necessary, "sufficient": sufficient}
    own = link
    if any(corners.values()):
        own = brentq(
            lambda r: _correlation(_chances(r, **corners)) - wanted, -0.95, 0.95
        )
    return CornerWorld(name=name, link=own, chances=_chances(own, **corners), **corners)


def answers(
    world: CornerWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, CornerWorld]:
    """Draw customers from a world, and give its truth back.

    Returns
    -------
    DataFrame
        Columns ``experience`` and ``loyalty``, points, 1 low .. 10 high.
    CornerWorld
        The truth.
    """
    cells = rng.choice(world.chances.size, size=n, p=world.chances.ravel())
    rows, columns = np.unravel_index(cells, world.chances.shape)
    drawn = pd.DataFrame({"experience": ANSWERS[rows], "loyalty": ANSWERS[columns]})
    return drawn, world


def _chances(link: float, *, necessary: bool, sufficient: bool) -> Floats:
    """Return the chance of each pair of answers, the forbidden ones at 0."""
    edges = (np.arange(1.5, 10.0) - _MIDDLE) / _SPREAD
    marks = np.concatenate([[-_FAR], edges, [_FAR]])
    below = share_below_both(marks[:, None], marks[None, :], correlation=link)
    cells = np.diff(np.diff(below, axis=0), axis=1)
    above = ANSWERS[None, :] - ANSWERS[:, None]
    barred = (necessary & (above > _ROOM)) | (sufficient & (-above > _ROOM))
    cells = np.where(barred, 0.0, np.maximum(cells, 0.0))
    return np.asarray(cells / cells.sum())


def _correlation(chances: Floats) -> float:
    rows, columns = chances.sum(axis=1), chances.sum(axis=0)
    x, y = ANSWERS - rows @ ANSWERS, ANSWERS - columns @ ANSWERS
    return float(x @ chances @ y / np.sqrt((rows @ x**2) * (columns @ y**2)))


def _empty(chances: Floats) -> float:
    """Return the part of the scope above the steps of what can occur."""
    highest = [np.flatnonzero(row).max() for row in chances]
    tops = np.maximum.accumulate(highest)[:-1]
    side = len(chances) - 1
    return float((side - tops).sum() / side**2)
