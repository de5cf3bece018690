"""What settles a file of which two readings are possible: said, never guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from cxlab.tables.schema import Column, Schema

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
DATES = ("day-first", "month-first", "iso")
DECIMALS = {"point": ".", "comma": ","}


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a file is to be read where it does not say so itself; empty: find out."""

    encoding: str = ""
    separator: str = ""  # one of , ; tab |
    decimal: str = ""  # . or ,
    dates: str = ""  # one of DATES
    sheet: str = ""
    blank: tuple[str, ...] = ()  # words that stand for an empty cell
    reverse: tuple[str, ...] = ()  # scales that the file writes the other way round
    as_is: tuple[str, ...] = ()  # scales that look reversed and are not
    scales: Mapping[str, tuple[float, float]] = field(
        default_factory=dict
    )  # the file's
    columns: Mapping[str, str] = field(default_factory=dict)  # ours: the file's header

    def __post_init__(self) -> None:
        """Refuse words that are no option, with those that are."""
        self._one_of("separator", {*SEPARATORS, *SEPARATORS.values()})
        self._one_of("decimal", {*DECIMALS, *DECIMALS.values()})
        self._one_of("dates", set(DATES))
        if both := set(self.reverse) & set(self.as_is):
            raise ValueError(
                f"{min(both)} cannot be both reversed and not reversed: say one."
            )
        if self.encoding:
            try:
                "".encode(self.encoding)
            except LookupError:
                raise ValueError(
                    f"--encoding {self.encoding!r} is no encoding. Usual ones: utf-8, "
                    "cp1252 (Western Europe), cp1250 (Central Europe), cp1251 "
                    "(Cyrillic), utf-16."
                ) from None

    def _one_of(self, name: str, allowed: set[str]) -> None:
        given = getattr(self, name)
        if given and given not in allowed:
            words = ", ".join(repr(word) for word in sorted(allowed))
            raise ValueError(f"--{name} {given!r} is none of {words}.")

    @property
    def separator_mark(self) -> str:
        """The separator itself."""
        return SEPARATORS.get(self.separator, self.separator)

    @property
    def decimal_mark(self) -> str:
        """The decimal mark itself."""
        return DECIMALS.get(self.decimal, self.decimal)

    def fit(self, schema: Schema) -> Self:
        """Refuse options on columns that the table does not have, or not as a scale."""
        for name in self.columns:
            schema[name]
        for name in (*self.reverse, *self.as_is, *self.scales):
            if not schema[name].is_scale:
                scales = [c.name for c in schema.columns if c.is_scale]
                raise ValueError(
                    f"{name} of {schema.name} is no scale that could be turned or "
                    f"stretched; scales are: {', '.join(scales) or 'none'}."
                )
        return self

    def ends(self, column: Column) -> tuple[float | None, float | None]:
        """Return the ends of a column's scale as the file writes it."""
        return self.scales.get(column.name, (column.low, column.high))


def scale_of(text: str) -> tuple[str, tuple[float, float]]:
    """Read one scale as the command line gives it.

    Examples
    --------
    >>> scale_of("effort=1-5")
    ('effort', (1.0, 5.0))
    >>> scale_of("met=-2-2")
    ('met', (-2.0, 2.0))
    """
    found = re.fullmatch(r"(\w+)=(-?\d+(?:\.\d+)?)(?:-|\.\.)(-?\d+(?:\.\d+)?)", text)
    if found is None or float(found[2]) >= float(found[3]):
        raise ValueError(
            f"--scale {text!r} does not say a column and its two ends. Write it as "
            "--scale effort=1-5"
        )
    return found[1], (float(found[2]), float(found[3]))
