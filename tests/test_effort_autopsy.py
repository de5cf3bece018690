"""A slide taken apart: printed values, the arithmetic of its parts, taught errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxlab import effort
from cxlab.latent import implied_link

PERCENT = st.floats(0.1, 99.9)


@pytest.fixture(scope="module")
def slide() -> effort.Autopsy:
    return effort.autopsy(0.96, 0.09)


def test_the_books_slide_needs_what_the_lesson_says(slide: effort.Autopsy) -> None:
    """Syllabus 10: odds ratio 242.67; .88 at thirds, .779 at fifths, .68 at tenths."""
    assert slide.odds_ratio == pytest.approx(96 / 4 / (9 / 91))
    links = [cut.link.correlation for cut in slide.cuts]
    assert links == pytest.approx([0.88, 0.779, 0.68], abs=0.005)
    assert slide.cuts[1].link.base == pytest.approx(0.555, abs=0.0005)


def test_the_three_parts_of_a_slide_add_up_to_all_customers(
    slide: effort.Autopsy,
) -> None:
    """By hand: bars and middle, each by its size, give the share over all."""
    for cut in slide.cuts:
        size = cut.link.share_extreme
        parts = size * (0.96 + 0.09) + cut.between * cut.yes_between
        assert parts == pytest.approx(cut.link.base, abs=1e-9)
        assert cut.between == pytest.approx(1 - 2 * size)


@given(one=PERCENT, other=PERCENT)
@settings(max_examples=20)
def test_either_order_gives_the_same_and_the_opposite_its_mirror(
    one: float, other: float
) -> None:
    """Asking who stays instead of who leaves turns the shares over, not the link."""
    if abs(one - other) < 0.01:
        return
    a, b = one / 100, other / 100
    found, mirror = effort.autopsy(a, b), effort.autopsy(1 - a, 1 - b)
    assert found == effort.autopsy(b, a)
    assert found.odds_ratio == pytest.approx(mirror.odds_ratio, rel=1e-6)
    for cut, other_cut in zip(found.cuts, mirror.cuts, strict=True):
        assert cut.link.correlation == pytest.approx(
            other_cut.link.correlation, abs=1e-6
        )
        assert cut.link.base == pytest.approx(1 - other_cut.link.base, abs=1e-6)


@given(one=PERCENT, other=PERCENT)
@settings(max_examples=20)
def test_farther_ends_need_a_weaker_link(one: float, other: float) -> None:
    """The smaller the groups, the less is needed to draw the same bars."""
    if abs(one - other) < 0.01:
        return
    cuts = effort.autopsy(one / 100, other / 100).cuts
    assert np.all(np.diff([cut.link.correlation for cut in cuts]) < 0)


def test_tenths_are_the_link_of_tenths(slide: effort.Autopsy) -> None:
    """Nothing new is computed: each cut-off is the lesson's own link."""
    assert slide.cuts[2].link == implied_link(0.09, 0.96, share_extreme=0.1)


def test_a_slide_asks_three_questions_of_the_five(slide: effort.Autopsy) -> None:
    """Each question comes from Monday's sheet, and each reason holds a number."""
    assert len(slide.questions) == 3
    for question in slide.questions:
        assert question.startswith(tuple(effort.QUESTIONS.values()))
    assert "0.88; if tenths, 0.68" in slide.questions[0]
    assert "60 of 100 customers" in slide.questions[1]


def test_an_autopsy_is_a_value_that_says_itself(slide: effort.Autopsy) -> None:
    """A sentence, an alt text, the tidy table, and a table to be read aloud."""
    assert "96% against 9%: the odds are 243 times as high" in str(slide)
    assert "thirds, fifths or tenths" in slide.describe()
    assert len(slide.summary()) == 3 + 3 * 4
    table = slide.by_cut_off()
    assert list(table.index) == ["thirds", "fifths", "tenths"]
    assert table.loc["tenths", "between the bars"] == pytest.approx(80)


@pytest.mark.parametrize(
    ("one", "other", "message"),
    [
        (96, 9, "one=96: .* Give 96% as 0.96"),
        (0.5, 0.0, "other=0.0: .* ask for the counts"),
        (float("nan"), 0.2, "one=nan"),
        (0.3, 0.3, "both bars are 0.3"),
    ],
)
def test_errors_about_a_slide_teach(one: float, other: float, message: str) -> None:
    """What was given, what is allowed, what to do."""
    with pytest.raises(ValueError, match=message):
        effort.autopsy(one, other)
