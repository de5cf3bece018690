"""An interval's promise is counted."""

import numpy as np
import pytest

from cxlab import surveys
from cxlab.intervals import share
from cxlab.results import Estimate
from cxlab.simulate.surveys import repeated_surveys


def test_four_surveys_by_hand():
    """Wilson's 95% intervals of 20 and 23 of 100 hold .25; those of 12 and 38 miss."""
    asked = [share(hits, 100) for hits in (12, 20, 23, 38)]
    found = surveys.repeated(asked, truth=0.25)
    assert found.caught.tolist() == [False, True, True, False]


def test_the_odds_ratio_keeps_its_promise_over_seeds():
    """400 customers asked, 1,000 times: about 95 of 100, and not much more."""
    truth = surveys.per_hundred(
        share_satisfied=0.9, leave_if_satisfied=0.2, stay_if_dissatisfied=0.28
    )
    drawn = repeated_surveys(truth, n=400, surveys=1000, rng=np.random.default_rng(1))
    asked = (d.odds_ratio_interval() for d in drawn)
    found = surveys.repeated(asked, truth=truth.odds_ratio)
    assert found.share_caught.estimate == pytest.approx(0.95, abs=0.025)


def test_an_empty_cell_still_has_an_interval():
    """Nobody of the dissatisfied stays in a small survey: wide, and finite."""
    found = surveys.from_customers(
        [True] * 8 + [False] * 2, [True] + [False] * 7 + [True] * 2
    )
    asked = found.odds_ratio_interval()
    assert asked.low < 7 < asked.high < 2000


def test_surveys_without_intervals_are_refused():
    """There is nothing to keep."""
    bare = Estimate(quantity="share", estimate=0.2)
    with pytest.raises(ValueError, match="1 estimates, 1 of them without an interval"):
        surveys.repeated([bare], truth=0.2)
