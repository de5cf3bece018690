"""Penalty and reward: what a bad mark costs and a top mark brings, and what fakes it.

Surveys compare customers who gave a low mark, a middle mark and the top mark to one
aspect of a service. If the way down is longer than the way up, the aspect is called a
"must-be", in which delight does not pay. But a scale that ends also shortens the way
up.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.results import Estimate, tidy

MARKS = ("low", "middle", "top")


@dataclass(frozen=True, kw_only=True)
class Asymmetry:
    """Mean satisfaction of customers who gave a low, a middle and the top mark."""

    means: tuple[float, float, float]  # points, by mark: low, middle, top
    n: int | None = None  # customers; None: exact

    @property
    def penalty(self) -> float:
        """How far satisfaction falls from a middle mark to a low one, points."""
        return self.means[1] - self.means[0]

    @property
    def reward(self) -> float:
        """How far satisfaction rises from a middle mark to the top one, points."""
        return self.means[2] - self.means[1]

    @property
    def ratio(self) -> float:
        """Penalty over reward; 1 is even, above 1 the way down is longer."""
        return self.penalty / self.reward

    def __str__(self) -> str:
        """Say both ways in one sentence."""
        return (
            f"A low mark costs {self.penalty:.2f} points and the top mark brings "
            f"{self.reward:.2f}: {self.ratio:.2f} to 1."
        )

    def describe(self) -> str:
        """Say what a picture of the three means shows."""
        return f"Mean satisfaction after a low, a middle and the top mark. {self}"

    def summary(self) -> pd.DataFrame:
        """Return penalty, reward and their ratio as the tidy table."""
        rows = {"penalty": self.penalty, "reward": self.reward}
        return tidy(
            [
                *(
                    Estimate(quantity=name, estimate=value, n=self.n, unit="points")
                    for name, value in rows.items()
                ),
                Estimate(quantity="penalty / reward", estimate=self.ratio, n=self.n),
            ]
        )


def penalty_and_reward(
    marks: ArrayLike, satisfaction: ArrayLike, *, low: float = 2, top: float = 5
) -> Asymmetry:
    """Return what a low mark costs and what the top mark brings.

    Parameters
    ----------
    marks : array_like, shape (n,)
        Marks for one aspect, high is good.
    satisfaction : array_like, shape (n,)
        Satisfaction over all, high is good.
    low : float
        The highest mark that still counts as low.
    top : float
        The lowest mark that counts as top.

    Notes
    -----
    The same numbers come from a regression on two columns, "gave a low mark" and "gave
    the top mark", which is how reports name it: penalty-reward contrast.

    References
    ----------
    Mikulic and Prebezac (2011), Managing Service Quality 21(1), for its limits.

    Examples
    --------
    >>> found = penalty_and_reward([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    >>> found.means, found.penalty, found.reward
    ((1.5, 3.5, 5.0), 2.0, 1.5)
    """
    x, y = np.asarray(marks, dtype=float), np.asarray(satisfaction, dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(
            f"marks of shape {x.shape} and satisfaction of shape {y.shape}: give one "
            "of each per customer."
        )
    groups = [y[x <= low], y[(x > low) & (x < top)], y[x >= top]]
    if not all(group.size for group in groups):
        sizes = ", ".join(str(group.size) for group in groups)
        raise ValueError(
            f"low, middle and top marks were given by {sizes} customers. Choose low="
            f"{low} and top={top} so that each group holds somebody."
        )
    one, two, three = (float(group.mean()) for group in groups)
    return Asymmetry(means=(one, two, three), n=x.size)
