"""What the lessons' methods read in a company's own tables: one function a lesson.

Each takes tables as ``cxlab.tables`` checks them, or as ``cxlab.company`` makes them,
and gives a `Reading`: aggregates with intervals, and one sentence.
"""

from cxlab.readings.accounts import account, delight, first_days, worth
from cxlab.readings.chain import branches, carried, chain, paths
from cxlab.readings.improving import calm_months
from cxlab.readings.listening import (
    driver_ratios,
    effort_groups,
    first_contact,
    scores,
)
from cxlab.readings.reading import FORMATS, CannotRead, Reading

__all__ = [
    "FORMATS",
    "CannotRead",
    "Reading",
    "account",
    "branches",
    "calm_months",
    "carried",
    "chain",
    "delight",
    "driver_ratios",
    "effort_groups",
    "first_contact",
    "first_days",
    "paths",
    "scores",
    "worth",
]
