"""Does a bond soften a failure, or sharpen it? Ask those who had none as well.

Whoever answered high falls back the next time, with or without a failure. So a change
that falls with the first answer is no betrayal. What a failure adds to the fall is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

_NEEDS = ("failed", "before", "after")


@dataclass(frozen=True, kw_only=True)
class Tilt:
    """How the change of an answer leans on the first answer, with and without failure.

    A slope below zero: the higher the first answer, the deeper the fall.
    """

    failed: Estimate  # slope of the change among those with a failure
    others: Estimate  # the same among those without; nothing happened to them
    buffer: Estimate  # what a failure adds, per SD of the bond itself
    fifths: pd.DataFrame  # mean change by fifth of the first answer, both groups

    @property
    def called(self) -> str:
        """Softens, sharpens, or cannot tell: the interval against zero."""
        low, high = self.buffer.low or 0.0, self.buffer.high or 0.0
        return "softens" if low > 0 else "sharpens" if high < 0 else "cannot tell"

    def __str__(self) -> str:
        """Say both slopes and what is left in one sentence."""
        return (
            f"The change falls by {-self.failed.estimate:.2f} for each SD of the first "
            f"answer after a failure, and by {-self.others.estimate:.2f} without one; "
            f"the bond: {self.called}."
        )

    def describe(self) -> str:
        """Say what a picture of the changes shows."""
        return f"Mean change by fifth of the first answer, in two lines. {self}"

    def summary(self) -> pd.DataFrame:
        """Return the slopes and the buffer as the tidy table."""
        return tidy([self.failed, self.others, self.buffer])


def tilt_by_bond(table: pd.DataFrame, *, level: float = 0.95) -> Tilt:
    """Ask whether a failure hurts the attached more or less than the others.

    Parameters
    ----------
    table : DataFrame
        One row per customer: ``failed`` true or false, ``before`` and ``after``, two
        answers in points, high is good. Nobody may be missing.

    Notes
    -----
    Without a failure the second answer climbs by r for each point of the first, which
    is how far an answer can be relied on. After a failure it climbs by r (1 + b). The
    ratio of the two, less 1, is b: above 0 the bond softens, below 0 it sharpens.

    Examples
    --------
    Without a failure the second answer is the first. After one, the attached lose more.

    >>> table = pd.DataFrame({"failed": [False] * 4 + [True] * 4,
    ...                       "before": [1.0, 2, 3, 4] * 2,
    ...                       "after": [1.0, 2, 3, 4, 1, 1.5, 2, 2.5]})
    >>> found = tilt_by_bond(table)
    >>> round(found.failed.estimate, 6), round(found.buffer.estimate, 6)
    (-0.5, -0.5)
    """
    missing = [name for name in _NEEDS if name not in table]
    if missing:
        raise ValueError(f"The table lacks {missing}. It needs {', '.join(_NEEDS)}.")
    if table[["before", "after"]].isna().any(axis=None):
        raise ValueError(
            "Some answers are missing. Those who left are not missing by chance: "
            "count them in another way, or look where nobody leaves."
        )
    had = table["failed"].to_numpy(dtype=bool)
    lines = [_line(table[side], level=level) for side in (had, ~had)]
    (slope, error), (base, base_error) = lines
    if base <= 0:
        raise ValueError(
            f"Without a failure the second answer climbs by {base:.2f} per point of "
            "the first. Two answers that do not agree cannot tell who is attached."
        )
    ratio = slope / base
    reach = z_value(level) * np.hypot(error, ratio * base_error) / base
    return Tilt(
        failed=_change(lines[0], "change after a failure", int(had.sum()), level),
        others=_change(lines[1], "change without one", int((~had).sum()), level),
        buffer=Estimate(
            quantity="buffer",
            estimate=float(ratio - 1),
            low=float(ratio - 1 - reach),
            high=float(ratio - 1 + reach),
            level=level,
            n=len(table),
            unit="SD per SD of bond",
        ),
        fifths=_fifths(table, had),
    )


def compare_tilts(tilts: Mapping[str, Tilt]) -> pd.DataFrame:
    """Return the slopes of several worlds, and what the bond adds, one row a world.

    Returns
    -------
    DataFrame
        ``world``, the slope of the change ``after a failure`` and ``without one``, and
        ``the bond adds``, in words with its interval.
    """
    rows = [
        (name, tilt.failed.estimate, tilt.others.estimate, f"{tilt.buffer:.2f}")
        for name, tilt in tilts.items()
    ]
    names = ["world", "after a failure", "without one", "the bond adds"]
    return pd.DataFrame(rows, columns=names)


def _line(table: pd.DataFrame, *, level: float) -> tuple[float, float]:
    """Return the slope of the second answer on the first, and its standard error."""
    x, y = (table[name].to_numpy(dtype=float) for name in ("before", "after"))
    if len(x) < 3 or np.ptp(x) == 0:
        raise ValueError(
            f"{len(x)} customers in a group: a slope needs three, with different first "
            f"answers, to have an interval of level {level}."
        )
    deviation = x - x.mean()
    square = float(deviation @ deviation)
    slope = float(deviation @ y) / square
    rest = y - y.mean() - slope * deviation
    return slope, float(np.sqrt(rest @ rest / (len(x) - 2) / square))


def _change(line: tuple[float, float], quantity: str, n: int, level: float) -> Estimate:
    """Turn the slope of the second answer into the slope of the change."""
    slope, reach = line[0] - 1, z_value(level) * line[1]
    return Estimate(
        quantity=quantity,
        estimate=slope,
        low=slope - reach,
        high=slope + reach,
        level=level,
        n=n,
        unit="SD per SD of first answer",
    )


def _fifths(table: pd.DataFrame, had: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the mean change in each fifth of the first answer, group by group."""
    change = table["after"] - table["before"]
    fifth = pd.qcut(table["before"].rank(method="first"), 5, labels=False) + 1
    means = {
        name: change[side].groupby(fifth[side]).mean()
        for name, side in (("failed", had), ("others", ~had))
    }
    return pd.DataFrame(means).rename_axis("fifth").reset_index()
