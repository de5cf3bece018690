"""What looking costs: how often one is fooled, what is missed, what is overstated."""

from collections.abc import Mapping, Sequence

import pandas as pd
from scipy.special import ndtr

from cxlab.pilot.looks import Looks, flat_looks, naive_looks


def price_of_looks(looks: Sequence[int], *, alpha: float = 0.05) -> pd.DataFrame:
    """Return the sheet to take home: a row for each number of looks.

    Returns
    -------
    DataFrame
        ``looks``; ``fooled of 100`` at the usual line; and the flat line that keeps the
        promise, as ``line`` in standard errors and as ``p at each look``.

    Examples
    --------
    >>> sheet = price_of_looks([1, 5])
    >>> sheet["fooled of 100"].round(1).tolist()
    [5.0, 14.2]
    >>> sheet["p at each look"].round(4).tolist()
    [0.05, 0.0158]
    """
    lines = [flat_looks(n, alpha=alpha).lines[0] for n in looks]
    return pd.DataFrame(
        {
            "looks": list(looks),
            "fooled of 100": [100 * naive_looks(n, alpha=alpha).error for n in looks],
            "line": lines,
            "p at each look": [float(2 * ndtr(-line)) for line in lines],
        }
    )


def compare_looks(plans: Mapping[str, Looks], *, power: float = 0.8) -> pd.DataFrame:
    """Hold plans of looking side by side, for an effect that one look would find.

    Parameters
    ----------
    plans
        Plans by name.
    power
        How often a single look at the end would find the effect, 0-1.

    Returns
    -------
    DataFrame
        ``plan``, ``fooled of 100``, ``found of 100`` and ``looks too large, times``:
        what is reported by those who stop for success, over the truth.

    Examples
    --------
    >>> sheet = compare_looks({"one look": naive_looks(1), "five": naive_looks(5)})
    >>> sheet["found of 100"].round().tolist()
    [80.0, 85.0]
    """
    drift = naive_looks(1).drift_for(power)
    return pd.DataFrame(
        {
            "plan": list(plans),
            "fooled of 100": [100 * plan.error for plan in plans.values()],
            "found of 100": [100 * plan.power(drift) for plan in plans.values()],
            "looks too large, times": [p.exaggeration(drift) for p in plans.values()],
        }
    )
