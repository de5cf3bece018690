"""A score made of words, and how well it does on reviews that it has never seen.

The score of a review is the mean lean of its words, not their sum: a sum grows with
every word, and would read length where it means to read feeling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import share
from cxlab.results import Estimate, tidy
from cxlab.text.counts import WordCounts, to_counts, words_of

Floats = NDArray[np.float64]


class Score(Protocol):
    """Anything that gives reviews a number, and says where delight begins."""

    @property
    def cutoff(self) -> float:
        """A review above it is called delighted."""

    def scores(self, reviews: Sequence[str] | pd.Series) -> Floats:
        """Return the score of each review; high is delighted."""


@dataclass(frozen=True, kw_only=True)
class WordScore:
    """How each known word leans, and where delight begins."""

    words: tuple[str, ...]
    leans: Floats  # per word; above 0 leans to delight
    cutoff: float

    def scores(self, reviews: Sequence[str] | pd.Series) -> Floats:
        """Return the mean lean of the words of each review; unknown words count 0."""
        split = [words_of(text) for text in reviews]
        lengths = np.array([max(len(words), 1) for words in split])
        return np.asarray(to_counts(split, self.words) @ self.leans / lengths)

    def lean_of(self, word: str) -> float:
        """Return how one word leans; 0 if it is not known."""
        known = dict(zip(self.words, self.leans, strict=True))
        return float(known.get(word, 0.0))


@dataclass(frozen=True, kw_only=True)
class HeldOut:
    """How often a score is right, beside the best that needs no score."""

    name: str
    accuracy: Estimate  # share of reviews called rightly, with its interval
    base: float  # share called rightly by saying "delighted" of all, or of none
    length_link: float  # correlation of score and number of words

    @property
    def beats_base(self) -> bool:
        """Whether the whole interval lies above the base rate."""
        assert self.accuracy.low is not None
        return self.accuracy.low > self.base

    def summary(self) -> pd.DataFrame:
        """Return accuracy and base rate as the tidy table."""
        base = Estimate(quantity="base rate", estimate=self.base, unit="share")
        return tidy([self.accuracy, base])

    def __str__(self) -> str:
        """Say how often it is right, and how often no score would be."""
        return (
            f"{self.name}: right for {self.accuracy:.1%} of {self.accuracy.n} reviews; "
            f"without a score, {self.base:.1%}."
        )


def learn_score(counted: WordCounts, leans: ArrayLike | None = None) -> WordScore:
    """Learn from reviews how words lean, and where delight begins.

    Parameters
    ----------
    counted : WordCounts
        The reviews to learn from.
    leans : array_like, shape (n_words,), optional
        How each word leans; None takes `WordCounts.leans`.

    Notes
    -----
    The cut-off is the one that calls most of these reviews rightly.
    """
    own = counted.leans() if leans is None else np.asarray(leans, dtype=float)
    scores = np.asarray(counted.counts @ own / counted.lengths)
    return WordScore(
        words=counted.words, leans=own, cutoff=best_cutoff(scores, counted.delighted)
    )


def best_cutoff(scores: ArrayLike, delighted: ArrayLike) -> float:
    """Return the cut-off with the fewest reviews on its wrong side.

    Examples
    --------
    >>> best_cutoff([1.0, 2.0, 4.0, 5.0], [False, False, True, True])
    3.0
    """
    values, happy = np.asarray(scores, dtype=float), np.asarray(delighted, dtype=bool)
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    # gain of calling the k lowest "other" instead of "delighted"
    gain = np.append(0, np.cumsum(np.where(happy[order], -1, 1)))
    marks = np.concatenate([[-np.inf], (ranked[1:] + ranked[:-1]) / 2, [np.inf]])
    apart = np.concatenate([[True], ranked[1:] > ranked[:-1], [True]])
    return float(marks[np.argmax(np.where(apart, gain, -np.inf))])


def held_out(
    score: Score,
    reviews: Sequence[str] | pd.Series,
    delighted: ArrayLike,
    *,
    name: str = "score",
) -> HeldOut:
    """Try a score on reviews; it is only fair on those it has not learned from.

    Parameters
    ----------
    score : WordScore or ListScore
        Learned elsewhere.
    reviews, delighted
        Texts, and whether each customer was delighted.
    name : str
        What the score is called in sentences and pictures.
    """
    happy, values = np.asarray(delighted, dtype=bool), score.scores(reviews)
    lengths = np.array([len(words_of(text)) for text in reviews], dtype=float)
    hits = int(((values > score.cutoff) == happy).sum())
    base = float(happy.mean())
    constant = values.std() == 0 or lengths.std() == 0
    link = 0.0 if constant else float(np.corrcoef(values, lengths)[0, 1])
    return HeldOut(
        name=name,
        accuracy=share(hits, len(happy), quantity="called rightly"),
        base=max(base, 1 - base),
        length_link=link,
    )


def by_length(
    scores: dict[str, Score],
    reviews: Sequence[str] | pd.Series,
    delighted: ArrayLike,
    *,
    groups: int = 5,
) -> pd.DataFrame:
    """Return how many of 100 are called unhappy, from the shortest to the longest.

    Returns
    -------
    DataFrame
        A row for each group of reviews of like length: ``words`` (median), ``really``
        and each score by name, shares of reviews not delighted, 0-1.
    """
    happy = np.asarray(delighted, dtype=bool)
    lengths = np.array([len(words_of(text)) for text in reviews])
    order = np.argsort(lengths, kind="stable")
    parts = np.array_split(order, groups)
    table = pd.DataFrame({"words": [float(np.median(lengths[part])) for part in parts]})
    table["really"] = [float((~happy[part]).mean()) for part in parts]
    for name, score in scores.items():
        unhappy = score.scores(reviews) <= score.cutoff
        table[name] = [float(unhappy[part].mean()) for part in parts]
    return table
