"""Which words tell most? Weigh how far each leans by how often it was seen.

A word written five times, all by the unhappy, leans as far as a word can and tells next
to nothing: it may be a brand. The informative prior gives each word some imaginary use,
in the proportion in which everybody uses it, before anything is counted.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.text.counts import WordCounts

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class PriorOdds:
    """For each word: how far it leans once shrunk, and in how many standard errors."""

    words: tuple[str, ...]
    log_odds: Floats  # natural log of the odds ratio; above 0 leans to delight
    z: Floats  # log_odds in standard errors
    prior_strength: float  # imaginary words

    def table(self) -> pd.DataFrame:
        """Return words, log odds ratio and z, from pain to delight."""
        rows = {"log odds ratio": self.log_odds, "z": self.z}
        index = pd.Index(self.words, name="word")
        return pd.DataFrame(rows, index=index).sort_values("z", kind="stable")

    def most_telling(self, k: int) -> tuple[list[str], list[str]]:
        """Return the k words of most pain, and of most delight, by z."""
        ranked = self.table().index
        return list(ranked[:k]), list(ranked[::-1][:k])


def prior_odds(counted: WordCounts, *, prior_strength: float = 1000.0) -> PriorOdds:
    """Compare the words of the delighted and of the others, with an informative prior.

    Parameters
    ----------
    counted : WordCounts
        The reviews.
    prior_strength : float
        How many imaginary words each side starts with, above 0; they are shared out as
        all customers together share out theirs.

    Notes
    -----
    With y the times a word is written by one side, n all words of that side, a its
    imaginary uses and A all imaginary words, the log odds of one side are
    log((y + a) / (n + A - y - a)). Their difference has a variance of about
    1 / (y1 + a) + 1 / (y2 + a).

    References
    ----------
    Monroe, Colaresi & Quinn (2008), Political Analysis 16, 372-403.
    """
    if not prior_strength > 0:
        raise ValueError(
            f"prior_strength={prior_strength}: each side must start with some "
            "imaginary words. Give a number above 0; 1000 is usual here."
        )
    mine, theirs = counted.written()
    happy, other = counted.totals()
    prior = prior_strength * (mine + theirs) / (happy + other)
    odds = [
        np.log((y + prior) / (n + prior_strength - y - prior))
        for y, n in ((mine, happy), (theirs, other))
    ]
    difference = odds[0] - odds[1]
    spread = np.sqrt(1 / (mine + prior) + 1 / (theirs + prior))
    return PriorOdds(
        words=counted.words,
        log_odds=difference,
        z=difference / spread,
        prior_strength=prior_strength,
    )
