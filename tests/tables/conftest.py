"""Tables built by hand, spoilt in one place, and checked as from the command line."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from cxlab.course.cli import main
from cxlab.tables import Checked, Options, read_table
from cxlab.tables.templates import template


@dataclass
class Sheet:
    """A table as a spreadsheet shows it: the header is row 1."""

    rows: list[list[Any]] = field(default_factory=list)

    def put(self, column: str, cells: Mapping[int, Any]) -> "Sheet":
        """Set cells of a column, by their row in the spreadsheet."""
        place = self.rows[0].index(column)
        for row, cell in cells.items():
            self.rows[row - 1][place] = cell
        return self

    def all(self, column: str, cells: Sequence[Any]) -> "Sheet":
        """Set a whole column, beginning anew where the cells end."""
        every = range(2, len(self.rows) + 1)
        return self.put(column, {row: cells[(row - 2) % len(cells)] for row in every})

    def head(self, **names: str) -> "Sheet":
        """Rename headers."""
        self.rows[0] = [names.get(name, name) for name in self.rows[0]]
        return self

    def drop(self, *names: str) -> "Sheet":
        """Leave columns out."""
        keep = [i for i, name in enumerate(self.rows[0]) if name not in names]
        self.rows = [[row[i] for i in keep] for row in self.rows]
        return self

    def add(self, name: str, cell: Any = "") -> "Sheet":
        """Add a column with the same cell everywhere."""
        self.rows = [[*self.rows[0], name], *([*row, cell] for row in self.rows[1:])]
        return self

    def long(self, rows: int) -> "Sheet":
        """Repeat the rows until there are so many, each with an id of its own."""
        body = self.rows[1:]
        self.rows = [self.rows[0], *(list(body[i % len(body)]) for i in range(rows))]
        for number, row in enumerate(self.rows[1:], 1):
            row[0] = f"{row[0][0]}{number}"
        return self

    def text(self, separator: str = ",", end: str = "\n") -> str:
        """Return it as a text file."""
        out = io.StringIO()
        csv.writer(out, delimiter=separator, lineterminator=end).writerows(self.rows)
        return out.getvalue()

    def lines(self, **lines: str) -> str:
        """Return it as a text file some of whose lines are others: row3="..."."""
        every = self.text().splitlines()
        for row, line in lines.items():
            every[int(row.removeprefix("row")) - 1] = line
        return "\n".join(every) + "\n"

    def excel(self, **sheets: "Sheet") -> bytes:
        """Return it as an Excel file; cells as they are: texts, numbers, dates."""
        from openpyxl import Workbook

        book = Workbook()
        book.active.title = "table"
        for row in self.rows:
            book.active.append(row)
        for name, sheet in sheets.items():
            other = book.create_sheet(name)
            for row in sheet.rows:
                other.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()


def sheet(name: str) -> Sheet:
    """Return a table's template, to be spoilt."""
    return Sheet([line.split(",") for line in template(name).splitlines()])


@pytest.fixture
def tables() -> Callable[[str], Sheet]:
    """Lend the builder of tables."""
    return sheet


@pytest.fixture
def said(tmp_path, capsys) -> Callable[..., tuple[int, str]]:
    """Check a file as `cxlab data check` does; what it says, and its exit code.

    Whatever is checked, its bytes stay what they were.
    """

    def check(
        content: bytes | str, table: str, name: str, options: str = ""
    ) -> tuple[int, str]:
        data = content.encode("utf-8") if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(data)
        code = main(["data", "check", table, str(path), *options.split()])
        assert path.read_bytes() == data
        assert [one.name for one in tmp_path.iterdir()] == [name]
        spoken = capsys.readouterr()
        return code, spoken.out + spoken.err

    return check


@dataclass(frozen=True)
class Bad:
    """A file that must be refused, and what must be said of it."""

    make: Callable[[Callable[[str], Sheet]], bytes | str]
    said: Sequence[str]
    table: str = "contacts"
    name: str = "mine.csv"
    options: str = ""


@pytest.fixture
def refused(said, tables) -> Callable[[Any], str]:
    """Check a bad file: exit code 2, and a message that says all it must."""

    def check(bad: Any) -> str:
        code, message = said(bad.make(tables), bad.table, bad.name, bad.options)
        assert code == 2, message
        assert "Traceback" not in message
        for words in bad.said:
            assert words in message
        return message

    return check


@pytest.fixture
def bad() -> type[Bad]:
    """Lend the description of a bad file."""
    return Bad


@pytest.fixture
def cxlab() -> Callable[..., int]:
    """Run the command line in this process."""
    return lambda *words: main(words)


@pytest.fixture
def read(tmp_path, tables) -> Callable[..., Checked]:
    """Read a good file, whose bytes stay what they were."""

    def check(
        make: Any, table: str = "contacts", name: str = "mine.csv", **said: Any
    ) -> Checked:
        content = make(tables)
        data = content.encode("utf-8") if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(data)
        checked = read_table(path, table, options=Options(**said.get("options", {})))
        assert path.read_bytes() == data
        return checked

    return check
