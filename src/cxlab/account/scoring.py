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
_NEAR, _DONE = 1e-2, 1e-13  # what a step promises, log likelihood


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


@dataclass(frozen=True)
class _Felt:
    """The step taken last: how the hill was thought to bend, the move, and its push."""

    bend: Floats
    move: Floats
    push: Floats

    def bent(self, push: Floats) -> Floats:
        """Return how the hill bends, corrected by how the push has changed."""
        felt, thought = self.push - push, self.bend @ self.move
        along, meant = float(felt @ self.move), float(thought @ self.move)
        if along <= 0.1 * meant:
            return self.bend
        bend: Floats = (
            self.bend
            + np.outer(felt, felt) / along
            - np.outer(thought, thought) / meant
        )
        return bend


def climb(sought: Sought, values: Values) -> Top:
    """Climb to the highest likelihood.

    Raises
    ------
    ValueError
        If the top is not reached.

    Notes
    -----
    Far from the top the expected information says how far to step. Near it, what the
    steps themselves have felt corrects it (BFGS), or they would swing over the top.
    """
    now, damp, near = sought.tied(values), 0.0, None
    odds, columns = sought.columns(now)
    height = sought.height(odds)
    for _ in range(_ROUNDS):
        chance = expit(odds)
        information = (columns * (chance * (1 - chance))[:, None]).T @ columns
        push = columns.T @ (sought.months.left - chance)
        free = sought.free(now, push)
        bend = information if near is None else near.bent(push)
        inner = bend[np.ix_(free, free)]
        move = np.zeros(len(push))
        ridge = np.diag(np.diag(inner)) * damp
        move[free] = np.linalg.lstsq(inner + ridge, push[free], rcond=None)[0]
        promise = float(push @ move)  # of likelihood, twice what the step will gain
        if promise < _DONE:
            information[~free] = information[:, ~free] = 0.0
            return Top(values=now, information=information, height=height)
        tried = sought.moved(now, move)
        odds_tried, columns_tried = sought.columns(tried)
        reached = sought.height(odds_tried)
        if reached >= height - 1e-9:
            now, odds, columns, height = tried, odds_tried, columns_tried, reached
            near = _Felt(bend, move, push) if promise < _NEAR else None
            damp = damp / 10
        else:
            near, damp = None, max(0.01, 10 * damp)
    raise ValueError(
        f"no account was found in {_ROUNDS} steps (last: "
        + ", ".join(f"{name} {now[name]:.3g}" for name in sought.names)
        + "). With few customers the decays cannot be told: force one decay, or give "
        "the weight of a loss."
    )
