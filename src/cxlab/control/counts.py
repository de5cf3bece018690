"""p, u and p': shares and counts, held against chance or a little more than chance."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cxlab.control.chart import Chart, sigma_of, tidy_series

Floats = NDArray[np.float64]


def _counted(
    hits: ArrayLike, n: ArrayLike, *, baseline: int | None, most: bool
) -> tuple[Floats, Floats, int, float]:
    """Tidy counts and what they are counts of; return the share of the baseline."""
    x, k = tidy_series(hits, baseline=baseline, least=2)
    size = np.broadcast_to(np.asarray(n, dtype=float), x.shape)
    if not (np.all(size > 0) and np.all(x >= 0) and (not most or np.all(x <= size))):
        raise ValueError(
            f"{int((x < 0).sum())} counts below 0, {int((size <= 0).sum())} weeks of "
            f"nobody, {int((x > size).sum())} weeks with more counted than there were: "
            "give counts, not shares, and of how many."
        )
    centre = float(x[:k].sum() / size[:k].sum())
    if centre == 0 or (most and centre == 1):
        raise ValueError(
            f"a share of {centre:.0f} over the whole baseline leaves no room for "
            "chance. Take a longer baseline, or count something that happens."
        )
    return x, size, k, centre


def p_chart(
    hits: ArrayLike,
    n: ArrayLike,
    *,
    baseline: int | None = None,
    quantity: str = "share",
) -> Chart:
    """Hold shares against the chance of who happened to be counted, and nothing else.

    Parameters
    ----------
    hits : array_like, shape (n_points,)
        Customers who complained.
    n : array_like
        Of how many.

    Notes
    -----
    One sigma is the square root of p (1 - p) / n, with p the share of the baseline. It
    takes all weeks for alike but for the luck of the draw; with thousands of customers
    the limits are narrow, and every small difference between weeks lies outside.

    Examples
    --------
    2 of 100 customers complain; 10,000 customers a week.

    >>> print(p_chart([200, 190, 210, 250], 10_000, baseline=3, quantity="complain"))
    complain: around 0.02, limits 0.0158 to 0.0242 from 3 points; 1 of 4 points lie
    outside.
    """
    x, size, k, p = _counted(hits, n, baseline=baseline, most=True)
    return Chart(
        kind="p",
        values=x / size,
        sigma=np.sqrt(p * (1 - p) / size),
        centre=p,
        baseline=k,
        floor=0.0,
        ceiling=1.0,
        quantity=quantity,
        unit="share",
    )


def u_chart(
    counts: ArrayLike,
    exposure: ArrayLike = 1.0,
    *,
    baseline: int | None = None,
    quantity: str = "rate",
    unit: str = "",
) -> Chart:
    """Hold counts that may happen more than once against chance, and nothing else.

    Parameters
    ----------
    counts : array_like, shape (n_points,)
        Calls, faults, complaints.
    exposure : array_like
        In how many hours, or parcels, or branches; 1 leaves the plain counts.

    Notes
    -----
    One sigma is the square root of u / exposure, with u the rate of the baseline: the
    scatter of a Poisson count.
    """
    x, size, k, u = _counted(counts, exposure, baseline=baseline, most=False)
    return Chart(
        kind="u",
        values=x / size,
        sigma=np.sqrt(u / size),
        centre=u,
        baseline=k,
        floor=0.0,
        quantity=quantity,
        unit=unit,
    )


def p_prime_chart(
    hits: ArrayLike,
    n: ArrayLike,
    *,
    baseline: int | None = None,
    quantity: str = "share",
) -> Chart:
    """Hold shares against chance, widened by how much weeks really differ.

    Parameters
    ----------
    hits, n
        As for `p_chart`.

    Notes
    -----
    Each week's distance from the centre is taken in the sigmas of the p chart; sigma z
    is the mean moving range of these distances over d2. The limits of the p chart are
    stretched by it. Sigma z is 1 if there is nothing but chance.

    References
    ----------
    Laney (2002), Improved control charts for attributes, Quality Engineering 14,
    531-537.
    """
    plain = p_chart(hits, n, baseline=baseline, quantity=quantity)
    stretch = sigma_of(plain.z[: plain.baseline])
    return Chart(
        kind="p'",
        values=plain.values,
        sigma=plain.sigma * stretch,
        centre=plain.centre,
        baseline=plain.baseline,
        floor=0.0,
        ceiling=1.0,
        quantity=quantity,
        unit="share",
    )
