"""More disloyal or more loyal: what a ratio of two changes hides.

"Four times more likely to become disloyal than loyal" counts who went down and who went
up. It leaves out who did not move, how far people moved, and how much room they had:
who already gives the highest score cannot go up.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.intervals import ratio_of_two_cells, share
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Who became less loyal, who more, and by how much the mean moved."""

    down: int  # customers less loyal after than before
    up: int  # customers more loyal after than before
    n: int  # all customers, also the unchanged
    mean_change: float  # points, after minus before
    level: float = 0.95

    @property
    def same(self) -> int:
        """Customers who did not move."""
        return self.n - self.down - self.up

    def ratio(self) -> Estimate:
        """Return how many went down for each who went up, with its interval."""
        return ratio_of_two_cells(
            self.down,
            self.up,
            n=self.n,
            quantity="less loyal for each more loyal",
            level=self.level,
        )

    def __str__(self) -> str:
        """Say the changes in one sentence."""
        down, same, up = (100 * x / self.n for x in (self.down, self.same, self.up))
        return (
            f"Of 100 customers {down:.0f} became less loyal, {same:.0f} stayed where "
            f"they were, {up:.0f} became more loyal; the mean moved by "
            f"{self.mean_change:+.2f} points (n = {self.n:,})."
        )

    def summary(self) -> pd.DataFrame:
        """Return the three shares, the ratio and the mean change as the tidy table."""
        counts = {"less loyal": self.down, "same": self.same, "more loyal": self.up}
        shares = [
            share(count, self.n, quantity=name, level=self.level)
            for name, count in counts.items()
        ]
        mean = Estimate(
            quantity="mean change", estimate=self.mean_change, n=self.n, unit="points"
        )
        return tidy([*shares, self.ratio(), mean])


def count_changes(
    before: ArrayLike, after: ArrayLike, *, level: float = 0.95
) -> Changes:
    """Count who became less loyal and who more, among the same customers.

    Parameters
    ----------
    before, after : array_like, shape (n,)
        Loyalty of the same customers in the same order, points, high is loyal.

    Examples
    --------
    Ten customers near the top of a seven-point scale.

    >>> before = [7, 7, 7, 6, 6, 6, 5, 5, 4, 7]
    >>> after = [6, 7, 6, 5, 6, 6, 4, 6, 4, 7]
    >>> print(count_changes(before, after))
    Of 100 customers 40 became less loyal, 50 stayed where they were, 10 became more
    loyal; the mean moved by -0.30 points (n = 10).
    """
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if first.shape != second.shape or first.ndim != 1 or not first.size:
        raise ValueError(
            f"before has shape {first.shape} and after {second.shape}: give both "
            "scores of the same customers, in the same order."
        )
    change = second - first
    if not np.all(np.isfinite(change)):
        raise ValueError(
            f"{np.sum(~np.isfinite(change))} customers lack a score before or after. "
            "Leave them out, and say how many they are."
        )
    return Changes(
        down=int(np.sum(change < 0)),
        up=int(np.sum(change > 0)),
        n=change.size,
        mean_change=float(change.mean()),
        level=level,
    )
