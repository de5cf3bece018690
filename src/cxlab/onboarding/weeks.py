"""Week by week: who left, of those who could, and what had happened to them before.

A customer gets a row for each week that she began. What changes on the way, a call that
has come or not, stands in the row as it was when the week began: nobody is credited
with a call that came later. Comparing the called with the uncalled at the end does
credit them, and then whoever stays long has had more weeks in which to be called.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxlab.intervals import share, z_value
from cxlab.onboarding.scoring import Fit, weekly_events
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]


def check_weeks(customers: pd.DataFrame) -> None:
    """Refuse tables that are no customers with weeks, departures and a call."""
    missing = {"weeks", "left", "called"} - set(customers.columns)
    if missing:
        raise ValueError(
            f"The table of customers lacks {', '.join(sorted(missing))}. Give weeks "
            "(seen, from 1), left (True or False) and called (week before which the "
            "first call came, 0 for never)."
        )
    if (customers["weeks"] < 1).any() or (customers["called"] < 0).any():
        raise ValueError("weeks starts at 1 and called at 0. Correct these rows.")


def customer_weeks(customers: pd.DataFrame) -> pd.DataFrame:
    """Lay out a row for each customer and week that she began.

    Parameters
    ----------
    customers
        One row a customer: ``weeks`` seen, ``left`` (True: in the last of them) and
        ``called`` (the first week that began after a call; 0: never called).

    Returns
    -------
    DataFrame
        customer (position), week, called (1 if a call had come before it), left.

    Examples
    --------
    Seen for three weeks, called before the second, gone in the third:

    >>> one = pd.DataFrame({"weeks": [3], "left": [True], "called": [2]})
    >>> customer_weeks(one)[["week", "called", "left"]].to_numpy().tolist()
    [[1, 0, 0], [2, 1, 0], [3, 1, 1]]
    """
    check_weeks(customers)
    weeks = customers["weeks"].to_numpy(dtype=np.int64)
    who = np.repeat(np.arange(len(weeks)), weeks)
    week = np.arange(len(who)) - np.repeat(np.cumsum(weeks) - weeks, weeks) + 1
    called = customers["called"].to_numpy()[who]
    last = customers["left"].to_numpy(dtype=bool)[who] & (week == weeks[who])
    return pd.DataFrame(
        {
            "customer": who,
            "week": week,
            "called": ((called > 0) & (called <= week)).astype(int),
            "left": last.astype(int),
        }
    )


@dataclass(frozen=True, kw_only=True)
class WeeklyHazard:
    """What multiplies the danger of leaving in a week."""

    covariates: tuple[str, ...]
    fit: Fit  # weeks first, then the covariates
    n: int  # customer-weeks
    level: float = 0.95

    def ratio(self, name: str) -> Estimate:
        """Return by what one more unit of a covariate multiplies the danger."""
        place = self.covariates.index(name) - len(self.covariates)
        middle, error = self.fit.coefficients[place], self.fit.errors[place]
        reach = z_value(self.level) * error
        return Estimate(
            quantity=f"danger of leaving, {name}",
            estimate=float(np.exp(middle)),
            low=float(np.exp(middle - reach)),
            high=float(np.exp(middle + reach)),
            level=self.level,
            n=self.n,
            unit="times",
        )

    def summary(self) -> pd.DataFrame:
        """Return the ratios as the tidy table."""
        return tidy(self.ratio(name) for name in self.covariates)

    def __str__(self) -> str:
        """Say the first ratio."""
        return str(self.ratio(self.covariates[0]))


def fit_weekly_hazard(
    rows: pd.DataFrame, *, covariates: Sequence[str] = ("called",)
) -> WeeklyHazard:
    """Fit the danger of leaving in each week, and what multiplies it.

    Every week has a danger of its own; a covariate multiplies it by the same in all
    (complementary log-log: the ratios are those of a hazard that runs on in time).

    Parameters
    ----------
    rows
        As from `customer_weeks`, with any further columns.
    covariates
        Columns, each as it was when the week began.

    Raises
    ------
    ValueError
        If there is a week in which nobody left, so that its danger has no logarithm.

    References
    ----------
    Prentice & Gloeckler (1978), Biometrics 34, 57-67.
    """
    by_week = rows.groupby("week")["left"].sum()
    if not by_week.gt(0).all():
        raise ValueError(
            f"Nobody left in week {by_week.idxmin()}. Join weeks, or watch fewer."
        )
    # customers alike in week and covariates are one row with a count: same fit, faster
    keys = ["week", *covariates]
    cells = rows.groupby(keys)["left"].agg(["sum", "size"]).reset_index()
    weeks = pd.get_dummies(cells["week"], dtype=float).to_numpy()
    x = np.column_stack([weeks, cells[list(covariates)].to_numpy(dtype=float)])
    fit = weekly_events(
        x, cells["sum"].to_numpy(dtype=float), size=cells["size"].to_numpy(dtype=float)
    )
    return WeeklyHazard(covariates=tuple(covariates), fit=fit, n=len(rows))


@dataclass(frozen=True, kw_only=True)
class CalledOrNot:
    """Who left by a week, among the called and the others."""

    called: Estimate
    others: Estimate
    week: int

    @property
    def gap(self) -> Estimate:
        """Fewer departures among the called, points of 100, with its interval."""
        pair = self.others, self.called
        wide = [one.estimate * (1 - one.estimate) / (one.n or 1) for one in pair]
        reach = z_value(self.called.level or 0.95) * np.sqrt(sum(wide))
        middle = pair[0].estimate - pair[1].estimate
        return Estimate(
            quantity="fewer left among the called",
            estimate=100 * middle,
            low=float(100 * (middle - reach)),
            high=float(100 * (middle + reach)),
            level=self.called.level,
            n=(pair[0].n or 0) + (pair[1].n or 0),
            unit="points",
        )

    def summary(self) -> pd.DataFrame:
        """Return both shares and their gap as the tidy table."""
        return tidy([self.called, self.others, self.gap])

    def __str__(self) -> str:
        """Say both shares."""
        return (
            f"Left by week {self.week}, of 100: {100 * self.called.estimate:.0f} of "
            f"the called and {100 * self.others.estimate:.0f} of the others."
        )


def by_ever_called(customers: pd.DataFrame, *, week: int) -> CalledOrNot:
    """Compare who left by a week, the ever called with the never called: the trap."""
    check_weeks(customers)
    return _compare(customers, customers["called"] > 0, week)


def by_landmark(customers: pd.DataFrame, *, landmark: int, week: int) -> CalledOrNot:
    """Compare who left by a week, among those still here at a landmark.

    Only calls up to the landmark count, and only customers who are still here then.
    So nobody's group depends on how long she stayed afterwards.

    Parameters
    ----------
    customers
        As for `customer_weeks`; everybody who stayed is watched to the week.
    landmark
        Week at whose end the groups are fixed.
    week
        Week up to which departures are counted.

    Raises
    ------
    ValueError
        If the landmark is not before the week, or somebody was not watched so long.

    References
    ----------
    Anderson, Cain & Gelber (1983), Journal of Clinical Oncology 1, 710-719.

    Examples
    --------
    Two leave before the landmark and count no more; of the rest, one was called.

    >>> four = pd.DataFrame({"weeks": [1, 2, 4, 8], "left": [True, True, True, False],
    ...                      "called": [0, 0, 0, 2]})
    >>> by_landmark(four, landmark=2, week=8).others.estimate
    1.0
    """
    check_weeks(customers)
    if not 1 <= landmark < week:
        raise ValueError(
            f"landmark={landmark}, week={week}: the landmark comes first. Choose one "
            f"from 1 to {week - 1}."
        )
    here = customers[customers["weeks"] > landmark]
    return _compare(here, here["called"].between(1, landmark), week)


def _compare(
    customers: pd.DataFrame, group: "pd.Series[bool]", week: int
) -> CalledOrNot:
    left, seen = customers["left"], customers["weeks"]
    if (~left & (seen < week)).any():
        raise ValueError(
            f"Some customers were last seen before week {week}, still here. Compare "
            "at an earlier week, or fit the weekly hazard."
        )
    by = left & (seen <= week)
    if not 0 < group.sum() < len(group):
        raise ValueError(
            "One of the two groups is empty. Choose a later landmark, or watch more "
            "customers."
        )
    found = [
        share(int(by[side].sum()), int(side.sum()), quantity=name)
        for side, name in ((group, "called"), (~group, "others"))
    ]
    return CalledOrNot(called=found[0], others=found[1], week=week)
