"""Necessary or sufficient: which corner of the picture is empty, and what that proves.

"No loyalty without a good experience" says that one corner is empty: nobody stands
where the experience is bad and the loyalty is high. "A good experience is enough" says
the same of the opposite corner. Both can be looked at; the question is how empty a
corner would be if the two merely went together.
"""

from cxlab.necessity.ceiling import (
    CEILINGS,
    Ceiling,
    ceiling,
    effect_sizes,
)
from cxlab.necessity.chance import (
    Plain,
    Shuffled,
    plain_correlation,
    shuffle_test,
    small_p_values,
)
from cxlab.necessity.corners import Corners, corners

__all__ = [
    "CEILINGS",
    "Ceiling",
    "Corners",
    "Plain",
    "Shuffled",
    "ceiling",
    "corners",
    "effect_sizes",
    "plain_correlation",
    "shuffle_test",
    "small_p_values",
]
