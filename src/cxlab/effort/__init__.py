"""What two bars leave out: customers ranked by effort, group by group.

A slide compares the easiest contacts with the hardest and drops everybody between. Here
the same ranking is cut into five groups, two ends and three of the middle, so that the
slide's own bars stay visible and the rest comes back. And here it is asked what
correlation such a slide needs, which depends on a cut-off that the slide may not print.
``autopsy`` asks both of any two bars at once.
"""

from cxlab.effort.autopsy import CUTS, Autopsy, Cut, autopsy
from cxlab.effort.groups import GroupShares
from cxlab.effort.ranking import (
    EFFORT_RANGE,
    disloyal_by_fifth,
    disloyal_by_group,
    least_loyal,
    share_by_group,
)
from cxlab.effort.slides import (
    CUT_OFFS,
    QUESTIONS,
    NeededLinks,
    ask_of_a_slide,
    needed_links,
)

__all__ = [
    "CUTS",
    "CUT_OFFS",
    "EFFORT_RANGE",
    "QUESTIONS",
    "Autopsy",
    "Cut",
    "GroupShares",
    "NeededLinks",
    "ask_of_a_slide",
    "autopsy",
    "disloyal_by_fifth",
    "disloyal_by_group",
    "least_loyal",
    "needed_links",
    "share_by_group",
]
