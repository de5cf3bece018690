"""What customers answer: scales, scores and how far each score can be trusted.

A score is a number with a definition, a direction and a sampling error. This package
keeps the three together: a scale says which end is good and is never guessed; a score
comes with its interval; two scores are compared customer by customer where the same
customers gave them.
"""

from cxlab.surveys.again import Repeated, repeated
from cxlab.surveys.curve import Flattening, flattening
from cxlab.surveys.effort_scores import (
    CES_VERSIONS,
    Direction,
    ReversedScale,
    ces,
    direction,
)
from cxlab.surveys.groups import TwoGroups, from_customers, per_hundred
from cxlab.surveys.ordinal import OrdinalFit, fit_ordinal
from cxlab.surveys.promise import (
    CoverageCurve,
    MarketsCoverage,
    coverage,
    coverage_by_n,
    coverage_over_markets,
)
from cxlab.surveys.promoters import (
    NetPromoter,
    margin,
    n_for_margin,
    net_promoter,
    net_promoter_from_shares,
)
from cxlab.surveys.race import AucDifference, Races, auc, compare_auc, race_winners
from cxlab.surveys.scales import (
    SCALES,
    OffTheScale,
    Scale,
    scale_named,
)
from cxlab.surveys.scores import Distribution, distribution, top_box
from cxlab.surveys.waves import (
    change_same_people,
    change_two_samples,
    clustered,
    n_for_change,
)

__all__ = [
    "CES_VERSIONS",
    "SCALES",
    "AucDifference",
    "CoverageCurve",
    "Direction",
    "Distribution",
    "Flattening",
    "MarketsCoverage",
    "NetPromoter",
    "OffTheScale",
    "OrdinalFit",
    "Races",
    "Repeated",
    "ReversedScale",
    "Scale",
    "TwoGroups",
    "auc",
    "ces",
    "change_same_people",
    "change_two_samples",
    "clustered",
    "compare_auc",
    "coverage",
    "coverage_by_n",
    "coverage_over_markets",
    "direction",
    "distribution",
    "fit_ordinal",
    "flattening",
    "from_customers",
    "margin",
    "n_for_change",
    "n_for_margin",
    "net_promoter",
    "net_promoter_from_shares",
    "per_hundred",
    "race_winners",
    "repeated",
    "scale_named",
    "top_box",
]
