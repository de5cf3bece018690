"""What is wrong with a table: each cell with its row, column, value and rule."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

LIMIT = 20  # violations told one by one
_WIDEST = 60  # characters of a value that a message repeats


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One thing that is wrong, and where."""

    file: str  # its name, without folders
    rule: str  # what must hold instead, or what settles it
    row: int | None = None  # as a spreadsheet counts: the header is row 1
    column: str = ""
    value: str | None = None  # as it stands in the file; None: no one cell

    def __str__(self) -> str:
        """Say it in one line."""
        place = [] if self.row is None else [f"row {self.row}"]
        place += [f"column {self.column}"] if self.column else []
        place += [] if self.value is None else [f"value {shown(self.value)}"]
        return f"{', '.join(place)}: {self.rule}" if place else self.rule


def shown(value: str) -> str:
    r"""Return a value in quotes, on one line, and not longer than a line bears.

    Nothing that moves a cursor or hides text reaches a terminal.

    Examples
    --------
    >>> print(shown("a\tb"))
    'a\tb'
    """
    cut = value if len(value) <= _WIDEST else value[:_WIDEST] + "…"
    more = f" ({len(value):,} characters)" if len(value) > _WIDEST else ""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in f"'{cut}'") + more


class BadTable(ValueError):
    """A table that breaks its rules; nothing of it was used, and it is as it was.

    Attributes
    ----------
    violations : tuple of Violation
        As many as were to be told.
    count : int
        All there are.
    """

    def __init__(
        self, violations: Sequence[Violation], *, count: int | None = None
    ) -> None:
        self.violations = tuple(violations)
        self.count = len(violations) if count is None else count
        super().__init__(self._said())

    def _said(self) -> str:
        things = "1 thing is" if self.count == 1 else f"{self.count:,} things are"
        file = self.violations[0].file
        lines = [
            f"{file}: {things} not as the table must be. The file is as it was.",
            *(f"  {violation}" for violation in self.violations),
        ]
        if more := self.count - len(self.violations):
            lines.append(
                f"  ... and {more:,} more (--show {min(self.count, 1000)} shows "
                f"{'all' if self.count <= 1000 else 'a thousand'})"
            )
        return "\n".join(lines)


class Findings:
    """Gathers what is wrong with a file; keeps a few of each kind and counts all."""

    def __init__(self, file: str, *, limit: int = LIMIT) -> None:
        self.file = file
        self.limit = max(1, limit)
        self.count = 0
        self.seen: set[tuple[int, str]] = set()  # cells told already
        self._kept: list[Violation] = []
        self._by_kind: Counter[tuple[str, str]] = Counter()

    def add(
        self,
        rule: str,
        *,
        row: int | None = None,
        column: str = "",
        value: str | None = None,
        kind: str = "",
    ) -> None:
        """Add one thing; of one kind no more are kept than may be told."""
        self.count += 1
        key = (column, kind or rule)
        self._by_kind[key] += 1
        if self._by_kind[key] <= self.limit:
            found = Violation(
                file=self.file, rule=rule, row=row, column=column, value=value
            )
            self._kept.append(found)

    def cells(
        self,
        rule: str | Callable[[int], str],
        places: Sequence[int],
        *,
        column: str,
        row: Callable[[int], int],
        value: Callable[[int], str],
    ) -> None:
        """Add one rule broken at many places of a column; only a few are looked up."""
        head = [int(place) for place in places[: self.limit]]
        for place in head:
            said = rule if isinstance(rule, str) else rule(place)
            self.add(
                said, row=row(place), column=column, value=value(place),
                kind=rule if isinstance(rule, str) else column,
            )  # fmt: skip
        self.count += len(places) - len(head)

    def stop_if_any(self) -> None:
        """Refuse the file if anything was wrong with it.

        Raises
        ------
        BadTable
            With every kind of violation, up to the limit.
        """
        if self.count:
            raise BadTable(self._told(), count=self.count)

    def _told(self) -> list[Violation]:
        """Choose what is told: of each kind one, then the next of each, as they fit."""
        turns: Counter[tuple[str, str]] = Counter()
        order = []
        for place, found in enumerate(self._kept):
            key = (found.column, found.rule)
            order.append((turns[key], place))
            turns[key] += 1
        chosen = [self._kept[place] for _, place in sorted(order)[: self.limit]]
        return sorted(chosen, key=lambda found: found.row or 0)


def one(
    file: str,
    rule: str,
    *,
    row: int | None = None,
    column: str = "",
    value: str | None = None,
) -> BadTable:
    """Return the refusal of a file for one thing that ends the reading."""
    found = Violation(file=file, rule=rule, row=row, column=column, value=value)
    return BadTable([found])


def place_of(data: bytes, at: int) -> tuple[int, str, str]:
    r"""Return row, column and cell of a byte in a text file, as far as can be told.

    Parameters
    ----------
    data
        The file, in an encoding that has ASCII in it.
    at
        The byte.

    Examples
    --------
    >>> place_of(b"id;issue\nk1;x\xffy\n", 13)
    (2, 'issue', 'x\\xffy')
    """
    begin = data.rfind(b"\n", 0, at) + 1
    end = data.find(b"\n", at)
    line = data[begin : end if end >= 0 else len(data)].rstrip(b"\r")
    header = data.partition(b"\n")[0]
    mark = max(b",;\t|", key=header.count).to_bytes()
    names = header.split(mark)
    number = line.count(mark, 0, at - begin)
    cell = line.split(mark)[number].decode("ascii", "backslashreplace").strip('" ')
    name = names[number] if number < len(names) and data.count(b"\n", 0, at) else b""
    column = name.decode("utf-8", "replace").strip('" \r\ufeff')
    return data.count(b"\n", 0, at) + 1, column, cell


def listed(words: Iterable[str], *, most: int = 12) -> str:
    """Join words with commas, and count what does not fit."""
    every = list(words)
    rest = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + rest
