"""How much of a memory each part of an episode makes: weights, beside correlations.

A correlation asks what goes together; parts of an episode all go together, so all of
them correlate with the memory. A weight asks what one part does while the others stay.
It can only be found where they have been moved apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What one point of each part adds while the others stay, with its correlation."""

    of: Mapping[str, Estimate]
    correlations: Mapping[str, float]
    name: str = ""  # which episodes

    def __getitem__(self, part: str) -> Estimate:
        """Return the weight of a part."""
        return self.of[part]

    def summary(self) -> pd.DataFrame:
        """Return the weights as the tidy table."""
        return tidy(self.of.values())

    def __str__(self) -> str:
        """Say the weights."""
        said = ", ".join(f"{part} {one.estimate:.2f}" for part, one in self.of.items())
        return f"Weights: {said}."

    def describe(self) -> str:
        """Say what a picture of the weights shows."""
        name = f" ({self.name})" if self.name else ""
        return f"The weight of each part with its 95% interval{name}. {self}"


def weights(
    table: pd.DataFrame,
    *,
    of: str,
    on: Sequence[str],
    name: str = "",
    level: float = 0.95,
) -> Weights:
    """Find what each part adds while the others stay, by least squares.

    Parameters
    ----------
    table : DataFrame
        One row per episode or customer.
    of
        Column that is to be explained, such as the memory.
    on
        Columns that may explain it.
    name
        Which episodes these are, for pictures.

    Raises
    ------
    ValueError
        If there are too few rows, or one column can be computed from the others.

    Examples
    --------
    >>> calls = pd.DataFrame({"peak": [8, 8, 6, 6], "end": [7, 1, 7, 1],
    ...                       "memory": [7.5, 4.5, 6.5, 3.5]})
    >>> print(weights(calls, of="memory", on=["peak", "end"]))
    Weights: peak 0.50, end 0.50.
    """
    columns = list(on)
    y = table[of].to_numpy(dtype=float)
    parts = table[columns].to_numpy(dtype=float)
    x = np.column_stack([np.ones(len(y)), parts])
    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        raise ValueError(
            f"{n} rows cannot tell {', '.join(columns)} apart: there are too few, or "
            "one can be computed from the others. Leave one out, or add episodes in "
            "which they differ."
        )
    values = np.linalg.lstsq(x, y, rcond=None)[0]
    left = y - x @ values
    spread = np.linalg.inv(x.T @ x) * (left @ left) / (n - k)
    reach = float(stdtrit(n - k, (1 + level) / 2)) * np.sqrt(np.diag(spread))
    found = {
        part: Estimate(
            quantity=part,
            estimate=float(values[i]),
            low=float(values[i] - reach[i]),
            high=float(values[i] + reach[i]),
            level=level,
            n=n,
            unit="points per point",
        )
        for i, part in enumerate(columns, start=1)
    }
    around = {
        part: float(np.corrcoef(parts[:, i], y)[0, 1]) for i, part in enumerate(columns)
    }
    return Weights(of=found, correlations=around, name=name)
