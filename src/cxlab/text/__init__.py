"""What customers write, counted: words that mark pain and delight, and a fair score.

Nothing here understands a sentence. Words are counted, compared between those who were
delighted and the others, and turned into a score that is tried on reviews it has never
seen. That is enough to show what counting can do, and where it fools itself.
"""

from cxlab.text.counts import (
    WordCounts,
    count_words,
    words_of,
)
from cxlab.text.lists import ListScore, list_score
from cxlab.text.prior import PriorOdds, prior_odds
from cxlab.text.scores import (
    HeldOut,
    WordScore,
    by_length,
    held_out,
    learn_score,
)

__all__ = [
    "HeldOut",
    "ListScore",
    "PriorOdds",
    "WordCounts",
    "WordScore",
    "by_length",
    "count_words",
    "held_out",
    "learn_score",
    "list_score",
    "prior_odds",
    "words_of",
]
