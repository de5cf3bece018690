"""What a rate of retention is worth: one formula, two conventions, and five points.

A customer who stays with the same chance r every year, at a margin of 1 a year, is
worth a sum without end that is short to write. Whether the first margin is counted is a
convention; the lift from a better r hangs on it, so it must be said.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def multiple(
    retention: ArrayLike, *, discount: float = 0.1, first_now: bool = False
) -> Floats:
    """Return how many yearly margins a customer is worth today.

    Parameters
    ----------
    retention : array_like
        Chance to stay one more year, share from 0 to 1.
    discount
        Yearly rate, share; 0.1 makes 1.10 next year worth 1 today.
    first_now
        True counts a margin earned today, before the first renewal; False counts from
        the first renewal on.

    Notes
    -----
    r / (1 + i - r) from the first renewal on; (1 + i) / (1 + i - r) with the one today,
    which is 1 more.

    Examples
    --------
    At 80 of 100 and ten percent:

    >>> round(float(multiple(0.8)), 3), round(float(multiple(0.8, first_now=True)), 3)
    (2.667, 3.667)
    """
    r = np.asarray(retention, dtype=float)
    _refuse(r, discount)
    return np.asarray(r / (1 + discount - r) + first_now)


def elasticity(retention: ArrayLike, *, discount: float = 0.1) -> Floats:
    """Return by how many percent the value rises when retention rises by one percent.

    Notes
    -----
    (1 + i) / (1 + i - r), the slope of the logarithm of `multiple` counted from the
    first renewal. One percent of r, not one point.

    Examples
    --------
    >>> elasticity([0.7, 0.8, 0.9]).round(2).tolist()
    [2.75, 3.67, 5.5]
    """
    r = np.asarray(retention, dtype=float)
    _refuse(r, discount)
    return np.asarray((1 + discount) / (1 + discount - r))


def retention_for(elasticity: float, *, discount: float = 0.1) -> float:
    """Return the one retention at which value has this elasticity.

    Examples
    --------
    "One percent brings five" is true of customers who stay with 88 of 100.

    >>> round(retention_for(5), 2)
    0.88
    """
    if not elasticity > 1:
        raise ValueError(
            f"elasticity={elasticity}: value rises by more than one percent for each "
            "percent of retention. Give a number above 1."
        )
    return (1 + discount) * (1 - 1 / elasticity)


@dataclass(frozen=True, kw_only=True)
class Lift:
    """What so many points more retention do, from one starting rate."""

    retention: float  # share, before
    points: float  # percentage points more, such as 5
    discount: float  # yearly rate, share

    def __post_init__(self) -> None:
        """Refuse a lift that ends above a hundred in a hundred."""
        if not 0 < self.retention < self.after < 1:
            raise ValueError(
                f"from {self.retention} by {self.points} points: retention must be "
                "above 0 before and below 1 after. Give points such as 5."
            )

    @property
    def after(self) -> float:
        """Retention with the points added, share."""
        return self.retention + self.points / 100

    @property
    def value(self) -> float:
        """Rise of the discounted value from the first renewal on, percent."""
        return self._percent(discount=self.discount)

    @property
    def value_first_now(self) -> float:
        """The same with a margin today counted too, percent."""
        return self._percent(discount=self.discount, first_now=True)

    @property
    def tenure(self) -> float:
        """Rise of the years a customer stays, endless and undiscounted, percent."""
        return self._percent(discount=0.0, first_now=True)

    @property
    def base(self) -> float:
        """Rise of how many customers are there next year, percent."""
        return 100 * (self.after / self.retention - 1)

    def _percent(self, *, discount: float, first_now: bool = False) -> float:
        before, after = multiple(
            [self.retention, self.after], discount=discount, first_now=first_now
        )
        return float(100 * (after / before - 1))


def _refuse(retention: Floats, discount: float) -> None:
    if not (np.all((retention >= 0) & (retention <= 1)) and discount >= 0):
        raise ValueError(
            f"retention={retention.tolist()}, discount={discount}: both are shares, "
            "retention from 0 to 1. Write 0.85 for 85 of 100."
        )
    if np.any(retention >= 1 + discount):
        raise ValueError(
            "Nobody ever leaves and nothing is discounted: the sum has no end. Give "
            "retention below 1, or a discount above 0."
        )
