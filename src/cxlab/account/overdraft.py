"""Is there a jump in the hazard, and where? A search that does not assume zero.

"Always positive" says that something happens at zero. So let a jump stand at every
place of the balance in turn, and see how much better the account then fits. Whoever
tries many places will find some gain by chance; so the largest gain is held against the
largest gains of accounts without any jump.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.account.fit import AccountFit, fit_account
from cxlab.account.months import Months
from cxlab.results import Estimate, tidy

Floats = NDArray[np.float64]

PLACES = tuple(np.linspace(-3, 3, 25).tolist())  # points of the balance
_TURNS = 2  # rules and place are found in turn
_AT_ZERO = 0.5  # points: the rules are estimates too, and shift the scale a little


@dataclass(frozen=True, kw_only=True)
class JumpSearch:
    """How much better an account fits with a jump, place by place."""

    places: Floats  # points of the balance
    gains: Floats  # log likelihood above the account without a jump
    fit: AccountFit  # with the jump at the best place
    p_value: float  # chance of such a gain, or a larger one, without any jump

    @property
    def best(self) -> float:
        """Place of the jump that fits best, points."""
        return float(self.places[np.argmax(self.gains)])

    @property
    def found(self) -> bool:
        """Whether there is a jump: a gain that chance gives in fewer than 1 of 100."""
        return self.p_value < 0.01

    @property
    def at_zero(self) -> bool:
        """Whether leaving jumps up below a balance within half a point of zero."""
        upwards = self.fit["jump"].estimate > 0
        return self.found and upwards and abs(self.best) <= _AT_ZERO

    def summary(self) -> pd.DataFrame:
        """Return the place and the height of the jump as the tidy table."""
        place = Estimate(
            quantity="place of the jump",
            estimate=self.best,
            n=self.fit.n,
            unit="points",
        )
        return tidy([place, self.fit["jump"]])

    def __str__(self) -> str:
        """Say whether there is a jump, and where."""
        if not self.found:
            return f"No jump can be told from none (p = {self.p_value:.2g})."
        return (
            f"There is a jump at a balance of {self.best:.2g} (p = {self.p_value:.2g})."
        )

    def describe(self) -> str:
        """Say what a picture of the search shows."""
        return (
            f"How much better a jump fits at balances from {self.places.min():g} to "
            f"{self.places.max():g}. {self}"
        )


def search_jump(
    months: Months,
    *,
    places: Sequence[float] = PLACES,
    smooth: AccountFit | None = None,
    draws: int = 9_999,
    rng: np.random.Generator,
) -> JumpSearch:
    """Look for a balance below which customers leave more, or less, at one stroke.

    Parameters
    ----------
    months
        As from ``customer_months``.
    places
        Balances at which a jump may stand, points.
    smooth
        The account without a jump; None: it is fitted.
    draws
        Accounts without a jump whose largest gain is drawn, from the joint bell curve
        of the gains at all places.
    rng
        Where the randomness comes from.

    Notes
    -----
    The p-value uses the score of a jump at each place, adjusted for all numbers of the
    account. The place and the rules are then found in turn.
    """
    at = np.asarray(places, dtype=float)
    smooth = fit_account(months) if smooth is None else smooth
    first, p_value = _largest_score(months, smooth, at, draws, rng)
    place, fit = float(first), smooth
    for _ in range(_TURNS):
        fit = fit_account(months, jump=below(months, fit, place))
        gains = _gains(months, fit, at) - smooth.log_likelihood
        place = float(at[np.argmax(gains)])
    return JumpSearch(places=at, gains=gains, fit=fit, p_value=p_value)


def below(months: Months, fit: AccountFit, place: float) -> Floats:
    """Return 1 at rows that open with a balance below a place, else 0."""
    debit: Floats = (months.opening(fit.rules) < place).astype(float)
    return debit


def _largest_score(
    months: Months,
    smooth: AccountFit,
    at: Floats,
    draws: int,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Return where a jump would help most, and the chance of so much help by chance."""
    balance = months.opening(smooth.rules)
    chance = smooth.leave(balance)
    weight = chance * (1 - chance)
    columns = smooth.columns(months)
    jumps = (balance[:, None] < at).astype(float)
    inner = (columns * weight[:, None]).T
    jumps -= columns @ np.linalg.lstsq(inner @ columns, inner @ jumps, rcond=None)[0]
    spread = (jumps * weight[:, None]).T @ jumps
    size = np.sqrt(np.maximum(np.diag(spread), 0.0))
    fit = size > 1e-6 * size.max()  # a place with nobody below it says nothing
    score = np.abs(jumps.T @ (months.left - chance))[fit] / size[fit]
    alike = spread[np.ix_(fit, fit)] / np.outer(size[fit], size[fit])
    values, vectors = np.linalg.eigh(alike)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    largest = np.abs(root @ rng.standard_normal((len(score), draws))).max(axis=0)
    hits = int((largest >= score.max()).sum())
    return float(at[fit][np.argmax(score)]), (hits + 1) / (draws + 1)


def _gains(months: Months, fit: AccountFit, at: Floats) -> Floats:
    """Return the log likelihood with a jump at each place, the rules being as found."""
    balance = months.opening(fit.rules)
    order = np.argsort(balance, kind="stable")
    x, left = balance[order], months.left[order]
    start = np.array([fit["start"].estimate, fit["slope"].estimate, 0.0])
    return np.array(
        [_with_jump(x, left, int(k), start) for k in np.searchsorted(x, at)]
    )


def _with_jump(x: Floats, left: NDArray[np.bool_], below_: int, start: Floats) -> float:
    """Return the log likelihood of a line and a jump over the first rows."""
    columns = np.stack([np.ones_like(x), -x, np.zeros_like(x)], axis=1)
    columns[:below_, 2] = 1.0
    values = start
    for _ in range(4):  # from so near, Newton needs three
        chance = expit(columns @ values)
        inner = (columns * (chance * (1 - chance))[:, None]).T @ columns
        push = columns.T @ (left - chance)
        values = values + np.linalg.lstsq(inner, push, rcond=None)[0]
    odds = columns @ values
    return float(odds[left].sum() - np.logaddexp(0.0, odds).sum())
