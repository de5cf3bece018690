"""What could be remembered of an episode: its worst moment, its end, mean and length.

An episode is a row of moments, each with an annoyance from 0 none to 10 worst. The
peak-end rule says that memory keeps the mean of the worst and the last moment, and that
it does not matter how long it took.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEATURES = ("peak", "end", "mean", "duration")


def features(moments: Iterable[Sequence[float] | Floats]) -> pd.DataFrame:
    """Return what could be remembered of each episode.

    Parameters
    ----------
    moments
        One row per episode, annoyance of each moment, 0 none .. 10 worst.

    Returns
    -------
    DataFrame
        peak, end, mean (points), duration (moments), and peak_end, the mean of peak
        and end.

    Examples
    --------
    Two calls with the same moments; the second ends with its best one:

    >>> calls = features([[2, 4, 9], [4, 9, 2]])
    >>> calls["mean"].tolist(), calls["peak_end"].tolist()
    ([5.0, 5.0], [9.0, 5.5])
    """
    rows = [np.asarray(row, dtype=float) for row in moments]
    if not rows or not all(len(row) and np.isfinite(row).all() for row in rows):
        raise ValueError(
            f"{len(rows)} episodes, some of them empty or with a missing moment: give "
            "each at least one moment, and leave out episodes that were not rated."
        )
    length = max(map(len, rows))
    padded = np.full((len(rows), length), np.nan)
    for k, row in enumerate(rows):
        padded[k, : len(row)] = row
    return from_padded(padded)


def from_padded(padded: ArrayLike) -> pd.DataFrame:
    """Return what `features` does, from a block with NaN after the end of each row."""
    block = np.asarray(padded, dtype=float)
    length = np.isfinite(block).sum(axis=1)
    table = pd.DataFrame(
        {
            "peak": np.nanmax(block, axis=1),
            "end": block[np.arange(len(block)), length - 1],
            "mean": np.nanmean(block, axis=1),
            "duration": length.astype(float),
        }
    )
    return table.assign(peak_end=(table["peak"] + table["end"]) / 2)


def design(
    *,
    peaks: Sequence[float] = (7.0, 9.0),
    ends: Sequence[float] = (1.0, 5.0),
    means: Sequence[float] = (4.0, 6.0),
    durations: Sequence[int] = (6, 12),
) -> list[Floats]:
    """Compose episodes in which peak, end, mean and length have nothing to do together.

    Every peak meets every end, every mean and every length. The worst moment comes
    second, and the moments between are alike and make the mean come out.

    Raises
    ------
    ValueError
        If some mean cannot be had with some peak and end.

    Examples
    --------
    >>> first = design()[0]
    >>> first.tolist(), float(first.mean())
    ([4.0, 7.0, 4.0, 4.0, 4.0, 1.0], 4.0)
    """
    episodes = []
    for peak in peaks:
        for end in ends:
            for mean in means:
                for duration in durations:
                    fill = (mean * duration - peak - end) / (duration - 2)
                    if not 0 <= fill <= peak or end > peak:
                        raise ValueError(
                            f"peak {peak}, end {end} and mean {mean} in {duration} "
                            f"moments need {fill:.2f} in between, which is not from 0 "
                            "to the peak. Move the mean or the length."
                        )
                    row = np.full(duration, fill)
                    row[1], row[-1] = peak, end
                    episodes.append(row)
    return episodes
