"""The net promoter score and its margin: small samples promise more than they keep.

The score is a share less a share, both of the same customers, so the interval for one
share does not fit it. Of the simple intervals we take the adjusted one by default: it
counts three imaginary customers in, which is enough for it to keep its promise in
small samples where the textbook one does not (see ``cxlab.surveys.coverage``).
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from cxlab.intervals import z_value
from cxlab.results import Estimate, tidy
from cxlab.surveys.scales import scale_named

Floats = NDArray[np.float64]

METHODS = ("adjusted", "wald")
_PROMOTER_FROM = 9
_DETRACTOR_TO = 6
_IMAGINARY = (0.75, 1.5, 0.75)  # promoters, passives, detractors counted in


@dataclass(frozen=True, kw_only=True)
class NetPromoter:
    """Shares of promoters and detractors among customers, and the score they make."""

    promoters: float  # share who answered 9 or 10, 0-1
    detractors: float  # share who answered 0 to 6, 0-1
    n: int  # customers who answered

    def __post_init__(self) -> None:
        """Refuse shares that no customers could have."""
        check_shares(self.promoters, self.detractors)
        if self.n < 1:
            raise ValueError(f"n={self.n}: a score needs at least one customer.")

    @property
    def score(self) -> float:
        """Promoters less detractors, points, -100 .. 100."""
        return 100 * (self.promoters - self.detractors)

    @property
    def standard_error(self) -> float:
        """How far the score of another such sample would typically lie off, points."""
        return 100 * math.sqrt(_variance(self.promoters, self.detractors) / self.n)

    def interval(self, *, method: str = "adjusted", level: float = 0.95) -> Estimate:
        """Return the score with its interval.

        Parameters
        ----------
        method : str
            "adjusted" (three imaginary customers counted in) or "wald".
        """
        centre, error = centre_and_error(
            self.promoters * self.n, self.detractors * self.n, self.n, method=method
        )
        reach = z_value(level) * error
        return Estimate(
            quantity="net promoter score",
            estimate=self.score,
            low=100 * max(float(centre - reach), -1.0),
            high=100 * min(float(centre + reach), 1.0),
            level=level,
            n=self.n,
            unit="points",
        )

    def summary(self) -> pd.DataFrame:
        """Return the three shares and the score as the tidy table."""
        passives = 1 - self.promoters - self.detractors
        shares = {
            "promoters": self.promoters,
            "passives": passives,
            "detractors": self.detractors,
        }
        rows = [
            Estimate(quantity=name, estimate=value, n=self.n, unit="share")
            for name, value in shares.items()
        ]
        return tidy([*rows, self.interval()])

    def __str__(self) -> str:
        """Say the score with its interval."""
        return str(self.interval())


def net_promoter(answers: ArrayLike, *, scale: str = "") -> NetPromoter:
    """Count promoters and detractors among answers from 0 to 10.

    Parameters
    ----------
    answers : array_like
        One per customer; missing where not answered.
    scale : str
        Must be "nps", and must be said: a question answered from 1 to 10 gives other
        shares, and its answers alone do not show it.

    Raises
    ------
    ValueError
        If another scale, or none, is stated.

    Examples
    --------
    The same mean of 8, and two scores.

    >>> net_promoter([8, 8, 8], scale="nps").score
    0.0
    >>> round(net_promoter([9, 9, 6], scale="nps").score, 1)
    33.3
    """
    if scale != "nps":
        was = f"{scale} ({scale_named(scale).says})" if scale else "no scale"
        raise ValueError(
            f"{was} was stated: promoters (9 or 10) and detractors (0 to 6) are "
            "defined on a question answered from 0 to 10. If that was asked, state "
            'scale="nps"; if not, report a top box of the scale you have.'
        )
    answered = scale_named("nps").check(answers).dropna()
    if answered.empty:
        raise ValueError("nobody answered: a score needs at least one customer.")
    return NetPromoter(
        promoters=float((answered >= _PROMOTER_FROM).mean()),
        detractors=float((answered <= _DETRACTOR_TO).mean()),
        n=len(answered),
    )


def net_promoter_from_shares(p: float, d: float, *, n: int) -> NetPromoter:
    """Take the score from printed shares.

    Parameters
    ----------
    p, d : float
        Shares of promoters and of detractors, 0-1, together at most 1.
    n : int
        Customers who answered.

    Examples
    --------
    >>> found = net_promoter_from_shares(0.50, 0.17, n=400)
    >>> round(found.score), round(found.standard_error, 2)
    (33, 3.75)
    """
    return NetPromoter(promoters=p, detractors=d, n=n)


def margin(p: float, d: float, *, n: int, level: float = 0.95) -> float:
    """Return how many points a score may be off to each side.

    Examples
    --------
    >>> round(margin(0.50, 0.17, n=400), 1)
    7.3
    """
    found = NetPromoter(promoters=p, detractors=d, n=n)
    return z_value(level) * found.standard_error


def n_for_margin(p: float, d: float, *, points: float, level: float = 0.95) -> int:
    """Return how many customers a survey needs for a margin of so many points.

    Examples
    --------
    >>> n_for_margin(0.50, 0.17, points=5)
    863
    """
    check_shares(p, d)
    if points <= 0:
        raise ValueError(f"points={points}: a margin is above 0. A usual one is 5.")
    return math.ceil(_variance(p, d) * (100 * z_value(level) / points) ** 2)


def centre_and_error(
    promoters: ArrayLike, detractors: ArrayLike, n: float, *, method: str
) -> tuple[Floats, Floats]:
    """Return the middle and the standard error of a score as shares, from counts.

    Raises
    ------
    ValueError
        If there is no such method.
    """
    if method not in METHODS:
        raise ValueError(
            f"method={method!r}: choose one of {', '.join(METHODS)}. The adjusted one "
            "keeps its promise in small samples."
        )
    first, between, second = _IMAGINARY if method == "adjusted" else (0.0, 0.0, 0.0)
    size = n + first + between + second
    p = (np.asarray(promoters, dtype=float) + first) / size
    d = (np.asarray(detractors, dtype=float) + second) / size
    return p - d, np.sqrt(_variance(p, d) / size)


def _variance(p: ArrayLike, d: ArrayLike) -> Floats:
    """Return the variance of one customer's +1, 0 or -1."""
    first, second = np.asarray(p, dtype=float), np.asarray(d, dtype=float)
    # rounding may leave -1e-17 where all customers are of one kind
    variance: Floats = np.maximum(first + second - (first - second) ** 2, 0.0)
    return variance


def check_shares(p: float, d: float) -> None:
    """Refuse shares of promoters and detractors that no customers could have."""
    if min(p, d) < 0 or p + d > 1 + 1e-12:
        raise ValueError(
            f"promoters {p} and detractors {d}: shares lie between 0 and 1 and are "
            "together at most 1. Give 50% as 0.5."
        )
