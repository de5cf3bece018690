"""Loyal or locked in: who stays because it is good, and who because leaving is hard."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from cxlab.results import Estimate, tidy

Numbers = Sequence[float] | pd.Series
TERMS = ("satisfaction", "switching", "both")
_FEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Held:
    """What goes with loyalty: satisfaction, trouble of leaving, and their product."""

    intercept: float  # loyalty where both are zero, outside either scale
    terms: tuple[Estimate, ...]  # in the order of `TERMS`
    p_both: float  # p-value of the product
    corners: pd.DataFrame  # satisfied, held, loyalty, low, high, n
    answers: pd.DataFrame  # satisfaction, switching and loyalty of each customer
    cut: tuple[float, float]  # at least so satisfied, at least so held: the medians

    @property
    def satisfaction(self) -> Estimate:
        """Points of loyalty per point of satisfaction, where leaving costs nothing."""
        return self.terms[0]

    @property
    def switching(self) -> Estimate:
        """Points of loyalty per point of trouble, at satisfaction zero."""
        return self.terms[1]

    @property
    def both(self) -> Estimate:
        """How much either slope changes with a point of the other."""
        return self.terms[2]

    @property
    def extra_of_held(self) -> float:
        """Points by which the unsatisfied who are held are more loyal than the free."""
        return self.corner(satisfied=False, held=True) - self.corner(
            satisfied=False, held=False
        )

    def slope_at(self, switching: float) -> float:
        """Return points of loyalty per point of satisfaction at this trouble."""
        return self.satisfaction.estimate + self.both.estimate * switching

    def corner(self, *, satisfied: bool, held: bool) -> float:
        """Return the mean loyalty of one of the four corners."""
        of = self.corners
        return float(
            of.loc[(of["satisfied"] == satisfied) & (of["held"] == held)][
                "loyalty"
            ].iloc[0]
        )

    def summary(self) -> pd.DataFrame:
        """Return the three terms as a tidy table."""
        return tidy(self.terms)

    def __str__(self) -> str:
        """Say the extra loyalty of those who are held."""
        return (
            f"Customers who are not satisfied are {self.extra_of_held:.2f} points more "
            "loyal where leaving is hard."
        )

    def in_words(self) -> str:
        """Say what the table of the three terms shows."""
        said = ", ".join(f"{term.quantity} {term.estimate:.3f}" for term in self.terms)
        return f"Points of loyalty per point of the answers, with intervals: {said}."

    def describe(self) -> str:
        """Say what the picture of the corners shows."""
        said = []
        for row in self.corners.itertuples():
            kind = "satisfied" if row.satisfied else "less satisfied"
            place = "hard to leave" if row.held else "easy to leave"
            said.append(f"{kind}, {place}: {row.loyalty:.2f} ({row.n} customers)")
        return "Mean loyalty, points 1 to 7. " + "; ".join(said) + "."


def held_by(satisfaction: Numbers, switching: Numbers, loyalty: Numbers) -> Held:
    """Split loyalty into what satisfaction brings and what the trouble of leaving does.

    Parameters
    ----------
    satisfaction, switching, loyalty : shape (n_customers,)
        Points, high is more; ``switching`` is the trouble of leaving. Customers with
        a missing answer are left out.

    Returns
    -------
    Held
        Least squares with the product of the two, neither of them centred, as it is
        usually printed; 95% intervals.

    Raises
    ------
    ValueError
        If the three differ in length, fewer than ten customers answered, or nobody
        differs.

    References
    ----------
    Hair, Hult, Ringle & Sarstedt (2017), A primer on PLS-SEM, for the data.
    """
    if not len(satisfaction) == len(switching) == len(loyalty):
        raise ValueError(
            f"satisfaction, switching and loyalty have {len(satisfaction)}, "
            f"{len(switching)} and {len(loyalty)} rows; give one of each a customer."
        )
    columns = {
        "satisfaction": np.asarray(satisfaction, dtype=float),
        "switching": np.asarray(switching, dtype=float),
        "loyalty": np.asarray(loyalty, dtype=float),
    }
    answers = pd.DataFrame(columns).dropna(ignore_index=True)
    if len(answers) < _FEWEST or (answers.nunique() < 2).any():
        raise ValueError(
            f"{len(answers)} customers with all three answers: at least {_FEWEST} are "
            "needed, who must not all answer alike. Check which code means missing."
        )
    x1, x2 = answers["satisfaction"].to_numpy(), answers["switching"].to_numpy()
    y = answers["loyalty"].to_numpy()
    design = np.column_stack([np.ones(len(y)), x1, x2, x1 * x2])
    beta = np.linalg.lstsq(design, y, rcond=None)[0]
    df = len(y) - design.shape[1]
    left = y - design @ beta
    errors = np.sqrt(np.diag(np.linalg.pinv(design.T @ design)) * (left @ left) / df)
    reach = float(stats.t.ppf(0.975, df)) * errors
    terms = tuple(
        Estimate(
            quantity=name,
            estimate=float(beta[k]),
            low=float(beta[k] - reach[k]),
            high=float(beta[k] + reach[k]),
            level=0.95,
            n=len(y),
            unit="points of loyalty",
        )
        for k, name in enumerate(TERMS, start=1)
    )
    cut = (float(np.median(x1)), float(np.median(x2)))
    return Held(
        intercept=float(beta[0]),
        terms=terms,
        p_both=float(2 * stats.t.sf(abs(beta[3] / errors[3]), df)),
        corners=_corners(answers, cut),
        answers=answers,
        cut=cut,
    )


def _corners(answers: pd.DataFrame, cut: tuple[float, float]) -> pd.DataFrame:
    rows = []
    for satisfied in (False, True):
        for held in (False, True):
            here = answers.loc[
                ((answers["satisfaction"] >= cut[0]) == satisfied)
                & ((answers["switching"] >= cut[1]) == held),
                "loyalty",
            ]
            n = len(here)
            mean = float(here.mean())
            error = float(here.std() / np.sqrt(n)) if n > 1 else np.nan
            reach = float(stats.t.ppf(0.975, n - 1)) * error if n > 1 else np.nan
            rows.append([satisfied, held, mean, mean - reach, mean + reach, n])
    return pd.DataFrame(
        rows, columns=["satisfied", "held", "loyalty", "low", "high", "n"]
    )
