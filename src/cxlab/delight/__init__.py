"""Delight: whether loyalty still rises where expectations are exceeded.

Three questions, each with a file: what three group means say (``groups``), when a
difference is small enough to be called none (``equivalence``), and which shape the
whole line has (``shapes``). Two traps beside them: where "met" ends (``bands``) and
where the scale ends (``ceiling``).
"""

from cxlab.delight.bands import BandSweep, ShareSweep, vary_met_band
from cxlab.delight.ceiling import Asymmetry, penalty_and_reward
from cxlab.delight.equivalence import Equivalence, SurveyPlan, judge_lift, on_hundred
from cxlab.delight.groups import (
    GROUPS,
    AnswerMeans,
    ThreeGroups,
    means_by_answer,
    three_groups,
)
from cxlab.delight.shapes import SHAPES, ShapeFit, fit_shapes

__all__ = [
    "GROUPS",
    "SHAPES",
    "AnswerMeans",
    "Asymmetry",
    "BandSweep",
    "Equivalence",
    "ShapeFit",
    "ShareSweep",
    "SurveyPlan",
    "ThreeGroups",
    "fit_shapes",
    "judge_lift",
    "means_by_answer",
    "on_hundred",
    "penalty_and_reward",
    "three_groups",
    "vary_met_band",
]
