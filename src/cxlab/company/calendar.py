"""The company's calendar: months of real length, and seconds since its first day."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Seconds = NDArray[np.int64]

FIRST = np.datetime64("2024-01-01", "s")
DAY = 86_400  # seconds


def month_starts(months: int) -> Seconds:
    """Return when each month starts, and when the last one ends, seconds."""
    first = FIRST.astype("datetime64[M]")
    starts = (first + np.arange(months + 1)).astype("datetime64[s]")
    return np.asarray((starts - FIRST).astype(np.int64))


def when(chance: Floats, first: Seconds | int, last: Seconds | int) -> Seconds:
    """Turn numbers between 0 and 1 into whole seconds from first to before last."""
    span = np.asarray(last) - np.asarray(first)
    return np.asarray(first + np.floor(chance * span).astype(np.int64))


def dates(seconds: NDArray[np.integer]) -> NDArray[np.datetime64]:
    """Return seconds since the first day as moments."""
    return np.asarray(FIRST + seconds.astype("timedelta64[s]"))


def days(seconds: NDArray[np.integer]) -> NDArray[np.datetime64]:
    """Return the days on which these seconds fall, as moments at midnight."""
    return dates(np.floor_divide(seconds, DAY) * DAY)
