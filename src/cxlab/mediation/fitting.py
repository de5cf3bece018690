"""The arrows through the middle, past it, and in all.

With x the cause, m the mediator and y the outcome: *a* is how far m moves with x, *b*
how far y moves with m while x is held equal, *a* times *b* what is carried, c' (direct)
what goes past m, and c (total) the whole. For straight lines c = c' + ab, exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, stdtr, stdtrit

from cxlab.intervals import z_value
from cxlab.mediation import engine
from cxlab.mediation.engine import Columns, Floats
from cxlab.results import Estimate, tidy


@dataclass(frozen=True, kw_only=True)
class MediationFit:
    """The arrows of one chain of three steps, found in one table of people.

    Slopes are in units of the outcome, or of the mediator, for one unit of the cause.
    """

    columns: Columns
    n: int
    a: pd.Series  # by mediator: cause to mediator
    b: pd.Series  # by mediator: mediator to outcome, the rest held equal
    direct: float  # c': cause to outcome past the mediators
    total: float  # c: cause to outcome in all
    a_covariance: Floats  # (mediators, mediators): how a would move in other samples
    b_covariance: Floats  # (mediators + 1, ...): of the b's, and of direct at the end
    total_error: float  # standard error of total

    @property
    def indirect(self) -> pd.Series:
        """What each mediator carries: a times b."""
        return (self.a * self.b).rename("indirect")

    @property
    def carried(self) -> float:
        """What all mediators carry together: ab."""
        return float(self.indirect.sum())

    @property
    def share_carried(self) -> float:
        """Part of the whole effect that is carried; not bound to 0-1."""
        return self.carried / self.total

    @property
    def a_errors(self) -> pd.Series:
        """Standard error of each a."""
        return pd.Series(np.sqrt(np.diag(self.a_covariance)), self.a.index)

    @property
    def b_errors(self) -> pd.Series:
        """Standard error of each b."""
        return pd.Series(np.sqrt(np.diag(self.b_covariance))[:-1], self.b.index)

    @property
    def p_of_a(self) -> pd.Series:
        """Two-sided p-value of each a."""
        left = self.n - 1 - self.columns.before
        return pd.Series(2 * stdtr(left, -(self.a / self.a_errors).abs()), self.a.index)

    @property
    def sobel_error(self) -> float:
        """Standard error of what is carried, after Sobel (1982).

        Notes
        -----
        sqrt(b' V(a) b + a' V(b) a), the first order of a product's variance.
        """
        a, b = self.a.to_numpy(), self.b.to_numpy()
        inner = b @ self.a_covariance @ b + a @ self.b_covariance[:-1, :-1] @ a
        return float(np.sqrt(inner))

    @property
    def sobel_p(self) -> float:
        """Two-sided p-value of what is carried, as if its draws were a bell curve."""
        return float(2 * ndtr(-abs(self.carried) / self.sobel_error))

    def sobel(self, *, level: float = 0.95) -> Estimate:
        """Return what is carried with Sobel's interval, the same to both sides."""
        reach = z_value(level) * self.sobel_error
        return Estimate(
            quantity="carried",
            estimate=self.carried,
            low=self.carried - reach,
            high=self.carried + reach,
            level=level,
            n=self.n,
        )

    def whole_effect(self, *, level: float = 0.95) -> Estimate:
        """Return the total effect c with its interval."""
        left = self.n - 1 - self.columns.before
        return self._slope("total", self.total, self.total_error, left, level)

    def summary(self, *, level: float = 0.95) -> pd.DataFrame:
        """Return every arrow, such as ``"Quality > Loyalty"``, as the tidy table."""
        x, y, before = self.columns.x, self.columns.y, self.columns.before
        first = self.n - 1 - before
        second = first - len(self.columns.mediators)
        rows = [
            self._slope(f"{x} > {m}", self.a[m], self.a_errors[m], first, level)
            for m in self.columns.mediators
        ]
        rows += [
            self._slope(f"{m} > {y}", self.b[m], self.b_errors[m], second, level)
            for m in self.columns.mediators
        ]
        past = float(np.sqrt(self.b_covariance[-1, -1]))
        rows.append(self._slope(f"{x} > {y}", self.direct, past, second, level))
        return tidy(rows)

    def _slope(
        self, name: str, slope: float, error: float, left: int, level: float
    ) -> Estimate:
        z_value(level)  # refuses a level that is none
        reach = float(stdtrit(left, (1 + level) / 2)) * error
        return Estimate(
            quantity=name,
            estimate=float(slope),
            low=float(slope - reach),
            high=float(slope + reach),
            level=level,
            n=self.n,
        )

    def __str__(self) -> str:
        """Say the whole effect and how it is split."""
        middle = " and ".join(self.columns.mediators)
        return (
            f"{self.columns.x} to {self.columns.y}: {self.total:.2f} in all, of which "
            f"{self.carried:.2f} through {middle} and {self.direct:.2f} past it."
        )

    def describe(self) -> str:
        """Say what a drawing of the arrows shows."""
        listed = "; ".join(
            f"{row.quantity} {row.estimate:.2f} ({row.low:.2f} to {row.high:.2f})"
            for row in self.summary().itertuples()
        )
        return f"{self} The arrows with their 95% intervals: {listed}."


