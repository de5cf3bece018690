"""What a correlation of loyalty and profit means in people."""

import math


def share_in_both_halves(r: float) -> float:
    """Return how many of the more loyal half are in the more profitable half.

    Parameters
    ----------
    r
        Correlation of loyalty and profit over customers, -1 .. 1.

    Returns
    -------
    float
        A share, 0-1; one half if the two have nothing to do with each other.

    Raises
    ------
    ValueError
        If r is no correlation.

    Notes
    -----
    Both are taken as normal: 1/2 + arcsin(r) / pi. Profits are more lopsided than
    that, so this is a picture of the size of r and no description of a firm.

    References
    ----------
    Sheppard (1899), Philosophical Transactions A 192, 101-167.

    Examples
    --------
    >>> share_in_both_halves(0.0)
    0.5
    >>> round(share_in_both_halves(0.5), 4)  # arcsin(.5) is a sixth of pi
    0.6667
    """
    if not -1 <= r <= 1:
        raise ValueError(
            f"r={r}: a correlation lies from -1 to 1. Give 0.45, not 45 percent."
        )
    return 0.5 + math.asin(r) / math.pi
