"""Expectation, experience, memory: what is expected, what was had, what is kept.

Expectations that follow experience (``expectations``), what could be remembered of an
episode (``episodes``), how much each part of it makes (``weights``), a printed trial
turned into people (``trial``), curves of forgetting (``forgetting``), and what their
shape does to a loyalty account (``afterlife``).
"""

from cxlab.memory.afterlife import (
    Afterlife,
    afterlife,
    as_power,
    half_life_by_window,
)
from cxlab.memory.episodes import FEATURES, design, features, from_padded
from cxlab.memory.expectations import Chase, follow, half_life, steady_gap
from cxlab.memory.forgetting import CURVES, Forgetting, fit_forgetting
from cxlab.memory.trial import Trial, printed_trial, share_after
from cxlab.memory.weights import Weights, weights

__all__ = [
    "CURVES",
    "FEATURES",
    "Afterlife",
    "Chase",
    "Forgetting",
    "Trial",
    "Weights",
    "afterlife",
    "as_power",
    "design",
    "features",
    "fit_forgetting",
    "follow",
    "from_padded",
    "half_life",
    "half_life_by_window",
    "printed_trial",
    "share_after",
    "steady_gap",
    "weights",
]
