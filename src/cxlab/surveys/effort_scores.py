"""Which way does the effort score run? Found out before it is averaged.

The commonest fault in a table of customer effort is a reversed scale: in version 1.0
of the customer effort score a high number is bad, in version 2.0 it is good. Two
departments, two versions, one spreadsheet, and the best contacts look like the worst.
So a version is always stated; and where satisfaction was asked too, a scale that runs
the wrong way is found out and refused rather than turned round in silence.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy
from cxlab.surveys.scales import SCALES, scale_named

CES_VERSIONS = ("1.0", "2.0")


class ReversedScale(ValueError):
    """The answers run against the direction that was stated for them."""


def ces(
    answers: ArrayLike,
    *,
    ces_version: str | None = None,
    satisfaction: ArrayLike | None = None,
) -> pd.Series:
    """Return answers about effort, checked against the version that was asked.

    Parameters
    ----------
    answers : array_like
        One per customer; missing where not answered.
    ces_version : str
        "1.0" (effort, 1 to 5, 1 is good) or "2.0" (ease, 1 to 7, 7 is good).
        Never guessed: the answers 1 to 5 are possible in both.
    satisfaction : array_like
        What the same customers said of their satisfaction, high is good. With it a
        reversed scale is found out.

    Returns
    -------
    Series
        The answers as numbers; nothing is turned round.

    Raises
    ------
    OffTheScale, ReversedScale
        If an answer is not on the scale, or the answers run the wrong way.

    Examples
    --------
    >>> ces([1, 2, 5])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: ces_version=None: it must be '1.0' or '2.0', and it is not guessed...
    """
    if ces_version not in CES_VERSIONS:
        known = "; ".join(
            f"{version!r}: {SCALES[f'ces {version}'].question!r} "
            f"({SCALES[f'ces {version}'].says})"
            for version in CES_VERSIONS
        )
        raise ValueError(
            f"ces_version={ces_version!r}: it must be '1.0' or '2.0', and it is not "
            f"guessed from the answers. Read the questionnaire. {known}."
        )
    scale = scale_named(f"ces {ces_version}")
    checked = scale.check(answers)
    if satisfaction is not None:
        found = direction(checked, satisfaction, scale=scale.name)
        if found.verdict == "reversed":
            raise ReversedScale(
                f"stated as {scale.name} ({scale.says}), but {found} So satisfied "
                "customers gave the bad answers. Another version was asked, or the "
                "column was turned round on its way: find out which, and correct it "
                "at its source."
            )
    return checked


@dataclass(frozen=True, kw_only=True)
class Direction:
    """Whether answers rise or fall with satisfaction, and what was to be expected."""

    scale: str
    correlation: float
    low: float
    high: float
    level: float
    n: int
    high_is_good: bool

    @property
    def verdict(self) -> str:
        """Give "as stated", "reversed", or "cannot tell" if both are possible."""
        if self.low <= 0 <= self.high:
            return "cannot tell"
        rises = self.low > 0
        return "as stated" if rises == self.high_is_good else "reversed"

    def __str__(self) -> str:
        """Say it in one sentence."""
        return (
            f"the correlation with satisfaction is {self.correlation:+.2f} "
            f"({100 * self.level:g}% interval {self.low:+.2f} to {self.high:+.2f}, "
            f"n = {self.n}): {self.verdict}."
        )

    def summary(self) -> pd.DataFrame:
        """Return the correlation as one row of the tidy table."""
        return tidy(
            [
                Estimate(
                    quantity=f"{self.scale} with satisfaction",
                    estimate=self.correlation,
                    low=self.low,
                    high=self.high,
                    level=self.level,
                    n=self.n,
                    unit="correlation",
                )
            ]
        )


def direction(
    answers: ArrayLike, satisfaction: ArrayLike, *, scale: str, level: float = 0.999
) -> Direction:
    """Tell whether answers run the way their scale says, by asking satisfaction.

    Parameters
    ----------
    answers, satisfaction : array_like, same length
        What the same customers said; satisfaction with high as good.
    scale : str
        Name of the scale of ``answers``.
    level : float
        How sure one must be before a column is called reversed.

    Notes
    -----
    Pearson's correlation with Fisher's interval: tanh(atanh r +- z / sqrt(n - 3)).
    """
    stated = scale_named(scale)
    first = stated.check(answers)
    second = pd.to_numeric(pd.Series(np.asarray(satisfaction)), errors="raise")
    if len(first) != len(second):
        raise ValueError(
            f"{len(first)} answers and {len(second)} of satisfaction: give both for "
            "the same customers, in the same order."
        )
    both = pd.DataFrame({"answer": first, "satisfaction": second}).dropna()
    n = len(both)
    spread = both.nunique()
    if n < 4 or spread.min() < 2:
        return Direction(
            scale=scale,
            correlation=0.0,
            low=-1.0,
            high=1.0,
            level=level,
            n=n,
            high_is_good=stated.high_is_good,
        )
    r = float(np.corrcoef(both["answer"], both["satisfaction"])[0, 1])
    reach = z_value(level) / np.sqrt(n - 3)
    # just inside 1: identical columns have no finite atanh
    middle = np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12))
    return Direction(
        scale=scale,
        correlation=r,
        low=float(np.tanh(middle - reach)),
        high=float(np.tanh(middle + reach)),
        level=level,
        n=n,
        high_is_good=stated.high_is_good,
    )
