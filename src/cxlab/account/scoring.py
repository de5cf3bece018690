"""The climb to the account that makes what happened most likely, by scoring.

For given decays the hazard is a plain logistic regression on two columns, what is left
of deposits and what is left of withdrawals. The decays are found along with it: every
step is a weighted least squares on how the log odds of each customer-month move with
each number sought, shortened where it would lead down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.account.months import Months
from cxlab.account.rules import Rules

Floats = NDArray[np.float64]
Values = Mapping[str, float]

# where the climb begins, and how far it may go
SOUGHT: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        "start": (-3.0, -20.0, 20.0),
        "slope": (0.3, 1e-4, 50.0),
        "loss_weight": (1.5, 0.01, 100.0),
        "decay_deposit": (0.15, 1e-3, 10.0),
        "decay_withdrawal": (0.15, 1e-3, 10.0),
        "jump": (0.0, -20.0, 20.0),
    }
)
PLAIN = ("start", "jump")  # sought as they are; the others as logs
_ROUNDS = 100


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which numbers of an account are sought, from which customer-months."""

    names: tuple[str, ...]
    months: Months
    jump: Floats  # rows whose log odds are shifted, 0 or 1

    def tied(self, values: Values) -> dict[str, float]:
        """Let both signs fade alike where only one decay is sought."""
        alike = "decay_withdrawal" not in self.names
        other = values["decay_deposit"] if alike else values["decay_withdrawal"]
        return {**values, "decay_withdrawal": other}

    def columns(self, values: Values) -> tuple[Floats, Floats]:
        """Return the log odds of every row, and their slope in each number sought."""
        rules = Rules(
            loss_weight=values["loss_weight"],
            decay_deposit=values["decay_deposit"],
            decay_withdrawal=values["decay_withdrawal"],
        )
        sums, slopes = self.months.opening_sums(rules)
        slope, bad = values["slope"], values["slope"] * values["loss_weight"]
        balance = rules.balance(sums)
        odds = values["start"] - slope * balance + values["jump"] * self.jump
        moves = {
            "start": np.ones_like(odds),
            "slope": -slope * balance,
            "loss_weight": bad * sums[:, 1],
            "decay_deposit": -slope * rules.decay_deposit * slopes[:, 0],
            "decay_withdrawal": bad * rules.decay_withdrawal * slopes[:, 1],
            "jump": self.jump,
        }
        if "decay_withdrawal" not in self.names:
            moves["decay_deposit"] = moves["decay_deposit"] + moves["decay_withdrawal"]
        return odds, np.stack([moves[name] for name in self.names], axis=1)

    def height(self, odds: Floats) -> float:
        """Return the log likelihood."""
        return float(odds[self.months.left].sum() - np.logaddexp(0.0, odds).sum())

    def moved(self, values: Values, move: Floats) -> dict[str, float]:
        """Take a step, at most one unit of a log long, within how far each may go."""
        move = move / max(1.0, float(np.abs(move).max()))
        to = dict(values)
        for name, by in zip(self.names, move.tolist(), strict=True):
            _, low, high = SOUGHT[name]
            there = to[name] + by if name in PLAIN else to[name] * np.exp(by)
            to[name] = float(np.clip(there, low, high))
        return self.tied(to)

    def free(self, values: Values, push: Floats) -> NDArray[np.bool_]:
        """Say which numbers may move: not those pushed beyond how far they may go."""
        stuck = [
            (values[name] <= SOUGHT[name][1] and by < 0)
            or (values[name] >= SOUGHT[name][2] and by > 0)
            for name, by in zip(self.names, push.tolist(), strict=True)
        ]
        return ~np.array(stuck)


@dataclass(frozen=True, kw_only=True)
class Top:
    """Where the climb ended."""

    values: Values
    information: Floats  # 0 for a number at the end of its range
    height: float  # log likelihood


def climb(sought: Sought, values: Values) -> Top:
    """Climb to the highest likelihood.

    Raises
    ------
    ValueError
        If the top is not reached.
    """
    now, damp = sought.tied(values), 0.0
    odds, columns = sought.columns(now)
    height = sought.height(odds)
    for _ in range(_ROUNDS):
        chance = expit(odds)
        information = (columns * (chance * (1 - chance))[:, None]).T @ columns
        push = columns.T @ (sought.months.left - chance)
        free = sought.free(now, push)
        inner = information[np.ix_(free, free)]
        ridge = np.diag(np.diag(inner)) * damp
        move = np.zeros(len(push))
        move[free] = np.linalg.lstsq(inner + ridge, push[free], rcond=None)[0]
        # what the step promises; nearly nothing means that the top is reached
        if float(push @ move) < 1e-9:
            information[~free] = information[:, ~free] = 0.0
            return Top(values=now, information=information, height=height)
        tried = sought.moved(now, move)
        odds_tried, columns_tried = sought.columns(tried)
        reached = sought.height(odds_tried)
        if reached >= height - 1e-9:
            now, odds, columns, height = tried, odds_tried, columns_tried, reached
            damp = 0.0 if damp < 0.01 else damp / 10
        else:
            damp = max(0.01, 10 * damp)
    raise ValueError(
        f"no account was found in {_ROUNDS} steps (last: "
        + ", ".join(f"{name} {now[name]:.3g}" for name in sought.names)
        + "). With few customers the decays cannot be told: force one decay, or give "
        "the weight of a loss."
    )
