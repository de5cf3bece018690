"""The average of many studies, and what the next one may find.

The interval of the average says where the average is. The prediction interval says
where the truth of the next study is likely to be. Slides print the first and are read
as the second.
"""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import chi2
from scipy.stats import t as student

from cxlab.intervals import z_value
from cxlab.meta.spread import (
    SPREADS,
    scatter,
    spread,
    spread_limits,
    typical_variance,
    weighted,
)
from cxlab.meta.studies import Studies
from cxlab.results import Estimate, tidy

FIXED = "fixed"


class _Common(TypedDict):
    estimate: float
    level: float
    n: int
    unit: str


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """Many studies as one number, with how far their truths differ."""

    studies: Studies
    method: str  # "fixed", or the way in which tau squared was found
    average: Estimate
    next_study: Estimate  # the average, with the interval for the truth of the next
    tau2: Estimate  # variance of the truths between studies
    i2: Estimate  # share of what is seen that is no chance, 0-1
    q: float  # weighted squares about the fixed average; by chance about k - 1
    p_same: float  # how often chance alone would scatter them so far

    @property
    def weights(self) -> NDArray[np.float64]:
        """Share of each study in the average, 0-1; together 1."""
        w = 1 / (self.studies.variances + self.tau2.estimate)
        return np.asarray(w / w.sum())

    def back(self) -> "Pooled":
        """Return the same on the scale of correlations, if it is on Fisher's.

        Raises
        ------
        ValueError
            If the effects are in another unit.
        """
        if self.studies.unit != "Fisher z":
            raise ValueError(
                f"the effects are in {self.studies.unit!r}; only 'Fisher z' leads back "
                "to correlations. Put the studies side by side with meta.fisher."
            )
        given = self.studies
        scale = 1 - np.tanh(given.effects) ** 2  # what one step of z is in r, there
        shown = Studies(
            effects=np.tanh(given.effects),
            variances=given.variances * scale**2,
            names=given.names,
            unit="r",
        )
        return Pooled(
            studies=shown,
            method=self.method,
            average=_tanh(self.average),
            next_study=_tanh(self.next_study),
            tau2=self.tau2,
            i2=self.i2,
            q=self.q,
            p_same=self.p_same,
        )

    def summary(self) -> pd.DataFrame:
        """Return average, next study, tau squared and I squared as a tidy table."""
        return tidy([self.average, self.next_study, self.tau2, self.i2])

    def __str__(self) -> str:
        """Say the average in one line."""
        return str(self.average)

    def describe(self) -> str:
        """Say what a picture of the studies shows."""
        a, f = self.average, self.next_study
        values = self.studies.effects
        return (
            f"{len(self.studies)} studies from {values.min():.2f} to "
            f"{values.max():.2f}; their average is {a:.2f}; the truth of the next lies "
            f"between {f.low:.2f} and {f.high:.2f}."
        )


def pool(
    given: Studies,
    *,
    method: str = "REML",
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Pooled:
    """Average studies, each weighted by how little chance is in it.

    Parameters
    ----------
    given : Studies
    method : str
        "fixed": all studies have one truth. Otherwise how the spread of the truths is
        found: "REML", "DL", "PM", "ML" or "HE".
    knapp_hartung : bool
        True widens the interval by what the studies themselves scatter, and takes t in
        place of the normal: right where there are few studies.
    level : float
        Confidence level, 0-1.

    Notes
    -----
    The prediction interval takes the same quantile as the interval of the average:
    the normal one, or t with k - 1 degrees of freedom under Knapp and Hartung.

    References
    ----------
    DerSimonian & Laird (1986), Controlled Clinical Trials 7, 177-188. Knapp & Hartung
    (2003), Statistics in Medicine 22, 2693-2710.

    Examples
    --------
    By hand: the first is four times as exact, and weighs four times as much.

    >>> from cxlab.meta import studies
    >>> two = studies([0.10, 0.20], [0.01, 0.04])
    >>> round(pool(two, method="fixed").average.estimate, 2)
    0.12
    """
    if method != FIXED and method not in SPREADS:
        raise ValueError(
            f"method={method!r}: there is no such way. Choose one of: {FIXED}, "
            f"{', '.join(SPREADS)}."
        )
    y, v, k = given.effects, given.variances, len(given)
    x = np.ones((k, 1))
    tau2 = 0.0 if method == FIXED else spread(given, method=method)
    beta, covariance = weighted(y, v, x, tau2)
    mean, error = float(beta[0]), float(np.sqrt(covariance[0, 0]))
    reach = z_value(level)
    if knapp_hartung:
        error *= float(np.sqrt(scatter(y, v, x, tau2) / (k - 1)))
        reach = float(student.ppf((1 + level) / 2, k - 1))
    q, typical = scatter(y, v, x, 0.0), typical_variance(v)
    further = reach * float(np.sqrt(error**2 + tau2))
    common = _Common(estimate=mean, level=level, n=k, unit=given.unit)
    low, high = (0.0, 0.0) if method == FIXED else spread_limits(given, level=level)
    return Pooled(
        studies=given,
        method=method,
        average=Estimate(
            quantity="average",
            low=mean - reach * error,
            high=mean + reach * error,
            **common,
        ),
        next_study=Estimate(
            quantity="the next study",
            low=mean - further,
            high=mean + further,
            **common,
        ),
        tau2=Estimate(
            quantity="tau squared",
            estimate=tau2,
            low=min(low, tau2),
            high=max(high, tau2),
            unit=f"{given.unit}, squared".strip(", "),
            level=level,
            n=k,
        ),
        i2=Estimate(
            quantity="I squared",
            estimate=_share(tau2, typical),
            low=_share(min(low, tau2), typical),
            high=_share(max(high, tau2), typical),
            unit="share",
            level=level,
            n=k,
        ),
        q=q,
        p_same=float(chi2.sf(q, k - 1)),
    )


def _share(tau2: float, typical: float) -> float:
    return tau2 / (tau2 + typical)


def _tanh(one: Estimate) -> Estimate:
    assert one.low is not None
    assert one.high is not None
    return Estimate(
        quantity=one.quantity,
        estimate=float(np.tanh(one.estimate)),
        low=float(np.tanh(one.low)),
        high=float(np.tanh(one.high)),
        level=one.level,
        n=one.n,
        unit="r",
    )
