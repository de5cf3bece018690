"""What it costs to correct every week: Deming's funnel in closed form."""

import numpy as np


def chased_spread(gain: float, *, wander: float = 0.0) -> float:
    """Return how far weeks stray if each gap is answered, in sigmas of one week.

    Parameters
    ----------
    gain
        Part of the last gap that is corrected, from 0 (left alone) to below 2; 1 pushes
        back by the whole gap.
    wander
        How far the true level moves by itself from week to week, in the same sigmas.

    Returns
    -------
    float
        Standard deviation of a week around its target, once it has settled. Left alone,
        a level that wanders never settles: infinite.

    Notes
    -----
    Let the level be off by a, and the week by x = a + e. The correction moves the level
    to a - gain (a + e), and it wanders by w. So
    var(a) = (1 - gain)^2 var(a) + gain^2 + wander^2, and var(x) = var(a) + 1.

    References
    ----------
    Deming (1986), Out of the Crisis, the funnel.

    Examples
    --------
    Pushing back by the whole gap doubles the variance.

    >>> round(chased_spread(1) ** 2, 10), chased_spread(0)
    (2.0, 1.0)
    """
    if not 0 <= gain < 2 or wander < 0:
        raise ValueError(
            f"gain={gain}, wander={wander}: the gain lies from 0 to below 2 (beyond, "
            "every correction makes the next gap larger), and wander is not below 0."
        )
    if gain == 0:
        return 1.0 if wander == 0 else float("inf")
    level = (gain**2 + wander**2) / (1 - (1 - gain) ** 2)
    return float(np.sqrt(1 + level))
