"""Four ways to count one pilot, three of them the usual ones.

The volunteers alone, before and after; the volunteers against the others; both at once;
and both at once where the lot had chosen instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cxlab.pilot.changes import Changes
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class FourWays:
    """One pilot tried by volunteers, the same pilot dealt by lot, and four answers.

    Examples
    --------
    >>> from cxlab.pilot import difference_in_differences
    >>> keen = pd.DataFrame({"pilot": [True, True, False, False],
    ...                      "before": [70, 72, 66, 68], "after": [77, 79, 70, 72]})
    >>> found = difference_in_differences(keen)
    >>> print(FourWays(volunteers=found, lot=found))
    Before and after +7.0, against others +7.0, both at once +3.0, by lot +3.0.
    """

    volunteers: Changes
    lot: Changes

    @property
    def ways(self) -> Mapping[str, Estimate]:
        """What each way says the pilot did, by the name of the way."""
        return {
            "before and after": self.volunteers.before_after,
            "against others": self.volunteers.after_only,
            "both at once": self.volunteers.difference,
            "by lot": self.lot.difference,
        }

    def covers(self, way: str, truth: float) -> bool:
        """Return whether the interval of a way holds the truth."""
        found = self.ways[way]
        assert found.low is not None
        assert found.high is not None
        return found.low <= truth <= found.high

    def __str__(self) -> str:
        """Say the four answers in one sentence."""
        said = [f"{name} {found.estimate:+.1f}" for name, found in self.ways.items()]
        return f"{', '.join(said)}.".capitalize()

    def describe(self) -> str:
        """Say what a picture of the four answers shows."""
        return f"Four answers with their intervals beside the planted truth. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the four answers as the tidy table."""
        return tidy(self.ways.values())
