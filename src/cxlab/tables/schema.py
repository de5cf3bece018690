"""What a table must look like: its columns, their units, ranges and directions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

import pandas as pd

Kind = Literal["id", "text", "choice", "yes/no", "number", "date", "time"]
FIRST_DAY, LAST_DAY = "1900-01-01", "2100-01-01"  # no date of a customer lies outside
LONGEST = {"id": 200, "text": 5_000}  # characters


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: what it means, and what may stand in it."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    low: float | None = None  # ends of the scale or of what is possible
    high: float | None = None
    whole: bool = False  # whole numbers only
    choices: tuple[str, ...] = ()
    first_days: bool = False  # of a month, only
    optional: bool = False  # the column may be missing, its cells may be blank
    aliases: tuple[str, ...] = ()  # other headers that are read as this one, and said
    # headers under which some firms write the scale up and others down
    either_way: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """Say what a cell must hold, as a message says it."""
        blank = ", or blank" if self.optional else ""
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}{blank}"
        if self.kind == "number":
            return f"{self._number()}{blank}"
        if self.first_days:
            return f"the first day of a month{blank}"
        said = {"yes/no": "true or false", "date": "a date", "time": "a date and time"}
        return said.get(self.kind, "some text") + blank

    def _number(self) -> str:
        thing = "a whole number" if self.whole else "a number"
        if self.low is not None and self.high is not None:
            return f"{thing} from {self.low:g} to {self.high:g}{self._ends()}"
        return thing if self.low is None else f"{thing}, {self.low:g} or more"

    def _ends(self) -> str:
        return f" ({self.unit})" if self.is_scale else ""

    @property
    def is_scale(self) -> bool:
        """Tell whether the column is an answer on a scale with two named ends."""
        return self.kind == "number" and self.unit.startswith("points")


@dataclass(frozen=True, kw_only=True)
class Schema:
    """One kind of table: its columns, its key, and what must not come before what."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]  # no two rows agree in all of these
    orders: tuple[tuple[str, str], ...] = ()  # the first is never after the second
    # total = plus - minus, where a table holds all three
    sums: tuple[tuple[str, str, str], ...] = ()
    anchors: Mapping[str, int] = field(default_factory=dict)
    people: str = ""  # the column that says who: groups of fewer than five are withheld

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def needed(self) -> tuple[str, ...]:
        """The names of the columns that no such table can do without."""
        return tuple(column.name for column in self.columns if not column.optional)

    def __getitem__(self, name: str) -> Column:
        """Return one column."""
        try:
            return next(column for column in self.columns if column.name == name)
        except StopIteration:
            near = get_close_matches(name, self.names, n=1, cutoff=0.0)[0]
            raise ValueError(
                f"The table {self.name!r} has no column {name!r}; the nearest is "
                f"{near!r}. It has: {', '.join(self.names)}."
            ) from None

    def described(self) -> pd.DataFrame:
        """Return the columns as a table: name, what it must hold, meaning."""
        return pd.DataFrame(
            {
                "column": self.names,
                "needed": ["no" if c.optional else "yes" for c in self.columns],
                "holds": [column.rule for column in self.columns],
                "meaning": [column.meaning for column in self.columns],
            }
        )
