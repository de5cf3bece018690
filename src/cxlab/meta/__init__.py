"""What many studies say together: an average, how far they differ, what is missing.

One study is one customer of the literature. Pooled, studies give an average link; the
spread between them says what the next company may expect; and the gap in the picture
where dull results should be says what was never printed.
"""

from cxlab.meta.jury import QUESTIONS, Case, board, cards, holding, weigh
from cxlab.meta.missing import Asymmetry, Filled, asymmetry, trim_and_fill
from cxlab.meta.moderators import Moderated, moderate
from cxlab.meta.pooling import Pooled, pool
from cxlab.meta.schmidt import BareBones, bare_bones
from cxlab.meta.spread import SPREADS, spread, spread_limits
from cxlab.meta.studies import (
    Studies,
    correlations,
    fisher,
    log_risk_ratios,
    studies,
)

__all__ = [
    "QUESTIONS",
    "SPREADS",
    "Asymmetry",
    "BareBones",
    "Case",
    "Filled",
    "Moderated",
    "Pooled",
    "Studies",
    "asymmetry",
    "bare_bones",
    "board",
    "cards",
    "correlations",
    "fisher",
    "holding",
    "log_risk_ratios",
    "moderate",
    "pool",
    "spread",
    "spread_limits",
    "studies",
    "trim_and_fill",
    "weigh",
]
