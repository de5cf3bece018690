"""Firms as they see themselves, and as their customers see them."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

_MIDDLE, _SPREAD = 5.0, 1.5  # points: where firms lie on the common scale


@dataclass(frozen=True, kw_only=True)
class PairedFirms:
    """Firms and customers on one scale, with the truth that was planted."""

    pairs: pd.DataFrame  # one row per firm
    flattery: float  # SD of quality: firms score themselves so much higher
    threshold_gap: float  # SD of quality: customers draw the line so much higher
    deliver: float  # share of firms above the customers' line, 0-1

    @property
    def total(self) -> float:
        """The whole gap, SD of quality."""
        return self.flattery + self.threshold_gap

    @property
    def believe(self) -> float:
        """Share of firms above their own line, 0-1."""
        return float(ndtr(ndtri(self.deliver) + self.total))


def paired_firms(
    *,
    n_firms: int,
    flattery: float,
    threshold_gap: float,
    rng: np.random.Generator,
    deliver: float = 0.08,
    agreement: float = 0.6,
) -> PairedFirms:
    """Draw firms that score themselves, and are scored by customers, on one scale.

    Parameters
    ----------
    n_firms : int
        Firms, at least 2.
    flattery : float
        How much higher firms score themselves, SD of quality.
    threshold_gap : float
        How much higher customers draw the line for "superior", SD of quality.
    rng : Generator
        Where the randomness comes from.
    deliver : float
        Share of firms above the customers' line, above 0 and below 1.
    agreement : float
        Correlation of a firm's score with that of its customers, -1 .. 1.

    Returns
    -------
    PairedFirms
        ``pairs`` has ``self_score`` and ``customer_score`` (points, 5 in the middle,
        1.5 a standard deviation of quality), ``firm_says_yes``, ``customers_say_yes``.
    """
    if n_firms < 2 or not 0 < deliver < 1 or abs(agreement) > 1:
        raise ValueError(
            f"n_firms={n_firms}, deliver={deliver}, agreement={agreement}: at least 2 "
            "firms, a share above 0 and below 1, and a correlation of -1 to 1."
        )
    quality, own = rng.standard_normal((2, n_firms))
    sees = agreement * quality + np.sqrt(1 - agreement**2) * own + flattery
    customers_line = ndtri(1 - deliver)
    firms_line = customers_line - threshold_gap
    pairs = pd.DataFrame(
        {
            "self_score": _MIDDLE + _SPREAD * sees,
            "customer_score": _MIDDLE + _SPREAD * quality,
            "firm_says_yes": sees > firms_line,
            "customers_say_yes": quality > customers_line,
        }
    )
    return PairedFirms(
        pairs=pairs, flattery=flattery, threshold_gap=threshold_gap, deliver=deliver
    )


@dataclass(frozen=True, kw_only=True)
class HappyCustomers:
    """Customers of firms that differ, with the truth that was planted."""

    customers: pd.DataFrame  # one row per customer: firm, happy
    mean: float  # share of happy customers over all firms, 0-1
    sd: float  # of that share between firms


def happy_customers(
    *, n_firms: int, per_firm: int, mean: float, sd: float, rng: np.random.Generator
) -> HappyCustomers:
    """Draw customers, happy or not, of firms whose shares follow a Beta curve.

    Parameters
    ----------
    n_firms, per_firm : int
        Firms, and customers asked of each.
    mean, sd : float
        Of the share of happy customers between firms; 0 < sd < sqrt(mean (1 - mean)).
    rng : Generator
        Where the randomness comes from.
    """
    if min(n_firms, per_firm) < 1 or not 0 < mean < 1:
        raise ValueError(
            f"n_firms={n_firms}, per_firm={per_firm}, mean={mean}: at least one firm "
            "and one customer, and a share above 0 and below 1."
        )
    if not 0 < sd < np.sqrt(mean * (1 - mean)):
        raise ValueError(
            f"sd={sd}: with a mean of {mean} it lies above 0 and below "
            f"{np.sqrt(mean * (1 - mean)):.3f}."
        )
    size = mean * (1 - mean) / sd**2 - 1
    shares = rng.beta(mean * size, (1 - mean) * size, size=n_firms)
    customers = pd.DataFrame(
        {
            "firm": np.repeat(np.arange(n_firms), per_firm),
            "happy": rng.random(n_firms * per_firm) < np.repeat(shares, per_firm),
        }
    )
    return HappyCustomers(customers=customers, mean=mean, sd=sd)
