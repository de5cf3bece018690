"""Pilots: who chooses, what is dealt, how many, and when one may look.

A file for each question: the lot (``deal``), what the lot alone would give (``again``),
what would have changed anyway (``changes``; week by week, ``overtime``; counted in four
ways, ``ways``), why weeks are not branches (``rows``), how many branches it takes
(``size``), and what looking early costs (``looks``, ``price``; on real customers,
``redealt``).
"""

from cxlab.pilot.again import DealtAgain, deal_again
from cxlab.pilot.changes import (
    Changes,
    FourMeans,
    by_unit,
    difference_in_differences,
)
from cxlab.pilot.deal import deal
from cxlab.pilot.looks import (
    Looks,
    evenly,
    falling_looks,
    flat_looks,
    naive_looks,
    spend_evenly,
    spend_late,
    spending_looks,
)
from cxlab.pilot.overtime import OverTime, over_time
from cxlab.pilot.price import compare_looks, price_of_looks
from cxlab.pilot.redealt import DealtLooks, deal_and_look
from cxlab.pilot.rows import FalseAlarms, false_alarms, rows_as_units
from cxlab.pilot.size import UnitPlan, counts_as, design_effect
from cxlab.pilot.ways import FourWays

__all__ = [
    "Changes",
    "DealtAgain",
    "DealtLooks",
    "FalseAlarms",
    "FourMeans",
    "FourWays",
    "Looks",
    "OverTime",
    "UnitPlan",
    "by_unit",
    "compare_looks",
    "counts_as",
    "deal",
    "deal_again",
    "deal_and_look",
    "design_effect",
    "difference_in_differences",
    "evenly",
    "falling_looks",
    "false_alarms",
    "flat_looks",
    "naive_looks",
    "over_time",
    "price_of_looks",
    "rows_as_units",
    "spend_evenly",
    "spend_late",
    "spending_looks",
]
