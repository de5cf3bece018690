"""Who is left answers: an average that rises because the least attached have gone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Survivors:
    """The average bond of those who stay, when the least attached leave.

    Attributes are in standard deviations of the bond among all customers, whose
    average is 0.
    """

    share_leaving: float  # share of customers that leaves, 0-1
    cut: float  # whoever is attached less than this leaves
    rise: float  # average of those who stay; nobody has changed

    def __str__(self) -> str:
        """Say the rise in one sentence."""
        return (
            f"If the least attached {self.share_leaving:.0%} leave, the average of "
            f"those who stay is {self.rise:.3f} SD higher, and nobody has changed."
        )

    def describe(self) -> str:
        """Say what a picture of the bonds shows."""
        return (
            f"A bell curve of bonds with its lower {self.share_leaving:.0%} gone. "
            f"{self}"
        )

    def summary(self) -> pd.DataFrame:
        """Return the cut and the rise as the tidy table."""
        rows = {"least bond that stays": self.cut, "rise of the average": self.rise}
        return tidy(
            Estimate(quantity=name, estimate=value, unit="SD")
            for name, value in rows.items()
        )


def survivors(share_leaving: float) -> Survivors:
    """Return how far the average rises when the least attached share leaves.

    Parameters
    ----------
    share_leaving : float
        Share of customers that leaves, above 0 and below 1.

    Notes
    -----
    Bonds follow a bell curve. The average above a cut z is the height of the curve at
    z, divided by the share that is above it.

    Examples
    --------
    >>> round(survivors(0.5).rise, 3), round(survivors(0.2).rise, 3)
    (0.798, 0.35)
    """
    if not 0 < share_leaving < 1:
        raise ValueError(
            f"share_leaving={share_leaving}: a share above 0 and below 1 is needed. "
            "Give a fifth as 0.2."
        )
    cut = float(ndtri(share_leaving))
    height = float(np.exp(-(cut**2) / 2) / np.sqrt(2 * np.pi))
    return Survivors(
        share_leaving=share_leaving, cut=cut, rise=height / (1 - share_leaving)
    )
