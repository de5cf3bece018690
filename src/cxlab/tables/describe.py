"""What a table holds, in aggregates only: nothing that can be said of fewer than five.

No id, no single amount and no single day is told; groups of fewer than five people are
put together until there are five, so that they cannot be worked out from the rest.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from cxlab.tables.export import LEAST
from cxlab.tables.schema import Column, Schema

_MOST = 12  # groups told of one column
OTHERS = "all others"


@dataclass(frozen=True, kw_only=True)
class Description:
    """A table in aggregates."""

    name: str  # of the schema
    rows: int
    people: int | None  # None: the table tells of no single people
    numbers: pd.DataFrame  # column, unit, known, mean, SD
    groups: Mapping[str, pd.DataFrame]  # per column: group, rows, share

    def __str__(self) -> str:
        """Say it in plain tables."""
        who = "" if self.people is None else f" of {_few(self.people)} people"
        parts = [f"{self.name}: {_few(self.rows)} rows{who}."]
        parts += [] if self.numbers.empty else [_text(self.numbers)]
        parts += [f"{name}:\n{_text(table)}" for name, table in self.groups.items()]
        return "\n\n".join(parts)


def describe(frame: pd.DataFrame, schema: Schema, *, least: int = LEAST) -> Description:
    """Say what a checked table holds, without telling of anybody.

    Parameters
    ----------
    frame
        As ``read_table`` gives it.
    schema
        Which table it is.
    least
        Smallest group, in people, of which anything is told; where a table does not
        say who, every row counts as one.
    """
    who = frame[schema.people] if schema.people else pd.Series(frame.index)
    people = int(who.nunique()) if schema.people else None
    rows = [_numbers(frame[c.name], c, who, least) for c in schema.columns]
    columns = ["column", "unit", "known", "mean", "SD"]
    numbers = pd.DataFrame([row for row in rows if row], columns=columns)
    groups = {
        column.name: table
        for column in schema.columns
        if (labels := _labels(frame[column.name], column)) is not None
        and len(table := counted(labels, who, least=least))
    }
    return Description(
        name=schema.name, rows=len(frame), people=people, numbers=numbers, groups=groups
    )


def _numbers(
    values: pd.Series, column: Column, who: pd.Series, least: int
) -> tuple[str, ...] | None:
    known = values.dropna()
    if column.kind != "number":
        return None
    if who[known.index].nunique() < least:
        hidden = f"fewer than {least} people"
        return (column.name, column.unit, hidden, "", "")
    mean, sd = float(known.mean()), float(known.std())
    return (
        column.name,
        column.unit,
        _share(len(known), len(values)),
        f"{mean:,.3g}" if abs(mean) < 100 else f"{mean:,.0f}",
        f"{sd:,.2g}" if sd < 100 else f"{sd:,.0f}",
    )


def _share(part: int, whole: int) -> str:
    """Say how many, without telling how few are missing."""
    return "all" if part == whole else f"{part / whole:.0%}"


def _labels(values: pd.Series, column: Column) -> pd.Series | None:
    """Return what a column is counted by; None: its mean says enough, or it names."""
    if column.kind in {"choice", "text", "yes/no"}:
        return values.astype("str")
    if column.kind in {"date", "time"}:
        years: pd.Series = values.dt.year.astype("Int64")
        return years.astype("str")
    if column.is_scale and column.whole and (values.dropna() % 1 == 0).all():
        return values.astype("Int64").astype("str")
    return None


def counted(labels: pd.Series, who: pd.Series, *, least: int = LEAST) -> pd.DataFrame:
    """Count rows by group; small groups become one that is large enough, or nothing.

    Parameters
    ----------
    labels
        Group of each row; blanks are not counted.
    who
        The person of each row.
    least
        Smallest group told, in people.

    Returns
    -------
    DataFrame
        group, rows, share; the largest first, but scores and years in their order.
    """
    known = labels.notna()
    labels, who = labels[known], who[known]
    people = who.groupby(labels).nunique().sort_values()
    kept = set(_large_enough(labels, who, people, least))
    told = labels.where(labels.isin(kept), OTHERS)
    if who[told == OTHERS].nunique() < least:
        told = told[told != OTHERS]
    rows = told.value_counts()
    if all(_is_number(group) for group in rows.index.drop(OTHERS, errors="ignore")):
        rows = rows.sort_index(key=lambda index: index.map(_in_order))
    shares = [f"{n / len(told):.0%}" for n in rows]
    return pd.DataFrame({"group": rows.index, "rows": rows.to_numpy(), "share": shares})


def _large_enough(
    labels: pd.Series, who: pd.Series, people: pd.Series, least: int
) -> Iterator[str]:
    """Give the groups that are told; the small ones take others in to be five."""
    pooled = list(people.index[people < least])
    pooled += list(people.index.drop(pooled)[: max(0, len(people) - _MOST)])
    rest = [group for group in people.index if group not in pooled]
    while pooled and rest and who[labels.isin(pooled)].nunique() < least:
        pooled.append(rest.pop(0))
    yield from rest


def _is_number(group: str) -> bool:
    return group.lstrip("-").isdigit()


def _in_order(group: str) -> float:
    return float(group) if _is_number(group) else float("inf")


def _few(count: int) -> str:
    return f"{count:,}" if count >= LEAST else f"fewer than {LEAST}"


def _text(table: pd.DataFrame) -> str:
    widths = [max(map(len, [name, *map(str, table[name])])) for name in table.columns]
    rows = [list(table.columns), *table.astype(str).to_numpy().tolist()]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join(f"  {line}".rstrip() for line in lines)
