"""Recovery: whether a failure put right leaves a customer more loyal than none.

Four questions, each with a file: what leaving does to the average of those who are
left (``survivors``), what choosing the unhappiest does to their next answer
(``extremes``), how a paradox is made and unmade (``unmade``), and whether a bond
softens or sharpens a failure (``bond``). A plan for one's own test stands in
``invitation``.
"""

from cxlab.recovery.bond import Tilt, compare_tilts, tilt_by_bond
from cxlab.recovery.extremes import Extremes, expected_second, look_twice
from cxlab.recovery.invitation import InvitationPlan, Invited, count_invited
from cxlab.recovery.survivors import Survivors, survivors
from cxlab.recovery.unmade import Unmade, unmake

__all__ = [
    "Extremes",
    "InvitationPlan",
    "Invited",
    "Survivors",
    "Tilt",
    "Unmade",
    "compare_tilts",
    "count_invited",
    "expected_second",
    "look_twice",
    "survivors",
    "tilt_by_bond",
    "unmake",
]
