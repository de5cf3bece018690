"""Five readings of a company's own tables, one for each strategy, in one currency.

Each compares the customer-months in a worse state with those in a better one: after a
hard contact or an easy one, in the first 100 days or later. The **ceiling** is how many
of 1,000 customers a year would stay if the worse months were like the better ones. It
is the most that a strategy could bring, if the link is a cause, and it says nothing
about its price: the size of a leak is not the strength of a lever.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cxlab.results import Estimate, tidy
from cxlab.strategy.plans import NOTHING

# What is compared for each strategy, and which tables it takes.
STATES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "ease": ("after a hard contact", "after an easy one", ("customers", "contacts")),
    "delight": (
        "after what was expected",
        "after more than expected",
        ("customers", "touches"),
    ),
    "onboarding": ("in the first 100 days", "later", ("customers",)),
    "people": (
        "in the half of branches with less happy staff",
        "in the other half",
        ("months",),
    ),
    "recovery": (
        "after a failure that was left",
        "after one that was put right",
        ("customers", "touches"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One comparison: who leaves in a worse state, and who in a better."""

    strategy: str
    worse: Estimate  # leave within a month, share
    better: Estimate
    extra: Estimate  # worse less better, share
    ceiling: Estimate  # customers of 1,000 a year

    @property
    def clear(self) -> bool:
        """Whether the extra leaving is clear of none."""
        return self.extra.low is not None and self.extra.low > 0

    def __str__(self) -> str:
        """Say the reading in one sentence."""
        worse, better, _ = STATES[self.strategy]
        return (
            f"{self.strategy}: {worse} {1000 * self.worse.estimate:.0f} of 1,000 leave "
            f"within the month, {better} {1000 * self.better.estimate:.0f}; at most "
            f"{self.ceiling:.0f} of 1,000 customers a year."
        )


def _span(found: Estimate) -> str:
    ends = "" if found.low is None else f" ({found.low:.0f} to {found.high:.0f})"
    return f"{found.estimate:.0f}{ends}"


@dataclass(frozen=True, kw_only=True)
class Readings:
    """All readings that the tables allow."""

    readings: Mapping[str, Reading]  # by strategy
    missing: Mapping[str, str]  # strategy: why there is no reading
    leaving: Estimate  # of 1,000 customers, in a year

    def __getitem__(self, strategy: str) -> Reading:
        """Return one reading."""
        if strategy not in self.readings:
            why = self.missing.get(strategy, "there is no such strategy")
            raise ValueError(
                f"There is no reading for {strategy!r}: {why}. There are readings for "
                f"{', '.join(self.readings) or 'none'}."
            )
        return self.readings[strategy]

    @property
    def order(self) -> list[str]:
        """The strategies, the highest ceiling first."""
        by_ceiling = sorted(
            self.readings.values(), key=lambda one: -one.ceiling.estimate
        )
        return [one.strategy for one in by_ceiling]

    @property
    def largest(self) -> str:
        """The strategy with the highest ceiling; "" if there is no reading."""
        return next(iter(self.order), "")

    @property
    def advice(self) -> str:
        """The strategy with the highest ceiling if that is clear of 0, or nothing."""
        first = self.largest
        return first if first and self.readings[first].clear else NOTHING

    def table(self) -> pd.DataFrame:
        """Return one row per strategy that can be read, the highest ceiling first."""
        rows = [self.readings[name] for name in self.order]
        level = self.leaving.level or 0.95
        return pd.DataFrame(
            {
                "look at": [STATES[one.strategy][0] for one in rows],
                "against": [STATES[one.strategy][1] for one in rows],
                "leave, of 1,000": [1000 * one.worse.estimate for one in rows],
                "and of the others": [1000 * one.better.estimate for one in rows],
                f"ceiling ({level:.0%} interval)": [_span(one.ceiling) for one in rows],
            },
            index=pd.Index([one.strategy for one in rows], name="strategy"),
        )

    def summary(self) -> pd.DataFrame:
        """Return the leaving and every ceiling as the tidy table."""
        return tidy([self.leaving, *(self[name].ceiling for name in self.order)])

    def __str__(self) -> str:
        """Say the largest ceiling in one sentence."""
        said = f"Of 1,000 customers {self.leaving.estimate:.0f} leave in a year"
        if not self.readings:
            return f"{said}; no other table was given."
        first = self[self.largest].ceiling
        return (
            f"{said}; the highest ceiling is that of {self.largest}: {first:.0f} of "
            "1,000 customers."
        )

    def describe(self) -> str:
        """Say what a picture of the ceilings shows."""
        parts = ", ".join(
            f"{name} {self[name].ceiling.estimate:.0f}" for name in self.order
        )
        return (
            "Customers of 1,000 a year who would stay, at most, by strategy, with "
            f"intervals: {parts or 'none'}. {self}"
        )
