"""One company whose every table fits the others, and whose truth we set.

What the lessons teach piece by piece, put together: branches and their people (the
chain), expectations that follow, effort, failures put right or not, the first 100 days,
word of mouth, and an account for each customer by which she stays or leaves.

The map: `truth` holds every coefficient, `scenarios` named companies, `plan` where the
money goes; `draws` chance and `calendar` time; `people` and `staff` who is there;
`booking`, `contacts`, `events`, `buying` and `surveys` what befalls them, month by
month in `engine`; `book` writes it down and `frames` binds it to tables, `world` is the
door to them, and `outlook` replays plans.
"""

from cxlab.company.outlook import outlook
from cxlab.company.plan import STRATEGIES, Plan
from cxlab.company.scenarios import BUDGET, SCENARIOS
from cxlab.company.truth import Truth
from cxlab.company.world import Company, company

__all__ = [
    "BUDGET",
    "SCENARIOS",
    "STRATEGIES",
    "Company",
    "Plan",
    "Truth",
    "company",
    "outlook",
]
