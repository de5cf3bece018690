"""The account as it is kept by hand: one state, one step, and nothing else.

This is the definition; everything faster is held to it. A state is what is left of all
deposits and of all withdrawals at a month. To book a touch, let both fade until its
month, then add what it brings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from cxlab.account.rules import Rules


@dataclass(frozen=True, kw_only=True)
class State:
    """What an account holds at a month."""

    month: float
    deposits: float = 0.0  # what is left of them
    withdrawals: float = 0.0  # what is left of them, before the weight of a loss

    def at(self, month: float, rules: Rules) -> "State":
        """Let it fade until a later month."""
        if month < self.month:
            raise ValueError(
                f"month {month} lies before month {self.month}, at which this account "
                "stands. A ledger is only added to: replay it up to that month instead."
            )
        keep, fade = rules.kept(month - self.month).tolist()
        return State(
            month=month,
            deposits=self.deposits * keep,
            withdrawals=self.withdrawals * fade,
        )

    def balance(self, rules: Rules) -> float:
        """Return deposits less weighted withdrawals."""
        return self.deposits - rules.loss_weight * self.withdrawals


def book(state: State, touch: tuple[float, float, float], *, rules: Rules) -> State:
    """Add one touch to an account.

    Parameters
    ----------
    state
        The account before.
    touch : (month, size, expectation)

    Examples
    --------
    A good day in month 0, a bad one in month 2, with nothing forgotten:

    >>> rules = Rules(loss_weight=2, decay_deposit=0, decay_withdrawal=0)
    >>> opened = State(month=0)
    >>> after = book(book(opened, (0, 6, 5), rules=rules), (2, 4, 5), rules=rules)
    >>> after.balance(rules)
    -1.0
    """
    month, size, expectation = touch
    now = state.at(month, rules)
    came, went = rules.worth(size - expectation).tolist()
    return State(
        month=month,
        deposits=now.deposits + came,
        withdrawals=now.withdrawals + went * float(rules.soften(now.balance(rules))),
    )


def replay(touches: Iterable[tuple[float, float, float]], *, rules: Rules) -> State:
    """Book touch after touch, from an account that is opened empty at the first.

    Raises
    ------
    ValueError
        If there is no touch, or a touch lies before the one booked last.
    """
    kept = list(touches)
    if not kept:
        raise ValueError("No touches: an account is opened by its first one.")

    def step(state: State, touch: tuple[float, float, float]) -> State:
        return book(state, touch, rules=rules)

    return reduce(step, kept, State(month=kept[0][0]))
