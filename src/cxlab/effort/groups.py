"""Five groups of customers, two ends and three between, and what their bars need."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.intervals import odds_ratio, wilson_limits, z_value
from cxlab.latent import Link, implied_link
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class GroupShares:
    """How many are disloyal in five groups of customers: two ends, three between."""

    hits: tuple[int, ...]  # disloyal customers, easiest group first
    sizes: tuple[int, ...]  # customers in each group
    share_extreme: float  # share of customers that each end was meant to hold
    ends: tuple[str, str] = ("easiest contacts", "hardest contacts")
    level: float = 0.95  # of the intervals

    @property
    def shares(self) -> Floats:
        """Share disloyal in each group, 0-1."""
        shares: Floats = np.array(self.hits) / np.array(self.sizes)
        return shares

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Wilson's interval of each share, low ends and high ends."""
        return wilson_limits(self.hits, self.sizes, level=self.level)

    @property
    def n(self) -> int:
        """All customers."""
        return sum(self.sizes)

    @property
    def base(self) -> float:
        """Share disloyal among all customers."""
        return sum(self.hits) / self.n

    @property
    def low(self) -> float:
        """Share disloyal in the first group: the slide's low bar."""
        return float(self.shares[0])

    @property
    def high(self) -> float:
        """Share disloyal in the last group: the slide's high bar."""
        return float(self.shares[-1])

    @property
    def last_step(self) -> float:
        """Rise from the last group but one to the last, in share."""
        return float(self.shares[-1] - self.shares[-2])

    @property
    def middle_low(self) -> float:
        """Lowest share in the three groups between."""
        return float(self.shares[1:-1].min())

    @property
    def middle_high(self) -> float:
        """Highest share in the three groups between."""
        return float(self.shares[1:-1].max())

    @property
    def off_slide(self) -> float:
        """Share of all DISLOYAL customers who stand in the three groups between."""
        return sum(self.hits[1:-1]) / sum(self.hits)

    def link(self) -> Link:
        """Return the link that the two end bars need; negative if they fall."""
        return _link_between(self._end_shares(), self.share_extreme)

    def correlation(self) -> Estimate:
        """Return the latent correlation that the two end bars need, with its interval.

        Notes
        -----
        Delta method on Fisher's z: the two bars vary independently, each like a share;
        the slope of z in each is found by a small step to both sides.
        """
        bars = self._end_shares()
        sizes = np.array([self.sizes[0], self.sizes[-1]])
        error = np.sqrt(bars * (1 - bars) / sizes)
        slopes = [self._slope(bars, which) for which in (0, 1)]
        middle = np.arctanh(self.link().correlation)
        half = z_value(self.level) * float(np.hypot(*(slopes * error)))
        return Estimate(
            quantity="latent correlation",
            estimate=float(np.tanh(middle)),
            low=float(np.tanh(middle - half)),
            high=float(np.tanh(middle + half)),
            level=self.level,
            n=self.n,
        )

    def odds_ratio(self) -> Estimate:
        """Return how many times higher the odds are in the last group than the first.

        Raises
        ------
        ValueError
            If everybody or nobody in one of the two groups is disloyal.
        """
        ends = [[self.hits[k], self.sizes[k] - self.hits[k]] for k in (-1, 0)]
        return odds_ratio(ends, level=self.level)

    def _slope(self, bars: Floats, which: int) -> float:
        step = np.zeros(2)
        step[which] = 0.01 * min(bars[which], 1 - bars[which])
        up, down = (
            np.arctanh(_link_between(b, self.share_extreme).correlation)
            for b in (bars + step, bars - step)
        )
        return float((up - down) / (2 * step[which]))

    def _end_shares(self) -> Floats:
        """Return both ends; a bar at 0 or 1 is moved half a customer inwards."""
        hits = np.array([self.hits[0], self.hits[-1]], dtype=float)
        sizes = np.array([self.sizes[0], self.sizes[-1]], dtype=float)
        ends: Floats = np.clip(hits, 0.5, sizes - 0.5) / sizes
        return ends

    def __str__(self) -> str:
        """Say the groups in one sentence."""
        return (
            f"From the {self.ends[0]} to the {self.ends[1]}, {self._said()} of 100 "
            f"customers are disloyal; over all {100 * self.base:.0f} of 100 "
            f"(n = {self.n:,})."
        )

    def _said(self) -> str:
        *first, last = (f"{100 * share:.0f}" for share in self.shares)
        return f"{', '.join(first)} and {last}"

    def describe(self) -> str:
        """Say what a picture of the groups shows."""
        return (
            f"Bar chart of five groups of customers, from the {self.ends[0]} to the "
            f"{self.ends[1]}. Disloyal of 100: {self._said()}. The two ends are drawn "
            "bold, as on the slide; the three groups between them are pale."
        )

    def summary(self) -> pd.DataFrame:
        """Return the groups as the tidy table."""
        names = (self.ends[0], "middle 1", "middle 2", "middle 3", self.ends[1])
        low, high = self.limits
        rows = zip(names, self.shares, low, high, self.sizes, strict=True)
        return tidy(
            Estimate(
                quantity=f"disloyal, {name}",
                estimate=float(share),
                low=float(lo),
                high=float(hi),
                level=self.level,
                n=size,
                unit="share",
            )
            for name, share, lo, hi, size in rows
        )


def _link_between(bars: Floats, share_extreme: float) -> Link:
    """Find the link between two bars that may rise, fall or be level.

    Few customers may fall into a bar, so that chance turns the slide round; seen from
    the other end it is then an ordinary slide.
    """
    first, last = (float(bar) for bar in bars)
    if first == last:
        return Link(correlation=0.0, base=first, share_extreme=share_extreme)
    link = implied_link(*sorted((first, last)), share_extreme=share_extreme)
    return link if first < last else replace(link, correlation=-link.correlation)
