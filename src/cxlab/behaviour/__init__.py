"""How loyal customers behave: what stays of it once selection is taken out.

Staying may be wanted or forced; a regular may spend more, or have been chosen because
she does; and a large brand has more loyal buyers with nobody more loyal to it.
"""

from cxlab.behaviour.brands import BrandModel, brand_table, fit_brands, repeat_rate
from cxlab.behaviour.categories import CategoryCheck, check_categories, count_buyers
from cxlab.behaviour.halves import share_in_both_halves
from cxlab.behaviour.held import Held, held_by
from cxlab.behaviour.mailing import Mailing, judge_mailing
from cxlab.behaviour.regulars import Regulars, by_regularity, trips_of
from cxlab.behaviour.tenure import Tenure, by_tenure

__all__ = [
    "BrandModel",
    "CategoryCheck",
    "Held",
    "Mailing",
    "Regulars",
    "Tenure",
    "brand_table",
    "by_regularity",
    "by_tenure",
    "check_categories",
    "count_buyers",
    "fit_brands",
    "held_by",
    "judge_mailing",
    "repeat_rate",
    "share_in_both_halves",
    "trips_of",
]
