"""A finding carries its interval, and every finding ends in the same tidy table."""

import math

import pytest

from cxlab.results import SUMMARY_COLUMNS, Estimate, tidy


def test_every_summary_has_the_same_columns() -> None:
    """A trainee who has read one table has read them all."""
    bare = Estimate(quantity="odds ratio", estimate=16.0)
    whole = Estimate(
        quantity="share",
        estimate=0.2,
        low=0.1,
        high=0.3,
        level=0.95,
        n=40,
        unit="share",
    )
    table = tidy([bare, whole])
    assert tuple(table.columns) == SUMMARY_COLUMNS
    assert math.isnan(table.loc[0, "low"])
    assert table.loc[1, "n"] == 40


def test_half_an_interval_is_refused() -> None:
    """An interval with one end would be read as certainty on the other side."""
    with pytest.raises(ValueError, match="Give both, or neither"):
        Estimate(quantity="share", estimate=0.2, low=0.1)


def test_an_interval_upside_down_is_refused() -> None:
    """Swapped ends are the commonest slip when a ratio is inverted."""
    with pytest.raises(ValueError, match="smaller end as low"):
        Estimate(quantity="share", estimate=0.2, low=0.3, high=0.1)


def test_an_estimate_reads_as_a_sentence() -> None:
    """Nothing is rounded inside; only the sentence rounds."""
    third = Estimate(quantity="share", estimate=1 / 3, low=0.3, high=0.4, level=0.9)
    assert str(third) == "share: 0.3333 (90% interval 0.3 to 0.4)"
    assert third.estimate == 1 / 3


def test_an_estimate_in_a_sentence_carries_its_interval() -> None:
    """Three numbers in one format, so that none is quoted without its uncertainty."""
    found = Estimate(quantity="r", estimate=0.7058, low=0.58, high=0.8, level=0.95)
    assert f"{found:.2f}" == "0.71 (95% interval 0.58 to 0.80)"
    assert f"{Estimate(quantity='r', estimate=16.04):.1f}" == "16.0"
    assert f"{found}" == str(found)
