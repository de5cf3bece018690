"""XmR: single figures, held against how far neighbouring weeks differ."""

import numpy as np
from numpy.typing import ArrayLike

from cxlab.control.chart import Chart, sigma_of, tidy_series
from cxlab.control.constants import D4


def xmr(
    values: ArrayLike,
    *,
    baseline: int | None = None,
    quantity: str = "value",
    unit: str = "",
) -> Chart:
    """Hold single figures against how far neighbouring weeks differ by themselves.

    Parameters
    ----------
    values : array_like, shape (n_points,)
        One figure a week (or day, or month), in order of time.
    baseline
        Limits are learned from the first so many points, and frozen; None takes all.

    Returns
    -------
    Chart
        The X of XmR; the mR is `chart_of_ranges`.

    Notes
    -----
    Limits are the mean plus and minus 3 / d2 = 2.66 mean moving ranges. A steady drift
    or a step adds little to the moving ranges, so that it cannot widen the limits as it
    would widen a standard deviation.

    References
    ----------
    Wheeler & Chambers (1992), Understanding Statistical Process Control.

    Examples
    --------
    Mean 71, moving ranges 4, 4, 4: limits 71 plus and minus 2.66 times 4.

    >>> print(xmr([69, 73, 69, 73], quantity="score"))
    score: around 71, limits 60.37 to 81.63 from 4 points; 0 of 4 points lie outside.
    """
    x, k = tidy_series(values, baseline=baseline, least=3)
    return Chart(
        kind="XmR",
        values=x,
        sigma=np.full(x.size, sigma_of(x[:k])),
        centre=float(x[:k].mean()),
        baseline=k,
        quantity=quantity,
        unit=unit,
    )


def chart_of_ranges(
    values: ArrayLike,
    *,
    baseline: int | None = None,
    quantity: str = "moving range",
    unit: str = "",
) -> Chart:
    """Hold the differences of neighbouring points against their own upper limit.

    Parameters
    ----------
    values : array_like, shape (n_points,)
        The same figures as for `xmr`; there is one range fewer.
    baseline
        As for `xmr`: so many points, hence one range fewer.

    Notes
    -----
    The upper limit is D4 = 3.27 mean moving ranges, the lower one 0.
    """
    x, k = tidy_series(values, baseline=baseline, least=3)
    ranges = np.abs(np.diff(x))
    sigma_of(x[:k])
    mean = float(ranges[: k - 1].mean())
    return Chart(
        kind="ranges",
        values=ranges,
        sigma=np.full(ranges.size, (D4 - 1) * mean / 3),
        centre=mean,
        baseline=k - 1,
        floor=0.0,
        quantity=quantity,
        unit=unit,
    )
