"""A world of brands in which no brand has more loyal customers than another.

Every buyer's taste comes from one and the same cloud; brands differ in size alone. What
looks like loyalty to the large ones is then arithmetic. The world is our invention.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import optimize

from cxlab.behaviour import BrandModel

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class BrandWorld:
    """Brands of falling size, and buyers with tastes from one cloud.

    Examples
    --------
    >>> world = BrandWorld(n_brands=3, market_share=0.5)
    >>> [round(float(share), 3) for share in world.shares]
    [0.5, 0.309, 0.191]
    """

    n_brands: int = 8
    market_share: float = 0.3  # of the largest brand, 0-1
    switching: float = 0.5  # how many choose afresh at the next purchase, 0-1
    mean: float = 6.0  # purchases of the category per household
    spread: float = 0.8  # shape of the gamma of rates

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        if self.n_brands < 2 or not 1 / self.n_brands < self.market_share < 1:
            raise ValueError(
                f"n_brands={self.n_brands}, market_share={self.market_share}: the "
                f"largest of so many brands has more than 1/{self.n_brands} of the "
                "market, and less than all of it."
            )
        if not 0 < self.switching < 1:
            raise ValueError(
                f"switching={self.switching}: at 0 nobody ever changes, at 1 nobody "
                "remembers. Give a share between them."
            )

    @property
    def shares(self) -> Floats:
        """Share of each brand: each is smaller than the last by the same factor."""
        n = np.arange(self.n_brands)

        def off(factor: float) -> float:
            return float(1 / (factor**n).sum()) - self.market_share

        factor = optimize.brentq(off, 1e-9, 1 - 1e-12)
        sizes = float(factor) ** n
        shares: Floats = sizes / sizes.sum()
        return shares

    @property
    def model(self) -> BrandModel:
        """The truth behind the world: what endlessly many buyers would show."""
        strength = self.switching / (1 - self.switching)
        return BrandModel(mean=self.mean, spread=self.spread, strength=strength)


def buyers(
    world: BrandWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, BrandModel]:
    """Draw what n households buy in a year.

    Returns
    -------
    DataFrame
        One row a household, one column a brand (A is the largest): purchases.
    BrandModel
        The truth.
    """
    rates = rng.gamma(world.spread, world.mean / world.spread, size=n)
    times = rng.poisson(rates)
    cloud = world.model.strength * world.shares
    # gammas rather than a Dirichlet: with fixed tastes all of them may underflow
    tastes = rng.standard_gamma(cloud, size=(n, world.n_brands))
    tastes = np.maximum(tastes, 1e-300)
    tastes /= tastes.sum(axis=1, keepdims=True)
    counts = rng.multinomial(times, tastes)
    names = [chr(ord("A") + k) for k in range(world.n_brands)]
    return pd.DataFrame(counts, columns=names), world.model
