"""Branches whose chain is real, or made of nothing: by size, by success, by selection.

Three worlds show the same arrows to whoever looks once. In one, each box moves the
next. In one, no box moves any other: all of them hang on the size of the branch. In
one, success comes first, and every arrow runs backwards. A fourth draws firms whose
boxes have nothing to do with each other, and writes about the ones that stand out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.links import MeasuredChain, measure_chain, pushed_effect
from cxlab.results import Estimate

Floats = NDArray[np.float64]
Kind = Literal["chain", "size", "reverse"]

BOXES = (
    "Internal quality",
    "Employee satisfaction",
    "Employee loyalty",
    "Value",
    "Customer satisfaction",
    "Customer loyalty",
    "Profit",
)
ARROWS = tuple(f"{a} > {b}" for a, b in pairwise(BOXES))
SIZE = "size"


@dataclass(frozen=True, kw_only=True)
class BranchWorld:
    """Branches with seven boxes, and what moves them. Everything has mean 0 and SD 1.

    Examples
    --------
    Three worlds, one slide:

    >>> strengths = {"chain": 0.4, "size": 0.4**0.5, "reverse": 0.4}
    >>> [round(float(BranchWorld(kind=kind, strength=s).seen.iloc[0]), 3)
    ...  for kind, s in strengths.items()]
    [0.4, 0.4, 0.4]
    """

    kind: Kind
    strength: float  # of each arrow, SD per SD; in "size", of size on each box

    def __post_init__(self) -> None:
        """Refuse a world that cannot be."""
        if self.kind not in get_args(Kind):
            raise ValueError(
                f"{self.kind!r} is no world. Choose one of {', '.join(get_args(Kind))}."
            )
        if not -1 < self.strength < 1:
            raise ValueError(
                f"strength={self.strength}: between boxes of SD 1 an arrow lies "
                "between -1 and 1. Give 0.4 for a fair one."
            )

    @property
    def _carries(self) -> Floats:
        """Everything that a push on one box (column) does to each box (row)."""
        count, step = len(BOXES), np.zeros((len(BOXES), len(BOXES)))
        if self.kind != "size":
            step += self.strength * np.eye(count, k=-1 if self.kind == "chain" else 1)
        return np.asarray(np.linalg.inv(np.eye(count) - step), dtype=float)

    @property
    def _own(self) -> Floats:
        """Scatter of each box that nothing else explains, SD."""
        own = np.full(len(BOXES), np.sqrt(1 - self.strength**2))
        if self.kind != "size":
            own[0 if self.kind == "chain" else -1] = 1.0
        return own

    @property
    def _load(self) -> float:
        return self.strength if self.kind == "size" else 0.0

    @property
    def seen(self) -> pd.Series:
        """What endless branches show at one moment, by arrow: r of neighbours."""
        root = self._carries * self._own
        table = root @ root.T + self._load**2
        return pd.Series(np.diag(table, k=-1), list(ARROWS), name="seen")

    @property
    def truth(self) -> pd.Series:
        """What each box does to the next, by arrow, SD per SD."""
        pushed = np.diag(self._carries, k=-1)
        return pd.Series(pushed, list(ARROWS), name="truth")

    @property
    def at_the_ends(self) -> float:
        """Correlation of the first box with the last, over endless branches."""
        root = self._carries * self._own
        return float((root @ root.T)[0, -1] + self._load**2)

    def branches(
        self, *, n: int, rng: np.random.Generator, push: str = "", lift: float = 1.0
    ) -> pd.DataFrame:
        """Draw branches; push one box in a random half of them, if asked.

        Parameters
        ----------
        n : int
            Branches, at least 10.
        rng : Generator
            Source of the branches, and of the half that is pushed.
        push : str
            Name of the box to push; "" pushes nothing.
        lift : float
            How far it is pushed, SD.

        Returns
        -------
        DataFrame, n rows
            ``size``, the seven boxes, and ``pushed`` (True or False).
        """
        if n < 10 or (push and push not in BOXES):
            raise ValueError(
                f"n={n}, push={push!r}: at least 10 branches, and one of the boxes "
                f"{', '.join(BOXES)}."
            )
        size = rng.standard_normal(n)
        own = self._load * size[:, None] + self._own * rng.standard_normal(
            (n, len(BOXES))
        )
        half = np.zeros(n, dtype=bool)
        if push:
            half[rng.permutation(n)[: n // 2]] = True
            own[half, BOXES.index(push)] += lift
        boxes = pd.DataFrame(own @ self._carries.T, columns=list(BOXES))
        return boxes.assign(**{SIZE: size, "pushed": half})


def hidden_worlds(
    *,
    link_strength: float,
    size_effect: float,
    reverse_effect: float,
    rng: np.random.Generator,
) -> dict[str, BranchWorld]:
    """Hide the three worlds behind the letters A, B and C.

    Parameters
    ----------
    link_strength : float
        Each arrow of the true chain, SD per SD.
    size_effect : float
        What the size of a branch does to every box, SD per SD.
    reverse_effect : float
        Each arrow of the chain that runs backwards, SD per SD.
    rng : Generator
        Shuffles them.
    """
    worlds = [
        BranchWorld(kind="chain", strength=link_strength),
        BranchWorld(kind="size", strength=size_effect),
        BranchWorld(kind="reverse", strength=reverse_effect),
    ]
    order = rng.permutation(len(worlds))
    return {letter: worlds[k] for letter, k in zip("ABC", order, strict=True)}


@dataclass(frozen=True, kw_only=True)
class Unmasked:
    """One world: its arrows as seen at one moment, among equals, and when pushed."""

    world: BranchWorld
    seen: MeasuredChain
    alike: MeasuredChain  # among branches of one size
    pushed: tuple[Estimate, ...]

    @property
    def mean_pushed(self) -> float:
        """Mean of the arrows when pushed."""
        return float(np.mean([one.estimate for one in self.pushed]))

    @staticmethod
    def describe(worlds: Mapping[str, "Unmasked"]) -> str:
        """Say what a picture of several worlds shows."""
        said = "; ".join(
            f"{name}: seen {one.seen.mean:.2f}, pushed {one.mean_pushed:.2f}"
            for name, one in worlds.items()
        )
        return f"Mean of the six arrows, seen at one moment and pushed. {said}."


def unmask(
    world: BranchWorld,
    *,
    n: int,
    n_pushed: int,
    rng: np.random.Generator,
    n_boot: int = 1000,
) -> Unmasked:
    """Look at a world once, look among branches of one size, and push each box.

    Parameters
    ----------
    world : BranchWorld
        The world.
    n : int
        Branches that are looked at.
    n_pushed : int
        Branches in each of the six trials, half of them pushed by one SD.
    rng : Generator
        Source of branches, trials and resamples.
    n_boot : int
        Resamples behind the interval of a product.
    """
    table = world.branches(n=n, rng=rng)
    look = partial(measure_chain, table, BOXES, rng=rng, n_boot=n_boot)
    trials = []
    for (start, end), name in zip(pairwise(BOXES), ARROWS, strict=True):
        trial = world.branches(n=n_pushed, rng=rng, push=start)
        trials.append(pushed_effect(trial[end], trial["pushed"], quantity=name))
    return Unmasked(
        world=world,
        seen=look(),
        alike=look(held=[SIZE]),
        pushed=tuple(trials),
    )


def side_by_side(chains: Mapping[str, MeasuredChain]) -> pd.DataFrame:
    """Return what several slides show, and the test of their ends, one row each.

    Parameters
    ----------
    chains : mapping
        Measured chains by the name of their company.
    """
    rows = {
        name: {
            "arrows above zero": one.clear,
            "mean link": one.mean,
            "product": one.product.estimate,
            "ends": one.ends.estimate,
            "ends, low": one.ends.low,
            "ends, high": one.ends.high,
        }
        for name, one in chains.items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("company")
    return table.astype({"arrows above zero": int})


@dataclass(frozen=True, kw_only=True)
class LargeStores:
    """Happy staff help, but large stores earn more and have less happy staff.

    Examples
    --------
    >>> stores = LargeStores(direct=0.2, size_effect=0.5)
    >>> round(stores.seen, 2), round(stores.alike, 2)
    (-0.05, 0.19)
    """

    direct: float  # what staff satisfaction does to profit, SD per SD
    size_effect: float  # what size does to profit; its negative, to staff

    def __post_init__(self) -> None:
        """Refuse effects that would explain more than there is."""
        if not -1 < self.size_effect < 1 or self._rest <= 0:
            raise ValueError(
                f"direct={self.direct}, size_effect={self.size_effect} would explain "
                "more than all of the profit. Make them smaller."
            )

    @property
    def _rest(self) -> float:
        """Variance of profit that neither explains."""
        return 1 - self.direct**2 - self.size_effect**2 * (1 - 2 * self.direct)

    @property
    def seen(self) -> float:
        """Correlation of staff satisfaction and profit over all stores."""
        return self.direct - self.size_effect**2

    @property
    def alike(self) -> float:
        """The same among stores of one size."""
        inside = self.direct * np.sqrt(1 - self.size_effect**2)
        return float(inside / np.sqrt(inside**2 + self._rest))

    def stores(self, *, n: int, rng: np.random.Generator) -> pd.DataFrame:
        """Draw stores: ``size``, ``staff`` and ``profit``, each of mean 0 and SD 1."""
        size, own, rest = rng.standard_normal((3, n))
        staff = -self.size_effect * size + np.sqrt(1 - self.size_effect**2) * own
        profit = self.direct * staff + self.size_effect * size
        profit = profit + np.sqrt(self._rest) * rest
        return pd.DataFrame({SIZE: size, "staff": staff, "profit": profit})


@dataclass(frozen=True, kw_only=True)
class WrittenAbout:
    """Firms whose boxes have nothing to do with each other, and the ones in the book.

    Exemplars stand above the average on every box; warnings below it on every box.
    """

    firms: pd.DataFrame  # one row for each firm, one column for each box

    @property
    def exemplars(self) -> pd.DataFrame:
        """Firms above the average of the world on every box."""
        return self.firms[(self.firms > 0).all(axis=1)]

    @property
    def warnings(self) -> pd.DataFrame:
        """Firms below the average of the world on every box."""
        return self.firms[(self.firms < 0).all(axis=1)]

    @property
    def book(self) -> pd.DataFrame:
        """Both: the firms that are written about."""
        return pd.concat([self.exemplars, self.warnings])

    @property
    def truth(self) -> float:
        """What any two boxes of the book correlate, over endless firms: 2 / pi."""
        return 2 / np.pi

    @property
    def expected(self) -> float:
        """How many exemplars to expect: half of the firms, halved for each box."""
        return float(len(self.firms) / 2 ** self.firms.shape[1])


def written_about(*, n_firms: int, rng: np.random.Generator) -> WrittenAbout:
    """Draw firms with seven unrelated boxes.

    Parameters
    ----------
    n_firms : int
        Firms, at least 1000: one in 128 becomes an exemplar.
    rng : Generator
        Source of the firms.
    """
    if n_firms < 1000:
        raise ValueError(
            f"n_firms={n_firms}: of 128 firms one stands above average on all seven "
            "boxes. Draw at least 1000."
        )
    drawn = rng.standard_normal((n_firms, len(BOXES)))
    return WrittenAbout(firms=pd.DataFrame(drawn, columns=list(BOXES)))
