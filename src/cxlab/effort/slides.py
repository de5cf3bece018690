"""What a slide with two bars needs, and what to ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.latent import Link, implied_link
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

CUT_OFFS = (1 / 3, 0.25, 0.2, 0.15, 0.1, 0.075, 0.05)
QUESTIONS = MappingProxyType(
    {
        "cut-offs": "Where does each group begin and end?",
        "counts": "How many customers stand behind each bar?",
        "middle": "What did everybody else say?",
        "base": "How many is that of all customers?",
        "acts": "What did they do afterwards?",
    }
)


@dataclass(frozen=True, kw_only=True)
class NeededLinks:
    """The links that one slide needs, one for each cut-off it might have used."""

    links: tuple[Link, ...]  # largest groups first

    @property
    def correlations(self) -> Floats:
        """Latent correlation, one for each cut-off."""
        return np.array([link.correlation for link in self.links])

    @property
    def share_extremes(self) -> Floats:
        """Share of customers in each extreme group, one for each cut-off."""
        return np.array([link.share_extreme for link in self.links])

    @property
    def spread(self) -> float:
        """How far the needed correlations lie apart."""
        return float(np.ptp(self.correlations))

    def __str__(self) -> str:
        """Say the links in one sentence."""
        strong, weak = self.correlations.max(), self.correlations.min()
        return (
            f"Depending on the cut-off, {self.links[0].low:.0%} against "
            f"{self.links[0].high:.0%} needs a latent correlation from {weak:.2f} to "
            f"{strong:.2f}."
        )

    def describe(self) -> str:
        """Say what a picture of the links shows."""
        parts = ", ".join(
            f"{link.correlation:.2f} at {link.share_extreme:.1%}" for link in self.links
        )
        return (
            "Line with square marks: the latent correlation a slide needs, by the "
            f"share of customers in each of its two groups: {parts}."
        )

    def summary(self) -> pd.DataFrame:
        """Return one row per cut-off."""
        return tidy(
            Estimate(
                quantity=f"latent correlation, ends of {link.share_extreme:.1%}",
                estimate=link.correlation,
            )
            for link in self.links
        )


def needed_links(
    low: float, high: float, *, share_extremes: Sequence[float] = CUT_OFFS
) -> NeededLinks:
    """Find the link one slide needs, for each cut-off it might have used.

    Parameters
    ----------
    low, high : float
        The two bars, shares 0-1.
    share_extremes : sequence of float
        Shares of customers in each extreme group.

    Examples
    --------
    >>> found = needed_links(0.09, 0.96, share_extremes=[1 / 3, 0.2, 0.1, 0.05])
    >>> found.correlations.round(2)
    array([0.88, 0.78, 0.68, 0.61])
    """
    if not share_extremes:
        raise ValueError(
            "no cut-off was given. Give at least one share of customers, such as 0.2 "
            "for fifths."
        )
    ordered = sorted(share_extremes, reverse=True)
    return NeededLinks(
        links=tuple(implied_link(low, high, share_extreme=s) for s in ordered)
    )


def ask_of_a_slide(answers: Sequence[str] = ()) -> pd.DataFrame:
    """Return the five things to ask of a slide with two bars, as a sheet to fill in.

    Parameters
    ----------
    answers : sequence of str
        What the slide, or whoever made it, says: none for an empty sheet, or five, in
        the order of ``QUESTIONS``.

    Examples
    --------
    >>> sheet = ask_of_a_slide()
    >>> list(sheet.index), list(sheet.columns)
    (['cut-offs', 'counts', 'middle', 'base', 'acts'], ['question', 'answer'])
    """
    if answers and len(answers) != len(QUESTIONS):
        raise ValueError(
            f"{len(answers)} answers to {len(QUESTIONS)} questions "
            f"({', '.join(QUESTIONS)}). Give one for each, '' where nobody knows."
        )
    return pd.DataFrame(
        {
            "question": list(QUESTIONS.values()),
            "answer": list(answers) or [""] * len(QUESTIONS),
        },
        index=pd.Index(list(QUESTIONS), name="ask for"),
    )
