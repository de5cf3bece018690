"""The first 100 days: who leaves early, and what a table of departures can tell of why.

`kaplan_meier`, `piecewise_rates` and `fit_weekly_hazard` count who left of those who
could; `TwoStories` tells the same two printed figures by the first days and by sorting;
`three_answers` asks how a table was drawn; `flow` follows customers through eight
phases.
"""

from cxlab.onboarding.drawn import ThreeAnswers, three_answers
from cxlab.onboarding.phases import (
    BOUGHT,
    LEFT,
    PHASES,
    STATES,
    TOOLS,
    Flow,
    ever_arrive,
    flow,
    leaving_rates,
    naive_arrivals,
)
from cxlab.onboarding.pieces import (
    Rates,
    piecewise_rates,
    poisson_rates,
    survive,
)
from cxlab.onboarding.silence import Silence, first_returns, silence
from cxlab.onboarding.stories import (
    Fees,
    Sorting,
    TwoRates,
    TwoStories,
    first_year_fees,
    through_rates,
)
from cxlab.onboarding.survival import Survival, kaplan_meier
from cxlab.onboarding.trial import Trial, read_trial
from cxlab.onboarding.weeks import (
    CalledOrNot,
    WeeklyHazard,
    by_ever_called,
    by_landmark,
    customer_weeks,
    fit_weekly_hazard,
)

__all__ = [
    "BOUGHT",
    "LEFT",
    "PHASES",
    "STATES",
    "TOOLS",
    "CalledOrNot",
    "Fees",
    "Flow",
    "Rates",
    "Silence",
    "Sorting",
    "Survival",
    "ThreeAnswers",
    "Trial",
    "TwoRates",
    "TwoStories",
    "WeeklyHazard",
    "by_ever_called",
    "by_landmark",
    "customer_weeks",
    "ever_arrive",
    "first_returns",
    "first_year_fees",
    "fit_weekly_hazard",
    "flow",
    "kaplan_meier",
    "leaving_rates",
    "naive_arrivals",
    "piecewise_rates",
    "poisson_rates",
    "read_trial",
    "silence",
    "survive",
    "three_answers",
    "through_rates",
]
