"""Word of mouth: how many fans there are, and how far what they say travels.

Fans are counted by what they did (``fans``). Good and bad words are counted per
experience or per word that is heard, which gives opposite answers (``telling``). A word
that brings a customer who brings another is a chain (``chains``). A score and growth go
together in a window of time, which may lie before or after the score (``windows``).
Deeper: the curve that is often read as word of mouth (``bass``), and what its three
estimators make of one series (``estimators``).
"""

from cxlab.wordofmouth.bass import BassCurve
from cxlab.wordofmouth.chains import Chains, count_chains, mean_size, size_share
from cxlab.wordofmouth.estimators import (
    BassFit,
    fit_by_curve,
    fit_by_regression,
    fit_by_years,
    fit_markets,
)
from cxlab.wordofmouth.fans import Fans, count_fans
from cxlab.wordofmouth.telling import (
    Tellings,
    TwoReadings,
    count_tellings,
    heard_ratio,
    share_good_needed,
)
from cxlab.wordofmouth.windows import WindowSlopes, slope_by_window

__all__ = [
    "BassCurve",
    "BassFit",
    "Chains",
    "Fans",
    "Tellings",
    "TwoReadings",
    "WindowSlopes",
    "count_chains",
    "count_fans",
    "count_tellings",
    "fit_by_curve",
    "fit_by_regression",
    "fit_by_years",
    "fit_markets",
    "heard_ratio",
    "mean_size",
    "share_good_needed",
    "size_share",
    "slope_by_window",
]
