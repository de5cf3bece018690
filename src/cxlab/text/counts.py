"""How often each word is written by the delighted, and how often by the others.

Two ways of counting look alike and are not. Per review, whoever writes more uses more
of every word, so that "the" becomes a mark of pain where the unhappy write longer. Per
thousand words written, length drops out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from cxlab.intervals import z_value

Floats = NDArray[np.float64]

_MARKUP = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_HALF = 0.5  # a word added to each side, so that none was "never" written


@lru_cache(maxsize=20_000)  # the same reviews are counted, dealt and tried again
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in small letters, without markup and numbers.

    Examples
    --------
    >>> words_of("Great tea!<br />I'd NOT buy 2.")
    ('great', 'tea', "i'd", 'not', 'buy')
    """
    plain = (
        _MARKUP.sub(" ", text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    return tuple(_WORD.findall(plain))


@dataclass(frozen=True, kw_only=True)
class WordCounts:
    """Who wrote which word, and how often."""

    words: tuple[str, ...]  # in alphabetical order
    counts: csr_array  # shape (n_reviews, n_words)
    delighted: NDArray[np.bool_]  # shape (n_reviews,)
    lengths: Floats  # words of each review

    @property
    def n(self) -> int:
        """Reviews."""
        return len(self.delighted)

    def written(self) -> tuple[Floats, Floats]:
        """Return how often the delighted wrote each word, and how often the others."""
        happy = self.delighted.astype(float)
        return self.counts.T @ happy, self.counts.T @ (1 - happy)

    def totals(self) -> tuple[float, float]:
        """Return all words written by the delighted, and by the others."""
        happy = float(self.lengths[self.delighted].sum())
        return happy, float(self.lengths.sum()) - happy

    def leans(self) -> Floats:
        """Return how each word leans: above 0 to delight, below 0 to pain.

        The log, to base 2, of how many times as often per word written the delighted
        use it; half a word is added to each side.
        """
        mine, theirs = self.written()
        happy, other = self.totals()
        return np.log2((mine + _HALF) / happy) - np.log2((theirs + _HALF) / other)

    def lean_reach(self, *, level: float = 0.95) -> Floats:
        """Return how far to each side the interval of a word's lean reaches."""
        counts = (side + _HALF for side in self.written())
        spread = np.sqrt(sum(1 / side for side in counts))
        return np.asarray(z_value(level) * spread / np.log(2))

    def table(self) -> pd.DataFrame:
        """Return for each word its counts, both ways of counting, and how it leans.

        Returns
        -------
        DataFrame
            Index word. ``delighted`` and ``others``: times written. ``per review``:
            times per 100 reviews, delighted less others. ``per 1000 words``: times per
            1,000 words written, delighted less others. ``lean``: as `leans`.
        """
        mine, theirs = self.written()
        happy, other = self.totals()
        n_happy = int(self.delighted.sum())
        return pd.DataFrame(
            {
                "delighted": mine.astype(int),
                "others": theirs.astype(int),
                "per review": 100 * (mine / n_happy - theirs / (self.n - n_happy)),
                "per 1000 words": 1000 * (mine / happy - theirs / other),
                "lean": self.leans(),
            },
            index=pd.Index(self.words, name="word"),
        )


def count_words(
    reviews: Sequence[str] | pd.Series, delighted: ArrayLike, *, min_count: int = 1
) -> WordCounts:
    """Count the words of reviews, by whether the customer was delighted.

    Parameters
    ----------
    reviews : sequence of str
        One text per customer, none of them empty of words.
    delighted : array_like of bool, same length
        Both kinds must occur.
    min_count : int
        Words written less often in all reviews together are left out; they still count
        towards the length of a review.

    Examples
    --------
    >>> counted = count_words(["love it", "not fresh, not good"], [True, False])
    >>> counted.words
    ('fresh', 'good', 'it', 'love', 'not')
    >>> counted.table().loc["not", ["delighted", "others"]].tolist()
    [0, 2]
    """
    texts, happy = list(reviews), np.asarray(delighted)
    if happy.dtype != bool or happy.shape != (len(texts),):
        raise TypeError(
            f"{len(texts)} reviews, and delighted is {happy.dtype} of shape "
            f"{happy.shape}. Give one True or False for each review."
        )
    if happy.all() or not happy.any():
        raise ValueError(
            "All reviews are of one kind: there is nothing to compare. Give some of "
            "delighted customers and some of others."
        )
    split = [words_of(text) for text in texts]
    empty = [k for k, words in enumerate(split) if not words]
    if empty:
        raise ValueError(
            f"{len(empty)} reviews hold no word, the first in row {empty[0]}. Leave "
            "them out, and say how many there were."
        )
    vocabulary = sorted({word for words in split for word in words})
    counts = to_counts(split, vocabulary)
    kept = np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel() >= min_count)
    return WordCounts(
        words=tuple(vocabulary[k] for k in kept),
        counts=counts[:, kept],
        delighted=happy,
        lengths=np.array([len(words) for words in split], dtype=float),
    )


def to_counts(split: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> csr_array:
    """Count known words in texts already split; unknown words are passed over."""
    place = {word: k for k, word in enumerate(vocabulary)}
    rows, columns = [], []
    for row, words in enumerate(split):
        known = [place[word] for word in words if word in place]
        columns += known
        rows += [row] * len(known)
    ones = np.ones(len(rows))
    shape = (len(split), len(vocabulary))
    return csr_array((ones, (rows, columns)), shape=shape)
