"""A reading: what one lesson's method finds in one table, as aggregates only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from cxlab.results import Estimate, tidy

LEAST = 5  # people in a group that may be shown
FORMATS = dict.fromkeys(("estimate", "low", "high"), "{:.3g}")  # as a page shows them
_SHOWN = ["quantity", "estimate", "low", "high", "n", "unit"]


class CannotRead(ValueError):
    """A table does not hold what a reading needs."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one method finds in one table: no row of it, and no group under five."""

    about: str  # what was read, as the caption of its table begins
    estimates: tuple[Estimate, ...]  # the first is the headline
    sentence: str  # what it says, with its numbers

    @property
    def headline(self) -> Estimate:
        """The one number to take away."""
        return self.estimates[0]

    @property
    def table(self) -> pd.DataFrame:
        """One row per number; those of groups under five are left out.

        Returns
        -------
        DataFrame
            Columns quantity, estimate, low, high (ends of a 95% interval), n, unit.
        """
        rows = [one for one in self.estimates if one.n is None or one.n >= LEAST]
        table = tidy(rows)[_SHOWN]
        return table if table["n"].isna().any() else table.astype({"n": int})

    @property
    def alt(self) -> str:
        """The caption of the table."""
        return f"{self.about}, with 95% intervals where there are any."

    def __str__(self) -> str:
        """Say what was found."""
        return self.sentence


def need(frame: pd.DataFrame, columns: Sequence[str], *, table: str) -> pd.DataFrame:
    """Return the rows that have something in each of these columns.

    Parameters
    ----------
    frame : DataFrame
        As its schema in ``cxlab.tables`` has it.
    columns
        That the reading needs.
    table
        Name of the schema, for the message.

    Raises
    ------
    CannotRead
        If a column is missing, or fewer than five rows are complete.
    """
    missing = [one for one in columns if one not in frame]
    if missing:
        raise CannotRead(
            f"This reading needs {_listed(columns)} in the table {table}; it has no "
            f"{_listed(missing)}. Add it, or leave the path empty for the example."
        )
    whole = frame.dropna(subset=list(columns))
    if len(whole) < LEAST:
        raise CannotRead(
            f"{len(whole)} rows of the table {table} hold {_listed(columns)} together. "
            f"A group under {LEAST} is not shown. Bring a longer table."
        )
    return whole


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
