"""What two bars leave out: customers ranked by effort, group by group.

A slide compares the easiest contacts with the hardest and drops everybody between. Here
the same ranking is cut into five groups, two ends and three of the middle, so that the
slide's own bars stay visible and the rest comes back. And here it is asked what
correlation such a slide needs, which depends on a cut-off that the slide may not print.

Effort runs from 1 easy to 7 hard everywhere in the course. Only the order of customers
counts: any relabelling that keeps the order gives the same groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from cxlab.intervals import odds_ratio, wilson_limits, z_value
from cxlab.latent import Link, implied_link
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

EFFORT_RANGE = (1.0, 7.0)  # points, 1 easy .. 7 hard
CUT_OFFS = (1 / 3, 0.25, 0.2, 0.15, 0.1, 0.075, 0.05)
GROUPS = 5


@dataclass(frozen=True, kw_only=True)
class GroupShares:
    """How many are disloyal in five groups of customers: two ends, three between."""

    hits: tuple[int, ...]  # disloyal customers, easiest group first
    sizes: tuple[int, ...]  # customers in each group
    share_extreme: float  # share of customers that each end was meant to hold
    ends: tuple[str, str] = ("easiest contacts", "hardest contacts")
    level: float = 0.95  # of the intervals

    @property
    def shares(self) -> Floats:
        """Share disloyal in each group, 0-1."""
        shares: Floats = np.array(self.hits) / np.array(self.sizes)
        return shares

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Wilson's interval of each share, low ends and high ends."""
        return wilson_limits(self.hits, self.sizes, level=self.level)

    @property
    def n(self) -> int:
        """All customers."""
        return sum(self.sizes)

    @property
    def base(self) -> float:
        """Share disloyal among all customers."""
        return sum(self.hits) / self.n

    @property
    def low(self) -> float:
        """Share disloyal in the first group: the slide's low bar."""
        return float(self.shares[0])

    @property
    def high(self) -> float:
        """Share disloyal in the last group: the slide's high bar."""
        return float(self.shares[-1])

    @property
    def last_step(self) -> float:
        """Rise from the last group but one to the last, in share."""
        return float(self.shares[-1] - self.shares[-2])

    @property
    def middle_low(self) -> float:
        """Lowest share in the three groups between."""
        return float(self.shares[1:-1].min())

    @property
    def middle_high(self) -> float:
        """Highest share in the three groups between."""
        return float(self.shares[1:-1].max())

    @property
    def off_slide(self) -> float:
        """Share of all DISLOYAL customers who stand in the three groups between."""
        return sum(self.hits[1:-1]) / sum(self.hits)

    def link(self) -> Link:
        """Return the link that the two end bars need; negative if they fall."""
        return _link_between(self._end_shares(), self.share_extreme)

    def correlation(self) -> Estimate:
        """Return the latent correlation that the two end bars need, with its interval.

        Notes
        -----
        Delta method on Fisher's z: the two bars vary independently, each like a share;
        the slope of z in each is found by a small step to both sides.
        """
        bars = self._end_shares()
        sizes = np.array([self.sizes[0], self.sizes[-1]])
        error = np.sqrt(bars * (1 - bars) / sizes)
        slopes = [self._slope(bars, which) for which in (0, 1)]
        middle = np.arctanh(self.link().correlation)
        half = z_value(self.level) * float(np.hypot(*(slopes * error)))
        return Estimate(
            quantity="latent correlation",
            estimate=float(np.tanh(middle)),
            low=float(np.tanh(middle - half)),
            high=float(np.tanh(middle + half)),
            level=self.level,
            n=self.n,
        )

    def odds_ratio(self) -> Estimate:
        """Return how many times higher the odds are in the last group than the first.

        Raises
        ------
        ValueError
            If everybody or nobody in one of the two groups is disloyal.
        """
        ends = [[self.hits[k], self.sizes[k] - self.hits[k]] for k in (-1, 0)]
        return odds_ratio(ends, level=self.level)

    def _slope(self, bars: Floats, which: int) -> float:
        step = np.zeros(2)
        step[which] = 0.01 * min(bars[which], 1 - bars[which])
        up, down = (
            np.arctanh(_link_between(b, self.share_extreme).correlation)
            for b in (bars + step, bars - step)
        )
        return float((up - down) / (2 * step[which]))

    def _end_shares(self) -> Floats:
        """Return both ends; a bar at 0 or 1 is moved half a customer inwards."""
        hits = np.array([self.hits[0], self.hits[-1]], dtype=float)
        sizes = np.array([self.sizes[0], self.sizes[-1]], dtype=float)
        ends: Floats = np.clip(hits, 0.5, sizes - 0.5) / sizes
        return ends

    def __str__(self) -> str:
        """Say the groups in one sentence."""
        return (
            f"From the {self.ends[0]} to the {self.ends[1]}, {self._said()} of 100 "
            f"customers are disloyal; over all {100 * self.base:.0f} of 100 "
            f"(n = {self.n:,})."
        )

    def _said(self) -> str:
        *first, last = (f"{100 * share:.0f}" for share in self.shares)
        return f"{', '.join(first)} and {last}"

    def describe(self) -> str:
        """Say what a picture of the groups shows."""
        return (
            f"Bar chart of five groups of customers, from the {self.ends[0]} to the "
            f"{self.ends[1]}. Disloyal of 100: {self._said()}. The two ends are drawn "
            "bold, as on the slide; the three groups between them are pale."
        )

    def summary(self) -> pd.DataFrame:
        """Return the groups as the tidy table."""
        names = (self.ends[0], "middle 1", "middle 2", "middle 3", self.ends[1])
        low, high = self.limits
        rows = zip(names, self.shares, low, high, self.sizes, strict=True)
        return tidy(
            Estimate(
                quantity=f"disloyal, {name}",
                estimate=float(share),
                low=float(lo),
                high=float(hi),
                level=self.level,
                n=size,
                unit="share",
            )
            for name, share, lo, hi, size in rows
        )


