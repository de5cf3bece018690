"""Two bars taken apart: what they need, whom they leave out, what to ask for.

A slide says "96% against 9%" and nothing else. From these two numbers follow, for each
cut-off that the slide might have used, how strong the link would be, how many customers
stand between the bars, and how many say so over all. They differ so much that the first
question is always the cut-off. The course's page for it computes the same in a browser.
"""

from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from cxlab.effort.slides import QUESTIONS
from cxlab.fourfold import TwoBars
from cxlab.latent import Link, implied_link
from cxlab.results import Estimate, tidy

CUTS = MappingProxyType({"thirds": 1 / 3, "fifths": 1 / 5, "tenths": 1 / 10})

# The fields stand for ``Autopsy.words``; the page of the site fills in the same ones.
SENTENCE = (
    "{high} against {low}: the odds are {odds_ratio} times as high; the link needed is "
    "{thirds_link} for thirds, {fifths_link} for fifths, {tenths_link} for tenths; if "
    "the bars are fifths, {fifths_between} of 100 customers stand between them, and "
    "{fifths_all} of 100 say so in all."
)
REASONS = MappingProxyType(
    {
        "cut-offs": "If they are thirds, the link is {thirds_link}; if tenths, "
        "{tenths_link}.",
        "middle": "If the bars are fifths, that is {fifths_between} of 100 customers, "
        "and none of them is on the slide.",
        "base": "If the bars are fifths, {fifths_all} of 100 say so. Do you see that "
        "many?",
    }
)


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One reading of a slide: each bar holds this share of all customers."""

    name: str  # of the cut-off, such as "fifths"
    link: Link  # what draws the two bars

    @property
    def between(self) -> float:
        """Share of all customers who are on neither bar, 0-1."""
        return 1 - 2 * self.link.share_extreme

    @property
    def yes_between(self) -> float:
        """Share that says so among those who are on neither bar, 0-1."""
        return float(self.link.shares[1:-1].mean())

    def summary(self) -> pd.DataFrame:
        """Return the reading as the tidy table."""
        rows = {
            "latent correlation": (self.link.correlation, ""),
            "customers between the bars": (self.between, "share"),
            "of them say so": (self.yes_between, "share"),
            "of all say so": (self.link.base, "share"),
        }
        return tidy(
            Estimate(quantity=f"{self.name}: {name}", estimate=number, unit=unit)
            for name, (number, unit) in rows.items()
        )


@dataclass(frozen=True, kw_only=True)
class Autopsy:
    """A slide with two bars, read with three cut-offs."""

    bars: TwoBars
    cuts: tuple[Cut, ...]  # thirds, fifths, tenths

    @property
    def odds_ratio(self) -> float:
        """How many times higher the odds are in the higher bar."""
        return self.bars.odds_ratio

    @property
    def words(self) -> dict[str, str]:
        """The numbers as they are said, by the name of their field."""
        odds = self.odds_ratio
        said = {
            "high": _percent(self.bars.high),
            "low": _percent(self.bars.low),
            "odds_ratio": f"{odds:,.0f}" if odds >= 10 else f"{odds:.1f}",
        }
        for cut in self.cuts:
            said[f"{cut.name}_link"] = f"{cut.link.correlation:.2f}"
            said[f"{cut.name}_between"] = f"{100 * cut.between:.0f}"
            said[f"{cut.name}_between_yes"] = f"{100 * cut.yes_between:.0f}"
            said[f"{cut.name}_all"] = f"{100 * cut.link.base:.0f}"
        return said

    @property
    def questions(self) -> tuple[str, ...]:
        """The three questions to whoever showed the slide, each with its reason."""
        said = self.words
        return tuple(
            f"{QUESTIONS[key]} {why.format(**said)}" for key, why in REASONS.items()
        )

    def by_cut_off(self) -> pd.DataFrame:
        """Return one row per cut-off: the link, and how many of 100 customers."""
        counts = {
            "link needed": [cut.link.correlation for cut in self.cuts],
            "between the bars": [100 * cut.between for cut in self.cuts],
            "of 100 between, say so": [100 * cut.yes_between for cut in self.cuts],
            "of 100 in all, say so": [100 * cut.link.base for cut in self.cuts],
        }
        names = pd.Index([cut.name for cut in self.cuts], name="if the bars are")
        return pd.DataFrame(counts, index=names)

    def __str__(self) -> str:
        """Say the slide in one sentence."""
        return SENTENCE.format(**self.words)

    def describe(self) -> str:
        """Say what a table or a picture of the three cut-offs shows."""
        return (
            f"What {_percent(self.bars.high)} against {_percent(self.bars.low)} needs "
            "if the bars are thirds, fifths or tenths of all customers."
        )

    def summary(self) -> pd.DataFrame:
        """Return the bars and the three readings as the tidy table."""
        parts = [self.bars.summary(), *(cut.summary() for cut in self.cuts)]
        return pd.concat(parts, ignore_index=True)


def autopsy(one: float, other: float) -> Autopsy:
    """Take a slide apart that says "one against other".

    Parameters
    ----------
    one, other : float
        The two bars, shares 0-1, in either order.

    Returns
    -------
    Autopsy

    Raises
    ------
    ValueError
        If a bar is not strictly between 0 and 1, or both are the same.

    Examples
    --------
    The same two bars, and a link that may be anything from .68 to .88.

    >>> slide = autopsy(0.96, 0.09)
    >>> round(slide.odds_ratio, 2), [round(c.link.correlation, 2) for c in slide.cuts]
    (242.67, [0.88, 0.78, 0.68])
    >>> slide.by_cut_off().round(2).loc["fifths"].to_list()
    [0.78, 60.0, 57.52, 55.51]
    """
    for name, share in {"one": one, "other": other}.items():
        if not 0 < share < 1:
            raise ValueError(
                f"{name}={share}: a bar is a share strictly between 0 and 1. Give 96% "
                "as 0.96. At 0 or 1 any stronger link fits as well: ask for the counts."
            )
    if one == other:
        raise ValueError(
            f"both bars are {one}: the two groups do not differ, so nothing links them "
            "to what is asked. Give two different shares."
        )
    low, high = sorted((one, other))
    return Autopsy(
        bars=TwoBars(low=low, high=high),
        cuts=tuple(
            Cut(name=name, link=implied_link(low, high, share_extreme=share))
            for name, share in CUTS.items()
        ),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.6g}%"
