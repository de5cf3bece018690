"""A market of two firms, in which what one firm gives comes to be expected.

Every month a share of each firm's customers leaves. One firm acts on its own customers,
with a delight or with less effort; the other does nothing. What is new lowers leaving;
what is expected no longer does; and what is expected and does not come raises it. The
truth is the argument, and everything follows from it exactly: nobody is drawn.
"""

from dataclasses import dataclass, replace

import pandas as pd

from cxlab.results import Estimate, tidy

DELIGHT, EASE = "delight", "ease"
MONTHS = ("ours", "theirs", "expected", "missed", "leaves", "leaves_rival")


@dataclass(frozen=True, kw_only=True)
class Action:
    """What a firm does for each of its customers every month, and what it costs."""

    name: str
    cost: float  # money per customer and month
    drop: float = 0.005  # how much a new one lowers monthly leaving, share
    learning: float = 0.3  # how far expectation closes up in a month, 0-1

    def __post_init__(self) -> None:
        """Refuse actions that cannot be."""
        if not (self.cost > 0 and 0 <= self.drop <= 1 and 0 <= self.learning <= 1):
            raise ValueError(
                f"cost={self.cost}, drop={self.drop}, learning={self.learning}: the "
                "cost is above 0, and the other two are shares from 0 to 1. Give half "
                "a customer of 100 as 0.005."
            )


def delight(cost: float, *, drop: float = 0.005, learning: float = 0.3) -> Action:
    """Return a delight: new every month, until customers have come to expect it."""
    return Action(name=DELIGHT, cost=cost, drop=drop, learning=learning)


def ease(cost: float, *, drop: float = 0.005, learning: float = 0.0) -> Action:
    """Return less effort: trouble that is gone goes on being gone."""
    return Action(name=EASE, cost=cost, drop=drop, learning=learning)


@dataclass(frozen=True, kw_only=True)
class Market:
    """Two firms with 50 customers each. What one of them does is an `Action`.

    Examples
    --------
    Where everything expected is forgotten by the next month, a delight is as good as
    ease of the same price.

    >>> market = Market(forgetting=1.0)
    >>> one, other = (market.act(a(0.5)).per_money for a in (delight, ease))
    >>> one == other
    True
    """

    forgetting: float = 0.1  # of what is expected, forgotten within a month, 0-1
    horizon: int = 36  # months
    margin: float = 20.0  # money that a customer brings in a month
    leaving: float = 0.03  # share of each firm's customers that leaves in a month
    moving: float = 1.0  # of those who leave, share that goes to the other firm
    weight: float = 2.0  # how much more a missed delight counts than a new one

    def __post_init__(self) -> None:
        """Refuse markets that cannot be."""
        shares = (self.forgetting, self.leaving, self.moving)
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError(
                f"forgetting={self.forgetting}, leaving={self.leaving}, moving="
                f"{self.moving}: all three are shares from 0 to 1."
            )
        if self.horizon < 1 or self.margin <= 0 or self.weight < 0:
            raise ValueError(
                f"horizon={self.horizon}, margin={self.margin}, weight={self.weight}: "
                "give at least one month, a margin above 0 and a weight of 0 or more."
            )

    def act(self, action: Action) -> "Outcome":
        """Let the first firm act for the whole horizon.

        Raises
        ------
        ValueError
            If the action would keep more customers than would leave.
        """
        if action.drop > self.leaving:
            raise ValueError(
                f"drop={action.drop} of leaving={self.leaving}: no action keeps more "
                "customers than would leave. Give a smaller drop."
            )
        return Outcome(
            market=self,
            action=action,
            acted=_run(self, action),
            idle=_run(self, replace(action, drop=0.0)),
        )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an action brought, month by month, beside doing nothing."""

    market: Market
    action: Action
    acted: pd.DataFrame  # columns MONTHS
    idle: pd.DataFrame

    @property
    def spent(self) -> float:
        """Money spent over the horizon, for the 50 customers of the start."""
        return float(self.action.cost * self.acted["ours"].sum())

    @property
    def kept(self) -> float:
        """Customer-months won by acting."""
        return float(self.acted["ours"].sum() - self.idle["ours"].sum())

    @property
    def brought(self) -> float:
        """Money brought in by the customer-months won."""
        return self.market.margin * self.kept

    @property
    def per_money(self) -> float:
        """Money brought in for each unit spent; above 1 it pays."""
        return self.brought / self.spent

    @property
    def gain(self) -> float:
        """Money brought in less money spent."""
        return self.brought - self.spent

    @property
    def per_customer(self) -> float:
        """Money brought in for each customer and month: the price at which it pays."""
        return self.brought / float(self.acted["ours"].sum())

    @property
    def rival_loses(self) -> float:
        """Customer-months that the other firm loses by it."""
        return float(self.idle["theirs"].sum() - self.acted["theirs"].sum())

    @property
    def still_new(self) -> float:
        """How much of the action is still felt as new in the last month, 0-1."""
        return 1 - float(self.acted["expected"].iloc[-1])

    def __str__(self) -> str:
        """Say what it brought in one sentence."""
        return (
            f"Within {self.market.horizon} months each unit of money spent on "
            f"{self.action.name} brings {self.per_money:.2f}."
        )

    def describe(self) -> str:
        """Say what a picture of the action shows."""
        return (
            f"How much of the {self.action.name} is still felt as new, month by month: "
            f"{self.still_new:.0%} at the end. {self}"
        )

    def summary(self) -> pd.DataFrame:
        """Return what was spent and what it brought as the tidy table."""
        rows = (
            ("spent", self.spent, "money"),
            ("brought", self.brought, "money"),
            ("brought per unit spent", self.per_money, ""),
        )
        return tidy(
            Estimate(quantity=name, estimate=value, unit=unit)
            for name, value, unit in rows
        )


def _run(market: Market, action: Action) -> pd.DataFrame:
    """Follow both firms month by month.

    Returns
    -------
    DataFrame
        One row per month. ``ours`` and ``theirs``: customers as it begins, of 100 at
        the start. ``expected`` and ``missed``: how far the customers of either firm
        have come to expect the action, 0-1. ``leaves`` and ``leaves_rival``: share of
        each firm's customers that leaves in this month.
    """
    ours, theirs, expected, missed = 50.0, 50.0, 0.0, 0.0
    rows = []
    for _ in range(market.horizon):
        leaves = market.leaving - action.drop * (1 - expected)
        rival = min(market.leaving + market.weight * action.drop * missed, 1.0)
        rows.append((ours, theirs, expected, missed, leaves, rival))
        going, coming = ours * leaves, theirs * rival
        keep = 1 - market.forgetting
        expected = keep * (expected + action.learning * (1 - expected))
        missed = keep * missed  # what was seen elsewhere is forgotten, not unlearned
        arrive, depart = market.moving * coming, market.moving * going
        stay, rest = ours - going, theirs - coming
        expected, missed = (
            _mix(stay, expected, arrive, missed),
            _mix(rest, missed, depart, expected),
        )
        ours, theirs = stay + arrive, rest + depart
    return pd.DataFrame(rows, columns=list(MONTHS))


def _mix(one: float, mean: float, other: float, another: float) -> float:
    """Return the mean of two groups of customers put together."""
    total = one + other
    return (one * mean + other * another) / total if total else 0.0
