"""One file being read: its columns so far, what was found out, what was noted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cxlab.tables.cells import Cells, cells_of
from cxlab.tables.findings import Findings
from cxlab.tables.options import Options
from cxlab.tables.raw import Raw
from cxlab.tables.schema import Column, Schema

_EXCEL_ERROR = r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)$"
_NO_VALUE = r"(?i)^(?:n/?a|nan|null|none|nil|-|--|\?|\.)$"


@dataclass(kw_only=True)
class Reading:
    """The columns read so far, what was found out, and where cells could not be."""

    raw: Raw
    schema: Schema
    options: Options
    places: Mapping[str, int]
    findings: Findings
    columns: dict[str, Any] = field(default_factory=dict)
    bad: dict[str, np.ndarray] = field(default_factory=dict)  # places of bad cells
    found: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def note(
        self, name: str, wrong: np.ndarray, rule: str | Callable[[int], str]
    ) -> None:
        """Note a rule that cells of a column break, once per cell."""
        known = self.bad.get(name)
        if known is not None:
            wrong = np.setdiff1d(wrong, known)
        if len(wrong):
            self.bad[name] = wrong if known is None else np.union1d(known, wrong)
            at = self.places.get(name, 0)
            self.findings.cells(
                rule, wrong.tolist(), column=self.header(name), row=self.raw.row,
                value=lambda place: self.raw.text(at, place),
            )  # fmt: skip

    def pass_over(self, unread: Mapping[int, Sequence[int]]) -> None:
        """Say nothing more of cells that were noted when the file was read."""
        for name, place in self.places.items():
            if place in unread:
                self.bad[name] = np.unique(np.asarray(unread[place], dtype=np.intp))

    def header(self, name: str) -> str:
        """Return our name of a column, and the file's if that is another."""
        header = self.raw.headers[self.places[name]] if name in self.places else name
        return name if header == name else f"{name} ({header!r})"

    def of(self, *kinds: str) -> list[Column]:
        """Return the columns of some kinds that the file has."""
        columns = self.schema.columns
        return [c for c in columns if c.name in self.places and c.kind in kinds]

    def cells(self, column: Column) -> Cells:
        """Return the texts of a column."""
        return cells_of(self.raw.texts[self.places[column.name]], self.options.blank)


def note_spoilt(reading: Reading, column: Column, cells: Cells) -> None:
    """Note cells that a program has spoilt, whatever the column should hold."""
    name = column.name
    reading.note(
        name, cells.places(cells.like(_EXCEL_ERROR)),
        "an error of the spreadsheet: mend its formula, or leave the cell blank",
    )  # fmt: skip
    reading.note(
        name, cells.places(cells.like(_NO_VALUE) & cells.filled),
        lambda place: "leave a cell without a value blank, or say that this means "
        f"blank: --blank {reading.raw.text(reading.places[name], place)}",
    )  # fmt: skip
