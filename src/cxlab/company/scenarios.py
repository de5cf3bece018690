"""Six companies: five with a sore spot each, and one that had better save its money."""

from collections.abc import Mapping
from types import MappingProxyType

from cxlab.company.truth import Truth

BUDGET = 0.5  # money per opening customer and month for which they are made

SCENARIOS: Mapping[str, Truth] = MappingProxyType(
    {
        # customers work hard: many issues, handed on, told twice, not done
        "uphill": Truth(
            issue_share=0.3,
            solved=-0.2,
            transfers=0.8,
            repeats=-0.6,
            effort=3.2,
            contact_effort=0.7,
        ),
        # rivals are as good; customers come from friends, who tell of what amazed them
        "talk of the town": Truth(
            friends=0.35, join_share=0.01, stay_above=0.3, recommend_above=0.8
        ),
        # adverts bring many, and the first months lose them again
        "leaky start": Truth(early=2.6, early_issues=3.0, join_share=0.07),
        # bad tools make tired employees, who leave; customers get the rest
        "tired branches": Truth(
            internal=3.4,
            staff=3.8,
            staff_internal=0.9,
            quits=-2.6,
            service=4.6,
            service_staff=0.6,
            newcomers=2.0,
        ),
        # much fails, few say so, and less is put right
        "broken promises": Truth(
            failure_share=0.22, complain_share=0.15, mended_share=0.2, mended_gap=2.8
        ),
        # customers stay as it is: money has nothing left to do
        "well run": Truth(start=-6.2, early=0.2, failure_share=0.02),
    }
)
