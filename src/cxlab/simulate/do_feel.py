"""Answers that hide what they measure: doing and feeling, alike in weight.

What customers do and what they feel count the same here. Only how well each is measured
differs, and in what manner people answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.drivers.subsets import exact_split

Floats = NDArray[np.float64]

ITEMS = 3  # questions on each side, do and feel


@dataclass(frozen=True, kw_only=True)
class DoAndFeel:
    """A world in which doing and feeling weigh the same and are measured unequally.

    Six true items of variance 1, three done and three felt, add up to the effort that
    customers report, with noise and a manner of answering (the method) on top; the
    felt items are answered in the same manner, half as strongly.
    """

    reliability_do: float = 0.6  # share of a done item's variance that is true, 0-1
    reliability_feel: float = 0.9  # the same for the felt items
    method_variance: float = 1.0  # of the manner of answering; 0: none
    noise: float = 1.5  # SD of what else goes into reported effort
    method_felt: float = 0.5  # weight of the manner of answering in a felt item

    def __post_init__(self) -> None:
        """Refuse reliabilities that are none."""
        if not (0 < self.reliability_do <= 1 and 0 < self.reliability_feel <= 1):
            raise ValueError(
                f"reliability_do={self.reliability_do}, "
                f"reliability_feel={self.reliability_feel}: a reliability lies above 0 "
                "and is at most 1."
            )
        if self.method_variance < 0:
            raise ValueError(
                f"method_variance={self.method_variance}: give 0 (none) or more."
            )

    @property
    def blocks(self) -> Mapping[str, list[str]]:
        """Names of the items, by side."""
        return {
            side: [f"{side}_{i + 1}" for i in range(ITEMS)] for side in ("do", "feel")
        }

    @property
    def split(self) -> Mapping[str, float]:
        """What the Shapley shares of the two sides would be with endless customers."""
        sides = [list(range(ITEMS)), list(range(ITEMS, 2 * ITEMS))]
        parts = exact_split(self._covariance, sides).tolist()
        return dict(zip(("do", "feel"), parts, strict=True))

    @property
    def _item_noise(self) -> Floats:
        """Variance of the noise in each item."""
        reliability = np.repeat([self.reliability_do, self.reliability_feel], ITEMS)
        return np.asarray((1 - reliability) / reliability)

    @property
    def _covariance(self) -> Floats:
        """Covariances of the six items and, last, of the reported effort."""
        method = np.repeat([0.0, self.method_felt], ITEMS)
        items = np.eye(2 * ITEMS) + self.method_variance * np.outer(method, method)
        with_effort = 1 + self.method_variance * method
        variance = 2 * ITEMS + self.noise**2 + self.method_variance
        table = np.empty((2 * ITEMS + 1, 2 * ITEMS + 1))
        table[:-1, :-1] = items + np.diag(self._item_noise)
        table[:-1, -1] = table[-1, :-1] = with_effort
        table[-1, -1] = variance
        return table


def answers(
    truth: DoAndFeel, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, DoAndFeel]:
    """Draw what customers answer to three questions on doing and three on feeling.

    Parameters
    ----------
    truth : DoAndFeel
        The world to draw from; the true weights of all six items are equal.
    n : int
        Customers, at least 1.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    answers : DataFrame, n rows
        ``do_1`` .. ``feel_3`` and ``effort``, standard scores, high = hard.
    truth : DoAndFeel
        As given; its exact split can be laid beside what is found.
    """
    if n < 1:
        raise ValueError(f"n={n}: draw at least one customer.")
    true = rng.standard_normal((n, 2 * ITEMS))
    method = np.sqrt(truth.method_variance) * rng.standard_normal(n)
    seen = true + np.sqrt(truth._item_noise) * rng.standard_normal(true.shape)  # noqa: SLF001
    seen[:, ITEMS:] += truth.method_felt * method[:, None]
    effort = true.sum(axis=1) + truth.noise * rng.standard_normal(n) + method
    columns = [name for side in truth.blocks.values() for name in side]
    return pd.DataFrame(seen, columns=columns).assign(effort=effort), truth


@dataclass(frozen=True, kw_only=True)
class SplitCurve:
    """Doing's share of what is explained, by how well doing is measured."""

    truth: DoAndFeel
    reliabilities: tuple[float, ...]  # of the questions on doing, rising

    def shares(self, *, method: bool) -> Floats:
        """Return the exact shares, 0-1; without a method all answer alike."""
        variance = self.truth.method_variance if method else 0.0
        worlds = (
            replace(self.truth, reliability_do=r, method_variance=variance)
            for r in self.reliabilities
        )
        return np.array([world.split["do"] for world in worlds])

    def describe(self) -> str:
        """Say what a picture of the curve shows."""
        plain, coloured = (100 * self.shares(method=m) for m in (False, True))
        first, last = self.reliabilities[0], self.reliabilities[-1]
        return (
            f"Two rising lines: doing's share of what is explained, as its questions "
            f"become more reliable, {first:g} to {last:g}. Where everybody answers in "
            f"the same manner it rises from {plain[0]:.0f} to {plain[-1]:.0f} of 100, "
            f"where manners differ from {coloured[0]:.0f} to {coloured[-1]:.0f}. A "
            "dashed line marks the true weight, 50, and an orange one the book's third."
        )


def split_curve(truth: DoAndFeel, *, reliabilities: Sequence[float]) -> SplitCurve:
    """Return doing's exact share for several reliabilities of its questions."""
    return SplitCurve(truth=truth, reliabilities=tuple(map(float, reliabilities)))
