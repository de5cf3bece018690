"""Six companies, each with a sore spot of its own, and one with none."""

from collections.abc import Mapping
from types import MappingProxyType

from cxlab.company.truth import Truth

SCENARIOS: Mapping[str, Truth] = MappingProxyType(
    {
        "uphill": Truth(issue_share=0.25),
        "talk of the town": Truth(friends=0.3),
        "leaky start": Truth(early=1.5),
        "tired branches": Truth(internal=3.5),
        "broken promises": Truth(failure_share=0.15),
        "well run": Truth(start=-5.0),
    }
)
