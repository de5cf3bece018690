"""What a customer is worth: who will be there, how often she will buy, for how much.

One rate of retention makes a value by one formula (``margin``). Under contract the
rates differ between customers, so that retention rises with nobody changing
(``contract``). Without a contract nobody says goodbye: the next purchases are forecast
from how often and how long ago (``buyers``, ``forecast``), their size from what was
spent (``spend``). Where the occasion comes round once a year, there are letters instead
of weeks (``donors``). All are fitted by one climb (``fitting``).
"""

from cxlab.lifetime.buyers import Buyers, count_alike, fit_buyers
from cxlab.lifetime.contract import Contract, fit_contract
from cxlab.lifetime.donors import Donors, fit_donors
from cxlab.lifetime.fitting import Fitted, NotPinnedDown
from cxlab.lifetime.forecast import (
    Forecast,
    count_histories,
    draw_futures,
    forecast,
    means_by_repeats,
)
from cxlab.lifetime.margin import Lift, elasticity, multiple, retention_for
from cxlab.lifetime.spend import Spend, fit_spend

__all__ = [
    "Buyers",
    "Contract",
    "Donors",
    "Fitted",
    "Forecast",
    "Lift",
    "NotPinnedDown",
    "Spend",
    "count_alike",
    "count_histories",
    "draw_futures",
    "elasticity",
    "fit_buyers",
    "fit_contract",
    "fit_donors",
    "fit_spend",
    "forecast",
    "means_by_repeats",
    "multiple",
    "retention_for",
]
