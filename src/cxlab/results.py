"""A finding is a value: an estimate with its interval, its n and its unit.

Every result of the course ends in the same tidy table, so that a trainee who has
read one has read them all. Nothing is rounded here; numbers are rounded when shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

SUMMARY_COLUMNS = ("quantity", "estimate", "low", "high", "level", "n", "unit")


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One number about customers, and how far it can be trusted.

    Examples
    --------
    >>> share = Estimate(quantity="share that leaves", estimate=0.2, low=0.16,
    ...                  high=0.25, level=0.95, n=400, unit="share")
    >>> print(share)
    share that leaves: 0.2 share (95% interval 0.16 to 0.25, n = 400)
    >>> print(Estimate(quantity="odds ratio", estimate=16.0))
    odds ratio: 16

    In a sentence, with as many decimals as the sentence bears:

    >>> f"Of the satisfied, {share:.0%} leave."
    'Of the satisfied, 20% (95% interval 16% to 25%) leave.'
    """

    quantity: str
    estimate: float
    low: float | None = None  # lower end of the interval; None: no interval
    high: float | None = None
    level: float | None = None  # confidence level of the interval, 0-1
    n: int | None = None  # rows behind the estimate; None: printed figures only
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse half an interval and an interval upside down."""
        if (self.low is None) != (self.high is None):
            raise ValueError(
                f"{self.quantity}: an interval has two ends; low={self.low} and "
                f"high={self.high} were given. Give both, or neither."
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(
                f"{self.quantity}: the interval runs from {self.low} to {self.high}. "
                "Give the smaller end as low."
            )

    def __str__(self) -> str:
        """Say the estimate in one line."""
        unit = f" {self.unit}" if self.unit else ""
        said = f"{self.quantity}: {self.estimate:.4g}{unit}"
        details = []
        if self.low is not None and self.high is not None:
            level = "" if self.level is None else f"{self.level:.0%} "
            details.append(f"{level}interval {self.low:.4g} to {self.high:.4g}")
        if self.n is not None:
            details.append(f"n = {self.n}")
        return said + (f" ({', '.join(details)})" if details else "")

    def __format__(self, spec: str) -> str:
        """Say the number and its interval, each in the format asked for."""
        if not spec:
            return str(self)
        said = format(self.estimate, spec)
        if self.low is None or self.high is None:
            return said
        level = "" if self.level is None else f"{self.level:.0%} "
        ends = f"{format(self.low, spec)} to {format(self.high, spec)}"
        return f"{said} ({level}interval {ends})"

    def summary(self) -> pd.DataFrame:
        """Return the estimate as one row of the tidy table."""
        return tidy([self])


def tidy(estimates: Iterable[Estimate]) -> pd.DataFrame:
    """Stack estimates into the tidy table that every result of the course gives.

    Returns
    -------
    DataFrame
        One row per estimate; columns quantity, estimate, low, high, level, n, unit.
        A missing interval is NaN.
    """
    rows = [[getattr(e, c) for c in SUMMARY_COLUMNS] for e in estimates]
    table = pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS))
    numbers = dict.fromkeys(("estimate", "low", "high", "level"), "float64")
    return table.astype({**numbers, "n": "Int64"})