def _link_between(bars: Floats, share_extreme: float) -> Link:
    """Find the link between two bars that may rise, fall or be level.

    Few customers may fall into a bar, so that chance turns the slide round; seen from
    the other end it is then an ordinary slide.
    """
    first, last = (float(bar) for bar in bars)
    if first == last:
        return Link(correlation=0.0, base=first, share_extreme=share_extreme)
    link = implied_link(*sorted((first, last)), share_extreme=share_extreme)
    return link if first < last else replace(link, correlation=-link.correlation)


def share_by_group(
    ranking: ArrayLike,
    disloyal: ArrayLike,
    *,
    share_extreme: float = 0.2,
    ends: tuple[str, str] = ("easiest contacts", "hardest contacts"),
    level: float = 0.95,
) -> GroupShares:
    """Rank customers, cut two ends and three groups between, and count the disloyal.

    Parameters
    ----------
    ranking : array_like, shape (n,)
        What customers are ranked by, from good to bad. Only the order counts;
        customers with the same value stay together.
    disloyal : array_like of bool, shape (n,)
        Who is disloyal.
    share_extreme : float
        Share of customers in each end, above 0 and below .5. Fifths are .2.
    ends : tuple of str
        What to call the first group and the last.

    Returns
    -------
    GroupShares

    Raises
    ------
    ValueError
        If answers are missing, or so many are equal that the cut would part customers
        who gave the same answer.

    Examples
    --------
    Ten customers, ranked by how hard their contact was. The slide shows 0% and 100%.

    >>> effort = [1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7]
    >>> disloyal = [0, 0, 0, 1, 1, 0, 0, 1, 1, 1]
    >>> found = share_by_group(effort, disloyal)
    >>> found.low, found.high, found.hits
    (0.0, 1.0, (0, 1, 1, 1, 2))
    """
    values, said = _ranking_and_answers(ranking, disloyal)
    link = Link(correlation=0.0, base=0.5, share_extreme=share_extreme)
    ranks = (rankdata(values) - 0.5) / len(values)
    group = np.searchsorted(link.edges[1:-1], ranks, side="right")
    sizes = np.bincount(group, minlength=GROUPS)
    meant = np.diff(link.edges) * len(values)
    if np.any(np.abs(sizes - meant) > np.maximum(0.5 * meant, 1)):
        raise ValueError(
            f"groups of {np.round(meant, 1).tolist()} customers were asked for, and "
            f"equal answers allow only {sizes.tolist()}: there are "
            f"{np.unique(values).size} different values. Customers who gave the same "
            "answer are not parted at random. Use a finer measure of effort, such as "
            "the mean of several questions, or a larger share_extreme."
        )
    hits = np.bincount(group, weights=said, minlength=GROUPS)
    return GroupShares(
        hits=tuple(int(x) for x in hits),
        sizes=tuple(int(x) for x in sizes),
        share_extreme=share_extreme,
        ends=ends,
        level=level,
    )


