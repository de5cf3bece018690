"""Which of two things moves the other, read from several waves of the same branches.

A panel asks the same branches again and again. Whether staff move customers, or
customers staff, is then a regression of this wave on the wave before. Three ways of
running it differ in what they do with that which never changes about a branch: they
leave it in, they take each branch's own mean out, or they work with changes and use an
earlier level as a handle for them.
"""

from cxlab.panel.arrows import MODELS, CrossLag, cross_lag, from_moments
from cxlab.panel.printed import (
    BOTH,
    CUSTOMERS_FIRST,
    NEITHER,
    STAFF_FIRST,
    direction_verdict,
    interval_from_p,
)
from cxlab.panel.waves import waves_of

__all__ = [
    "BOTH",
    "CUSTOMERS_FIRST",
    "MODELS",
    "NEITHER",
    "STAFF_FIRST",
    "CrossLag",
    "cross_lag",
    "direction_verdict",
    "from_moments",
    "interval_from_p",
    "waves_of",
]
