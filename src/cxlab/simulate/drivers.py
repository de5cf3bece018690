"""Journeys in which misfortunes come together.

A case may be messy, which nobody writes down: a messy case is transferred, and called
about again, and explained once more, so that each misfortune is seen in the company of
the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit

from cxlab.drivers.subsets import exact_split

Floats = NDArray[np.float64]

# Shares of customers, as the 2010 article prints them (claims E21, E22, E23, E25).
PRINTED: Mapping[str, float] = MappingProxyType(
    {"re_explain": 0.56, "switch": 0.57, "transfer": 0.59, "repeat": 0.62}
)
# Ours: chosen so that the raw ratio of a repeat contact comes near the book's 2.5.
OWN_ODDS: Mapping[str, float] = MappingProxyType(
    {"re_explain": 1.2, "switch": 1.5, "transfer": 1.8, "repeat": 2.7}
)
_NODES = np.linspace(-8, 8, 161)  # of the messiness, in standard deviations
_WEIGHTS = np.exp(-(_NODES**2) / 2) / np.exp(-(_NODES**2) / 2).sum()


@dataclass(frozen=True, kw_only=True)
class MessyWorld:
    """A world of service journeys with an unrecorded messy case. Its shares are exact.

    Each driver's log-odds rise with the messiness of the case, a standard normal that
    is not in the table; each driver multiplies the odds of disloyalty by a factor.
    """

    messiness: float = 2.0  # log-odds of each driver per SD of messiness; 0: unrelated
    own_odds: Mapping[str, float] = field(default_factory=lambda: OWN_ODDS)
    shares: Mapping[str, float] = field(default_factory=lambda: PRINTED)
    base: float = 0.4  # share disloyal over all customers, 0-1; ours
    hidden: float = 0.0  # log-odds of disloyalty per SD of messiness, drivers apart

    def __post_init__(self) -> None:
        """Refuse worlds that cannot be."""
        if list(self.own_odds) != list(self.shares):
            raise ValueError(
                f"own_odds names {', '.join(self.own_odds)}; shares names "
                f"{', '.join(self.shares)}. Name the same drivers in the same order."
            )
        inside = all(0 < s < 1 for s in [*self.shares.values(), self.base])
        if not inside or min(self.own_odds.values()) <= 0 or self.messiness < 0:
            raise ValueError(
                f"shares={dict(self.shares)}, base={self.base}, "
                f"own_odds={dict(self.own_odds)}, messiness={self.messiness}: shares "
                "lie between 0 and 1, odds factors above 0, messiness is 0 or more."
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the drivers."""
        return tuple(self.shares)

    @cached_property
    def own_ratios(self) -> Mapping[str, float]:
        """True ratio of each driver: the same customers with it and without it."""
        return {
            name: self._mean_if(j, value=1) / self._mean_if(j, value=0)
            for j, name in enumerate(self.names)
        }

    @cached_property
    def raw_ratios(self) -> Mapping[str, float]:
        """What the raw ratio of each driver would be with endless customers."""
        cases = (self._joint * self._disloyal(self._patterns)).sum(axis=1)
        pairs = {}
        for name, met in zip(self.names, self._patterns.T == 1, strict=True):
            shares = [cases[g].sum() / self._by_pattern[g].sum() for g in (met, ~met)]
            pairs[name] = float(shares[0] / shares[1])
        return pairs

    @cached_property
    def split(self) -> Mapping[str, float]:
        """What the Shapley shares of R2 would be with endless customers; sum 1."""
        parts = exact_split(self._covariance, [[j] for j in range(len(self.names))])
        return dict(zip(self.names, parts.tolist(), strict=True))

    @property
    def share_two_or_more(self) -> float:
        """Share of customers who meet at least two drivers."""
        return float(self._by_pattern[self._patterns.sum(axis=1) >= 2].sum())

    def vanishing(self, driver: str) -> float:
        """Return what part of disloyalty goes if nobody meets a driver any more."""
        return 1 - self._mean_if(self.names.index(driver), value=0) / self.base

    @cached_property
    def _slopes(self) -> Floats:
        return np.log(list(self.own_odds.values()))

    @cached_property
    def _driver_levels(self) -> Floats:
        """Log-odds of each driver in a case of average messiness."""

        def level(share: float) -> float:
            def excess(x: float) -> float:
                return float(_WEIGHTS @ expit(x + self.messiness * _NODES)) - share

            return float(brentq(excess, -60, 60, xtol=1e-13))

        return np.array([level(share) for share in self.shares.values()])

    @cached_property
    def _patterns(self) -> Floats:
        """Every combination of drivers met, 0 or 1: shape (2 ** drivers, drivers)."""
        return np.array(list(product([0.0, 1.0], repeat=len(self.names))))

    @cached_property
    def _joint(self) -> Floats:
        """Share of customers by pattern (rows) and messiness (columns)."""
        met = expit(self._driver_levels[:, None] + self.messiness * _NODES)
        each = np.where(self._patterns[:, :, None] == 1, met, 1 - met)
        return np.asarray(each.prod(axis=1) * _WEIGHTS)

    @property
    def _by_pattern(self) -> Floats:
        return np.asarray(self._joint.sum(axis=1))

    @cached_property
    def _level(self) -> float:
        """Log-odds of disloyalty without any driver, in an average case."""
        odds = (self._patterns @ self._slopes)[:, None] + self.hidden * _NODES

        def excess(x: float) -> float:
            return float((self._joint * expit(x + odds)).sum()) - self.base

        return float(brentq(excess, -60, 60, xtol=1e-13))

    def _disloyal(self, patterns: Floats) -> Floats:
        """Share disloyal by pattern (rows) and messiness (columns)."""
        odds = (patterns @ self._slopes)[:, None] + self.hidden * _NODES
        return np.asarray(expit(self._level + odds))

    def _mean_if(self, driver: int, *, value: float) -> float:
        """Share disloyal if everybody met the driver (1), or nobody did (0)."""
        changed = self._patterns.copy()
        changed[:, driver] = value
        return float((self._joint * self._disloyal(changed)).sum())

    @property
    def _covariance(self) -> Floats:
        """Covariances of the drivers and, last, of disloyalty."""
        cases = (self._joint * self._disloyal(self._patterns)).sum(axis=1)
        means = np.array([*self.shares.values(), self.base])
        both = (self._patterns * self._by_pattern[:, None]).T @ self._patterns
        with_cases = np.append(self._patterns.T @ cases, self.base)
        moments = np.column_stack([np.vstack([both, with_cases[:-1]]), with_cases])
        return np.asarray(moments - np.outer(means, means))


def journeys(
    truth: MessyWorld, *, n: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, MessyWorld]:
    """Draw service journeys: what each customer met, and whether he is disloyal.

    Parameters
    ----------
    truth : MessyWorld
        The world to draw from.
    n : int
        Customers, at least 1.
    rng : Generator
        Where the randomness comes from.

    Returns
    -------
    customers : DataFrame, n rows
        One column per driver and ``disloyal``, each 0 or 1. How messy the case was is
        not among them.
    truth : MessyWorld
        As given; its exact ratios can be laid beside what is found.
    """
    if n < 1:
        raise ValueError(f"n={n}: draw at least one customer.")
    messy = rng.standard_normal(n)
    odds = truth._driver_levels + truth.messiness * messy[:, None]  # noqa: SLF001
    met = rng.random((n, len(truth.names))) < expit(odds)
    level = truth._level + met @ truth._slopes + truth.hidden * messy  # noqa: SLF001
    table = pd.DataFrame(met, columns=list(truth.names))
    return table.assign(disloyal=rng.random(n) < expit(level)).astype("int64"), truth
