"""Power forgetting: quick at first, then slower and slower.

Memory fades more like a power of time than like an exponential, and then no single
number can stand for the past: what is left of a touch depends on its own age. So the
whole history is kept and summed, pair by pair of touches of a customer. It is exact and
slow, and meant for thousands of customers, not for millions.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cxlab.account.rules import Rules
from cxlab.account.scan import Folded, in_order

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def fold_history(
    customer: Ints, month: Floats, gap: Floats, *, rules: Rules
) -> Iterator[Folded]:
    """Sum every touch with what is left of all that came before it.

    Parameters
    ----------
    customer : shape (n,), 0 or above
    month : shape (n,)
    gap : shape (n,)
        Size of each touch less what was expected.
    """
    order, who = in_order(customer, month)
    when, brought = month[order], rules.worth(gap[order])
    after = brought.copy()
    for apart in range(1, len(who)):
        same = np.flatnonzero(who[apart:] == who[:-apart])
        if not len(same):
            break
        waited = when[same + apart] - when[same]
        share = brought[same] * rules.kept(waited)
        after[same + apart] += share
        # an instant is booked whole: what comes later in it counts for all of it
        at_once = same[waited == 0]
        after[at_once] += brought[at_once + apart]
    yield Folded(order=order, after=after)
