"""What must hold of the values: pandera checks all of it, and tells all that does not.

Each rule is a check of one column; what holds between columns is a column of its own,
made for the check: days from joined to left, the key, profit less its parts.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxlab.tables.options import Options
from cxlab.tables.reading import Reading
from cxlab.tables.schema import FIRST_DAY, LAST_DAY, Column, Schema

_CENT = 0.011  # two roundings of half a cent each, and a bit for arithmetic


def pandera_schema(
    schema: Schema,
    options: Options | None = None,
    *,
    names: Sequence[str] | None = None,
    settled: bool = False,
) -> Any:
    """Return the schema that pandera checks, rules as the texts of its errors.

    It asks for the columns in which something between columns is checked, too, which
    ``with_extra`` adds.

    Parameters
    ----------
    schema
        What the table must be.
    options
        What was said about the file: its scales may have other ends.
    names
        The columns that it has; None: all.
    settled
        Scales may have been stretched, so that their points are not whole.
    """
    import pandera.pandas as pa

    options = options or Options()
    names = schema.names if names is None else names
    columns = {
        c.name: _column(c, options, settled=settled)
        for c in schema.columns
        if c.name in names
    }
    columns |= {
        name: pa.Column(checks=check, nullable=True)
        for name, check in _extra(schema, names)
    }
    return pa.DataFrameSchema(columns, name=schema.name)


def _column(column: Column, options: Options, *, settled: bool) -> Any:
    import pandera.pandas as pa

    checks = []
    low, high = options.ends(column)
    if column.kind == "choice":
        checks.append(pa.Check.isin(column.choices, error=f"must be {column.rule}"))
    if column.kind == "number":
        if low is not None or high is not None:
            rule = f"must be {column.rule}"
            if (low, high) != (column.low, column.high):
                rule = f"must be a number from {low:g} to {high:g}, as --scale says"
            bounds = (-np.inf if low is None else low, np.inf if high is None else high)
            checks.append(pa.Check.in_range(*bounds, error=rule))
        if column.whole and not (settled and column.is_scale):
            checks.append(pa.Check(_whole, error=f"must be {column.rule}"))
    if column.kind in {"date", "time"}:
        first, last = pd.Timestamp(FIRST_DAY), pd.Timestamp(LAST_DAY)
        rule = f"must be {column.rule}, between {FIRST_DAY} and {LAST_DAY}"
        checks.append(pa.Check.in_range(first, last, error=rule))
        if column.first_days:
            checks.append(pa.Check(_first_day, error=f"must be {column.rule}"))
    return pa.Column(checks=checks, nullable=column.optional)


def _first_day(days: pd.Series) -> pd.Series:
    first: pd.Series = days.dt.day == 1
    return first | days.isna()


def _whole(numbers: pd.Series) -> pd.Series:
    return numbers.mod(1) == 0


def _extra(schema: Schema, names: Sequence[str]) -> list[tuple[str, Any]]:
    """Return the checks of what holds between columns, by the name of their column."""
    import pandera.pandas as pa

    extra = []
    if set(schema.key) <= set(names):
        rule = f"{' and '.join(schema.key)} must be unique"
        extra.append((_key(schema), pa.Check(_once, error=rule)))
    for first, last in schema.orders:
        if {first, last} <= set(names):
            rule = f"{last} must not lie before {first}"
            extra.append((f"{last} - {first}", pa.Check.ge(0, error=rule)))
    for total, plus, minus in schema.sums:
        if {total, plus, minus} <= set(names):
            rule = f"must be {plus} less {minus}"
            extra.append((f"{total} =", pa.Check.le(_CENT, error=rule)))
    return [(name, check) for name, check in extra]


def _key(schema: Schema) -> str:
    return "+".join(schema.key) + " (key)"


def _once(values: pd.Series) -> pd.Series:
    return ~values.duplicated()


def with_extra(frame: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """Add the columns in which something between columns is checked."""
    made: dict[str, pd.Series] = {}
    names = set(frame.columns)
    if set(schema.key) <= names:
        key = frame[schema.key[0]]
        for name in schema.key[1:]:
            key = key.astype("str") + " " + frame[name].astype("str")
        made[_key(schema)] = key
    for first, last in schema.orders:
        if {first, last} <= names:
            days = (frame[last] - frame[first]).dt.days
            made[f"{last} - {first}"] = days.astype("float64")
    for total, plus, minus in schema.sums:
        if {total, plus, minus} <= names:
            made[f"{total} ="] = (frame[total] - (frame[plus] - frame[minus])).abs()
    return frame.assign(**made)


def check_rules(frame: pd.DataFrame, reading: Reading) -> None:
    """Hold a table to all its rules, and note every cell that breaks one."""
    import pandera.pandas as pa

    schema = reading.schema
    full = with_extra(frame, schema)
    settled = reading.raw.settled
    rules = pandera_schema(
        schema, reading.options, names=list(frame.columns), settled=settled
    )
    try:
        rules.validate(full, lazy=True, inplace=True)
    except pa.errors.SchemaErrors as errors:
        _note(errors.failure_cases, full, reading)


def _note(cases: pd.DataFrame, full: pd.DataFrame, reading: Reading) -> None:
    grouped = cases.groupby(["column", "check"], sort=False, observed=True)
    for (name, rule), group in grouped:
        places = np.unique(group["index"].to_numpy(dtype=np.intp))
        shown, said = _as_told(str(name), str(rule), reading.schema)
        if said == "not_nullable":
            said = f"must not be blank: {reading.schema[shown].rule}"
        if shown != name and said.endswith("unique"):
            _note_doubled(places, full[name], shown, said, reading)
        else:
            reading.note(shown, places, said)


def _as_told(name: str, rule: str, schema: Schema) -> tuple[str, str]:
    """Return the column that a message names, and its rule."""
    if name == _key(schema):
        return schema.key[0], rule
    for first, last in schema.orders:
        if name == f"{last} - {first}":
            return last, rule
    for total, _, _ in schema.sums:
        if name == f"{total} =":
            return total, rule
    return name, rule


def _note_doubled(
    places: np.ndarray, keys: pd.Series, shown: str, said: str, reading: Reading
) -> None:
    filled = reading.columns[reading.schema.key[0]].notna().to_numpy()
    places = places[filled[places]]
    firsts: dict[str, int] = {}
    for place in places[: reading.findings.limit]:
        key = keys.iloc[place]
        firsts[key] = int(np.argmax((keys == key).to_numpy()))

    def rule(place: int) -> str:
        first = reading.raw.row(firsts[keys.iloc[place]])
        return f"{said}, and row {first:,} has the same"

    reading.note(shown, places, rule)
