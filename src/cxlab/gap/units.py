"""A share of firms is not a share of customers, and a firm is not one customer.

If 35 of 100 customers are happy, how many firms make most of their customers happy? It
depends on how much firms differ, and can be 8 of 100. The same confusion of units makes
intervals too narrow: a thousand customers of forty firms are forty firms.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import beta

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class FirmShares:
    """How the share of happy customers differs between firms (a Beta curve)."""

    mean: float  # share of happy customers over all firms, 0-1
    sd: float  # between firms
    majority: float  # share of firms with more than half of their customers happy, 0-1
    hundred: NDArray[np.float64]  # share of happy customers in 100 typical firms

    def summary(self) -> pd.DataFrame:
        """Return both shares as the tidy table: they count different things."""
        return tidy(
            [
                Estimate(
                    quantity="happy customers", estimate=self.mean, unit="of customers"
                ),
                Estimate(
                    quantity="firms with a majority of happy customers",
                    estimate=self.majority,
                    unit="of firms",
                ),
            ]
        )

    def __str__(self) -> str:
        """Say both shares with their units."""
        return (
            f"{100 * self.mean:.0f} of 100 customers are happy; of 100 firms, "
            f"{100 * self.majority:.0f} make most of their customers happy."
        )

    def describe(self) -> str:
        """Say what a picture of one hundred firms shows."""
        return (
            f"One mark for each of 100 firms, by its share of happy customers. {self}"
        )


def firms_with_majority(mean: float, sd: float) -> FirmShares:
    """Return how many firms make most of their customers happy.

    Parameters
    ----------
    mean : float
        Share of happy customers over all firms, above 0 and below 1.
    sd : float
        Standard deviation of that share between firms, above 0 and below
        sqrt(mean (1 - mean)).

    Notes
    -----
    The shares follow a Beta curve with this mean and standard deviation.

    Examples
    --------
    >>> print(firms_with_majority(0.35, 0.102))
    35 of 100 customers are happy; of 100 firms, 8 make most of their customers happy.

    If all firms were much the same, none would have a majority.

    >>> round(firms_with_majority(0.35, 0.03).majority, 4)
    0.0
    """
    limit = np.sqrt(mean * (1 - mean)) if 0 < mean < 1 else 0.0
    if not 0 < sd < limit:
        raise ValueError(
            f"mean={mean}, sd={sd}: shares with this mean lie between 0 and 1, so "
            f"their sd is above 0 and below {limit:.3f}. Give 35% as 0.35."
        )
    size = mean * (1 - mean) / sd**2 - 1
    curve = beta(mean * size, (1 - mean) * size)
    return FirmShares(
        mean=mean,
        sd=sd,
        majority=float(curve.sf(0.5)),
        hundred=curve.ppf((np.arange(100) + 0.5) / 100),
    )


@dataclass(frozen=True, kw_only=True)
class HappyShare:
    """The share of happy customers with two intervals: firms drawn, customers drawn."""

    by_firm: Estimate  # firms drawn anew with all their customers: the honest one
    by_customer: Estimate  # customers drawn anew as if each stood alone
    firms: int
    majority: float  # share of these firms with more than half happy, 0-1

    @property
    def times_wider(self) -> float:
        """How many times wider the honest interval is."""
        low, high = self.summary()["low"], self.summary()["high"]
        return float((high[0] - low[0]) / (high[1] - low[1]))

    def summary(self) -> pd.DataFrame:
        """Return both intervals as the tidy table."""
        return tidy([self.by_firm, self.by_customer])

    def __str__(self) -> str:
        """Say both in one sentence."""
        return (
            f"{self.by_firm}; drawing customers gives an interval "
            f"{self.times_wider:.1f} times too narrow."
        )

    def describe(self) -> str:
        """Say what a picture of the two intervals shows."""
        return (
            f"Two intervals around the same share. {self.firms} firms drawn: "
            f"{self.by_firm}. Customers drawn: {self.by_customer}."
        )


def happy_share(
    customers: pd.DataFrame,
    *,
    n_boot: int = 2000,
    rng: np.random.Generator,
    level: float = 0.95,
) -> HappyShare:
    """Return the share of happy customers, its honest interval and the naive one.

    Parameters
    ----------
    customers : DataFrame
        One row per customer: ``firm`` and ``happy`` (True or False).
    n_boot : int
        How many times firms, or customers, are drawn, at least 100.
    rng : Generator
        Where the randomness comes from.

    Examples
    --------
    Two firms of three customers each: six customers, but two firms.

    >>> table = pd.DataFrame({"firm": list("AAABBB"),
    ...                       "happy": [True, True, True, False, False, True]})
    >>> found = happy_share(table, rng=np.random.default_rng(1))
    >>> round(found.by_firm.estimate, 2), found.majority
    (0.67, 0.5)
    """
    if n_boot < 100:
        raise ValueError(
            f"n_boot={n_boot}: an interval from fewer than 100 draws is noise. Give at "
            "least 100; 2000 is usual."
        )
    groups = customers.groupby("firm")["happy"]
    happy = groups.sum().to_numpy(dtype=float)
    asked = groups.size().to_numpy(dtype=float)
    firms, n = len(happy), len(customers)
    if firms < 2:
        raise ValueError(
            f"{firms} firm(s): how far firms differ cannot be seen from fewer than two."
        )
    drawn = rng.integers(firms, size=(n_boot, firms))
    by_firm = happy[drawn].sum(axis=1) / asked[drawn].sum(axis=1)
    # drawing n customers with replacement, and counting the happy, is a binomial draw
    overall = float(happy.sum() / n)
    by_customer = rng.binomial(n, overall, size=n_boot) / n

    def estimate(draws: NDArray[np.float64], quantity: str, units: int) -> Estimate:
        tail = (1 - level) / 2
        low, high = (float(x) for x in np.quantile(draws, [tail, 1 - tail]))
        return Estimate(
            quantity=quantity,
            estimate=overall,
            low=low,
            high=high,
            level=level,
            n=units,
            unit="of customers",
        )

    return HappyShare(
        by_firm=estimate(by_firm, "happy customers, firms drawn", firms),
        by_customer=estimate(by_customer, "happy customers, customers drawn", n),
        firms=firms,
        majority=float((happy / asked > 0.5).mean()),
    )
