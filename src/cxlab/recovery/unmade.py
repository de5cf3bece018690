"""A recovery paradox is made by who answers, and unmade by counting everybody.

Is a failure that was put right better than none? Three tables answer.

The survey asks those who spoke up, were put right and stayed. Deal the recovery by lot,
and those who spoke up no longer differ. Count all who were there at first, and those
who left no longer vanish.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cxlab.recovery.shares import difference_of_shares
from cxlab.results import Estimate, tidy

RUNGS = ("survey", "by lot", "all counted")
_NEEDS = ("failed", "recovered", "left", "loyal")


@dataclass(frozen=True, kw_only=True)
class Unmade:
    """Loyal customers after a good recovery less those without a failure, three ways.

    The differences are shares, 0-1.
    """

    rungs: Mapping[str, Estimate]  # by name, in the order of RUNGS

    @property
    def survey(self) -> Estimate:
        """Among those who complained, were put right, stayed and answered."""
        return self.rungs["survey"]

    @property
    def by_lot(self) -> Estimate:
        """Among those who stayed; the recovery was dealt by lot."""
        return self.rungs["by lot"]

    @property
    def honest(self) -> Estimate:
        """Among all who were there at first; the recovery was dealt by lot."""
        return self.rungs["all counted"]

    def __str__(self) -> str:
        """Say the first and the last rung in one sentence."""
        first, last = (100 * x.estimate for x in (self.survey, self.honest))
        return (
            f"Of 100 put right, {first:+.0f} are loyal in the survey against those "
            f"without a failure, and {last:+.0f} when all are counted."
        )

    def describe(self) -> str:
        """Say what a picture of the rungs shows."""
        return f"Three differences with intervals beside zero. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the three differences as the tidy table."""
        return tidy(self.rungs.values())


def unmake(complaints: pd.DataFrame, lot: pd.DataFrame) -> Unmade:
    """Compare customers who were put right with those who had no failure, three ways.

    Parameters
    ----------
    complaints : DataFrame
        One row per customer, all of them true or false: ``failed``, ``recovered``
        (here: whoever complained), ``left``, ``loyal`` (never if left).
    lot : DataFrame
        The same, where the recovery was dealt by lot among those with a failure.

    Examples
    --------
    Four customers: two without a failure, one of them loyal; two put right, of whom
    one left and one is loyal.

    >>> four = pd.DataFrame({"failed": [False, False, True, True],
    ...                      "recovered": [False, False, True, True],
    ...                      "left": [False, False, True, False],
    ...                      "loyal": [True, False, False, True]})
    >>> found = unmake(four, four)
    >>> found.survey.estimate, found.honest.estimate
    (0.5, 0.0)
    """
    rungs = {
        "survey": _gap(complaints, stayed=True, quantity="survey"),
        "by lot": _gap(lot, stayed=True, quantity="by lot"),
        "all counted": _gap(lot, stayed=False, quantity="all counted"),
    }
    return Unmade(rungs=rungs)


def _gap(table: pd.DataFrame, *, stayed: bool, quantity: str) -> Estimate:
    """Return the share loyal among those put right less that without a failure."""
    missing = [name for name in _NEEDS if name not in table]
    if missing:
        raise ValueError(
            f"The table lacks {missing}. It needs {', '.join(_NEEDS)}, true or false."
        )
    if (table["left"] & table["loyal"]).any():
        raise ValueError("A customer who left is counted as loyal. Set loyal to False.")
    seen = table[~table["left"]] if stayed else table
    put_right = seen.loc[seen["failed"] & seen["recovered"], "loyal"]
    no_failure = seen.loc[~seen["failed"], "loyal"]
    one, other = ((int(x.sum()), len(x)) for x in (put_right, no_failure))
    return difference_of_shares(one, other, quantity=quantity)
