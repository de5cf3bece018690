"""What all answers look like, before one number stands for them.

The same mean can hide two companies: one of calm eights, one of nines and sixes. So a
score is always taken from a distribution that can be shown beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.intervals import share, z_value
from cxlab.results import Estimate, tidy
from cxlab.surveys.scales import Scale, scale_named


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How many customers gave each answer of a scale."""

    scale: Scale
    counts: pd.Series  # index: every answer of the scale, also those nobody gave
    missing: int  # customers who did not answer

    @property
    def n(self) -> int:
        """How many customers answered."""
        return int(self.counts.sum())

    @property
    def shares(self) -> pd.Series:
        """Share of each answer among those who answered, 0-1."""
        return self.counts / self.n

    def mean(self, *, level: float = 0.95) -> Estimate:
        """Return the mean answer with its interval."""
        points = self.counts.index.to_numpy(dtype=float)
        middle = float((points * self.shares).sum())
        variance = float((self.shares * (points - middle) ** 2).sum())
        reach = z_value(level) * np.sqrt(variance / max(self.n - 1, 1))
        return Estimate(
            quantity=f"mean of {self.scale.name}",
            estimate=middle,
            low=middle - reach,
            high=middle + reach,
            level=level,
            n=self.n,
            unit="points",
        )

    def share_of(
        self, answers: Iterable[int], *, quantity: str, level: float = 0.95
    ) -> Estimate:
        """Return the share of customers who gave one of these answers."""
        hits = int(self.counts.loc[list(answers)].sum())
        return share(hits, self.n, quantity=quantity, level=level)

    def summary(self) -> pd.DataFrame:
        """Return the share of each answer, and the mean, as the tidy table."""
        rows = [self.share_of([p], quantity=f"answer {p}") for p in self.scale.points]
        return tidy([*rows, self.mean()])

    def __str__(self) -> str:
        """Say n, the commonest answer and the mean."""
        common = self.scale.points[int(self.counts.to_numpy().argmax())]
        return (
            f"{self.n} answers on {self.scale.name} ({self.scale.says}): mean "
            f"{self.mean().estimate:.2f}, commonest {common} "
            f"({100 * self.shares[common]:.0f} of 100 customers)."
        )

    def describe(self) -> str:
        """Say what a bar chart of the answers shows."""
        listed = ", ".join(
            f"{100 * s:.0f} said {p}" for p, s in self.shares.items() if s
        )
        return f"Bars of answers, {self.scale.says}: of 100 customers {listed}."


def distribution(answers: ArrayLike, *, scale: str) -> Distribution:
    """Count how many customers gave each answer.

    Parameters
    ----------
    answers : array_like
        One per customer; missing where not answered.
    scale : str
        Name of the scale, such as "nps"; it is never guessed.

    Examples
    --------
    >>> found = distribution([9, 9, 6], scale="nps")
    >>> found.mean().estimate, found.n
    (8.0, 3)
    """
    stated = scale_named(scale)
    checked = stated.check(answers)
    answered = checked.dropna().astype(int)
    if answered.empty:
        raise ValueError(
            f"all {len(checked)} customers left {scale} unanswered: there is nothing "
            "to count."
        )
    counts = answered.value_counts().reindex(list(stated.points), fill_value=0)
    return Distribution(scale=stated, counts=counts, missing=int(checked.isna().sum()))


def top_box(
    answers: ArrayLike, *, scale: str, box: int, level: float = 0.95
) -> Estimate:
    """Return the share of customers who gave one of the best answers.

    Parameters
    ----------
    answers : array_like
        One per customer; missing where not answered.
    scale : str
        Name of the scale; it says which end is good.
    box : int
        How many of the best answers count.

    Examples
    --------
    Five answers about effort: on version 1.0 the low ones are good.

    >>> top_box([1, 2, 2, 4, 5], scale="ces 1.0", box=2).estimate
    0.6
    >>> top_box([1, 2, 2, 4, 5], scale="ces 2.0", box=3).estimate
    0.2
    """
    best = scale_named(scale).best(box)
    quantity = f"{scale}, {' or '.join(str(b) for b in sorted(best))}"
    return distribution(answers, scale=scale).share_of(
        best, quantity=quantity, level=level
    )
