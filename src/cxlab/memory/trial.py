"""From an odds ratio in an abstract to people: who came back, of 100 and of 100.

An odds ratio of 1.41 is not "41% more". With the share of the comparison group it can
be turned into shares, and with its p-value into an interval.
"""

import math
from dataclasses import dataclass

import pandas as pd

from cxlab.fourfold import odds
from cxlab.panel import interval_from_p
from cxlab.results import Estimate, tidy


def share_after(base: float, ratio: float) -> float:
    """Return the share that an odds ratio makes of another share.

    Examples
    --------
    Twice the odds of 50 of 100 is not 100 of 100:

    >>> round(share_after(0.5, 2), 3)
    0.667
    """
    if not 0 < base < 1 or not ratio > 0:
        raise ValueError(
            f"base={base}, ratio={ratio}: give a share between 0 and 1, such as 0.504, "
            "and an odds ratio above 0."
        )
    after = float(odds(base)) * ratio
    return after / (1 + after)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Two groups made by lot, as an abstract prints them."""

    base: float  # share in the comparison group
    ratio: Estimate  # odds ratio of the other group, with its interval

    @property
    def share(self) -> Estimate:
        """Share in the other group; the comparison share is taken as printed."""
        assert self.ratio.low is not None
        assert self.ratio.high is not None
        ends = (self.ratio.estimate, self.ratio.low, self.ratio.high)
        middle, low, high = (share_after(self.base, one) for one in ends)
        return Estimate(
            quantity="share after the change",
            estimate=middle,
            low=low,
            high=high,
            level=self.ratio.level,
            n=self.ratio.n,
            unit="share",
        )

    @property
    def more(self) -> float:
        """How many more, of 100."""
        return 100 * (self.share.estimate - self.base)

    def summary(self) -> pd.DataFrame:
        """Return odds ratio and share as the tidy table."""
        return tidy([self.ratio, self.share])

    def __str__(self) -> str:
        """Say how many of 100."""
        return (
            f"{100 * self.base:.1f} of 100 without the change and "
            f"{100 * self.share.estimate:.1f} with it."
        )

    def describe(self) -> str:
        """Say what a picture of the trial shows."""
        return f"Two shares of 100, from a printed odds ratio. {self}"


def printed_trial(*, base: float, ratio: float, p: float, n: int) -> Trial:
    """Turn a printed odds ratio and its p-value into shares with an interval.

    Parameters
    ----------
    base
        Share in the comparison group, 0-1.
    ratio
        Odds ratio, above 0 and not 1.
    p
        Its two-sided p-value.
    n
        People in both groups.

    Notes
    -----
    The interval is the one on the log scale that belongs to the p-value.
    """
    if not ratio > 0 or ratio == 1:
        raise ValueError(
            f"ratio={ratio}: give an odds ratio above 0; from one of exactly 1 no "
            "standard error follows."
        )
    log = interval_from_p(math.log(ratio), p, quantity="odds ratio", n=n)
    assert log.low is not None
    assert log.high is not None
    return Trial(
        base=base,
        ratio=Estimate(
            quantity="odds ratio",
            estimate=ratio,
            low=math.exp(log.low),
            high=math.exp(log.high),
            level=log.level,
            n=n,
        ),
    )
