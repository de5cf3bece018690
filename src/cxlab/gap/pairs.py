"""On one common scale self-flattery and the stricter line can be told apart.

Ask a firm and its customers the same question on the same scale, and where each would
draw the line for "superior". Flattery is how much higher firms score themselves; the
stricter line is how much higher customers draw theirs. Firms are the unit: they are
drawn anew, not their customers.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.results import Estimate, tidy

COLUMNS = ("self_score", "customer_score", "firm_says_yes", "customers_say_yes")


def line_of(scores: ArrayLike, says_yes: ArrayLike) -> float:
    """Return the score above which "superior" is said: the line that errs least.

    Parameters
    ----------
    scores : array_like
        One per firm.
    says_yes : array_like of bool
        Whether "superior" was said of it.

    Returns
    -------
    float
        Midway between the two scores around the best cut; where several cuts are
        equally good, the middle one.

    Raises
    ------
    ValueError
        If all said yes, or all said no: then the line was not seen.

    Examples
    --------
    >>> line_of([4, 5, 7, 8], [False, False, True, True])
    6.0
    """
    values, yes = np.asarray(scores, dtype=float), np.asarray(says_yes, dtype=bool)
    if yes.all() or not yes.any():
        said = "yes" if yes.all() else "no"
        raise ValueError(
            f"all {len(yes)} said {said}: where their line lies cannot be seen. Ask "
            "more firms, or ask for the line itself."
        )
    order = np.argsort(values, kind="stable")
    values, yes = values[order], yes[order]
    # errors of the cut after the i-th firm: yes below it and no above it
    errors = np.cumsum(yes)[:-1] + np.cumsum(~yes[::-1])[::-1][1:]
    can_cut = values[1:] > values[:-1]
    if not can_cut.any():
        raise ValueError(
            f"all {len(values)} scores are {values[0]}: no line runs between them."
        )
    errors = np.where(can_cut, errors, len(yes) + 1)
    best = np.flatnonzero(errors == errors.min())
    cut = best[len(best) // 2]
    return float((values[cut] + values[cut + 1]) / 2)


@dataclass(frozen=True, kw_only=True)
class Decomposition:
    """The delivery gap in its two parts, in standard deviations of quality."""

    flattery: Estimate  # firms score themselves so much higher
    threshold_gap: Estimate  # customers draw the line so much higher
    total: Estimate
    believe: float  # share of firms that say superior of themselves, 0-1
    deliver: float  # share of firms of which customers say so, 0-1
    means: NDArray[np.float64]  # of self and customer score, per firm, points
    differences: NDArray[np.float64]  # self less customers, per firm, points

    @property
    def share_flattery(self) -> float:
        """Part of the gap that is self-flattery; may pass 1 if the line is softer."""
        return self.flattery.estimate / self.total.estimate

    @property
    def limits_of_agreement(self) -> tuple[float, float]:
        """Between these differences lie about 95 of 100 firms, points."""
        middle, spread = self.differences.mean(), self.differences.std(ddof=1)
        return float(middle - 1.96 * spread), float(middle + 1.96 * spread)

    def summary(self) -> pd.DataFrame:
        """Return both parts and their sum as the tidy table."""
        return tidy([self.flattery, self.threshold_gap, self.total])

    def __str__(self) -> str:
        """Say both parts."""
        return f"{self.flattery}; {self.threshold_gap}."

    def describe(self) -> str:
        """Say what a picture of firms against their customers shows."""
        low, high = self.limits_of_agreement
        return (
            f"One mark per firm: how much higher it scores itself than its customers "
            f"do, over the mean of both. On average {self.differences.mean():.2f} "
            f"points higher; most firms lie between {low:.1f} and {high:.1f}."
        )


def decompose(
    pairs: pd.DataFrame,
    *,
    n_boot: int = 1000,
    rng: np.random.Generator,
    level: float = 0.95,
) -> Decomposition:
    """Split the gap into self-flattery and a stricter line, firms drawn anew.

    Parameters
    ----------
    pairs : DataFrame
        One row per firm: ``self_score`` and ``customer_score`` on one scale, and
        whether each says "superior" (``firm_says_yes``, ``customers_say_yes``).
    n_boot : int
        How many times firms are drawn, at least 100.
    rng : Generator
        Where the randomness comes from.

    Raises
    ------
    ValueError
        If a column is missing, or all firms or all customers said the same.
    """
    missing = [c for c in COLUMNS if c not in pairs]
    if missing:
        raise ValueError(
            f"the table has no column {', '.join(missing)}. It needs "
            f"{', '.join(COLUMNS)}, one row per firm."
        )
    if n_boot < 100:
        raise ValueError(
            f"n_boot={n_boot}: an interval from fewer than 100 draws is noise. Give at "
            "least 100; 1000 is usual."
        )
    columns = [pairs[c].to_numpy() for c in COLUMNS]
    found = _parts(*columns)
    n = len(pairs)
    draws = np.array(
        [_drawn_parts(columns, rng.integers(n, size=n)) for _ in range(n_boot)]
    )
    tail = (1 - level) / 2
    lows, highs = np.nanquantile(draws, [tail, 1 - tail], axis=0)
    names = ("self-flattery", "stricter line of customers", "delivery gap")
    flattery, threshold_gap, total = (
        Estimate(
            quantity=name,
            estimate=value,
            low=float(low),
            high=float(high),
            level=level,
            n=n,
            unit="SD of quality",
        )
        for name, value, low, high in zip(names, found, lows, highs, strict=True)
    )
    own, seen = columns[0].astype(float), columns[1].astype(float)
    return Decomposition(
        flattery=flattery,
        threshold_gap=threshold_gap,
        total=total,
        believe=float(np.mean(columns[2])),
        deliver=float(np.mean(columns[3])),
        means=(own + seen) / 2,
        differences=own - seen,
    )


def _parts(
    own: NDArray[np.float64],
    seen: NDArray[np.float64],
    firm_yes: NDArray[np.bool_],
    customers_yes: NDArray[np.bool_],
) -> tuple[float, float, float]:
    """Return flattery, stricter line and their sum, SD of the customers' scores."""
    spread = float(seen.std(ddof=1))
    if spread == 0:
        raise ValueError("customers score all firms alike: there is no scale to use.")
    flattery = float((own - seen).mean()) / spread
    stricter = (line_of(seen, customers_yes) - line_of(own, firm_yes)) / spread
    return flattery, stricter, flattery + stricter


def _drawn_parts(
    columns: list[NDArray[np.float64]], rows: NDArray[np.int64]
) -> tuple[float, float, float]:
    drawn = [c[rows] for c in columns]
    if any(len(np.unique(says)) < 2 for says in drawn[2:]):
        return np.nan, np.nan, np.nan  # nobody, or everybody, said yes in this draw
    own, seen, firm_yes, customers_yes = drawn
    return _parts(own, seen, firm_yes.astype(bool), customers_yes.astype(bool))
