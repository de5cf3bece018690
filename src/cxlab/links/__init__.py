"""The links of the service-profit chain: what is printed, multiplied and measured.

Four questions, one module each: what do the printed figures say by arithmetic alone
(``printed``); how much of a push is left after several arrows (``product``); how strong
does a chain look when neighbours are correlated, and does it hold from end to end
(``measured``); and how much likelier are the most satisfied to come back, among real
customers (``answers``).
"""

from cxlab.links.answers import TopAgainstNext, top_against_next
from cxlab.links.measured import MeasuredChain, measure_chain, pushed_effect
from cxlab.links.printed import (
    PrintedSteps,
    TimesAsLikely,
    margin_ratio,
)
from cxlab.links.product import Fading, carried, equal_link, pilot_size

__all__ = [
    "Fading",
    "MeasuredChain",
    "PrintedSteps",
    "TimesAsLikely",
    "TopAgainstNext",
    "carried",
    "equal_link",
    "margin_ratio",
    "measure_chain",
    "pilot_size",
    "pushed_effect",
    "top_against_next",
]
