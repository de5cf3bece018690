"""Contacts in which effort and disloyalty are linked as closely as we say."""

import numpy as np
import pandas as pd
from scipy.special import ndtri

from cxlab.latent import Link

CAUSES = ("effort", "mood")


def contacts(
    truth: Link,
    *,
    n: int,
    rng: np.random.Generator,
    cause: str = "effort",
    relief: float = 0.0,
) -> tuple[pd.DataFrame, Link]:
    """Draw contacts in a world where effort and disloyalty are linked as we say.

    Parameters
    ----------
    truth : Link
        The latent correlation, and the share disloyal over all.
    n : int
        Contacts, one per customer, at least 1.
    rng : Generator
        Where the randomness comes from.
    cause : str
        ``"effort"``: effort makes disloyal. ``"mood"``: effort does nothing; the mood
        in which people answer colours both answers. Both worlds draw the same slide.
    relief : float
        By how many standard deviations the contact is made easier for a random half
        (column ``eased``). 0 leaves everything as it is.

    Returns
    -------
    contacts : DataFrame, n rows
        ``effort``, points, 1 easy .. 7 hard; ``disloyal`` and ``eased``, true or false.
    truth : Link
        As given.
    """
    if cause not in CAUSES:
        raise ValueError(
            f"cause={cause!r}: there is no such world. Choose one of: "
            f"{', '.join(CAUSES)}."
        )
    if n < 1 or relief < 0:
        raise ValueError(
            f"n={n}, relief={relief}: draw at least one contact, and make it easier by "
            "0 or more standard deviations."
        )
    if cause == "mood" and truth.correlation < 0:
        raise ValueError(
            f"correlation={truth.correlation}: a mood that colours both answers makes "
            "them go together. Give a correlation of 0 or more."
        )
    felt, own, other = rng.standard_normal((3, n))
    eased = rng.random(n) < 0.5
    r = truth.correlation
    if cause == "effort":
        strain = felt - relief * eased
        disloyalty = r * strain + np.sqrt(1 - r**2) * own
    else:
        coloured, rest = np.sqrt(r) * felt, np.sqrt(1 - r)
        strain = coloured + rest * own - relief * eased
        disloyalty = coloured + rest * other
    table = pd.DataFrame(
        {
            "effort": 4 + 3 * np.tanh(strain / 2),  # keeps the order, stays in 1 .. 7
            "disloyal": disloyalty > ndtri(1 - truth.base),
            "eased": eased,
        }
    )
    return table, truth
