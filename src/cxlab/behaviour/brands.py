"""Double jeopardy: small brands have fewer buyers, and slightly less loyal ones.

No brand needs worse customers for that. Let every buyer have a taste of her own, drawn
from one and the same cloud, and let brands differ in size alone. How often a category
is bought is a negative binomial, which brand it is a Dirichlet; together they are known
as the NBD-Dirichlet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize
from scipy.special import betaln, gammaln

Floats = NDArray[np.float64]
_TAIL = 1e-9  # share of buyers left out where the count of purchases is cut off
_MOST = 100_000  # purchases of one buyer


def repeat_rate(share: float, *, switching: float) -> float:
    """Return how many buyers of a brand choose it again the next time.

    Parameters
    ----------
    share
        Share of the brand in all purchases, 0-1.
    switching
        How many forget what they bought and choose afresh, by the brands' shares; 0-1.

    Notes
    -----
    Those who do not forget repeat; of those who do, a share as large as the brand's
    own falls on it again: (1 - switching) + switching * share. It is exactly what the
    Dirichlet says of two purchases, with switching = S / (1 + S).

    Raises
    ------
    ValueError
        If either is no share.

    Examples
    --------
    Both brands lose half of their buyers to choosing afresh; the large one gets more
    of them back.

    >>> repeat_rate(0.40, switching=0.5)
    0.7
    >>> repeat_rate(0.04, switching=0.5)
    0.52
    """
    if not (0 <= share <= 1 and 0 <= switching <= 1):
        raise ValueError(
            f"share={share}, switching={switching}: both are shares from 0 to 1. Give "
            "0.4 for 40 of 100."
        )
    return (1 - switching) + switching * share


@dataclass(frozen=True, kw_only=True)
class BrandModel:
    """A category whose brands differ in size and in nothing else.

    Examples
    --------
    >>> model = BrandModel(mean=1.456, spread=0.78, strength=1.55)
    >>> big, small = model.per_buyer(0.25), model.per_buyer(0.02)
    >>> bool(small < big)
    True
    """

    mean: float  # purchases of the category per household, buyers or not
    spread: float  # shape of the gamma of rates: small means very unlike households
    strength: float  # S of the Dirichlet: small means fixed tastes

    def __post_init__(self) -> None:
        """Refuse categories that cannot be."""
        if min(self.mean, self.spread, self.strength) <= 0:
            raise ValueError(
                f"mean={self.mean}, spread={self.spread}, strength={self.strength}: "
                "all three are above 0."
            )

    @property
    def switching(self) -> float:
        """How many choose afresh at the next purchase, 0-1."""
        return self.strength / (1 + self.strength)

    @property
    def purchases(self) -> Floats:
        """Chance of 0, 1, 2 .. purchases of the category."""
        k, m = self.spread, self.mean
        size = 64
        while True:
            n = np.arange(size)
            log = gammaln(k + n) - gammaln(k) - gammaln(n + 1)
            log = log + k * np.log(k / (k + m)) + n * np.log(m / (k + m))
            chances: Floats = np.exp(log)
            if 1 - chances.sum() < _TAIL or size > _MOST:
                return chances
            size *= 2

    def buyers(self, share: float) -> float:
        """Return how many households buy a brand of this share at all, 0-1.

        Notes
        -----
        One less the chance of buying the category n times and the brand never, which
        for n purchases is B(a, S - a + n) / B(a, S - a) with a = S * share.
        """
        if not 0 < share < 1:
            raise ValueError(
                f"share={share}: a brand among others has a share between 0 and 1."
            )
        rest = self.strength * (1 - share)
        chances = self.purchases
        n = np.arange(len(chances))
        own = self.strength * share
        never = np.exp(betaln(own, rest + n) - betaln(own, rest))
        return float(1 - chances @ never)

    def per_buyer(self, share: float) -> float:
        """Return how often its buyers buy a brand of this share."""
        return self.mean * share / self.buyers(share)

    def curve(self, shares: Sequence[float] | Floats) -> pd.DataFrame:
        """Return share, buyers and per_buyer for brands of these shares."""
        buyers = [self.buyers(float(share)) for share in shares]
        times = self.mean * np.asarray(shares, dtype=float) / np.asarray(buyers)
        return pd.DataFrame({"share": shares, "buyers": buyers, "per_buyer": times})


def brand_table(counts: pd.DataFrame) -> pd.DataFrame:
    """Count each brand's buyers and how loyal they are.

    Parameters
    ----------
    counts : DataFrame, one row a household, one column a brand
        Purchases. Households that bought nothing belong into it.

    Returns
    -------
    DataFrame
        One row a brand, largest first: ``share`` of purchases, ``buyers`` (share of
        households), ``per_buyer`` (purchases), ``of_category`` (share that the brand
        has in all its buyers' purchases of the category) and ``only`` (share of its
        buyers that bought nothing else).

    Raises
    ------
    ValueError
        If nothing was bought, or a count is negative.
    """
    values = counts.to_numpy(dtype=float)
    if values.size == 0 or values.min() < 0 or values.sum() == 0:
        raise ValueError(
            "The counts hold no purchase, or a negative one. Give one row a household "
            "and one column a brand, 0 where nothing was bought."
        )
    whole = values.sum(axis=1)
    bought = values > 0
    totals, buyers = values.sum(axis=0), bought.sum(axis=0)
    alone = (bought & (values == whole[:, None])).sum(axis=0)
    table = pd.DataFrame(
        {
            "brand": list(counts.columns),
            "share": totals / totals.sum(),
            "buyers": buyers / len(values),
            "per_buyer": totals / np.maximum(buyers, 1),
            "of_category": totals / np.maximum(whole @ bought, 1),
            "only": alone / np.maximum(buyers, 1),
        }
    )
    kept = table.loc[table["share"] > 0]
    return kept.sort_values("share", ascending=False, ignore_index=True)


def fit_brands(
    *,
    mean: float,
    category_buyers: float,
    shares: Sequence[float] | pd.Series,
    buyers: Sequence[float] | pd.Series,
) -> BrandModel:
    """Fit the three numbers of a category to its brands' sizes.

    Parameters
    ----------
    mean
        Purchases of the category per household, whether it buys or not.
    category_buyers
        Share of households that buy the category at all.
    shares, buyers
        Share of purchases and share of households buying, of each brand.

    Returns
    -------
    BrandModel
        ``spread`` from the mean and the share that never buys; ``strength`` for each
        brand from its buyers, averaged with the shares as weights.

    Raises
    ------
    ValueError
        If the buyers of the category cannot come from such purchases.

    References
    ----------
    Goodhardt, Ehrenberg & Chatfield (1984), The Dirichlet, Journal of the Royal
    Statistical Society A 147, 621-655.
    """
    most = 1 - np.exp(-mean)
    if not 0 < category_buyers < most:
        raise ValueError(
            f"category_buyers={category_buyers} with {mean} purchases per household: "
            f"even if all households were alike, at most {most:.3f} would buy. Count "
            "purchases per household, not per buyer."
        )

    def idle(log_k: float) -> float:
        k = float(np.exp(log_k))
        return -k * float(np.log1p(mean / k)) - float(np.log(1 - category_buyers))

    spread = float(np.exp(optimize.brentq(idle, -12, 12)))
    found, weights = [], []
    for share, bought in zip(shares, buyers, strict=True):
        strength = _strength(mean, spread, float(share), float(bought))
        if strength is not None:
            found.append(strength)
            weights.append(float(share))
    if not found:
        raise ValueError(
            "No brand has buyers such as one cloud of tastes could give it. Are the "
            "buyers shares of all households, and the shares of all purchases?"
        )
    strength = float(np.average(found, weights=weights))
    return BrandModel(mean=mean, spread=spread, strength=strength)


def _strength(mean: float, spread: float, share: float, bought: float) -> float | None:
    def off(log_s: float) -> float:
        model = BrandModel(mean=mean, spread=spread, strength=float(np.exp(log_s)))
        return model.buyers(share) - bought

    low, high = -6.0, 6.0
    if off(low) > 0 or off(high) < 0:
        return None  # a niche, or a brand that everybody tries once
    return float(np.exp(optimize.brentq(off, low, high, xtol=1e-6)))
