"""Two groups, two answers: four counts per hundred customers, and what they say.

Most arguments about loyalty are about one table of four counts: satisfied or not, means
to leave or not. Two people can read opposite sentences from it, both true. Counts per
hundred customers let everybody check both.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab import fourfold, intervals
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class TwoGroups:
    """Customers by satisfied or not, and by meaning to leave or to stay."""

    satisfied_leave: float  # customers; per hundred they need not be whole
    satisfied_stay: float
    dissatisfied_leave: float
    dissatisfied_stay: float

    @property
    def n(self) -> float:
        """All customers."""
        return float(self.counts.sum())

    @property
    def counts(self) -> NDArray[np.float64]:
        """Rows dissatisfied and satisfied, columns leave and stay."""
        return np.array(
            [
                [self.dissatisfied_leave, self.dissatisfied_stay],
                [self.satisfied_leave, self.satisfied_stay],
            ]
        )

    @property
    def odds_ratio(self) -> float:
        """How many times higher the odds of leaving are for the dissatisfied."""
        leave = self.counts[:, 0] / self.counts.sum(axis=1)
        return float(fourfold.odds_ratio(*leave))

    @property
    def satisfied_among_leavers(self) -> float:
        """Share of those who mean to leave who said they were satisfied, 0-1."""
        leavers = self.satisfied_leave + self.dissatisfied_leave
        if leavers <= 0:
            raise ValueError("nobody means to leave: there is no share among leavers.")
        return float(self.satisfied_leave / leavers)

    def of(self, n: int) -> "TwoGroups":
        """Return the same table for ``n`` customers."""
        scaled = self.counts * (n / self.n)
        return _from_counts(scaled)

    def whole(self) -> "TwoGroups":
        """Return it in whole customers, their number kept (largest remainders)."""
        flat = self.counts.ravel()
        floor = np.floor(flat + 1e-9)
        short = round(flat.sum()) - int(floor.sum())
        order = np.argsort(-(flat - floor), kind="stable")
        floor[order[:short]] += 1
        return _from_counts(floor.reshape(2, 2))

    def odds_ratio_interval(self, *, level: float = 0.95) -> Estimate:
        """Return the odds ratio with the interval that so many customers allow.

        Where a cell is empty, half an imaginary customer is counted into each of the
        four (Haldane and Anscombe), so that a small survey has an interval too.
        """
        counts = self.counts + 0.5 if (self.counts == 0).any() else self.counts
        return intervals.odds_ratio(
            counts,
            quantity="odds of leaving, dissatisfied to satisfied",
            level=level,
        )

    def table(self) -> pd.DataFrame:
        """Return the four counts with their sums, as they would stand on a slide."""
        table = pd.DataFrame(
            self.counts[::-1],
            index=pd.Index(["satisfied", "dissatisfied"], name="customers"),
            columns=["mean to leave", "mean to stay"],
        )
        table["all"] = table.sum(axis=1)
        table.loc["all"] = table.sum()
        return table

    def summary(self) -> pd.DataFrame:
        """Return the shares, the odds ratio and who leaves, as the tidy table."""
        (a, b), (c, d) = self.counts
        shares = {
            "satisfied who mean to leave": c / (c + d),
            "dissatisfied who mean to leave": a / (a + b),
            "satisfied among those who leave": self.satisfied_among_leavers,
        }
        rows = [
            Estimate(quantity=name, estimate=float(value), unit="share")
            for name, value in shares.items()
        ]
        ratio = Estimate(quantity="odds ratio", estimate=self.odds_ratio)
        return tidy([*rows, ratio])

    def __str__(self) -> str:
        """Say both true sentences about the one table."""
        return (
            f"The odds of leaving are {self.odds_ratio:.1f} times higher for the "
            f"dissatisfied; and {100 * self.satisfied_among_leavers:.0f} of 100 who "
            "mean to leave said they were satisfied."
        )

    def describe(self) -> str:
        """Say what a picture with a square for each customer shows."""
        (other_leave, other_stay), (leave, stay) = self.whole().counts
        return (
            f"One square for each of {self.n:.0f} customers. {leave + stay:.0f} are "
            f"satisfied, and {leave:.0f} of these mean to leave; "
            f"{other_leave + other_stay:.0f} are dissatisfied, and {other_leave:.0f} "
            "of these mean to leave."
        )


def per_hundred(
    *, share_satisfied: float, leave_if_satisfied: float, stay_if_dissatisfied: float
) -> TwoGroups:
    """Turn three printed shares into four counts per hundred customers.

    Parameters
    ----------
    share_satisfied : float
        Share of all customers who are satisfied, above 0 and below 1.
    leave_if_satisfied : float
        Share of the satisfied who mean to leave, above 0 and below 1.
    stay_if_dissatisfied : float
        Share of the dissatisfied who mean to stay, above 0 and below 1.

    Examples
    --------
    A fifth of the satisfied leave; so does every second of the dissatisfied.

    >>> found = per_hundred(share_satisfied=0.5, leave_if_satisfied=0.2,
    ...                     stay_if_dissatisfied=0.5)
    >>> found.satisfied_leave, found.dissatisfied_leave, round(found.odds_ratio, 9)
    (10.0, 25.0, 4.0)

    The more are satisfied, the more of those who leave were: the odds stay as they are.

    >>> many = per_hundred(share_satisfied=0.9, leave_if_satisfied=0.2,
    ...                    stay_if_dissatisfied=0.5)
    >>> round(many.odds_ratio, 9), round(many.satisfied_among_leavers, 2)
    (4.0, 0.78)
    """
    table = fourfold.SatisfiedOrNot(
        share_satisfied=share_satisfied,
        leave_if_satisfied=leave_if_satisfied,
        stay_if_dissatisfied=stay_if_dissatisfied,
    )
    (satisfied_stay, satisfied_leave), (other_stay, other_leave) = 100 * table.cells
    return TwoGroups(
        satisfied_leave=float(satisfied_leave),
        satisfied_stay=float(satisfied_stay),
        dissatisfied_leave=float(other_leave),
        dissatisfied_stay=float(other_stay),
    )


def from_customers(satisfied: ArrayLike, leaves: ArrayLike) -> TwoGroups:
    """Count real or simulated customers, one by one, into the four cells.

    Parameters
    ----------
    satisfied, leaves : array_like of bool, same length
        One pair per customer.

    Examples
    --------
    >>> counted = from_customers([True, True, False], [True, False, True])
    >>> counted.satisfied_leave, counted.dissatisfied_stay
    (1.0, 0.0)
    """
    happy, gone = (np.asarray(x) for x in (satisfied, leaves))
    if happy.dtype != bool or gone.dtype != bool or happy.shape != gone.shape:
        raise TypeError(
            f"satisfied is {happy.dtype} of shape {happy.shape}, leaves is "
            f"{gone.dtype} of shape {gone.shape}. Give one True or False of each per "
            "customer."
        )
    return TwoGroups(
        satisfied_leave=float((happy & gone).sum()),
        satisfied_stay=float((happy & ~gone).sum()),
        dissatisfied_leave=float((~happy & gone).sum()),
        dissatisfied_stay=float((~happy & ~gone).sum()),
    )


def _from_counts(counts: NDArray[np.float64]) -> TwoGroups:
    (a, b), (c, d) = counts
    return TwoGroups(
        satisfied_leave=float(c),
        satisfied_stay=float(d),
        dissatisfied_leave=float(a),
        dissatisfied_stay=float(b),
    )
