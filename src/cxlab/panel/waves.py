"""From one row a branch and wave to one block of numbers: branches, waves, two scores.

Every branch must have every wave once. A branch that was closed, merged or not asked is
for the caller to leave out, and to say so: those that last are seldom like the rest.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def waves_of(
    table: pd.DataFrame,
    *,
    scores: tuple[str, str] = ("staff", "customers"),
    unit: str = "branch",
    wave: str = "wave",
) -> Floats:
    """Lay a panel out by branch and wave.

    Parameters
    ----------
    table : DataFrame
        One row per branch and wave, in any order.
    scores : tuple of str
        The two columns, points.
    unit, wave : str
        Columns that name the branch and the wave.

    Returns
    -------
    ndarray, shape (branches, waves, 2)

    Raises
    ------
    ValueError
        If a column is missing, a branch lacks a wave or has it twice, or a score is
        missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"branch": ["A", "A", "B", "B"], "wave": [1, 2, 1, 2],
    ...                      "staff": [6, 7, 8, 8], "customers": [5, 6, 9, 8]})
    >>> waves_of(rows)[:, :, 0].tolist()
    [[6.0, 7.0], [8.0, 8.0]]
    """
    needed = [unit, wave, *scores]
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise ValueError(
            f"the table has no column {', '.join(missing)}; it has "
            f"{', '.join(map(str, table.columns))}. Name the columns by scores=, unit= "
            "and wave=."
        )
    n_units, n_waves = table[unit].nunique(), table[wave].nunique()
    twice = table.duplicated([unit, wave])
    if twice.any():
        row = table.loc[twice].iloc[0]
        raise ValueError(
            f"{unit} {row[unit]} stands twice in {wave} {row[wave]}. Average such rows "
            "first, or find out which one is right."
        )
    if len(table) != n_units * n_waves:
        counts = table[unit].value_counts()
        short = counts.index[counts < n_waves][0]
        raise ValueError(
            f"{unit} {short} has {counts[short]} of {n_waves} waves. Every branch "
            "needs every wave: leave such branches out, and say how many."
        )
    ordered = table.sort_values([unit, wave])[list(scores)].to_numpy(dtype=float)
    if not np.isfinite(ordered).all():
        raise ValueError(
            f"{int((~np.isfinite(ordered)).sum())} scores are missing. Leave branches "
            "without a score out, and say how many."
        )
    return ordered.reshape(n_units, n_waves, 2)