def disloyal_by_group(
    contacts: pd.DataFrame, *, share_extreme: float = 0.2, level: float = 0.95
) -> GroupShares:
    """Return how many are disloyal, from the easiest contacts to the hardest.

    Parameters
    ----------
    contacts : DataFrame
        One row per contact; ``effort``, points, 1 easy .. 7 hard; ``disloyal``, true
        or false.
    share_extreme : float
        Share of the contacts in each of the two ends.

    Raises
    ------
    ValueError
        If a column is missing, effort is off its scale, or the groups cannot be cut.
    """
    missing = {"effort", "disloyal"} - set(contacts.columns)
    if missing:
        raise ValueError(
            f"the table has the columns {', '.join(map(str, contacts.columns))}; "
            f"{' and '.join(sorted(missing))} is missing. Rename your columns first."
        )
    easy, hard = EFFORT_RANGE
    off = contacts.loc[~contacts["effort"].between(easy, hard), "effort"]
    if len(off):
        raise ValueError(
            f"effort={off.iloc[0]} in row {off.index[0]}: effort runs from 1 easy to 7 "
            "hard, and none may be missing. CES 2.0 runs the other way: turn it with "
            "8 - score."
        )
    return share_by_group(
        contacts["effort"],
        contacts["disloyal"],
        share_extreme=share_extreme,
        level=level,
    )


def disloyal_by_fifth(contacts: pd.DataFrame) -> GroupShares:
    """Return how many are disloyal in each fifth, easiest contacts first."""
    return disloyal_by_group(contacts, share_extreme=0.2)


def least_loyal(loyalty: ArrayLike, *, share: float) -> NDArray[np.bool_]:
    """Call the least loyal customers disloyal: as near to a given share as ties allow.

    Parameters
    ----------
    loyalty : array_like, shape (n,)
        Points, high is loyal.
    share : float
        Share of customers to be called disloyal, 0-1.

    Examples
    --------
    Half are wanted; three customers tie at 5, so two or five can be had: two is nearer.

    >>> least_loyal([1, 2, 5, 5, 5, 9], share=0.5).tolist()
    [True, True, False, False, False, False]
    """
    values = np.asarray(loyalty, dtype=float)
    if not 0 < share < 1 or not np.all(np.isfinite(values)):
        raise ValueError(
            f"share={share} of {values.size} answers: give a share strictly between 0 "
            "and 1, and leave out customers without an answer."
        )
    cuts = np.unique(values)
    below = np.searchsorted(np.sort(values), cuts) / values.size
    nearest: NDArray[np.bool_] = values < cuts[np.argmin(np.abs(below - share))]
    return nearest


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


def _ranking_and_answers(
    ranking: ArrayLike, disloyal: ArrayLike
) -> tuple[Floats, NDArray[np.int64]]:
    """Tidy the two columns: numbers without gaps, and answers that are yes or no."""
    values = np.asarray(ranking, dtype=float)
    answers = np.asarray(disloyal)
    if values.ndim != 1 or values.shape != answers.shape or values.size < GROUPS:
        raise ValueError(
            f"a ranking of shape {values.shape} and answers of shape {answers.shape}: "
            f"give one number and one answer per customer, at least {GROUPS} of them."
        )
    gaps = int(np.sum(~np.isfinite(values)))
    if gaps:
        raise ValueError(
            f"{gaps} of {values.size} customers have no value to be ranked by. Leave "
            "them out, and say how many they are."
        )
    if not np.all(np.isin(answers, (0, 1))):
        raise ValueError(
            "the answers hold something else than true or false (1 or 0). Decide first "
            "who counts as disloyal."
        )
    return values, answers.astype(np.int64)
