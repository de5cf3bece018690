"""The customers of today: what each brought along, and what each has lived through."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from cxlab.account import Rules
from cxlab.company.draws import Keys, normal, uniform
from cxlab.company.truth import Truth

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(kw_only=True)
class People:
    """One row a customer who is there now; arrays of one length."""

    key: Keys  # whose draws they are
    row: Ints  # line in the table of customers
    branch: Ints
    since: Ints  # month of joining, 0 is the company's first, below 0: before
    bond: Floats  # SD, what nobody measures
    pace: Floats  # purchases per month
    basket: Floats  # log money
    expects: Floats  # points, with two decimals
    deposits: Floats  # what is left of them, points
    withdrawals: Floats  # before the weight of a loss

    def __len__(self) -> int:
        """Count them."""
        return len(self.key)

    def balance(self, rules: Rules) -> Floats:
        """Return deposits less weighted withdrawals, points."""
        return self.deposits - rules.loss_weight * self.withdrawals

    def keep(self, chosen: Bools) -> "People":
        """Return those chosen."""
        rows = np.flatnonzero(chosen)  # once, and not once for every column
        return People(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})

    def with_(self, more: "People") -> "People":
        """Return both together, these first."""
        both = {
            f.name: np.concatenate([getattr(self, f.name), getattr(more, f.name)])
            for f in fields(self)
        }
        return People(**both)


def arrive(truth: Truth, key: Keys, *, row: Ints, branch: Ints, since: Ints) -> People:
    """Return customers as they come: with their own traits, and an empty account."""
    expects = truth.promise + truth.promise_sd * normal(key, "promise")
    pace = gammaincinv(truth.pace_shape, uniform(key, "pace"))
    basket = truth.basket_between * normal(key, "basket")
    return People(
        key=key,
        row=row,
        branch=branch,
        since=since,
        bond=normal(key, "bond"),
        pace=np.asarray(pace * (truth.pace / truth.pace_shape)),
        basket=np.log(truth.basket) + basket,
        expects=hundredths(np.clip(expects, 1, 7)),
        deposits=np.zeros(len(key)),
        withdrawals=np.zeros(len(key)),
    )


def hundredths(points: Floats) -> Floats:
    """Round to two decimals, as the tables hold them."""
    return np.asarray(np.rint(100 * points) / 100)
