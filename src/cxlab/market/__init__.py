"""The price of delight: what a gesture must bring, and what it did bring.

Three questions, each with a file: how many more customers must stay for a cost to pay
(``breakeven``), whether a gesture that was given at random did anything at all
(``experiment``), and what all gestures together brought, not the one that was told
(``gestures``).
"""

from cxlab.market.breakeven import BreakEven, cost_allowed, drop_needed
from cxlab.market.experiment import ExactTest, exact_test
from cxlab.market.gestures import GestureReturn, return_on_gestures

__all__ = [
    "BreakEven",
    "ExactTest",
    "GestureReturn",
    "cost_allowed",
    "drop_needed",
    "exact_test",
    "return_on_gestures",
]
