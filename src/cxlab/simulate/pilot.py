"""Branches that volunteer for a pilot, or are picked for being bad, or drawn by lot.

Keen branches are better to begin with and would have improved anyway. So the pilot has
three things in it: what it does, what the season did to everybody, and what the keen
would have done without it. The truth of each is an argument and is returned.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

CHOICES = ("volunteers", "worst", "lot")


@dataclass(frozen=True, kw_only=True)
class BranchWorld:
    """A world of branches; every number is in points of a score from 0 to 100.

    Examples
    --------
    What each way of counting the volunteers' pilot comes to in the long run, if the
    pilot does nothing and only the keen move ahead by 1 point for each SD:

    >>> world = BranchWorld(effect=0.0, volunteer_bias=1.0)
    >>> round(world.volunteers_did, 2), round(world.before_after, 2)
    (1.6, 2.8)
    """

    n_branches: int = 40  # half of them are in the pilot; of an odd number, one less
    effect: float = 2.0  # what the pilot truly does, points
    volunteer_bias: float = 1.5  # what a keen branch gains anyway, points per SD
    head_start: float = 3.0  # how much better it is to begin with, points per SD
    season: float = 2.0  # what happens to everybody in the meantime, points
    spread: float = 3.0  # SD of branches that has nothing to do with being keen
    luck: float = 1.0  # SD of what moves one branch in one measurement

    def __post_init__(self) -> None:
        """Refuse too few branches, and a scatter of nothing."""
        if self.n_branches < 4:
            raise ValueError(
                f"n_branches={self.n_branches}: at least 4, for with one branch on a "
                "side nobody knows how much branches differ."
            )
        if min(self.spread, self.luck) <= 0:
            raise ValueError(
                f"spread={self.spread}, luck={self.luck}: both are above 0; branches "
                "differ, and no month is like the last."
            )

    @property
    def keener(self) -> float:
        """How much keener volunteers are than the others, SD, with many branches.

        The mean of the upper half of a bell curve less that of the lower half.
        """
        return float(4 * norm.pdf(0.0))

    @property
    def volunteers_did(self) -> float:
        """Difference in differences of volunteers, with many branches."""
        return self.effect + self.volunteer_bias * self.keener

    @property
    def before_after(self) -> float:
        """Change of the volunteers alone, with many branches."""
        return self.effect + self.season + self.volunteer_bias * self.keener / 2

    @property
    def after_only(self) -> float:
        """Volunteers less the others afterwards, with many branches."""
        return self.volunteers_did + self.head_start * self.keener


def branches(
    world: BranchWorld, *, rng: np.random.Generator, chosen: str = "volunteers"
) -> tuple[pd.DataFrame, BranchWorld]:
    """Draw branches, choose half of them for the pilot, and measure all of them twice.

    Parameters
    ----------
    chosen
        Who is in the pilot: the keener half (``volunteers``), the half that was worst
        before (``worst``), or half of them by ``lot``.

    Returns
    -------
    table : DataFrame
        One row for each branch: ``pilot`` (bool), ``before`` and ``after``, points.
    truth : BranchWorld
        The world itself.
    """
    if chosen not in CHOICES:
        raise ValueError(
            f"chosen={chosen!r}: choose one of {', '.join(map(repr, CHOICES))}."
        )
    keen, own, first, second, lot = rng.standard_normal((5, world.n_branches))
    level = 60 + world.head_start * keen + world.spread * own
    before = level + world.luck * first
    by = {"volunteers": keen, "worst": -before, "lot": lot}[chosen]
    pilot = by > np.median(by)
    moved = world.season + world.volunteer_bias * keen + world.effect * pilot
    table = pd.DataFrame(
        {"pilot": pilot, "before": before, "after": level + moved + world.luck * second}
    )
    table.index = pd.Index([f"branch {k + 1}" for k in range(len(table))])
    return table, world


def ten_branches() -> pd.DataFrame:
    """Return ten invented branches, of which five volunteered: four means by hand.

    Examples
    --------
    >>> ten_branches().groupby("volunteered")[["before", "after"]].mean()
                 before  after
    volunteered
    no             65.0   69.0
    yes            70.0   77.0
    """
    return pd.DataFrame(
        {
            "branch": list("ABCDEFGHIJ"),
            "volunteered": ["yes"] * 5 + ["no"] * 5,
            "before": [68, 72, 70, 74, 66, 61, 65, 63, 67, 69],
            "after": [74, 79, 77, 80, 75, 65, 69, 68, 70, 73],
        }
    )