def columns_of(
    *, x: str, m: str | Sequence[str], y: str, covariates: Sequence[str] = ()
) -> Columns:
    """Tidy the names that a caller gives: one mediator or several."""
    mediators = (m,) if isinstance(m, str) else tuple(m)
    if isinstance(covariates, str):
        raise TypeError(
            f"covariates={covariates!r} is one text. Give a list: [{covariates!r}]."
        )
    return Columns(x=x, mediators=mediators, y=y, covariates=tuple(covariates))


def fit(
    data: pd.DataFrame,
    *,
    x: str,
    m: str | Sequence[str],
    y: str,
    covariates: Sequence[str] = (),
) -> MediationFit:
    """Tell how much of a link between two things goes through a third.

    Parameters
    ----------
    data
        One row per person.
    x, y
        Names of the cause and the outcome.
    m
        Name of the mediator, or of several side by side.
    covariates
        What is held equal in every regression.

    Notes
    -----
    Ordinary least squares: each m on x and the covariates, y on all of them, and y on
    x and the covariates. Nothing here says that the arrows are causes.

    Examples
    --------
    Quality moves satisfaction one for one; loyalty is satisfaction plus quality.

    >>> people = pd.DataFrame({"q": [1, 1, 2, 2, 3, 3], "s": [0, 2, 1, 3, 2, 4]})
    >>> found = fit(people.assign(l=people.q + people.s), x="q", m="s", y="l")
    >>> print(found)
    q to l: 2.00 in all, of which 1.00 through s and 1.00 past it.
    """
    columns = columns_of(x=x, m=m, y=y, covariates=covariates)
    centred = columns.values(data)
    n, before = len(centred), columns.before
    arrows = engine.solve(engine.whole(centred), columns)
    names = list(columns.mediators)
    if not np.isfinite(arrows.direct[0]):
        raise ValueError(
            "A column is a sum of the others, so its arrow has no size of its own. "
            "Leave one of them out."
        )
    early, outcome = centred[:, :before], centred[:, -1]
    middle, late = centred[:, before:-1], centred[:, :-1]
    early_inverse = np.linalg.inv(early.T @ early)
    late_inverse = np.linalg.inv(late.T @ late)
    left_of_m = middle - early @ (early_inverse @ early.T @ middle)
    left_of_y = outcome - late @ (late_inverse @ late.T @ outcome)
    left_of_c = outcome - early @ (early_inverse @ early.T @ outcome)
    first, second = n - 1 - before, n - 1 - before - len(names)
    order = [*range(before, before + len(names)), 0]
    noise = float(left_of_y @ left_of_y) / second
    b_covariance: Floats = np.multiply(noise, late_inverse[np.ix_(order, order)])
    return MediationFit(
        columns=columns,
        n=n,
        a=pd.Series(arrows.a[:, 0], names, name="a"),
        b=pd.Series(arrows.b[:, 0], names, name="b"),
        direct=float(arrows.direct[0]),
        total=float(arrows.total[0]),
        a_covariance=left_of_m.T @ left_of_m / first * early_inverse[0, 0],
        b_covariance=b_covariance,
        total_error=float(np.sqrt(left_of_c @ left_of_c / first * early_inverse[0, 0])),
    )
