"""First-contact resolution: one contact log, two honest answers.

The company asks its log: did the customer come back about the same issue, through the
same channel, within some days? The customer asks himself: was my whole issue done? Both
are counted here from the same contacts. Between them stand those who gave up, those who
came back through another door, and those who came back too late to be counted.

The map: `log` reads contacts, and nothing else does; `measures` counts both rates from
its rows, `doors` says where the difference goes, `following` which issue calls for
which other one.
"""

from cxlab.resolution.doors import (
    Doors,
    WebGoal,
    expected_doors,
    fall_needed,
    web_share,
)
from cxlab.resolution.following import NextIssue, next_issue_table, next_issues
from cxlab.resolution.log import LOG_COLUMNS, first_contacts
from cxlab.resolution.measures import (
    FirstContact,
    WindowCurve,
    doors_taken,
    first_contact_measures,
    window_curve,
)

__all__ = [
    "LOG_COLUMNS",
    "Doors",
    "FirstContact",
    "NextIssue",
    "WebGoal",
    "WindowCurve",
    "doors_taken",
    "expected_doors",
    "fall_needed",
    "first_contact_measures",
    "first_contacts",
    "next_issue_table",
    "next_issues",
    "web_share",
    "window_curve",
]
