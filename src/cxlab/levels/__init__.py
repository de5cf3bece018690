"""Branches and people: what is between groups, what is inside them, whose luck it is.

An answer belongs to a customer, a customer to a branch. A link between branches is not
a link between people, a mark is not only the employee's, and a mean of few marks is
mostly luck. Each of the three is taken apart here.
"""

from cxlab.levels.crossed import REST, Components, components
from cxlab.levels.fits import SEARCHES, RandomLines, random_lines
from cxlab.levels.icc import Icc, icc
from cxlab.levels.league import League, NextCustomers, league, next_customers
from cxlab.levels.within import Levels, Slopes, levels, slopes

__all__ = [
    "REST",
    "SEARCHES",
    "Components",
    "Icc",
    "League",
    "Levels",
    "NextCustomers",
    "RandomLines",
    "Slopes",
    "components",
    "icc",
    "league",
    "levels",
    "next_customers",
    "random_lines",
    "slopes",
]
