"""Words, counted by hand first."""

import numpy as np
import pytest

from cxlab import text

TEN = [
    "great taste, love it",
    "love the tea",
    "great price, great taste",
    "the best coffee",
    "not bad, love this big bag",
    "not great and not fresh",
    "the bag was torn and all of it was stale",
    "bad taste, not what I saw in the shop",
    "great bag but the tea was bad",
    "it was not the picture, we sent it back",
]
HAPPY = np.arange(10) < 5


@pytest.fixture(scope="module")
def counted():
    return text.count_words(TEN, HAPPY)


def test_the_ten_reviews_of_the_lesson(counted):
    """Twenty words against forty; love 3 to 0, the 2 to 4, not 1 to 4."""
    assert counted.totals() == (20, 40)
    table = counted.table()
    both = table.loc[["love", "the", "not"], ["delighted", "others"]]
    assert both.to_numpy().tolist() == [[3, 0], [2, 4], [1, 4]]


def test_per_review_the_is_a_word_of_pain_and_per_word_it_is_not(counted):
    """Who writes twice as much uses twice as much of every word."""
    row = counted.table().loc["the"]
    assert row["per review"] == pytest.approx(-40)
    assert row["per 1000 words"] == pytest.approx(0)


def test_the_lean_is_the_log_of_the_ratio_with_half_a_word_added(counted):
    lean = counted.leans()[counted.words.index("not")]
    assert lean == pytest.approx(np.log2((1.5 / 20) / (4.5 / 40)))
    reach = counted.lean_reach()[counted.words.index("not")]
    assert reach == pytest.approx(
        1.96 * np.sqrt(1 / 1.5 + 1 / 4.5) / np.log(2), rel=1e-4
    )


def test_rare_words_are_left_out_and_still_count_as_length():
    counted = text.count_words(TEN, HAPPY, min_count=3)
    assert "torn" not in counted.words
    assert "love" in counted.words
    assert counted.lengths.sum() == 60


def test_markup_and_numbers_are_no_words():
    assert text.words_of("A <br /> b2b 100%") == ("a", "b", "b")
    assert text.words_of("I don\N{RIGHT SINGLE QUOTATION MARK}t") == ("i", "don't")


def test_the_prior_shrinks_and_ranks_by_evidence(counted):
    """With little prior the plain log odds ratio; with much, nothing is left."""
    place = counted.words.index("not")
    plain = np.log(1 / 19) - np.log(4 / 36)
    weak, strong = (text.prior_odds(counted, prior_strength=a) for a in (1e-6, 1e9))
    assert weak.log_odds[place] == pytest.approx(plain, abs=1e-6)
    assert strong.log_odds[place] == pytest.approx(0, abs=1e-6)
    assert weak.z[place] == pytest.approx(plain / np.sqrt(1 + 1 / 4), abs=1e-5)
    pain, delight = text.prior_odds(counted, prior_strength=60).most_telling(1)
    assert (pain, delight) == (["was"], ["love"])


def test_mistakes_are_told():
    with pytest.raises(TypeError, match="one True or False"):
        text.count_words(TEN, [1] * 10)
    with pytest.raises(ValueError, match="nothing to compare"):
        text.count_words(TEN, np.ones(10, dtype=bool))
    with pytest.raises(ValueError, match="the first in row 1"):
        text.count_words(["good", "12!"], [True, False])
    with pytest.raises(ValueError, match="above 0"):
        text.prior_odds(text.count_words(TEN, HAPPY), prior_strength=0)
