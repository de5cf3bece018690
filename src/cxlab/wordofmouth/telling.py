"""Good and bad words: told per experience, or heard over all. Two different counts.

A bad experience may be told to twice as many people as a good one, while people hear
three good words for each bad one. Both are true if good experiences are common enough:
six of seven. Whoever prints a share of good and bad words owes the reader what it is a
share of.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy


def heard_ratio(*, share_good: float, tell_good: float, tell_bad: float) -> float:
    """Return how many good words are heard for each bad one.

    Parameters
    ----------
    share_good
        Share of experiences that are good, above 0 and below 1.
    tell_good, tell_bad
        People told of one good and of one bad experience, above 0.

    Examples
    --------
    Nine of ten experiences are good, and a bad one is told to twice as many:

    >>> round(heard_ratio(share_good=0.9, tell_good=5, tell_bad=10), 9)
    4.5
    """
    _check_share(share_good)
    if min(tell_good, tell_bad) <= 0:
        raise ValueError(
            f"tell_good={tell_good}, tell_bad={tell_bad}: both must be above 0. If an "
            "experience is told to nobody there is no ratio; report the two counts."
        )
    return share_good * tell_good / ((1 - share_good) * tell_bad)


def share_good_needed(*, heard: float, told: float) -> float:
    """Return the share of good experiences that makes two printed ratios agree.

    Parameters
    ----------
    heard
        Good words heard for each bad one.
    told
        People told of a bad experience for each one told of a good experience.

    Notes
    -----
    Good words heard for each bad one are g / ((1 - g) told), so that
    g / (1 - g) = heard * told.

    Examples
    --------
    Twice as many hear of a bad experience, and three good words are heard for each bad
    one: six of seven experiences are good.

    >>> round(share_good_needed(heard=3, told=2), 9) == round(6 / 7, 9)
    True
    """
    if min(heard, told) <= 0:
        raise ValueError(
            f"heard={heard}, told={told}: a ratio is above 0. Give 'three to one' as 3."
        )
    odds = heard * told
    return odds / (1 + odds)


def _check_share(share_good: float) -> None:
    if not 0 < share_good < 1:
        raise ValueError(
            f"share_good={share_good}: give a share above 0 and below 1, such as 0.86. "
            "If all experiences are alike there is nothing to compare."
        )


@dataclass(frozen=True, kw_only=True)
class TwoReadings:
    """A printed pair of shares, speak well and speak badly, and what of.

    Examples
    --------
    >>> pair = TwoReadings(well=0.25, badly=0.65)
    >>> round(pair.of_all, 2), round(pair.of_each(6 / 7), 2)
    (0.38, 2.31)
    """

    well: float  # share likely to say something good
    badly: float  # share likely to say something bad

    @property
    def of_all(self) -> float:
        """Good words for each bad one if both are shares of all customers."""
        return self.well / self.badly

    def of_each(self, share_good: float) -> float:
        """Good words for each bad one if each is a share of its own group.

        Parameters
        ----------
        share_good
            Share of customers whose experience was good, above 0 and below 1.
        """
        _check_share(share_good)
        return heard_ratio(
            share_good=share_good, tell_good=self.well, tell_bad=self.badly
        )

    def needed(self, heard: float) -> float:
        """Return the share of good experiences that gives this ratio of words heard."""
        return share_good_needed(heard=heard, told=self.badly / self.well)


@dataclass(frozen=True, kw_only=True)
class Tellings:
    """Experiences and words, counted from one log."""

    good: int  # experiences
    bad: int
    told_good: int  # words: people told, over all good experiences
    told_bad: int
    log_error_told: float  # standard error of the log of the ratio, per experience
    log_error_heard: float  # of the log of the ratio, over all words
    level: float = 0.95

    @property
    def share_good(self) -> float:
        """Share of experiences that were good."""
        return self.good / (self.good + self.bad)

    @property
    def tell_good(self) -> float:
        """People told of one good experience, on average."""
        return self.told_good / self.good

    @property
    def tell_bad(self) -> float:
        """People told of one bad experience, on average."""
        return self.told_bad / self.bad

    @property
    def told(self) -> Estimate:
        """People told of a bad experience for each one told of a good experience."""
        return self._ratio(
            "told of a bad experience for each told of a good one",
            self.tell_bad / self.tell_good,
            self.log_error_told,
        )

    @property
    def heard(self) -> Estimate:
        """Good words heard for each bad one."""
        return self._ratio(
            "good words heard for each bad one",
            self.told_good / self.told_bad,
            self.log_error_heard,
        )

    def _ratio(self, quantity: str, ratio: float, error: float) -> Estimate:
        reach = float(np.exp(z_value(self.level) * error))
        return Estimate(
            quantity=quantity,
            estimate=ratio,
            low=ratio / reach,
            high=ratio * reach,
            level=self.level,
            n=self.good + self.bad,
        )

    def __str__(self) -> str:
        """Say both counts in one sentence."""
        return (
            f"A bad experience is told to {self.told.estimate:.1f} times as many "
            f"people as a good one, and {self.heard.estimate:.1f} good words are heard "
            "for each bad one."
        )

    def describe(self) -> str:
        """Say what a picture of both counts shows."""
        return f"Two blocks, people told by share of experiences. {self}"

    def summary(self) -> pd.DataFrame:
        """Return both ratios as rows of the tidy table."""
        return tidy([self.told, self.heard])


def count_tellings(table: pd.DataFrame, *, level: float = 0.95) -> Tellings:
    """Count experiences and words from a log with one row per experience.

    Parameters
    ----------
    table : DataFrame
        ``experience`` ("good" or "bad") and ``told``, people told of it, 0 or more.

    Notes
    -----
    Both intervals are on the log scale, from the scatter of customers: a customer who
    tells twenty people is one customer.

    Examples
    --------
    >>> log = pd.DataFrame(
    ...     {"experience": ["good"] * 6 + ["bad"], "told": [5, 5, 5, 5, 5, 5, 10]}
    ... )
    >>> found = count_tellings(log)
    >>> found.told.estimate, found.heard.estimate
    (2.0, 3.0)
    """
    known = {"good", "bad"}
    if unknown := set(table["experience"]) - known:
        raise ValueError(
            f"experience {sorted(unknown)!r}: write 'good' or 'bad' in every row."
        )
    good = (table["experience"] == "good").to_numpy()
    told = table["told"].to_numpy(dtype=float)
    words_good, words_bad = told[good].sum(), told[~good].sum()
    if min(words_good, words_bad) <= 0:
        raise ValueError(
            f"{words_good:.0f} good and {words_bad:.0f} bad words: with none of one "
            "kind there is no ratio. Report the counts, or ask more customers."
        )
    shares = np.where(good, told / words_good, -told / words_bad)
    return Tellings(
        good=int(good.sum()),
        bad=int((~good).sum()),
        told_good=int(words_good),
        told_bad=int(words_bad),
        log_error_told=float(np.hypot(_relative(told[good]), _relative(told[~good]))),
        log_error_heard=float(np.sqrt(len(told) * shares.var())),
        level=level,
    )


def _relative(told: np.ndarray) -> float:
    """Return the standard error of a mean, relative to the mean."""
    if len(told) < 2:
        return 0.0
    return float(told.std(ddof=1) / np.sqrt(len(told)) / told.mean())
