"""A scale says which answers there are and which end is good; it is never guessed.

The same 9 is a promoter on a question answered from 0 to 10 and something else on one
answered from 1 to 10. So every answer is checked against the scale that was stated
for it, and what does not lie on it is refused by name.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


class OffTheScale(ValueError):
    """An answer is not on the scale that was stated for it."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One question that customers answer with a whole number."""

    name: str
    question: str
    lowest: int
    highest: int
    lowest_means: str
    highest_means: str
    high_is_good: bool

    @property
    def says(self) -> str:
        """Both ends and the good one, as an axis should say it."""
        good = self.highest if self.high_is_good else self.lowest
        return (
            f"{self.lowest} {self.lowest_means} to {self.highest} "
            f"{self.highest_means}; {good} is good"
        )

    @property
    def points(self) -> range:
        """Every answer that can be given, from the lowest."""
        return range(self.lowest, self.highest + 1)

    def best(self, box: int) -> tuple[int, ...]:
        """Return the ``box`` best answers, best first.

        Examples
        --------
        >>> scale_named("ces 1.0").best(2), scale_named("ces 2.0").best(3)
        ((1, 2), (7, 6, 5))
        """
        if not 1 <= box < len(self.points):
            raise ValueError(
                f"box={box}: {self.name} has {len(self.points)} answers, so a box "
                f"holds 1 to {len(self.points) - 1} of them."
            )
        ordered = sorted(self.points, reverse=self.high_is_good)
        return tuple(ordered[:box])

    def check(self, answers: ArrayLike) -> pd.Series:
        """Return the answers as numbers; what was not answered stays missing.

        Raises
        ------
        OffTheScale
            If an answer is no whole number of the scale; the first one is named.

        Examples
        --------
        >>> scale_named("ces 1.0").check([1, 5, 7])  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        cxlab.surveys.scales.OffTheScale: 7 at position 3 is not on ces 1.0 ...
        """
        given = pd.Series(np.asarray(answers, dtype=object)).reset_index(drop=True)
        if given.empty:
            raise ValueError(
                f"no answers at all were given for {self.name}. Give one per customer; "
                "leave those who did not answer missing."
            )
        numbers = pd.to_numeric(given, errors="coerce").astype(float)
        unread = numbers.isna() & given.notna()
        off = unread | (numbers.notna() & ~numbers.isin(list(self.points)))
        if off.any():
            first = int(off.to_numpy().argmax())
            raise OffTheScale(
                f"{given[first]!r} at position {first + 1} is not on {self.name} "
                f"({self.says}); {off.sum()} of {len(given)} answers are not. Look up "
                "which question was asked, and state its scale."
            )
        return numbers


SCALES = MappingProxyType(
    {
        scale.name: scale
        for scale in (
            Scale(
                name="ces 1.0",
                question="How much effort did you personally have to put forth to "
                "handle your request?",
                lowest=1,
                highest=5,
                lowest_means="very low effort",
                highest_means="very high effort",
                high_is_good=False,
            ),
            Scale(
                name="ces 2.0",
                question="The company made it easy for me to handle my issue.",
                lowest=1,
                highest=7,
                lowest_means="strongly disagree",
                highest_means="strongly agree",
                high_is_good=True,
            ),
            Scale(
                name="csat",
                question="How satisfied were you?",
                lowest=1,
                highest=5,
                lowest_means="very dissatisfied",
                highest_means="very satisfied",
                high_is_good=True,
            ),
            Scale(
                name="nps",
                question="How likely are you to recommend us to a friend?",
                lowest=0,
                highest=10,
                lowest_means="not at all likely",
                highest_means="extremely likely",
                high_is_good=True,
            ),
            Scale(
                name="mobi",
                question="A question of the European Customer Satisfaction Index.",
                lowest=1,
                highest=10,
                lowest_means="low",
                highest_means="high",
                high_is_good=True,
            ),
        )
    }
)


def scale_named(name: str) -> Scale:
    """Return a scale by its name.

    Raises
    ------
    ValueError
        If there is no such scale; all of them are listed.
    """
    if name not in SCALES:
        listed = ", ".join(repr(known) for known in SCALES)
        raise ValueError(f"{name!r} is no scale known here. Choose one of: {listed}.")
    return SCALES[name]
