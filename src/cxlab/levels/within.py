"""One link, three answers: among people, between branches, and inside a branch.

A correlation of all customers mixes two others: the one of the branches' means, and
the one of how customers differ from their own branch. The mixture is exact, so it can
be taken apart, also where only the parts are printed. Neither part is the other, and
neither need have the sign of the whole.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.levels.icc import _grouped
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Levels:
    """A correlation taken apart into what is between groups and what is inside them.

    The four etas are the correlations of an answer with its group's mean (between) and
    with what is left when that is taken off (within); their squares add up to one.
    """

    between: float  # r of the groups' means, each counted once per member
    within: float  # r of the members' differences from their group's mean
    eta_between_x: float
    eta_between_y: float
    eta_within_x: float
    eta_within_y: float
    n: int | None = None  # people; None: printed figures only
    n_groups: int | None = None

    @property
    def part_between(self) -> float:
        """What the groups' means add to the correlation of people."""
        return self.eta_between_x * self.eta_between_y * self.between

    @property
    def part_within(self) -> float:
        """What differences inside the groups add to the correlation of people."""
        return self.eta_within_x * self.eta_within_y * self.within

    @property
    def people(self) -> float:
        """The correlation of people, rebuilt from its parts: an identity.

        Examples
        --------
        Hours and well-being of 7,382 soldiers in 99 companies, as printed:

        >>> printed = Levels(between=-0.7121729, within=-0.1107031,
        ...                  eta_between_x=0.3787881, eta_between_y=0.2359287,
        ...                  eta_within_x=0.9254834, eta_within_y=0.9717704)
        >>> round(printed.people, 6)
        -0.163206
        """
        return self.part_between + self.part_within

    @property
    def groups_share_x(self) -> float:
        """Share of the variance of x that is between groups, 0-1."""
        return self.eta_between_x**2

    @property
    def groups_share_y(self) -> float:
        """Share of the variance of y that is between groups, 0-1."""
        return self.eta_between_y**2

    def summary(self, *, level: float = 0.95) -> pd.DataFrame:
        """Return the three correlations as the tidy table, with intervals if counted.

        The interval between groups counts groups, not people: it is the wide one.
        """
        return tidy(self._links(level))

    @property
    def arrows(self) -> tuple[Estimate, ...]:
        """The link of branches and that of their people, as ``plots.plot_chain`` draws.

        From x to y they are ``"x of branches > y of branches"`` and
        ``"x of people > y of people"``, the latter inside a branch, with 95% intervals.
        """
        _, between, inside = self._links(level=0.95)
        return (
            replace(between, quantity="x of branches > y of branches"),
            replace(inside, quantity="x of people > y of people"),
        )

    def _links(self, level: float) -> list[Estimate]:
        if self.n is None or self.n_groups is None:
            counts: list[float | None] = [None, None, None]
        else:
            counts = [self.n, self.n_groups, self.n - self.n_groups + 1]
        names = ("among people", "between branches", "inside a branch")
        sizes = (self.people, self.between, self.within)
        return [
            _with_interval(name, r, count, level)
            for name, r, count in zip(names, sizes, counts, strict=True)
        ]

    def __str__(self) -> str:
        """Say all three."""
        return (
            f"Between groups r = {self.between:.2f}, inside them {self.within:.2f}, "
            f"among all people {self.people:.2f}."
        )

    def describe(self) -> str:
        """Say what the picture of the customers and their branches shows."""
        return (
            "Customers as small circles, branches as larger ones; a long line through "
            f"the branches, and a short one inside each. {self}"
        )


def levels(x: ArrayLike, y: ArrayLike, groups: ArrayLike) -> Levels:
    """Take the correlation of two answers apart: between groups, and inside them.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        Two numbers per customer.
    groups : array_like, shape (n,)
        The branch of each.

    Returns
    -------
    Levels
        Both parts, and the etas that put them together again.

    Notes
    -----
    r = eta_Bx eta_By r_B + eta_Wx eta_Wy r_W, exactly (Robinson 1950). The names are
    those of within and between analysis (WABA).

    References
    ----------
    Robinson (1950), American Sociological Review 15, 351-357. Dansereau, Alutto &
    Yammarino (1984), Theory Testing in Organizational Behavior.

    Examples
    --------
    Two branches. Inside each, more minutes mean less loyalty; between them, more.

    >>> both = levels([1, 2, 5, 6], [4, 3, 9, 8], ["a", "a", "b", "b"])
    >>> print(both)
    Between groups r = 1.00, inside them -1.00, among all people 0.90.
    """
    first, codes, sizes = _grouped(x, groups)
    second, _, _ = _grouped(y, groups)
    means, rest = [], []
    for answers in (first, second):
        group = (np.bincount(codes, weights=answers) / sizes)[codes]
        means.append(group - answers.mean())
        rest.append(answers - group)
    whole = [np.sqrt(m @ m + r @ r) for m, r in zip(means, rest, strict=True)]
    lengths = [np.sqrt(part @ part) for part in (*means, *rest)]
    # rounding leaves 1e-16 where there is nothing
    if min(lengths) < 1e-12 * max(whole):
        raise ValueError(
            "x or y does not differ between the groups, or not inside them, so one of "
            "the two correlations does not exist. Look at the etas by hand."
        )
    return Levels(
        between=float(means[0] @ means[1] / (lengths[0] * lengths[1])),
        within=float(rest[0] @ rest[1] / (lengths[2] * lengths[3])),
        eta_between_x=float(lengths[0] / whole[0]),
        eta_between_y=float(lengths[1] / whole[1]),
        eta_within_x=float(lengths[2] / whole[0]),
        eta_within_y=float(lengths[3] / whole[1]),
        n=len(first),
        n_groups=len(sizes),
    )


@dataclass(frozen=True, kw_only=True)
class Slopes:
    """How much y goes with one more x: between groups, inside them, among all."""

    between: float
    within: float
    people: float


def slopes(x: ArrayLike, y: ArrayLike, groups: ArrayLike) -> Slopes:
    """Return the three slopes of y on x.

    Examples
    --------
    >>> found = slopes([1, 2, 5, 6], [4, 3, 9, 8], ["a", "a", "b", "b"])
    >>> round(found.between, 2), round(found.within, 2), round(found.people, 2)
    (1.25, -1.0, 1.12)
    """
    both = levels(x, y, groups)
    across, up = (float(np.std(np.asarray(v, dtype=float))) for v in (x, y))
    scale = up / across
    return Slopes(
        between=both.between * both.eta_between_y / both.eta_between_x * scale,
        within=both.within * both.eta_within_y / both.eta_within_x * scale,
        people=both.people * scale,
    )


def _with_interval(name: str, r: float, count: float | None, level: float) -> Estimate:
    """Put Fisher's interval around a correlation of so many; none below four."""
    if count is None or count < 4 or not abs(r) < 1:
        return Estimate(quantity=name, estimate=r, unit="r")
    reach = z_value(level) / np.sqrt(count - 3)
    return Estimate(
        quantity=name,
        estimate=r,
        low=float(np.tanh(np.arctanh(r) - reach)),
        high=float(np.tanh(np.arctanh(r) + reach)),
        level=level,
        n=int(count),
        unit="r",
    )
