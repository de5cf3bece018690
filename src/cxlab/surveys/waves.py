"""Did the score move? Two samples, the same people twice, or customers in clusters.

Three ways to draw customers, three margins. Two fresh samples each bring their own
error, so a change is harder to see than a level. The same customers asked twice carry
their own level with them, which cancels. And customers who share an agent or an account
are alike, so that forty of one agent tell less than forty of forty.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy
from cxlab.surveys.promoters import NetPromoter, centre_and_error, net_promoter
from cxlab.surveys.scales import scale_named


def change_two_samples(
    before: NetPromoter, after: NetPromoter, *, level: float = 0.95
) -> Estimate:
    """Return the change of the score between two fresh samples, with its interval.

    Notes
    -----
    The variances add. As for one score, imaginary customers are counted in, three in
    each wave; the estimate itself is the plain difference.

    Examples
    --------
    Up five points with 400 customers in each wave: it may be nothing.

    >>> first = NetPromoter(promoters=0.50, detractors=0.17, n=400)
    >>> second = NetPromoter(promoters=0.53, detractors=0.15, n=400)
    >>> print(change_two_samples(first, second))
    change of the score: 5 points (95% interval -5.267 to 15.19, n = 800)
    """
    (was, was_error), (now, now_error) = (
        centre_and_error(w.promoters * w.n, w.detractors * w.n, w.n, method="adjusted")
        for w in (before, after)
    )
    middle, reach = now - was, z_value(level) * np.hypot(was_error, now_error)
    return Estimate(
        quantity="change of the score",
        estimate=after.score - before.score,
        low=100 * float(middle - reach),
        high=100 * float(middle + reach),
        level=level,
        n=before.n + after.n,
        unit="points",
    )


def change_same_people(
    before: ArrayLike, after: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """Return the change of the score among customers who answered twice.

    Parameters
    ----------
    before, after : array_like, same length
        Answers of the same customers, 0 to 10, in the same order. Who misses one of
        the two is left out.

    Notes
    -----
    Each customer moves by -2 to +2 classes (detractor, passive, promoter). Two
    imaginary customers are counted in for the interval, one who rose a class and one
    who fell, so that a wave in which nobody moved is not reported without a margin.

    Examples
    --------
    Four customers; one passive becomes a promoter.

    >>> found = change_same_people([10, 8, 8, 3], [10, 9, 8, 3])
    >>> found.estimate, found.n
    (25.0, 4)
    """
    first, second = (scale_named("nps").check(a) for a in (before, after))
    if len(first) != len(second):
        raise ValueError(
            f"{len(first)} answers before and {len(second)} after: give both for the "
            "same customers in the same order, or use change_two_samples."
        )
    answered = first.notna() & second.notna()
    n = int(answered.sum())
    if n == 0:
        raise ValueError("no customer answered both times: nothing can be compared.")
    moved = (_classes(second[answered]) - _classes(first[answered])).to_numpy()
    with_two = np.append(moved, [1.0, -1.0])
    reach = z_value(level) * with_two.std(ddof=1) / math.sqrt(n + 2)
    middle = with_two.mean()
    return Estimate(
        quantity="change of the score, same customers",
        estimate=100 * float(moved.mean()),
        low=100 * float(middle - reach),
        high=100 * float(middle + reach),
        level=level,
        n=n,
        unit="points",
    )


def n_for_change(
    p: float, d: float, *, points: float, power: float = 0.8, level: float = 0.95
) -> int:
    """Return how many customers each of two waves needs to see a change.

    Parameters
    ----------
    p, d : float
        Shares of promoters and of detractors, 0-1.
    points : float
        The change to be seen.
    power : float
        Chance of seeing it if it is there, 0-1.

    Examples
    --------
    About 3,500 customers in each wave, to see five points.

    >>> n_for_change(0.50, 0.17, points=5)
    3524
    """
    if points <= 0 or not 0 < power < 1:
        raise ValueError(
            f"points={points}, power={power}: the change is above 0 and the power lies "
            "between 0 and 1. Usual are 5 points and 0.8."
        )
    variance = NetPromoter(promoters=p, detractors=d, n=1).standard_error ** 2
    reach = z_value(level) + float(ndtri(power))
    return math.ceil(2 * variance * (reach / points) ** 2)


@dataclass(frozen=True, kw_only=True)
class Clustered:
    """A score of customers who come in clusters: the honest interval, and the naive."""

    score: Estimate  # clusters drawn anew
    naive: Estimate  # as if every customer stood alone
    clusters: int

    @property
    def times_wider(self) -> float:
        """How many times wider the honest interval is."""
        low, high = self.summary()["low"], self.summary()["high"]
        return float((high[0] - low[0]) / (high[1] - low[1]))

    def summary(self) -> pd.DataFrame:
        """Return both intervals as the tidy table."""
        return tidy([self.score, self.naive])

    def __str__(self) -> str:
        """Say both in one sentence."""
        return f"{self.score}, from {self.clusters} clusters; alone: {self.naive}"


def clustered(
    answers: ArrayLike,
    cluster: ArrayLike,
    *,
    n_boot: int = 2000,
    rng: np.random.Generator,
    level: float = 0.95,
) -> Clustered:
    """Return the score of customers who come in clusters, such as agents or accounts.

    Whole clusters are drawn anew, as many as there are, so that what their customers
    share is drawn with them.

    Parameters
    ----------
    answers : array_like
        From 0 to 10, one per customer; missing where not answered.
    cluster : array_like, same length
        Who each customer belongs to.
    n_boot : int
        How many times clusters are drawn, at least 100.

    Examples
    --------
    >>> found = clustered([10, 9, 3, 2, 8, 9], list("AABBCC"),
    ...                   rng=np.random.default_rng(1))
    >>> round(found.score.estimate, 1), found.clusters
    (16.7, 3)
    """
    if n_boot < 100:
        raise ValueError(
            f"n_boot={n_boot}: an interval from fewer than 100 draws is noise. Give at "
            "least 100; 2000 is usual."
        )
    checked = scale_named("nps").check(answers)
    table = pd.DataFrame({"answer": checked, "cluster": np.asarray(cluster)}).dropna()
    groups = _classes(table["answer"]).groupby(table["cluster"])
    sums, sizes = groups.sum().to_numpy(), groups.size().to_numpy()
    if len(sums) < 2:
        raise ValueError(
            f"{len(sums)} cluster(s): how far clusters differ cannot be seen from "
            "fewer than two."
        )
    draws = rng.integers(len(sums), size=(n_boot, len(sums)))
    scores = 100 * sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    tail = (1 - level) / 2
    low, high = (float(x) for x in np.quantile(scores, [tail, 1 - tail]))
    alone = net_promoter(table["answer"], scale="nps")
    honest = Estimate(
        quantity="net promoter score, clusters drawn",
        estimate=alone.score,
        low=low,
        high=high,
        level=level,
        n=alone.n,
        unit="points",
    )
    return Clustered(
        score=honest,
        naive=alone.interval(method="wald", level=level),
        clusters=len(sums),
    )


def _classes(answers: pd.Series) -> pd.Series:
    """Turn answers into +1 promoter, 0 passive, -1 detractor."""
    return (answers >= 9).astype(float) - (answers <= 6).astype(float)
