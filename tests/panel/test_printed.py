"""Printed arrows get their intervals back, and a rule says when studies settle it."""

import pytest
from scipy.stats import norm

from cxlab.datasets import load_published
from cxlab.panel import direction_verdict, interval_from_p

FORWARD = {"staff_to_customers": "found", "customers_to_staff": "not found"}
REVERSE = {"staff_to_customers": "not found", "customers_to_staff": "found"}


@pytest.mark.parametrize("p", [0.001, 0.05, 0.4])
@pytest.mark.parametrize("size", [0.3, -0.2])
def test_the_interval_has_the_p_value_it_was_made_from(size, p):
    found = interval_from_p(size, p, quantity="arrow", n=412)
    error = (found.high - found.low) / 2 / norm.ppf(0.975)
    assert 2 * norm.sf(abs(size) / error) == pytest.approx(p)


def test_studies_that_leave_the_trait_in_settle_nothing():
    left_in = {"stable_removed": "not said"}
    assert direction_verdict([{**FORWARD, **left_in}] * 9) == "open"


@pytest.mark.parametrize(
    ("studies", "verdict"),
    [
        ([FORWARD, FORWARD], "holds with limits"),
        ([REVERSE], "overstated"),
        ([FORWARD, REVERSE], "open"),
        ([], "open"),
        ([{**FORWARD, "customers_to_staff": "not asked"}], "open"),
    ],
)
def test_only_studies_that_looked_both_ways_and_agree_settle_it(studies, verdict):
    removed = [{**study, "stable_removed": "yes"} for study in studies]
    assert direction_verdict(removed) == verdict


def test_the_published_studies_leave_it_open():
    studies = load_published("direction_studies").to_dict("records")
    assert direction_verdict(studies) == "open"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: interval_from_p(0.2, 0, quantity="arrow", n=9), "between 0 and 1"),
        (lambda: interval_from_p(0, 0.5, quantity="arrow", n=9), "is not 0"),
        (
            lambda: direction_verdict([{**FORWARD, "stable_removed": "maybe"}]),
            "is 'yes' or 'not said'",
        ),
    ],
)
def test_errors_teach(call, message):
    with pytest.raises(ValueError, match=message):
        call()
