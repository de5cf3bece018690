"""The score that everybody builds first: delight words less pain words, from two lists.

It is kept here because it fails instructively. Lists chosen by counts per review hold
the words that long reviews are made of, and the score then reads length.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.text.counts import WordCounts, to_counts, words_of
from cxlab.text.scores import best_cutoff

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class ListScore:
    """Two lists of words, and where delight begins."""

    delight: tuple[str, ...]
    pain: tuple[str, ...]
    cutoff: float

    def scores(self, reviews: Sequence[str] | pd.Series) -> Floats:
        """Return for each review how many delight words it has above pain words."""
        split = [words_of(text) for text in reviews]
        signs = np.repeat([1.0, -1.0], [len(self.delight), len(self.pain)])
        return np.asarray(to_counts(split, self.delight + self.pain) @ signs)


def list_score(
    counted: WordCounts, *, by: str = "per review", k: int = 20
) -> ListScore:
    """Make two lists of the most telling words, and learn where delight begins.

    Parameters
    ----------
    counted : WordCounts
        The reviews to learn from.
    by : str
        Column of `WordCounts.table` that says what is telling.
    k : int
        Words in each list.

    Examples
    --------
    >>> from cxlab.text import count_words
    >>> counted = count_words(["love it", "it was the pits"], [True, False])
    >>> found = list_score(counted, k=1)
    >>> found.delight, found.scores(["love love it"]).tolist()
    (('love',), [2.0])
    """
    table = counted.table()
    if by not in table:
        raise ValueError(f"by={by!r}: choose a column of {list(table)}.")
    ranked = table.sort_values(by, kind="stable").index
    if 2 * k > len(ranked):
        raise ValueError(
            f"Two lists of {k} need {2 * k} words; {len(ranked)} are known. Take "
            "shorter lists, or a smaller min_count."
        )
    lists = ListScore(
        delight=tuple(ranked[::-1][:k]), pain=tuple(ranked[:k]), cutoff=0.0
    )
    places = {word: column for column, word in enumerate(counted.words)}
    chosen = [places[word] for word in (*lists.delight, *lists.pain)]
    signs = np.repeat([1.0, -1.0], k)
    scores = np.asarray(counted.counts[:, chosen] @ signs)
    cutoff = best_cutoff(scores, counted.delighted)
    return ListScore(delight=lists.delight, pain=lists.pain, cutoff=cutoff)
