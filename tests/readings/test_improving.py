"""Months of one's own: a planted change is found, a calm year keeps quiet."""

import numpy as np
import pandas as pd
import pytest

from cxlab import readings
from cxlab.readings import CannotRead
from cxlab.tables import own_table


def _months(n=24, *, later=0.02, less=0.0):
    rng = np.random.default_rng(1)
    month = np.arange(n)
    late = month >= n // 2
    one = pd.DataFrame({"month": month, "customers": 5000})
    one["complaints"] = rng.binomial(5000, np.where(late, later, 0.02))
    one["customer_satisfaction"] = 5 + rng.normal(scale=0.1, size=n) - less * late
    return pd.concat([one.assign(branch_id=name) for name in "AB"])


def _outside(reading):
    table = reading.table.set_index("quantity")["estimate"]
    return table.filter(like="outside").tolist()


def test_a_calm_company_keeps_quiet() -> None:
    """Nothing changes: hardly a month outside; the built-in example as well."""
    assert _outside(readings.calm_months(_months())) == [0, 0]
    example = readings.calm_months(own_table("months").frame)
    assert "Of the 12 months after the first 12" in str(example)


def test_a_change_is_outside() -> None:
    """Complaints double, satisfaction falls by five sigmas: all later months."""
    reading = readings.calm_months(_months(later=0.05, less=0.6))
    assert _outside(reading) == [12, 12]
    assert reading.headline.unit == "times"


def test_what_cannot_be_charted_is_said() -> None:
    """Few months; nobody ever complains."""
    with pytest.raises(CannotRead, match="has 6 months"):
        readings.calm_months(_months(6))
    silent = _months().assign(complaints=0)
    with pytest.raises(CannotRead, match="leaves no room"):
        readings.calm_months(silent)
