"""Which score predicts who stays? A race needs a photo finish, not a ranking.

Every vendor has seen its own score win. Three equally good scores must each win about
every third race, whatever the number of customers, so a ranking of estimates proves
nothing. The scores ran on the same customers; so the difference has to be tested
customer by customer (paired), and then equal runners are told apart no oftener than
the test's own error allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr
from scipy.stats import rankdata

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def auc(score: ArrayLike, stayed: ArrayLike) -> float:
    """Return in what share of pairs the one who stayed had given the higher score.

    Parameters
    ----------
    score : array_like
        One per customer, high is good.
    stayed : array_like of bool
        What came of it.

    Returns
    -------
    float
        0-1; 0.5 is a coin, 1 is perfect. Equal scores count half.

    Examples
    --------
    Two stayed, two left: four pairs. In three of them the score was right.

    >>> auc([9, 6, 7, 3], [True, True, False, False])
    0.75
    """
    above, _ = _placements(score, stayed)
    return float(above.mean())


def _placements(score: ArrayLike, stayed: ArrayLike) -> tuple[Floats, Floats]:
    """Return for each who stayed (left) the share of the others that he beats (loses).

    Whoever stayed beats those who left with lower scores; ties count half.
    """
    values, kept = np.asarray(score, dtype=float), np.asarray(stayed)
    if kept.dtype != bool or values.shape != kept.shape or values.ndim != 1:
        raise TypeError(
            f"scores of shape {values.shape} and outcomes {kept.dtype} of shape "
            f"{kept.shape}: give one score and one True or False per customer."
        )
    if np.isnan(values).any():
        raise ValueError(
            f"{np.isnan(values).sum()} scores are missing: scores are compared on the "
            "same customers, so leave out those who did not answer, in all of them."
        )
    m, n = int(kept.sum()), int((~kept).sum())
    if min(m, n) < 2:
        raise ValueError(
            f"{m} stayed and {n} left: at least two of each are needed to compare."
        )
    overall = rankdata(values)
    above = (overall[kept] - rankdata(values[kept])) / n
    below = 1 - (overall[~kept] - rankdata(values[~kept])) / m
    return above, below


@dataclass(frozen=True, kw_only=True)
class AucDifference:
    """How much better one score tells who stays than another, same customers."""

    first: Estimate
    second: Estimate
    difference: Estimate  # first less second
    p_value: float  # chance of such a difference, or a larger one, if they are equal

    def summary(self) -> pd.DataFrame:
        """Return both scores and their difference as the tidy table."""
        return tidy([self.first, self.second, self.difference])

    def __str__(self) -> str:
        """Say the difference and whether it can be told from nothing."""
        told = "told apart" if self.p_value < 0.05 else "not told apart"
        row = 100 * self.difference.summary()[["estimate", "low", "high"]].loc[0]
        return (
            f"{self.first.quantity} against {self.second.quantity}: "
            f"{row['estimate']:+.0f} of 100 pairs ({self.difference.level:.0%} "
            f"interval {row['low']:+.0f} to {row['high']:+.0f}, "
            f"n = {self.difference.n}), "
            f"{told} (p = {self.p_value:.3f})."
        )

    def describe(self) -> str:
        """Say what a picture of both scores and their difference shows."""
        return (
            f"Of 100 pairs, {self.first.quantity} is right in "
            f"{100 * self.first.estimate:.0f} and {self.second.quantity} in "
            f"{100 * self.second.estimate:.0f}. {self}"
        )


def compare_auc(
    scores: pd.DataFrame,
    stayed: ArrayLike,
    *,
    first: str,
    second: str,
    level: float = 0.95,
) -> AucDifference:
    """Compare two scores on the same customers by the paired test of DeLong.

    Parameters
    ----------
    scores : DataFrame
        One row per customer, one column per score, high is good.
    stayed : array_like of bool
        What came of each customer.
    first, second : str
        The two columns.

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845.

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [9, 8, 7, 3, 2, 1], "b": [9, 3, 7, 8, 2, 1]})
    >>> found = compare_auc(answers, [True] * 3 + [False] * 3, first="a", second="b")
    >>> found.first.estimate, round(found.second.estimate, 3)
    (1.0, 0.778)
    """
    names = [first, second]
    unknown = [name for name in names if name not in scores]
    if unknown or first == second:
        raise ValueError(
            f"first={first!r}, second={second!r}: give two different columns of "
            f"{', '.join(map(repr, scores.columns))}."
        )
    areas, covariance = _areas(scores[names], stayed)
    n = len(scores)
    gap = float(areas[0] - areas[1])
    spread = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    error = float(np.sqrt(max(spread, 0.0)))
    singles = [
        _within_0_1(name, area, covariance[i, i], n=n, level=level)
        for i, (name, area) in enumerate(zip(names, areas, strict=True))
    ]
    reach = z_value(level) * error
    return AucDifference(
        first=singles[0],
        second=singles[1],
        difference=Estimate(
            quantity=f"{first} less {second}",
            estimate=gap,
            low=gap - reach,
            high=gap + reach,
            level=level,
            n=n,
            unit="share of pairs",
        ),
        p_value=_p_value(gap, error),
    )


def _areas(
    scores: pd.DataFrame, stayed: ArrayLike
) -> tuple[Floats, NDArray[np.float64]]:
    """Return the area of each score and their covariance (DeLong)."""
    pairs = [_placements(scores[name], stayed) for name in scores]
    above, below = (np.array(x) for x in zip(*pairs, strict=True))
    covariance = np.cov(above) / above.shape[1] + np.cov(below) / below.shape[1]
    return above.mean(axis=1), covariance


def _within_0_1(
    name: str, area: float, variance: float, *, n: int, level: float
) -> Estimate:
    reach = z_value(level) * float(np.sqrt(variance))
    return Estimate(
        quantity=name,
        estimate=float(area),
        low=max(float(area) - reach, 0.0),
        high=min(float(area) + reach, 1.0),
        level=level,
        n=n,
        unit="share of pairs",
    )


def _p_value(gap: float, error: float) -> float:
    if error == 0:
        return 1.0 if gap == 0 else 0.0
    return float(2 * ndtr(-abs(gap) / error))


@dataclass(frozen=True, kw_only=True)
class Races:
    """Who came first in many races, and how often the paired test agreed."""

    names: tuple[str, ...]
    winners: tuple[str, ...]  # best estimate of each race
    crowned: tuple[bool, ...]  # told apart from EVERY other runner (p < .05)
    pair_told_apart: float  # share of all pairs of runners with p < .05

    @property
    def n(self) -> int:
        """Number of races."""
        return len(self.winners)

    @property
    def wins(self) -> pd.Series:
        """Share of races that each score came first, 0-1."""
        counted = pd.Series(self.winners).value_counts(normalize=True)
        return counted.reindex(list(self.names), fill_value=0.0)

    @property
    def share_crowned(self) -> float:
        """Share of races with a winner that the paired test lets stand, 0-1."""
        return sum(self.crowned) / self.n

    def summary(self) -> pd.DataFrame:
        """Return wins and crowned races as the tidy table."""
        rows = {f"{name} comes first": w for name, w in self.wins.items()}
        rows |= {
            "a winner by the paired test": self.share_crowned,
            "a pair told apart": self.pair_told_apart,
        }
        return tidy(
            Estimate(quantity=name, estimate=float(w), n=self.n, unit="share of races")
            for name, w in rows.items()
        )

    def __str__(self) -> str:
        """Say who won how often, and in how many the win stood."""
        listed = ", ".join(f"{k} {100 * w:.0f}" for k, w in self.wins.items())
        return (
            f"Of 100 races: {listed}; the paired test lets a winner stand in "
            f"{100 * self.share_crowned:.0f}."
        )

    def describe(self) -> str:
        """Say what a picture of the races shows."""
        return f"One mark for each of {self.n} races. {self}"


def race_winners(races: Iterable[tuple[pd.DataFrame, ArrayLike]]) -> Races:
    """Run many races between scores, and test each finish.

    Parameters
    ----------
    races : iterable of (DataFrame, array_like of bool)
        Scores of the customers (one column per score) and who stayed.

    Raises
    ------
    ValueError
        If there is no race at all, or the runners differ between races.
    """
    winners: list[str] = []
    crowned: list[bool] = []
    apart: list[bool] = []
    names: tuple[str, ...] = ()
    for scores, stayed in races:
        runners = tuple(str(c) for c in scores.columns)
        if names and runners != names:
            raise ValueError(f"a race of {runners} after one of {names}: keep them.")
        names = runners
        areas, covariance = _areas(scores, stayed)
        p = _pairwise_p(areas, covariance)
        best = int(areas.argmax())
        winners.append(names[best])
        crowned.append(all(p[pair] < 0.05 for pair in p if best in pair))
        apart.extend(value < 0.05 for value in p.values())
    if not winners:
        raise ValueError("no race was run: give at least one.")
    return Races(
        names=names,
        winners=tuple(winners),
        crowned=tuple(crowned),
        pair_told_apart=sum(apart) / len(apart),
    )


def _pairwise_p(areas: Floats, covariance: Floats) -> dict[tuple[int, int], float]:
    return {
        (i, j): _p_value(
            float(areas[i] - areas[j]),
            float(
                np.sqrt(
                    max(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j], 0)
                )
            ),
        )
        for i, j in combinations(range(len(areas)), 2)
    }
