"""Four worlds in which customers leave, only one of which keeps a plain account.

Months run from 1. In each month a customer first decides whether to stay, by what has
happened up to its opening; whoever stays has the month's touches, booked at its end.
So in every world the decision precedes the touches of its month.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from cxlab.account import Rules, customer_months, fit_account
from cxlab.surveys.again import Repeated, repeated

Floats = NDArray[np.float64]

WORLDS = ("account", "overdraft", "betrayal", "last touch")
LETTERS = "ABCD"
KINDS = ("good day", "bad day", "broken promise")


@dataclass(frozen=True, kw_only=True)
class AccountWorld:
    """A world in which touches move customers to stay or to leave.

    - ``account``: the chance to leave falls smoothly with the balance.
    - ``overdraft``: the same, and jumps where the balance falls below zero.
    - ``betrayal``: the same, and jumps for ever after the first broken promise.
    - ``last touch``: there is no account; only the last month with a touch counts.
    """

    kind: str = "account"
    rules: Rules = field(default_factory=Rules)
    start: float = -3.0  # log odds of leaving at a balance of 0
    slope: float = 0.45  # log odds per point of the balance
    jump: float = 1.2  # log odds, in debit or after a broken promise
    good_days: float = 0.8  # mean per month
    bad_days: float = 0.22
    broken_promises: float = 0.03  # bad days, too; only betrayal never forgives them

    def __post_init__(self) -> None:
        """Refuse a world that is none of the four."""
        if self.kind not in WORLDS:
            raise ValueError(f"kind={self.kind!r}: choose one of {', '.join(WORLDS)}.")
        rates = (self.good_days, self.bad_days, self.broken_promises)
        if min(rates) < 0 or self.rules.buffer or self.rules.curvature != 1:
            raise ValueError(
                f"touches per month {rates}, {self.rules}: give rates of at least 0, "
                "and rules without buffer and curvature."
            )

    def log_odds(self, balance: Floats, betrayed: NDArray[np.bool_]) -> Floats:
        """Return the log odds of leaving at a balance."""
        odds: Floats = self.start - self.slope * balance
        if self.kind == "overdraft":
            odds += self.jump * (balance < 0)
        if self.kind == "betrayal":
            odds += self.jump * betrayed
        return odds


def customers_and_touches(
    world: AccountWorld, *, n: int, months: int, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame, AccountWorld]:
    """Draw customers, their touches, and who leaves when.

    Parameters
    ----------
    world
        The truth.
    n
        Customers, all of whom begin together.
    months
        How long we look.

    Returns
    -------
    touches : DataFrame
        customer, month (its end), kind, size, expectation: every touch is 1 above or
        below expectation.
    customers : DataFrame, n rows
        customer, months (seen), left.
    truth : AccountWorld
        As given.
    """
    if n < 1 or months < 1:
        raise ValueError(f"n={n}, months={months}: both must be at least 1.")
    rates = (world.good_days, world.bad_days, world.broken_promises)
    came = rng.poisson(rates, size=(months, n, 3))
    coins = rng.random((months, n))
    sums, mood = np.zeros((n, 2)), np.zeros((n, 2))
    betrayed, seen = np.zeros(n, dtype=bool), np.full(n, months)
    here = np.ones(n, dtype=bool)
    step = world.rules.kept(1.0)
    for month in range(months):
        state = mood if world.kind == "last touch" else sums
        odds = world.log_odds(world.rules.balance(state), betrayed)
        leaves = here & (coins[month] < expit(odds))
        seen[leaves] = month + 1
        here &= ~leaves
        came[month, ~here] = 0
        now = np.stack([came[month, :, 0], came[month, :, 1:].sum(axis=1)], axis=1)
        sums = sums * step + now
        touched = now.any(axis=1)
        mood[touched] = now[touched]
        betrayed |= came[month, :, 2] > 0
    customers = pd.DataFrame({"customer": np.arange(n), "months": seen, "left": ~here})
    return _touches(came), customers, world


def _touches(came: NDArray[np.int64]) -> pd.DataFrame:
    """List touches one by one, month by month."""
    month, customer, kind = (
        np.repeat(index, came[came > 0]) for index in np.nonzero(came)
    )
    return pd.DataFrame(
        {
            "customer": customer,
            "month": month + 1.0,
            "kind": np.array(KINDS)[kind],
            "size": np.where(kind == 0, 6.0, 4.0),
            "expectation": 5.0,
        }
    )


def hidden_worlds(rules: Rules, *, rng: np.random.Generator) -> dict[str, AccountWorld]:
    """Hide the four worlds behind letters that give nothing away."""
    order = rng.permutation(len(WORLDS))
    return {
        letter: AccountWorld(kind=WORLDS[k], rules=rules)
        for letter, k in zip(LETTERS, order, strict=True)
    }


def seek_again(
    world: AccountWorld, *, draws: int, n: int, months: int, rng: np.random.Generator
) -> tuple[Repeated, Repeated]:
    """Draw a world again and again, and seek the weight with one decay and with two.

    Returns
    -------
    one_decay, two_decays : Repeated
        The weight of a withdrawal with its interval, draw by draw, beside the truth.
    """
    if draws < 1:
        raise ValueError(f"draws={draws}: draw the world at least once.")
    found = []
    for _ in range(draws):
        touches, customers, _ = customers_and_touches(
            world, n=n, months=months, rng=rng
        )
        rows = customer_months(touches, customers)
        found.append([fit_account(rows, one_decay=one) for one in (True, False)])
    one, two = (
        repeated(
            [fit["loss_weight"] for fit in fits],
            truth=world.rules.loss_weight,
            name=name,
        )
        for fits, name in zip(
            zip(*found, strict=True), ("one pace", "two paces"), strict=True
        )
    )
    return one, two
