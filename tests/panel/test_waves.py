"""A panel is laid out by branch and wave, or refused with the reason."""

import numpy as np
import pandas as pd
import pytest

from cxlab.panel import waves_of


def panel():
    return pd.DataFrame(
        {
            "branch": ["B", "A", "A", "B"],
            "wave": [2, 1, 2, 1],
            "staff": [4, 1, 2, 3],
            "customers": [8, 5, 6, 7],
        }
    )


def test_rows_in_any_order_are_laid_out_by_branch_and_wave():
    assert waves_of(panel()).tolist() == [[[1, 5], [2, 6]], [[3, 7], [4, 8]]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.drop(columns="staff"), "no column staff"),
        (lambda t: t.iloc[:3], "branch B has 1 of 2 waves"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "branch B stands twice in wave 2"),
        (lambda t: t.assign(staff=[4, np.nan, 2, 3]), "1 scores are missing"),
    ],
)
def test_a_panel_with_holes_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        waves_of(change(panel()))
