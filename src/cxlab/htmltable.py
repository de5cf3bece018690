"""A table as a reader wants it: a caption, scoped header cells, aligned numbers.

pandas writes empty header cells, which a screen reader announces as nothing.
"""

import html
import math
from collections.abc import Mapping

import pandas as pd


def table_html(
    table: pd.DataFrame,
    *,
    caption: str,
    formats: Mapping[str, str] | None = None,
) -> str:
    """Write a table as clean html: a caption, scoped header cells, aligned numbers."""
    formats = formats or {}
    named_index = table.index.name is not None
    whole = table.reset_index() if named_index else table
    head = "".join(_head(str(name), values) for name, values in whole.items())
    rows = []
    for values in whole.itertuples(index=False, name=None):
        cells = [
            _cell(value, formats.get(str(column)), first=position == 0)
            for position, (column, value) in enumerate(
                zip(whole.columns, values, strict=True)
            )
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<table class="cx-table"><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _head(name: str, values: pd.Series) -> str:
    """Write the head of a column; it stands over its numbers, not beside them."""
    types = pd.api.types
    number = types.is_numeric_dtype(values) and not types.is_bool_dtype(values)
    kind = ' class="cx-number"' if number else ""
    return f'<th scope="col"{kind}>{html.escape(name)}</th>'


def _cell(value: object, template: str | None, *, first: bool) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if isinstance(value, float) and math.isnan(value):
        text = ""
    elif template is not None:
        text = template.format(value)
    else:
        text = f"{value:.2f}" if isinstance(value, float) else str(value)
    kind = ' class="cx-number"' if number else ""
    if first:
        return f'<th scope="row"{kind}>{html.escape(text)}</th>'
    return f"<td{kind}>{html.escape(text)}</td>"
