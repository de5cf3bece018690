"""What may leave: no group of fewer than five, and no cell that acts as a formula."""

import re
from collections.abc import Hashable, Sequence

import pandas as pd

LEAST = 5  # people; a smaller group is not printed
# ASCII and full-width signs that spreadsheets take for the start of a formula, and
# the blanks that they skip before one
FORMULA = "^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|^[\\t\\r\\n]"
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)?|[.,]\d+)([eE][+-]?\d+)?")
_FORMULA = re.compile(FORMULA)


def withheld(
    frame: pd.DataFrame,
    *,
    count: str = "n",
    least: int = LEAST,
    keys: Sequence[str] = (),
) -> pd.DataFrame:
    """Blank what is said of groups so small that it may be said of a person.

    Parameters
    ----------
    frame
        One row per group.
    count
        The column with the number of people in each group.
    least
        Smallest group whose values may be shown.
    keys
        Columns of numbers or dates that name the group and stay; text always stays.

    Returns
    -------
    DataFrame
        A copy. In small groups the count reads "fewer than 5", every other number,
        yes/no and date is blank.

    Examples
    --------
    >>> table = pd.DataFrame({"channel": ["web", "chat"], "n": [80, 3],
    ...                       "effort": [2.5, 6.7]})
    >>> withheld(table)
      channel             n  effort
    0     web            80     2.5
    1    chat  fewer than 5     NaN
    """
    if count not in frame:
        raise ValueError(
            f"There is no column {count!r} with the people of each group; there are "
            f"{', '.join(map(str, frame.columns))}. Name it: count=..."
        )
    small = ~(frame[count] >= least)  # a group of unknown size is a small one
    shown = frame.copy()
    shown[count] = frame[count].astype(object).mask(small, f"fewer than {least}")
    for name in frame.columns.difference([count, *keys]):
        if not _is_text(frame[name]):
            shown[name] = _blanked(frame[name], small)
    return shown


def _blanked(column: pd.Series, small: pd.Series) -> pd.Series:
    if column.dtype == bool:
        column = column.astype("boolean")
    return column.mask(small)


def _is_text(column: pd.Series) -> bool:
    kinds = (pd.CategoricalDtype, pd.StringDtype)
    return isinstance(column.dtype, kinds) or column.dtype == object


def neutralised(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table so that no spreadsheet takes a cell of it for a formula.

    Text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end gets an
    apostrophe before it, in cells, row labels and headers; numbers stay numbers.

    Examples
    --------
    >>> neutralised(pd.DataFrame({"issue": ["bill", "=1+1"], "change": [-1.5, 2.0]}))
       issue  change
    0   bill    -1.5
    1  '=1+1     2.0
    """
    safe = frame.copy()
    for place, dtype in enumerate(frame.dtypes):
        if isinstance(dtype, pd.CategoricalDtype):
            column = frame.iloc[:, place].astype(object)
        elif isinstance(dtype, pd.StringDtype) or dtype.kind == "O":
            column = frame.iloc[:, place]
        else:
            continue
        safe.isetitem(place, column.map(_safe, na_action="ignore").array)
    safe.columns = _labels(frame.columns)
    safe.index = _labels(frame.index)
    return safe


def _labels(labels: pd.Index) -> pd.Index:
    safe: pd.Index = labels
    if isinstance(labels, pd.MultiIndex):
        safe = pd.MultiIndex.from_tuples(
            [tuple(map(_safe, label)) for label in labels], names=labels.names
        )
    elif not pd.api.types.is_numeric_dtype(labels):
        safe = labels.map(_safe)
    return safe.set_names([_safe(name) for name in labels.names])


def _safe(cell: Hashable) -> Hashable:
    if not isinstance(cell, str) or not _FORMULA.match(cell):
        return cell
    return cell if _NUMBER.fullmatch(cell) else f"'{cell}"
