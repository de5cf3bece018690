"""Branches whose link between and inside them is what we set, and a search's trap.

Customers spend minutes with an adviser and say how loyal they are. A branch that takes
time for its customers may have more loyal ones; inside a branch, the customer who
needed long may be the one in trouble. The two slopes are arguments, and have nothing to
do with each other.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

_MINUTES, _LOYALTY = 12.0, 60.0  # means over all branches
_BRANCH_MINUTES, _OWN_MINUTES = 2.0, 4.0  # SD between branches, and inside one
_BRANCH_LUCK, _OWN_LUCK = 3.0, 12.0  # SD of loyalty that minutes do not explain


@dataclass(frozen=True, kw_only=True)
class BranchWorld:
    """A chain of branches whose two slopes are known."""

    n_branches: int = 24
    per_branch: int = 30  # customers
    between: float = 3.0  # points of loyalty for a minute more of the branch's mean
    within: float = -1.0  # points for a minute more than the branch's mean

    def __post_init__(self) -> None:
        """Refuse a chain in which the levels cannot be told apart."""
        if self.n_branches < 2 or self.per_branch < 2:
            raise ValueError(
                f"{self.n_branches} branches of {self.per_branch} customers: give at "
                "least two of each, or there are no two levels."
            )

    @property
    def r_between(self) -> float:
        """Correlation of the branches' own minutes and loyalty, exactly."""
        explained = self.between * _BRANCH_MINUTES
        return float(explained / np.hypot(explained, _BRANCH_LUCK))

    @property
    def r_within(self) -> float:
        """Correlation inside a branch, exactly."""
        explained = self.within * _OWN_MINUTES
        return float(explained / np.hypot(explained, _OWN_LUCK))

    @property
    def r_people(self) -> float:
        """Correlation of all customers, exactly."""
        minutes = np.hypot(_BRANCH_MINUTES, _OWN_MINUTES)
        together = self.between * _BRANCH_MINUTES**2 + self.within * _OWN_MINUTES**2
        return float(together / (minutes * self._spread))

    @property
    def icc_loyalty(self) -> float:
        """Share of the variance of loyalty that is between branches, exactly."""
        return float(self._branch_variance / self._spread**2)

    @property
    def _branch_variance(self) -> float:
        return (self.between * _BRANCH_MINUTES) ** 2 + _BRANCH_LUCK**2

    @property
    def _spread(self) -> float:
        own = (self.within * _OWN_MINUTES) ** 2 + _OWN_LUCK**2
        return float(np.sqrt(self._branch_variance + own))


def customers(
    world: BranchWorld, *, rng: np.random.Generator
) -> tuple[pd.DataFrame, BranchWorld]:
    """Draw customers of every branch, and give the truth back.

    Returns
    -------
    DataFrame
        Columns ``branch`` (number), ``minutes`` (with an adviser) and ``loyalty``
        (points of 100, high is loyal; it may leave the scale a little).
    BranchWorld
        The truth.

    Examples
    --------
    >>> world = BranchWorld(n_branches=3, per_branch=4)
    >>> drawn, truth = customers(world, rng=np.random.default_rng(1))
    >>> drawn.shape, round(truth.r_between, 2), round(truth.r_within, 2)
    ((12, 3), 0.89, -0.32)
    """
    shape = (world.n_branches, world.per_branch)
    branch = _BRANCH_MINUTES * rng.standard_normal((world.n_branches, 1))
    own = _OWN_MINUTES * rng.standard_normal(shape)
    luck = _BRANCH_LUCK * rng.standard_normal((world.n_branches, 1))
    luck = luck + _OWN_LUCK * rng.standard_normal(shape)
    loyalty = _LOYALTY + world.between * branch + world.within * own + luck
    drawn = pd.DataFrame(
        {
            "branch": np.repeat(np.arange(1, world.n_branches + 1), world.per_branch),
            "minutes": (_MINUTES + branch + own).ravel(),
            "loyalty": loyalty.ravel(),
        }
    )
    return drawn, world


def hard_to_search(
    *, n_branches: int = 30, per_branch: int = 40, rng: np.random.Generator
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Draw a table on which a search may stop short and say that it has converged.

    Each branch has its own line of loyalty on the mark for its manager. The marks lie
    far from 0, where the lines' heights are counted: height and slope then pull against
    each other, and the top is a narrow ridge.

    Returns
    -------
    DataFrame
        Columns ``branch``, ``mark`` (points, about 3) and ``loyalty`` (points).
    dict
        The truth: ``slope``, ``slope_variance`` and ``rest_variance``.
    """
    n = n_branches * per_branch
    branch = np.repeat(np.arange(n_branches), per_branch)
    mark = 2.9 + 0.8 * rng.standard_normal(n)
    height = 0.12 * rng.standard_normal(n_branches)
    slope = 0.5 + 0.1 * rng.standard_normal(n_branches)
    loyalty = 2.5 + height[branch] + slope[branch] * (mark - 2.9)
    drawn = pd.DataFrame(
        {
            "branch": branch + 1,
            "mark": mark,
            "loyalty": loyalty + 0.8 * rng.standard_normal(n),
        }
    )
    return drawn, {"slope": 0.5, "slope_variance": 0.01, "rest_variance": 0.64}
