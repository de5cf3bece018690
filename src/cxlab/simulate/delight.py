"""Four worlds of expectations and loyalty, and how often each is told from the rest.

Every customer has a gap between experience and expectation, a standard normal. The gap
is cut twice, so that given shares of customers find their expectations not met, met and
exceeded. Loyalty follows the gap along a line that may bend at both cuts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from cxlab.delight.equivalence import LARGE, SMALL, Equivalence, judge_lift
from cxlab.delight.groups import ThreeGroups, three_groups
from cxlab.delight.shapes import SHAPES, bent_columns, fit_shapes

Floats = NDArray[np.float64]

LETTERS = ("A", "B", "C", "D")
CALLS = ("plateau", "rise", "cannot tell")
_SLOPE = 5.0  # of the linear world, points per SD of the gap; ours
_REWARD = 1.5  # the convex world lifts by so many times the linear lift; ours


@dataclass(frozen=True, kw_only=True)
class DelightWorld:
    """A world in which loyalty follows the gap. Its group means are exact."""

    shape: str = "flat"  # one of SHAPES
    slopes: tuple[float, float, float] = (12.0, 0.0, 0.0)  # points per SD of the gap
    share_exceeded: float = 0.16  # the book's
    share_met: float = 0.60  # ours
    met: float = 60.0  # mean loyalty of those whose expectations were met, of 100
    sd: float = 25.0  # scatter around the line, points

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        both = self.share_exceeded + self.share_met
        if min(self.share_exceeded, self.share_met) <= 0 or both >= 1 or self.sd < 0:
            raise ValueError(
                f"share_exceeded={self.share_exceeded}, share_met={self.share_met}, "
                f"sd={self.sd}: both shares are above 0 and together below 1, and the "
                "scatter is 0 or more."
            )

    @property
    def edges(self) -> tuple[float, float]:
        """Gaps between which expectations are met, in standard deviations."""
        below = 1 - self.share_exceeded - self.share_met
        return float(ndtri(below)), float(ndtri(1 - self.share_exceeded))

    @property
    def level(self) -> float:
        """True loyalty where expectations are just met, at the lower edge, points."""
        return float(self.met - mean_ways(self.edges)[1] @ self.slopes)

    @property
    def centres(self) -> tuple[float, float, float]:
        """Mean gap of customers below, within and above the band."""
        below, met, above = self.edges[0] + mean_ways(self.edges).sum(axis=1)
        return float(below), float(met), float(above)

    def line(self, gap: ArrayLike) -> Floats:
        """Return the true mean loyalty of customers at a gap, points."""
        columns = bent_columns(np.asarray(gap, dtype=float), self.edges)
        return np.asarray(columns @ (self.level, *self.slopes))

    @cached_property
    def means(self) -> tuple[float, float, float]:
        """True mean loyalty below, at and above met expectations, points."""
        below, met, above = self.level + mean_ways(self.edges) @ self.slopes
        return float(below), float(met), float(above)

    @property
    def drop(self) -> float:
        """True loyalty where met less that below, points."""
        return self.means[1] - self.means[0]

    @property
    def lift(self) -> float:
        """True loyalty where exceeded less that where met, points."""
        return self.means[2] - self.means[1]


def mean_ways(edges: tuple[float, float]) -> Floats:
    """Return how far each group has walked below, within and above the band.

    Returns
    -------
    ndarray, shape (3, 3)
        Rows are the groups below, met and exceeded; columns the three parts of the
        line; mean gap walked, in standard deviations.

    Notes
    -----
    The mean of a standard normal between a and b is (f(a) - f(b)) / (F(b) - F(a)), with
    density f and distribution F.
    """
    low, high = edges
    cuts = np.array([-np.inf, low, high, np.inf])
    heights = np.exp(-(cuts**2) / 2) / np.sqrt(2 * np.pi)
    below, met, above = -np.diff(heights) / np.diff(ndtr(cuts))
    width = high - low
    return np.array([[below - low, 0, 0], [0, met - low, 0], [0, width, above - high]])


def delight_world(shape: str, *, share_exceeded: float = 0.16) -> DelightWorld:
    """Return one of the four worlds.

    Parameters
    ----------
    shape : str
        ``flat``: no rise once expectations are met, as the book says. ``linear``: the
        same slope everywhere. ``convex``: gentle, and steep once they are exceeded.
        ``zone``: a zone of tolerance, flat within the band and steep on both sides.

    Notes
    -----
    The worlds are made hard to tell apart. Flat, linear and zone share the step from
    below to met; linear and zone share all three group means.

    References
    ----------
    Zeithaml, Berry and Parasuraman (1993), Journal of the Academy of Marketing Science
    21(1), for the zone. Finn (2012), Journal of Service Research 15(1), for the convex.
    """
    if shape not in SHAPES:
        raise ValueError(f"shape={shape!r}: choose one of {', '.join(SHAPES)}.")
    linear = DelightWorld(
        shape="linear",
        slopes=(_SLOPE, _SLOPE, _SLOPE),
        share_exceeded=share_exceeded,
    )
    if shape == "linear":
        return linear
    return DelightWorld(
        shape=shape, slopes=_slopes(shape, linear), share_exceeded=share_exceeded
    )


def _slopes(shape: str, linear: DelightWorld) -> tuple[float, float, float]:
    """Choose the slopes of the other worlds so that their group means are alike."""
    ways = mean_ways(linear.edges)
    if shape == "convex":
        gentle = _SLOPE / 2
        walked = ways[2, 1] - ways[1, 1]
        steep = (_REWARD * linear.lift - gentle * walked) / ways[2, 2]
        return gentle, gentle, float(steep)
    before = linear.drop / -ways[0, 0]
    after = linear.lift / ways[2, 2] if shape == "zone" else 0.0
    return float(before), 0.0, float(after)


def hidden_worlds(
    *, share_exceeded: float, rng: np.random.Generator
) -> Mapping[str, DelightWorld]:
    """Return the four worlds under letters that give nothing away."""
    order = rng.permutation(len(SHAPES))
    return {
        letter: delight_world(SHAPES[k], share_exceeded=share_exceeded)
        for letter, k in zip(LETTERS, order, strict=True)
    }


def customers(
    world: DelightWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, DelightWorld]:
    """Draw customers from a world.

    Returns
    -------
    table : DataFrame
        ``gap``, standard deviations, high is better than expected; ``loyalty``, points;
        it may leave the range 0-100 a little, for this world has no ceiling.
    truth : DelightWorld
        The world itself.
    """
    gap = rng.standard_normal(n)
    loyalty = world.line(gap) + world.sd * rng.standard_normal(n)
    return pd.DataFrame({"gap": gap, "loyalty": loyalty}), world


def sample_lift(
    world: DelightWorld, *, n: int, rng: np.random.Generator
) -> ThreeGroups:
    """Draw customers and return only what three boxes keep of them."""
    table, _ = customers(world, n=n, rng=rng)
    return three_groups(table["gap"], table["loyalty"], met=world.edges)


@dataclass(frozen=True, kw_only=True)
class Confusion:
    """How often each world was called what, by three boxes and by the whole line."""

    draws: int  # surveys drawn from each world
    n: int  # customers in each survey
    boxes: Mapping[str, Mapping[str, int]]  # by world: calls of the three boxes
    lines: Mapping[str, Mapping[str, int]]  # by world: shapes called by the line

    def right(self, shape: str) -> float:
        """Return how often the line called a world by its name, 0-1."""
        return self.lines[shape][shape] / self.draws

    def table(self, which: str) -> pd.DataFrame:
        """Return calls per 100 surveys: one row a world, one column a call."""
        chosen = {"boxes": self.boxes, "lines": self.lines}
        if which not in chosen:
            raise ValueError(f"which={which!r}: choose 'boxes' or 'lines'.")
        table = 100 * pd.DataFrame(chosen[which]).T / self.draws
        return table.rename_axis("true world").reset_index()

    def __str__(self) -> str:
        """Say how often the line was right in one sentence."""
        said = ", ".join(f"{name} {self.right(name):.0%}" for name in self.lines)
        return f"Called by its name, of surveys of {self.n:,} customers: {said}."

    def describe(self) -> str:
        """Say what a picture of the calls shows."""
        return f"Table of true worlds by what they were called. {self}"


def confusion(
    worlds: Mapping[str, DelightWorld],
    *,
    n: int,
    draws: int,
    margin: float,
    rng: np.random.Generator,
) -> Confusion:
    """Draw surveys from each world, and see what it is called.

    Parameters
    ----------
    worlds
        By name of the true shape.
    n
        Customers in each survey.
    draws
        Surveys from each world.
    margin
        Points; the boxes call a plateau if the lift is shown to be within it, and a
        rise if it is shown to be above.
    """
    boxes = {name: dict.fromkeys(CALLS, 0) for name in worlds}
    lines = {name: dict.fromkeys(SHAPES, 0) for name in worlds}
    for name, world in worlds.items():
        for _ in range(draws):
            table, _truth = customers(world, n=n, rng=rng)
            x, y = table["gap"].to_numpy(), table["loyalty"].to_numpy()
            found = judge_lift(three_groups(x, y, met=world.edges), margin=margin)
            boxes[name][_call(found)] += 1
            lines[name][fit_shapes(x, y, edges=world.edges).best] += 1
    return Confusion(draws=draws, n=n, boxes=boxes, lines=lines)


def _call(found: Equivalence) -> str:
    """Name what three boxes show; a fall above "met" is called neither."""
    plateau, rise, unknown = CALLS
    if found.answer == SMALL:
        return plateau
    return rise if found.answer == LARGE and found.lift.estimate > 0 else unknown
