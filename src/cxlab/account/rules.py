"""The rules of an account: what a touch is worth, and how it fades.

A touch is worth what it was above expectation. Below expectation it counts as a
withdrawal, and weighs more than a deposit of the same size. Both fade, each at its own
pace. The rules are ours: no author prints a number for any of them.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FORGETTING = ("exponential", "power")


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How touches become a balance.

    Examples
    --------
    A good day and a bad day of the same size leave the account overdrawn:

    >>> rules = Rules(loss_weight=2.25)
    >>> rules.balance([[1.0, 1.0]]).tolist()
    [-1.25]

    Half of a touch has faded after four to five months:

    >>> round(rules.half_life_deposit, 1)
    4.6
    """

    loss_weight: float = 2.25  # deposits that one withdrawal of their size undoes
    decay_deposit: float = 0.15  # per month; with power forgetting: the exponent
    decay_withdrawal: float = 0.15  # per month
    curvature: float = 1.0  # 1: twice the size counts twice; below 1: less
    buffer: float = 0.0  # above 0: credit softens a withdrawal; below 0: sharpens it
    forgetting: str = "exponential"  # or "power", which needs the whole history

    def __post_init__(self) -> None:
        """Refuse rules under which no balance can be kept."""
        numbers = {
            "loss_weight": self.loss_weight,
            "decay_deposit": self.decay_deposit,
            "decay_withdrawal": self.decay_withdrawal,
            "curvature": self.curvature,
        }
        for name, value in numbers.items():
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(
                    f"{name}={value}: give a finite number of at least 0; a decay of 0 "
                    "never forgets."
                )
        if not (math.isfinite(self.buffer) and self.curvature > 0):
            raise ValueError(
                f"buffer={self.buffer}, curvature={self.curvature}: give a finite "
                "buffer (0 for none), and a curvature above 0 (1 for none)."
            )
        if self.forgetting not in FORGETTING:
            raise ValueError(
                f"forgetting={self.forgetting!r}: choose one of "
                f"{', '.join(FORGETTING)}."
            )
        if self.forgetting == "power" and self.buffer:
            raise ValueError(
                f"buffer={self.buffer} with power forgetting: a buffer needs the "
                "balance at every touch, and power forgetting is summed afterwards. "
                "Choose one of the two."
            )

    @property
    def decays(self) -> Floats:
        """Decay of deposits and of withdrawals, per month."""
        return np.array([self.decay_deposit, self.decay_withdrawal])

    @property
    def half_life_deposit(self) -> float:
        """Months after which half of a deposit is left (exponential forgetting)."""
        return _half_life(self.decay_deposit)

    @property
    def half_life_withdrawal(self) -> float:
        """Months after which half of a withdrawal is left (exponential forgetting)."""
        return _half_life(self.decay_withdrawal)

    def kept(self, months: ArrayLike) -> Floats:
        """Return what is left of a deposit and of a withdrawal after so many months.

        Returns
        -------
        ndarray, shape (..., 2)
            Shares, 0-1: deposits first.

        Notes
        -----
        Exponential: exp(-d t). Power: (1 + t)^(-d), slower and slower.
        """
        waited = np.asarray(months, dtype=float)[..., None]
        if self.forgetting == "power":
            waited = np.log1p(waited)
        with np.errstate(over="ignore"):  # beyond all numbers: nothing is left
            left: Floats = np.exp(-self.decays * waited)
        return left

    def worth(self, gap: ArrayLike) -> Floats:
        """Return what touches put in and take out, before the weight of a loss.

        Parameters
        ----------
        gap : array_like, shape (n,)
            Size of each touch less what was expected, points, high is good.

        Returns
        -------
        ndarray, shape (n, 2)
            Deposit and withdrawal, both at least 0; one of them is 0.
        """
        above = np.asarray(gap, dtype=float)
        both = np.empty((*above.shape, 2))
        np.maximum(above, 0.0, out=both[..., 0])
        np.maximum(-above, 0.0, out=both[..., 1])
        if self.curvature != 1:
            np.power(both, self.curvature, out=both)
        return both

    def balance(self, sums: ArrayLike) -> Floats:
        """Return deposits less weighted withdrawals, from sums of shape (..., 2)."""
        both = np.asarray(sums, dtype=float)
        left: Floats = both[..., 0] - self.loss_weight * both[..., 1]
        return left

    def soften(self, balance: ArrayLike) -> Floats:
        """Return by what factor a withdrawal counts at a balance; 1 if in debit."""
        credit = np.maximum(np.asarray(balance, dtype=float), 0.0)
        with np.errstate(over="ignore"):
            factor: Floats = np.exp(-self.buffer * credit)
        return factor


def _half_life(decay: float) -> float:
    return math.log(2) / decay if decay > 0 else math.inf
