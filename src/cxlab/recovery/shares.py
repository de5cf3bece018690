"""How many more of one group than of another said yes, with an interval."""

import numpy as np

from cxlab.intervals import wilson_limits
from cxlab.results import Estimate


def difference_of_shares(
    one: tuple[int, int],
    other: tuple[int, int],
    *,
    quantity: str = "difference",
    level: float = 0.95,
) -> Estimate:
    """Return the share in one group less the share in another.

    Parameters
    ----------
    one, other : (int, int)
        Customers who said yes, and customers in the group.

    Notes
    -----
    The interval is Newcombe's: it joins the Wilson intervals of both groups.

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    56 of 70 against 48 of 80, the example of the paper.

    >>> print(difference_of_shares((56, 70), (48, 80)))
    difference: 0.2 share (95% interval 0.05243 to 0.3339, n = 150)
    """
    if min(one[1], other[1]) < 1:
        raise ValueError(
            f"groups of {one[1]} and {other[1]} customers: both need at least one. "
            "Draw more customers."
        )
    p, q = one[0] / one[1], other[0] / other[1]
    (p_low, p_high), (q_low, q_high) = (
        wilson_limits(*group, level=level) for group in (one, other)
    )
    return Estimate(
        quantity=quantity,
        estimate=p - q,
        low=float(p - q - np.hypot(p - p_low, q_high - q)),
        high=float(p - q + np.hypot(p_high - p, q - q_low)),
        level=level,
        n=one[1] + other[1],
        unit="share",
    )
